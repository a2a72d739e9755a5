import type { Page } from '@playwright/test';
import { type Part, enter, expect, list, scene, shows, test, write, written } from './fixtures';
import type { Room } from './room';

const form = (text: string, more = ''): Part => ({
  id: 'formular',
  html: `<form id="formular" data-live><input type="hidden" name="gor" value="andra"><label>Namn <input name="namn" value="${text}"></label><label><input type="radio" name="nu" value="1"${more}> Ett</label><label><input type="radio" name="nu" value="2"> Två</label><button name="vad" value="spara">Spara</button></form>`,
});
const refused = (status: number, error: string) => ({ status, body: JSON.stringify({ error }) });
const pending = (page: Page) => page.locator('#vantar > li');
const field = (page: Page) => page.getByLabel('Text', { exact: true });

/** Waits until everything that was done has been answered. */
const settled = (page: Page) =>
  expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('utkorg')).length)).toBe(0);

/** Makes a browser keep nothing. */
const full = (page: Page) =>
  page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
const forbidden = (page: Page) =>
  page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('no', 'SecurityError');
        },
      });
    }
  });

test('what is sent has an operation of its own, the field is empty and has the focus', async ({ guest, room }) => {
  await write(guest, 'Ett kort');
  await write(guest, 'Ett till');
  await settled(guest);
  expect(written(room)).toEqual(['Ett kort', 'Ett till']);
  const ops = room.deeds.map(({ op }) => op);
  expect(ops, 'in the order of time').toEqual([...ops].sort());
  for (const { op } of room.deeds) expect(op).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set(room.deeds.map(({ op }) => op)).size).toBe(2);
  expect(room.deeds[0]!.fields.get('gor')).toBe('skriv');
  await expect(field(guest)).toHaveValue('');
  await expect(field(guest)).toBeFocused();
  await expect(pending(guest)).toHaveCount(0);
});

test('what is written without network is listed, and sent once and in order on return', async ({ guest, context, room }) => {
  await context.setOffline(true);
  for (const text of ['Ett', 'Två', 'Tre']) await write(guest, text);
  await expect(pending(guest)).toHaveText(['Inte sparat: Ett', 'Inte sparat: Två', 'Inte sparat: Tre']);
  await expect(guest.locator('#anslutning')).toHaveText('Utan nät');
  expect(room.deeds).toEqual([]);
  await context.setOffline(false);
  await expect(pending(guest)).toHaveCount(0);
  await settled(guest);
  expect(written(room)).toEqual(['Ett', 'Två', 'Tre']);
  expect(room.posts).toBe(3);
  await expect(guest.locator('#anslutning')).toHaveText('Ansluten');
});

test('half a minute without network loses nothing', async ({ page, context, room }) => {
  await page.clock.install();
  await enter(page, room);
  await context.setOffline(true);
  await write(page, 'Först');
  await page.clock.fastForward(30_000);
  await write(page, 'Sedan');
  await expect(pending(page)).toHaveCount(2);
  room.replace(scene(list('kort', { a: 'Under tiden' })));
  await context.setOffline(false);
  await shows(page, room);
  await expect.poll(() => written(room)).toEqual(['Först', 'Sedan']);
  expect(room.posts).toBe(2);
});

test('a command whose answer is lost is sent again as the same', async ({ guest, room }) => {
  room.mute = true;
  await write(guest, 'Gjort men obesvarat');
  await expect.poll(() => room.posts).toBeGreaterThan(1);
  await expect(pending(guest)).toHaveText(['Inte sparat: Gjort men obesvarat']);
  room.mute = false;
  await settled(guest);
  expect(written(room)).toEqual(['Gjort men obesvarat']);
});

test('a storm of commands outlives a server that is killed in the middle', async ({ guest, room }) => {
  for (let number = 0; number < 12; number++) {
    if (number === 4) room.mute = true;
    if (number === 6) {
      room.down = true;
      room.cut();
    }
    if (number === 9) room.mute = false;
    await write(guest, `Kort ${number}`);
  }
  await expect(pending(guest).last()).toHaveText('Inte sparat: Kort 11');
  room.down = false;
  await settled(guest);
  expect(written(room)).toEqual(Array.from({ length: 12 }, (_, number) => `Kort ${number}`));
});

