import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, request } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { expect, test, watch } from './support/fixtures';
import { Office } from './support/office';
import { screens } from './support/screens';
import { Service } from './support/service';

/** A page that nobody scrolls sideways on the narrowest phone. */
async function fitsNarrow(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  if (before) await page.setViewportSize(before);
}

/** Signs a browser in with a link, as a person does. */
async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Logga in' }).click();
}

/** A mapping with a closed round that somebody has answered, on a server of its own. */
async function closedRound(service: Service, context: BrowserContext, name: string): Promise<string> {
  const api = await request.newContext({ baseURL: service.url, storageState: await context.storageState() });
  const office = new Office(api);
  const round = await office.round(name);
  const link = await office.invite(round, 'Deltagare Ett', ['Lysekil']);
  await office.answer(link, (nth) => [String(1 + (nth % 4)), '5'], 'En fritext');
  await office.close(round);
  await api.dispose();
  return new URL(round.mapping).pathname;
}

test('a mapping is taken out, opens as a readable page, and is read in on another server', async ({ page, context, ownService }) => {
  test.slow();
  await signIn(page, ownService.firstLink);
  const mapping = await closedRound(ownService, context, 'Uttaget');
  await page.goto(`${ownService.url}${mapping}`);
  await page.getByRole('link', { name: 'Uttag och gallring' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Uttag och gallring');
  await expectAccessible(page);
  await fitsNarrow(page);
  await screens(page, 'uttag', { dark: true });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Ladda ner uttaget' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^uttaget-\d{4}-\d\d-\d\d\.zip$/);

  const folder = mkdtempSync(join(tmpdir(), 'uttag-'));
  const other = await Service.start();
  try {
    const archive = join(folder, 'a.zip');
    await download.saveAs(archive);
    execFileSync('python3', ['-m', 'zipfile', '-e', archive, folder]);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    await page.goto(`file://${join(folder, 'index.html')}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Uttaget');
    await expect(page.getByText(manifest.sha256)).toBeVisible();
    await expect(page.getByText('1 av 1 har skickat in')).toBeVisible();
    await expect(page.getByText('Deltagare Ett')).toHaveCount(0);
    await fitsNarrow(page);
    await screens(page, 'uttag-index');

    // The other server has never heard of it.
    await signIn(page, other.firstLink);
    await page.getByRole('link', { name: 'Läs in en kartläggning från en fil' }).click();
    await expectAccessible(page);
    await fitsNarrow(page);
    await screens(page, 'inlasning');
    await page.getByRole('button', { name: 'Läs in' }).click();
    await expect(page.getByRole('alert')).toContainText('Välj en fil.');
    await page.getByLabel('Uttag (ZIP-fil)').setInputFiles({ name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('inget') });
    await page.getByRole('button', { name: 'Läs in' }).click();
    await expect(page.getByRole('alert')).toContainText('Filen är ingen ZIP-fil');
    await expectAccessible(page);
    await screens(page, 'inlasning-fel');
    await page.getByLabel('Uttag (ZIP-fil)').setInputFiles(archive);
    await page.getByRole('button', { name: 'Läs in' }).click();
    await expect(page.locator('.notice')).toContainText('Kartläggningen är inläst');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Uttaget');
    await page.goto(`${other.url}${mapping}/resultat`);
    await expect(page.getByText('1 av 1 inbjudna har svarat').first()).toBeVisible();

    const [again] = await Promise.all([
      page.waitForEvent('download'),
      page.goto(`${other.url}${mapping}/uttag`).then(() => page.getByRole('link', { name: 'Ladda ner uttaget' }).click()),
    ]);
    await again.saveAs(join(folder, 'b.zip'));
    const back = execFileSync('python3', ['-c', `import zipfile,json;print(json.loads(zipfile.ZipFile(${JSON.stringify(join(folder, 'b.zip'))}).read('manifest.json'))['sha256'])`]);
    expect(back.toString().trim()).toBe(manifest.sha256);
  } finally {
    await other.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what is to go is decided, seen, taken out and kept in a protocol', async ({ page, context, ownService }) => {
  test.slow();
  await signIn(page, ownService.firstLink);
  const mapping = await closedRound(ownService, context, 'Gallringen');
  await page.goto(`${ownService.url}${mapping}/uttag`);
  await page.getByRole('link', { name: 'Gallring och protokoll' }).click();
  await expect(page.getByText('Inget är gallrat i den här kartläggningen.')).toBeVisible();
  await expectAccessible(page);
  await fitsNarrow(page);
  await screens(page, 'gallring-tom');

  const rule = page.getByRole('region', { name: 'Fritexter i svar' });
  await rule.locator('summary').click();
  await rule.getByLabel('Månader').fill('tolv');
  await rule.getByRole('button', { name: 'Spara regeln' }).click();
  await expect(page.getByRole('alert')).toContainText('Ange ett antal månader');
  await expect(page.getByRole('alert')).toContainText('Fyll i beslut, diarienummer');
  await expectAccessible(page);
  await screens(page, 'gallring-regel-fel');
  await rule.getByLabel('Månader').fill('0');
  await rule.getByLabel('Beslut').fill('KS 2026/117');
  await rule.getByRole('button', { name: 'Spara regeln' }).click();
  await expect(rule).toContainText('Sparas 0 månader enligt KS 2026/117');
  await screens(page, 'gallring');

  await rule.getByRole('link', { name: 'Se vad som kan gallras' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'fritexter' })).toContainText('1');
  await expectAccessible(page);
  await fitsNarrow(page);
  await screens(page, 'gallring-forhandsvisning', { dark: true });
  await page.getByRole('button', { name: 'Gallra nu' }).click();
  await expect(page.getByRole('alert')).toContainText('Bekräfta att du har läst');
  await expect(page.getByRole('alert')).toContainText('Ange ett datum');
  await expectAccessible(page);
  await page.getByLabel('Beslutets datum').fill('2026-11-02');
  await page.getByLabel('Jag har läst vad som försvinner').check();
  await page.getByRole('button', { name: 'Gallra nu' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gallringsprotokoll');
  await expect(page.getByText('KS 2026/117')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'fritexter' })).toContainText('1');
  await expectAccessible(page);
  await fitsNarrow(page);
  await screens(page, 'gallringsprotokoll');
  await screens(page, 'gallringsprotokoll', { print: true });
  await page.getByRole('link', { name: 'Till gallringen' }).click();
  await expect(page.getByRole('link', { name: /^Fritexter i svar, / })).toBeVisible();
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Ladda ner protokollen som CSV' }).click()]);
  expect(readFileSync(await csv.path(), 'utf8')).toContain('Fritexter i svar;KS 2026/117;2026-11-02');
  // There is nothing more to take.
  await rule.getByRole('link', { name: 'Se vad som kan gallras' }).click();
  await expect(page.getByText('Inget är gammalt nog att gallra nu.')).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'gallring-inget');
});

test('people see what is kept about them, and remove their account', async ({ page, context, ownService, browser }) => {
  await signIn(page, ownService.firstLink);
  await page.goto(`${ownService.url}/konto`);
  await page.getByRole('link', { name: 'Dina uppgifter, och att ta bort kontot' }).click();
  await expect(page.getByText('Inloggade webbläsare')).toBeVisible();
  await expectAccessible(page);
  await fitsNarrow(page);
  await screens(page, 'mina-uppgifter', { dark: true });
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Ladda ner som JSON' }).click()]);
  expect(JSON.parse(readFileSync(await file.path(), 'utf8')).account.name).toBe('Samordnare');

  // A samordnare who is alone is told what to do.
  const api = await request.newContext({ baseURL: ownService.url, storageState: await context.storageState() });
  const office = new Office(api);
  const round = await office.round('Ensam');
  const link = await office.invite(round, 'Deltagare Ett', ['Lysekil']);
  await office.answer(link, () => ['2', '4']);
  await page.goto(`${ownService.url}/konto/ta-bort`);
  await expect(page.getByText('Du är ensam samordnare, så kontot kan inte tas bort än.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Ensam' })).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'konto-ensam');
  await api.dispose();

  // Whoever is asked sees what is kept, by the link alone.
  const phone = await browser.newContext();
  const faults = watch(phone);
  const asked = await phone.newPage();
  await asked.goto(`${link}/klart`);
  await asked.getByRole('link', { name: 'Dina uppgifter' }).click();
  await expect(asked.getByText('Deltagare Ett')).toBeVisible();
  await expect(asked.getByRole('row')).toHaveCount(1 + 32);
  await expectAccessible(asked);
  await fitsNarrow(asked);
  await screens(asked, 'mina-uppgifter-deltagare');
  expect(faults).toEqual([]);
  await phone.close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an account is removed and is gone', async ({ page, ownService }) => {
    await signIn(page, ownService.firstLink);
    await page.goto(`${ownService.url}/konto/ta-bort`);
    await expect(page.getByText('”Borttagen person”')).toBeVisible();
    await screens(page, 'konto-ta-bort');
    await page.getByRole('button', { name: 'Ta bort kontot' }).click();
    await expect(page.getByRole('alert')).toContainText('Bekräfta att kontot ska tas bort.');
    await page.getByLabel('Ja, ta bort mitt konto').check();
    await page.getByRole('button', { name: 'Ta bort kontot' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kontot är borttaget');
    await screens(page, 'konto-borttaget');
    const gone = await page.goto(`${ownService.url}/konto/uppgifter`);
    expect(gone?.status()).toBe(401);
  });

  test('a rule is laid down and nothing is old enough', async ({ page, context, ownService }) => {
    await signIn(page, ownService.firstLink);
    const api = await request.newContext({ baseURL: ownService.url, storageState: await context.storageState() });
    const mapping = await new Office(api).mapping('Utan skript');
    await api.dispose();
    await page.goto(`${mapping}/gallring`);
    const rule = page.getByRole('region', { name: 'Hela kartläggningen' });
    await rule.locator('summary').click();
    await rule.getByLabel('Månader').fill('120');
    await rule.getByLabel('Beslut').fill('KS 2026/9');
    await rule.getByRole('button', { name: 'Spara regeln' }).click();
    await rule.getByRole('link', { name: 'Se vad som kan gallras' }).click();
    await expect(page.getByText('Inget är gammalt nog att gallra nu.')).toBeVisible();
  });
});
