// Makes the slider of the replay live: a step's map is fetched when it is wanted and kept. Without it, the slider is a
// form and the steps are links.
const form = document.querySelector("#uppspelning");
if (form) {
  const range = form.elements.steg;
  const play = form.querySelector("[data-play]");
  const error = form.querySelector("[data-error]");
  const [words] = play.childNodes;
  const begin = words.textContent;
  const all = Number(range.max);
  const maps = new Map();
  let [shown, wanted] = [Number(range.value), Number(range.value)];
  let busy = false;
  let timer;

  const load = (step) => {
    if (!maps.has(step)) {
      const map = fetch(`?steg=${step}&del=1`).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      });
      map.catch(() => maps.delete(step));
      maps.set(step, map);
    }
    return maps.get(step);
  };
  // One at a time, and only the latest wanted: a quick hand does not ask for every step that it passes.
  const show = async () => {
    if (busy) return;
    busy = true;
    try {
      while (shown !== wanted) {
        const step = wanted;
        document.querySelector("#bild").outerHTML = await load(step);
        shown = step;
      }
      range.setAttribute("aria-valuetext", document.querySelector("#bild").dataset.said);
      history.replaceState(null, "", `?steg=${shown}`);
      error.hidden = true;
    } catch {
      pause();
      error.textContent = form.dataset.failed;
      error.hidden = false;
      [wanted, range.value] = [shown, shown];
    }
    busy = false;
  };
  const go = (step) => {
    wanted = Math.min(Math.max(step, 1), all);
    range.value = wanted;
    return show();
  };
  const pause = () => {
    clearTimeout(timer);
    timer = undefined;
    words.textContent = begin;
  };
  const next = async () => {
    if (shown < all) await go(shown + 1);
    if (timer === undefined) return;
    if (shown >= all) return pause();
    load(shown + 1).catch(() => {});
    timer = setTimeout(next, 900);
  };

  range.addEventListener("input", () => {
    pause();
    go(Number(range.value));
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    pause();
    const { go: to } = link.dataset;
    go({ first: 1, before: shown - 1, after: shown + 1, last: all }[to] ?? Number(to));
  });
  play.addEventListener("click", async () => {
    if (timer !== undefined) return pause();
    words.textContent = play.dataset.pause;
    timer = 0;
    if (shown >= all) await go(1);
    if (timer !== undefined) timer = setTimeout(next, 600);
  });
  play.hidden = all < 2;
  form.querySelector("[data-show]").hidden = true;
}
