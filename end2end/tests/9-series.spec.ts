import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { screens } from './support/screens';

const notice = (page: Page) => page.locator('.notice');
const save = (page: Page) => page.getByRole('button', { name: 'Spara', exact: true }).click();
/** The workshops of the series, in order. */
const steps = (page: Page) => page.locator('.series > li');
/** The headings of the agenda, without their types. */
const points = async (page: Page) => {
  const headings = await page.locator('.agenda h3').allTextContents();
  return headings.map((heading) => heading.replace(/^\[.\]\s*/, ''));
};

/** Plans a series that begins on this day. */
async function planSeries(page: Page, day: string): Promise<void> {
  await page.getByLabel('Första dagen').fill(day);
  await page.getByLabel('Börjar klockan').fill('08:30');
  await page.getByLabel('Plats').fill('Stora salen');
  await page.getByRole('button', { name: 'Planera serien' }).click();
}

test('a series is planned from templates, and its first agenda is the next thing to do', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Med workshopar');
  await page.goto(mapping);
  await expect(page.getByText('Inga workshopar är planerade än.')).toBeVisible();
  await page.getByRole('link', { name: 'Öppna workshoparna' }).click();
  await expect(page.getByLabel('Börjar klockan')).toHaveValue('09:00');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'workshopar-tom');

  await page.getByLabel('Dagar mellan workshoparna').fill('0');
  await planSeries(page, '2031-01-14');
  await expect(page.getByRole('alert')).toContainText('Skriv ett antal dagar från 1 till 60.');
  await expect(page.getByLabel('Plats')).toHaveValue('Stora salen');
  await expectAccessible(page);
  await page.getByLabel('Dagar mellan workshoparna').fill('14');
  await page.getByRole('checkbox', { name: 'WS5 Förbättringsområden' }).uncheck();
  await page.getByRole('button', { name: 'Planera serien' }).click();

  await expect(notice(page)).toContainText('Serien är planerad.');
  await expect(steps(page)).toHaveCount(5);
  await expect(steps(page).nth(0)).toContainText('tisdag 2031-01-14 kl. 08.30–11.25');
  await expect(steps(page).nth(3)).toContainText('tisdag 2031-02-25');
  await expect(steps(page).nth(4)).toContainText('Inte planerad');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'workshopar', { dark: true });

  await page.locator('summary').filter({ hasText: 'Lägg till en workshop' }).click();
  await page.getByLabel('Vilken?').selectOption({ label: 'WS5 Förbättringsområden' });
  await page.getByLabel('Dag', { exact: true }).fill('2031-03-11');
  await page.getByRole('button', { name: 'Lägg till workshopen' }).click();
  await expect(notice(page)).toContainText('Workshopen är planerad.');
  await expect(steps(page).nth(4)).toContainText('tisdag 2031-03-11');
  await notice(page).getByRole('button', { name: 'Ångra' }).click();
  await expect(steps(page).nth(4)).toContainText('Inte planerad');

  await page.goto(mapping);
  await expect(page.getByText('Nästa: WS1 Mål och förmågor, tisdag 2031-01-14 kl. 08.30–11.25.')).toBeVisible();
  await page.goto(`${mapping}/workshopar`);
  await page.getByRole('link', { name: 'Gå igenom dagordningen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('WS1 Mål och förmågor');
});

