// Listens to the server: a stream of events, or questions every other second where a proxy holds the stream back.

/** How long the first message may take, and how long the stream may be silent, in milliseconds. */
const FIRST = 4000;
const SILENCE = 25000;
/** How often to ask instead, and how often to try the stream again, in milliseconds. */
const ASK = 2000;
const AGAIN = 60000;

/**
 * @param {object} to
 * @param {string} to.stream the stream's address
 * @param {string} to.poll where to ask instead
 * @param {{ id: string?, seq: number }} to.view what is shown
 * @param {(message: object, base: number) => boolean} to.take shows a message; false if everything must be sent again
 * @param {(now: number) => void} to.tick is told the server's clock
 * @param {(state: "ok" | "waiting" | "polling" | "offline") => void} to.say
 * @param {() => void} to.removed is told that this person may not see this any more, when listening has ended
 */
export const listen = ({ stream, poll, view, take, tick, say, removed }) => {
  let source, watch, retry, next, question;
  let failures = 0;
  let misfits = 0;
  let breaks = 0;
  let stopped = false;
  // Whether the stream has been silent, as behind a proxy that holds it back.
  let held = false;

  const at = (address) => {
    const url = new URL(address, location.href);
    if (view.id) url.searchParams.set("har", view.id);
    return url;
  };
  const close = () => {
    source?.close();
    source = null;
    clearTimeout(watch);
    clearTimeout(retry);
  };
  const later = (wait) => {
    clearTimeout(retry);
    retry = setTimeout(open, wait);
  };
  const stopAsking = () => {
    clearTimeout(next);
    question?.abort();
    question = null;
  };
  const stop = () => {
    close();
    stopAsking();
  };
  const gone = () => {
    stopped = true;
    stop();
    removed();
  };

  // A stream that has been silent is trusted again when something has come after its first message: a proxy that
  // holds small pieces back may well let the first large one through.
  const open = () => {
    close();
    if (document.hidden || stopped) return;
    const own = (source = new EventSource(at(stream)));
    const base = view.seq;
    let events = 0;

    const fail = (silent = false) => {
      if (source !== own) return;
      close();
      const trusted = events > 1;
      if (trusted) breaks = 0;
      held ||= silent;
      say("waiting");
      if (silent || !events) ask();
      if (silent) later(trusted ? 0 : AGAIN);
      else later(events ? Math.min(10000, (200 + Math.random() * 800) * 2 ** breaks++) : AGAIN);
    };
    const wait = (time) => {
      clearTimeout(watch);
      watch = setTimeout(fail, time, true);
    };
    const on = (name, react) =>
      own.addEventListener(name, ({ data }) => {
        if (source !== own) return;
        wait(SILENCE);
        if (++events > 1) held = false;
        if (!held) {
          stopAsking();
          say("ok");
        }
        const said = JSON.parse(data || "{}");
        if (said.now) tick(said.now);
        react(said);
      });

    wait(FIRST);
    on("delar", (message) => {
      if (take(message, base)) misfits = 0;
      else {
        close();
        later(misfits++ && Math.min(500 * 2 ** misfits, 10000));
      }
    });
    on("puls", () => {});
    on("slut", ({ why }) => {
      if (why === "borttagen") gone();
      else fail();
    });
    own.addEventListener("open", () => source === own && wait(FIRST));
    own.addEventListener("error", () => fail());
  };

  const ask = async () => {
    clearTimeout(next);
    question?.abort();
    if (document.hidden || stopped) return;
    const own = (question = new AbortController());
    const late = setTimeout(() => own.abort(), 10000);
    let wait = ASK;
    try {
      const answer = await fetch(at(poll), { headers: { accept: "application/json" }, cache: "no-store", signal: own.signal });
      if (question !== own) return;
      // Only our own server's word counts: what stands between may answer anything.
      if ([401, 403, 404, 410].includes(answer.status) && (await answer.json()).error) return gone();
      if (!answer.ok) throw 0;
      if (answer.status === 200) {
        const message = await answer.json();
        if (question !== own) return;
        tick(message.now);
        if (!take(message, -1)) wait = 200;
      }
      say("polling");
      // The server is back, so the stream may be too.
      if (failures && !source) later(0);
      failures = 0;
    } catch {
      if (question !== own) return;
      wait = Math.min(5000, 250 * 2 ** ++failures) * (0.75 + Math.random() / 2);
      say("waiting");
    } finally {
      clearTimeout(late);
    }
    next = setTimeout(ask, wait);
  };

  const begin = () => {
    if (stopped) return;
    const asked = question;
    stop();
    if (asked) ask();
    open();
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return begin();
    const asked = question;
    stop();
    question = asked;
  });
  addEventListener("pageshow", ({ persisted }) => persisted && begin());
  addEventListener("online", begin);
  addEventListener("offline", () => {
    say("waiting");
    close();
    failures = 1;
    ask();
  });
  begin();
};