test('only the server’s own answer confirms: a gateway’s page does not', async ({ guest, room }) => {
  let asked = 0;
  room.refuse = () => (++asked < 3 ? { status: 200, body: '<p>Välkommen till nätet</p>', type: 'text/html' } : undefined);
  await write(guest, 'Genom hotellets nät');
  await settled(guest);
  expect(asked).toBe(3);
  expect(written(room)).toEqual(['Genom hotellets nät']);
});

test('what waits is sent by the next page when its own has been closed', async ({ guest, context, room }) => {
  room.refuse = () => ({ status: 503, body: '{"error":"Startar om"}' });
  await write(guest, 'Ur en stängd flik');
  await expect.poll(() => room.posts).toBe(1);
  await guest.close();
  const next = await context.newPage();
  await enter(next, room);
  await expect(pending(next)).toHaveText(['Inte sparat: Ur en stängd flik']);
  room.refuse = undefined;
  await settled(next);
  expect(written(room)).toEqual(['Ur en stängd flik']);
});

test('another person in the same browser does not send what was left', async ({ guest, context, room }) => {
  room.refuse = ({ fields }) => (fields.get('text') === 'A:s' ? { status: 503, body: '{}' } : undefined);
  await write(guest, 'A:s');
  await guest.close();
  const other = await context.newPage();
  await other.goto(`${room.url}/?person=b`);
  await shows(other, room);
  await write(other, 'B:s');
  await expect.poll(() => written(room)).toEqual(['B:s']);
  await expect(pending(other)).toHaveCount(0);
});

for (const locks of [true, false]) {
  test(`two tabs of one person send each thing once, with${locks ? '' : 'out'} the browser’s locks`, async ({ context, room }) => {
    if (!locks) await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
    const [one, two] = [await context.newPage(), await context.newPage()];
    for (const page of [one, two]) await enter(page, room);
    await context.setOffline(true);
    for (const text of ['Ett', 'Tre']) await write(one, text);
    for (const text of ['Två', 'Fyra']) await write(two, text);
    // Each tab shows what waits in the other.
    for (const page of [one, two]) await expect(pending(page)).toHaveCount(4);
    await context.setOffline(false);
    await settled(one);
    expect(written(room)).toEqual(['Ett', 'Tre', 'Två', 'Fyra']);
    expect(room.posts).toBe(4);
    for (const page of [one, two]) await expect(pending(page)).toHaveCount(0);
  });
}

test('what the server refuses is given back where it was typed, with its reason', async ({ guest, room }) => {
  room.refuse = () => refused(409, 'Skrivandet är avslutat.');
  await write(guest, 'Försent');
  await expect(guest.locator('#besked')).toHaveText('Skrivandet är avslutat.');
  await expect(field(guest)).toHaveValue('Försent');
  await expect(pending(guest)).toHaveCount(0);
  expect(room.posts).toBe(1);
  room.refuse = undefined;
  await field(guest).press('Enter');
  await settled(guest);
  expect(written(room)).toEqual(['Försent']);
  await expect(guest.locator('#besked')).toBeEmpty();
});

test('refused words whose field has other words now are listed until they are taken away', async ({ guest, room }) => {
  let answer: () => void = () => {};
  const asked = new Promise<void>((done) => (answer = done));
  await guest.route('**/gor', async (route) => {
    await asked;
    await route.fulfill({ status: 422, json: { error: 'För långt.' } });
  });
  await write(guest, 'Mina ord');
  await field(guest).fill('Nästa');
  answer();
  await expect(guest.locator('#besked p')).toHaveText('För långt.');
  await expect(guest.getByLabel('Din text')).toHaveValue('Mina ord');
  await expect(field(guest)).toHaveValue('Nästa');
  await guest.reload();
  await expect(guest.getByLabel('Din text')).toHaveValue('Mina ord');
  await guest.getByRole('button', { name: 'Ta bort' }).click();
  await expect(guest.locator('#besked')).toBeEmpty();
  await settled(guest);
});

test('an answer that nobody can read is not tried for ever', async ({ page, room }) => {
  await page.clock.install();
  await enter(page, room);
  room.refuse = ({ fields }) => (fields.get('text') === 'Stoppas' ? { status: 413, body: 'no', type: 'text/plain' } : undefined);
  await write(page, 'Stoppas');
  await write(page, 'Går fram');
  await expect.poll(async () => (await page.clock.runFor(2000), written(room))).toEqual(['Går fram']);
  expect(room.posts).toBe(6);
  await expect(field(page)).toHaveValue('Stoppas');
});

