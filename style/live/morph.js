// Changes a tree of the page into the one that the server sent, and leaves alone what the person has under hand:
// focus, selection, changed fields, opened details and everything within [data-keep].

/** The element that the server wrote. */
export const parsed = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
};

const FIELDS = "input, textarea, select";
const initial = (select) => Math.max(0, [...select.options].findIndex((option) => option.defaultSelected));

/** Whether a field holds something else than the server put there. */
export const changed = (field) =>
  field.options
    ? field.selectedIndex !== initial(field)
    : /^(radio|checkbox)$/.test(field.type)
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue;

/** Puts back in a field what the server put there. */
export const reset = (field) => {
  if (field.options) field.selectedIndex = initial(field);
  else if (/^(radio|checkbox)$/.test(field.type)) field.checked = field.defaultChecked;
  else if (field.value !== field.defaultValue) field.value = field.defaultValue;
};

/**
 * Puts nodes in their order before `end` (at the end if null), without moving the one that has the focus.
 * @param {Element} parent
 * @param {Node[]} wanted
 * @param {Node?} end
 */
export const arrange = (parent, wanted, end) => {
  const active = document.activeElement;
  const still = wanted.findIndex((node) => node.parentNode === parent && node.contains(active));
  let spot = still < 0 ? end : wanted[still];
  for (const node of wanted.slice(0, still < 0 ? wanted.length : still).reverse()) {
    if (node.parentNode !== parent || node.nextSibling !== spot) parent.insertBefore(node, spot);
    spot = node;
  }
  if (still < 0) return;
  spot = wanted[still];
  for (const node of wanted.slice(still + 1)) {
    if (spot.nextSibling !== node) spot.after(node);
    spot = node;
  }
};

// What makes an element the same as another of its name.
const key = (node) => {
  const attribute = (name) => node.getAttribute?.(name) ?? "";
  return attribute("id") || attribute("name") + (/^(radio|checkbox)$/.test(node.type) ? `=${attribute("value")}` : "");
};

/**
 * Makes nodes of an element into those that the server wrote, and returns them. Nodes are the same by id, else by
 * name, else by order among those with the same tag.
 * @param {Element} parent
 * @param {Node[]} from nodes of `parent` to be used or taken away
 * @param {Node[]} to
 * @param {Node?} end
 */
export const morphChildren = (parent, from, to, end) => {
  const left = new Set(from);
  const pairs = to.map((node) => {
    for (const old of left) {
      if (old.nodeName !== node.nodeName || key(old) !== key(node)) continue;
      left.delete(old);
      return [old, node];
    }
    return [node, node];
  });
  for (const node of left) node.remove();
  arrange(parent, pairs.map(([node]) => node), end);
  return pairs.map(([node, like]) => morph(node, like));
};

const morphAttributes = (from, to) => {
  for (const { name, value } of to.attributes) {
    if (name !== "open" && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (name !== "open" && name !== "style" && !to.hasAttribute(name)) from.removeAttribute(name);
  }
};

/**
 * Makes an element into the one that the server wrote; only another tag is put in its place.
 * @param {boolean} [shallow] whether to leave what is inside
 * @returns {Node} what stands in the page
 */
export const morph = (from, to, shallow) => {
  if (from === to || from.isEqualNode(to)) return from;
  if (from.nodeName !== to.nodeName) {
    from.replaceWith(to);
    return to;
  }
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return from;
  }
  const field = from.matches(FIELDS) && from;
  const own = field && changed(field) && { value: field.value, checked: field.checked };
  morphAttributes(from, to);
  if (from.nodeName === "TEXTAREA") from.defaultValue = to.defaultValue;
  else if (!shallow && !from.hasAttribute("data-keep")) morphChildren(from, [...from.childNodes], [...to.childNodes], null);
  if (!field) return from;
  if (!own) reset(field);
  else if (/^(radio|checkbox)$/.test(field.type)) field.checked = own.checked;
  else if (field.value !== own.value) field.value = own.value;
  return from;
};

/** Does something to the page and gives the focus back to what had it, with its selection. */
export const keepingFocus = (work) => {
  const active = document.activeElement;
  const { id, selectionStart, selectionEnd, selectionDirection } = active ?? {};
  work();
  if (!active || active === document.body || document.activeElement === active) return;
  const again = active.isConnected ? active : id && document.getElementById(id);
  (again || document.querySelector("main[tabindex]"))?.focus({ preventScroll: true });
  if (again && selectionStart != null) again.setSelectionRange?.(selectionStart, selectionEnd, selectionDirection);
};

/** Whether the person wants to see things move. */
export const motion = () => matchMedia("(prefers-reduced-motion: no-preference)").matches;

/** Lets what has been moved slide to its place from where it stood. */
export const slide = (found) => {
  if (!motion()) return;
  for (const [card, { left, top }] of found) {
    const now = card.getBoundingClientRect();
    const [x, y] = [left - now.left, top - now.top];
    if (!card.isConnected || (!x && !y)) continue;
    card.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], { duration: 180, easing: "ease-out" });
  }
};
