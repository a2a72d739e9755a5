import { type APIRequestContext, type Page, request } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { test as base } from './support/fixtures';
import { CODE, type Name, Office } from './support/office';
import { screens } from './support/screens';
import { type Guest, Room, Wire, Workshop, answerAll, drag, expect, follows, openRound, own, send, tabTo, today, write } from './support/workshop';

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
  test.skip(project.name !== 'desktop', 'everyone has the screen they are made for');
});

/** Those who take part, and where they come from. The second has nothing but a keyboard. */
const PEOPLE: [name: string, home: Name][] = [
  ['Deltagare Ett Exempel', 'Lysekil'],
  ['Deltagare Två Exempel', 'Munkedal'],
  ['Deltagare Tre Exempel', 'Sotenäs'],
  ['Deltagare Fyra Exempel', 'Uddevalla'],
  ['Deltagare Fem Exempel', 'Lysekil'],
];

/** A button that says what it is about after a colon, which a screen reader may set apart. */
const about = (what: string, whom: string) => new RegExp(`^${what} ?: ${whom.replaceAll(/[.?]/g, '\\$&')}$`);
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
/** A capability's card on the board. */
const card = (page: Page, name: string) => page.locator('.board-card').filter({ has: page.getByRole('heading', { name, exact: true }) });
/** A place on the board. */
const place = (page: Page, name: string) => page.locator(`[data-drop][data-name="${name}"]`);

/** Begins to go through capabilities, and waits until the first is there. */
async function begin(led: Page): Promise<void> {
  const button = led.getByRole('button', { name: 'Börja genomgången' });
  await button.click();
  await expect(button).toHaveCount(0);
}

/** A whole series with everyone in it. */
class Series {
  private constructor(
    readonly room: Room,
    readonly leader: APIRequestContext,
    readonly mapping: string,
    readonly addresses: string[],
    readonly led: Page,
    readonly wall: Page,
    readonly phones: Guest[],
  ) {}

  /** Plans the series as one does, and gathers everyone. */
  static async plan(room: Room, leader: APIRequestContext): Promise<Series> {
    const mapping = new URL(await new Office(leader).mapping('Hela serien'), 'http://localhost').pathname;
    const { page: led } = await room.enter('Workshopledaren', 'led');
    await led.goto(`${mapping}/workshopar`);
    await led.getByLabel('Första dagen').fill(today());
    await led.getByLabel('Börjar klockan').fill('09:00');
    await led.getByLabel('Plats').fill('Exempelsalen');
    await led.getByRole('button', { name: 'Planera serien' }).click();
    await expect(led.locator('.series > li')).toHaveCount(5);
    const list = await led.locator('.series').innerHTML();
    const addresses = [...new Set(list.match(new RegExp(`${mapping}/workshop/[0-9a-f-]{36}`, 'g')))];
    const { page: wall } = await room.enter('Projektorn', 'projektor');
    const phones: Guest[] = [];
    for (const [nth, [name]] of PEOPLE.entries()) {
      phones.push(await room.enter(name, 'delta', nth === 1 ? { hasTouch: false, isMobile: false } : {}));
    }
    return new Series(room, leader, mapping, addresses, led, wall, phones);
  }

  /** Opens the nth workshop with its button, from 1. */
  async open(nth: number): Promise<Workshop> {
    const workshop = await Workshop.at(this.leader, this.addresses[nth - 1]);
    for (const [page, view] of [[this.wall, 'projektor'], [this.led, 'led']] as const) {
      await page.goto(`${workshop.address}/${view}`);
      await follows(page);
    }
    await this.led.getByRole('button', { name: 'Öppna workshopen' }).click();
    await expect(this.wall.locator('.code')).toBeVisible();
    return workshop;
  }

  /** The same, with everyone in their seats. */
  async gather(nth: number): Promise<Workshop> {
    const workshop = await this.open(nth);
    for (const [one, [, home]] of PEOPLE.entries()) {
      await this.room.sit(this.phones[one], workshop, home);
      await follows(this.phones[one].page);
    }
    await this.room.agree(workshop);
    return workshop;
  }

  /** Steps forward to a point, or goes there from the agenda, and waits until everyone is there. */
  async to(point: string): Promise<void> {
    const next = this.led.getByRole('button', { name: `Nästa: ${point}`, exact: true });
    if (await next.count()) await next.click();
    else await this.led.getByRole('button', { name: about('Gå hit', point) }).click();
    for (const { page } of this.room.guests) await expect(heading(page)).toHaveText(point);
  }

