import { readFile } from 'node:fs/promises';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { screens } from './support/screens';

const RESULTS = `/k/${EXAMPLE}/resultat`;
const views = { name: 'Vyer' };

/** What each file begins with, by its ending. */
const SIGNATURES = { pdf: '%PDF-', pptx: 'PK', xlsx: 'PK', json: '{' };

test('a director takes the results along, as each kind of file', async ({ page }) => {
  await page.goto(RESULTS);
  await page.getByRole('navigation', views).getByRole('link', { name: 'Rapport' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rapport');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'rapport', { dark: true, width: 1920 });

  const kinds = page.getByRole('radio');
  await expect(kinds).toHaveCount(4);
  for (const [place, [ending, signature]] of Object.entries(SIGNATURES).entries()) {
    await kinds.nth(place).check();
    await page.getByLabel('Er kommun').selectOption('Uddevalla');
    await page.getByRole('button', { name: 'Gör filen' }).click();
    // The page loads itself again until the file is ready.
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Filen är klar', { timeout: 60_000 });
    if (ending === 'pdf') {
      await expectAccessible(page);
      await screens(page, 'rapport-klar');
    }
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Hämta filen' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`formagekartan.${ending}`);
    const bytes = await readFile(await file.path());
    expect(bytes.subarray(0, signature.length).toString('latin1')).toBe(signature);
    await page.getByRole('link', { name: 'Gör en annan fil' }).click();
  }
});

test('who could work together, what has changed and what is weak each have a page', async ({ page }) => {
  const pages = [
    ['Över tid', 'Över tid', /av \d+ kommuner har värde i båda omgångarna/],
    ['Samverkan', 'Möjlig samverkan', /Låna av varandra/],
    ['Underlagets kvalitet', 'Underlagets kvalitet', /Förmågor utan ägare/],
  ] as const;
  for (const [link, heading, told] of pages) {
    await page.goto(RESULTS);
    await page.getByRole('navigation', views).getByRole('link', { name: link }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expect(page.getByRole('main')).toContainText(/Bygger på 11 av 14 kommuner/);
    await expect(page.getByRole('main')).toContainText(told);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await screens(page, `vy-${heading.toLowerCase().replaceAll(/[^a-zåäö]+/g, '-')}`, { dark: true, width: 1920 });
  }
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a file can be made and fetched', async ({ page }) => {
    await page.goto(`${RESULTS}/rapport`);
    await page.getByRole('radio', { name: 'Data som JSON' }).check();
    await page.getByRole('button', { name: 'Gör filen' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Filen är klar', { timeout: 60_000 });
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Hämta filen' }).click();
    const report = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    expect(report.conditions[0]).toBe('Bygger på 11 av 14 kommuner.');
  });
});
