import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type Browser, type Cookie, type Page, request } from '@playwright/test';
import { test as base } from './support/fixtures';
import { type Name, Office } from './support/office';
import { Proxy } from './support/proxy';
import type { Service } from './support/service';
import { type Guest, Room, Workshop, command, expect, follows, own, send, write } from './support/workshop';

const test = base.extend<{ leader: APIRequestContext; room: Room }>({
  leader: async ({ service, session }, use) => {
    const context = await request.newContext({ baseURL: service.url, storageState: { cookies: session, origins: [] } });
    await use(context);
    await context.dispose();
  },
  room: async ({ browser, service, session }, use) => {
    const room = new Room(browser, service, session);
    await use(room);
    await room.leave();
  },
});

test.beforeEach(({}, { project }) => {
  test.skip(project.name !== 'desktop', 'each view has the screen it is made for');
});

const WRITING = 'Skriv förmågor';
const GOALS = 'Uppdrag och mål';

/** A first workshop at one of its points. */
const open = async (leader: APIRequestContext, name: string, point: string) =>
  Workshop.open(leader, await new Office(leader).mapping(name), 'ws1', point);

/** The cards in the part of a page that all of its view share hold these words, each once. */
async function showsOnce(page: Page, words: string[]): Promise<void> {
  const shown = await page.locator('#scen .words').allTextContents();
  expect(shown.sort()).toEqual([...words].sort());
}

/** Sends a card with one operation again and again until it is confirmed, as an outbox does. */
async function insist(guest: Guest, workshop: Workshop, point: string, text: string): Promise<void> {
  const fields = { op: randomUUID(), gor: 'skriv', punkt: workshop.point(point), slag: 'förmåga', text };
  await expect
    .poll(async () => {
      try {
        return (await command(guest.context.request, workshop.address, fields)).status;
      } catch {
        return 0;
      }
    }, { message: text, timeout: 60_000 })
    .toBe(200);
}

/** Makes a page believe that it is out of sight, or in sight again. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** A server of its own with a workshop, and a room in front of it. */
async function alone(ownService: Service, browser: Browser): Promise<{ leader: APIRequestContext; room: Room }> {
  const leader = await request.newContext({ baseURL: ownService.url });
  await leader.post(ownService.firstLink);
  const { cookies } = await leader.storageState();
  return { leader, room: new Room(browser, ownService, cookies as Cookie[]) };
}

test('nothing is lost or doubled when the server is killed in the middle of a storm', async ({ ownService, browser }) => {
  const { leader, room } = await alone(ownService, browser);
  const workshop = await open(leader, 'Storm', WRITING);
  const { page: led } = await room.look(workshop, 'led');
  const homes: Name[] = ['Lysekil', 'Munkedal', 'Sotenäs'];
  for (const [nth, home] of homes.entries()) await room.seat(workshop, `Deltagare ${nth} Exempel`, home);
  const phones = room.of('delta');

  const typed = phones.map((_, who) => Array.from({ length: 8 }, (_, nth) => `Skrivet ${who}${String.fromCharCode(97 + nth)}`));
  const storm = phones.map((_, who) => Array.from({ length: 12 }, (_, nth) => `Sänt ${who}${String.fromCharCode(97 + nth)}`));
  const all = [...typed, ...storm].flat();
  const work = phones.map(async (guest, who) => {
    const sent = Promise.all(storm[who].map((text) => insist(guest, workshop, WRITING, text)));
    for (const text of typed[who]) await send(guest.page, text);
    await sent;
  });
  // Killed as soon as something has been confirmed and much has not.
  await expect.poll(() => own(phones[0].page).count(), { intervals: [20] }).toBeGreaterThan(1);
  await ownService.kill();
  await ownService.restart();
  await Promise.all(work);
  for (const [who, { page }] of phones.entries()) {
    const mine = [...typed[who], ...storm[who]];
    await expect(own(page), 'what was typed is confirmed').toHaveCount(mine.length, { timeout: 30_000 });
    expect((await own(page).allTextContents()).sort()).toEqual(mine.sort());
    await expect(page.locator('#vantar li')).toHaveCount(0);
    await expect(page.locator('#anslutning')).toHaveClass(/\bok\b/);
  }
  await led.getByText('Visa allt för alla').click();
  await led.getByRole('button', { name: 'Ja, visa allt nu' }).click();
  await room.agree(workshop);
  for (const { page } of phones) await showsOnce(page, all);
  await room.leave();
  await leader.dispose();
});