  /** Ends it with the leader's button, after a second look. */
  async end(workshop: Workshop): Promise<void> {
    await this.led.locator('#avsluta > summary').click();
    await this.led.getByRole('button', { name: 'Avsluta workshopen' }).click();
    for (const { page } of this.room.guests) await expect(heading(page)).toHaveText('Tack för i dag!');
    await this.room.agree(workshop);
  }

  /** Everyone reads these words in the part that they share. */
  async everyoneReads(words: string | RegExp): Promise<void> {
    for (const { page, name } of this.room.guests) await expect(page.locator('#scen'), name).toContainText(words);
  }
}

/** Joins with the code and nothing but a keyboard. */
async function joinByKeyboard(page: Page, code: string, name: string, home: Name): Promise<void> {
  await page.goto('/w');
  await tabTo(page, page.getByLabel('Kod'));
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Ditt namn')).toBeVisible();
  await tabTo(page, page.getByLabel('Ditt namn'));
  await page.keyboard.type(name);
  await tabTo(page, page.getByRole('checkbox', { name: home }));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: 'Gå med' }));
  await page.keyboard.press('Enter');
  await follows(page);
}

/** Joins as most do: with what the QR code says, and a thumb. */
async function join(page: Page, code: string, name: string, home: Name): Promise<void> {
  await page.goto(`/w/${code}`);
  await page.getByLabel('Ditt namn').fill(name);
  await page.getByRole('checkbox', { name: home }).tap();
  await page.getByRole('button', { name: 'Gå med' }).tap();
  await follows(page);
}

/** What is written in silence, by who writes it. */
const SILENT = [
  ['Beställa tjänster gemensamt', 'Säker inloggning för alla'],
  ['Gemensamt beställa tjänster', 'Stöd för digitala möten'],
  ['Arkivera digitalt', 'Hitta rätt kompetens'],
  ['Mäta nyttan'],
  ['Ta hand om klagomål'],
];

/** WS1: goals, silent writing that nobody else sees, the reveal. */
async function goalsAndCapabilities(series: Series): Promise<void> {
  const { led, wall, phones, room } = series;
  const workshop = await series.open(1);
  const [one, two, three, four, five] = phones;
  const code = await workshop.code();
  await expect(wall.locator('.code')).toHaveText(code.toUpperCase());
  await joinByKeyboard(two.page, code, ...PEOPLE[1]);
  for (const [nth, guest] of phones.entries()) if (nth !== 1) await join(guest.page, code, ...PEOPLE[nth]);
  await expect(wall.locator('#narvaro')).toContainText('5 från 4 av 4 kommuner');
  await room.agree(workshop);

  await series.to('Förmågebaserad planering');
  await series.to('Uppdrag och mål');
  await one.page.getByLabel('Vilket mål saknas?').fill('Nära och enkelt för invånarna');
  await one.page.getByRole('button', { name: 'Lägg till' }).tap();
  await led.getByRole('button', { name: about('Gör till mål', 'Nära och enkelt för invånarna') }).click();
  for (const { page } of room.guests) await expect(page.locator('#malen')).toContainText('Nära och enkelt för invånarna');
  await room.agree(workshop);

  await series.to('Skriv förmågor');
  const wires = await Promise.all([four, room.of('led')[0], room.of('projektor')[0]].map((guest) => Wire.tap(guest, workshop)));
  await led.getByRole('button', { name: '25 min' }).click();
  for (const { page } of room.guests) await expect(page.getByRole('timer')).toHaveText(/^2[45]\.\d\d$/);
  for (const text of SILENT[0]) await write(one.page, text);
  for (const text of SILENT[1]) {
    await tabTo(two.page, two.page.getByLabel('Skriv en sak i taget'));
    await two.page.keyboard.type(text);
    await two.page.keyboard.press('Enter');
    await expect(own(two.page).getByText(text, { exact: true })).toBeVisible();
  }
  await tabTo(two.page, two.page.getByRole('button', { name: 'Jag är klar' }));
  await two.page.keyboard.press('Enter');
  await expect(wall.getByText('1 av 5 klara')).toBeVisible();
  // The third loses the network in the middle, and goes on.
  await write(three.page, SILENT[2][0]);
  await three.context.setOffline(true);
  await expect(three.page.locator('#anslutning')).toHaveText(/^Ingen anslutning/);
  await send(three.page, SILENT[2][1]);
  await expect(three.page.locator('#vantar')).toContainText(SILENT[2][1]);
  await expectAccessible(three.page);
  await screens(three.page, 'workshop-utan-anslutning');
  await write(four.page, SILENT[3][0]);
  await write(five.page, SILENT[4][0]);
  await three.context.setOffline(false);
  await expect(own(three.page)).toHaveText([...SILENT[2]].reverse());
  await expect(wall.locator('#skrivet')).toContainText('8 kort');
  const seq = await workshop.do({ gor: 'timer', vad: 'stoppa', minuter: '5' });
  for (const [nth, wire] of wires.entries()) {
    await wire.reaches(seq);
    const theirs = nth === 0 ? SILENT[3] : [];
    for (const text of SILENT.flat()) if (!theirs.includes(text)) expect(wire.heard, 'on the wire').not.toContain(text);
    wire.hangUp();
  }
  for (const [nth, { page }] of room.guests.entries()) {
    const theirs = SILENT[nth - 2] ?? [];
    const html = await page.content();
    for (const text of SILENT.flat()) expect(html.includes(text), `${text} to ${room.guests[nth].name}`).toBe(theirs.includes(text));
  }
  await room.agree(workshop);

  await led.getByText('Visa allt för alla').click();
  await led.getByRole('button', { name: 'Ja, visa allt nu' }).click();
  await series.to('Läs tillsammans');
  for (const text of SILENT.flat()) await series.everyoneReads(text);
  await room.agree(workshop);
  await five.page.getByText(`Kommentera: ${SILENT[3][0]}`).tap();
  await five.page.getByLabel(`Din kommentar till ${SILENT[3][0]}`).fill('Hur gör andra?');
  await five.page.getByRole('button', { name: 'Skicka kommentar' }).locator('visible=true').tap();
  for (const page of [led, one.page, two.page]) await expect(page.locator('#scen')).toContainText('Hur gör andra?');
  await series.end(workshop);
}

