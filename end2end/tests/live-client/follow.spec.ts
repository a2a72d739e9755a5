import { type Part, enter, expect, list, scene, shows, test } from './fixtures';

const three = scene(list('kort', { c: 'Tre', a: 'Ett!', b: 'Två' }));
const form = (text: string, more = ''): Part => ({
  id: 'formular',
  html: `<form id="formular" data-live>${more}<input type="hidden" name="gor" value="andra"><label>Namn <input name="namn" value="${text}"></label><label><input type="radio" name="nu" value="1"> En</label><label><input type="radio" name="nu" value="2"> Två</label><details><summary>Mer</summary><p>${text}</p></details><button>Spara</button></form>`,
});

test('what changes on the server changes in the page, part by part', async ({ guest, room }) => {
  await expect(guest.locator('#anslutning')).toHaveText('Ansluten');
  await guest.locator('#b').evaluate((card) => Object.assign(card, { kept: true }));
  room.change(three);
  await shows(guest, room);
  await expect(guest.locator('#kort > li')).toHaveText(['Tre', 'Ett!', 'Två']);
  expect(await guest.locator('#b').evaluate((card) => 'kept' in card)).toBe(true);
  room.change(scene(list('kort', { b: 'Två' }), list('fler', { d: 'Fyra' })));
  await shows(guest, room);
  await expect(guest.locator('#scen li')).toHaveText(['Två', 'Fyra']);
  expect(room.streams).toEqual(['/strom?vy=delta']);
});

test('a stream that breaks is taken up again with nothing lost', async ({ guest, room }) => {
  const before = room.id;
  room.replace(three);
  room.cut();
  await shows(guest, room);
  expect(room.streams[1]).toBe(`/strom?vy=delta&har=${before}`);
  await expect(guest.locator('#kort > li')).toHaveText(['Tre', 'Ett!', 'Två']);
});

test('a server that is killed and started again is found by itself', async ({ guest, room }) => {
  room.down = true;
  room.cut();
  await expect(guest.locator('#anslutning')).toHaveText('Väntar');
  room.replace(three);
  room.down = false;
  await shows(guest, room);
  await expect(guest.locator('#anslutning')).toHaveText('Ansluten');
  expect(room.listeners).toBe(1);
});

test('a change that does not fit what is shown has everything sent again', async ({ guest, room }) => {
  const change = room.replace(three) as { parts: object[] };
  room.send({ ...change, parts: change.parts.slice(1) });
  await shows(guest, room);
  expect(room.streams).toEqual(['/strom?vy=delta', '/strom?vy=delta']);
  room.replace(scene(list('kort', { x: 'X' })));
  room.send({ ...room.whole(), whole: false, parts: [{ id: 'okand', order: ['x'] }] });
  await shows(guest, room);
  await expect(guest.locator('#kort > li')).toHaveText(['X']);
});

test('messages that come twice or too late change nothing', async ({ guest, room }) => {
  const second = room.replace(scene(list('kort', { a: 'Andra' })));
  const third = room.replace(scene(list('kort', { a: 'Tredje' })));
  room.send(second);
  room.send(third);
  await shows(guest, room);
  const seen = await guest.evaluateHandle(() => {
    const texts: string[] = [];
    new MutationObserver(() => texts.push(document.querySelector('#kort')!.textContent!)).observe(
      document.querySelector('#kort')!,
      { subtree: true, childList: true, characterData: true },
    );
    return texts;
  });
  for (const message of [second, third, second, third]) room.send(message);
  room.change(scene(list('kort', { a: 'Fjärde' })));
  await shows(guest, room);
  expect(await seen.jsonValue()).toEqual(['Fjärde']);
  expect(room.streams).toHaveLength(1);
});

test('of two states with one number, the later is shown', async ({ guest, room }) => {
  room.replace(scene(list('kort', { a: 'En är här' })));
  room.seq -= 1;
  room.send(room.whole());
  await shows(guest, room);
  await expect(guest.locator('#a')).toHaveText('En är här');
});

test('what is one’s own is shown beside what is everyone’s', async ({ guest, room }) => {
  room.mine = [{ id: 'mitt', html: '<div id="mitt"></div>', children: [{ id: 'eget', html: '<p id="eget">Mitt kort</p>' }] }];
  room.send({ ...room.replace(three), mine: (room.whole() as { mine: object }).mine });
  await expect(guest.locator('#mitt')).toHaveText('Mitt kort');
  room.change(scene(list('kort', { a: 'Fyra' })));
  await shows(guest, room);
  await expect(guest.locator('#mitt')).toHaveText('Mitt kort');
});

for (const held of ['all', 'rest'] as const) {
  test(`a stream that is held back (${held}) gives way to questions, and comes back when it can`, async ({ page, room }) => {
    room.held = held;
    await page.clock.install();
    await page.goto(room.url);
    await expect(page.locator('#live')).toHaveAttribute('data-ready');
    if (held === 'rest') await shows(page, room);
    await page.clock.fastForward(held === 'all' ? 4000 : 25_000);
    await expect.poll(() => room.questions.length).toBeGreaterThan(0);
    await expect(page.locator('#anslutning')).toHaveText('Frågar');
    room.replace(three);
    await page.clock.fastForward(2000);
    await shows(page, room);
    expect(room.listeners).toBe(0);
    room.held = undefined;
    await page.clock.fastForward(60_000);
    await expect.poll(() => room.listeners).toBe(1);
    room.send({ now: Date.now() }, 'puls');
    await expect(page.locator('#anslutning')).toHaveText('Ansluten');
    const questions = room.questions.length;
    await page.clock.fastForward(5000);
    room.change(scene(list('kort', { a: 'Åter' })));
    await shows(page, room);
    expect(room.questions).toHaveLength(questions);
  });
}

