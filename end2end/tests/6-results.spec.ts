import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test, watch } from './support/fixtures';
import { screens } from './support/screens';

const RESULTS = `/k/${EXAMPLE}/resultat`;
const heat = (page: Page) => page.locator('table.heat');
/** The choice of what to show is folded away with what is chosen in sight. */
const choose = (page: Page) => page.locator('summary').filter({ hasText: /^Urval:/ }).click();
const numbers = (cells: Locator) =>
  cells.evaluateAll((all) => all.map((cell) => cell.textContent!.replace('−', '-').match(/^-?\d+/)?.[0]).map((text) => (text ? Number(text) : null)));

test('a director reads what the figures are based on before the figures', async ({ page }) => {
  await page.goto(RESULTS);
  const conditions = page.getByRole('region', { name: /Bygger på 11 av 14 kommuner/ });
  await expect(conditions).toBeVisible();
  await expect(conditions).toContainText('Saknas:');
  await expect(conditions).toContainText(/\d+ av \d+ inbjudna har svarat/);
  const regions = page.getByRole('main').locator('section');
  await expect(regions.first()).toHaveAccessibleName(/Bygger på 11 av 14 kommuner/);
  const first = page.locator('.priority-list > li').first();
  await expect(first).toContainText(/effekt på mål/);
  await expect(first).toContainText(/\d+ av 11/);
  await expect(page.getByText('Kan inte skiljas åt').first()).toBeVisible();
  await page.getByText('Hur säkert?').first().click();
  await expect(page.getByText(/Hamnar (på|mellan) plats/).first()).toBeVisible();
  await expect(first).toContainText(/Om alla 14 kommuner hade svarat skulle skillnaden i snitt ligga mellan \d,\d och \d,\d\./);
  await expectNoSidewaysScroll(page);
  await screens(page, 'resultat', { dark: true, width: 1920 });
  await screens(page, 'resultat', { print: true });
});

test('the director\'s page is accessible', async ({ page }) => {
  await page.goto(RESULTS);
  await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
  await expectAccessible(page);
});

