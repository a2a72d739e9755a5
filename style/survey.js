// Keeps in the browser what has been typed and saves it as a draft. Without it, a page is saved when it is left.
const home = location.pathname.split("/").slice(0, 3).join("/") + "/";
if (document.querySelector("[data-submitted]")) {
  for (const name of Object.keys(localStorage)) if (name.startsWith(home)) localStorage.removeItem(name);
}

const form = document.querySelector("#svar");
if (form) {
  const key = location.pathname;
  const line = form.querySelector("[role=status]");
  const fields = [...form.elements].filter((field) => field.name?.includes("."));
  let timer, request, left, sent;

  const now = (asServed) => {
    const values = {};
    for (const field of fields) {
      const option = asServed && field.options && [...field.options].find((one) => one.defaultSelected);
      const value = (field.options ? (asServed ? option?.value : field.value) : asServed ? field.defaultValue : field.value) ?? "";
      const on = field.type != "radio" || (asServed ? field.defaultChecked : field.checked);
      if (on && value.trim()) values[field.name] = value.trim();
    }
    return JSON.stringify(values);
  };

  const say = (state) => {
    line.dataset.state = state;
    if (line.textContent != line.dataset[state]) line.textContent = line.dataset[state];
  };

  const put = (values) => {
    for (const field of fields) {
      const value = values[field.name] ?? "";
      if (field.type == "radio") field.checked = value == field.value && value != "";
      else {
        field.value = value;
        if (value) field.closest("details").open = true;
      }
    }
  };

  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(key));
  } catch {}
  // What the server is known to have.
  let saved = "unsaved" in form.dataset ? kept?.saved : now(true);

  const keep = () => {
    try {
      const typed = now();
      if (typed == saved) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ saved, sent, typed }));
    } catch {}
  };

  const save = async () => {
    clearTimeout(timer);
    const typed = now();
    if (left || request || typed == saved) return;
    sent = typed;
    keep();
    request = new AbortController();
    let wait = 0;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(key, { method: "POST", body, headers: { "x-draft": "1" }, keepalive: true, signal: request.signal });
      if (answer.status == 204) {
        saved = typed;
        say("saved");
      } else if (answer.status < 500) {
        say("wrong");
        wait = -1;
      } else throw 0;
    } catch {
      say(navigator.onLine ? "retry" : "offline");
      wait = 4000;
    }
    request = 0;
    keep();
    if (wait >= 0) timer = setTimeout(save, wait);
  };

  // Newer than what the server sent: typed after it, and nobody has saved anything else since.
  if (kept && kept.typed != saved && [kept.saved, kept.sent].includes(saved) && !("unsaved" in form.dataset)) {
    put(JSON.parse(kept.typed));
    save();
  } else if (!("unsaved" in form.dataset)) keep();

  form.addEventListener("input", () => {
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, 700);
  });
  form.addEventListener("submit", () => {
    left = true;
    request?.abort?.();
    sent = now();
    keep();
  });
  addEventListener("pageshow", () => (left = false));
  addEventListener("pagehide", save);
  addEventListener("online", save);
}
