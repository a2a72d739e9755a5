import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { screens } from './support/screens';
import { workbook } from './support/workbook';

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

const WRONG = `slag;område;namn;formulering;typ
förmåga;Service;Digitala kallelser;Förmåga att kalla digitalt;verksamhet
förmåga;Service;${'Ett alldeles för långt namn '.repeat(3)};;verksamhet
oförmåga;;Ingen äger kalendern;;trolleri
`;
const RIGHT = `slag;område;namn;formulering;typ;hör till
område;;Service;;;
förmåga;Service;Digitala kallelser;Förmåga att kalla digitalt;verksamhet;
förmåga;Service;Bokning på nätet;Förmåga att boka digitalt;stödjande;
oförmåga;;Ingen äger kalendern;;arbetssätt;Digitala kallelser
`;

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a file with errors changes nothing and says where they are; put right, it is read whole', async ({ coordinator: page, office }) => {
    const mapping = await office.mapping('Import');
    await page.goto(`${mapping}/karta`);
    await page.getByRole('link', { name: 'Läs in från fil' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Läs in från fil');
    await screens(page, 'import');
    await page.getByLabel('Fil', { exact: true }).setInputFiles(csv('karta.csv', WRONG));
    await page.getByRole('button', { name: 'Granska filen' }).click();
    await expect(page.getByRole('alert')).toContainText(/Rad 3, namn: \d+ tecken, men högst 40 får plats/);
    await expect(page.getByRole('alert')).toContainText('Rad 4, typ: ”trolleri” känns inte igen.');
    await expect(page.getByRole('button', { name: /^Läs in/ })).toHaveCount(0);
    await screens(page, 'import-fel');
    await page.goto(`${mapping}/karta`);
    await expect(page.getByRole('heading', { name: 'Kartan är tom' })).toBeVisible();

    await page.goto(`${mapping}/import`);
    await page.getByLabel('Fil', { exact: true }).setInputFiles(csv('karta.csv', RIGHT));
    await page.getByRole('button', { name: 'Granska filen' }).click();
    await expect(page.getByText('Allt i filen går att läsa in. Inget har lagts på kartan än.')).toBeVisible();
    await screens(page, 'import-granska');
    await page.getByRole('button', { name: 'Läs in 4 rader' }).click();
    await expect(page.locator('.notice')).toContainText('Allt är inläst på kartan.');
    const area = page.locator('.area').filter({ has: page.getByRole('heading', { level: 3, name: 'Service' }) });
    await expect(area.getByRole('heading', { level: 4 })).toHaveText(['Digitala kallelser', 'Ingen äger kalendern', 'Bokning på nätet']);

    // All of it in one step, so all of it is undone in one.
    await page.locator('.notice').getByRole('button', { name: 'Ångra' }).click();
    await expect(page.getByRole('heading', { name: 'Kartan är tom' })).toBeVisible();
  });
});

test('the pages of the import are accessible', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Import');
  await page.goto(`${mapping}/import`);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  for (const [text, words] of [[WRONG, 'Rätta filen'], [RIGHT, 'Allt i filen går att läsa in']]) {
    await page.getByLabel('Fil', { exact: true }).setInputFiles(csv('karta.csv', text));
    await page.getByRole('button', { name: 'Granska filen' }).click();
    await expect(page.getByText(words)).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
});

test('what is no table is refused, and a map comes out as it would go in', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Import');
  await page.goto(`${mapping}/import`);
  await page.getByLabel('Fil', { exact: true }).setInputFiles({ name: 'bild.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]) });
  await page.getByRole('button', { name: 'Granska filen' }).click();
  await expect(page.getByRole('alert')).toContainText('Filen är varken CSV eller Excel');

  await page.goto(`/k/${EXAMPLE}/karta`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Ladda ner som CSV' }).click(),
  ]);
  await page.goto(`${mapping}/import`);
  await page.getByLabel('Fil', { exact: true }).setInputFiles(await file.path());
  await page.getByRole('button', { name: 'Granska filen' }).click();
  await page.getByRole('button', { name: /^Läs in \d+ rader/ }).click();
  await expect(page.getByText('Områden: 5 · Förmågor: 32')).toBeVisible();
});

test('a workbook is read like any table, and more capabilities than people can answer about give advice', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Från Excel');
  await office.catalogue(mapping);
  const more = Array.from({ length: 14 }, (_, nth) => ['förmåga', 'Digital ledning', `Övning ${nth + 1}`, `Förmåga att öva för ${nth + 1}:e gången`, 'styrande']);
  await page.goto(`${mapping}/import`);
  await page.getByLabel('Fil', { exact: true }).setInputFiles({
    name: 'karta.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: workbook([['slag', 'område', 'namn', 'formulering', 'typ'], ...more]),
  });
  await page.getByRole('button', { name: 'Granska filen' }).click();
  await page.getByRole('button', { name: 'Läs in 14 rader' }).click();
  await expect(page.locator('.notice')).toContainText('Allt är inläst på kartan.');
  await expect(page.getByText('Områden: 5 · Förmågor: 46')).toBeVisible();
  const advice = page.getByRole('region', { name: 'Att tänka på' });
  await expect(advice).toContainText('Kartan har 46 förmågor. Fler än 45 gör enkäten tung att svara på');
  await expectAccessible(page);
  await screens(page, 'karta-manga');

  // The one being written would be the forty-seventh; it may be added all the same.
  await page.goto(`${mapping}/formagor/ny`);
  await page.getByLabel('Namn', { exact: true }).fill('Övning igen');
  await expect(page.getByRole('status', { name: 'Råd om namnet' })).toContainText('Det här blir 47 förmågor. Fler än 45 gör enkäten tung att svara på.');
  await page.getByRole('radio', { name: 'Styrande' }).check();
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await page.goto(`${mapping}/karta`);
  await expect(advice).toContainText('Kartan har 47 förmågor.');
});
