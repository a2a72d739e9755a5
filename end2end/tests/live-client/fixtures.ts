import { type Page, test as base, expect } from '@playwright/test';
import { watch } from '../support/fixtures';
import { type Part, Room } from './room';

export { expect };
export type { Part };

/** A list of texts, each a part. */
export function list(id: string, texts: Record<string, string>): Part {
  const children = Object.entries(texts).map(([id, text]) => ({ id, html: `<li id="${id}">${text}</li>` }));
  return { id, html: `<ul id="${id}"></ul>`, children };
}

/** A scene of parts. */
export const scene = (...children: Part[]): Part => ({ id: 'scen', html: '<div id="scen"></div>', children });

/** Areas with cards that can be moved between them. */
export function board(areas: Record<string, string[]>): Part {
  const card = (id: string): Part => ({
    id: `kort-${id}`,
    html: `<li id="kort-${id}" class="kort" data-drag="${id}" data-name="${id}">${id} <button type="button" data-handle>Flytta ${id}</button></li>`,
  });
  const children = Object.entries(areas).map(([area, cards]) => ({
    id: `omrade-${area}`,
    html: `<ul id="omrade-${area}" class="omrade" data-drop="${area}" data-name="${area}"></ul>`,
    children: cards.map(card),
  }));
  return scene({
    id: 'tavla',
    html:
      '<div id="tavla" data-grabbed="{namn} lyft, {plats} av {antal} i {omrade}" data-moved="{plats} av {antal} i {omrade}" ' +
      'data-dropped="{namn} lagd, {plats} av {antal} i {omrade}" data-cancelled="{namn} ligger kvar"></div>',
    children,
  });
}

type ForTests = {
  /** What the room begins with. */
  tree: Part;
  /** What stands in the page outside of all parts. */
  extra: string;
  room: Room;
  /** A page that shows the room. */
  guest: Page;
};

export const test = base.extend<ForTests>({
  tree: [scene(list('kort', { a: 'Ett', b: 'Två' })), { option: true }],
  extra: ['', { option: true }],
  room: async ({ tree, extra }, use) => {
    const room = await Room.start(tree, extra);
    await use(room);
    await room.stop();
  },
  guest: async ({ page, context, room }, use) => {
    const faults = watch(context);
    await enter(page, room);
    await use(page);
    expect(faults).toEqual([]);
  },
});

/** Waits until a page shows what the room holds. */
export const shows = (page: Page, room: Room) => expect(page.locator('html')).toHaveAttribute('data-state', room.state);

/** Opens the room's page and waits until it follows. */
export async function enter(page: Page, room: Room): Promise<void> {
  await page.goto(room.url);
  await shows(page, room);
}

/** Writes a card in the form outside of the parts. */
export async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Text').fill(text);
  await page.getByLabel('Text').press('Enter');
}

/** The texts that have been sent, in their order. */
export const written = (room: Room) => room.deeds.map(({ fields }) => fields.get('text'));
