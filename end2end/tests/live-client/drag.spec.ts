import type { CDPSession, Page } from '@playwright/test';
import { board, expect, list, scene, shows, test } from './fixtures';
import type { Room } from './room';

const start = { Plan: ['a', 'b'], Drift: ['c'], Tomt: [] };
test.use({ tree: board(start) });
// What the browser has no style sheet for here: places of some height beside each other.
test.beforeEach(async ({ guest }) => {
  await guest.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '#tavla { display: flex; align-items: start } .omrade { width: 200px; min-height: 300px; padding: 0; list-style: none } .kort { height: 60px } [data-handle] { touch-action: none }',
    );
    document.adoptedStyleSheets = [sheet];
  });
});

const cards = (page: Page, area: string) => page.locator(`[data-drop=${area}] > li`);
const handle = (page: Page, card: string) => page.getByRole('button', { name: `Flytta ${card}` });
const order = async (page: Page, area: string, ids: string[]) =>
  expect.poll(() => cards(page, area).evaluateAll((all) => all.map((card) => (card as HTMLElement).dataset.drag))).toEqual(ids);
const moves = (room: Room) =>
  room.deeds.map(({ fields }) => ['gor', 'formaga', 'omrade', 'fore'].map((name) => fields.get(name)).join(' '));

/** Where a card is, a little from its upper edge. */
async function at(page: Page, selector: string, down = 0.2): Promise<{ x: number; y: number }> {
  const box = (await page.locator(selector).boundingBox())!;
  return { x: box.x + 60, y: box.y + box.height * down };
}

test('a card is dragged with the mouse to before another, and lies there at once', async ({ guest, room }) => {
  const [from, to] = [await at(guest, '#kort-a', 0.8), await at(guest, '#kort-c')];
  await guest.mouse.move(from.x, from.y);
  await guest.mouse.down();
  await guest.mouse.move(from.x + 10, from.y, { steps: 3 });
  await expect(guest.locator('.drag-ghost')).toBeVisible();
  await guest.mouse.move(to.x, to.y, { steps: 5 });
  await expect(guest.locator('#kort-c')).toHaveClass(/drop-before/);
  await guest.mouse.up();
  await order(guest, 'Drift', ['a', 'c']);
  await expect(guest.locator('.drag-ghost, .drop-over, .dragging')).toHaveCount(0);
  await expect.poll(() => moves(room)).toEqual(['flytta a Drift c']);
  room.change(board({ Plan: ['b'], Drift: ['a', 'c'], Tomt: [] }));
  await shows(guest, room);
  await order(guest, 'Drift', ['a', 'c']);
});

test('Escape lets a dragged card go, and what is let go where it was is not sent', async ({ guest, room }) => {
  const [from, to] = [await at(guest, '#kort-a', 0.8), await at(guest, '[data-drop=Tomt]', 0.5)];
  for (const cancelled of [true, false]) {
    await guest.mouse.move(from.x, from.y);
    await guest.mouse.down();
    await guest.mouse.move(to.x, to.y, { steps: 5 });
    await expect(guest.locator('[data-drop=Tomt]')).toHaveClass(/drop-over.*drop-end|drop-end.*drop-over/);
    if (cancelled) await guest.keyboard.press('Escape');
    else await guest.mouse.move(from.x, from.y, { steps: 5 });
    await guest.mouse.up();
    await expect(guest.locator('.drag-ghost')).toHaveCount(0);
  }
  await order(guest, 'Plan', ['a', 'b']);
  expect(room.posts).toBe(0);
});

test('a move that the server refuses is taken back', async ({ guest, room }) => {
  room.refuse = () => ({ status: 409, body: '{"error":"Kartan är låst."}' });
  await handle(guest, 'a').press('Enter');
  await handle(guest, 'a').press('ArrowRight');
  await handle(guest, 'a').press('Enter');
  await expect(guest.locator('#besked')).toHaveText('Kartan är låst.');
  await order(guest, 'Plan', ['a', 'b']);
  await order(guest, 'Drift', ['c']);
});

test('a card is moved with the keyboard, and every step is told', async ({ guest, room }) => {
  const said = guest.locator('#besked-skarm');
  const grip = handle(guest, 'a');
  await grip.focus();
  await guest.keyboard.press('Space');
  await expect(said).toHaveText('a lyft, 1 av 2 i Plan');
  await expect(grip).toHaveAttribute('aria-pressed', 'true');
  await guest.keyboard.press('ArrowDown');
  await expect(said).toHaveText('2 av 2 i Plan');
  await guest.keyboard.press('ArrowRight');
  await expect(said).toHaveText('2 av 2 i Drift');
  await guest.keyboard.press('ArrowUp');
  await expect(said).toHaveText('1 av 2 i Drift');
  await expect(guest.locator('#kort-c')).toHaveClass(/drop-before/);
  // What others do meanwhile does not take the card out of hand.
  room.change(board({ Plan: ['b', 'a'], Drift: ['d', 'c'], Tomt: [] }));
  await shows(guest, room);
  await expect(grip).toBeFocused();
  await guest.keyboard.press('Enter');
  await expect(said).toHaveText('a lagd, 2 av 3 i Drift');
  await order(guest, 'Drift', ['d', 'a', 'c']);
  await expect(grip).toBeFocused();
  await expect(grip).not.toHaveAttribute('aria-pressed');
  await expect.poll(() => moves(room)).toEqual(['flytta a Drift c']);
});

