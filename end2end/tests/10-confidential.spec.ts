import type { Browser, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { expect, test } from './support/fixtures';
import { screens } from './support/screens';
import { AREAS, CURRENT, TARGET, goOn, level } from './support/survey';

/** On the narrowest phone nothing makes the page scroll sideways. */
async function expectNarrow(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  if (before) await page.setViewportSize(before);
}

/** A browser without anything in it: another device. */
async function device(browser: Browser, options = {}): Promise<Page> {
  return (await browser.newContext(options)).newPage();
}

const code = (page: Page) => page.locator('.recovery-code code').textContent();

test('the samordnare chooses how answers are kept, and nothing is chosen beforehand', async ({ coordinator: page, office, browser }) => {
  const mapping = await office.mapping('Konfidentiellt');
  await office.catalogue(mapping);
  await office.ratify(mapping);
  await page.goto(`${mapping}/omgangar/ny`);
  const modes = page.getByRole('group', { name: 'Hur svaren sparas' });
  await expect(modes.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(modes).toContainText('Vem som har svarat sparas för sig');
  await expectAccessible(page);
  await expectNarrow(page);
  await screens(page, 'omgang-svarssatt', { dark: true });
  await page.getByRole('button', { name: 'Öppna en omgång' }).click();
  await expect(page.getByRole('alert')).toContainText('Välj om svaren ska sparas namngivet eller konfidentiellt.');
  await modes.getByRole('radio', { name: 'Konfidentiell' }).check();
  await page.getByRole('button', { name: 'Öppna en omgång' }).click();
  await expect(page.getByText('konfidentiell').first()).toBeVisible();
  const round = { mapping, address: page.url().replace(/\?.*/, '') };
  const survey = await device(browser);
  await survey.goto(await office.invite(round, 'Deltagare Ett', ['Lysekil']));
  await expect(survey.getByText('Vem som har svarat sparas för sig och vad som har svarats för sig')).toBeVisible();
  await expect(survey.getByText('Du är den enda i Lysekil som har fått enkäten.')).toBeVisible();
  await expect(survey.getByText(/anonym/i)).toHaveCount(0);
  await expectAccessible(survey);
  await expectNarrow(survey);
  await screens(survey, 'konfidentiell-start', { dark: true });
  await survey.context().close();
});

test('a confidential answer is given on a phone, and opened on another device with the code', async ({ page, office, browser }) => {
  const round = await office.round('Konfidentiell enkät', undefined, 'konfidentiell');
  const link = await office.invite(round, 'Deltagare Två', ['Lysekil', 'Munkedal']);
  await page.goto(link);
  await page.getByRole('link', { name: 'Börja' }).click();
  await level(page, 'Beställarkompetens', CURRENT, 2).check();
  await level(page, 'Beställarkompetens', TARGET, 4).check();
  await expect(page.locator('.survey-actions').getByRole('status')).toHaveText('Sparat');
  await page.getByText('Din kod, om du vill fortsätta på en annan enhet').click();
  const own = await code(page);
  expect(own).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
  await expectAccessible(page);
  await expectNarrow(page);
  await screens(page, 'konfidentiell-omrade', { dark: true });

  // Another device: begun elsewhere, and gone on with there.
  const other = await device(browser);
  await other.goto(link);
  await other.getByRole('link', { name: 'Fortsätt med din kod' }).click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Du har börjat svara någon annanstans');
  await expectAccessible(other);
  await screens(other, 'konfidentiell-annan-enhet');
  await other.getByLabel('Skriv in din kod').fill('abcd-efgh-jkmn-pqrs');
  await other.getByRole('button', { name: 'Öppna svaren' }).click();
  await expect(other.getByRole('alert')).toContainText('Koden stämmer inte.');
  await expectAccessible(other);
  await expectNarrow(other);
  await screens(other, 'konfidentiell-fel-kod');
  await other.getByLabel('Skriv in din kod').fill(own!.toUpperCase().replaceAll('-', ' '));
  await other.getByRole('button', { name: 'Öppna svaren' }).click();
  await other.getByRole('link', { name: 'Fortsätt' }).click();
  await expect(level(other, 'Beställarkompetens', CURRENT, 2)).toBeChecked();

  await page.goto(`${link}/granska`);
  await page.getByRole('button', { name: 'Skicka in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tack! Dina svar är inskickade');
  await expect(page.getByRole('heading', { name: 'Skriv upp koden' })).toBeVisible();
  expect(await code(page)).toBe(own);
  await expect(page.getByText(/Inskickade \d{4}-\d\d-\d\d\.$/)).toBeVisible();
  await expect(page.getByRole('region', { name: /Din bild av Lysekil/ })).toContainText('Beställarkompetens');
  await expectAccessible(page);
  await expectNarrow(page);
  await screens(page, 'konfidentiell-klart', { dark: true });
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(own!)).toBeVisible();
  await screens(page, 'konfidentiell-klart', { print: true });

  // A third device, after it was submitted.
  const third = await device(browser);
  await third.goto(`${link}/klart`);
  await expect(third.getByRole('heading', { level: 1 })).toHaveText('Du har redan svarat');
  await expectAccessible(third);
  await expectNarrow(third);
  await screens(third, 'konfidentiell-redan-svarat', { dark: true });
  await third.getByLabel('Skriv in din kod').fill(own!);
  await third.getByRole('button', { name: 'Öppna svaren' }).click();
  await third.getByRole('link', { name: 'Ändra svaren' }).click();
  await third.goto(`${link}/1`);
  await level(third, 'Beställarkompetens', CURRENT, 3).check();
  await goOn(third, AREAS[1]);
  await page.goto(`${link}/klart`);
  await expect(page.getByRole('region', { name: /Din bild av Lysekil/ }).getByRole('listitem').first()).toContainText('1 steg');

  // Closed: read with the code, by one who answered; a page of its own for one who did not.
  const late = await office.invite(round, 'Deltagare Tre', ['Sotenäs']);
  await office.close(round);
  const fourth = await device(browser);
  await fourth.goto(link);
  await expect(fourth.getByRole('heading', { level: 1 })).toHaveText('Enkäten är stängd, och du har svarat');
  await expectAccessible(fourth);
  await screens(fourth, 'konfidentiell-stangd');
  await fourth.getByLabel('Skriv in din kod').fill(own!);
  await fourth.getByRole('button', { name: 'Öppna svaren' }).click();
  await expect(fourth.getByText('Omgången är stängd. Så här svarade du.')).toBeVisible();
  const closed = await fourth.goto(late);
  expect(closed?.status()).toBe(409);
  await expect(fourth.getByText('Du hade inte skickat in några')).toBeVisible();
  await expectAccessible(fourth);
  await screens(fourth, 'enkat-stangd-utan-svar');
  for (const one of [other, third, fourth]) await one.context().close();
});

test('without scripts the whole survey is answered on one page and opened with the code', async ({ office, browser }) => {
  const round = await office.round('Konfidentiell utan skript', undefined, 'konfidentiell');
  const link = await office.invite(round, 'Deltagare Fyra', ['Lysekil']);
  const page = await device(browser, { javaScriptEnabled: false });
  await page.goto(link);
  await page.getByRole('link', { name: 'Hela enkäten på en sida' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hela enkäten på en sida');
  await page.getByRole('button', { name: 'Skicka in' }).click();
  await expect(page.getByRole('alert')).toContainText('Det finns inga svar att skicka in än.');
  await level(page, 'Beställarkompetens', CURRENT, 1).check();
  await level(page, 'Prioritering', TARGET, 5).check();
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await page.goto(`${link}/allt`);
  await expect(level(page, 'Prioritering', TARGET, 5)).toBeChecked();
  await level(page, 'Prioritering', CURRENT, 2).check();
  await page.getByRole('button', { name: 'Skicka in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tack! Dina svar är inskickade');
  const own = await code(page);
  const other = await device(browser, { javaScriptEnabled: false });
  await other.goto(link);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Du har redan svarat');
  await other.getByLabel('Skriv in din kod').fill(own!);
  await other.getByRole('button', { name: 'Öppna svaren' }).click();
  await expect(other.getByRole('region', { name: /Din bild av Lysekil/ })).toContainText('Prioritering');
  for (const one of [page, other]) await one.context().close();
});

test('the whole survey on one page is saved as one goes, and fits a narrow phone', async ({ page, office }) => {
  const round = await office.round('Allt på en sida', undefined, 'konfidentiell');
  const link = await office.invite(round, 'Deltagare Fem', ['Lysekil', 'Sotenäs']);
  await page.goto(`${link}/allt`);
  await level(page, 'Beställarkompetens', CURRENT, 4).check();
  await expect(page.locator('.survey-actions').getByRole('status')).toHaveText('Sparat');
  await page.reload();
  await expect(level(page, 'Beställarkompetens', CURRENT, 4)).toBeChecked();
  await expectAccessible(page);
  await expectNarrow(page);
  await screens(page, 'enkat-allt');
});
