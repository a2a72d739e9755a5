import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { expect, test } from './support/fixtures';
import { screens } from './support/screens';

const notice = '.notice';

test('response and coverage are followed, the round closed, and levels and effects agreed', async ({ coordinator: page, office, browser }) => {
  const round = await office.round('Från svar till resultat');
  const people = [];
  for (const name of ['Deltagare Ett', 'Deltagare Två', 'Deltagare Tre']) people.push(await office.invite(round, name, ['Lysekil']));
  const both = await office.invite(round, 'Deltagare Fyra', ['Munkedal', 'Sotenäs']);
  await page.goto(round.address);
  const lysekil = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Lysekil' }) });
  await expect(lysekil).toContainText('0 av 3');
  await expect(lysekil).toContainText('Inga svar än');
  await expect(page.getByText('om minst 3 har skickat in')).toBeVisible();
  await expect(page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Uddevalla' }) })).toContainText('Ingen tillfrågad');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'omgang-inga-svar');

  // Two of three do not know about one capability: more than 30 per cent.
  await office.answer(people[0], (nth) => [nth === 3 ? 'vet-ej' : '2', '4']);
  await page.getByRole('link', { name: 'Uppdatera' }).click();
  await expect(lysekil).toContainText('1 av 3');
  await expect(lysekil).toContainText('Färre än tre svar');
  await office.answer(people[1], (nth) => [nth === 3 ? 'vet-ej' : '2', '4']);
  await office.answer(people[2], () => ['3', '4'], 'Bättre sedan i våras.');
  await page.getByRole('link', { name: 'Uppdatera' }).click();
  await expect(lysekil).toContainText('3 av 3');
  await expect(lysekil).toContainText('Täckt');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'omgang', { dark: true });

  // Nobody agrees on levels before the answers are in.
  await page.goto(`${round.address}/bedomning`);
  await expect(page.getByText('Omgången är öppen för svar.')).toBeVisible();
  await screens(page, 'bedomning-oppen');
  await page.getByRole('link', { name: 'Till omgången' }).click();
  await page.getByText('Stäng omgången …').click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Ja, stäng omgången' }).click();
  await expect(page.locator(notice)).toContainText('Omgången är stängd.');
  await expect(page.getByText('Stängd', { exact: true })).toBeVisible();
  const unsure = page.getByRole('region', { name: 'Vet ej' }).getByRole('row').filter({ hasText: 'Beställarkompetens' });
  await expect(unsure).toContainText('67');
  await expect(unsure).toContainText('Formulera om eller fråga andra');
  await expectAccessible(page);
  await screens(page, 'omgang-stangd');
  // Others read what has been written when somebody who leads has.
  const closed = page.url().replace(/\?.*/, '');
  await page.getByRole('link', { name: 'Granska fritext' }).click();
  await page.getByRole('button', { name: /^Visa/ }).first().click();
  await page.goto(closed);
  await page.goto(`${closed}/kommentarer`);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Medarbetares digitala kompetens');
  await expect(page.getByText('Bättre sedan i våras.')).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'kommentarer');
  await page.goBack();

  await test.step('a closed round takes no answers', async () => {
    const phone = await browser.newContext();
    const survey = await phone.newPage();
    const late = await survey.goto(both);
    expect(late?.status()).toBe(409);
    await expect(survey.getByRole('heading', { level: 1 })).toHaveText('Enkäten är stängd');
    await expectAccessible(survey);
    await screens(survey, 'enkat-stangd');
    const posted = await survey.request.post(`${both}/1`, { form: { till: '2' } });
    expect(posted.status()).toBe(409);
    await survey.goto(people[0]);
    await expect(survey.getByText('Omgången är stängd. Så här svarade du.')).toBeVisible();
    await phone.close();
  });

  await page.getByRole('link', { name: 'Samlade bedömningar' }).click();
  await expect(lysekil).toContainText('0 av 32');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'bedomningar');
  await page.getByRole('link', { name: 'Gör bedömningen för Lysekil' }).click();
  const one = page.getByRole('group', { name: 'Medarbetares digitala kompetens' });
  await expect(one).toContainText('Ej förankrad');
  // The median of 2, 2 and 3 is what the municipality begins with.
  await expect(one.getByLabel('Nuläge')).toHaveValue('2');
  await expect(one.getByLabel('Börläge')).toHaveValue('4');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'bedomning', { dark: true });
  await one.getByLabel('Nuläge').selectOption('1');
  await one.getByLabel('Skäl, en rad').fill('Rutinen är borttagen.');
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('du har ändrat raden men inte förankrat den');
  await expectAccessible(page);
  await screens(page, 'bedomning-fel');
  await one.getByRole('checkbox', { name: 'Förankra Medarbetares digitala kompetens' }).check();
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.locator(notice)).toContainText('De samlade bedömningarna är sparade.');
  await page.goto(`${round.address}/bedomning`);
  await expect(lysekil).toContainText('1 av 32');
  await page.goto(`${round.address}/bedomning/1484`);
  await expect(one).toContainText('Förankrad');
  await expect(one.getByLabel('Nuläge')).toHaveValue('1');
  await page.getByRole('button', { name: 'Förankra alla med nivåer' }).click();
  await page.goto(`${round.address}/bedomning`);
  await expect(lysekil).toContainText(/3[12] av 32/);

  await page.goto(`${round.address}/effekt`);
  await expect(page.getByText('0 av 32 är satta.')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'effekt', { dark: true });
  const effect = (name: string, number: number) =>
    page.getByRole('group', { name, exact: true }).getByRole('radio', { name: new RegExp(`^${number} –`) });
  await effect('Medarbetares digitala kompetens', 5).check();
  await effect('Prioritering', 2).check();
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.locator(notice)).toContainText('Effekterna på mål är sparade.');
  await page.goto(`${round.address}/effekt`);
  await expect(page.getByText('2 av 32 är satta.')).toBeVisible();
  await expect(effect('Medarbetares digitala kompetens', 5)).toBeChecked();

  // One municipality is too few for a region: no ranking is shown, and the page says so.
  await page.goto(`${round.mapping}/resultat`);
  await expect(page.getByRole('region', { name: /Bygger på 1 av/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Prioriterat' })).toHaveCount(0);
  await expectAccessible(page);
  await screens(page, 'resultat-for-fa');
});

test('people get roles and sign in with links of their own', async ({ coordinator: page, office, browser }) => {
  const mapping = await office.mapping('Roller');
  await page.goto(`${mapping}/personer`);
  await expect(page.getByText('Det måste finnas minst en samordnare.')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'personer');
  await page.getByLabel('Namn', { exact: true }).fill('Representant Exempel');
  await page.getByLabel('E-post').fill(`representant.${Date.now()}@example.se`);
  await page.getByRole('radio', { name: /^Representant/ }).check();
  await page.getByRole('button', { name: 'Spara och skapa inloggningslänk' }).click();
  await expect(page.getByRole('alert')).toContainText('Välj minst en kommun för representanten.');
  await expectAccessible(page);
  await screens(page, 'personer-fel');
  await page.getByRole('checkbox', { name: 'Lysekil' }).check();
  await page.getByRole('button', { name: 'Spara och skapa inloggningslänk' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inloggningslänk för Representant Exempel');
  await expectAccessible(page);
  await screens(page, 'personer-lank');
  const link = await page.getByLabel('Inloggningslänk').inputValue();

  const elsewhere = await browser.newContext();
  const representative = await elsewhere.newPage();
  await representative.goto(link);
  await representative.getByRole('button', { name: 'Logga in' }).click();
  await representative.goto(new URL(mapping).pathname.replace(/^/, new URL(link).origin));
  await expect(representative.getByRole('heading', { level: 1 })).toHaveText('Roller');
  // A representative neither changes the map nor says who may.
  for (const path of ['/personer', '/installningar', '/omgangar/ny', '/faststall', '/formagor/ny']) {
    const refused = await representative.goto(`${mapping}${path}`);
    expect(refused?.status(), path).toBe(403);
    await expect(representative.getByRole('heading', { level: 1 })).toHaveText('Du har inte behörighet');
  }
  await screens(representative, 'fel-behorighet');
  const stranger = await office.mapping('Någon annans');
  expect((await representative.goto(stranger))?.status()).toBe(403);

  await page.goto(`${mapping}/personer`);
  const row = page.getByRole('row').filter({ hasText: 'Representant Exempel' });
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Ja, ta bort rollen för Representant Exempel' }).click();
  await expect(row).toHaveCount(0);
  expect((await representative.goto(mapping))?.status()).toBe(403);
  await elsewhere.close();
});
