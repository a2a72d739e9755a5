import { type APIRequestContext, request } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { test as base } from './support/fixtures';
import { Room, Workshop, expect, own } from './support/workshop';

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

const plain = { javaScriptEnabled: false };
const narrow = { ...plain, viewport: { width: 320, height: 640 } };

test('without scripts a workshop is led, joined, written in and revealed', async ({ leader, office, room }) => {
  const workshop = await Workshop.plan(leader, await office.mapping('Utan skript, skriva'), 'ws1');
  const { page: led } = await room.enter('Ledaren', 'led', plain);
  await led.goto(`${workshop.address}/led`);
  await led.getByRole('button', { name: 'Öppna workshopen' }).click();
  await expect(led).toHaveURL(/\/led$/);
  await expect(led.getByRole('heading', { level: 1 })).toHaveText('Välkommen');

  const { page } = await room.enter('Deltagare Exempel', 'delta', narrow);
  await page.goto('/w');
  await page.getByLabel('Kod').fill(await workshop.code());
  await page.getByRole('button', { name: 'Fortsätt' }).click();
  await page.getByLabel('Ditt namn').fill('Deltagare Exempel');
  await page.getByRole('checkbox', { name: 'Sotenäs' }).check();
  await page.getByRole('button', { name: 'Gå med' }).click();
  await expect(page).toHaveURL(/\/delta$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Välkommen');
  const newest = page.getByRole('link', { name: 'Ladda om sidan för att se det senaste' });
  await expect(newest).toBeVisible();
  await expectNoSidewaysScroll(page);

  await led.reload();
  await expect(led.locator('#har')).toContainText('Deltagare Exempel');
  for (const point of ['Förmågebaserad planering', 'Uppdrag och mål', 'Skriv förmågor']) {
    await led.getByRole('button', { name: `Nästa: ${point}` }).click();
    await expect(led.getByRole('heading', { level: 1 })).toHaveText(point);
  }
  await newest.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Skriv förmågor');
  for (const [text, kind] of [['Skrivet utan skript', 'Förmåga'], ['Vi saknar skript', 'Oförmåga']]) {
    await page.getByLabel('Skriv en sak i taget').fill(text);
    await page.getByRole('radio', { name: kind, exact: true }).check();
    await page.getByRole('button', { name: 'Lägg till' }).click();
    await expect(page).toHaveURL(/\/delta$/);
    await expect(own(page).getByText(text)).toBeVisible();
  }
  await page.getByText('Ändra: Vi saknar skript').click();
  const change = page.locator('details[open]');
  await change.getByLabel('Ändra texten').fill('Vi saknar nät');
  await change.getByRole('button', { name: 'Spara' }).click();
  await expect(own(page)).toHaveText(['Vi saknar nät', 'Skrivet utan skript']);
  await page.getByRole('button', { name: 'Jag är klar' }).click();
  await expect(page.getByText('Du är klar')).toBeVisible();
  await expectNoSidewaysScroll(page);

  await led.reload();
  await expect(led.locator('#klara')).toContainText('1 av 1 klara');
  await expect(led.locator('body')).not.toContainText('Vi saknar nät');
  await led.getByText('Visa allt för alla').click();
  await led.getByRole('button', { name: 'Ja, visa allt nu' }).click();
  await expect(led.locator('#moment')).toContainText('Vi saknar nät');
  await newest.click();
  await expect(page.locator('#scen')).toContainText('Skrivet utan skript');
});

test('without scripts a card is moved and a vote is given', async ({ leader, office, room }) => {
  const mapping = await office.mapping('Utan skript, rösta');
  await office.catalogue(mapping);
  const workshop = await Workshop.open(leader, mapping, 'ws2', 'Gruppera förmågor');
  const { page } = await room.seat(workshop, 'Deltagare Exempel', 'Munkedal', narrow);
  const card = page.locator('.board-card').filter({ has: page.getByRole('heading', { name: 'Beställarkompetens' }) });
  await card.locator('summary').first().click();
  await card.getByLabel('Flytta till').selectOption('Digital ledning');
  await card.getByRole('button', { name: /^Flytta ?: Beställarkompetens$/ }).click();
  const area = page.getByRole('region', { name: 'Digital ledning' });
  await expect(area.getByRole('heading', { name: 'Beställarkompetens' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await workshop.do({ gor: 'avsluta' });

  const vote = await Workshop.open(leader, mapping, 'ws4', 'Effekt på mål');
  const { page: led } = await room.enter('Ledaren', 'led', plain);
  await led.goto(`${vote.address}/led`);
  await led.getByRole('button', { name: 'Öppna omröstningen' }).click();
  const { page: voter } = await room.seat(vote, 'Deltagare Två Exempel', 'Lysekil', narrow);
  const choice = voter.getByRole('group', { name: 'Beställarkompetens' });
  await choice.getByRole('button', { name: /^4/ }).click();
  await expect(choice.getByRole('button', { name: /^4/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(voter.getByText('1 av 32')).toBeVisible();
  await expectNoSidewaysScroll(voter);
  await led.reload();
  await expect(led.getByText('1 av 1 har röstat')).toBeVisible();
  await led.getByRole('button', { name: 'Stäng och visa resultatet' }).click();
  // What a single person has voted is told to nobody.
  await expect(led.locator('#eff-fa')).toContainText('Få röster');
  await expect(led.locator('#eff-fa')).toContainText('Beställarkompetens');
  await expect(led.locator('#eff-utfall > li')).toHaveCount(0);
});

test('a page without scripts is as accessible as one with', async ({ leader, office, room }) => {
  const workshop = await Workshop.open(leader, await office.mapping('Utan skript, tillgängligt'), 'ws1', 'Skriv förmågor');
  // Axe itself needs scripts to run: those of the page are kept away instead.
  const { page } = await room.enter('Deltagare Exempel', 'led');
  await page.route('**/live*.js', (route) => route.abort());
  for (const view of ['led', 'projektor', 'delta']) {
    await page.goto(`${workshop.address}/${view}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Skriv förmågor');
    await expect(page.locator('#live')).not.toHaveAttribute('data-ready');
    await expectAccessible(page);
  }
});
