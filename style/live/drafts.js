// Keeps what is being typed in this tab, so that a form that goes away and comes back, or a page that is loaded
// again, has it still.

/** The text fields of a form. */
export const texts = (form) =>
  [...form.elements].filter((field) => field.matches("textarea, input:not([type]), input[type=text], input[type=search]"));

/** What tells a form from others, however often its HTML is made anew. */
export const named = (form) =>
  form.getAttribute("id") ||
  [...form.elements]
    .filter((field) => field.type === "hidden" && !["op", "till"].includes(field.name))
    .map((field) => `${field.name}=${field.value}`)
    .join("&");

/**
 * @param {string} prefix whose drafts these are
 */
export const drafts = (prefix) => {
  const seen = new WeakSet();
  const key = (field) => `${prefix} ${named(field.form)} ${field.name}`;
  const forget = (field) => {
    try {
      sessionStorage.removeItem(key(field));
    } catch {}
  };
  const note = (field) => {
    if (field.value === field.defaultValue) return forget(field);
    try {
      sessionStorage.setItem(key(field), field.value);
    } catch {}
  };
  const fields = () => [...document.querySelectorAll("form[data-live]")].flatMap(texts);
  document.addEventListener("input", ({ target }) => {
    if (target.form?.matches("form[data-live]") && texts(target.form).includes(target)) note(target);
  });
  return {
    note,
    forget,

    /** Puts back what was typed in fields that are new in the page. */
    restore() {
      for (const field of fields()) {
        if (seen.has(field)) continue;
        seen.add(field);
        try {
          const draft = sessionStorage.getItem(key(field));
          if (draft && field.value === field.defaultValue) field.value = draft;
        } catch {}
      }
    },

    /** Whether something typed has not been sent. */
    any: () => fields().some((field) => field.value !== field.defaultValue),
  };
};
