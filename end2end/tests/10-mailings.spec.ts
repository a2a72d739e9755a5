import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { expect, test } from './support/fixtures';
import { lettersTo } from './support/letters';
import { screens } from './support/screens';

/** A reminder in the page's list, by its number. */
const reminder = (page: Page, number: number): Locator =>
  page.locator('.reminders > li').filter({ has: page.getByRole('heading', { name: `Påminnelse ${number}` }) });

/** The letters table's row of a person's letter. */
const row = (page: Page, name: string, kind: string): Locator =>
  page.getByRole('table').getByRole('row').filter({ hasText: name }).filter({ hasText: kind });

/** The Saturday after next, as date fields take it, and the Monday after it. */
function weekend(): [saturday: string, monday: string] {
  const day = new Date();
  day.setUTCHours(12);
  day.setUTCDate(day.getUTCDate() + 7 + ((6 - day.getUTCDay() + 7) % 7));
  const iso = (date: Date) => date.toISOString().slice(0, 10);
  const saturday = iso(day);
  day.setUTCDate(day.getUTCDate() + 2);
  return [saturday, iso(day)];
}

test('letters are shown, sent, reminded of and stopped, and only those who have not answered are reminded', async ({
  coordinator: page,
  browser,
  office,
  service,
}, info) => {
  const address = (name: string) => `${name}-${info.project.name}@example.se`;
  const round = await office.round('Utskicken');
  const links = {
    ett: await office.invite(round, 'Ett Exempel', ['Lysekil'], address('ett')),
    tva: await office.invite(round, 'Två Exempel', ['Munkedal', 'Sotenäs'], address('tva')),
  };
  await office.invite(round, 'Papper Exempel', ['Lysekil']);

  await page.goto(round.address);
  await page.getByRole('link', { name: 'Utskick' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Utskick i Hösten');
  await expect(page.getByText('Ingen e-postserver är inställd.')).toBeVisible();
  await expect(page.getByText('Inga påminnelser är planerade.')).toBeVisible();

  // The letter is shown with the words typed, and nothing is sent by that.
  await page.getByLabel('Egna ord i brevet').first().fill('Svara gärna senast fredag.\n\nHälsningar från oss');
  await page.getByRole('button', { name: 'Visa brevet' }).first().click();
  const letter = page.locator('#inbjudan-brev');
  await expect(letter.getByText('Svara gärna senast fredag.')).toBeVisible();
  await expect(letter.getByText('Påhittad länk')).toBeVisible();
  await expect(letter.getByText('Ditt namn sparas ihop med dina svar')).toBeVisible();
  await expect(page.getByText('Inga brev är skickade än.')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'utskick-innan', { dark: true });

  await page.getByRole('button', { name: 'Skicka till 2' }).click();
  await expect(page.getByText('Inbjudningarna är på väg.')).toBeVisible();
  const [invitation] = await lettersTo(service, address('ett'), 1);
  expect(invitation.subject).toBe('Inbjudan till enkäten Hösten');
  expect(invitation.text).toContain('Hej Ett Exempel!\n\nSvara gärna senast fredag.\n\nHälsningar från oss');
  expect(invitation.text).toContain('Det tar ungefär 20 minuter.');
  expect(invitation.text).toContain('kan vara allmän handling');
  expect(invitation.text).toContain(`\n${links.ett}\n`);
  expect(invitation.html).toContain(`href="${links.ett}"`);
  expect((await lettersTo(service, address('tva'), 1))[0].text).toContain('Du svarar för Munkedal och Sotenäs om 32 förmågor');
  // The link in the letter is the person's own.
  const person = await (await browser.newContext()).newPage();
  await person.goto(links.ett);
  await expect(person.getByText('Länken är personlig, för Ett Exempel.')).toBeVisible();
  await person.context().close();

  await expect(async () => {
    await page.reload();
    await expect(row(page, 'Ett Exempel', 'Inbjudan')).toContainText('Lagt i utkorgen', { timeout: 1000 });
  }).toPass();
  await expect(page.getByText('Alla med en adress är inbjudna eller har svarat.')).toBeVisible();
  for (const number of [1, 2]) await expect(reminder(page, number)).toContainText('Planerad');
  await expect(reminder(page, 1)).toContainText(/Går \d{4}-\d\d-\d\d 08\.00\. Som det är nu får 2 den\./);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screens(page, 'utskick', { dark: true });

  // The second is stopped, planned for a Saturday, which becomes Monday, and stopped again.
  await reminder(page, 2).getByRole('button', { name: 'Stoppa' }).click();
  await expect(page.getByText('Påminnelsen är stoppad. Du kan planera den igen.')).toBeVisible();
  await expect(reminder(page, 2)).toContainText('Går inte ut.');
  const [saturday, monday] = weekend();
  await reminder(page, 2).getByText('Planera igen').click();
  await reminder(page, 2).getByLabel('Dag').fill(saturday);
  await reminder(page, 2).getByLabel('Egna ord i brevet').fill('Det är sista veckan.');
  await reminder(page, 2).getByRole('button', { name: 'Visa brevet' }).click();
  await expect(reminder(page, 2).locator('.letter').getByText('Det är sista veckan.')).toBeVisible();
  await expect(reminder(page, 2)).toContainText('Stoppad');
  await reminder(page, 2).getByRole('button', { name: 'Planera', exact: true }).click();
  await expect(reminder(page, 2)).toContainText(`Går ${monday} 08.00.`);
  await reminder(page, 2).getByRole('button', { name: 'Stoppa' }).click();
  await expect(reminder(page, 2)).toContainText(`Var planerad till ${monday} 08.00. Går inte ut.`);

  // A day that has been is refused, and what was typed stays.
  await reminder(page, 1).getByText('Ändra dag eller ord').click();
  await reminder(page, 1).getByLabel('Dag').fill('2020-01-07');
  await reminder(page, 1).getByLabel('Egna ord i brevet').fill('Kort om tid nu.');
  await reminder(page, 1).getByRole('button', { name: 'Planera', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Välj en dag från och med');
  await expect(reminder(page, 1).getByLabel('Egna ord i brevet')).toHaveValue('Kort om tid nu.');
  await expectAccessible(page);
  await screens(page, 'utskick-fel');
  await page.getByRole('link', { name: 'Välj en dag från och med' }).click();
  await expect(reminder(page, 1).getByLabel('Dag')).toBeFocused();
  await reminder(page, 1).getByLabel('Dag').fill(saturday);
  await reminder(page, 1).getByRole('button', { name: 'Planera', exact: true }).click();

  // One of the two answers and is thanked; the reminder that goes now reaches the other alone.
  await office.answer(links.ett, () => ['2', '4']);
  const thanks = (await lettersTo(service, address('ett'), 2)).find((one) => one.subject.startsWith('Tack'));
  expect(thanks?.text).toContain(`${links.ett}/klart`);
  expect(thanks?.text).toContain('2,0 i dag, 4,0 behövs');
  await page.reload();
  await expect(reminder(page, 1)).toContainText('Som det är nu får 1 den.');
  await reminder(page, 1).getByText('Skicka nu').click();
  await reminder(page, 1).getByRole('button', { name: 'Ja, skicka till 1' }).click();
  await expect(page.getByText('Påminnelserna är på väg till dem som inte har svarat.')).toBeVisible();
  const reminded = (await lettersTo(service, address('tva'), 2)).find((one) => one.subject.startsWith('Påminnelse'));
  expect(reminded?.subject).toBe('Påminnelse: enkäten Hösten');
  expect(reminded?.text).toContain('Kort om tid nu.');
  expect(reminded?.text).toContain(links.tva);
  await lettersTo(service, address('ett'), 2);
  await expect(reminder(page, 1)).toContainText('Skickad');
  await expect(reminder(page, 1).getByRole('button', { name: 'Stoppa' })).toHaveCount(0);
  await expect(row(page, 'Två Exempel', 'Påminnelse 1')).toHaveCount(1);
  await expect(row(page, 'Ett Exempel', 'Påminnelse')).toHaveCount(0);
  await screens(page, 'utskick-efter');

  await page.setViewportSize({ width: 320, height: 640 });
  await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
  await expectNoSidewaysScroll(page);
  await screens(page, 'utskick-320');

  await office.close(round);
  await page.reload();
  await expect(page.getByText('Inga fler brev går ut')).toBeVisible();
  await expect(page.getByRole('button', { name: /Skicka|Planera|Stoppa/ })).toHaveCount(0);
  await expectAccessible(page);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an invitation is sent, a reminder is stopped and another one planned', async ({ coordinator: page, office, service }, info) => {
    const address = `utan-skript-${info.project.name}@example.se`;
    const round = await office.round('Utskick utan skript');
    const link = await office.invite(round, 'Utan Exempel', ['Uddevalla'], address);
    await page.goto(`${round.address}/utskick`);
    await page.getByLabel('Egna ord i brevet').first().fill('Skrivet utan skript.');
    await page.getByRole('button', { name: 'Skicka till 1 person' }).click();
    const [letter] = await lettersTo(service, address, 1);
    expect(letter.text).toContain('Skrivet utan skript.');
    expect(letter.text).toContain(link);
    for (const number of [1, 2]) {
      await reminder(page, number).getByRole('button', { name: 'Stoppa' }).click();
      await expect(reminder(page, number)).toContainText('Går inte ut.');
    }
    await page.getByText('Planera en påminnelse till').click();
    const [saturday, monday] = weekend();
    const another = page.locator('details').filter({ hasText: 'Planera en påminnelse till' });
    await another.getByLabel('Dag').fill(saturday);
    await another.getByRole('button', { name: 'Planera', exact: true }).click();
    await expect(reminder(page, 3)).toContainText(`Går ${monday} 08.00. Som det är nu får 1 den.`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Utskick i Hösten');
    await screens(page, 'utskick-utan-skript');
  });
});
