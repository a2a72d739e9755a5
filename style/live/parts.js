// What the server has rendered, part by part, and the page that shows it.
import { arrange, keepingFocus, morph, morphChildren, motion, parsed, slide } from "./morph.js";

/** @typedef {{ html: string, order?: string[], sum?: number }} Part with an order, a list of parts */
/** @typedef {Map<string, Part>} Known the root first, parents before children */

// FNV-1a, 32 bits, over UTF-16 code units.
const fnv = (text) => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
};

/**
 * The hash of all parts, as the server computes it: eight hexadecimal digits.
 * @param {Known} known
 */
export const digest = (known) => {
  let sum = 0;
  for (const [id, part] of known) {
    part.sum ??= fnv(`${id}\n${part.html}\n${(part.order ?? []).join(" ")}`);
    sum = (sum + part.sum) >>> 0;
  }
  return sum.toString(16).padStart(8, "0");
};

/**
 * What is known after a message, or null if the message builds on something that is not.
 * @param {Known} known
 * @param {boolean} whole whether the message tells everything
 * @returns {Known?}
 */
export const merged = (known, parts, whole) => {
  const all = new Map(whole ? [] : known);
  for (const { id, html, order } of parts) {
    const old = all.get(id);
    if (html == null && !old) return null;
    all.set(id, { html: html ?? old.html, order: order ?? old?.order });
  }
  const next = new Map();
  let gap = false;
  const walk = (id) => {
    const part = all.get(id);
    if (!part) gap = true;
    if (!part || next.has(id)) return;
    next.set(id, part);
    part.order?.forEach(walk);
  };
  const [root] = all.keys();
  if (root != null) walk(root);
  return gap ? null : next;
};

const same = (one, other) => one === other || (one?.length === other?.length && one?.every((id, at) => id === other[at]));
const element = (id) => document.getElementById(id);

/** Where the parts stand that a change of order may move. */
const places = (before, after) => {
  const found = new Map();
  if (!motion() || document.hidden) return found;
  for (const [id, { order }] of after) {
    const old = before.get(id)?.order;
    if (!old || !order || same(old, order)) continue;
    for (const child of [...old, ...order]) {
      const card = !after.get(child)?.order && element(child);
      if (card) found.set(card, card.getBoundingClientRect());
    }
  }
  return found;
};

/**
 * Changes the page from one state to another.
 * @param {Known} before
 * @param {Known} after
 */
export const show = (before, after) => {
  const found = places(before, after);
  const fresh = [];
  const gone = [];
  const place = (id) => {
    const there = element(id);
    if (!there && before.size) fresh.push(id);
    return there ?? parsed(after.get(id).html);
  };
  keepingFocus(() => {
    for (const [id, { html, order }] of after) {
      const old = before.get(id);
      let own = element(id);
      if (!own) continue;
      if (!order) {
        if (old?.html !== html && own.outerHTML !== html) morph(own, parsed(html));
        continue;
      }
      if (old?.html === html && same(old.order, order)) continue;
      const wanted = order.map(place);
      const parts = new Set([...wanted, ...(old?.order ?? []).map(element)]);
      for (const part of parts) if (part && !after.has(part.id)) gone.push(part);
      if (old?.html !== html) {
        const like = parsed(html);
        own = morph(own, like, true);
        // Beside its parts, a list may have a heading that comes first.
        const rest = [...own.childNodes].filter((node) => !parts.has(node) && !after.has(node.id));
        const first = [...own.childNodes].find((node) => !rest.includes(node)) ?? null;
        if (own !== like) morphChildren(own, rest, [...like.childNodes], first);
      }
      arrange(own, wanted, null);
    }
    for (const part of gone) part.remove();
  });
  slide(found);
  if (!motion()) return;
  for (const id of fresh) element(id)?.animate([{ opacity: 0 }, { opacity: 1 }], 150);
};

/** Puts every part where the server has it, when something has been moved ahead of the answer. */
export const rearrange = (known) => {
  const lists = new Map([...known].map(([id, part]) => [id, part.order ? { ...part, order: [] } : part]));
  show(lists, known);
};

/**
 * The state of the page: both trees and the message they came from.
 * @param {() => void} shown is told after every change
 */
export const view = (shown) => {
  let known = new Map();
  let mine = new Map();
  return {
    /** The newest message that is shown, or null when the next must be whole. */
    id: null,
    /** That message's number in the log; -1 before the first. */
    seq: -1,
    /** Whether the page is being changed right now. */
    busy: false,

    /**
     * Shows a message, unless it is older than what is shown.
     * @param {number} base the number that was shown when its connection was opened: a whole state that is older
     *   than that is the server's truth, since nothing has overtaken it
     * @returns {boolean} false if everything must be asked for again
     */
    take(message, base) {
      const seq = Number(message.id.split("-")[0]);
      if (seq < this.seq && !(message.whole && base === this.seq)) return true;
      const next = merged(known, message.parts, message.whole);
      const hash = next && digest(next);
      const right = next && message.id === `${seq}-${hash}`;
      if (!right && !message.whole) {
        this.id = null;
        return false;
      }
      if (!right) console.error(`live: ${message.id} does not fit what was sent: ${hash}`);
      this.busy = true;
      try {
        if (next) show(known, next);
        known = next ?? known;
        const own = message.mine && merged(mine, message.mine.parts, true);
        if (own) show(mine, own);
        mine = own || mine;
      } finally {
        this.busy = false;
      }
      this.id = message.id;
      this.seq = seq;
      if (hash) document.documentElement.dataset.state = hash;
      shown();
      return true;
    },

    /** Puts every part back where the server has it. */
    restore() {
      rearrange(known);
      shown();
    },
  };
};
