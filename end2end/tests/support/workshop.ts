import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type Browser, type BrowserContext, type Locator, type Page, expect as impatient } from '@playwright/test';
import { watch } from './fixtures';
import { CODE, type Levels, type Name, type Round } from './office';
import type { Service } from './service';

/** How long anything may take where so many browsers share a machine, in milliseconds. */
const PATIENCE = 30_000;
export const expect = impatient.configure({ timeout: PATIENCE });

/** The three views of a workshop, by the last part of their address. */
export type View = 'delta' | 'led' | 'projektor';

/** Screens as people have them. */
export const SCREEN = {
  delta: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  led: { viewport: { width: 1280, height: 800 } },
  projektor: { viewport: { width: 1920, height: 1080 } },
} as const;

/** Today, as a form sends it. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** A live command that has been answered. */
export type Answer = { status: number; seq?: number; error?: string };

/** Sends a live command with somebody's cookies, as a script would; `op` is new unless it is given. */
export async function command(request: APIRequestContext, address: string, fields: Record<string, string>): Promise<Answer> {
  const response = await request.post(`${address}/gor`, {
    form: { op: randomUUID(), ...fields },
    headers: { accept: 'application/json' },
  });
  return { status: response.status(), ...(await response.json()) };
}

/** A workshop, led without a browser: for what a test is not about. */
export class Workshop {
  private readonly points = new Map<string, string>();

  private constructor(
    private readonly request: APIRequestContext,
    /** The mapping's path. */
    readonly mapping: string,
    /** The workshop's path. */
    readonly address: string,
  ) {}

  /** One that is planned already. */
  static async at(request: APIRequestContext, address: string): Promise<Workshop> {
    const workshop = new Workshop(request, address.replace(/\/workshop\/.*/, ''), address);
    const plan = await workshop.read('/planera');
    for (const [, title, id] of plan.matchAll(/<h3[^>]*>(.*?)<\/h3>.*?\/punkter\/([0-9a-f-]{36})/gs)) {
      const words = title.replace(/<[^>]*>/g, '').replace(/\[.\]\s*/, '').trim();
      // The second of two with the same name is reached by its number.
      workshop.points.set(workshop.points.has(words) ? `${words} ${workshop.points.size}` : words, id);
    }
    return workshop;
  }

  /** Plans one of a mapping's workshops from its template, today; `fields` are those of the planning page. */
  static async plan(request: APIRequestContext, mapping: string, kind: string, fields: Record<string, string> = {}): Promise<Workshop> {
    const path = new URL(mapping, 'http://localhost').pathname;
    const form = { op: randomUUID(), vad: 'en', slag: kind, datum: today(), tid: '09:00', plats: 'Exempelsalen' };
    const before = await addresses(request, path);
    expect((await request.post(`${path}/workshopar`, { form })).status()).toBe(200);
    const [address] = (await addresses(request, path)).filter((one) => !before.includes(one));
    const workshop = await Workshop.at(request, address);
    if (Object.keys(fields).length) await workshop.change(fields);
    return workshop;
  }

  /** The same, opened and at the point with this title. */
  static async open(request: APIRequestContext, mapping: string, kind: string, point: string, fields?: Record<string, string>): Promise<Workshop> {
    const workshop = await Workshop.plan(request, mapping, kind, fields);
    await workshop.do({ gor: 'oppna' });
    await workshop.enter(point);
    return workshop;
  }

