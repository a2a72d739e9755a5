// What this person has done and the server has not confirmed: kept in the browser, sent in order, one at a time and
// each once, whatever happens to the page, the network or the server. Two tabs share one outbox.

/** @typedef {{ key: string, op: string, body: string, words: [string, string][], form: string, at: number, refused?: string }} Entry */

let latest = 0;
/**
 * A new operation's id, a UUID of version 7: what has been written is listed in the order of its ids, which is that of
 * time. crypto.randomUUID is neither, and not there on plain http.
 */
export const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  latest = Math.max(Date.now(), latest + 1);
  for (let at = 5, left = latest; at >= 0; at--, left = Math.floor(left / 256)) bytes[at] = left % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

/** How long an answer is waited for, and how long a lock that nothing comes out of is respected, in milliseconds. */
const LATE = 15000;
const STUCK = 20000;

/**
 * @param {object} to
 * @param {string} to.post where commands go
 * @param {string} to.person whose outbox it is
 * @param {() => void} to.changed is told when something comes or goes
 * @param {(entry: Entry, seq: number) => void} to.confirmed
 * @param {(entry: Entry, error: string) => boolean} to.refused gives words back; true if they are safe, else they stay
 */
export const outbox = ({ post, person, changed, confirmed, refused }) => {
  const prefix = `utkorg ${new URL(post, location.href).pathname} ${person} `;
  const lease = `nyckel ${prefix}`;
  const tab = uuid();
  // What the browser's storage would not take.
  const memory = new Map();
  let last = 0;
  let running = false;
  let blockedSince = 0;
  let odd = 0;
  let timer;

  const all = () => {
    const found = [...memory.values()];
    let keys = [];
    try {
      keys = Object.keys(localStorage);
    } catch {}
    for (const key of keys) {
      if (!key.startsWith(prefix) || memory.has(key)) continue;
      try {
        found.push({ ...JSON.parse(localStorage.getItem(key)), key });
      } catch {}
    }
    return found.sort((one, other) => (one.key < other.key ? -1 : 1));
  };
  const keep = ({ key, ...entry }) => {
    try {
      localStorage.setItem(key, JSON.stringify(entry));
      memory.delete(key);
    } catch {
      memory.set(key, { key, ...entry });
    }
  };
  const drop = ({ key }) => {
    memory.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {}
  };
  const queue = () => all().filter((entry) => entry.refused == null);

  // Only one tab sends at a time. A lock whose tab sleeps is taken over: the server knows every operation again.
  const hold = () => localStorage.setItem(lease, `${tab} ${Date.now() + STUCK}`);
  const holder = () => (localStorage.getItem(lease) ?? "").split(" ");
  const alone = async (work) => {
    if (navigator.locks) {
      const stuck = blockedSince && Date.now() - blockedSince > STUCK;
      try {
        return await navigator.locks.request(prefix, stuck ? { steal: true } : { ifAvailable: true }, async (lock) => {
          if (lock) await work(() => {});
          return !!lock;
        });
      } catch (fault) {
        // A browser that forbids storage forbids locks too.
        if (fault.name !== "SecurityError") throw fault;
      }
    }
    try {
      const [other, until] = holder();
      if (other && other !== tab && until > Date.now()) return false;
      hold();
      await new Promise((done) => setTimeout(done, 30));
      if (holder()[0] !== tab) return false;
    } catch {
      // Without storage there is nothing to share.
      await work(() => {});
      return true;
    }
    try {
      await work(hold);
    } finally {
      if (holder()[0] === tab) localStorage.removeItem(lease);
    }
    return true;
  };

  /** Sends one; false if it must be tried again. */
  const attempt = async (entry) => {
    const late = new AbortController();
    const end = setTimeout(() => late.abort(), LATE);
    let status, said;
    try {
      const answer = await fetch(post, {
        method: "POST",
        body: entry.body,
        headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
        keepalive: entry.body.length < 8000,
        signal: late.signal,
      });
      status = answer.status;
      said = await answer.json();
    } catch {
    } finally {
      clearTimeout(end);
    }
    // Only our own server's word counts: what stands between may answer anything.
    if (status === 200 && said?.seq != null) {
      drop(entry);
      odd = 0;
      confirmed(entry, said.seq);
      return true;
    }
    const final = status >= 400 && status < 500 && ![408, 425, 429].includes(status);
    if (!final || (!said?.error && ++odd < 5)) return false;
    odd = 0;
    const error = said?.error ?? "";
    if (refused(entry, error)) drop(entry);
    else keep({ ...entry, refused: error });
    return true;
  };

  const box = {
    /** How many attempts in a row have failed. */
    failures: 0,

    /**
     * Puts something in.
     * @param {URLSearchParams} fields
     * @param {[string, string][]} [words] what the person has typed in it, by field
     * @param {string} [form] where it was typed
     * @returns {string?} the operation; none for a second press of the same button
     */
    add(fields, words = [], form = "") {
      const waiting = all();
      // A second press of the same button is not a second wish.
      const same = waiting.find((entry) => entry.form === form && Date.now() - entry.at < 600);
      const op = uuid();
      fields.delete("op");
      if (form && same?.body === `op=${same?.op}&${fields}`) return null;
      last = Math.max(Date.now(), last + 1, ...waiting.map(({ key }) => Number.parseInt(key.slice(prefix.length), 10) + 1));
      const key = `${prefix}${String(last).padStart(15, "0")} ${op}`;
      keep({ key, op, body: `op=${op}&${fields}`, words, form, at: Date.now() });
      changed();
      box.send();
      return op;
    },

    /** Sends what there is. */
    async send() {
      clearTimeout(timer);
      if (running) return;
      running = true;
      let sent = false;
      try {
        sent = await alone(async (renew) => {
          for (let [entry] = queue(); entry; [entry] = queue()) {
            renew();
            if (!(await attempt(entry))) {
              box.failures++;
              break;
            }
            box.failures = 0;
            changed();
          }
        });
      } catch {}
      running = false;
      blockedSince = sent ? 0 : blockedSince || Date.now();
      changed();
      if (!queue().length) return (box.failures = 0);
      const wait = Math.min(10000, 250 * 2 ** box.failures) * (0.75 + Math.random() / 2);
      timer = setTimeout(box.send, !sent ? 1000 : box.failures ? wait : 0);
    },

    /** What waits to be sent. */
    queue,
    /** What the server refused, whose words nobody has taken care of. */
    refused: () => all().filter((entry) => entry.refused != null),
    /** Whether something would be lost with the page. */
    fleeting: () => memory.size > 0,
    drop(entry) {
      drop(entry);
      changed();
    },
  };

  addEventListener("storage", ({ key }) => {
    if (key !== null && !key.startsWith(prefix)) return;
    changed();
    if (queue().length) box.send();
  });
  for (const name of ["online", "pageshow"]) addEventListener(name, () => box.send());
  document.addEventListener("visibilitychange", () => document.hidden || box.send());
  return box;
};
