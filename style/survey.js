// Keeps in the browser what has been typed until the server has it, and saves it as a draft. Without it, a page is
// saved when it is left. Under a page's path stand the changes that are not saved and the version of the page they
// began from; under the path with a ~, changes to a page that has been saved from somewhere else since.
const kept = (key) => {
  try {
    return JSON.parse(localStorage[key]);
  } catch {}
};
const any = (changes) => Object.keys(changes).length > 0;
const keep = (key, changes, version) => {
  try {
    if (any(changes)) localStorage[key] = JSON.stringify({ version, changes });
    else delete localStorage[key];
  } catch {}
};

// Which pages have something that is not saved.
const unsaved = document.querySelector("#osparat");
const tell = () => {
  unsaved.hidden = true;
  for (const link of unsaved.querySelectorAll("a")) {
    const there = kept(link.pathname) || kept(link.pathname + "~");
    link.closest("li").hidden = !there;
    if (there) unsaved.hidden = false;
  }
};
if (unsaved) addEventListener("pageshow", tell);

const form = document.querySelector("#svar");
if (form) {
  const key = location.pathname;
  const line = form.querySelector("[role=status]");
  const fields = [...form.elements].filter((field) => field.name?.includes("."));
  let { version } = form.dataset;
  let timer, request, leaving, left;

  // Every field by its name, as it is or as the server sent it, less the white space that the server takes away.
  const values = (sent) => {
    const found = {};
    for (const field of fields) {
      const value = !sent ? field.value : field.options ? field.querySelector("[selected]")?.value : field.defaultValue;
      const on = field.type != "radio" || (sent ? field.defaultChecked : field.checked);
      found[field.name] ??= "";
      if (on) found[field.name] = (field.type == "text" ? value.replace(/\s+/g, " ") : value ?? "").trim();
    }
    return found;
  };
  // What the server is known to have; of a page it has refused, nothing.
  let saved = "unsaved" in form.dataset ? {} : values(true);
  const unlike = (all) => Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== saved[name]));
  const note = () => keep(key, unlike(values()), version);

  const put = (changes) => {
    for (const field of fields.filter((field) => field.name in changes)) {
      const value = changes[field.name];
      if (field.type == "radio") field.checked = value && value == field.value;
      else field.value = value;
      if (value) field.closest("details")?.setAttribute("open", "");
    }
  };
  const say = (state) => {
    line.dataset.state = state;
    if (line.textContent != line.dataset[state]) line.textContent = line.dataset[state];
  };

  // At once, a running request is overtaken.
  const save = async (atOnce, keepalive) => {
    clearTimeout(timer);
    const all = values();
    if (left || (request && !atOnce) || !any(unlike(all))) return;
    request?.abort();
    const own = (request = new AbortController());
    const late = setTimeout(() => own.abort(), 10000);
    const body = new URLSearchParams(new FormData(form));
    let wait = 0;
    try {
      const answer = await fetch(key, { method: "POST", body, headers: { "x-draft": "1" }, keepalive, signal: own.signal });
      if (answer.status >= 500) throw 0;
      if (answer.status == 204) {
        saved = all;
        version = answer.headers.get("x-version");
      } else wait = -1;
      say(wait ? "wrong" : "saved");
    } catch {
      if (request != own) return;
      say(navigator.onLine ? "retry" : "offline");
      wait = 4000;
    }
    clearTimeout(late);
    request = null;
    note();
    if (wait >= 0) timer = setTimeout(save, wait);
  };

  if (!("unsaved" in form.dataset)) {
    const own = kept(key) ?? {};
    const changes = unlike(own.changes ?? {});
    if (own.version == version) put(changes);
    else keep(key + "~", { ...kept(key + "~")?.changes, ...changes });
    const aside = unlike(kept(key + "~")?.changes ?? {});
    keep(key + "~", aside);
    const offer = document.querySelector("#framtag");
    offer.hidden = !any(aside);
    offer.querySelector("button").addEventListener("click", () => {
      put(aside);
      note();
      keep(key + "~", {});
      offer.hidden = true;
      fields.find((field) => field.name in aside).focus();
      save();
    });
    note();
    save();
  }

  form.addEventListener("input", () => {
    note();
    clearTimeout(timer);
    timer = setTimeout(save, 700);
  });
  // What is left in the browser is what the server has not confirmed, so it is asked to before the page is left.
  form.addEventListener("submit", async (event) => {
    if (left || !any(unlike(values()))) return (left = true);
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    await save(true);
    leaving = false;
    if (!navigator.onLine) return;
    left = true;
    form.requestSubmit(event.submitter);
  });
  addEventListener("pageshow", (event) => {
    left = false;
    if (event.persisted) save(true);
  });
  addEventListener("pagehide", () => save(true, true));
  addEventListener("online", () => save(true));
}
