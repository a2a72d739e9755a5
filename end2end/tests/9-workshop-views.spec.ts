import { type APIRequestContext, type Page, request } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { test as base } from './support/fixtures';
import { CODE, type Name, Office, type Round } from './support/office';
import { screens } from './support/screens';
import { Room, Workshop, expect, follows, write } from './support/workshop';

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
  test.setTimeout(600_000);
  test.skip(project.name !== 'desktop', 'each view has the screen it is made for');
});

/** A wall that nobody can scroll shows all of what it shows. */
async function expectFits(page: Page): Promise<void> {
  const { high, seen } = await page.evaluate(() => ({
    high: document.documentElement.scrollHeight,
    seen: document.documentElement.clientHeight,
  }));
  expect(high, `the height of ${page.url()}`).toBeLessThanOrEqual(seen);
}

/** Axe and a picture of every view at the point where a workshop is. */
async function look(room: Room, name: string): Promise<void> {
  for (const view of ['projektor', 'led', 'delta'] as const) {
    const { page } = room.of(view)[0];
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    if (view === 'projektor') await expectFits(page);
    await screens(page, `workshop-${name}-${view}`);
  }
}

/** The projector, the leader, and one from each municipality, of whom the first two are asked for more. */
async function everyone(room: Room, workshop: Workshop): Promise<Page[]> {
  await room.look(workshop, 'projektor');
  await room.look(workshop, 'led');
  const phones: Page[] = [];
  for (const [nth, home] of (Object.keys(CODE) as Name[]).entries()) {
    phones.push((await room.seat(workshop, `Deltagare ${nth + 1} Exempel`, home)).page);
  }
  return phones;
}

/** Waits until every view is at a point. */
async function at(room: Room, workshop: Workshop, point: string): Promise<void> {
  await workshop.enter(point);
  // In a pause, what everyone wants to know is how long it is.
  const title = point === 'Fika' ? /^(Fika|Paus till \d\d\.\d\d)$/ : point;
  for (const { page } of room.guests) await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
}

test('joining, before the workshop and after it', async ({ leader, office, room, service }) => {
  const workshop = await Workshop.plan(leader, await office.mapping('Före och efter'), 'ws1');
  await room.look(workshop, 'projektor');
  const { page: led } = await room.look(workshop, 'led');
  await expectAccessible(led);
  await screens(led, 'workshop-fore-led');
  await screens(room.of('projektor')[0].page, 'workshop-fore-projektor');
  await expectAccessible(room.of('projektor')[0].page);
  await led.getByRole('button', { name: 'Öppna workshopen' }).click();
  await expect(led.locator('.code')).toBeVisible();

  const { page } = await room.enter('Deltagare Exempel', 'delta');
  await page.goto('/w');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'workshop-kod');
  await page.getByLabel('Kod').fill('XXXXXX');
  await page.getByRole('button', { name: 'Fortsätt' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Koden leder inte till någon öppen workshop');
  await expectAccessible(page);
  await screens(page, 'workshop-kod-fel');
  await page.goto(`/w/${await workshop.code()}`);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Ditt namn').fill('Deltagare Exempel');
  await page.getByRole('button', { name: 'Gå med' }).click();
  await expect(page.getByRole('alert').or(page.getByText('Välj minst en kommun.')).first()).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'workshop-ga-med-fel');
  await page.getByRole('checkbox', { name: 'Lysekil' }).check();
  await screens(page, 'workshop-ga-med');
  await page.getByRole('button', { name: 'Gå med' }).click();
  await expect(page).toHaveURL(`${service.url}${workshop.address}/delta`);
  await follows(page);
  for (const point of ['Välkommen', 'Fika']) {
    await at(room, workshop, point);
    await look(room, point === 'Fika' ? 'paus' : 'samtal');
  }
  await workshop.do({ gor: 'timer', vad: 'starta', minuter: '25' });
  await workshop.do({ gor: 'anteckna', punkt: workshop.point('Fika'), slag: 'anteckning', text: 'Vi börjar igen 10.45.' });
  await at(room, workshop, 'Avslut');
  await workshop.do({ gor: 'avsluta' });
  for (const { page } of room.guests) await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tack för i dag!');
  await look(room, 'slut');
});

