// A workshop's page that follows what happens. Without it, the page works by being loaded again.
//
// The page gives, outside of all parts:
//   #live         around both trees: data-stream, data-poll, data-post, data-person; gets data-ready when this runs
//   #anslutning   data-ok, data-waiting, data-offline, data-polling; gets the class of the same name
//   #besked       data-refused, data-storage, data-removed, data-words, data-copy-label, data-close-label
//   #besked-skarm what only those who listen are told
//   data-pending  the list of what waits, with data-pending-label
// Forms: data-live, data-clear (text fields are emptied), data-auto (sent when changed); textarea data-enter.
// Times: data-ends, data-left, data-late with data-late-text. Cards and places: see drag.js. data-keep: left alone.
import { tell, tick } from "./clock.js";
import { dragging } from "./drag.js";
import { changed, reset } from "./morph.js";
import { drafts, named, texts } from "./drafts.js";
import { outbox } from "./outbox.js";
import { listen } from "./stream.js";
import { view } from "./parts.js";

/** Whether the page may load itself again: not twice within half a minute. */
const once = () => {
  try {
    const before = Number(sessionStorage.getItem("om"));
    sessionStorage.setItem("om", Date.now());
    return Date.now() - before > 30000;
  } catch {
    return false;
  }
};

const start = (root) => {
  const { stream, poll, post, person } = root.dataset;
  const at = (id) => document.getElementById(id);
  const forms = () => [...document.querySelectorAll("form[data-live]")];
  const typed = drafts(`utkast ${new URL(post, location.href).pathname} ${person}`);

  // The connection's state, always in sight; what is over within a second is not worth a word.
  let state;
  let telling;
  const tellState = () => {
    const line = at("anslutning");
    const now = box.failures && state === "ok" ? "waiting" : state;
    const named = now === "waiting" && !navigator.onLine ? "offline" : now;
    if (!line || line.classList.contains(named)) return;
    line.classList.remove("ok", "waiting", "offline", "polling");
    line.classList.add(named);
    line.textContent = line.dataset[named] ?? "";
  };
  const say = (now) => {
    if (now === state && now !== "ok") return;
    // The server is back: what waits for it need not wait out its time.
    if (now !== "waiting" && state === "waiting") box.send();
    state = now;
    clearTimeout(telling);
    if (now === "ok" || !navigator.onLine) tellState();
    else telling = setTimeout(tellState, 1000);
  };

  // What was refused, in words, with everything that could not be given back to where it was typed.
  const notice = at("besked");
  let error = "";
  const button = (text, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button quiet";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  };
  const copy = async (field) => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
  };
  const complain = (text) => {
    error = text;
    tellNotice();
  };
  let noticed = "";
  const tellNotice = () => {
    const back = box.refused().filter(({ words }) => words.length);
    const memory = box.fleeting() && notice?.dataset.storage;
    const now = JSON.stringify([error, memory, back.map(({ op }) => op)]);
    if (!notice || now === noticed) return;
    noticed = now;
    notice.replaceChildren();
    for (const text of new Set([memory, error, ...back.map(({ refused }) => refused || notice.dataset.refused)])) {
      const line = document.createElement("p");
      line.textContent = text;
      if (text) notice.append(line);
    }
    for (const entry of back) {
      const field = document.createElement("textarea");
      field.readOnly = true;
      field.value = entry.words.map(([, text]) => text).join("\n");
      field.setAttribute("aria-label", notice.dataset.words ?? "");
      const row = document.createElement("div");
      row.className = "returned";
      row.append(
        field,
        button(notice.dataset.copyLabel ?? "", () => copy(field)),
        button(notice.dataset.closeLabel ?? "", () => box.drop(entry)),
      );
      notice.append(row);
    }
  };

  // What is typed and not yet confirmed. What is confirmed at once is not listed at all.
  const tellPending = () => {
    const list = document.querySelector("[data-pending]");
    const waiting = box.queue().filter(({ words }) => words.length);
    const old = waiting.filter(({ at }) => box.failures || Date.now() - at >= 400);
    if (old.length < waiting.length) setTimeout(tellPending, 400);
    if (!list) return;
    const rows = new Map([...list.children].map((row) => [row.dataset.op, row]));
    for (const { op, words } of old) {
      if (rows.delete(op)) continue;
      const row = document.createElement("li");
      const label = document.createElement("span");
      row.dataset.op = op;
      label.textContent = list.dataset.pendingLabel ?? "";
      row.append(label, ` ${words.map(([, text]) => text).join(" ")}`);
      list.append(row);
    }
    for (const row of rows.values()) row.remove();
  };

  // Fields that have been sent and stand as they were, until the page shows what became of them.
  const sent = new Map();
  let settling = [];
  const settle = () => {
    settling = settling.filter(({ fields, seq }) => {
      if (seq > page.seq) return true;
      for (const [field, value] of fields) if (field.value === value) reset(field);
      return false;
    });
  };

  const box = outbox({
    post,
    person,
    changed() {
      tellNotice();
      tellPending();
      tellState();
    },
    confirmed({ op }, seq) {
      if (sent.has(op)) settling.push({ fields: sent.get(op), seq });
      sent.delete(op);
      settle();
    },
    refused({ op, form, words }, text) {
      complain(text || notice?.dataset.refused || "");
      page.restore();
      for (const [field] of sent.get(op) ?? []) if (!texts(field.form ?? { elements: [] }).includes(field)) reset(field);
      sent.delete(op);
      const own = forms().find((one) => named(one) === form);
      const back = words.map(([name, text]) => [own && texts(own).find((field) => field.name === name), text]);
      // Words go back where they were typed, unless something else stands there now.
      if (!back.every(([field, text]) => field && ["", field.defaultValue, text].includes(field.value.trim()))) return false;
      for (const [field, text] of back) {
        field.value = text;
        typed.note(field);
      }
      return true;
    },
  });

  const put = (fields, words, form) => {
    error = "";
    return box.add(fields, words, form);
  };

  const page = view(() => {
    typed.restore();
    settle();
    tell();
    moved();
  });
  const moved = dragging({
    view: page,
    move: (card, zone, next) =>
      put(new URLSearchParams({ gor: "flytta", formaga: card, omrade: zone, fore: next })),
    announce(text) {
      const line = at("besked-skarm");
      if (line) line.textContent = text;
    },
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-live]")) return;
    event.preventDefault();
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    const { submitter } = event;
    if (submitter?.name) fields.append(submitter.name, submitter.value);
    const written = texts(form).filter((field) => field.value.trim());
    const words = written.map((field) => [field.name, field.value.trim()]);
    const clear = "clear" in form.dataset;
    const op = put(fields, words, named(form));
    if (op && !clear) sent.set(op, [...form.elements].filter(changed).map((field) => [field, field.value]));
    for (const field of written) {
      if (clear) field.value = "";
      typed.forget(field);
    }
    if (clear) written[0]?.focus();
  });
  document.addEventListener("change", ({ target }) => {
    if (target.form?.matches("form[data-live][data-auto]")) target.form.requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    const { target, key, shiftKey, isComposing } = event;
    if (key !== "Enter" || shiftKey || isComposing || !target.matches("form[data-live] textarea[data-enter]")) return;
    event.preventDefault();
    target.form.requestSubmit();
  });
  addEventListener("beforeunload", (event) => {
    if (box.fleeting()) event.preventDefault();
  });

  listen({
    stream,
    poll,
    view: page,
    take: (message, base) => page.take(message, base),
    tick,
    say,
    removed() {
      if (box.queue().length || box.refused().length || typed.any() || !once()) complain(notice?.dataset.removed ?? "");
      else location.reload();
    },
  });
  typed.restore();
  box.send();
  root.dataset.ready = "";
};

const root = document.querySelector("#live");
if (root) start(root);
