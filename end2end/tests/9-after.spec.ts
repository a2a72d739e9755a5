import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { CODE } from './support/office';
import { screens } from './support/screens';
import { Workshop } from './support/workshop';

const notice = (page: Page) => page.locator('.notice');

/** A workshop that has been held: something said, something noted, a decision, and something that was hidden. */
async function held(page: Page, mapping: string): Promise<Workshop> {
  const workshop = await Workshop.open(page.request, new URL(mapping).pathname, 'ws1', 'Uppdrag och mål');
  await workshop.write('Uppdrag och mål', 'mål', 'Varje invånare når kommunen digitalt');
  await workshop.enter('Skriv förmågor');
  for (const words of ['E-arkiv', 'Förmåga att upphandla tillsammans', 'Digital delaktighet']) {
    await workshop.write('Skriv förmågor', 'förmåga', words);
  }
  await workshop.do({ gor: 'visa', punkt: workshop.point('Skriv förmågor') });
  await workshop.enter('Läs tillsammans');
  await workshop.write('Läs tillsammans', 'fråga', 'Vem äger e-arkivet?');
  const note = (slag: string, text: string) =>
    workshop.do({ gor: 'anteckna', punkt: workshop.point('Läs tillsammans'), slag, text });
  await note('anteckning', 'Vi läste allt högt.');
  await note('beslut', 'Listan skickas till alla kommuner.');
  await workshop.do({ gor: 'avsluta' });
  return workshop;
}

test('minutes are made by themselves, corrected, approved and printed', async ({ coordinator: page, office }) => {
  const workshop = await held(page, await office.mapping('Med anteckningar'));
  await page.goto(`${workshop.address}/minnesanteckningar`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Minnesanteckningar: WS1 Mål och förmågor');
  await expect(page.getByText('Skrivna förmågor: 3.')).toBeVisible();
  await expect(page.locator('.decision')).toHaveText('Beslut: Listan skickas till alla kommuner.');
  await expect(page.getByText('Vem äger e-arkivet?')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'minnesanteckningar', { dark: true });

  await page.getByRole('link', { name: 'Ändra anteckningarna' }).click();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'minnesanteckningar-andra');
  await page.getByLabel('Deltagare').fill('Åsa Exempel, Uddevalla\nNils Exempel, Lysekil');
  await page.getByLabel('Förhindrade').fill('Lisa Exempel, Munkedal');
  await page.getByLabel('5. Läs tillsammans').fill('Vi läste allt högt, två gånger.');
  await page.getByLabel('Antecknat av').fill('Åsa Exempel');
  await page.getByLabel('Justerat den').fill('2026-12-10');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('alert')).toContainText('Skriv vem som har justerat.');
  await expect(page.getByLabel('Förhindrade')).toHaveValue('Lisa Exempel, Munkedal');
  await expectAccessible(page);
  await page.getByLabel('Justerat av').fill('Nils Exempel');
  await page.getByRole('button', { name: 'Spara' }).click();

  await expect(notice(page)).toContainText('Minnesanteckningarna är sparade.');
  await expect(page.getByText('Justerade av Nils Exempel 2026-12-10.')).toBeVisible();
  await expect(page.getByText('Vi läste allt högt, två gånger.')).toBeVisible();
  await screens(page, 'minnesanteckningar', { print: true });
  await notice(page).getByRole('button', { name: 'Ångra' }).click();
  await page.goto(`${workshop.address}/minnesanteckningar`);
  await expect(page.getByText('Vi läste allt högt.', { exact: true })).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Ladda ner som Markdown' }).click();
  expect((await download).suggestedFilename()).toMatch(/^minnesanteckningar-\d{4}-\d\d-\d\d\.md$/);
});