test('each is let in by the leader', async ({ leader, office, room }) => {
  const workshop = await Workshop.open(leader, await office.mapping('Med dörr'), 'ws1', 'Välkommen', { 'slapp-in': 'ja' });
  const { page: led } = await room.look(workshop, 'led');
  const { page: phone } = await room.seat(workshop, 'Deltagare Exempel', 'Lysekil');
  await expect(phone.getByText('Du är snart med')).toBeVisible();
  await expectAccessible(phone);
  await screens(phone, 'workshop-dorr-delta');
  await expectAccessible(led);
  await screens(led, 'workshop-dorr-led');
  await led.getByRole('button', { name: /^Släpp in ?: Deltagare Exempel$/ }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Välkommen');
  await led.getByText('Ändra: Deltagare Exempel').click();
  await led.getByRole('button', { name: /^Ta bort ?: Deltagare Exempel$/ }).click();
  await expect(phone.getByText(/inte längre med/).first()).toBeVisible();
  await expectAccessible(phone);
  await screens(phone, 'workshop-borttagen-delta');
});

test('WS1: goals, silent writing and reading', async ({ leader, office, room }) => {
  const workshop = await Workshop.open(leader, await office.mapping('Mål och förmågor'), 'ws1', 'Uppdrag och mål');
  const phones = await everyone(room, workshop);
  await write(phones[0], 'Alla ska kunna använda kommunens tjänster digitalt');
  await write(phones[1], 'Vi ska dela mer mellan kommunerna');
  await expect(room.of('projektor')[0].page.getByText('Vi ska dela mer')).toBeVisible();
  await look(room, 'mal');
  await at(room, workshop, 'Skriv förmågor');
  await workshop.do({ gor: 'timer', vad: 'starta', minuter: '25' });
  const words = ['Beställa it-tjänster tillsammans', 'Beställa it tjänster tillsammans', 'Införa digitala tjänster: från behov till nytta', 'Använda Teams på IT-enheten'];
  for (const [nth, text] of words.entries()) await write(phones[nth % 2], text);
  await phones[1].getByRole('button', { name: 'Jag är klar' }).click();
  await expect(phones[1].getByText('Du är klar')).toBeVisible();
  await look(room, 'skriva');
  await workshop.do({ gor: 'visa', punkt: workshop.point('Skriv förmågor') });
  await expect(phones[2].getByText(words[0], { exact: true })).toBeVisible();
  await at(room, workshop, 'Läs tillsammans');
  await expect(room.of('projektor')[0].page.getByText(words[0], { exact: true })).toBeVisible();
  await look(room, 'lasa');
});

test('WS2: the board and the round of municipalities', async ({ leader, office, room }) => {
  const mapping = await office.mapping('Gruppera');
  await office.catalogue(mapping);
  const workshop = await Workshop.open(leader, mapping, 'ws2', 'Gruppera förmågor');
  const punkt = workshop.point('Gruppera förmågor');
  for (const namn of ['Beställarkompetensen', 'Gemensamt e-arkiv', 'Följa upp avtal']) await workshop.do({ gor: 'nyformaga', namn, omrade: '-' });
  const [formaga] = (await workshop.capabilities()).values();
  await workshop.do({ gor: 'skriv', punkt, slag: 'kommentar', text: 'Gäller det här även skolan?', formaga });
  await everyone(room, workshop);
  await look(room, 'gruppera');
  await workshop.do({ gor: 'las', pa: '1' });
  await expect(room.of('delta')[0].page.getByText('Workshopledaren flyttar korten nu.')).toBeVisible();
  await expectAccessible(room.of('delta')[0].page);
  await at(room, workshop, 'Kommunrunda');
  await workshop.do({ gor: 'tur', kommun: CODE.Lysekil });
  const [phone] = room.of('delta');
  await write(phone.page, 'Vi har svårt att rekrytera systemförvaltare');
  await look(room, 'kommunrunda');
  await workshop.do({ gor: 'tur', kommun: '' });
  await expect(room.of('projektor')[0].page.getByRole('table')).toBeVisible();
  await look(room, 'kommunrunda-alla');
});

test('WS3: the walk, an open question and the version', async ({ leader, office, room }) => {
  const mapping = await office.mapping('Fastställa');
  await office.catalogue(mapping);
  const workshop = await Workshop.open(leader, mapping, 'ws3', 'Gå igenom förmåga för förmåga');
  const phones = await everyone(room, workshop);
  await look(room, 'faststalla-borja');
  const capabilities = await workshop.capabilities();
  const ids = [...capabilities.values()];
  await workshop.do({ gor: 'fokus', formaga: ids[0] });
  await workshop.do({ gor: 'granska', formaga: ids[0], pa: '1' });
  await workshop.do({ gor: 'fokus', formaga: ids[1] });
  // A question is asked about the capability that the phone shows.
  await expect(phones[0].getByRole('heading', { name: `Fråga om ${[...capabilities.keys()][1]}` })).toBeVisible();
  await phones[0].getByLabel('Din fråga').fill('Gäller det även bolagen?');
  await phones[0].getByRole('button', { name: 'Lägg till frågan' }).click();
  await expect(room.of('led')[0].page.getByText('Gäller det även bolagen?').first()).toBeVisible();
  await workshop.do({ gor: 'stryk', formaga: ids[5] });
  await look(room, 'faststalla');
  await at(room, workshop, 'Fastställ förmågekartan');
  await workshop.do({ gor: 'faststall', datum: new Date().toISOString().slice(0, 10), av: 'Styrgruppen' });
  for (const { page } of room.guests) await expect(page.getByText('Version 1 är fastställd').first()).toBeVisible();
  await look(room, 'fastslagen');
  await at(room, workshop, 'Beslut och nästa steg');
  const punkt = workshop.point('Beslut och nästa steg');
  await workshop.do({ gor: 'anteckna', punkt, slag: 'förslag', text: 'Enkäten öppnas på måndag.' });
  await workshop.do({ gor: 'anteckna', punkt, slag: 'beslut', text: 'Kartan gäller till nästa höst.' });
  await expect(phones[0].getByText('Kartan gäller till nästa höst.')).toBeVisible();
  await look(room, 'beslut');
});

/** A closed round with three answers from each municipality, whose levels differ. */
async function answered(office: Office, name: string): Promise<Round> {
  const round = await office.round(name);
  for (const [which, home] of (Object.keys(CODE) as Name[]).entries()) {
    for (let person = 0; person < 3; person += 1) {
      const link = await office.invite(round, `Deltagare ${which * 3 + person + 1}`, [home]);
      await office.answer(link, (nth) => [String(1 + ((nth * (person + 1) + which) % 5)), String(3 + ((nth + person) % 3))]);
    }
  }
  await office.close(round);
  return round;
}

test('WS4: answers, agreed levels and the vote', async ({ leader, office, room }) => {
  const round = await answered(office, 'Nuläge');
  const omgang = round.address.split('/').pop()!;
  const workshop = await Workshop.open(leader, round.mapping, 'ws4', 'Gå igenom svaren', { omgang });
  const phones = await everyone(room, workshop);
  await look(room, 'svaren-borja');
  const led = room.of('led')[0].page;
  await led.getByRole('button', { name: 'Börja genomgången' }).click();
  await expect(phones[0].locator('#moment').getByRole('heading', { level: 2 }).first()).toBeVisible();
  await look(room, 'svaren');
  await at(room, workshop, 'Samlad bedömning');
  await led.locator('#har').getByText('Ändra: Deltagare 1 Exempel').click();
  await led.getByRole('button', { name: /^Låt tala för kommunen ?: Deltagare 1 Exempel$/ }).click();
  await led.getByRole('button', { name: 'Nästa', exact: true }).or(led.getByRole('button', { name: 'Börja genomgången' })).first().click();
  await expect(phones[0].getByRole('button', { name: 'Förankra för Lysekil' })).toBeVisible();
  await look(room, 'bedomning');
  await at(room, workshop, 'Effekt på mål');
  await workshop.do({ gor: 'omrostning', punkt: workshop.point('Effekt på mål'), vad: 'oppna' });
  const papers = phones.map((phone) => phone.locator('#eff-min').getByRole('group'));
  for (const [nth, paper] of papers.entries()) {
    for (let one = 0; one < 3; one += 1) {
      const button = paper.nth(one).getByRole('button', { name: new RegExp(`^${((nth + one) % 5) + 1}`) });
      await button.click();
      await expect(button).toHaveAttribute('aria-pressed', 'true');
    }
  }
  await look(room, 'effekt-oppen');
  await workshop.do({ gor: 'omrostning', punkt: workshop.point('Effekt på mål'), vad: 'stang' });
  await expect(room.of('projektor')[0].page.getByText('Omröstningen är stängd')).toBeVisible();
  await look(room, 'effekt-stangd');
});

test('WS5: improvement areas and dots', async ({ leader, office, room }) => {
  const round = await answered(office, 'Förbättra');
  for (const home of Object.keys(CODE) as Name[]) await office.agree(round, home);
  await office.effects(round, (nth) => 1 + (nth % 5));
  const omgang = round.address.split('/').pop()!;
  const workshop = await Workshop.open(leader, round.mapping, 'ws5', 'Från skillnad till förbättringsområde', { omgang, prickar: '3' });
  const phones = await everyone(room, workshop);
  await look(room, 'forbattra-borja');
  const led = room.of('led')[0].page;
  await led.getByRole('button', { name: /^Gör till förbättringsområde/ }).first().click();
  await workshop.do({ gor: 'insats', namn: 'Gemensam beställarfunktion', agare: 'Samordnaren', steg: 'Kalla till ett första möte', pdca: '' });
  await expect(phones[0].getByText('Gemensam beställarfunktion')).toBeVisible();
  await look(room, 'forbattra');
  await at(room, workshop, 'Vad börjar vi med?');
  await workshop.do({ gor: 'omrostning', punkt: workshop.point('Vad börjar vi med?'), vad: 'oppna' });
  for (const phone of phones.slice(0, 3)) {
    await phone.getByRole('button', { name: 'En prick till på Gemensam beställarfunktion' }).click();
    await expect(phone.getByText('2 av 3 prickar kvar')).toBeVisible();
  }
  await look(room, 'prickar-oppen');
  await workshop.do({ gor: 'omrostning', punkt: workshop.point('Vad börjar vi med?'), vad: 'stang' });
  await expect(room.of('projektor')[0].page.getByText('prickar: 3')).toBeVisible();
  await look(room, 'prickar-stangd');
});
