// Moves cards between places with mouse, pen, finger or keyboard. [data-drag] is a card, [data-handle] the button in
// it, [data-drop] a place and [data-cards] within it what holds the cards, if that is not the place itself.
import { keepingFocus, slide } from "./morph.js";

/** How far a pointer may stray before it drags, in pixels, and how long a finger rests on a card, in milliseconds. */
const STRAY = 6;
const HOLD = 250;
/** How near an edge the page begins to scroll, in pixels. */
const EDGE = 56;

const CONTROLS = "a, button, input, select, textarea, summary, label, [contenteditable]";

const zones = () => [...document.querySelectorAll("[data-drop]")];
const zoneOf = (node) => node?.closest("[data-drop]");
const cardsIn = (zone) => [...zone.querySelectorAll("[data-drag]")];
const nameOf = (node) => node?.dataset.name ?? "";
/** The card that another comes before in its place, if any. */
const after = (card) => cardsIn(zoneOf(card))[cardsIn(zoneOf(card)).indexOf(card) + 1] ?? null;

/** The card before which one is put that is let go over a place; null for the end. */
const before = (zone, moved, x, y) => {
  const cards = cardsIn(zone).filter((card) => card !== moved);
  const boxes = cards.map((card) => card.getBoundingClientRect());
  const column = boxes.every(({ left }) => Math.abs(left - boxes[0].left) < 2);
  const at = boxes.findIndex(({ left, right, top, bottom }) =>
    column ? y < (top + bottom) / 2 : y < top || (y < bottom && x < (left + right) / 2),
  );
  return cards[at] ?? null;
};

/**
 * @param {object} to
 * @param {(card: string, zone: string, before: string) => void} to.move sends a card to a place
 * @param {(text: string) => void} to.announce says something to those who do not see the page
 * @param {{ busy: boolean }} to.view tells when the page is being changed by the server's word
 * @returns {() => void} to be called when the server's word has changed the page
 */
