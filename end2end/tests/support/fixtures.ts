import { type BrowserContext, type Cookie, type Page, test as base, expect, request } from '@playwright/test';
import { Office, type Round } from './office';
import { Service } from './service';

export { expect };
export { EXAMPLE } from './service';

type ForTests = {
  /** An empty server for one test alone. */
  ownService: Service;
  /** The samordnare at work without a browser. */
  office: Office;
  /** A page in which the samordnare is signed in. */
  coordinator: Page;
  /** Checks, whatever a test does, that no page asks anyone else for anything and none has script errors. */
  cleanliness: void;
};

type ForWorkers = {
  /** This worker's server, with the example mapping in it. */
  service: Service;
  /** A session of the samordnare on that server. */
  session: Cookie[];
  /** An open round with the catalogue's capabilities, for tests that only ask new people in it. */
  round: Round;
};

/** Faults that are noted while pages of a context are open. */
export function watch(context: BrowserContext): string[] {
  const faults: string[] = [];
  context.on('request', (asked) => {
    const { protocol, hostname } = new URL(asked.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(`asked ${asked.url()}`);
  });
  context.on('console', (message) => {
    // That a page answered 404, or that the network was off, is what some tests are about.
    const expected = /Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !expected) faults.push(`console: ${message.text()}`);
  });
  context.on('weberror', (fault) => faults.push(`script: ${fault.error().message}`));
  return faults;
}

export const test = base.extend<ForTests, ForWorkers>({
  service: [
    async ({}, use) => {
      const service = await Service.start({ demo: true });
      await use(service);
      await service.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  session: [
    async ({ service }, use) => {
      const browserless = await request.newContext();
      await browserless.post(await service.newLink());
      const { cookies } = await browserless.storageState();
      await browserless.dispose();
      await use(cookies as Cookie[]);
    },
    { scope: 'worker' },
  ],

  round: [
    async ({ service, session }, use) => {
      const context = await request.newContext({ baseURL: service.url, storageState: { cookies: session, origins: [] } });
      await use(await new Office(context).round('Fyra kommuner'));
      await context.dispose();
    },
    { scope: 'worker' },
  ],

  office: async ({ service, session }, use) => {
    const context = await request.newContext({ baseURL: service.url, storageState: { cookies: session, origins: [] } });
    await use(new Office(context));
    await context.dispose();
  },

  baseURL: async ({ service }, use) => use(service.url),

  ownService: async ({}, use) => {
    const service = await Service.start();
    await use(service);
    await service.stop();
  },

  coordinator: async ({ context, page, session }, use) => {
    await context.addCookies(session);
    await use(page);
  },

  cleanliness: [
    async ({ context }, use) => {
      const faults = watch(context);
      await use();
      expect(faults, 'requests to others, errors in scripts, breaches of the content policy').toEqual([]);
    },
    { auto: true },
  ],
});
