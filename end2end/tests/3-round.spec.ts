import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { screens } from './support/screens';

const notice = '.notice';

test('a round is opened on a ratified version only', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Omgångar');
  await page.goto(`${mapping}/omgangar`);
  await expect(page.getByText('kartan är inte fastställd än')).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'omgangar-ej-faststalld');
  await office.catalogue(mapping);
  await office.ratify(mapping);

  await page.reload();
  await page.getByRole('link', { name: 'Öppna en omgång' }).click();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'omgang-ny');
  await page.getByLabel('Namn', { exact: true }).fill('');
  await page.getByLabel('Börläge till år').fill('1999');
  await page.getByRole('button', { name: 'Öppna en omgång' }).click();
  await expect(page.getByRole('alert')).toContainText('Fyll i namn.');
  await expect(page.getByRole('alert')).toContainText('Ange ett årtal');
  // Neither way to keep answers is chosen beforehand.
  await expect(page.getByRole('alert')).toContainText('Välj om svaren ska sparas namngivet eller konfidentiellt.');
  await expectAccessible(page);
  await screens(page, 'omgang-ny-fel');
  await page.getByLabel('Namn', { exact: true }).fill('Våren');
  await page.getByLabel('Börläge till år').fill(String(new Date().getFullYear() + 2));
  await page.getByRole('radio', { name: 'Namngiven' }).check();
  await page.getByRole('button', { name: 'Öppna en omgång' }).click();
  await expect(page.locator(notice)).toContainText('Omgången är öppen.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Våren');
  await expect(page.getByText('Öppen', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'omgang-tom');

  await page.goto(`${mapping}/omgangar`);
  await expect(page.getByText('0 av 0 har skickat in')).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'omgangar');
});

test.describe('participants', () => {
  test('are added one by one, each with a link of their own', async ({ coordinator: page, office, browser }) => {
    const round = await office.round('En och en');
    await page.goto(round.address);
    await page.getByRole('link', { name: 'Deltagare och länkar' }).click();
    await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('Fyll i namn.');
    await expect(page.getByRole('alert')).toContainText('Välj minst en kommun.');
    await expectAccessible(page);
    await screens(page, 'deltagare-fel');

    await page.getByLabel('Namn', { exact: true }).fill('Deltagare Ett');
    await page.getByLabel('E-post').fill('ett@example.se');
    await page.getByLabel('Roll', { exact: true }).selectOption({ label: 'IT-chef' });
    for (const name of ['Lysekil', 'Sotenäs']) await page.getByRole('checkbox', { name }).check();
    await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
    await expect(page.locator(notice)).toContainText('Deltagarna är tillagda.');
    const row = page.getByRole('row').filter({ hasText: 'Deltagare Ett' });
    await expect(row).toContainText('Lysekil, Sotenäs');
    await expect(row).toContainText('Inte börjat');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await screens(page, 'deltagare');

    const link = await page.getByLabel('Personlig länk för Deltagare Ett').inputValue();
    const phone = await browser.newContext();
    const survey = await phone.newPage();
    await survey.goto(link);
    await expect(survey.getByText('Lysekil och Sotenäs')).toBeVisible();

    // Who is taken out sees why the link does not lead anywhere any more.
    await row.locator('summary').click();
    await row.getByRole('button', { name: 'Ja, ta bort Deltagare Ett' }).click();
    await expect(page.locator(notice)).toContainText('Borttaget.');
    const gone = await survey.reload();
    expect(gone?.status()).toBe(410);
    await expect(survey.getByRole('heading', { level: 1 })).toHaveText('Du är inte längre med i den här omgången');
    await expectAccessible(survey);
    await screens(survey, 'fel-inte-med');
    await phone.close();
  });

  test('are added from a list, which is shown before anyone is added', async ({ coordinator: page, office }) => {
    const round = await office.round('Från en lista');
    await page.goto(`${round.address}/deltagare`);
    await page.getByLabel('Klistra in listan').fill(
      'namn;e-post;roll;kommuner\nDeltagare Ett;ett@example.se;IT-chef;Lysekil\nDeltagare Två;;Trollkarl;Kiruna\n',
    );
    await page.getByRole('button', { name: 'Granska listan' }).click();
    await expect(page.getByRole('alert')).toContainText('Rad 3, roll: ”Trollkarl” är ingen roll.');
    await expect(page.getByRole('alert')).toContainText('Rad 3, kommuner: ”Kiruna” är ingen kommun i kartläggningen.');
    await expectAccessible(page);
    await screens(page, 'deltagare-lista-fel');

    await page.getByLabel('Eller välj en CSV-fil').setInputFiles({
      name: 'deltagare.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('namn,e-post,roll,kommuner\nDeltagare Ett,ett@example.se,IT-chef,Lysekil\nDeltagare Två,,Ekonomichef,"Munkedal,Sotenäs"\n'),
    });
    await page.getByLabel('Klistra in listan').fill('');
    await page.getByRole('button', { name: 'Granska listan' }).click();
    await expect(page.getByText('2 deltagare läggs till när du bekräftar. Inget är tillagt än.')).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'Deltagare Två' })).toContainText('Munkedal, Sotenäs');
    await expectAccessible(page);
    await screens(page, 'deltagare-lista');
    await page.getByRole('button', { name: 'Lägg till 2 deltagare' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Deltagare Två' })).toContainText('Munkedal, Sotenäs');
    await expect(page.getByRole('row').filter({ hasText: 'Inte börjat' })).toHaveCount(2);

    // The sheet has a code and the address of each, and prints without what is only for the screen.
    await page.getByRole('link', { name: 'Skriv ut länkar' }).click();
    await expect(page.getByRole('img', { name: 'Kod till enkäten för Deltagare Ett' })).toBeVisible();
    await expect(page.getByRole('link', { name: /\/e\// })).toHaveCount(2);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await screens(page, 'utskick');
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('heading', { level: 1 })).toBeHidden();
    await expect(page.getByRole('contentinfo').getByRole('link').first()).toBeHidden();
    await expect(page.getByRole('img', { name: 'Kod till enkäten för Deltagare Två' })).toBeVisible();
    await screens(page, 'utskick', { print: true });
  });
});

test('anyone may see how the answers of the example came in, and nobody any address or link', async ({ page }) => {
  expect((await page.goto(`/k/${EXAMPLE}/omgangar`))?.status()).toBe(200);
  await expectAccessible(page);
  await screens(page, 'omgangar-exempel');
  await page.getByRole('heading', { level: 2 }).first().getByRole('link').click();
  await expect(page.getByText('43 av 49')).not.toHaveCount(0);
  await expectAccessible(page);
  await screens(page, 'omgang-exempel', { dark: true });
  await page.getByRole('link', { name: 'Deltagare' }).click();
  await expect(page.getByRole('row')).toHaveCount(1 + 49);
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await expect(page.getByText('@')).toHaveCount(0);
  await screens(page, 'deltagare-exempel');
});
