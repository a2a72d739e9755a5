import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { expect, test } from './support/fixtures';
import { screens } from './support/screens';
import type { Service } from './support/service';
import { AREAS, CURRENT, TARGET, about, goOn, level, question } from './support/survey';

const saving = (page: Page) => page.locator('.survey-actions').getByRole('status');

/** Leaves the page of a server that is down, so that its last attempt to save fails too, and starts the server again. */
const leaveUnsaved = async (page: Page, service: Service) => {
  await page.evaluate(() => (window.fetch = () => Promise.reject(new TypeError('nobody there'))));
  await page.goto('about:blank');
  await service.restart();
};

test('a participant answers area by area for several municipalities, and sees the own picture at once', async ({ page, office, round }) => {
  const link = await office.invite(round, 'Deltagare Ett', ['Lysekil', 'Munkedal', 'Sotenäs']);
  await page.goto(link);
  await expect(page.getByText('Lysekil, Munkedal och Sotenäs')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'enkat-start', { dark: true });
  await page.getByRole('link', { name: 'Börja' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(AREAS[0]);
  await expect(page.getByText('Område 1 av 5')).toBeVisible();

  await level(page, 'Beställarkompetens', CURRENT, 2).check();
  await expect(question(page, 'Beställarkompetens', CURRENT).getByText('Det finns rutiner på några ställen')).toBeVisible();
  await level(page, 'Beställarkompetens', TARGET, 4).check();
  const own = about(page, 'Beställarkompetens');
  await own.getByText('Lägg till kommentar eller oförmåga').first().click();
  await own.getByLabel('Kommentar').first().fill('Bättre sedan vi började köpa in ihop.');
  await own.getByLabel('Oförmåga').first().fill('Ingen har tid att följa upp avtalen');
  await own.getByText('Svara annorlunda för någon kommun').click();
  const sotenas = own.getByRole('group', { name: /Beställarkompetens.*Sotenäs/ });
  await sotenas.getByLabel('Nuläge').selectOption({ label: '1 Tillfällig' });
  await question(page, 'Ledares digitala kompetens', CURRENT).getByRole('radio', { name: 'Vet ej' }).check();
  await level(page, 'Ledares digitala kompetens', TARGET, 3).check();
  await expect(saving(page)).toHaveText('Sparat');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'enkat-omrade', { dark: true });

  for (const area of AREAS.slice(1)) await goOn(page, area);
  await level(page, 'Prioritering', CURRENT, 1).check();
  await level(page, 'Prioritering', TARGET, 5).check();
  await goOn(page, 'Granska och skicka in');
  await expect(page.getByText('Du har svarat om 3 av 32 förmågor.')).toBeVisible();
  const answers = page.getByRole('table').filter({ hasText: 'Beställarkompetens' });
  await expect(answers.getByRole('row').filter({ hasText: 'Beställarkompetens – Sotenäs' })).toContainText('1 Tillfällig');
  await expect(answers).toContainText('Ingen har tid att följa upp avtalen');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'enkat-granska', { dark: true });

  // Back in the browser and forward again: everything is where it was.
  await page.goBack();
  await expect(level(page, 'Prioritering', CURRENT, 1)).toBeChecked();
  await page.goForward();
  await page.getByRole('button', { name: 'Skicka in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tack! Dina svar är inskickade');
  const picture = page.getByRole('region', { name: 'Din bild av Sotenäs' });
  await expect(picture.getByText('Dina största skillnader')).toBeVisible();
  await expect(picture.getByRole('listitem').filter({ hasText: 'Beställarkompetens' })).toContainText('3 steg');
  await expect(page.getByRole('region', { name: 'Din bild av Lysekil' }).getByRole('listitem').filter({ hasText: 'Beställarkompetens' })).toContainText('2 steg');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'enkat-klart', { dark: true });

  // The answers can be changed while the round is open.
  await page.goto(link);
  await expect(page.getByText(/Du skickade in svaren/)).toBeVisible();
  await screens(page, 'enkat-start-inskickad');
  await page.getByRole('link', { name: 'Ändra svaren' }).click();
  await expect(level(page, 'Beställarkompetens', CURRENT, 2)).toBeChecked();
  await level(page, 'Beställarkompetens', CURRENT, 3).check();
  await goOn(page, AREAS[1]);
  await page.goto(`${link}/klart`);
  await expect(page.getByRole('region', { name: 'Din bild av Lysekil' }).getByRole('listitem').filter({ hasText: 'Beställarkompetens' })).toContainText('1 steg');
});

