import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

const modules = resolve(__dirname, '../../../style/live');

/** A piece of the page, as the server renders it; with children, a list. */
export type Part = { id: string; html: string; children?: Part[] };
/** What a browser asked to have done. */
export type Deed = { op: string; fields: URLSearchParams };

type Flat = Map<string, { html: string; order?: string[] }>;

/** The parts of a tree, parents before children. */
function flat(part: Part, into: Flat = new Map()): Flat {
  into.set(part.id, { html: part.html, order: part.children?.map((child) => child.id) });
  for (const child of part.children ?? []) flat(child, into);
  return into;
}

/** The whole HTML of a tree. */
function html(part: Part): string {
  const end = part.html.lastIndexOf('</');
  return part.children ? part.html.slice(0, end) + part.children.map(html).join('') + part.html.slice(end) : part.html;
}

/** The hash of a tree, by the protocol's own words. */
export function hash(part: Part): string {
  let sum = 0;
  for (const [id, { html, order = [] }] of flat(part)) {
    let own = 2166136261;
    for (const unit of `${id}\n${html}\n${order.join(' ')}`.split('')) {
      own = Math.imul(own ^ unit.charCodeAt(0), 16777619) >>> 0;
    }
    sum = (sum + own) % 2 ** 32;
  }
  return sum.toString(16).padStart(8, '0');
}

/** A server that speaks the live protocol about one tree, and can be made to misbehave. */
export class Room {
  url = '';
  /** What is in the room now; changed through `change`. */
  tree: Part;
  mine: Part[] = [{ id: 'mitt', html: '<div id="mitt"></div>', children: [] }];
  seq = 1;
  /** Everything that has been done, in the order in which it was. */
  readonly deeds: Deed[] = [];
  /** Every POST that came, those that were not answered included. */
  posts = 0;
  /** The addresses of the streams and of the questions that have come. */
  readonly streams: string[] = [];
  readonly questions: string[] = [];
  /** Whether the stream is held back by something on the way, wholly or after its first message. */
  held: 'all' | 'rest' | undefined;
  /** Answers a command otherwise than with 200. */
  refuse?: (deed: Deed) => { status: number; body: string; type?: string } | undefined;
  /** Whether every connection breaks, as when the server has been killed. */
  down = false;
  /** Whether this person may no longer see the room. */
  closed = false;
  /** Whether commands are done but their answers lost. */
  mute = false;

  private readonly open = new Set<ServerResponse>();
  private readonly done = new Map<string, number>();
  private server!: Server;

  private constructor(
    tree: Part,
    private readonly extra: string,
  ) {
    this.tree = tree;
  }

