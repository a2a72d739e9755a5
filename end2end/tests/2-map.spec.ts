import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { screens } from './support/screens';

const save = (page: Page) => page.getByRole('button', { name: 'Spara', exact: true }).click();
const notice = (page: Page) => page.locator('.notice');
/** The column of an area on the map. */
const area = (page: Page, name: string): Locator =>
  page.locator('.area').filter({ has: page.getByRole('heading', { level: 3, name }) });
const card = (page: Page, name: string) => page.getByRole('heading', { level: 4, name, exact: true });
/** Opens one of the forms that are folded on a capability's page. */
const unfold = (page: Page, name: string) => page.locator('summary').filter({ hasText: new RegExp(`^${name}$`) }).click();

test('an empty map offers three ways to begin, and the catalogue gives 32 capabilities', async ({ coordinator: page, office }) => {
  await page.goto(`${await office.mapping('Från katalogen')}/karta`);
  await expect(page.getByRole('heading', { level: 2, name: 'Kartan är tom' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Skapa första området' })).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'karta-tom');
  await page.getByRole('button', { name: 'Börja med katalogen' }).click();
  await expect(page.getByText('Områden: 5 · Förmågor: 32 · Oförmågor: 0')).toBeVisible();
  await expect(area(page, 'Digital kompetens')).toContainText('Beställarkompetens');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'karta-katalog', { dark: true, width: 1920 });

  await notice(page).getByRole('button', { name: 'Ångra' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Kartan är tom' })).toBeVisible();
});

test('anyone may look at the map of the example, and nobody may change it', async ({ page }) => {
  await page.goto(`/k/${EXAMPLE}/karta`);
  await expect(page.getByText(/Förmågor: 32/)).toBeVisible();
  await expect(page.getByRole('link', { name: /Lägg till/ })).toHaveCount(0);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'karta-exempel', { dark: true, width: 1920 });
  await page.getByRole('heading', { level: 4 }).first().getByRole('link').click();
  await expect(page.getByRole('button', { name: 'Spara' })).toHaveCount(0);
  await expectAccessible(page);
  await screens(page, 'formaga-lasa');
  await page.goto(`/k/${EXAMPLE}/versioner/2`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Version 2');
  await expectAccessible(page);
  await screens(page, 'version-exempel');
});

test('goals make a tree from national to local', async ({ coordinator: page, office }) => {
  const map = `${await office.mapping('Mål')}/karta`;
  await page.goto(map);
  const add = async (title: string, level: string, parent?: string) => {
    await page.getByRole('link', { name: 'Lägg till mål' }).click();
    await page.getByLabel('Målet', { exact: true }).fill(title);
    await page.getByRole('radio', { name: level }).check();
    if (parent) await page.getByLabel('Ligger under').selectOption({ label: parent });
    await save(page);
  };
  await page.getByRole('link', { name: 'Lägg till mål' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nytt mål');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'mal-nytt');
  await page.goto(map);
  await add('Välfärd i hela landet', 'Nationellt');
  await expect(notice(page)).toContainText('Målet är tillagt.');
  await add('Likvärdig service i Fyrbodal', 'Regionalt', 'Nationellt: Välfärd i hela landet');
  await add('Kortare väntan i Lysekil', 'Lokalt', 'Regionalt: Likvärdig service i Fyrbodal');
  const tree = page.locator('.goal-tree');
  await expect(tree.locator('ul ul ul')).toContainText('Kortare väntan i Lysekil');

  // A goal cannot lie under one that is lower: nothing is saved, and what was typed stays.
  await add('Sverige först', 'Nationellt', 'Regionalt: Likvärdig service i Fyrbodal');
  await expect(page.getByRole('alert')).toContainText('Ett mål kan bara ligga under ett mål på en högre nivå');
  await expect(page.getByLabel('Målet', { exact: true })).toHaveValue('Sverige först');
  await expectAccessible(page);
  await screens(page, 'mal-fel');

  await page.goto(map);
  await tree.getByRole('link', { name: 'Kortare väntan i Lysekil' }).click();
  await expectAccessible(page);
  await screens(page, 'mal');
  await page.getByRole('button', { name: 'Ta bort målet' }).click();
  await expect(tree).not.toContainText('Kortare väntan');
  await notice(page).getByRole('button', { name: 'Ångra' }).click();
  await expect(tree.locator('ul ul ul')).toContainText('Kortare väntan i Lysekil');
});

test('advice comes while a capability is being named, and hinders nothing', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Råd');
  await office.catalogue(mapping);
  await page.goto(`${mapping}/formagor/ny`);
  const advice = page.getByRole('status', { name: 'Råd om namnet' });
  await expect(advice).toBeEmpty();
  await page.getByLabel('Namn', { exact: true }).fill('Mötas i Teams');
  await expect(advice).toContainText('Teams är en produkt');
  await page.getByLabel('Namn', { exact: true }).fill('IT-enheten svarar');
  await expect(advice).toContainText('pekar ut en del av organisationen');
  // The same regardless of case and diacritics.
  await page.getByLabel('Namn', { exact: true }).fill('BESTALLARKOMPETENS');
  await expect(advice).toContainText('Beställarkompetens finns redan på kartan');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'formaga-rad', { dark: true });

  await page.getByLabel('Namn', { exact: true }).fill('Digitala kallelser');
  await page.getByLabel('Formulering').fill('Förmåga att kalla invånare digitalt');
  await expect(advice).toBeEmpty();
  await page.getByRole('radio', { name: 'Verksamhet' }).check();
  await page.getByLabel('Område').selectOption({ label: 'Digital kompetens' });
  await page.getByRole('checkbox', { name: 'Rättslig' }).check();
  await save(page);
  await expect(notice(page)).toContainText('Förmågan är tillagd.');
  await expect(area(page, 'Digital kompetens')).toContainText('Digitala kallelser');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the whole map can be made with forms', async ({ coordinator: page, office }) => {
    const map = `${await office.mapping('Utan skript')}/karta`;
    await page.goto(map);
    await page.getByRole('link', { name: 'Skapa första området' }).click();
    await page.getByLabel('Namn').fill('Service');
    await save(page);
    await expect(notice(page)).toContainText('Området är tillagt.');
    await expect(area(page, 'Service')).toContainText('Inga förmågor i området än.');

    await page.getByRole('link', { name: 'Lägg till förmåga i Service' }).click();
    await save(page);
    await expect(page.getByRole('alert')).toContainText('Fyll i namn.');
    await page.getByLabel('Namn', { exact: true }).fill('Mötas i Teams');
    await page.getByRole('radio', { name: 'Stödjande' }).check();
    await save(page);
    // Saved, and the advice that the island would have given is on the page.
    await expect(page.getByText('Teams är en produkt')).toBeVisible();
    await expect(notice(page)).toContainText('Förmågan är tillagd.');
    await screens(page, 'formaga-rad-utan-skript');
    await page.getByLabel('Namn', { exact: true }).fill('Digitala möten');
    await page.getByLabel('Formulering').fill('Förmåga att mötas digitalt');
    await save(page);
    await expect(area(page, 'Service')).toContainText('Digitala möten');

    await page.getByRole('link', { name: 'Lägg till oförmåga' }).first().click();
    await page.getByLabel('Vad som inte fungerar').fill('Ingen vet vem som bjuder in');
    await page.getByRole('radio', { name: 'Arbetssätt' }).check();
    await page.getByLabel('Förmåga som den håller tillbaka').selectOption({ label: 'Service: Digitala möten' });
    await save(page);
    await expect(area(page, 'Service')).toContainText('Ingen vet vem som bjuder in');

    await page.getByRole('link', { name: 'Ändra området Service' }).click();
    await page.getByLabel('Namn').fill('Service till invånare');
    await save(page);
    await expect(area(page, 'Service till invånare')).toContainText('Digitala möten');
    await page.getByRole('button', { name: 'Ångra det senaste jag gjorde' }).click();
    await expect(page.getByRole('heading', { level: 3, name: /^Service \d/ })).toBeVisible();
  });

  test('goals are added, changed and removed with forms', async ({ coordinator: page, office }) => {
    await page.goto(`${await office.mapping('Mål utan skript')}/karta`);
    const tree = page.locator('.goal-tree');
    await page.getByRole('link', { name: 'Lägg till mål' }).click();
    await page.getByLabel('Målet', { exact: true }).fill('Välfärd i hela landet');
    await save(page);
    await expect(page.getByRole('alert')).toContainText('Välj nivå.');
    await page.getByRole('radio', { name: 'Nationellt' }).check();
    await save(page);
    await expect(notice(page)).toContainText('Målet är tillagt.');
    await page.getByRole('link', { name: 'Lägg till mål' }).click();
    await page.getByLabel('Målet', { exact: true }).fill('Kortare väntan');
    await page.getByRole('radio', { name: 'Lokalt' }).check();
    await page.getByLabel('Ligger under').selectOption({ label: 'Nationellt: Välfärd i hela landet' });
    await save(page);
    await tree.getByRole('link', { name: 'Kortare väntan' }).click();
    await page.getByLabel('Målet', { exact: true }).fill('Svar samma dag');
    await page.getByLabel('Kommun').selectOption({ label: 'Lysekil' });
    await save(page);
    await expect(tree.locator('ul ul')).toContainText('Svar samma dag');
    await expect(tree).not.toContainText('Kortare väntan');
    await tree.getByRole('link', { name: 'Svar samma dag' }).click();
    await page.getByRole('button', { name: 'Ta bort målet' }).click();
    await expect(tree).not.toContainText('Svar samma dag');
    await expect(tree).toContainText('Välfärd i hela landet');
  });

  test('the catalogue is taken, changed and ratified with forms', async ({ coordinator: page, office }) => {
    const mapping = await office.mapping('Katalogen utan skript');
    await page.goto(`${mapping}/karta`);
    const capabilities = (count: number) => expect(page.getByText(`Förmågor: ${count} ·`)).toBeVisible();
    const open = (name: string) => card(page, name).getByRole('link').click();
    await page.getByRole('button', { name: 'Börja med katalogen' }).click();
    await capabilities(32);

    await open('Beställarkompetens');
    await unfold(page, 'Flytta');
    await page.getByLabel('Ny plats').selectOption({ label: 'före Prioritering' });
    await page.getByRole('button', { name: 'Flytta förmågan' }).click();
    await expect(area(page, 'Digital ledning')).toContainText('Beställarkompetens');

    await open('Innovationsupphandling');
    await unfold(page, 'Slå ihop');
    await page.getByLabel('Förmågan som blir kvar').selectOption({ label: 'Digital ledning: Beställarkompetens' });
    await page.getByRole('button', { name: 'Slå ihop' }).click();
    await expect(card(page, 'Innovationsupphandling')).toHaveCount(0);
    await capabilities(31);

    await open('Data och AI');
    await unfold(page, 'Dela');
    await page.getByRole('button', { name: 'Dela förmågan' }).click();
    await expect(page.getByRole('alert')).toContainText('Skriv minst två namn');
    // The form that has to be put right is open.
    await page.getByLabel('Namn på de nya förmågorna').fill('Dataanalys\nAnsvarsfull AI');
    await page.getByRole('button', { name: 'Dela förmågan' }).click();
    await expect(area(page, 'Digital innovation')).toContainText('Ansvarsfull AI');
    await capabilities(32);

    await open('Öppna data');
    await unfold(page, 'Stryk');
    await page.getByRole('button', { name: 'Stryk förmågan' }).click();
    await capabilities(31);
    await page.getByText('Strukna förmågor (3)').click();
    await page.getByRole('main').getByRole('link', { name: 'Öppna data' }).click();
    await page.getByRole('button', { name: 'Återställ förmågan' }).click();
    await expect(notice(page)).toContainText('Förmågan är återställd.');
    await page.goto(`${mapping}/karta`);
    await expect(card(page, 'Öppna data')).toBeVisible();
    await capabilities(32);

    await page.getByRole('link', { name: 'Fastställ kartan' }).click();
    await page.getByLabel('Beslutsdatum').fill('2025-09-15');
    await page.getByLabel('Vem som beslutar').fill('Styrgruppen');
    await page.getByRole('button', { name: 'Fastställ version 1' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Version 1');
    await expect(page.getByText('Fastställd 2025-09-15 av Styrgruppen.')).toBeVisible();
  });
});

test('capabilities are moved, merged, split, struck and brought back', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Ändringar');
  await office.catalogue(mapping);
  await page.goto(`${mapping}/karta`);
  const open = (name: string) => card(page, name).getByRole('link').click();

  await open('Beställarkompetens');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'formaga');
  await unfold(page, 'Flytta');
  await expectAccessible(page);
  const place = page.getByLabel('Ny plats');
  await place.selectOption({ label: 'före Prioritering' });
  await page.getByRole('button', { name: 'Flytta förmågan' }).click();
  await expect(notice(page)).toContainText('Förmågan är flyttad.');
  await expect(area(page, 'Digital ledning').getByRole('heading', { level: 4 })).toHaveText([
    'Gemensam målbild', 'Beställarkompetens', 'Prioritering', 'Nyttorealisering', 'Finansiering',
    'Förändringsledning', 'Samverkan mellan kommuner', 'Kompetensförsörjning it',
  ]);

  await open('Innovationsupphandling');
  await unfold(page, 'Slå ihop');
  await page.getByLabel('Förmågan som blir kvar').selectOption({ label: 'Digital ledning: Beställarkompetens' });
  await page.getByRole('button', { name: 'Slå ihop' }).click();
  await expect(notice(page)).toContainText('Förmågorna är sammanslagna.');
  await expect(card(page, 'Innovationsupphandling')).toHaveCount(0);
  await expect(page.getByText(/Förmågor: 31/)).toBeVisible();

  await open('Data och AI');
  await unfold(page, 'Dela');
  await page.getByLabel('Namn på de nya förmågorna').fill('Bara en');
  await page.getByRole('button', { name: 'Dela förmågan' }).click();
  await expect(page.getByRole('alert')).toContainText('Skriv minst två namn');
  await expectAccessible(page);
  await page.getByLabel('Namn på de nya förmågorna').fill('Dataanalys\nAnsvarsfull AI');
  await page.getByRole('button', { name: 'Dela förmågan' }).click();
  await expect(notice(page)).toContainText('Förmågan är delad.');
  await expect(area(page, 'Digital innovation')).toContainText('Ansvarsfull AI');
  await expect(page.getByText(/Förmågor: 32/)).toBeVisible();

  await open('Öppna data');
  await unfold(page, 'Stryk');
  await page.getByRole('button', { name: 'Stryk förmågan' }).click();
  await expect(notice(page)).toContainText('Förmågan är struken.');
  await expect(card(page, 'Öppna data')).toHaveCount(0);
  await page.getByText('Strukna förmågor (3)').click();
  await screens(page, 'karta-andrad');
  await page.getByRole('main').getByRole('link', { name: 'Öppna data' }).click();
  await expect(page.getByText('Struken förmåga')).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'formaga-struken');
  const meanwhile = await page.context().newPage();
  await meanwhile.goto(page.url());
  await page.getByRole('button', { name: 'Återställ förmågan' }).click();
  await expect(notice(page)).toContainText('Förmågan är återställd.');
  await test.step('what has been done meanwhile is refused with a page that says so', async () => {
    await meanwhile.getByRole('button', { name: 'Återställ förmågan' }).click();
    await expect(meanwhile.getByRole('heading', { level: 1 })).toHaveText('Det gick inte att göra');
    await expect(meanwhile.getByText('Felkod 409')).toBeVisible();
    await expect(meanwhile.getByText('Förmågan finns redan på kartan. Inget har ändrats.')).toBeVisible();
    await expectAccessible(meanwhile);
    await screens(meanwhile, 'fel-redan-gjort');
    await meanwhile.close();
  });
  await page.goto(`${mapping}/karta`);
  await expect(card(page, 'Öppna data')).toBeVisible();

  await page.getByRole('link', { name: 'Historik' }).click();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'historik');
  await page.getByRole('button', { name: 'Ångra: Förmågan är delad. Data och AI' }).click();
  await page.goto(`${mapping}/karta`);
  await expect(card(page, 'Data och AI')).toBeVisible();
  await expect(card(page, 'Dataanalys')).toHaveCount(0);
});