test('nothing is lost on reload, without a connection or when the server dies', async ({ page, context, office, round, service }) => {
  const link = await office.invite(round, 'Deltagare Två', ['Lysekil']);
  await page.goto(`${link}/1`);
  await level(page, 'Beställarkompetens', CURRENT, 2).check();
  await expect(saving(page)).toHaveText('Sparat');
  await page.reload();
  await expect(level(page, 'Beställarkompetens', CURRENT, 2)).toBeChecked();

  await context.setOffline(true);
  await level(page, 'Beställarkompetens', TARGET, 5).check();
  await expect(saving(page)).toHaveText('Ingen anslutning: dina svar finns kvar i den här webbläsaren');
  await expectAccessible(page);
  await screens(page, 'enkat-utan-anslutning');
  await context.setOffline(false);
  await expect(saving(page)).toHaveText('Sparat');

  await service.kill();
  await level(page, 'Beställarkompetens', TARGET, 4).check();
  await expect(saving(page)).toHaveText('Inte sparat än – försöker igen');
  await service.restart();
  await expect(saving(page)).toHaveText('Sparat');
  await page.reload();
  await expect(level(page, 'Beställarkompetens', CURRENT, 2)).toBeChecked();
  await expect(level(page, 'Beställarkompetens', TARGET, 4)).toBeChecked();

  // What was typed while nobody listened, and the page left: it is there when the page comes again.
  await service.kill();
  await level(page, 'Beställarkompetens', CURRENT, 1).check();
  await expect(saving(page)).toHaveText('Inte sparat än – försöker igen');
  await leaveUnsaved(page, service);
  await page.goto(`${link}/1`);
  await expect(level(page, 'Beställarkompetens', CURRENT, 1)).toBeChecked();
  await expect(saving(page)).toHaveText('Sparat');
});

/** Where a weakness is written: its field, unfolded. */
const weakness = async (page: Page, capability: string) => {
  const own = about(page, capability);
  const field = own.getByLabel('Oförmåga').first();
  if (!(await field.isVisible())) await own.getByText('Lägg till kommentar eller oförmåga').first().click();
  return field;
};

test('what is written without a connection comes back, even after the server has tidied what was saved', async ({ page, office, round, service }) => {
  const link = await office.invite(round, 'Deltagare Tre', ['Lysekil', 'Sotenäs']);
  await page.goto(`${link}/1`);
  // Both are stored otherwise than they are typed: spaces are drawn together, and what is said for all is not repeated.
  await level(page, 'Beställarkompetens', CURRENT, 2).check();
  await about(page, 'Beställarkompetens').getByText('Svara annorlunda för någon kommun').click();
  await about(page, 'Beställarkompetens').getByRole('group', { name: /Sotenäs/ }).getByLabel('Nuläge').selectOption('2');
  await (await weakness(page, 'Beställarkompetens')).fill('Ingen  har tid');
  await expect(saving(page)).toHaveText('Sparat');

  await service.kill();
  await (await weakness(page, 'Beställarkompetens')).fill('Ingen  har tid  alls');
  await level(page, 'Beställarkompetens', TARGET, 4).check();
  await expect(saving(page)).toHaveText('Inte sparat än – försöker igen');
  await leaveUnsaved(page, service);
  await page.goto(`${link}/1`);
  await expect(await weakness(page, 'Beställarkompetens')).toHaveValue('Ingen har tid alls');
  await expect(level(page, 'Beställarkompetens', TARGET, 4)).toBeChecked();
  // What the server has confirmed is not kept in the browser.
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await page.reload();
  await expect(await weakness(page, 'Beställarkompetens')).toHaveValue('Ingen har tid alls');

  // The last second before the page is left is saved too, when a save is on its way already.
  await page.evaluate(() => {
    const send = window.fetch;
    const never = (signal?: AbortSignal | null) => new Promise<Response>((_, failed) => signal?.addEventListener('abort', () => failed(signal.reason)));
    window.fetch = (to, how) => (String(how?.body).includes('halv') ? never(how?.signal) : send(to, how));
  });
  await (await weakness(page, 'Beställarkompetens')).fill('halv');
  await page.waitForTimeout(1000);
  await (await weakness(page, 'Beställarkompetens')).fill('hel mening');
  await page.goto('about:blank');
  await expect.poll(async () => (await page.request.get(`${link}/1`)).text()).toContain('hel mening');
});

