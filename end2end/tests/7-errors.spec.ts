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
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await screens(page, `fel-${name}`);
    });
  }
});

test('a form that cannot be taken in leads to a page that says why and what to do', async ({ coordinator: page, service }) => {
  const create = page.getByRole('button', { name: 'Skapa kartläggningen' });
  /** Sends the form of a new mapping with another id than the one it was shown with; none at all if it is empty. */
  const sendWithId = async (id: string) => {
    await page.goto('/ny');
    await page.locator('input[name=id]').evaluate((input: HTMLInputElement, id) => {
      input.value = id;
      input.disabled = !id;
    }, id);
    await create.click();
  };
  const says = async (name: string, status: number, title: string) => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByText(`Felkod ${status}`)).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await screens(page, `fel-${name}`);
  };
  await sendWithId('');
  await says('trasigt-formular', 400, 'Formuläret gick inte att läsa');
  await sendWithId('a'.repeat(600 * 1024));
  await says('for-stort', 413, 'Det blev för stort');
  // A page without an origin of its own is another site.
  await page.goto('about:blank');
  await page.setContent(`<form method="post" action="${service.url}/ny"><button>Skicka</button></form>`);
  await page.getByRole('button').click();
  await says('annan-webbplats', 403, 'Formuläret kom från en annan webbplats');
});