test('a field that has been sent shows what became of it', async ({ guest, room }) => {
  room.change(scene(form('Förr')));
  await guest.getByLabel('Namn').fill('  Nytt   namn ');
  await guest.getByLabel('Två').check();
  await guest.getByRole('button', { name: 'Spara' }).click();
  await settled(guest);
  expect(room.deeds[0]!.fields.toString()).toMatch(/&gor=andra&namn=\+\+Nytt\+\+\+namn\+&nu=2&vad=spara$/);
  room.change(scene(form('Nytt namn', ' checked')));
  await expect(guest.getByLabel('Namn')).toHaveValue('Nytt namn');
  await expect(guest.getByLabel('Ett')).toBeChecked();
});

test('a refused form keeps its words and loses its choices', async ({ guest, room }) => {
  room.change(scene(form('Förr', ' checked')));
  room.refuse = () => refused(409, 'Någon annan hann före.');
  await guest.getByLabel('Namn').fill('Mitt');
  await guest.getByLabel('Två').check();
  await guest.getByRole('button', { name: 'Spara' }).click();
  await expect(guest.locator('#besked')).toHaveText('Någon annan hann före.');
  await expect(guest.getByLabel('Namn')).toHaveValue('Mitt');
  await expect(guest.getByLabel('Ett')).toBeChecked();
});

test('two quick presses of one button are one', async ({ guest, context, room }) => {
  room.change(scene(form('Förr')));
  await shows(guest, room);
  await guest.getByRole('button', { name: 'Spara' }).dblclick();
  await settled(guest);
  expect(room.deeds).toHaveLength(1);
  await context.setOffline(false);
});

test.describe('a form that sends itself', () => {
  test.use({
    extra:
      '<form data-live data-auto><input type="hidden" name="gor" value="rosta"><label><input type="radio" name="varde" value="3"> Tre</label></form>' +
      '<form data-live data-clear><input type="hidden" name="gor" value="anteckna"><label>Anteckning <textarea name="text" data-enter></textarea></label></form>',
  });
  test('does so when it is changed, or on Enter', async ({ guest, room }) => {
    // Clicked, not checked: this server does not show the choice again, so it may be gone at once.
    await guest.getByLabel('Tre').click();
    await guest.getByLabel('Anteckning').fill('Rad ett');
    await guest.getByLabel('Anteckning').press('Shift+Enter');
    await guest.getByLabel('Anteckning').pressSequentially('rad två');
    await guest.getByLabel('Anteckning').press('Enter');
    await settled(guest);
    expect(room.deeds.map(({ fields }) => [fields.get('gor'), fields.get('varde') ?? fields.get('text')])).toEqual([
      ['rosta', '3'],
      ['anteckna', 'Rad ett\nrad två'],
    ]);
  });
});

test('a lock that sleeps with its tab is taken over', async ({ page, room }) => {
  await page.clock.install();
  await enter(page, room);
  await page.evaluate(() => {
    void navigator.locks.request('utkorg /gor a ', () => new Promise(() => {})).catch(() => {});
  });
  await write(page, 'Bakom en sovande flik');
  await expect(pending(page)).toHaveCount(1);
  expect(room.posts).toBe(0);
  await page.clock.runFor(22_000);
  await expect.poll(() => written(room)).toEqual(['Bakom en sovande flik']);
});

async function kept(page: Page, room: Room): Promise<void> {
  await enter(page, room);
  room.refuse = () => ({ status: 503, body: '{}' });
  await write(page, 'I minnet');
  await expect(page.locator('#besked')).toHaveText('Webbläsaren kan inte spara.');
  await expect(pending(page)).toHaveText(['Inte sparat: I minnet']);
  room.refuse = undefined;
  await expect(pending(page)).toHaveCount(0);
  await expect(page.locator('#besked')).toBeEmpty();
  expect(written(room)).toEqual(['I minnet']);
}

test('a browser whose storage is full says so and sends from memory', async ({ page, room }) => {
  await full(page);
  await kept(page, room);
});

test('a browser that forbids storage says so and sends from memory', async ({ page, room }) => {
  await forbidden(page);
  await kept(page, room);
});