test('an agenda is edited, each change can be taken back, and a calendar can take it in', async ({ coordinator: page, office }) => {
  await page.goto(`${await office.mapping('Med dagordning')}/workshopar`);
  await planSeries(page, '2031-01-14');
  await page.getByRole('link', { name: 'Gå igenom dagordningen' }).click();
  const plan = page.url();
  const before = await points(page);
  await expect(page.getByText('10 punkter, 2 tim 55 min. Slutar 11.25.')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'dagordning', { dark: true });

  await page.getByRole('button', { name: 'Flytta ned Välkommen' }).click();
  expect((await points(page)).slice(0, 2)).toEqual([before[1], before[0]]);
  await notice(page).getByRole('button', { name: 'Ångra' }).click();
  expect(await points(page)).toEqual(before);

  await page.getByRole('button', { name: /^Hoppa över.*Fika$/ }).click();
  await expect(page.getByText('9 punkter, 2 tim 40 min. Slutar 11.10.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Ta med igen.*Fika$/ }).click();
  await expect(page.getByText('10 punkter, 2 tim 55 min. Slutar 11.25.')).toBeVisible();

  await page.getByRole('link', { name: 'Lägg till punkt' }).click();
  await page.getByLabel('Tid i minuter').fill('999');
  await save(page);
  await expect(page.getByRole('alert')).toContainText('Fyll i rubrik.');
  await expect(page.getByRole('alert')).toContainText('Skriv ett antal minuter från 0 till 480.');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'punkt-fel');
  await page.getByLabel('Rubrik').fill('Presentation');
  await page.getByLabel('Vad gör rummet?').selectOption({ label: 'Läsa det skrivna tillsammans' });
  await page.getByLabel('Ansvarig').fill('Samordnaren');
  await page.getByLabel('Tid i minuter').fill('5');
  await page.getByLabel('Plats i dagordningen').selectOption({ label: `Före ${before[1]}` });
  await save(page);
  expect((await points(page)).slice(0, 3)).toEqual([before[0], 'Presentation', before[1]]);
  await expect(page.getByText('Ansvarig: Samordnaren')).toBeVisible();
  await expect(page.getByText('Slutar 11.30.')).toBeVisible();

  await page.getByRole('link', { name: /^Ändra.*Presentation$/ }).click();
  await page.getByRole('button', { name: 'Ta bort punkten' }).click();
  expect(await points(page)).toEqual(before);
  await notice(page).getByRole('button', { name: 'Ångra' }).click();
  expect(await points(page)).toContain('Presentation');

  await page.locator('summary').filter({ hasText: 'Dag, plats och inställningar' }).click();
  await page.getByLabel('Dag', { exact: true }).fill('2031-06-17');
  await page.getByLabel('Släpp in var och en').check();
  await screens(page, 'planera');
  await expectAccessible(page);
  await save(page);
  await expect(page.getByText('tisdag 2031-06-17 kl. 08.30–11.30')).toBeVisible();
  const file = await page.request.get(plan.replace(/planera.*/, 'kalender.ics'));
  expect(file.headers()['content-type']).toBe('text/calendar; charset=utf-8');
  const calendar = (await file.text()).replace(/\r\n[ \t]/g, '');
  expect(calendar).toContain('DTSTART:20310617T063000Z');
  expect(calendar).toContain('SUMMARY:WS1 Mål och förmågor');
  expect(calendar).toContain('08.30 [I] Välkommen');
});

test('without scripts and at 320 pixels everything can be planned', async ({ browser, service, session, office }) => {
  const mapping = await office.mapping('Utan skript');
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 }, baseURL: service.url });
  await context.addCookies(session);
  const page = await context.newPage();
  await page.goto(`${mapping}/workshopar`);
  await planSeries(page, '2031-01-14');
  await expect(steps(page)).toHaveCount(5);
  await page.getByRole('link', { name: 'Gå igenom dagordningen' }).click();
  const before = await points(page);
  await page.getByRole('button', { name: `Flytta upp ${before[3]}` }).click();
  expect((await points(page)).slice(2, 4)).toEqual([before[3], before[2]]);
  await page.getByRole('link', { name: /^Ändra.*Fika$/ }).click();
  await page.getByLabel('Tid i minuter').fill('20');
  await save(page);
  await expect(page.getByText('3 tim')).toBeVisible();
  await page.screenshot({ path: 'screenshots/320-dagordning.png', fullPage: true });
  await context.close();
});

test('no page of the series scrolls sideways at 320 pixels', async ({ coordinator: page, office }) => {
  await page.goto(`${await office.mapping('Smalt')}/workshopar`);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await planSeries(page, '2031-01-14');
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: 'Gå igenom dagordningen' }).click();
  await page.locator('summary').filter({ hasText: 'Dag, plats och inställningar' }).click();
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: 'Lägg till punkt' }).click();
  await expectNoSidewaysScroll(page);
});

test('anyone may read the series of the example, and nobody may change it', async ({ page }) => {
  await page.goto(`/k/${EXAMPLE}/workshopar`);
  await expect(steps(page)).toHaveCount(5);
  await expect(steps(page).filter({ hasText: 'Avslutad' })).toHaveCount(4);
  await expect(steps(page).nth(4)).toContainText('Planerad');
  await expect(page.getByRole('link', { name: /^(Planera|Led)/ })).toHaveCount(0);
  await expect(page.getByText('Lägg till en workshop')).toHaveCount(0);
  await page.locator('summary').filter({ hasText: 'Dagordning' }).first().click();
  await expect(steps(page).first()).toContainText('13.00 [I] Välkommen');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'workshopar-exempel');
});