test('the heat map is a table with a value in every cell, sorted by keyboard', async ({ page }) => {
  await page.goto(RESULTS);
  const table = heat(page);
  await expect(table.getByRole('rowheader')).toHaveCount(32);
  await expect(table.getByRole('columnheader')).toHaveCount(15);
  const cells = table.getByRole('cell');
  await expect(cells).toHaveCount(32 * 14);
  for (const text of await cells.allInnerTexts()) expect(text.trim()).not.toBe('');

  const lysekil = table.getByRole('columnheader', { name: 'Lysekil' });
  await expect(lysekil).not.toHaveAttribute('aria-sort');
  const heads = await table.getByRole('columnheader').allInnerTexts();
  const column = heads.findIndex((head) => head.trim() === 'Lysekil');
  await lysekil.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(lysekil).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL(/ordning=1484/);
  const sorted = (await numbers(table.locator(`tbody td:nth-of-type(${column})`))).filter((value) => value !== null);
  expect(sorted.length).toBeGreaterThan(0);
  expect(sorted).toEqual([...sorted].sort((a, b) => b - a));

  await table.getByRole('columnheader', { name: 'Förmåga' }).getByRole('link').press('Enter');
  await expect(page).toHaveURL(/ordning=namn/);
  const names = await table.getByRole('rowheader').allInnerTexts();
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'sv')));

  const gap = await numbers(cells);
  await page.getByRole('navigation', { name: 'Vad tabellen visar' }).getByRole('link', { name: 'Nuläge' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Nuläge per kommun och förmåga' })).toBeVisible();
  await expect(page).toHaveURL(/ordning=namn/);
  const current = await numbers(cells);
  await page.getByRole('navigation', { name: 'Vad tabellen visar' }).getByRole('link', { name: 'Börläge' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Börläge per kommun och förmåga' })).toBeVisible();
  const target = await numbers(cells);
  // The three tables tell the same story: what is to be, less what is, is the gap.
  expect(gap).toEqual(target.map((value, index) => (value === null || current[index] === null ? null : value - current[index]!)));
  await screens(page, 'resultat-borlage');
});

test('filters stand in the address and hold for every figure', async ({ page }) => {
  await page.goto(RESULTS);
  await choose(page);
  const filters = page.getByRole('form', { name: 'Urval' });
  await filters.getByLabel('Område').selectOption({ label: 'Digital trygghet' });
  await filters.getByLabel('Kommun').selectOption({ label: 'Lysekil' });
  await filters.getByRole('button', { name: 'Visa' }).click();
  await expect(page).toHaveURL(/omrade=.*kommun=1484/);
  await expect(heat(page).getByRole('rowheader')).toHaveCount(6);
  await expect(heat(page).getByRole('columnheader')).toHaveText(['Förmåga', 'Lysekil']);
  await expect(page.locator('.priority-list h3')).toHaveCount(6);
  await expect(page.locator('.priority-list dt').filter({ hasText: 'Lysekil' }).first()).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'resultat-urval');
  // The address is all there is to it: someone else who opens it sees the same.
  await page.reload();
  await expect(filters.getByLabel('Kommun')).toHaveValue('1484');

  await filters.getByRole('link', { name: 'Rensa' }).click();
  await expect(page).toHaveURL(RESULTS);
  await choose(page);
  await filters.getByLabel('Typ').selectOption({ label: 'Styrande' });
  await filters.getByRole('button', { name: 'Visa' }).click();
  await expect(page).toHaveURL(/typ=styrande/);
  await expect(heat(page).getByRole('rowheader')).not.toHaveCount(32);
  await filters.getByLabel('Omgång').selectOption({ label: 'Våren 2026' });
  await filters.getByRole('button', { name: 'Visa' }).click();
  await expect(page.getByText('Karta version 1 · Våren 2026')).toBeVisible();
  expect((await page.goto(`${RESULTS}?omgang=01890000-0000-7000-8000-000000000000`))?.status()).toBe(404);
});

test('the dumbbell chart has a title, a description and a table with the same numbers', async ({ page }) => {
  await page.goto(RESULTS);
  const card = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Från nuläge till börläge' }) });
  const chart = card.getByRole('img').filter({ visible: true });
  await expect(chart).toHaveCount(1);
  await expect(chart).toHaveAccessibleName(/^Från nuläge till börläge .*Störst skillnad har .+ med \+\d,\d/s);
  await expect(chart.locator('> title')).not.toBeEmpty();
  await expect(chart.locator('> desc')).not.toBeEmpty();
  await card.getByText('Visa som tabell').click();
  const rows = card.getByRole('table').locator('tbody tr');
  await expect(rows).toHaveCount(32);
  const drawn = await chart.textContent();
  for (const row of await rows.all()) {
    const [name, ...values] = await row.locator('th, td').allInnerTexts();
    expect(drawn).toContain(name.slice(0, 8));
    expect(values[0]).toMatch(/^\d,\d/);
  }
  await screens(page, 'resultat-tabell');
});

test('charts are downloaded as pictures and as tables', async ({ page }) => {
  await page.goto(`${RESULTS}?matt=n%C3%A4ge`);
  await page.goto(RESULTS);
  const links = page.getByRole('link', { name: /^Ladda ner (SVG|CSV)/ });
  // The list, the map, the matrix, from current to target, and the heat map; the others are folded away.
  await expect(links).toHaveCount(10);
  for (const link of await links.all()) {
    const name = (await link.getAttribute('href'))!.match(/diagram\/([^?]+)/)![1];
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(file.suggestedFilename()).toBe(name);
    const text = await readFile(await file.path(), 'utf8');
    if (name.endsWith('.svg')) {
      expect(text).toMatch(/^(<\?xml[^>]*>\s*)?<svg/);
      expect(text).toContain('<title');
      expect(text).not.toContain('class="missing-font"');
    } else {
      // Excel reads Swedish letters in a file that says that it is UTF-8.
      expect(text.charCodeAt(0)).toBe(0xfeff);
      const rows = name.startsWith('karta') ? 14 : 30;
      expect(text).toContain(name.startsWith('karta') ? 'Dals-Ed' : 'Beställarkompetens');
      expect(text.trim().split('\n').length).toBeGreaterThan(rows);
    }
  }
});

test('how it was calculated is told in words', async ({ page }) => {
  await page.goto(RESULTS);
  await page.getByRole('link', { name: 'Så har vi räknat', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Så har vi räknat');
  await expect(page.getByText(/startvärde \d+/)).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'sa-har-vi-raknat');
});

test('a director signs in and reads the whole region, or one municipality in whole levels', async ({ coordinator, office, browser }) => {
  const names = ['Lysekil', 'Munkedal', 'Sotenäs'] as const;
  const round = await office.round('Tre av tre', [...names]);
  const current = { Lysekil: 1, Munkedal: 2, Sotenäs: 3 };
  for (const name of names) {
    for (const nth of ['Ett', 'Två', 'Tre']) {
      const link = await office.invite(round, `Deltagare ${nth} i ${name}`, [name]);
      await office.answer(link, (asked) => [String(current[name]), asked % 2 ? '3' : '5']);
    }
  }
  await office.close(round);
  for (const name of names) await office.agree(round, name);
  await office.effects(round, (nth) => 1 + (nth % 5));

  await coordinator.goto(`${round.mapping}/personer`);
  await coordinator.getByLabel('Namn', { exact: true }).fill('Direktör Exempel');
  await coordinator.getByLabel('E-post').fill(`direktor.${Date.now()}@example.se`);
  await coordinator.getByRole('radio', { name: /^Direktör/ }).check();
  await coordinator.getByRole('button', { name: 'Spara och skapa inloggningslänk' }).click();
  const link = await coordinator.getByLabel('Inloggningslänk').inputValue();

  const elsewhere = await browser.newContext();
  const director = await elsewhere.newPage();
  const faults = watch(elsewhere);
  await director.goto(link);
  await director.getByRole('button', { name: 'Logga in' }).click();
  await director.goto(`${round.mapping}/resultat`);
  const conditions = director.getByRole('region', { name: 'Bygger på 3 av 3 kommuner.' });
  await expect(conditions).toContainText('9 av 9 inbjudna har svarat.');
  for (const words of ['Saknas:', 'förankrade', 'preliminär', 'utan effekt']) await expect(conditions).not.toContainText(words);
  const list = director.locator('.priority-list').first();
  // Effect 5 and a gap of 4, 3 and 2: five fifths of three quarters.
  const first = list.locator('dl').first();
  await expect(first).toContainText('75');
  await expect(first).toContainText('3,0');
  await expect(first).toContainText('3 av 3');
  await expect(director.getByRole('heading', { level: 2, name: 'Från nuläge till börläge', exact: true })).toBeVisible();
  await expect(heat(director).getByRole('columnheader')).toHaveText(['Förmåga', ...names]);
  await expect(heat(director).getByRole('cell')).toHaveCount(32 * 3);
  await expectNoSidewaysScroll(director);
  await screens(director, 'resultat-direktor');

  // One municipality has levels, not means of levels: in the chart, its table and its files.
  await choose(director);
  await director.getByRole('form', { name: 'Urval' }).getByLabel('Kommun').selectOption({ label: 'Munkedal' });
  await director.getByRole('button', { name: 'Visa', exact: true }).click();
  await expect(director).toHaveURL(/kommun=1430/);
  const card = director.locator('section').filter({ has: director.getByRole('heading', { level: 2, name: 'Från nuläge till börläge: Munkedal' }) });
  await expect(card).toHaveCount(1);
  await expect(card.getByRole('img').filter({ visible: true })).toHaveAccessibleName(/^Från nuläge till börläge: Munkedal/);
  await card.getByText('Visa som tabell').click();
  const rows = card.getByRole('table').locator('tbody tr');
  await expect(rows).toHaveCount(32);
  const levels = await rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText)));
  for (const cells of levels) expect([['2', '3', '1'], ['2', '5', '3']]).toContainEqual(cells.slice(0, 3));
  await expectNoSidewaysScroll(director);
  await screens(director, 'resultat-en-kommun');
  for (const ending of ['SVG', 'CSV']) {
    const [file] = await Promise.all([director.waitForEvent('download'), card.getByRole('link', { name: `Ladda ner ${ending}` }).click()]);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toContain('Från nuläge till börläge: Munkedal');
    if (ending === 'CSV') expect(text.match(/;2;(3;1|5;3);/gm)).toHaveLength(32);
  }

  const refused = await director.goto(`${round.mapping}/personer`);
  expect(refused?.status()).toBe(403);
  await expect(director.getByRole('heading', { level: 1 })).toHaveText('Du har inte behörighet');
  await expectAccessible(director);
  await screens(director, 'fel-behorighet-direktor');
  expect(faults).toEqual([]);
  await elsewhere.close();
});

test('results of a mapping that is not an example are shown to nobody outside it', async ({ page, office }) => {
  const mapping = await office.mapping('Slutna resultat');
  for (const path of ['', '/karta', '/resultat', '/resultat/diagram/prioritet.csv', '/omgangar', '/historik']) {
    const refused = await page.goto(`${mapping}${path}`);
    expect(refused?.status(), path).toBe(401);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du behöver logga in');
  }
});

test('a mapping without a closed round says what is missing', async ({ coordinator: page, round }) => {
  await page.goto(`${round.mapping}/resultat`);
  await expect(page.getByText('Enkäten är öppen.')).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'resultat-oppen');
});