test('a tab that nobody sees does not listen, and catches up when it is seen', async ({ page, room }) => {
  await page.addInitScript(() => {
    let hidden = false;
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    Object.assign(window, {
      hide(now: boolean) {
        hidden = now;
        document.dispatchEvent(new Event('visibilitychange'));
      },
    });
  });
  await enter(page, room);
  await page.evaluate('hide(true)');
  await expect.poll(() => room.listeners).toBe(0);
  const before = room.id;
  room.replace(three);
  await page.evaluate('hide(false)');
  await shows(page, room);
  expect(room.streams[1]).toBe(`/strom?vy=delta&har=${before}`);
});

test('whoever has been removed is sent to the page that says so, unless something typed would be lost', async ({
  guest,
  room,
}) => {
  await guest.getByLabel('Text').fill('Halvskrivet');
  room.send({ why: 'borttagen' }, 'slut');
  await expect(guest.locator('#besked')).toHaveText('Du är inte längre med.');
  await expect(guest.getByLabel('Text')).toHaveValue('Halvskrivet');
  await guest.getByLabel('Text').fill('');
  await guest.reload();
  await shows(guest, room);
  const again = guest.waitForEvent('load');
  await guest.evaluate(() => sessionStorage.removeItem('om'));
  room.send({ why: 'borttagen' }, 'slut');
  await again;
});

test('a room that is no longer there is not asked for again', async ({ guest, room }) => {
  await guest.getByLabel('Text').fill('Halvskrivet');
  room.closed = true;
  room.cut();
  await expect(guest.locator('#besked')).toHaveText('Du är inte längre med.');
  await expect(guest.getByLabel('Text')).toHaveValue('Halvskrivet');
});

test('what is under hand survives every change around it', async ({ guest, room }) => {
  room.change(scene(form('Förr'), list('kort', { a: 'Ett' })));
  await shows(guest, room);
  const field = guest.getByLabel('Namn');
  await field.fill('Nytt namn');
  await field.evaluate((input: HTMLInputElement) => input.setSelectionRange(2, 5));
  await guest.getByLabel('Två').check();
  await guest.getByText('Mer').click();
  await field.focus();
  room.change(scene(list('kort', { b: 'Före' }), form('Annat', '<p>Högst upp</p>')));
  await shows(guest, room);
  await expect(field).toHaveValue('Nytt namn');
  await expect(field).toBeFocused();
  expect(await field.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd])).toEqual([2, 5]);
  await expect(guest.getByLabel('Två')).toBeChecked();
  await expect(guest.locator('details p')).toBeVisible();
  await expect(guest.locator('details p')).toHaveText('Annat');
  await expect(guest.getByText('Högst upp')).toBeVisible();
});

test('a field that nobody has changed shows what the server has', async ({ guest, room }) => {
  room.change(scene(form('Förr')));
  await expect(guest.getByLabel('Namn')).toHaveValue('Förr');
  room.change(scene(form('Senare')));
  await expect(guest.getByLabel('Namn')).toHaveValue('Senare');
});

test('what is typed in a form that goes away is there when the form is back, in a new page too', async ({ guest, room }) => {
  room.change(scene(form('Förr')));
  await guest.getByLabel('Namn').fill('Påbörjat');
  room.change(scene(list('kort', { a: 'Annat skede' })));
  await expect(guest.getByLabel('Namn')).toHaveCount(0);
  room.change(scene(form('Förr')));
  await expect(guest.getByLabel('Namn')).toHaveValue('Påbörjat');
  await guest.reload();
  await expect(guest.getByLabel('Namn')).toHaveValue('Påbörjat');
});

test('the time left is counted by the server’s clock', async ({ page, room }) => {
  const now = new Date('2026-11-22T09:40:00Z');
  const ahead = now.getTime() + 3_600_000;
  const clocks: Part = {
    id: 'tid',
    html: `<p id="tid"><b data-ends="${ahead + 10_000}">x</b><i data-left="90000">x</i><s data-late="${ahead - 110_000}" data-late-text="{n} min sena" data-late-hours="{h} tim {n} min sena"></s></p>`,
  };
  room.tree = scene(clocks);
  await page.clock.install({ time: now });
  await page.clock.pauseAt(now.getTime() + 1);
  const { whole } = room;
  room.whole = () => ({ ...whole.call(room), now: ahead + 1 });
  await page.goto(room.url);
  await shows(page, room);
  await expect(page.locator('b')).toHaveText('00.10');
  await expect(page.locator('i')).toHaveText('01.30');
  await expect(page.locator('s')).toHaveText('1 min sena');
  await page.clock.runFor(5000);
  await expect(page.locator('b')).toHaveText('00.05');
  await expect(page.locator('b')).not.toHaveClass(/over/);
  await page.clock.runFor(9000);
  await expect(page.locator('b')).toHaveText('+00.04');
  await expect(page.locator('b')).toHaveClass(/over/);
  await expect(page.locator('s')).toHaveText('2 min sena');
  await page.clock.fastForward(3_600_000);
  await expect(page.locator('s')).toHaveText('1 tim 2 min sena');
  await expect(page.locator('i')).toHaveText('01.30');
});