  /** Changes the planning page's settings. */
  private async change(fields: Record<string, string>): Promise<void> {
    const html = await this.read('/planera');
    const form = html.split('<form').find((part) => part.includes('name="prickar"'))!;
    const known = Object.fromEntries(
      [...form.matchAll(/<input\b([^>]*)>/g)].map(([, all]) => {
        const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(all)?.[1] ?? '';
        return [of('name'), of('value')];
      }),
    );
    const { 'slapp-in': _, ...kept } = known;
    const action = /action="([^"]+)"/.exec(form)![1];
    const answer = await this.request.post(action, { form: { ...kept, op: randomUUID(), ...fields } });
    expect(answer.status(), await answer.text()).toBe(200);
  }

  /** Does something that must succeed; returns how far the log has come. */
  async do(fields: Record<string, string>): Promise<number> {
    const answer = await command(this.request, this.address, { vy: 'led', ...fields });
    expect(answer, JSON.stringify(fields)).toMatchObject({ status: 200 });
    return answer.seq!;
  }

  /** The id of the point with this title. */
  point(title: string): string {
    const id = this.points.get(title);
    expect(id, `${title} among ${[...this.points.keys()].join(', ')}`).toBeTruthy();
    return id!;
  }

  /** Goes to the point with this title. */
  async enter(title: string): Promise<void> {
    await this.do({ gor: 'till', punkt: this.point(title) });
  }

  /** Writes a card as the one who leads. */
  async write(point: string, kind: string, text: string): Promise<void> {
    await this.do({ gor: 'skriv', punkt: this.point(point), slag: kind, text });
  }

  /** The code to join with. */
  async code(): Promise<string> {
    const led = await this.read('/led');
    const code = /class="code"[^>]*>(.*?)<\/strong>/s.exec(led)?.[1].replace(/<[^>]*>/g, '') ?? '';
    expect(code, 'the code to join with').toHaveLength(6);
    return code.toLowerCase();
  }

  /** The state that a view has on the server now, as `data-state` tells it. */
  async state(view: View): Promise<string> {
    const answer = await this.request.get(`${this.address}/lage?vy=${view}`);
    expect(answer.status()).toBe(200);
    return /-([0-9a-f]{8})$/.exec((await answer.json()).id)![1];
  }

  /** Capabilities on the map by name. */
  async capabilities(): Promise<Map<string, string>> {
    const html = await (await this.request.get(`${this.mapping}/karta`)).text();
    const found = [...html.matchAll(/href="[^"]*\/formagor\/([0-9a-f-]{36})[^"]*"[^>]*>(.*?)<\/a>/gs)];
    return new Map(found.map(([, id, name]) => [name.replace(/<[^>]*>/g, '').trim(), id]));
  }

  private async read(path: string): Promise<string> {
    const answer = await this.request.get(this.address + path);
    expect(answer.status(), path).toBe(200);
    return answer.text();
  }
}

async function addresses(request: APIRequestContext, mapping: string): Promise<string[]> {
  const list = await (await request.get(`${mapping}/workshopar`)).text();
  return [...new Set(list.match(new RegExp(`${mapping}/workshop/[0-9a-f-]{36}`, 'g')))];
}

/** Somebody who looks at a view in a browser of their own. */
export type Guest = { name: string; view: View; context: BrowserContext; page: Page; faults: string[] };

/** Everyone in a room: browsers of their own against one server. */
export class Room {
  readonly guests: Guest[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly service: Service,
    private readonly session: Parameters<BrowserContext['addCookies']>[0],
  ) {}

