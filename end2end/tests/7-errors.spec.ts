import { expectAccessible, expectNoSidewaysScroll } from './support/accessible';
import { EXAMPLE, expect, test } from './support/fixtures';
import { screens } from './support/screens';

const UNKNOWN = '01890000-0000-7000-8000-000000000000';

const cases = [
  { name: '404', path: '/finns-inte', status: 404, title: 'Sidan finns inte' },
  { name: 'okand-kartlaggning', path: `/k/${UNKNOWN}`, status: 404, title: 'Sidan finns inte' },
  { name: 'trasigt-id', path: '/k/inget-id', status: 404, title: 'Sidan finns inte' },
  { name: 'okand-formaga', path: `/k/${EXAMPLE}/formagor/${UNKNOWN}`, status: 404, title: 'Sidan finns inte' },
  { name: 'inloggning-kravs', path: '/ny', status: 401, title: 'Du behöver logga in' },
  { name: 'installningar-kravs', path: `/k/${EXAMPLE}/installningar`, status: 401, title: 'Du behöver logga in' },
  { name: 'inloggningslank', path: '/logga-in/finns-inte', status: 410, title: 'Länken gäller inte längre' },
  { name: 'enkatlank', path: '/e/finns-inte', status: 404, title: 'Länken leder inte till någon enkät' },
  { name: 'fel-metod', path: '/sprak', status: 405, title: 'Adressen går inte att öppna så' },
];

test('whatever is wrong, a page in Swedish with the right status says what happened', async ({ page }) => {
  for (const { name, path, status, title } of cases) {
    await test.step(path, async () => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(status);
      await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
      await expect(page.getByRole('main').getByRole('link', { name: 'Till startsidan' })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await screens(page, `fel-${name}`);
    });
  }
});

for (const path of ['/finns-inte', '/ny', '/e/finns-inte']) {
  test(`the error page of ${path} is accessible`, async ({ page }) => {
    await page.goto(path);
    await expectAccessible(page);
  });
}