test('answers that only the browser has are told of after submitting, and stay until they are saved', async ({ page, office, round, service }) => {
  const link = await office.invite(round, 'Deltagare Fyra', ['Lysekil']);
  const unsaved = page.getByRole('status').filter({ hasText: 'Det finns svar i den här webbläsaren som inte är sparade' });
  await page.goto(`${link}/1`);
  await service.kill();
  await (await weakness(page, 'Beställarkompetens')).fill('Skrivet utan anslutning');
  await expect(saving(page)).toHaveText('Inte sparat än – försöker igen');
  await leaveUnsaved(page, service);

  await page.goto(`${link}/2`);
  await page.getByRole('radio', { name: /^2 / }).first().check();
  for (const area of [...AREAS.slice(2), 'Granska och skicka in']) await goOn(page, area);
  await expect(unsaved.getByRole('link')).toHaveText([AREAS[0]]);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'enkat-granska-osparat', { dark: true });
  await page.getByRole('button', { name: 'Skicka in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tack! Dina svar är inskickade');
  await expect(unsaved.getByRole('link')).toHaveText([AREAS[0]]);
  await expectAccessible(page);
  await unsaved.getByRole('link').click();
  await expect(await weakness(page, 'Beställarkompetens')).toHaveValue('Skrivet utan anslutning');
  await expect(saving(page)).toHaveText('Sparat');
  await page.goto(`${link}/klart`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tack! Dina svar är inskickade');
  await expect(unsaved.getByRole('link')).toHaveCount(0);
});

test('answers that were not saved before the page was saved from elsewhere are offered, not forced', async ({ page, browser, office, round, service }) => {
  const link = await office.invite(round, 'Deltagare Fem', ['Lysekil']);
  await page.goto(`${link}/1`);
  await service.kill();
  await (await weakness(page, 'Beställarkompetens')).fill('Från telefonen');
  await expect(saving(page)).toHaveText('Inte sparat än – försöker igen');
  await leaveUnsaved(page, service);
  const computer = await (await browser.newContext()).newPage();
  await computer.goto(`${link}/1`);
  await (await weakness(computer, 'Beställarkompetens')).fill('Från datorn');
  await level(computer, 'Beställarkompetens', CURRENT, 3).check();
  await expect(saving(computer)).toHaveText('Sparat');
  await computer.context().close();

  const offer = page.getByRole('button', { name: 'Ta fram det som inte är sparat' });
  for (const _ of ['first', 'again']) {
    await page.goto(`${link}/1`);
    await expect(await weakness(page, 'Beställarkompetens')).toHaveValue('Från datorn');
    await expect(offer).toBeVisible();
  }
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'enkat-ta-fram', { dark: true });
  await offer.click();
  await expect(offer).toBeHidden();
  await expect(await weakness(page, 'Beställarkompetens')).toHaveValue('Från telefonen');
  await expect(saving(page)).toHaveText('Sparat');
  await page.reload();
  await expect(await weakness(page, 'Beställarkompetens')).toHaveValue('Från telefonen');
  await expect(level(page, 'Beställarkompetens', CURRENT, 3)).toBeChecked();
  await expect(offer).toBeHidden();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the whole survey is answered', async ({ page, office, round, service }) => {
    const link = await office.invite(round, 'Deltagare Sex', ['Lysekil', 'Sotenäs']);
    await page.goto(link);
    await page.getByRole('link', { name: 'Börja' }).click();
    await level(page, 'Beställarkompetens', CURRENT, 2).check();
    await level(page, 'Beställarkompetens', TARGET, 4).check();
    await expect(question(page, 'Beställarkompetens', TARGET).getByText('Vi följer upp med mått')).toBeVisible();
    await about(page, 'Beställarkompetens').getByText('Lägg till kommentar eller oförmåga').first().click();
    await about(page, 'Beställarkompetens').getByLabel('Kommentar').first().fill('Utan skript.');
    await question(page, 'Digitala möten', CURRENT).getByRole('radio', { name: 'Inte aktuellt för oss' }).check();
    await screens(page, 'enkat-omrade-utan-skript');
    await goOn(page, AREAS[1]);

    // A server that dies after a page was saved has it when it comes back.
    await service.kill();
    await service.restart();
    await page.getByRole('button', { name: 'Tillbaka' }).click();
    await expect(level(page, 'Beställarkompetens', CURRENT, 2)).toBeChecked();
    await expect(about(page, 'Beställarkompetens').getByLabel('Kommentar').first()).toHaveValue('Utan skript.');
    await page.reload();
    await expect(level(page, 'Beställarkompetens', TARGET, 4)).toBeChecked();
    await page.getByText('Byt område').click();
    await page.getByRole('navigation', { name: 'Områden' }).getByRole('button').filter({ hasText: AREAS[4] }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(AREAS[4]);
    await goOn(page, 'Granska och skicka in');
    await page.getByRole('button', { name: 'Skicka in' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tack! Dina svar är inskickade');
    await expect(page.getByRole('listitem').filter({ hasText: 'Beställarkompetens' })).toContainText('2 steg');
  });

  test('an empty survey is not submitted, and says why', async ({ page, office, round }) => {
    const link = await office.invite(round, 'Deltagare Sju', ['Lysekil']);
    await page.goto(`${link}/granska`);
    await page.getByRole('button', { name: 'Skicka in' }).click();
    await expect(page.getByRole('alert')).toContainText('Det finns inga svar att skicka in än.');
    await screens(page, 'enkat-granska-tom');
  });
});

test('the whole survey can be answered with the keyboard alone', async ({ page, office, round }) => {
  const link = await office.invite(round, 'Deltagare Åtta', ['Lysekil']);
  await page.goto(link);
  const key = page.keyboard;
  /** Tab by tab until something has the focus, as someone without a mouse does. */
  const tabTo = async (target: ReturnType<Page['locator']>) => {
    for (let steps = 0; steps < 80; steps += 1) {
      await key.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    await expect(target).toBeFocused();
  };
  const seen = async () => {
    // What has the focus shows it: an outline on itself or on the words that stand for it.
    const width = await page.evaluate(() => {
      const element = document.activeElement!;
      const label = element.id ? document.querySelector(`label[for="${element.id}"]`) : null;
      return Math.max(...[element, label].map((one) => (one ? parseFloat(getComputedStyle(one).outlineWidth) || 0 : 0)));
    });
    expect(width).toBeGreaterThanOrEqual(2);
  };

  await tabTo(page.getByRole('link', { name: 'Börja' }));
  await seen();
  await key.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(AREAS[0]);

  await tabTo(level(page, 'Medarbetares digitala kompetens', CURRENT, 1));
  await seen();
  await key.press('Space');
  await key.press('ArrowRight');
  await expect(level(page, 'Medarbetares digitala kompetens', CURRENT, 2)).toBeChecked();
  await key.press('ArrowRight');
  await key.press('ArrowLeft');
  await expect(level(page, 'Medarbetares digitala kompetens', CURRENT, 2)).toBeChecked();
  await key.press('Tab');
  await expect(level(page, 'Medarbetares digitala kompetens', TARGET, 1)).toBeFocused();
  for (const _ of [2, 3, 4, 5]) await key.press('ArrowRight');
  await expect(level(page, 'Medarbetares digitala kompetens', TARGET, 5)).toBeChecked();
  await key.press('ArrowRight');
  await expect(question(page, 'Medarbetares digitala kompetens', TARGET).getByRole('radio', { name: 'Vet ej' })).toBeChecked();
  await key.press('ArrowLeft');
  await screens(page, 'enkat-tangentbord');

  const own = about(page, 'Medarbetares digitala kompetens');
  await tabTo(own.locator('summary').filter({ hasText: 'Lägg till kommentar' }));
  await key.press('Enter');
  await tabTo(own.getByLabel('Kommentar'));
  await key.type('Skrivet utan mus.');
  for (const area of [...AREAS.slice(1), 'Granska och skicka in']) {
    await tabTo(page.getByRole('button', { name: /^Spara och/ }));
    await seen();
    await key.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(area);
  }
  await expect(page.getByText('Skrivet utan mus.')).toBeVisible();
  await tabTo(page.getByRole('button', { name: 'Skicka in' }));
  await key.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tack! Dina svar är inskickade');
  await expect(page.getByRole('listitem').filter({ hasText: 'Medarbetares digitala kompetens' })).toContainText('3 steg, från 2 till 5');
});

test('the survey fits 320 px', async ({ page, office, round }) => {
  const link = await office.invite(round, 'Deltagare Nio', ['Lysekil', 'Munkedal', 'Sotenäs']);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const [path, name] of [['', 'start'], ['/1', 'omrade'], ['/granska', 'granska']]) {
    await page.goto(`${link}${path}`);
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    await expectNoSidewaysScroll(page);
    await screens(page, `enkat-320-${name}`);
  }
});

test('answers that are not answers are refused with what was typed kept', async ({ page, office, round, service }) => {
  const link = await office.invite(round, 'Deltagare Tio', ['Lysekil']);
  await page.goto(`${link}/1`);
  const name = await level(page, 'Beställarkompetens', CURRENT, 1).getAttribute('name');
  const post = (fields: Record<string, string>) => page.request.post(`${link}/1`, { form: fields });
  const six = await post({ [name!]: '6' });
  expect(six.status()).toBe(422);
  expect(await six.text()).toContain('Beställarkompetens, Nuläge: svaret går inte att läsa.');
  const foreign = await post({ [name!.replace(/^[^.]+/, '0'.repeat(32))]: '3' });
  expect(foreign.status()).toBe(422);
  expect(await foreign.text()).toContain('hör inte till den här sidan');
  const elsewhere = await post({ [name!.replace('.alla.', '.1485.')]: '3' });
  expect(elsewhere.status()).toBe(422);
  expect((await page.request.get(`${service.url}/e/${'a'.repeat(32)}/1`)).status()).toBe(404);
  expect((await page.request.get(`${link}/9`)).status()).toBe(404);
  await page.reload();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
});
