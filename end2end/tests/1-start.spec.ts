import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { screens } from './support/screens';

const FYRBODAL = [
  'Bengtsfors', 'Dals-Ed', 'Färgelanda', 'Lysekil', 'Mellerud', 'Munkedal', 'Orust',
  'Sotenäs', 'Strömstad', 'Tanum', 'Trollhättan', 'Uddevalla', 'Vänersborg', 'Åmål',
];

test('the start page shows the example beside the way to start an own mapping', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle(/Förmågekartan/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vad behöver vi kunna tillsammans?');
  const card = page.getByRole('article').filter({ hasText: 'Fyrbodal' });
  await expect(card.getByText('Exempel', { exact: true })).toBeVisible();
  await expect(card).toContainText('14 kommuner');
  await expect(card.getByRole('link', { name: 'Fyrbodal' })).toHaveAttribute('href', `/k/${EXAMPLE}`);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'start', { dark: true });

  await page.getByRole('link', { name: 'Starta en egen kartläggning' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Logga in');
  await expectAccessible(page);
  await screens(page, 'logga-in');
});

test('the skip link is the first stop of the keyboard and leads to the content', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Hoppa till innehållet' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('the one-time link of the first start signs in once', async ({ page, ownService, browser }) => {
  const { firstLink } = ownService;
  await page.goto(firstLink);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Logga in');
  await expectAccessible(page);
  await screens(page, 'logga-in-lank');
  await page.getByRole('button', { name: 'Logga in' }).click();
  await expect(page).toHaveURL(`${ownService.url}/`);
  await expect(page.getByRole('link', { name: 'Starta en egen kartläggning' })).toHaveAttribute('href', '/ny');
  await screens(page, 'start-tom');

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  const refused = await other.goto(firstLink);
  expect(refused?.status()).toBe(410);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Länken gäller inte längre');
  await elsewhere.close();

  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: 'Logga in' })).toBeVisible();
});

test('sessions are listed and can be ended one by one', async ({ page, ownService, browser }) => {
  const signIn = async (to: typeof page, link: string) => {
    await to.goto(link);
    await to.getByRole('button', { name: 'Logga in' }).click();
    await expect(to.getByRole('button', { name: 'Logga ut' })).toBeVisible();
  };
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, ownService.firstLink);
  await signIn(page, await ownService.newLink());

  await page.getByRole('banner').getByRole('link', { name: 'Samordnare' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ditt konto');
  await page.getByRole('link', { name: 'Dina inloggningar' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dina inloggningar');
  const rows = page.getByRole('row').filter({ has: page.getByRole('button', { name: /Avsluta/ }) });
  await expect(rows).toHaveCount(2);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'sessioner');
  await rows.filter({ hasNotText: 'Den här' }).getByRole('button').click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Den här');

  await other.reload();
  await expect(other.getByRole('banner').getByRole('link', { name: 'Logga in' })).toBeVisible();
  const refused = await other.goto(`${ownService.url}/sessioner`);
  expect(refused?.status()).toBe(401);
  await elsewhere.close();
});

test('a new mapping has the fourteen chosen beforehand, and any of the 290 can be added', async ({ coordinator: page }) => {
  await page.goto('/ny');
  const boxes = page.getByRole('group', { name: 'Kommuner' }).getByRole('checkbox', { checked: true });
  await expect(boxes).toHaveCount(14);
  for (const name of FYRBODAL) await expect(page.getByRole('checkbox', { name, exact: true })).toBeChecked();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'ny');

  // What was typed stays when something has to be corrected.
  await page.getByLabel('Namn').fill('Norra Bohuslän');
  await page.getByRole('button', { name: 'Skapa kartläggningen' }).click();
  await expect(page.getByRole('alert')).toContainText('Fyll i period.');
  await expect(page.getByLabel('Namn')).toHaveValue('Norra Bohuslän');
  await expectAccessible(page);
  await screens(page, 'ny-fel');
  await page.getByRole('alert').getByRole('link', { name: /period/ }).click();
  await expect(page.getByLabel('Period')).toBeFocused();
  await page.keyboard.type('2026–2027');

  await page.getByRole('checkbox', { name: 'Åmål' }).uncheck();
  await page.getByText('Andra kommuner i Sverige').click();
  await expect(page.locator('input[name=kommun]')).toHaveCount(290);
  await page.getByText('Norrbottens län').click();
  await page.getByRole('checkbox', { name: 'Kiruna' }).check();
  await page.getByRole('button', { name: 'Skapa kartläggningen' }).click();

  await expect(page.getByRole('status')).toContainText('Kartläggningen är skapad');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Norra Bohuslän');
  await expect(page.getByText('2026–2027 · 14 kommuner')).toBeVisible();
  const members = page.getByRole('definition').filter({ hasText: 'Kiruna' });
  await expect(members).toContainText('Orust');
  await expect(members).not.toContainText('Åmål');
  await expectAccessible(page);
  await screens(page, 'oversikt-ny', { dark: true });
});

test('settings keep how a municipality takes part', async ({ coordinator: page }) => {
  await page.goto('/ny');
  await page.getByLabel('Namn').fill('Inställningar');
  await page.getByLabel('Period').fill('2026');
  await page.getByRole('button', { name: 'Skapa kartläggningen' }).click();
  await page.getByRole('link', { name: 'Inställningar', exact: true }).last().click();
  await page.getByLabel('Deltagande för Orust').selectOption({ label: 'deltar på annat sätt' });
  await page.getByLabel('På vilket sätt Orust deltar').fill('Genom kommunalförbundet');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('status')).toContainText('Sparat');
  await expect(page.getByLabel('På vilket sätt Orust deltar')).toHaveValue('Genom kommunalförbundet');
  await screens(page, 'installningar');

  await page.getByLabel('Namn', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('alert')).toContainText('Fyll i namn.');
});

test('the language can be changed and is remembered', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
  await page.getByRole('button', { name: 'In English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Vad behöver vi kunna tillsammans?');
  await expectAccessible(page);
  await screens(page, 'start-engelska');
  await page.goto(`/k/${EXAMPLE}`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: 'På svenska' }).click();
  await expect(page).toHaveURL(`/k/${EXAMPLE}`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
});

test('the example shows its overview to anyone', async ({ page }) => {
  await page.goto(`/k/${EXAMPLE}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Fyrbodal');
  await expect(page.getByRole('main').getByText('Exempel', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/32 förmågor/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Inställningar' })).toHaveCount(0);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'oversikt-exempel', { dark: true });
});

for (const [path, title] of [
  ['/tillganglighet', 'Tillgänglighetsredogörelse'],
  ['/personuppgifter', 'Personuppgifter'],
]) {
  test(`the footer leads to ${title}`, async ({ page }) => {
    await page.goto('/');
    await page.getByRole('contentinfo').getByRole('link', { name: title }).click();
    await expect(page).toHaveURL(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await screens(page, path.slice(1));
  });
}