test('whoever has the link reads what came out and sends a reflection without scripts, which those who lead put on the map', async ({
  coordinator: page,
  office,
  browser,
  service,
}) => {
  const mapping = await office.mapping('Med sammanställning');
  const workshop = await held(page, mapping);
  await Workshop.plan(page.request, new URL(mapping).pathname, 'ws2', { datum: '2031-01-14' });
  await page.goto(`${workshop.address}/sammanstallning`);
  const link = await page.getByLabel('Länk till sammanställningen').inputValue();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'sammanstallning-ledare');

  const context = await browser.newContext({ baseURL: service.url, javaScriptEnabled: false, viewport: page.viewportSize() });
  const guest = await context.newPage();
  await guest.goto(link);
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Sammanställning: WS1 Mål och förmågor');
  await expect(guest.getByText('Listan skickas till alla kommuner.')).toBeVisible();
  await expect(guest.locator('.capability-card').filter({ hasText: 'E-arkiv' })).toContainText('ny');
  await expect(guest.getByText('tisdag 2031-01-14')).toBeVisible();
  await screens(guest, 'sammanstallning');
  const calendar = await context.request.get(await guest.getByRole('link', { name: 'Lägg i kalendern' }).evaluate((a: HTMLAnchorElement) => a.href));
  expect(await calendar.text()).toContain('BEGIN:VEVENT');

  await guest.getByLabel('Vad har du tänkt på sedan sist?').fill('Medborgardialogen saknas');
  await guest.getByRole('button', { name: 'Skicka till workshopledarna' }).click();
  await expect(guest.getByRole('alert')).toContainText('Välj den kommun du kommer från.');
  await expect(guest.getByLabel('Vad har du tänkt på sedan sist?')).toHaveValue('Medborgardialogen saknas');
  await guest.getByLabel('Ditt namn (frivilligt)').fill('Åke Exempel');
  await guest.getByLabel('Kommun', { exact: true }).selectOption('Uddevalla');
  await guest.getByRole('button', { name: 'Skicka till workshopledarna' }).click();
  await expect(guest.getByText('Tack. Din reflektion är sparad.')).toBeVisible();
  await expect(guest.locator('blockquote')).toHaveText('Medborgardialogen saknas');
  await expect(guest.getByLabel('Ditt namn (frivilligt)')).toHaveValue('Åke Exempel');
  await screens(guest, 'sammanstallning-tack');
  await context.close();

  await page.goto(link);
  await expect(page.getByText('Medborgardialogen saknas')).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);

  await page.goto(`${workshop.address}/sammanstallning`);
  const said = page.locator('.reflections > li').filter({ hasText: 'Medborgardialogen saknas' });
  await expect(said).toContainText('Åke Exempel, Uddevalla');
  await expectAccessible(page);
  await said.getByRole('button', { name: /^Lägg på kartan som Förmåga/ }).click();
  await expect(page.getByText('Inga reflektioner har kommit in än.')).toBeVisible();
  expect([...(await workshop.capabilities()).keys()]).toContain('Medborgardialogen saknas');
});

test('a reflection that is sent twice is one reflection', async ({ coordinator: page, office }) => {
  const workshop = await held(page, await office.mapping('Med dubbelklick'));
  await page.goto(`${workshop.address}/sammanstallning`);
  const link = await page.getByLabel('Länk till sammanställningen').inputValue();
  const form = { op: randomUUID(), text: 'Bara en gång', namn: 'Åke Exempel', kommun: CODE.Lysekil };
  for (let time = 0; time < 2; time += 1) expect((await page.request.post(link, { form })).status()).toBe(200);
  await page.reload();
  await expect(page.locator('.reflections > li')).toHaveCount(1);
});

test('how the map grew is seen with the slider, with the keyboard and played', async ({ page }) => {
  await page.goto(`/k/${EXAMPLE}/historik`);
  await page.getByRole('link', { name: 'Se hur kartan växte' }).click();
  const slider = page.getByRole('slider', { name: 'Steg' });
  const all = Number(await slider.getAttribute('max'));
  expect(all).toBeGreaterThan(10);
  await expect(slider).toHaveValue(String(all));
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'uppspelning', { dark: true });

  await slider.focus();
  await slider.press('Home');
  await expect(page.locator('#bild')).toContainText(`Steg 1 av ${all}`);
  await expect(page).toHaveURL(/steg=1$/);
  await slider.press('ArrowRight');
  await expect(page.locator('#bild')).toContainText(`Steg 2 av ${all}`);
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/^\d{4}-\d\d-\d\d \d\d\.\d\d, /);
  await page.getByRole('link', { name: 'Nästa' }).click();
  await expect(page.locator('#bild')).toContainText(`Steg 3 av ${all}`);
  await page.getByRole('link', { name: 'Nästa' }).press('Enter');
  await expect(page.locator('#bild')).toContainText(`Steg 4 av ${all}`);

  await page.getByRole('button', { name: 'Spela upp' }).click();
  await expect(page.getByRole('button', { name: 'Pausa' })).toBeVisible();
  await expect(page.locator('#bild')).toContainText(`Steg 6 av ${all}`);
  await page.getByRole('button', { name: 'Pausa' }).click();
  const before = await slider.inputValue();
  await expect(page.getByRole('button', { name: 'Spela upp' })).toBeVisible();
  await expect(page.locator('#bild')).toContainText(`Steg ${before} av ${all}`);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
});

test('the replay is links and a form without scripts', async ({ browser, service }) => {
  const context = await browser.newContext({ baseURL: service.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`/k/${EXAMPLE}/karta/uppspelning`);
  await page.getByRole('link', { name: 'Första' }).click();
  await expect(page.locator('#bild')).toContainText('Steg 1 av ');
  await page.getByRole('link', { name: 'Nästa' }).click();
  await expect(page.locator('#bild')).toContainText('Steg 2 av ');
  const slider = page.getByRole('slider');
  await slider.focus();
  await slider.press('ArrowRight');
  await page.getByRole('button', { name: 'Visa steget' }).click();
  await expect(page.locator('#bild')).toContainText('Steg 3 av ');
  await expect(page.getByRole('button', { name: 'Spela upp' })).toBeHidden();
  await context.close();
});