test('half a minute without network: what was missed is caught up, what was written is sent once', async ({ leader, room }) => {
  const workshop = await open(leader, 'Utan nät', GOALS);
  const near = await room.seat(workshop, 'Deltagare Nära Exempel', 'Lysekil');
  const far = await room.seat(workshop, 'Deltagare Borta Exempel', 'Munkedal');
  await far.page.clock.install();
  await far.page.reload();
  await follows(far.page);
  await room.agree(workshop);

  await far.context.setOffline(true);
  await expect(far.page.locator('#anslutning')).toHaveText(/^Ingen anslutning/);
  const away = ['Borta ett', 'Borta två', 'Borta tre'];
  for (const text of away) await send(far.page, text);
  for (const text of away) await expect(far.page.locator('#vantar')).toContainText(text);
  for (const text of ['Nära ett', 'Nära två']) await write(near.page, text);
  await far.page.clock.fastForward(30_000);
  await expect(far.page.locator('#scen')).not.toContainText('Nära ett');
  await expect(near.page.locator('#scen')).not.toContainText('Borta');

  await far.context.setOffline(false);
  await expect(far.page.locator('#anslutning')).toHaveText('Ansluten');
  await expect(own(far.page)).toHaveCount(away.length);
  await expect(far.page.locator('#vantar li')).toHaveCount(0);
  await expect(near.page.locator('#scen')).toContainText('Borta tre');
  await room.agree(workshop);
  const words = [...away, 'Nära ett', 'Nära två'];
  for (const { page } of room.guests) await showsOnce(page, words);
});

test('a page that is closed while offline sends what was written when it is opened again', async ({ leader, room }) => {
  const workshop = await open(leader, 'Stängd flik', GOALS);
  const { context, page } = await room.seat(workshop, 'Deltagare Exempel', 'Lysekil');
  const { page: led } = await room.look(workshop, 'led');
  await context.setOffline(true);
  await send(page, 'Skrivet i tunneln');
  await expect(page.locator('#vantar')).toContainText('Skrivet i tunneln');
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(`${workshop.address}/delta`);
  await expect(own(again)).toHaveText(['Skrivet i tunneln']);
  await expect(led.locator('#forslag')).toContainText('Skrivet i tunneln');
});

test('a tab that has slept shows everything when it wakes', async ({ leader, room }) => {
  const workshop = await open(leader, 'Sovande', GOALS);
  const awake = await room.seat(workshop, 'Deltagare Vaken Exempel', 'Lysekil');
  const asleep = await room.seat(workshop, 'Deltagare Sovande Exempel', 'Munkedal');
  await room.agree(workshop);
  await hide(asleep.page, true);
  await write(awake.page, 'Medan du sov');
  await workshop.enter(WRITING);
  await expect(awake.page.getByRole('heading', { level: 1 })).toHaveText(WRITING);
  await expect(asleep.page.getByRole('heading', { level: 1 })).toHaveText(GOALS);
  await hide(asleep.page, false);
  await expect(asleep.page.getByRole('heading', { level: 1 })).toHaveText(WRITING);
  await room.agree(workshop);

  // As browsers do it to tabs that have long been out of sight: nothing runs at all.
  const cdp = await asleep.context.newCDPSession(asleep.page);
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  await workshop.enter('Läs tillsammans');
  await expect(awake.page.getByRole('heading', { level: 1 })).toHaveText('Läs tillsammans');
  await cdp.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(asleep.page.getByRole('heading', { level: 1 })).toHaveText('Läs tillsammans');
  await room.agree(workshop);
});

test('two tabs of one person send each word once, and show each other’s', async ({ leader, room }) => {
  const workshop = await open(leader, 'Två flikar', WRITING);
  const { context, page: one } = await room.seat(workshop, 'Deltagare Exempel', 'Lysekil');
  const other = await context.newPage();
  await other.goto(`${workshop.address}/delta`);
  await follows(other);
  const words = { one: ['Första ett', 'Första två', 'Första tre'], other: ['Andra ett', 'Andra två', 'Andra tre'] };
  const both = async () => {
    for (let nth = 0; nth < 3; nth += 1) await Promise.all([send(one, words.one[nth]), send(other, words.other[nth])]);
  };
  await both();
  const all = [...words.one, ...words.other].sort();
  for (const tab of [one, other]) {
    await expect(own(tab)).toHaveCount(all.length);
    expect((await own(tab).allTextContents()).sort()).toEqual(all);
  }
  // Without network both fill the same outbox, and both try to empty it.
  await context.setOffline(true);
  words.one = words.one.map((word) => `${word} igen`);
  words.other = words.other.map((word) => `${word} igen`);
  await both();
  for (const tab of [one, other]) await expect(tab.locator('#vantar li')).toHaveCount(6);
  await context.setOffline(false);
  const more = [...all, ...words.one, ...words.other].sort();
  for (const tab of [one, other]) {
    await expect(own(tab)).toHaveCount(more.length);
    expect((await own(tab).allTextContents()).sort()).toEqual(more);
    await expect(tab.locator('#vantar li')).toHaveCount(0);
  }
});