/** WS2: moving in every way there is, merging, and the round of municipalities. */
async function group(series: Series): Promise<void> {
  const { led, wall, phones, room } = series;
  const workshop = await series.gather(2);
  await series.to('Gruppera förmågor');
  for (const name of ['Samarbete', 'Verksamhet']) {
    await led.getByText('Lägg till område').click();
    await led.getByLabel('Områdets namn').fill(name);
    await led.locator('#nytt-omrade').getByRole('button', { name: 'Lägg till' }).click();
    await expect(place(phones[0].page, name)).toBeAttached();
    await led.getByText('Lägg till område').click();
  }
  const [mouse, finger, keys, menu] = ['Arkivera digitalt', 'Mäta nyttan', 'Stöd för digitala möten', 'Hitta rätt kompetens'];
  await drag(led, card(led, mouse).locator('[data-handle]'), place(led, 'Verksamhet'));
  await drag(phones[0].page, card(phones[0].page, finger).locator('[data-handle]'), place(phones[0].page, 'Samarbete'), true);

  const { page: keyboard } = phones[1];
  await tabTo(keyboard, keyboard.getByRole('button', { name: `Flytta ${keys}` }));
  await keyboard.keyboard.press('Space');
  await expect(keyboard.locator('#besked-skarm')).toContainText(`Du håller i ${keys}`);
  await keyboard.keyboard.press('ArrowRight');
  await expect(keyboard.locator('#besked-skarm')).toContainText('i Samarbete');
  await keyboard.keyboard.press('Space');
  await expect(keyboard.locator('#besked-skarm')).toContainText(`${keys} ligger nu på plats`);

  const { page: fifth } = phones[4];
  await card(fifth, menu).locator('details.more > summary').tap();
  await card(fifth, menu).getByLabel('Flytta till').selectOption('Samarbete');
  await card(fifth, menu).getByRole('button', { name: about('Flytta', menu) }).tap();
  for (const { page } of [...phones, { page: led }]) {
    await expect(place(page, 'Verksamhet').locator('.board-card .name')).toHaveText([mouse]);
    await expect(place(page, 'Samarbete').locator('.board-card .name').getByText(menu)).toBeAttached();
    for (const name of [finger, keys]) await expect(place(page, 'Samarbete').locator('.board-card .name').getByText(name)).toBeAttached();
  }
  await room.agree(workshop);

  // Two that are the same are suggested with their reason; who said what follows along.
  const alike = led.locator('#likheter-lista > li').filter({ hasText: SILENT[0][0] }).filter({ hasText: SILENT[1][0] });
  await expect(alike.getByRole('list')).toContainText('Samma ord, i annan ordning eller form');
  await alike.getByRole('button', { name: /^Slå ihop till/ }).click();
  await expect(alike).toHaveCount(0);
  const merged = led.locator('.board-card').filter({ hasText: '2 har sagt detta' });
  await expect(merged).toHaveCount(1);
  await merged.locator('details.more > summary').click();
  await expect(merged.locator('.origins')).toContainText(SILENT[0][0]);
  await expect(merged.locator('.origins')).toContainText(SILENT[1][0]);
  for (const home of ['Lysekil', 'Munkedal']) await expect(merged.locator('.origins')).toContainText(home);
  // What is left goes to an area too, so that the map can be ratified.
  const omrade = await place(led, 'Verksamhet').getAttribute('data-drop');
  for (const formaga of await place(led, 'Utan område').locator('[data-drag]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.drag!))) {
    await workshop.do({ gor: 'flytta', formaga, omrade: omrade!, fore: '' });
  }
  await expect(place(wall, 'Utan område').or(wall.locator('#omrade-utan'))).toHaveCount(0);
  await room.agree(workshop);

  await series.to('Kommunrunda');
  await led.getByRole('button', { name: 'Nästa kommun: Lysekil' }).click();
  await series.everyoneReads(/Nu berättar\s+Lysekil/);
  await expect(phones[1].page.locator('#skriv-text'), 'only those whose turn it is write').toHaveCount(0);
  await phones[0].page.getByLabel('Skriv en sak i taget').fill('Svårt att rekrytera');
  await phones[0].page.getByRole('radio', { name: 'Utmaning' }).check();
  await phones[0].page.getByRole('button', { name: 'Lägg till' }).tap();
  await series.everyoneReads('Svårt att rekrytera');
  await led.getByRole('button', { name: 'Nästa kommun: Munkedal' }).click();
  await series.everyoneReads(/Nu berättar\s+Munkedal/);
  await room.agree(workshop);
  await series.end(workshop);
}

/** WS3: through all of it, a question, something struck, and a version that everyone sees. */
async function ratify(series: Series): Promise<void> {
  const { led, phones, room } = series;
  const workshop = await series.gather(3);
  await series.to('Gå igenom förmåga för förmåga');
  await begin(led);
  for (let nth = 0; nth < 3; nth += 1) {
    const name = (await led.locator('#fast-fokus h2').first().textContent())!;
    await series.everyoneReads(name);
    await led.getByRole('button', { name: about('Godkänn', name) }).click();
    await series.everyoneReads(`${nth + 1} av 7 granskade`);
    await led.getByRole('button', { name: 'Nästa ogranskade' }).click();
    await expect(led.locator('#fast-fokus h2').first()).not.toHaveText(name);
  }
  await phones[3].page.getByLabel('Din fråga').fill('Gäller det även bolagen?');
  await phones[3].page.getByRole('button', { name: 'Lägg till frågan' }).tap();
  await series.everyoneReads('Öppna frågor: 1');
  await room.agree(workshop);
  await led.getByRole('button', { name: about('Avgjord', 'Gäller det även bolagen?') }).click();
  const strike = (await led.locator('#fast-fokus h2').first().textContent())!;
  await led.getByText('Ändra eller stryk', { exact: true }).click();
  await led.getByRole('button', { name: about('Stryk förmågan', strike) }).click();
  await series.everyoneReads('3 av 6 granskade');
  await series.to('Fastställ förmågekartan');
  await led.getByLabel('Beslutsdatum').fill(today());
  await led.getByLabel('Vem som beslutar').fill('Styrgruppen');
  await led.getByRole('button', { name: 'Fastställ version 1' }).click();
  await series.everyoneReads('Version 1 är fastställd');
  await room.agree(workshop);
  await series.end(workshop);
}

/** The survey between: three answers from each municipality, which do not say the same. */
async function survey({ leader, mapping }: Series): Promise<string> {
  const round = await openRound(leader, mapping);
  const office = new Office(leader);
  for (const [which, home] of (Object.keys(CODE) as Name[]).entries()) {
    for (let person = 0; person < 3; person += 1) {
      const link = await office.invite(round, `Svarande ${which * 3 + person + 1} Exempel`, [home]);
      await answerAll(leader, link, (nth) => [String(1 + ((nth * (person + 1) + which) % 3)), String(4 + ((nth + person) % 2))]);
    }
  }
  await office.close(round);
  return round.address.split('/').pop()!;
}

/** WS4: where we disagree, what each municipality stands for, and a blind vote in two rounds. */
async function present(series: Series, round: string): Promise<void> {
  const { led, wall, phones, room } = series;
  await led.goto(`${series.addresses[3]}/planera`);
  await led.locator('summary').filter({ hasText: 'Dag, plats och inställningar' }).click();
  await led.getByLabel('Enkätomgång').selectOption(round);
  await led.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(led.locator('.notice').first()).toBeVisible();
  const workshop = await series.gather(4);
  await series.to('Gå igenom svaren');
  await begin(led);
  const first = (await led.locator('#spr-mitten h2').first().textContent())!;
  await series.everyoneReads(first);
  await series.everyoneReads('12 svar');
  await room.agree(workshop);

  await series.to('Samlad bedömning');
  await led.getByText('Ändra: Deltagare Ett Exempel').click();
  await led.getByRole('button', { name: about('Låt tala för kommunen', 'Deltagare Ett Exempel') }).click();
  if (await led.getByRole('button', { name: 'Börja genomgången' }).count()) await begin(led);
  const { page: speaker } = phones[0];
  const levels = (words: RegExp) => speaker.getByRole('group', { name: words });
  await levels(/Hur bra är vi/).getByRole('radio', { name: /^2/ }).check();
  await levels(/Vilken nivå räcker/).getByRole('radio', { name: /^5/ }).check();
  await speaker.getByLabel(/^Skäl/).fill('Vi har kommit igång');
  await speaker.getByRole('button', { name: 'Förankra för Lysekil' }).tap();
  await series.everyoneReads('1 av 4 kommuner klara');
  await expect(led.locator('#bed-matris')).toContainText('Vi har kommit igång');
  await expect(phones[4].page.getByRole('button', { name: /^Förankra/ }), 'only those who speak for it').toHaveCount(0);
  await room.agree(workshop);

  await series.to('Effekt på mål');
  await led.getByRole('button', { name: 'Öppna omröstningen' }).click();
  const vote = async (guest: Guest, nth: number, value: number) => {
    const button = guest.page.locator('#eff-min').getByRole('group').nth(nth).getByRole('button', { name: new RegExp(`^${value} `) });
    if (guest === phones[1]) {
      await tabTo(guest.page, button);
      await guest.page.keyboard.press('Enter');
    } else await button.tap();
    await expect(button).toHaveAttribute('aria-pressed', 'true');
  };
  for (const [nth, guest] of phones.entries()) await vote(guest, 0, nth < 3 ? 2 : 5);
  await series.everyoneReads('5 av 5 har röstat');
  for (const page of [led, wall, phones[0].page]) await expect(page.locator('#eff-resultat'), 'blind until closed').toHaveCount(0);
  await room.agree(workshop);
  await led.getByRole('button', { name: 'Stäng och visa resultatet' }).click();
  for (const { page } of room.guests) await expect(page.locator('#eff-resultat .walk-median').first()).toHaveText(/2$/);
  await led.getByRole('button', { name: 'Öppna en andra omgång' }).click();
  for (const [nth, guest] of phones.entries()) await vote(guest, 0, nth < 1 ? 2 : 5);
  await vote(phones[2], 1, 3);
  await led.getByRole('button', { name: 'Stäng och visa resultatet' }).click();
  for (const { page } of room.guests) {
    await expect(page.locator('#eff-resultat .walk-median').first()).toHaveText(/5$/);
    await expect(page.locator('#eff-resultat')).toContainText('höjd från 2 till 5');
    await expect(page.locator('#eff-resultat .walk-median'), 'what one person voted is not told').toHaveCount(1);
    await expect(page.locator('#eff-resultat')).toContainText(/få röster/i);
  }
  await expect(led.getByRole('button', { name: 'Öppna en andra omgång' }), 'two rounds at most').toHaveCount(0);
  await led.getByRole('button', { name: 'Använd som effekt på mål' }).click();
  await expect(led.locator('#eff-anvand')).toContainText('Medianen används');
  await room.agree(workshop);
  await series.end(workshop);
}

/** WS5: areas with an owner and a first step, dots with a limit, decisions. */
async function improve(series: Series, round: string): Promise<void> {
  const { led, phones, room, leader } = series;
  await led.goto(`${series.addresses[4]}/planera`);
  await led.locator('summary').filter({ hasText: 'Dag, plats och inställningar' }).click();
  await led.getByLabel('Enkätomgång').selectOption(round);
  await led.getByLabel('Prickar till var och en').fill('3');
  await led.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(led.locator('.notice').first()).toBeVisible();
  const workshop = await series.gather(5);
  await series.to('Från skillnad till förbättringsområde');
  for (const [name, owner, step] of [
    ['Gemensam beställarfunktion', 'Samordnaren', 'Kalla till ett första möte'],
    ['Mötesstöd', 'Kanslichefen', 'Fråga verksamheterna'],
  ]) {
    const form = led.locator('#for-ny');
    if (!(await form.getByLabel('Namn').isVisible())) await form.locator('summary').click();
    await form.getByLabel('Namn').fill(name);
    await form.getByLabel('Ägare').fill(owner);
    await form.getByLabel('Första steget').fill(step);
    await form.getByRole('button', { name: 'Lägg till' }).click();
    for (const words of [name, owner, step]) await series.everyoneReads(words);
  }
  await room.agree(workshop);

  await series.to('Vad börjar vi med?');
  await led.getByRole('button', { name: 'Öppna omröstningen' }).click();
  const { page: keyboard } = phones[1];
  const more = (page: Page, name: string) => page.getByRole('button', { name: `En prick till på ${name}` });
  for (const left of [2, 1, 0]) {
    await tabTo(keyboard, more(keyboard, 'Mötesstöd'));
    await keyboard.keyboard.press('Enter');
    await expect(keyboard.getByText(`${left} av 3 prickar kvar`)).toBeVisible();
  }
  for (const name of ['Mötesstöd', 'Gemensam beställarfunktion']) await expect(more(keyboard, name)).toBeDisabled();
  for (const { page } of [phones[0], phones[2]]) {
    await more(page, 'Gemensam beställarfunktion').tap();
    await expect(page.getByText('2 av 3 prickar kvar')).toBeVisible();
  }
  await led.getByRole('button', { name: 'Stäng och visa resultatet' }).click();
  for (const { page } of room.guests) {
    await expect(page.locator('#pri-utfall > li')).toContainText([/Mötesstöd.*prickar: 3/s, /Gemensam beställarfunktion.*prickar: 2/s]);
  }
  await room.agree(workshop);

  await series.to('Beslut');
  const decide = async (text: string, how: string) => {
    await led.getByLabel('Ny anteckning eller nytt beslut').fill(text);
    await led.getByRole('button', { name: how }).click();
    await series.everyoneReads(text);
  };
  await decide('Vi börjar med mötesstödet.', 'Föreslå som beslut');
  await led.getByRole('button', { name: about('Besluta', 'Vi börjar med mötesstödet.') }).click();
  await decide('Beställarfunktionen utreds till våren.', 'Skriv in som beslut');
  await expect(led.getByRole('button', { name: /^Besluta ?: / })).toHaveCount(0);
  await series.end(workshop);

  for (const page of ['minnesanteckningar', 'sammanstallning']) {
    await led.goto(`${workshop.address}/${page}`);
    for (const text of ['Vi börjar med mötesstödet.', 'Beställarfunktionen utreds till våren.', 'Gemensam beställarfunktion']) {
      await expect(led.getByRole('main')).toContainText(text);
    }
    await expectAccessible(led);
  }
  const first = await leader.get(`${series.addresses[0]}/minnesanteckningar`);
  expect(await first.text()).toContain('Deltagare Fem Exempel');
}

test('a series of five workshops with everyone in the room', async ({ room, leader }) => {
  test.setTimeout(600_000);
  const series = await test.step('the series is planned', () => Series.plan(room, leader));
  await test.step('WS1', () => goalsAndCapabilities(series));
  await test.step('WS2', () => group(series));
  await test.step('WS3', () => ratify(series));
  const round = await test.step('the survey', () => survey(series));
  await test.step('WS4', () => present(series, round));
  await test.step('WS5', () => improve(series, round));
});
