import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { expect, test } from './support/fixtures';
import { screens } from './support/screens';
import type { Service } from './support/service';

const notice = (page: Page) => page.locator('.notice').first();

/** A part of a letter as it is meant to be read, by its type. */
function part(letter: string, type: string): string {
  const found = letter
    .split(/\r?\n--[^\r\n]+/)
    .map((one) => /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(one) ?? ['', '', ''])
    .find(([, head]) => new RegExp(`content-type: ${type}`, 'i').test(head));
  expect(found, `a part of type ${type} in ${letter.slice(0, 2000)}`).toBeTruthy();
  const [, head, body] = found!;
  if (/encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/encoding: quoted-printable/i.test(head)) return body;
  const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** The letter in the outbox to this address, when it is there. */
async function letterTo(service: Service, address: string): Promise<string> {
  let found = '';
  await expect
    .poll(async () => {
      const files = await readdir(service.outbox).catch(() => []);
      const letters = await Promise.all(files.filter((file) => file.endsWith('.eml')).map((file) => readFile(join(service.outbox, file), 'utf8')));
      found = letters.find((letter) => letter.includes(address)) ?? '';
      return found;
    }, { message: `a letter to ${address}`, timeout: 30_000 })
    .not.toBe('');
  return found;
}

/** Plans the first workshop of a mapping. */
async function plan(page: Page, mapping: string): Promise<string> {
  const form = { op: randomUUID(), vad: 'en', slag: 'ws1', datum: '2027-01-14', tid: '09:00', plats: 'Stora salen' };
  const answer = await page.request.post(`${mapping}/workshopar`, { form });
  expect(answer.status()).toBe(200);
  const found = new RegExp(`/k/[0-9a-f-]+/workshop/[0-9a-f-]{36}`).exec(await answer.text());
  return found![0];
}

test('someone invited gets a letter with a calendar file, and finds all on a page of their own, without scripts too', async ({
  coordinator: page,
  office,
  service,
  browser,
}) => {
  const round = await office.round('Dalkanten', ['Munkedal', 'Uddevalla']);
  const { mapping } = round;
  const workshop = await plan(page, mapping);
  const address = `kim-${randomUUID()}@example.se`;

  await page.goto(`${mapping}/inbjudna`);
  await expect(page.getByText('Ingen är inbjuden än.')).toBeVisible();
  await page.getByLabel('Klistra in listan').fill(`Kim Exempel;${address};IT-chef;Munkedal\nSam Exempel;;annan;Lysekil`);
  await page.getByRole('button', { name: 'Granska listan' }).click();
  await expect(page.getByRole('alert')).toContainText('Rad 2');
  await page.getByLabel('Klistra in listan').fill(`Kim Exempel;${address};IT-chef;Munkedal\nSam Exempel;;annan;Munkedal`);
  await page.getByRole('button', { name: 'Granska listan' }).click();
  await expectAccessible(page);
  await screens(page, 'inbjudna-granska');
  await page.getByRole('button', { name: 'Lägg till 2 personer' }).click();
  await expect(notice(page)).toContainText('De inbjudna är tillagda.');
  await expect(page.getByText('Ingen är inbjuden från Uddevalla.')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'inbjudna', { dark: true });
  const link = await page.getByLabel('Personlig länk för Kim Exempel').inputValue();
  expect(link).toContain('/p/');
  await page.getByRole('link', { name: 'Skriv ut länkar' }).click();
  await expect(page.getByRole('img', { name: 'Kod till egen sida för Kim Exempel' })).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'inbjudna-lankar', { print: true });

  await page.goto(`${workshop}/planera`);
  await page.getByRole('link', { name: 'Bjud in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bjud in till WS1 Mål och förmågor');
  await expect(page.getByRole('checkbox', { name: /Kim Exempel/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /Sam Exempel/ })).toBeDisabled();
  await page.getByLabel('Egna ord i brevet').fill('Ta gärna med er digitala strategi.');
  await page.getByRole('button', { name: 'Visa brevet' }).click();
  await expect(page.locator('.letter')).toContainText('Ta gärna med er digitala strategi.');
  await expect(page.locator('.letter')).toContainText('Stora salen');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'bjud-in', { dark: true });
  await page.getByRole('button', { name: 'Skicka till valda' }).click();
  await expect(notice(page)).toContainText('Inbjudan är på väg till 1 person.');
  await expect(page.getByRole('checkbox', { name: /Kim Exempel/ })).not.toBeChecked();

  const letter = await letterTo(service, address);
  const words = part(letter, 'text/plain');
  expect(words).toContain('Ta gärna med er digitala strategi.');
  expect(words).toContain(link);
  const calendar = part(letter, 'text/calendar');
  expect(letter).toContain('workshop.ics');
  expect(calendar).toContain('BEGIN:VEVENT');
  expect(calendar).toContain('DTSTART:20270114T080000Z');
  expect(calendar).not.toContain('/p/');

  // The participants of a round can be taken from those invited.
  await page.goto(`${round.address}/deltagare`);
  await page.getByRole('button', { name: 'Hämta inbjudna' }).click();
  await expect(notice(page)).toContainText('Alla 2 inbjudna lades till.');
  await expectAccessible(page);
  await screens(page, 'deltagare-hamtade');

  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const own = await plain.newPage();
  await own.goto(link);
  await expect(own.getByRole('heading', { level: 1 })).toHaveText('Välkommen, Kim Exempel');
  await expect(own.getByRole('listitem').filter({ hasText: 'WS1' })).toContainText('torsdag 2027-01-14');
  await expect(own.getByRole('link', { name: /Svara på enkäten.*Hösten/ })).toBeVisible();
  await expectNoSidewaysScroll(own);
  await screens(own, 'egen-sida-320');
  await own.getByRole('link', { name: 'Läs texten' }).click();
  await expect(own.getByRole('heading', { level: 2, name: 'Vad är en förmåga?' })).toBeVisible();
  await expectNoSidewaysScroll(own);
  await own.getByRole('button', { name: 'Jag har läst' }).click();
  await expect(own.getByText('Du har läst texten')).toBeVisible();
  await own.getByRole('link', { name: 'Tillbaka till din sida' }).click();
  await expect(own.getByText('Du har läst texten')).toBeVisible();
  await own.getByRole('link', { name: /Svara på enkäten.*Hösten/ }).click();
  await expect(own.getByText('Munkedal').first()).toBeVisible();
  await plain.close();

  await page.goto(link);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'egen-sida', { dark: true });
  await page.getByRole('link', { name: 'Läs texten igen' }).click();
  await expectAccessible(page);
  await screens(page, 'lasning', { dark: true });
  await page.goto(`${mapping}/forberedelse`);
  await expect(page.getByText('1 person har läst texten.')).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${mapping}/inbjudna`);
  const row = page.getByRole('row', { name: /Kim Exempel/ });
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Ja, ta bort Kim Exempel' }).click();
  await expect(page.getByRole('row', { name: /Kim Exempel/ })).toHaveCount(0);
  const gone = await page.goto(link);
  expect(gone?.status()).toBe(410);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är inte längre inbjuden');
  await expectAccessible(page);
  await screens(page, 'egen-sida-borttagen');
});

test('what a municipality has done before stands beside the questions of the survey', async ({ coordinator: page, office }) => {
  const round = await office.round('Beredda', ['Munkedal', 'Uddevalla']);
  await page.goto(`${round.mapping}/beredskap`);
  await expect(page.getByText('0 har en digital strategi och 0 har gjort en självskattning, av 2 kommuner.')).toBeVisible();
  await page.getByRole('link', { name: /Ändra.*Munkedal/ }).click();
  await page.getByRole('radio', { name: 'Finns' }).check();
  await page.getByLabel('Länk till strategin').fill('javascript:alert(1)');
  await page.getByLabel('Verktyg för självskattningen').fill('eBlomlådan');
  await page.getByLabel('År', { exact: true }).fill('2024');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('alert')).toContainText('Adressen ska börja med https://');
  await expect(page.getByLabel('Verktyg för självskattningen')).toHaveValue('eBlomlådan');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'beredskap-fel');
  await page.getByLabel('Länk till strategin').fill('https://www.example.se/strategi');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(notice(page)).toBeVisible();
  await expect(page.getByText('1 har en digital strategi och 1 har gjort en självskattning, av 2 kommuner.')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'beredskap', { dark: true });

  const asked = await office.invite(round, 'Ulla Exempel', ['Munkedal']);
  const other = await office.invite(round, 'Ove Exempel', ['Uddevalla']);
  await page.goto(`${asked}/1`);
  const line = page.locator('.readiness-line').first();
  await expect(line).toContainText('Självskattning med eBlomlådan 2024.');
  await expect(line.getByRole('link', { name: /Läs strategin/ })).toHaveAttribute('href', 'https://www.example.se/strategi');
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await screens(page, 'enkat-beredskap-320');
  await page.goto(`${other}/1`);
  await expect(page.locator('.readiness-line')).toHaveCount(0);

  // The text to read is there for those who answer too.
  await page.goto(`${asked}/las`);
  await page.getByRole('button', { name: 'Jag har läst' }).click();
  await expect(page.getByText('Du har läst texten')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test('the text to read is changed with a preview, in which HTML is only words', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Läsare');
  await page.goto(`${mapping}/forberedelse`);
  await page.getByRole('link', { name: 'Ändra texten' }).click();
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(/# Vad är en förmåga\?/);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'text-andra');
  const typed = '# Välkommen\n\nTa med **er plan**. <img src=x onerror=alert(1)>\n\n[Läs mer](https://www.example.se) [nej](javascript:alert(1))';
  await page.getByLabel('Text', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'Förhandsgranska' }).click();
  const shown = page.locator('.material');
  await expect(shown.getByRole('heading', { level: 2, name: 'Välkommen' })).toBeVisible();
  await expect(shown).toContainText('<img src=x onerror=alert(1)>');
  await expect(shown.locator('img')).toHaveCount(0);
  await expect(shown.getByRole('link')).toHaveCount(1);
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(typed);
  await expectAccessible(page);
  await screens(page, 'text-forhandsgranska');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(notice(page)).toContainText('Texten är sparad.');
  await expect(page.locator('.material')).toContainText('Ta med er plan.');

  await page.getByRole('link', { name: 'Ändra texten' }).click();
  await page.locator('summary').filter({ hasText: 'Använd standardtexten' }).click();
  await page.getByRole('button', { name: 'Ja, använd standardtexten' }).click();
  await expect(notice(page)).toContainText('Standardtexten visas igen.');
  await expect(page.getByRole('heading', { level: 2, name: 'Vad är en förmåga?' })).toBeVisible();
});
