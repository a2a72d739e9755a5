import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { screens } from './support/screens';

const RESULTS = `/k/${EXAMPLE}/resultat`;
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const unfold = (page: Page) => page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));

test('a director reads where their municipality stands, and goes on to what is furthest from its target', async ({ page }) => {
  await page.goto(`${RESULTS}/kommun/1484`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lysekil: så ligger ni till');
  await expect(page.getByRole('main').locator('section').first()).toHaveAccessibleName(/Bygger på 11 av 14 kommuner/);
  await expect(page.locator('.lead')).toContainText(/Lysekil har en skillnad att stänga i \d+ av \d+ förmågor\./);

  const gaps = card(page, 'Här är det längst kvar för kommunen');
  const rows = gaps.locator('> ol > li');
  await expect(rows).toHaveCount(5);
  const steps = await rows.locator('dt:text-is("skillnad") + dd').allInnerTexts();
  expect(steps.map(Number)).toEqual(steps.map(Number).sort((a, b) => b - a));
  await expect(rows.first()).toContainText(/av \d+ andra kommuner har också en skillnad här|Ingen annan kommun har en skillnad här/);
  await expect(rows.first()).toContainText(/Kan stödja: |Ingen annan kommun ligger över sitt börläge här/);

  const levels = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Från nuläge till börläge: Lysekil' }) });
  await expect(levels.getByRole('img').filter({ visible: true })).toHaveCount(1);
  await expect(card(page, 'Det här bygger på')).toContainText(/förankra/);
  await unfold(page);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.reload();
  await screens(page, 'kommun', { dark: true, width: 1920 });
  await screens(page, 'kommun', { print: true });

  const others = page.getByRole('navigation', { name: 'Andra kommuner' });
  await others.getByRole('link', { name: /^Nästa kommun/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mellerud: så ligger ni till');
  await others.getByRole('link', { name: /^Föregående kommun/ }).click();

  const first = gaps.locator('h3').first();
  const name = await first.innerText();
  await first.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('a municipality without values is told why, and what it can do', async ({ page }) => {
  const answer = await page.goto(`${RESULTS}/kommun/1421`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 2, name: 'Orust har inga värden i den här omgången.' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 3, name: 'Det här kan ni göra' })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'kommun-utan-varden');
  expect((await page.goto(`${RESULTS}/kommun/0180`))?.status()).toBe(404);
});

test('one capability is told in whole: how much it matters, where each stands, and how sure that is', async ({ page }) => {
  await page.goto(RESULTS);
  await page.getByRole('navigation', { name: /Vyer|Resultat/ }).getByRole('link', { name: 'Förmåga' }).click();
  await expect(page).toHaveURL(/\/formaga\//);
  const name = await page.getByRole('heading', { level: 1 }).innerText();
  await expect(card(page, 'Så viktig är den')).toContainText(/av 11/);
  await expect(card(page, 'Så viktig är den')).toContainText('Hur säkert är det?');
  const municipalities = card(page, 'Så ligger kommunerna till');
  await expect(municipalities.getByRole('img').filter({ visible: true })).toHaveAccessibleName(new RegExp(name));
  await municipalities.getByText('Visa som tabell').click();
  const rows = municipalities.locator('tbody tr');
  await expect(rows).toHaveCount(14);
  const shown = await rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent!.replace('−', '-'))));
  const [file] = await Promise.all([page.waitForEvent('download'), municipalities.getByRole('link', { name: 'Ladda ner CSV' }).click()]);
  const text = await readFile(await file.path(), 'utf8');
  for (const row of shown) expect(text).toContain(row.join(';'));
  await expect(card(page, 'Över tid')).toContainText(/→|går inte att jämföra/);
  await unfold(page);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.reload();
  await screens(page, 'formaga', { dark: true, width: 1920 });
  await screens(page, 'formaga', { print: true });
  const others = page.getByRole('navigation', { name: 'Andra förmågor' });
  await others.getByRole('link', { name: /^Nästa förmåga/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(name);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('up to four municipalities stand side by side, on the page as in the file', async ({ page }) => {
    await page.goto(`${RESULTS}/jamfor`);
    for (const name of ['Lysekil', 'Munkedal', 'Åmål']) await page.getByRole('checkbox', { name }).check();
    await page.getByRole('button', { name: 'Jämför' }).click();
    const table = card(page, 'Sida vid sida').getByRole('table');
    await expect(table.getByRole('columnheader')).toHaveText(['Förmåga', 'Lysekil', 'Munkedal', 'Åmål', 'Isär i nuläge', 'Regionens median', 'Kommuner med värde']);
    const rows = table.locator('tbody tr');
    await expect(rows).toHaveCount(32);
    const apart = (await rows.locator('td:nth-of-type(4)').allInnerTexts()).map((words) => Number.parseInt(words, 10) || 0);
    expect(apart).toEqual([...apart].sort((a, b) => b - a));
    expect(apart[0]).toBeGreaterThan(0);

    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Ladda ner CSV' }).click()]);
    const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
    const first = rows.first();
    const name = await first.getByRole('rowheader').innerText();
    const levels = (await first.locator('td .pair').allInnerTexts()).flatMap((pair) => pair.replace('−', '-').match(/-?\d/g)!);
    const median = (await first.locator('td.median').innerText()).split(' → ');
    const symbols = await first.locator('td .muted').count();
    if (symbols === 0) expect(lines.some((line) => line.startsWith([name, ...levels, ...median].join(';')))).toBe(true);
    await screens(page, 'jamfor', { dark: true, width: 1920 });
    await screens(page, 'jamfor', { print: true });

    await page.getByLabel('Ordning').selectOption({ label: 'Område för område' });
    await page.getByRole('button', { name: 'Jämför' }).click();
    await expect(page).toHaveURL(/kommun=1430.*ordning=karta/);
    expect(await table.locator('tr.group').count()).toBeGreaterThan(3);
    await screens(page, 'jamfor-omraden');

    for (const name of ['Orust', 'Tanum']) await page.getByRole('checkbox', { name }).check();
    await page.getByRole('button', { name: 'Jämför' }).click();
    await expect(page.getByRole('alert')).toContainText('Du har valt 5 kommuner.');
    await expect(page.getByRole('checkbox', { name: 'Orust' })).toBeChecked();
    await screens(page, 'jamfor-for-manga');
  });
});

test('the views of one are accessible and fit the narrowest screens', async ({ page }) => {
  await page.goto(`${RESULTS}/jamfor?kommun=1484&kommun=1430`);
  await expectAccessible(page);
  const capability = await page.locator('table.compare tbody th a').first().getAttribute('href');
  await page.setViewportSize({ width: 320, height: 700 });
  for (const address of [`${RESULTS}/jamfor?kommun=1484&kommun=1430&kommun=1492&kommun=1427`, `${RESULTS}/kommun/1484`, `${RESULTS}/kommun/1421`, capability!]) {
    await page.goto(address);
    await unfold(page);
    await expectNoSidewaysScroll(page);
  }
});
