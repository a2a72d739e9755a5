import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { CODE } from './support/office';
import { screens } from './support/screens';

const notice = (page: Page) => page.locator('.notice');
const save = (page: Page) => page.getByRole('button', { name: 'Spara', exact: true }).click();
/** A cell of the matrix. */
const cell = (page: Page, municipality: string, nth: number) =>
  page.getByRole('row', { name: new RegExp(`^${municipality}`) }).getByRole('cell').nth(nth);
/** A day this many days ahead, as forms and pages write it. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE');

/** States how a municipality takes part in a step, from the matrix and back to it. */
async function state(page: Page, municipality: string, step: string, grade: string, note = ''): Promise<void> {
  await page.getByRole('link', { name: `Ändra ${municipality}, ${step}` }).click();
  await page.getByRole('radio', { name: grade, exact: true }).check();
  if (note) await page.getByLabel('På vilket sätt, eller annat att veta').fill(note);
  await save(page);
  await expect(page).toHaveURL(/\/deltagande\?klart=sparat$/);
}

test('the matrix is filled in cell by cell, and says what it rests on', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Deltagande');
  await page.goto(mapping);
  await page.getByRole('link', { name: 'Deltagande', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deltagande');
  await expect(page.getByText('0 av 4 deltar fullt eller delvis')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.getByRole('link', { name: 'Ändra Lysekil, WS1' }).click();
  await page.getByRole('radio', { name: 'deltar på annat sätt' }).check();
  await save(page);
  await expect(page.getByRole('alert')).toContainText('Skriv på vilket sätt kommunen deltar.');
  await expect(page.getByRole('radio', { name: 'deltar på annat sätt' })).toBeChecked();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('På vilket sätt, eller annat att veta').fill('Läser och lämnar synpunkter');
  await page.getByLabel('Från och med').fill('2026-11-02');
  await page.getByLabel('Källa').fill('Mejl från förvaltningschefen');
  await screens(page, 'deltagande-cell');
  await save(page);
  await expect(notice(page)).toContainText('Sparat');
  await expect(cell(page, 'Lysekil', 2)).toContainText('Annat sätt');
  await expect(page.locator('.otherwise-list')).toContainText('Lysekil (WS1): Läser och lämnar synpunkter');

  await state(page, 'Munkedal', 'Serien som helhet', 'deltar fullt');
  await state(page, 'Sotenäs', 'Serien som helhet', 'deltar delvis');
  await expect(page.getByText('2 av 4 deltar fullt eller delvis.')).toBeVisible();
  await page.getByRole('link', { name: 'Lysekil', exact: true }).click();
  await expect(page.getByText('sedan 2026-11-02')).toBeVisible();
  await expect(page.getByText('Källa: Mejl från förvaltningschefen')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'deltagande-kommun');

  await page.getByRole('link', { name: 'Deltagande', exact: true }).first().click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Ladda ner som CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toContain('Lysekil;1484;WS1;Annat sätt;2026-11-02;Mejl från förvaltningschefen;Läser och lämnar synpunkter;');

  await page.goto(mapping);
  await expect(page.getByText('2 av 4 deltar fullt eller delvis.')).toBeVisible();
  await expect(page.getByText('Munkedal, Sotenäs')).toBeVisible();
});

test('of two who change the same cell the second is told of the first', async ({ coordinator: page, office, context }) => {
  const mapping = await office.mapping('Samtidigt');
  const address = `${mapping}/deltagande/${CODE.Lysekil}/ws2`;
  const other = await context.newPage();
  await page.goto(address);
  await other.goto(address);
  await page.getByRole('radio', { name: 'deltar fullt' }).check();
  await save(page);
  await expect(notice(page)).toContainText('Sparat');
  await other.getByRole('radio', { name: 'tackat nej' }).check();
  await save(other);
  await expect(other.getByRole('alert')).toContainText('Nu står det: deltar fullt.');
  await expectAccessible(other);
  await save(other);
  await expect(cell(other, 'Lysekil', 3)).toContainText('Tackat nej');
});

test('anyone may read the matrix of the example, on a phone, on a projector and on paper', async ({ page }, { project }) => {
  await page.goto(`/k/${EXAMPLE}/deltagande`);
  await expect(page.getByText('11 av 14 deltar fullt eller delvis, 3 på annat sätt.')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(16);
  await expect(page.getByRole('link', { name: /^Ändra/ })).toHaveCount(0);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'deltagande', { dark: true, width: 1920 });
  await screens(page, 'deltagande', { print: true });
  if (project.name === 'desktop') {
    // What is printed follows the paper again, not the picture before.
    await page.emulateMedia({ media: null });
    const pdf = await page.pdf({ path: 'screenshots/deltagande.pdf', preferCSSPageSize: true, printBackground: true });
    const text = pdf.toString('latin1');
    expect(text.match(/\/Type\s*\/Page\b/g), 'the matrix fits one page').toHaveLength(1);
    const [, , wide, high] = /\/MediaBox\s*\[([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\]/.exec(text)!.slice(1).map(Number);
    expect(wide, 'the page lies down').toBeGreaterThan(high);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await expect(page.getByRole('cell').first()).toBeVisible();
  await page.screenshot({ path: 'screenshots/320-deltagande.png', fullPage: true });
});

/** Fills in a new enquiry to all four municipalities, two of them with an address. */
async function ask(page: Page, mapping: string): Promise<void> {
  await page.goto(`${mapping}/deltagande`);
  await page.getByRole('link', { name: 'Ny intresseförfrågan' }).click();
  await page.getByLabel('Vad det handlar om').fill('Fem halvdagar under hösten.\n\nDet kostar inget att vara med.');
  await page.getByLabel('Sista dag att svara').fill(inDays(10));
  await page.getByLabel('Namn, Lysekil').fill('Eva Exempel');
  await page.getByLabel('E-post, Lysekil').fill('eva@example.se');
  await page.getByLabel('Namn, Munkedal').fill('Bo Exempel');
  await page.getByLabel('E-post, Munkedal').fill('bo@example.se');
}

/** The link that a municipality's contact answers with. */
async function linkOf(page: Page, municipality: string): Promise<string> {
  const contact = page.locator('.contacts > li').filter({ hasText: municipality });
  await contact.locator('summary').filter({ hasText: 'Länk att svara med' }).click();
  return contact.getByLabel(`Länk för ${municipality}`).inputValue();
}

test('an enquiry goes from the question to the participation', async ({ coordinator: page, office, browser }) => {
  const mapping = await office.mapping('Förfrågan');
  await ask(page, mapping);
  await page.getByLabel('E-post, Munkedal').fill('bo');
  await page.getByRole('button', { name: 'Spara och gå vidare' }).click();
  await expect(page.getByRole('alert')).toContainText('”bo” är ingen e-postadress.');
  await expect(page.getByLabel('Namn, Lysekil')).toHaveValue('Eva Exempel');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('E-post, Munkedal').fill('bo@example.se');
  await screens(page, 'forfragan-ny');
  await page.getByRole('button', { name: 'Spara och gå vidare' }).click();
  await expect(notice(page).first()).toContainText('Inget brev har skickats.');
  await expect(page.getByText('0 ja · 0 nej · 4 ej svarat av 4')).toBeVisible();
  await page.getByRole('button', { name: 'Skicka till 2' }).click();
  await expect(notice(page).first()).toContainText('Breven är på väg.');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Lagt i utkorgen')).toHaveCount(2, { timeout: 500 });
  }).toPass();
  await expect(page.getByRole('button', { name: 'Påminn 2' })).toBeVisible();

  const link = await linkOf(page, 'Lysekil');
  const phone = await browser.newContext({ viewport: { width: 320, height: 700 }, javaScriptEnabled: false });
  const guest = await phone.newPage();
  await guest.goto(link);
  await expect(guest.getByRole('heading', { level: 1 })).toContainText('Vill er kommun vara med');
  await expectNoSidewaysScroll(guest);
  await guest.getByRole('button', { name: 'Skicka svaret' }).click();
  await expect(guest.getByRole('alert')).toContainText('Välj ett svar.');
  await guest.getByRole('radio', { name: 'Ja', exact: true }).check();
  await guest.getByLabel('Vill ni säga något mer?').fill('Vi börjar gärna i vår.');
  await expect(guest.getByLabel('Ditt namn')).toHaveValue('Eva Exempel');
  await guest.screenshot({ path: 'screenshots/320-forfragan-svar.png', fullPage: true });
  await guest.getByRole('button', { name: 'Skicka svaret' }).click();
  await expect(guest.getByRole('status')).toContainText('Svaret för Lysekil är sparat: Ja.');
  await phone.close();

  const own = await page.context().newPage();
  await own.goto(link);
  await expectAccessible(own);
  await screens(own, 'forfragan-svar', { dark: true });
  await own.goto(link.slice(0, -1));
  await expect(own.getByRole('heading', { level: 1 })).toHaveText('Länken leder inte till någon fråga');
  await expectAccessible(own);

  await page.reload();
  const sotenas = page.locator('.contacts > li').filter({ hasText: 'Sotenäs' });
  await sotenas.locator('summary').filter({ hasText: 'Skriv in ett svar' }).click();
  await sotenas.getByRole('radio', { name: 'Nej' }).check();
  await sotenas.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('alert')).toContainText('Skriv vem som svarade, och hur.');
  await expect(sotenas.getByRole('radio', { name: 'Nej' })).toBeChecked();
  await sotenas.getByLabel('Vem som svarade, och hur').fill('Siv Exempel i telefon');
  await sotenas.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByText('1 ja · 1 nej · 2 ej svarat av 4')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'forfragan', { dark: true });
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.screenshot({ path: 'screenshots/320-forfragan.png', fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.locator('summary').filter({ hasText: 'Stäng …' }).click();
  await page.getByRole('button', { name: 'Ja, stäng förfrågan' }).click();
  await expect(notice(page).first()).toContainText('Förfrågan är stängd.');
  await own.goto(link);
  await expect(own.getByText('Ert svar finns kvar: Ja.')).toBeVisible();
  await expectAccessible(own);

  await page.getByRole('link', { name: 'Se vad som ändras' }).click();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'forfragan-for-in');
  await page.getByRole('button', { name: 'För in valda' }).click();
  await expect(notice(page).first()).toContainText('Svaren är införda i deltagandet.');
  await page.goto(`${mapping}/deltagande`);
  await expect(cell(page, 'Lysekil', 0)).toContainText('Intresserad');
  await expect(cell(page, 'Sotenäs', 0)).toContainText('Tackat nej');
  await expect(cell(page, 'Munkedal', 0)).toContainText('Ej svarat');
  await expect(page.getByText('1 ja · 1 nej · 2 ej svarat av 4')).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'deltagande-forfragan');
});

test('a matrix and an enquiry need no JavaScript', async ({ browser, session, office }) => {
  const mapping = await office.mapping('Utan skript');
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(session);
  const page = await context.newPage();
  await page.goto(`${mapping}/deltagande`);
  await state(page, 'Munkedal', 'Enkät', 'deltar fullt');
  await expect(cell(page, 'Munkedal', 5)).toContainText('Fullt');
  await ask(page, mapping);
  await page.getByRole('button', { name: 'Spara och gå vidare' }).click();
  await page.getByRole('button', { name: 'Skicka till 2' }).click();
  await expect(notice(page).first()).toContainText('Breven är på väg.');
  await page.goto(await linkOf(page, 'Munkedal'));
  await page.getByRole('radio', { name: 'Vi vill ha betänketid' }).check();
  await page.getByRole('button', { name: 'Skicka svaret' }).click();
  await expect(page.getByText('Svaret för Munkedal är sparat: Betänketid.')).toBeVisible();
  await context.close();
});
