import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test, watch } from './support/fixtures';
import { screens } from './support/screens';

const RESULTS = `/k/${EXAMPLE}/resultat`;
/** Every figure, in the order of their pages. */
const FIGURES = [
  'prioritet', 'rangordning', 'matris', 'nulage-borlage', 'varmekarta', 'omraden',
  'fordelning', 'mellan-inom', 'karta', 'rutkarta', 'tackning', 'utveckling',
];
const folder = resolve(__dirname, '../screenshots');

/** A figure's page in light and dark at the three widths, and as it is printed. */
async function everyWay(page: Page, name: string): Promise<void> {
  const shoot = (ending: string) => page.screenshot({ path: resolve(folder, `diagram-${name}-${ending}.png`), fullPage: true, animations: 'disabled' });
  for (const width of [390, 1280, 1920]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 1080 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await shoot(`${width}-${colorScheme}`);
    }
  }
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ colorScheme: 'light', media: 'print' });
  await shoot('print');
  await page.emulateMedia({ media: 'screen' });
}

for (const [nth, figure] of FIGURES.entries()) {
  test(`the chart ${figure} has a page with title, description, conditions, numbers and files`, async ({ page }) => {
    expect((await page.goto(`${RESULTS}/diagram/${figure}`))?.status()).toBe(200);
    const title = await page.getByRole('heading', { level: 1 }).innerText();
    await expect(page).toHaveTitle(new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')} – `));
    await expect(page.getByRole('region', { name: 'Bygger på 11 av 14 kommuner.' })).toBeVisible();
    if (figure === 'varmekarta') {
      await expect(page.locator('table.heat').getByRole('cell')).toHaveCount(32 * 14);
    } else {
      const chart = page.locator('.chart-figure').getByRole('img').filter({ visible: true });
      await expect(chart).toHaveCount(1);
      await expect(chart).toHaveAccessibleName(new RegExp(`^${title.slice(0, 12)}`));
      const rows = page.locator('table.data tbody tr');
      expect(await rows.count()).toBeGreaterThan(1);
      for (const text of await rows.first().locator('th, td').allInnerTexts()) expect(text.trim()).not.toBe('');
    }
    const files = page.getByRole('region', { name: 'Ladda ner' }).getByRole('link');
    await expect(files).toHaveCount(6);
    for (const link of await files.all()) {
      const answer = await page.request.get((await link.getAttribute('href'))!, { timeout: 60_000 });
      expect(answer.status(), answer.url()).toBe(200);
      expect((await answer.body()).length).toBeGreaterThan(100);
    }
    const others = page.getByRole('navigation', { name: 'Fler diagram' });
    await expect(others.getByRole('link', { name: /^Föregående:/ })).toHaveCount(nth === 0 ? 0 : 1);
    await expect(others.getByRole('link', { name: /^Nästa:/ })).toHaveCount(nth === FIGURES.length - 1 ? 0 : 1);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    if (test.info().project.name === 'desktop') await everyWay(page, figure);
    await page.setViewportSize({ width: 320, height: 700 });
    await expectNoSidewaysScroll(page);
  });
}

test('the next chart is one press away, from the first to the last', async ({ page }) => {
  await page.goto(`${RESULTS}/diagram/${FIGURES[0]}`);
  for (const figure of FIGURES.slice(1)) {
    await page.getByRole('link', { name: /^Nästa:/ }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`/diagram/${figure}\\?omgang=`));
  }
  await page.getByRole('link', { name: 'Alla diagram på en sida' }).click();
  await expect(page).toHaveURL(/\/resultat\?omgang=/);
});

test('the region\'s page answers first, and everything on it is read without a script', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  const answer = await page.goto(RESULTS);
  expect((await answer!.body()).length).toBeLessThan(1_500_000);
  const main = page.getByRole('main');
  await expect(main.locator('section').nth(0)).toHaveAccessibleName(/Bygger på 11 av 14/);
  await expect(main.locator('section').nth(1)).toHaveAccessibleName('Svaret i korthet');
  const said = page.getByRole('region', { name: 'Svaret i korthet' });
  await expect(said).toContainText(/Störst skillnad för målen gör|Främst ligger/);
  await expect(said).toContainText(/i \d+ av 11 kommuner, i snitt \d,\d av 4 steg/);
  // What is said is what the list says.
  const first = await page.locator('.priority-list .name').first().innerText();
  await expect(said).toContainText(first.trim());
  const folded = page.locator('details.folded');
  expect(await folded.count()).toBe(5);
  await folded.first().locator('> summary').click();
  await expect(folded.first().locator('.chart-figure')).toBeVisible();
  await context.close();
});

test('a link in the contents opens the chart that it leads to', async ({ page }) => {
  await page.goto(RESULTS);
  const place = page.locator('#fordelning');
  await expect(place.locator('.chart-figure')).not.toBeVisible();
  const contents = page.getByRole('navigation', { name: 'Fler diagram' });
  await contents.locator('a[href="#fordelning"]').click();
  await expect(place.locator('.chart-figure')).toBeVisible();
  await expect(place.locator('.chart-figure')).toBeInViewport();
});

test('how a figure was calculated is one press away, at its own rule', async ({ page }) => {
  await page.goto(RESULTS);
  const links = page.locator('a.method-link');
  const anchors = new Set(await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).hash)));
  for (const anchor of ['#prioritet', '#ordning', '#granser', '#tackning', '#spridning', '#mellan-och-inom', '#fran-kommun-till-region', '#skillnad']) {
    expect([...anchors]).toContain(anchor);
  }
  await links.first().click();
  for (const anchor of anchors) await expect(page.locator(anchor)).toBeVisible();
  await expect(page.getByText('2,51')).toBeVisible();
  await expect(page.getByText('1,65')).toBeVisible();
});

test('every way out of the example\'s results is open to anyone', async ({ page }) => {
  await page.goto(RESULTS);
  const addresses = await page.getByRole('main').locator('a[href^="/"]').evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute('href')!.split('#')[0]))]);
  expect(addresses.length).toBeGreaterThan(40);
  for (const address of addresses) {
    const answer = await page.request.get(address, { timeout: 60_000 });
    expect(answer.status(), address).toBe(200);
  }
});

test('the whole page is there on paper, with what is folded on a screen', async ({ page, context }) => {
  const faults = watch(context);
  await page.goto(RESULTS);
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: 'print' });
  for (const figure of ['matris', 'nulage-borlage', 'rangordning', 'omraden', 'fordelning', 'tackning', 'mellan-inom']) {
    const card = page.locator('.figure-card').filter({ has: page.locator(`#${figure}`) });
    await expect(card.locator('.chart-figure svg').filter({ visible: true }), figure).toHaveCount(1);
  }
  await expect(page.locator('.downloads').first()).not.toBeVisible();
  await screens(page, 'resultat-papper', { print: true });
  expect(faults).toEqual([]);
});