  /** Starts one; `extra` stands in the page outside of all parts. */
  static async start(tree: Part, extra = ''): Promise<Room> {
    const room = new Room(tree, extra);
    room.server = createServer((asked, answer) => void room.answer(asked, answer));
    await new Promise<void>((ready) => room.server.listen(0, '127.0.0.1', ready));
    room.url = `http://127.0.0.1:${(room.server.address() as AddressInfo).port}`;
    return room;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** How many streams are open. */
  get listeners(): number {
    return this.open.size;
  }

  get id(): string {
    return `${this.seq}-${hash(this.tree)}`;
  }

  /** The id that a browser shows when it has everything. */
  get state(): string {
    return hash(this.tree);
  }

  /** The whole state as a message. */
  whole(): object {
    const parts = [...flat(this.tree)].map(([id, part]) => ({ id, ...part }));
    const mine = this.mine.flatMap((tree) => [...flat(tree)].map(([id, part]) => ({ id, ...part })));
    return { id: this.id, now: Date.now(), whole: true, parts, mine: { parts: mine } };
  }

  /** Puts another tree in place and returns the message that tells what changed. */
  replace(tree: Part): object {
    const before = flat(this.tree);
    this.tree = tree;
    this.seq += 1;
    const parts = [];
    for (const [id, part] of flat(tree)) {
      const old = before.get(id);
      const html = old?.html === part.html ? undefined : part.html;
      const order = String(old?.order) === String(part.order) && old ? undefined : part.order;
      if (html !== undefined || order !== undefined) parts.push({ id, html, order });
    }
    return { id: this.id, now: Date.now(), whole: false, parts, mine: null };
  }

  /** Puts another tree in place and tells everybody what changed. */
  change(tree: Part): void {
    this.send(this.replace(tree));
  }

  /** Sends something to all that listen. */
  send(message: object, event = 'delar'): void {
    for (const stream of this.open) this.write(stream, message, event);
  }

  /** Breaks every stream, as a network does that goes away for a moment. */
  cut(): void {
    for (const stream of this.open) stream.destroy();
  }

  private write(stream: ServerResponse, message: object, event: string): void {
    const id = 'id' in message ? `id: ${message.id}\n` : '';
    if (this.held !== 'all') stream.write(`event: ${event}\n${id}data: ${JSON.stringify(message)}\n\n`);
  }

  private async answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(asked.url!, this.url);
    if (pathname === '/gor') this.posts += 1;
    if (this.down) return void asked.socket.destroy();
    const json = (status: number, body: object) =>
      answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (this.closed && ['/strom', '/lage'].includes(pathname)) return void json(410, { error: 'Avslutad.' });
    if (pathname === '/strom') return this.listen(asked, answer);
    if (pathname === '/lage') {
      this.questions.push(asked.url!);
      return void (searchParams.get('har') === this.id ? answer.writeHead(204).end() : json(200, this.whole()));
    }
    if (pathname === '/gor') {
      const chunks: Buffer[] = [];
      for await (const chunk of asked) chunks.push(chunk as Buffer);
      const fields = new URLSearchParams(Buffer.concat(chunks).toString());
      const deed = { op: fields.get('op')!, fields };
      const refused = this.refuse?.(deed);
      if (refused) {
        const type = refused.type ?? 'application/json';
        return void answer.writeHead(refused.status, { 'content-type': type }).end(refused.body);
      }
      const known = this.done.get(deed.op);
      if (known === undefined) {
        this.deeds.push(deed);
        this.done.set(deed.op, this.seq);
      }
      if (this.mute) return void asked.socket.destroy();
      return void json(200, { seq: known ?? this.seq });
    }
    if (/^\/live\/\w+\.js$/.test(pathname)) {
      const script = await readFile(join(modules, pathname.slice('/live/'.length)));
      return void answer.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    }
    if (pathname !== '/') return void answer.writeHead(404).end();
    answer.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      // The real server's, so that nothing here does what it forbids.
      'content-security-policy':
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    });
    answer.end(this.page(searchParams.get('person') ?? 'a'));
  }

  private listen(asked: IncomingMessage, answer: ServerResponse): void {
    const { searchParams } = new URL(asked.url!, this.url);
    this.streams.push(asked.url!);
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    answer.flushHeaders();
    const has = searchParams.get('har') === this.id;
    this.write(answer, has ? { id: this.id, now: Date.now(), whole: false, parts: [], mine: null } : this.whole(), 'delar');
    if (this.held) return;
    this.open.add(answer);
    answer.on('close', () => this.open.delete(answer));
  }

  private page(person: string): string {
    return `<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Exempel</title>
      <link rel="icon" href="data:,"><script type="module" src="/live/live.js"></script></head>
      <body><main id="innehall" tabindex="-1">
      <p id="anslutning" role="status" class="waiting" data-ok="Ansluten" data-waiting="Väntar" data-offline="Utan nät" data-polling="Frågar"></p>
      <div id="besked" role="alert" data-refused="Det gick inte." data-storage="Webbläsaren kan inte spara." data-removed="Du är inte längre med."
        data-words="Din text" data-copy-label="Kopiera" data-close-label="Ta bort"></div>
      <p id="besked-skarm" role="status" aria-live="assertive"></p>
      <div id="live" data-stream="/strom?vy=delta" data-poll="/lage?vy=delta" data-post="/gor" data-person="${person}">
      ${html(this.tree)}${this.mine.map(html).join('')}</div>
      <form id="skriv" data-live data-clear><input type="hidden" name="gor" value="skriv"><input type="hidden" name="op" value="{op}">
        <label>Text <input name="text" required></label><button>Lägg till</button></form>
      <ul id="vantar" data-pending data-pending-label="Inte sparat:"></ul>${this.extra}</main></body></html>`;
  }
}
