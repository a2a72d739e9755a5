// Counts down, and says how late it is, by the server's clock.
let offset;

/** Notes what the server's clock shows; the message that was quickest on its way is the one to go by. */
export const tick = (now) => {
  const sample = now - Date.now();
  if (offset == null || sample > offset || sample < offset - 2000) offset = sample;
};

/** Milliseconds as minutes and seconds, such as 05.09; what is over has a plus. */
const shown = (left) => {
  const seconds = left > 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000);
  const two = (number) => String(number).padStart(2, "0");
  return `${left > 0 ? "" : "+"}${two(Math.floor(seconds / 60))}.${two(seconds % 60)}`;
};

const put = (place, text, name, on) => {
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle(name, on);
};

/** Writes the time in every place that shows one. */
export const tell = () => {
  const now = Date.now() + (offset ?? 0);
  for (const place of document.querySelectorAll("[data-ends], [data-left]")) {
    const { ends, left } = place.dataset;
    const time = ends ? ends - now : Number(left);
    put(place, shown(time), "over", time <= 0);
  }
  for (const place of document.querySelectorAll("[data-late]")) {
    const minutes = Math.floor((now - place.dataset.late) / 60000);
    const { lateText = "", lateHours = lateText } = place.dataset;
    const words = minutes < 60 ? lateText : lateHours.replace("{h}", Math.floor(minutes / 60));
    put(place, minutes > 0 ? words.replace("{n}", minutes < 60 ? minutes : minutes % 60) : "", "late", minutes > 0);
  }
};

setInterval(tell, 250);
