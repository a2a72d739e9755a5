import type { Browser, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { expect, test } from './support/fixtures';
import type { Office, Round } from './support/office';
import { screens } from './support/screens';
import { CURRENT, level, question } from './support/survey';

const OWN = [
  'Någon klassar när det brinner.',
  'Varje förvaltning klassar på sitt sätt.',
  'Alla klassar med samma mall.',
  'Vi följer upp klassningen varje år.',
  'Andra kommuner lånar vår mall.',
];
const EFFECT = 'Hur mycket skulle det betyda';
const NAME = 'Informationsklassning';

/** Nothing sideways on the narrowest phone, and back. */
async function expectFitsNarrow(page: Page): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize(before);
}

/** Opens a round in the browser, with the third question. */
async function openRound(page: Page, mapping: string, mode: 'Namngiven' | 'Konfidentiell', effect: boolean): Promise<Round> {
  await page.goto(`${mapping}/omgangar/ny`);
  await page.getByLabel('Namn', { exact: true }).fill('Hösten');
  await page.getByLabel('Börläge till år').fill(String(new Date().getFullYear() + 2));
  await page.locator('#n_min').selectOption('3');
  await page.getByRole('radio', { name: new RegExp(`^${mode}`) }).check();
  if (effect) await page.locator('input[name="effekt"]').check();
  await page.getByRole('button', { name: 'Öppna en omgång' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hösten');
  return { mapping, address: new URL(page.url()).pathname };
}

/** A mapping with the catalogue on its map. */
async function mapped(office: Office, name: string): Promise<string> {
  const mapping = await office.mapping(name);
  await office.catalogue(mapping);
  return mapping;
}

/** Writes own words for the levels of a capability; returns to the map. */
async function writeOwnWords(page: Page, mapping: string, words: string[]): Promise<void> {
  await page.goto(`${mapping}/karta`);
  await page.getByRole('link', { name: NAME, exact: true }).first().click();
  const folded = page.locator('#egna-ord');
  if (!(await folded.evaluate((details: HTMLDetailsElement) => details.open))) await folded.locator('summary').click();
  for (const [nth, text] of words.entries()) await page.getByLabel(`Nivå ${nth + 1} –`).fill(text);
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
}

/** A page without scripts. */
async function scriptless(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  return context.newPage();
}

test('own words for the levels are advised on, shown in the survey with the third question, and told where figures are explained', async ({
  coordinator: page,
  office,
  browser,
}) => {
  const mapping = await mapped(office, 'Egna ord');

  // Words for some of the levels only: all is saved, and the form says what to think of.
  await writeOwnWords(page, mapping, ['', '', OWN[2]]);
  await expect(page.locator('#egna-ord')).toContainText('Nivå 1, 2, 4, 5 saknar egna ord.');
  await expectAccessible(page);
  await expectFitsNarrow(page);
  await screens(page, 'formaga-egna-ord', { dark: true });
  await writeOwnWords(page, mapping, OWN);
  await page.goto(`${mapping}/karta`);
  await page.getByRole('link', { name: NAME, exact: true }).first().click();
  await expect(page.getByLabel('Nivå 5 –')).toHaveValue(OWN[4]);
  await expect(page.locator('#egna-ord')).not.toContainText('saknar egna ord');
  await office.ratify(mapping);
  await page.goto(`${mapping}/versioner/1`);
  await expect(page.getByText(OWN[0])).toBeVisible();

  const round = await openRound(page, mapping, 'Namngiven', true);
  const link = await office.invite(round, 'Deltagare Ett', ['Lysekil']);
  const survey = await scriptless(browser);
  await survey.goto(`${link}/2`);
  const asked = question(survey, NAME, CURRENT);
  await expect(asked).toContainText(OWN[1]);
  await expect(asked).not.toContainText('Det finns rutiner på några ställen');
  await expect(question(survey, 'Incidenthantering', CURRENT)).toContainText('Det finns rutiner på några ställen');
  await expect(level(survey, NAME, CURRENT, 2)).toHaveAccessibleDescription(OWN[1]);
  await level(survey, NAME, CURRENT, 2).check();
  await level(survey, NAME, EFFECT, 4).check();
  await expect(question(survey, NAME, EFFECT)).toContainText('4 Mycket');
  await survey.getByRole('button', { name: /^Spara och/ }).click();
  await survey.goto(`${link}/granska`);
  const row = survey.getByRole('row').filter({ hasText: NAME });
  await expect(row).toContainText('2');
  await expect(row.getByRole('cell').last()).toContainText('4');
  await survey.context().close();

  const phone = await (await browser.newContext()).newPage();
  await phone.goto(`${link}/2`);
  await expectAccessible(phone);
  await expectFitsNarrow(phone);
  await screens(phone, 'enkat-egna-ord');
  await phone.goto(`${link}/granska`);
  await expectAccessible(phone);
  await expectFitsNarrow(phone);
  await screens(phone, 'enkat-granska-effekt');
  await phone.context().close();

  // Three people's effects are a proposal when the round is closed.
  for (const [nth, effect] of ['2', '4', '5'].entries()) {
    const own = await office.invite(round, `Person ${nth}`, [(['Lysekil', 'Munkedal', 'Sotenäs'] as const)[nth]]);
    await office.answer(own, () => ['2', '4', effect]);
  }
  await office.close(round);
  await page.goto(`${round.address}/effekt`);
  await expect(page.getByText('Enkätens median: 4 – bidrar mycket (3 personer)').first()).toBeVisible();
  await expectAccessible(page);
  await expectFitsNarrow(page);
  await screens(page, 'effekt-forslag');
  await page.getByRole('button', { name: 'Använd enkätens förslag för de 32' }).click();
  await expect(page.locator('.notice').first()).toContainText('Ångra');
  await expect(page.getByText('32 av 32 är satta.')).toBeVisible();
  await page.goto(`${mapping}/resultat/sa-har-vi-raknat`);
  await expect(page.getByRole('heading', { name: 'Egna ord för nivåerna' })).toBeVisible();
  await expect(page.getByText(OWN[3])).toBeVisible();
  await expectAccessible(page);
});

test('free texts are read before others see them, and what is let through is there before the workshop', async ({
  coordinator: page,
  office,
  browser,
}) => {
  const mapping = await mapped(office, 'Fritext');
  await office.ratify(mapping);
  const round = await openRound(page, mapping, 'Namngiven', false);
  const texts = ['Alla vet att det är Exempelpersonen som stoppar', 'Vi saknar tid för det', ''];
  const links = [];
  for (const [nth, text] of texts.entries()) {
    const link = await office.invite(round, `Person ${nth}`, [(['Lysekil', 'Munkedal', 'Sotenäs'] as const)[nth]]);
    await office.answer(link, (place) => [String(1 + ((nth * 2 + place) % 5)), '4'], text);
    links.push(link);
  }

  await page.goto(`${round.address}/fritext`);
  await expect(page.getByText('Texterna visas när omgången är stängd')).toBeVisible();
  await page.goto(round.address);
  await expect(page.getByRole('heading', { name: 'Svar dag för dag' })).toBeVisible();
  await page.getByText('Har svarat (3)').click();
  await expect(page.getByText('Person 0')).toBeVisible();
  await expectAccessible(page);
  await expectFitsNarrow(page);
  await screens(page, 'omgang-dagar', { dark: true });
  await office.close(round);

  await page.goto(round.address);
  await page.getByRole('link', { name: 'Granska fritext (2 väntar)' }).click();
  await expect(page.getByRole('heading', { name: 'Väntar på att bli lästa' })).toBeVisible();
  await expect(page.getByText('2 väntar · 0 visas · 0 döljs')).toBeVisible();
  await expect(page.locator('main')).not.toContainText('Person 0');
  await expectAccessible(page);
  await expectFitsNarrow(page);
  await screens(page, 'fritext', { dark: true });
  await page.getByRole('listitem').filter({ hasText: texts[0] }).getByRole('button', { name: /^Dölj/ }).click();
  await expect(page.locator('.notice')).toContainText('Texten döljs.');
  await page.getByText('Visa alla som väntar').click();
  await page.getByRole('button', { name: 'Ja, visa alla 1' }).click();
  await expect(page.getByText('0 väntar · 1 visas · 1 döljs')).toBeVisible();
  await page.getByRole('link', { name: 'Se det som andra ser' }).click();
  await expect(page.getByText(texts[1])).toBeVisible();
  await expect(page.locator('main')).not.toContainText(texts[0]);
  await expectAccessible(page);
  await screens(page, 'kommentarer');

  const own = await scriptless(browser);
  await own.goto(`${links[0]}/klart`);
  await own.getByRole('link', { name: 'Jämför dina svar med allas' }).click();
  await expect(own.getByRole('heading', { level: 1 })).toHaveText('Inför workshopen');
  await expect(own.getByText('Du: 1 Tillfällig').first()).toBeVisible();
  await expect(own.getByText(/^Alla, 3 svar/).first()).toBeVisible();
  await expect(own.getByText('Lysekil: för få svar för att visa').first()).toBeVisible();
  await own.getByText('Läs vad som skrevs (1)').click();
  await expect(own.getByText(texts[1])).toBeVisible();
  await expect(own.locator('main')).not.toContainText(texts[0]);
  await own.context().close();

  const phone = await (await browser.newContext()).newPage();
  await phone.goto(`${links[0]}/infor-workshopen`);
  await expectAccessible(phone);
  await expectFitsNarrow(phone);
  await screens(phone, 'infor-workshopen', { dark: true });
  await phone.context().close();
});

test('a sheet is printed and entered for its person, without scripts', async ({ coordinator: page, office, browser, session }) => {
  const mapping = await mapped(office, 'På papper');
  await writeOwnWords(page, mapping, OWN);
  await office.ratify(mapping);
  const round = await openRound(page, mapping, 'Namngiven', true);
  await office.invite(round, 'Penna Exempel', ['Lysekil']);
  await page.goto(round.address);
  await page.getByRole('link', { name: 'Enkäten på papper' }).click();
  await expectAccessible(page);
  await expectFitsNarrow(page);
  await screens(page, 'papper');
  await page.getByRole('link', { name: 'Visa blanketten' }).click();
  await expect(page.getByText(OWN[0])).toBeVisible();
  await expect(page.getByRole('button', { name: 'Skriv ut blanketten' })).toBeVisible();
  await expectAccessible(page);
  await expectFitsNarrow(page);
  await screens(page, 'blankett');
  await screens(page, 'blankett', { print: true });
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Skriv ut blanketten' })).toBeHidden();
  if (test.info().project.name === 'desktop') await page.pdf({ path: 'screenshots/blankett.pdf', preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });

  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(session);
  const desk = await context.newPage();
  await desk.goto(new URL(`${round.address}/papper/skriv-in`, page.url()).href);
  await desk.getByRole('button', { name: 'Spara blanketten' }).click();
  await expect(desk.getByRole('alert')).toContainText('Blanketten är tom.');
  await desk.getByLabel('Vems blankett är det?').selectOption({ label: 'Penna Exempel (Lysekil)' });
  const one = desk.getByRole('group', { name: new RegExp(NAME) });
  await one.getByLabel('Nuläge').selectOption('2');
  await one.getByLabel('Börläge').selectOption('vet-ej');
  await one.getByLabel('Effekt på mål').selectOption('5');
  await desk.getByRole('button', { name: 'Spara blanketten' }).click();
  await expect(desk.locator('.notice')).toContainText('Blanketten är inskriven.');
  await context.close();

  await page.goto(`${round.address}/papper/skriv-in`);
  await expectAccessible(page);
  await expectFitsNarrow(page);
  await screens(page, 'papper-skriv-in');
  await page.goto(`${round.address}/deltagare`);
  await expect(page.getByRole('row').filter({ hasText: 'Penna Exempel' })).toContainText(/Inskickat|Svarat|skickat/i);
});

test('a confidential sheet has no name anywhere, and who has handed in is noted by itself', async ({ coordinator: page, office }) => {
  const mapping = await mapped(office, 'Hemligt papper');
  await office.ratify(mapping);
  const round = await openRound(page, mapping, 'Konfidentiell', false);
  await office.invite(round, 'Siv Exempel', ['Lysekil']);
  await page.goto(`${round.address}/papper/skriv-in`);
  await expect(page.locator('main')).not.toContainText('Siv Exempel');
  await page.getByRole('checkbox', { name: 'Lysekil' }).check();
  await page.getByRole('group', { name: new RegExp(NAME) }).getByLabel('Nuläge').selectOption('3');
  await page.getByRole('button', { name: 'Spara blanketten' }).click();
  await expect(page.locator('.notice')).toContainText('Blanketten är inskriven.');
  await page.getByLabel('Vem har lämnat in en blankett?').selectOption({ label: 'Siv Exempel (Lysekil)' });
  await expectAccessible(page);
  await expectFitsNarrow(page);
  await screens(page, 'papper-konfidentiell');
  await page.getByRole('button', { name: 'Anteckna', exact: true }).click();
  await expect(page.locator('.notice')).toContainText('en blankett är inlämnad');
  await expect(page.getByText('Alla har redan svarat.')).toBeVisible();
  await page.goto(round.address);
  await expect(page.getByText('Har svarat (1)')).toBeVisible();
  await expect(page.getByText('bara dagen sparas, inte klockslaget')).toBeVisible();
  await expect(page.getByText('har svarat på alla', { exact: false })).toHaveCount(0);
});
