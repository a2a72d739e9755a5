import { type Page, request } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { screens } from './support/screens';

/** A page that nobody scrolls sideways on the narrowest phone. */
async function fitsNarrow(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  if (before) await page.setViewportSize(before);
}

test('a program gets a key, reads with it, and is shut out when it is taken back', async ({ coordinator: page, office, service }) => {
  const mapping = new URL(await office.mapping('Nyckelknippan'), service.url).pathname;
  await page.goto(mapping);
  await page.getByRole('link', { name: 'Läsnycklar för program' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Läsnycklar för program');
  await expect(page.getByText('Inga program har någon läsnyckel.')).toBeVisible();
  await page.getByRole('button', { name: 'Gör läsnyckel' }).click();
  await expect(page.getByRole('alert')).toContainText(/till vad/i);
  await expectAccessible(page);
  await screens(page, 'nycklar-fel');

  await page.getByLabel('Till vad').fill('Statistikportalen');
  await page.getByRole('button', { name: 'Gör läsnyckel' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Läsnyckel till Statistikportalen');
  const key = await page.getByLabel('Läsnyckel', { exact: true }).inputValue();
  expect(key).toMatch(/^[a-z0-9]{52}$/);
  await expect(page.getByRole('button', { name: 'Kopiera' })).toBeVisible();
  await expectAccessible(page);
  await fitsNarrow(page);
  await screens(page, 'nyckel', { dark: true });

  const program = await request.newContext({ baseURL: service.url, extraHTTPHeaders: { authorization: `Bearer ${key}` } });
  const address = `/api/v1/mappings/${mapping.split('/').pop()}`;
  expect((await (await program.get(address)).json()).name).toBe('Nyckelknippan');

  await page.getByRole('link', { name: 'Till läsnycklarna' }).click();
  const row = page.getByRole('row', { name: /Statistikportalen/ });
  await expect(row).toContainText('Fungerar');
  await expect(page.getByText(key)).toHaveCount(0);
  await expectAccessible(page);
  await fitsNarrow(page);
  await screens(page, 'nycklar', { dark: true });
  await row.getByText('Dra in', { exact: false }).first().click();
  await row.getByRole('button', { name: 'Ja, dra in nyckeln till Statistikportalen' }).click();
  await expect(page.getByText('Läsnyckeln är indragen.')).toBeVisible();
  await expect(row).toContainText(/Indragen \d{4}-\d\d-\d\d/);
  expect((await program.get(address)).status()).toBe(401);
  await program.dispose();
});

test('a municipality opens its levels, and anyone can fetch them', async ({ coordinator: page, office, service }) => {
  test.slow();
  const round = await office.round('Öppna dalar', ['Lysekil', 'Munkedal']);
  for (const name of ['Ett', 'Två', 'Tre']) {
    await office.answer(await office.invite(round, `Deltagare ${name}`, ['Lysekil']), () => ['2', '4']);
  }
  await office.close(round);
  await office.agree(round, 'Lysekil');
  const mapping = new URL(round.mapping, service.url).pathname;
  await page.goto(mapping);
  await page.getByRole('main').getByRole('link', { name: 'Öppna data' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vad som blir öppna data');
  await expect(page.getByText('Inget är öppet nu.')).toBeVisible();
  // Security is closed until somebody opens it.
  await expect(page.getByRole('checkbox', { name: /Systematisk informationssäkerhet/ })).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: /Digitalt bevarande/ })).toBeChecked();
  await expectAccessible(page);
  await fitsNarrow(page);
  await screens(page, 'oppna-data', { dark: true });

  await page.getByText('Öppna Lysekil').first().click();
  await page.getByRole('button', { name: 'Öppna Lysekil' }).click();
  await expect(page.getByRole('alert')).toContainText(/vad det vilar på/i);
  await expectAccessible(page);
  await page.getByLabel('Vad det vilar på').first().fill('KS 2026-11-02 § 214');
  await page.getByRole('button', { name: 'Öppna Lysekil' }).click();
  await expect(page.getByText('Kommunens samlade bedömningar är öppna data nu.')).toBeVisible();
  await expect(page.getByText(/1 av 2 kommuner, 25 förmågor/)).toBeVisible();
  await page.getByRole('checkbox', { name: /Digitalt bevarande/ }).uncheck();
  await page.getByRole('button', { name: 'Spara vilka förmågor som är öppna' }).click();
  await expect(page.getByText(/1 av 2 kommuner, 24 förmågor/)).toBeVisible();
  await screens(page, 'oppna-data-oppnad');

  await page.getByRole('contentinfo').getByRole('link', { name: 'Öppna data' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Öppna data');
  await expectAccessible(page);
  await fitsNarrow(page);
  await screens(page, 'datamangder', { dark: true });
  const card = page.getByRole('region', { name: /Öppna dalar/ });
  const csv = await (await page.request.get((await card.getByRole('link', { name: /CSV/ }).getAttribute('href'))!)).text();
  expect(csv).toContain('kommun,1484,Lysekil,');
  expect(csv).not.toMatch(/säkerhet|Digitalt bevarande|Munkedal/);
  const catalogue = await (await page.request.get('/datasets/dcat')).text();
  expect(catalogue).toContain('Öppna dalar');
});

test('without scripts a key can be made and the example looked at', async ({ browser, session, service, office }) => {
  const mapping = new URL(await office.mapping('Utan skript'), service.url).pathname;
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: service.url, storageState: { cookies: session, origins: [] } });
  const page = await context.newPage();
  await page.goto(`${mapping}/api`);
  await page.getByLabel('Till vad').fill('Kalkylarket');
  await page.getByRole('button', { name: 'Gör läsnyckel' }).click();
  await expect(page.getByLabel('Läsnyckel', { exact: true })).toHaveValue(/^[a-z0-9]{52}$/);
  await page.goto(`/k/${EXAMPLE}/oppna-data`);
  await expect(page.getByText('Påhittade uppgifter blir aldrig öppna data')).toBeVisible();
  await expect(page.getByRole('button', { name: /Öppna/ })).toHaveCount(0);
  await context.close();
});