export const dragging = ({ move, announce, view }) => {
  /** What is under way: `card`, where it would go (`zone`, `next`), and either `pointer` or `keys`. */
  let held = null;
  let ghost, hold, frame;
  let clicks = false;

  const say = (name, { card, zone, next }) => {
    const words = document.querySelector("[data-grabbed]")?.dataset[name] ?? "";
    const others = cardsIn(zone).filter((one) => one !== card);
    const fill = {
      namn: nameOf(card),
      omrade: nameOf(zone),
      plats: (next ? others.indexOf(next) : others.length) + 1,
      antal: others.length + 1,
    };
    announce(words.replace(/\{(\w+)\}/g, (all, key) => fill[key] ?? all));
  };

  const unmark = () => {
    for (const name of ["drop-over", "drop-before", "drop-end", "dragging"]) {
      for (const node of document.querySelectorAll(`.${name}`)) node.classList.remove(name);
    }
    for (const handle of document.querySelectorAll("[data-handle][aria-pressed]")) handle.removeAttribute("aria-pressed");
  };
  const mark = () => {
    unmark();
    const { card, zone, next, keys } = held;
    card.classList.add("dragging");
    zone?.classList.add("drop-over", ...(next ? [] : ["drop-end"]));
    next?.classList.add("drop-before");
    if (keys) card.querySelector("[data-handle]")?.setAttribute("aria-pressed", "true");
  };

  const end = () => {
    const was = held;
    held = null;
    clearTimeout(hold);
    cancelAnimationFrame(frame);
    ghost?.remove();
    ghost = null;
    unmark();
    return was;
  };
  const cancel = () => {
    const was = end();
    if (was?.keys) say("cancelled", was);
  };
  const drop = () => {
    const was = end();
    const { card, zone, next, keys } = was;
    if (keys) say("dropped", was);
    if (!zone || (zoneOf(card) === zone && after(card) === next)) return;
    // Shown at once; what the server then says is what counts.
    const from = new Map([[card, card.getBoundingClientRect()]]);
    const list = next?.parentNode ?? (zone.matches("[data-cards]") ? zone : zone.querySelector("[data-cards]")) ?? zone;
    keepingFocus(() => list.insertBefore(card, next));
    if (keys) slide(from);
    move(card.dataset.drag, zone.dataset.drop, next?.dataset.drag ?? "");
  };

  // With a pointer.

  const over = () => {
    const { x, y, card } = held;
    const zone = zoneOf(document.elementFromPoint(x, y));
    const next = zone && before(zone, card, x, y);
    if (zone === held.zone && next === held.next) return;
    Object.assign(held, { zone, next });
    mark();
  };
  /** Scrolls what lies under the pointer and has more beyond the edge that the pointer is near. */
  const scroll = () => {
    const { x, y } = held;
    const speed = (at, from, to) => (at < from + EDGE ? at - from - EDGE : at > to - EDGE ? at - to + EDGE : 0) / 4;
    const page = document.scrollingElement;
    const within = (at, size) => Math.min(Math.max(at, 1), size - 1);
    let node = document.elementFromPoint(within(x, innerWidth), within(y, innerHeight));
    for (; node; node = node.parentElement) {
      const box = node === page ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight } : node.getBoundingClientRect();
      const moves = node === page || /auto|scroll/.test(getComputedStyle(node).overflow);
      if (moves) node.scrollBy(speed(x, box.left, box.right), speed(y, box.top, box.bottom));
    }
    over();
    frame = requestAnimationFrame(scroll);
  };
  const lift = () => {
    clearTimeout(hold);
    const { card, startX, startY } = held;
    const box = card.getBoundingClientRect();
    ghost = card.cloneNode(true);
    for (const node of [ghost, ...ghost.querySelectorAll("[id], [name]")]) {
      node.removeAttribute("id");
      node.removeAttribute("name");
    }
    ghost.removeAttribute("data-drag");
    ghost.setAttribute("aria-hidden", "true");
    ghost.inert = true;
    ghost.classList.add("drag-ghost");
    const style = { position: "fixed", left: "0", top: "0", margin: "0", "pointer-events": "none", "z-index": "1000" };
    style.width = `${box.width}px`;
    for (const [name, value] of Object.entries(style)) ghost.style.setProperty(name, value);
    held.grip = [startX - box.left, startY - box.top];
    held.lifted = true;
    // A list keeps its meaning for those who listen: the ghost stands outside.
    document.body.append(ghost);
    follow();
    over();
    mark();
    scroll();
  };
  const follow = () => {
    const { x, y, grip } = held;
    ghost.style.setProperty("transform", `translate(${x - grip[0]}px, ${y - grip[1]}px)`);
  };

  document.addEventListener("pointerdown", (event) => {
    clicks = false;
    if (held?.pointer !== undefined || event.button || !event.isPrimary) return;
    const card = event.target.closest?.("[data-drag]");
    const handle = event.target.closest?.("[data-handle]");
    if (!card || (!handle && event.target.closest(CONTROLS))) return;
    if (held) {
      // A card in the keyboard's hand is put down by its own handle's click, and let go by anything else.
      if (handle && held.card === card) return;
      cancel();
    }
    const [x, y] = [event.clientX, event.clientY];
    const finger = event.pointerType === "touch" && !handle;
    held = { card, pointer: event.pointerId, x, y, startX: x, startY: y, finger };
    if (finger) hold = setTimeout(lift, HOLD);
  });
  document.addEventListener("pointermove", (event) => {
    if (held?.pointer !== event.pointerId) return;
    held.x = event.clientX;
    held.y = event.clientY;
    const strayed = Math.hypot(held.x - held.startX, held.y - held.startY) > STRAY;
    if (held.lifted) follow();
    else if (strayed && held.finger) end();
    else if (strayed) lift();
  });
  document.addEventListener("pointerup", (event) => {
    if (held?.pointer !== event.pointerId) return;
    if (!held.lifted) return end();
    clicks = true;
    held.x = event.clientX;
    held.y = event.clientY;
    over();
    drop();
  });
  document.addEventListener("pointercancel", (event) => {
    if (held?.pointer === event.pointerId) cancel();
  });
  // What is being dragged does not scroll, is not selected, opens no menu and follows no link.
  const still = (event) => {
    if (event.cancelable && (held?.lifted || (held?.pointer !== undefined && !held.finger))) event.preventDefault();
  };
  document.addEventListener("touchmove", still, { passive: false });
  document.addEventListener("selectstart", (event) => held?.lifted && event.preventDefault());
  document.addEventListener("contextmenu", (event) => held?.finger && event.preventDefault());
  document.addEventListener("dragstart", (event) => held && event.preventDefault());

  // With the keyboard, or whatever presses the handle.

  const step = (key) => {
    const { card, zone, next } = held;
    const others = (place) => cardsIn(place).filter((one) => one !== card);
    const cards = others(zone);
    const at = next ? cards.indexOf(next) : cards.length;
    if (key === "ArrowUp" || key === "ArrowDown") {
      const to = at + (key === "ArrowUp" ? -1 : 1);
      if (to < 0 || to > cards.length) return;
      held.next = cards[to] ?? null;
    } else {
      const all = zones();
      const place = all[all.indexOf(zone) + (key === "ArrowLeft" ? -1 : 1)];
      if (!place) return;
      held.zone = place;
      held.next = others(place)[at] ?? null;
    }
    mark();
    (held.next ?? held.zone).scrollIntoView({ block: "nearest", inline: "nearest" });
    say("moved", held);
  };
  document.addEventListener(
    "click",
    (event) => {
      if (clicks) {
        clicks = false;
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const card = event.target.closest?.("[data-handle]")?.closest("[data-drag]");
      if (!card) return;
      event.preventDefault();
      if (held?.keys && held.card === card) return drop();
      if (held) cancel();
      held = { card, keys: true, zone: zoneOf(card), next: after(card) };
      event.target.closest("[data-handle]").focus();
      mark();
      say("grabbed", held);
    },
    true,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (!held) return;
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        cancel();
      } else if (held.keys && /^Arrow(Up|Down|Left|Right)$/.test(event.key)) {
        event.preventDefault();
        step(event.key);
      }
    },
    true,
  );
  document.addEventListener("focusout", ({ target }) => {
    if (held?.keys && !view.busy && held.card.contains(target)) cancel();
  });

  return () => {
    if (!held) return;
    const { card, zone, next } = held;
    // Others may have moved, locked or taken away what is held, or the place it would go to.
    if (!card.isConnected || !card.matches("[data-drag]") || (held.keys && !zone.isConnected)) return cancel();
    if (held.keys) {
      if (next && (!next.isConnected || zoneOf(next) !== zone)) held.next = null;
      if (!card.contains(document.activeElement)) return cancel();
      mark();
    } else if (held.lifted) {
      held.zone = undefined;
      over();
    }
  };
};