test('Escape, leaving the card, or its going away ends a move by keyboard', async ({ guest, room }) => {
  const said = guest.locator('#besked-skarm');
  for (const end of ['Escape', 'Tab']) {
    await handle(guest, 'a').press('Enter');
    await guest.keyboard.press('ArrowRight');
    await expect(said).toHaveText('1 av 2 i Drift');
    await guest.keyboard.press(end);
    await expect(said).toHaveText('a ligger kvar');
    await expect(guest.locator('.drop-over')).toHaveCount(0);
  }
  await handle(guest, 'a').press('Enter');
  room.change(board({ ...start, Plan: ['b'] }));
  await expect(said).toHaveText('a ligger kvar');
  await expect(guest.locator('.drop-over')).toHaveCount(0);
  expect(room.posts).toBe(0);
});

test('cards that others move keep the focus and the page as they are', async ({ guest, room }) => {
  await handle(guest, 'b').focus();
  room.change(board({ Plan: ['c', 'b', 'a'], Drift: [], Tomt: [] }));
  await order(guest, 'Plan', ['c', 'b', 'a']);
  await expect(handle(guest, 'b')).toBeFocused();
  room.change(board({ Plan: ['c', 'a'], Drift: [], Tomt: ['b'] }));
  await order(guest, 'Tomt', ['b']);
  await expect(handle(guest, 'b')).toBeFocused();
  // A place that goes away leaves its cards to where they are next.
  room.change(board({ Nytt: ['b'], Plan: ['c', 'a'] }));
  await order(guest, 'Nytt', ['b']);
  await expect(handle(guest, 'b')).toBeFocused();
  room.change(scene(list('slut', { z: 'Slut' })));
  await shows(guest, room);
  await expect(guest.locator('main')).toBeFocused();
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });
  test('cards that others move slide, and new ones fade in', async ({ guest, room }) => {
    await guest.evaluate(() => {
      const { animate } = Element.prototype;
      const animated: string[] = [];
      Element.prototype.animate = function (...all) {
        animated.push(`${this.id} ${Object.keys((all[0] as Keyframe[])[0]!)}`);
        return animate.apply(this, all);
      };
      Object.assign(window, { animated });
    });
    room.change(board({ Plan: ['b', 'ny'], Drift: ['c', 'a'], Tomt: [] }));
    await shows(guest, room);
    expect(await guest.evaluate('animated')).toEqual(['kort-a transform', 'kort-b transform', 'kort-ny opacity']);
  });
});

test('without motion, nothing moves', async ({ guest, room }) => {
  await guest.evaluate(() => {
    Element.prototype.animate = () => {
      throw new Error('animated');
    };
  });
  room.change(board({ Plan: ['b', 'ny'], Drift: ['c', 'a'], Tomt: [] }));
  await shows(guest, room);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 640, height: 800 } });
  const touch = (session: CDPSession, type: string, ...touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints });

  test('the handle drags at once, and the card when it has been held', async ({ guest, context, room }) => {
    const session = await context.newCDPSession(guest);
    for (const held of [false, true]) {
      const card = held ? 'b' : 'a';
      const box = (await (held ? guest.locator('#kort-b') : handle(guest, card)).boundingBox())!;
      const from = { x: box.x + (held ? 4 : box.width / 2), y: box.y + (held ? 50 : box.height / 2) };
      const to = await at(guest, '[data-drop=Tomt]', 0.9);
      await touch(session, 'touchStart', from);
      if (held) await expect(guest.locator('.drag-ghost')).toBeVisible();
      await touch(session, 'touchMove', { x: from.x + 12, y: from.y });
      await expect(guest.locator('.drag-ghost')).toBeVisible();
      await touch(session, 'touchMove', to);
      await expect(guest.locator('[data-drop=Tomt]')).toHaveClass(/drop-end/);
      await touch(session, 'touchEnd');
      await order(guest, 'Tomt', held ? ['a', 'b'] : ['a']);
    }
    await expect.poll(() => moves(room)).toEqual(['flytta a Tomt ', 'flytta b Tomt ']);
  });

  test('a finger that strays at once scrolls and drags nothing', async ({ guest, context, room }) => {
    const session = await context.newCDPSession(guest);
    // On the card, beside its handle, and not before everything stands where it will stand.
    await guest.evaluate(() => document.fonts.ready);
    await guest.locator('#kort-b').hover({ trial: true });
    const box = (await guest.locator('#kort-b').boundingBox())!;
    const from = { x: box.x + 4, y: box.y + 50 };
    // Time stands still, so that the finger has not been held for long, however slow the machine is.
    await guest.clock.install();
    await guest.clock.pauseAt(Date.now() + 60_000);
    await touch(session, 'touchStart', from);
    // As a finger does, a little at a time: a leap may be taken for a tap on what is under it.
    for (const up of [12, 24, 36, 48]) await touch(session, 'touchMove', { x: from.x, y: from.y - up });
    await touch(session, 'touchEnd');
    await expect(guest.locator('.drag-ghost')).toHaveCount(0);
    expect(moves(room)).toEqual([]);
  });
});

test('the page scrolls when a card is dragged to its edge', async ({ guest }) => {
  await guest.setViewportSize({ width: 700, height: 320 });
  const from = await at(guest, '#kort-a', 0.8);
  await guest.mouse.move(from.x, from.y);
  await guest.mouse.down();
  await guest.mouse.move(from.x, 315, { steps: 5 });
  await expect.poll(() => guest.evaluate(() => scrollY)).toBeGreaterThan(50);
  await guest.keyboard.press('Escape');
  await guest.mouse.up();
});