  /** A browser of somebody's own, with the screen of a view. */
  async enter(name: string, view: View, options: Parameters<Browser['newContext']>[0] = {}): Promise<Guest> {
    const context = await this.browser.newContext({
      baseURL: this.service.url,
      locale: 'sv-SE',
      timezoneId: 'Europe/Stockholm',
      reducedMotion: 'reduce',
      ...SCREEN[view],
      ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    context.setDefaultNavigationTimeout(PATIENCE);
    if (view !== 'delta') await context.addCookies(this.session);
    const guest = { name, view, context, page: await context.newPage(), faults: watch(context) };
    this.guests.push(guest);
    return guest;
  }

  /** Opens a view that a session may see. */
  async look(workshop: Workshop, view: Exclude<View, 'delta'>, name: string = view): Promise<Guest> {
    const guest = await this.enter(name, view);
    await guest.page.goto(`${workshop.address}/${view}`);
    await follows(guest.page);
    return guest;
  }

  /** Somebody new takes a seat without the joining page, and opens the participant's view. */
  async seat(workshop: Workshop, name: string, municipality: Name, options?: Parameters<Browser['newContext']>[0]): Promise<Guest> {
    const guest = await this.enter(name, 'delta', options);
    await this.sit(guest, workshop, municipality);
    if (options?.javaScriptEnabled !== false) await follows(guest.page);
    return guest;
  }

  /** The same for somebody who is here already. */
  async sit(guest: Guest, workshop: Workshop, municipality: Name): Promise<void> {
    const form = { op: randomUUID(), kod: await workshop.code(), namn: guest.name, kommun: CODE[municipality], roll: 'annan' };
    const answer = await guest.context.request.post('/w', { form });
    expect(new URL(answer.url()).pathname, 'where one who has joined comes').toBe(`${workshop.address}/delta`);
    await guest.page.goto(`${workshop.address}/delta`);
  }

  /** Everyone who looks at a view. */
  of(view: View): Guest[] {
    return this.guests.filter((guest) => guest.view === view);
  }

  /** Waits until every browser shows what the server holds, and checks that those of one view read the same. */
  async agree(workshop: Workshop, guests = this.guests): Promise<void> {
    for (const view of new Set(guests.map((guest) => guest.view))) {
      const pages = guests.filter((guest) => guest.view === view).map(({ page }) => page);
      await expect
        .poll(async () => {
          const truth = await workshop.state(view);
          const shown = await Promise.all(pages.map((page) => page.locator('html').getAttribute('data-state')));
          return shown.filter((state) => state !== truth);
        }, `every ${view} shows the server's state`)
        .toEqual([]);
      const words = await Promise.all(pages.map(reads));
      expect(new Set(words).size, `${view}: ${[...new Set(words)].join('\n---\n')}`).toBe(1);
    }
  }

  /** Closes every browser; nobody's page may have had errors or asked anyone else for anything. */
  async leave(): Promise<void> {
    const faults = this.guests.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
    await Promise.all(this.guests.splice(0).map(({ context }) => context.close()));
    expect(faults, 'requests to others, errors in scripts, breaches of the content policy').toEqual([]);
  }
}

/** Waits until a page follows the workshop. */
export async function follows(page: Page): Promise<void> {
  await expect(page.locator('#live[data-ready]')).toBeAttached();
  await expect(page.locator('html[data-state]')).toBeAttached();
}

/** Everything that stands in the part of a page that all of its view share, but for running clocks. */
export async function reads(page: Page): Promise<string> {
  return page.locator('#scen').evaluate((scene) => {
    const copy = scene.cloneNode(true) as Element;
    for (const clock of copy.querySelectorAll('[data-ends], [data-left], [data-late]')) clock.remove();
    return copy.textContent!.replace(/\s+/g, ' ');
  });
}

/** Everything that a view's stream has carried to somebody, byte for byte, from when it was opened. */
export class Wire {
  /** All that has come. */
  heard = '';
  private readonly stop = new AbortController();

  /** Listens with somebody's cookies. */
  static async tap(guest: Guest, workshop: Workshop): Promise<Wire> {
    const wire = new Wire();
    const origin = new URL(guest.page.url()).origin;
    const cookies = await guest.context.cookies(`${origin}${workshop.address}/strom`);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${origin}${workshop.address}/strom?vy=${guest.view}`, { headers: { cookie }, signal: wire.stop.signal });
    expect(answer.status).toBe(200);
    const text = answer.body!.pipeThrough(new TextDecoderStream());
    void (async () => {
      try {
        for await (const piece of text) wire.heard += piece;
      } catch {
        // It has been hung up.
      }
    })();
    await expect.poll(() => wire.heard).toContain('event: delar');
    return wire;
  }

  /** Waits until the stream has told of everything up to a place in the log. */
  async reaches(seq: number): Promise<void> {
    const last = () => Math.max(...[...this.heard.matchAll(/"id":"(\d+)-[0-9a-f]{8}"/g)].map(([, at]) => Number(at)));
    await expect.poll(last, 'how far the stream has come').toBeGreaterThanOrEqual(seq);
  }

  hangUp(): void {
    this.stop.abort();
  }
}

/** Drags a card by its handle to a place, with the mouse or with a finger. */
export async function drag(page: Page, handle: Locator, place: Locator, finger = false): Promise<void> {
  await handle.scrollIntoViewIfNeeded();
  const middle = async (of: Locator) => {
    const box = (await of.boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const cdp = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const from = await middle(handle);
  const moved = { x: from.x + 12, y: from.y };
  if (finger) {
    await touch('touchStart', [from]);
    await touch('touchMove', [moved]);
  } else {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(moved.x, moved.y, { steps: 3 });
  }
  await expect(page.locator('.drag-ghost')).toBeVisible();
  // The page scrolls by itself near its edges, so that the place may have to be looked for again.
  const { height } = page.viewportSize()!;
  await expect(async () => {
    const to = await middle(place);
    to.y = Math.min(Math.max(to.y, 10), height - 10);
    if (finger) await touch('touchMove', [to]);
    else await page.mouse.move(to.x, to.y);
    await expect(place).toHaveClass(/drop-over/, { timeout: 200 });
  }).toPass({ intervals: [50], timeout: 10_000 });
  if (finger) await touch('touchEnd', []);
  else await page.mouse.up();
  await cdp.detach();
}

/** An open round on a mapping's ratified map. */
export async function openRound(request: APIRequestContext, mapping: string): Promise<Round> {
  const page = await (await request.get(`${mapping}/omgangar/ny`)).text();
  const fields = Object.fromEntries(hidden(page, `${mapping}/omgangar/ny`).map(([name, value]) => [name, value || randomUUID()]));
  const form = { ...fields, namn: 'Hösten', version: '1', ar: String(new Date().getFullYear() + 2), n_min: '3', svarssatt: 'namngiven' };
  const answer = await request.post(`${mapping}/omgangar/ny`, { form });
  expect(answer.status(), await answer.text()).toBe(200);
  return { mapping, address: new URL(answer.url()).pathname };
}

/** Answers everything that a personal link asks about, however many areas there are, and submits. */
export async function answerAll(request: APIRequestContext, link: string, levels: Levels): Promise<void> {
  let nth = 0;
  for (let area = 1; ; area += 1) {
    const page = await request.get(`${link}/${area}`);
    if (page.status() === 404) break;
    const asked = new Set([...(await page.text()).matchAll(/name="([^"]+)\.nulage"/g)].map(([, name]) => name));
    const fields = [...asked].flatMap((name) => {
      const [current, target] = levels(nth++);
      return [[`${name}.nulage`, current], [`${name}.borlage`, target]];
    });
    expect(asked.size, `questions on page ${area}`).toBeGreaterThan(0);
    const data = new URLSearchParams([...fields, ['till', 'granska']]).toString();
    const answer = await request.post(`${link}/${area}`, { data, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(answer.status()).toBe(200);
  }
  expect((await request.post(`${link}/skicka`)).url()).toMatch(/\/klart$/);
}

/** The hidden fields of a page's form with this action. */
function hidden(page: string, action: string): [name: string, value: string][] {
  const form = page.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const inputs = form.split('</form>')[0].matchAll(/<input\b([^>]*type="hidden"[^>]*)>/g);
  return [...inputs].map(([, all]) => {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(all)?.[1] ?? '';
    return [of('name'), of('value')];
  });
}

/** Moves the focus with Tab alone, as one without a mouse does, until something has it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < 250; step += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no number of tabs leads to ${target}`);
}

/** Writes a line in the field that a participant has now, and sends it. */
export async function send(page: Page, text: string): Promise<void> {
  const field = page.locator('#skriv-text');
  await field.fill(text);
  await field.press('Enter');
}

/** What a participant has written at this point, as it stands on their own page. */
export const own = (page: Page): Locator => page.locator('#mina-kort .words');

/** Writes a line and waits until it is confirmed. */
export async function write(page: Page, text: string): Promise<void> {
  await send(page, text);
  await expect(own(page).getByText(text, { exact: true })).toBeVisible();
}
