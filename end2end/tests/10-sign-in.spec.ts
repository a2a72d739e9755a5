import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { expect, test } from './support/fixtures';
import { screens } from './support/screens';
import type { Service } from './support/service';

const EMAIL = 'samordnare@example.test';
const PASSWORD = 'fyra ord i följd';

/** The words of a letter as they are read: quoted-printable undone. */
const readable = (letter: string) =>
  Buffer.from(
    letter.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16))),
    'latin1',
  ).toString('utf8');

/** The link in the only letter of the outbox, once it is there. */
async function mailedLink(service: Service): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      const files = await readdir(service.outbox).catch(() => [] as string[]);
      const letters = files.filter((name) => name.endsWith('.eml'));
      if (letters.length !== 1) return letters.length;
      link = /http\S+\/logga-in\/[a-z0-9]+/.exec(readable(await readFile(join(service.outbox, letters[0]), 'utf8')))?.[0];
      return link ? 'a letter with a link' : letters[0];
    })
    .toBe('a letter with a link');
  return link!;
}

/** Asks for a letter as the samordnare, and checks every page on the way when asked to. */
async function askForLetter(page: Page, service: Service, look: (name: string) => Promise<void>): Promise<void> {
  await page.goto(`${service.url}/logga-in`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Logga in');
  await expect(page.getByText('Ingen e-postserver är inställd')).toBeVisible();
  await page.getByLabel('E-postadress').fill('samordnare');
  await page.getByRole('button', { name: 'Skicka länken' }).click();
  await expect(page.getByRole('alert')).toContainText('Skriv en e-postadress');
  await expect(page.getByLabel('E-postadress')).toHaveValue('samordnare');
  await look('logga-in-fel');
  await page.getByLabel('E-postadress').fill(EMAIL);
  await page.getByRole('button', { name: 'Skicka länken' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Titta i din e-post');
  await look('logga-in-skickat');
}

async function useLink(page: Page, service: Service): Promise<void> {
  const link = await mailedLink(service);
  await page.goto(link);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: 'Samordnare' })).toBeVisible();
  const again = await page.request.post(link, { headers: { origin: service.url }, maxRedirects: 0 });
  expect(again.status(), 'the link works twice').toBe(410);
}

test('a link comes by mail, signs in once, and a password opens when no mail arrives', async ({ page, ownService }) => {
  await ownService.newLink({ email: EMAIL });
  const look = async (name: string) => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await screens(page, name);
  };
  await askForLetter(page, ownService, look);
  await useLink(page, ownService);

  await page.getByRole('banner').getByRole('link', { name: 'Samordnare' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ditt konto');
  await expect(page.getByText('Du har inget lösenord.')).toBeVisible();
  await page.getByLabel('Nytt lösenord').fill('kort');
  await page.getByRole('button', { name: 'Sätt lösenord' }).click();
  await expect(page.getByRole('alert')).toContainText('minst 12');
  await look('konto-fel');
  await page.getByLabel('Nytt lösenord').fill(PASSWORD);
  await page.getByLabel('Samma lösenord igen').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sätt lösenord' }).click();
  await expect(page.getByRole('status')).toContainText('Lösenordet är sparat');
  await expect(page.getByRole('button', { name: 'Ta bort lösenordet' })).toBeVisible();
  await look('konto');

  await page.getByRole('button', { name: 'Logga ut' }).click();
  await page.goto(`${ownService.url}/logga-in`);
  await page.getByRole('link', { name: 'Logga in med lösenord' }).click();
  await page.getByLabel('E-postadress').fill(EMAIL);
  await page.getByLabel('Lösenord', { exact: true }).fill('fel fel fel fel');
  await page.getByRole('button', { name: 'Logga in' }).click();
  await expect(page.getByRole('alert')).toContainText('Adressen eller lösenordet stämmer inte');
  await expect(page.getByLabel('Lösenord', { exact: true })).toHaveValue('');
  await look('logga-in-losenord');
  await page.getByLabel('Lösenord', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: 'Samordnare' })).toBeVisible();
});

test('everything about signing in fits a phone of 320 pixels', async ({ page, ownService }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await ownService.newLink({ email: EMAIL });
  await askForLetter(page, ownService, () => expectNoSidewaysScroll(page));
  await useLink(page, ownService);
  for (const path of ['/konto', '/sessioner', '/logga-in', '/logga-in/losenord']) {
    await page.goto(`${ownService.url}${path}`);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a link comes by mail and signs in', async ({ page, ownService }) => {
    await ownService.newLink({ email: EMAIL });
    await askForLetter(page, ownService, async () => {});
    await useLink(page, ownService);
    await page.goto(`${ownService.url}/konto`);
    await page.getByLabel('Nytt lösenord').fill(PASSWORD);
    await page.getByLabel('Samma lösenord igen').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sätt lösenord' }).click();
    await expect(page.getByRole('status')).toContainText('Lösenordet är sparat');
  });
});