test('behind a proxy that holds the stream back, everything is shown by asking instead', async ({ leader, room, service }) => {
  const proxy = await Proxy.before(service.url);
  const workshop = await open(leader, 'Proxy', GOALS);
  const near = await room.seat(workshop, 'Deltagare Nära Exempel', 'Lysekil');
  const behind = await room.seat(workshop, 'Deltagare Bakom Exempel', 'Munkedal');
  await behind.page.goto(`${proxy.url}${workshop.address}/delta`);
  await expect(behind.page.locator('#anslutning')).toHaveText('Ansluten, men uppdateras långsammare', { timeout: 15_000 });
  await write(near.page, 'Sagt utanför');
  await expect(behind.page.locator('#scen')).toContainText('Sagt utanför');
  await write(behind.page, 'Sagt bakom');
  await expect(near.page.locator('#scen')).toContainText('Sagt bakom');
  await room.agree(workshop);
  await workshop.enter(WRITING);
  await expect(behind.page.getByRole('heading', { level: 1 })).toHaveText(WRITING);
  await room.agree(workshop);
  expect(proxy.held, 'the stream was tried').toBeGreaterThan(0);
  await room.leave();
  await proxy.stop();
});

test('an answer that is lost on the way back makes no second card', async ({ leader, room }) => {
  const workshop = await open(leader, 'Tappat svar', WRITING);
  const { page } = await room.seat(workshop, 'Deltagare Exempel', 'Lysekil');
  const ops: string[] = [];
  await page.route('**/gor*', async (route) => {
    ops.push(new URLSearchParams(route.request().postData()!).get('op')!);
    await route.fetch();
    if (ops.length < 3) await route.abort('connectionreset');
    else await route.continue();
  });
  await send(page, 'Sagt en gång');
  await expect.poll(() => ops.length).toBe(3);
  expect(new Set(ops).size, 'the same operation is sent again').toBe(1);
  await expect(page.locator('#vantar li')).toHaveCount(0);
  await expect(own(page)).toHaveText(['Sagt en gång']);
});

test('commands that come twice or out of order change nothing more', async ({ leader, room }) => {
  const workshop = await open(leader, 'Dubbelt', WRITING);
  const guest = await room.seat(workshop, 'Deltagare Exempel', 'Lysekil');
  const punkt = workshop.point(WRITING);
  const { request: seat } = guest.context;
  const first = { op: randomUUID(), gor: 'skriv', punkt, slag: 'förmåga', text: 'Den första' };
  const second = { op: randomUUID(), gor: 'skriv', punkt, slag: 'förmåga', text: 'Den andra' };
  const reworded = { op: randomUUID(), gor: 'andrakort', kort: first.op, text: 'Den första, bättre' };
  const gone = { op: randomUUID(), gor: 'tabortkort', kort: second.op };
  // What is about a card cannot come before it: it is refused in words, and not remembered as done.
  expect(await command(seat, workshop.address, reworded)).toMatchObject({ status: expect.any(Number), error: expect.stringMatching(/\S/) });
  const twenty = Array.from({ length: 20 }, () => command(seat, workshop.address, first));
  expect(new Set((await Promise.all(twenty)).map(({ status }) => status))).toEqual(new Set([200]));
  for (const late of [second, reworded, gone, first, second, reworded, gone, second]) {
    expect((await command(seat, workshop.address, late)).status).toBe(200);
  }
  await expect(own(guest.page)).toHaveText(['Den första, bättre']);
  // Whoever sends another's operation changes nothing of theirs.
  const stranger = await room.seat(workshop, 'Deltagare Två Exempel', 'Munkedal');
  await command(stranger.context.request, workshop.address, { ...first, text: 'Förfalskad' });
  await command(stranger.context.request, workshop.address, { ...reworded, op: randomUUID(), text: 'Förfalskad' });
  await expect(own(guest.page)).toHaveText(['Den första, bättre']);
  await room.agree(workshop);
});

test('words that come late are shown after the reveal, and kept for the leaders after the end', async ({ leader, room }) => {
  const workshop = await open(leader, 'Sent', WRITING);
  const { page: led } = await room.look(workshop, 'led');
  const here = await room.seat(workshop, 'Deltagare Här Exempel', 'Lysekil');
  const late = await room.seat(workshop, 'Deltagare Sen Exempel', 'Munkedal');
  await write(here.page, 'I tid');
  await late.context.setOffline(true);
  await send(late.page, 'Efter visningen');
  await led.getByText('Visa allt för alla').click();
  await led.getByRole('button', { name: 'Ja, visa allt nu' }).click();
  await expect(here.page.locator('#scen')).toContainText('I tid');
  await late.context.setOffline(false);
  for (const { page } of [here, late]) await expect(page.locator('#scen')).toContainText('Efter visningen');
  expect([...(await workshop.capabilities()).keys()].sort()).toEqual(['Efter visningen', 'I tid']);

  await workshop.enter(GOALS);
  await expect(late.page.locator('#skriv-text')).toBeVisible();
  await late.context.setOffline(true);
  await send(late.page, 'Efter slutet');
  await workshop.do({ gor: 'avsluta' });
  await expect(led.getByRole('heading', { level: 1 })).toHaveText('Tack för i dag!');
  await late.context.setOffline(false);
  await expect(led.locator('#reflektioner')).toContainText('Efter slutet');
  await expect(late.page.getByRole('heading', { level: 1 })).toHaveText('Tack för i dag!');
  await expect(late.page.locator('#vantar li')).toHaveCount(0);
  await expect(here.page.locator('#scen')).not.toContainText('Efter slutet');
});