test('areas and weaknesses are added and changed on pages of their own', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Egna sidor');
  const looksRight = async (title: string, name: string) => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await screens(page, name);
  };
  await page.goto(`${mapping}/omraden/ny`);
  await looksRight('Nytt område', 'omrade-nytt');
  await page.goto(`${mapping}/oformagor/ny`);
  await looksRight('Ny oförmåga', 'oformaga-ny');
  await page.getByLabel('Vad som inte fungerar').fill('Ingen äger kalendern');
  await save(page);
  await expect(page.getByRole('alert')).toContainText('Välj vad det handlar om.');
  await looksRight('Ny oförmåga', 'oformaga-fel');
  await page.getByRole('radio', { name: 'Arbetssätt' }).check();
  await save(page);
  await expect(notice(page)).toContainText('Oförmågan är tillagd.');
  await page.getByRole('link', { name: 'Ingen äger kalendern' }).click();
  await looksRight('Ändra oförmåga', 'oformaga');
  await expect(page.getByRole('radio', { name: 'Arbetssätt' })).toBeChecked();
});

test('areas change places and leave their capabilities behind when removed', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Områden');
  await office.catalogue(mapping);
  await page.goto(`${mapping}/karta`);
  await page.getByRole('link', { name: 'Ändra området Digital trygghet' }).click();
  await expectAccessible(page);
  await screens(page, 'omrade');
  await page.getByRole('button', { name: 'Flytta uppåt' }).click();
  await expect(page.getByText('plats 1 av 5')).toBeVisible();
  await page.getByRole('button', { name: 'Ta bort området' }).click();
  await expect(area(page, 'Utan område')).toContainText('Riskhantering');

  // A map with capabilities outside every area cannot be ratified, and the page says which.
  await page.getByRole('link', { name: 'Fastställ kartan' }).click();
  await expect(page.getByRole('heading', { name: 'Kartan kan inte fastställas än' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Riskhantering' })).toBeVisible();
  await expectAccessible(page);
  await screens(page, 'faststall-nej');
});

test('ratifying makes a numbered, locked version', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Fastställande');
  await office.catalogue(mapping);
  await page.goto(`${mapping}/faststall`);
  await expect(page.getByText('Mål: 0 · Områden: 5 · Förmågor: 32 · Oförmågor: 0')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'faststall');
  await page.getByRole('button', { name: 'Fastställ version 1' }).click();
  await expect(page.getByRole('alert')).toContainText('Fyll i vem som beslutar.');
  await page.getByLabel('Beslutsdatum').fill('2025-09-15');
  await page.getByLabel('Vem som beslutar').fill('Styrgruppen för digitalisering');
  await page.getByRole('button', { name: 'Fastställ version 1' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Version 1');
  await expect(page.getByText('Fastställd 2025-09-15 av Styrgruppen för digitalisering.')).toBeVisible();
  await expect(notice(page)).toContainText('Kartan är fastställd.');
  await expect(notice(page).getByRole('button')).toHaveCount(0);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'version');
  await screens(page, 'version', { print: true });

  // The version stays as it was when the map goes on.
  await page.goto(`${mapping}/karta`);
  await card(page, 'Riskhantering').getByRole('link').click();
  await page.getByLabel('Namn', { exact: true }).fill('Hantering av risker');
  await save(page);
  await expect(page.getByText('Kartan har ändrats sedan dess.')).toBeVisible();
  await page.goto(`${mapping}/versioner/1`);
  await expect(page.getByText('Riskhantering', { exact: true })).toBeVisible();
  await page.goto(`${mapping}/historik`);
  await expect(page.getByRole('row').filter({ hasText: 'Kartan är fastställd.' })).toContainText('går inte att ångra');
  await page.goto(`${mapping}/faststall`);
  await expect(page.getByText('omformulerad: Hantering av risker')).toBeVisible();
  await screens(page, 'faststall-igen');
  await page.goto(`${mapping}/versioner`);
  await expectAccessible(page);
  await screens(page, 'versioner');
});
