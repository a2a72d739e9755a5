import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../../..');
const binary = process.env.SERVER_BIN || join(root, 'target/debug/server');
const site = process.env.FORMAGEKARTAN_SITE_DIR || join(root, 'target/site');

/** The example mapping, which has the same id in every database. */
export const EXAMPLE = '0f0e3a9a-4c1d-4e58-9b7e-f0122d0bda11';

/** A server of its own on a free port, with an empty SQLite database and a key in a folder of its own. */
export class Service {
  /** Where it answers, without a slash at the end. */
  url = '';
  /** The one-time link that the very first start printed. */
  firstLink = '';
  private child?: ChildProcess;

  private constructor(
    private readonly folder: string,
    private readonly demo: boolean,
  ) {}

  /** Starts a server on a new database; with `demo`, the example mapping is in it. */
  static async start({ demo = false } = {}): Promise<Service> {
    const service = new Service(await mkdtemp(join(tmpdir(), 'formagekartan-')), demo);
    await service.serve('127.0.0.1:0');
    return service;
  }

  /** The folder where letters land as .eml files. */
  get outbox(): string {
    return join(this.folder, 'outbox');
  }

  private get data(): string[] {
    return ['--database-url', `sqlite:${join(this.folder, 'db')}`, '--key-file', join(this.folder, 'key')];
  }

  private async serve(listen: string): Promise<void> {
    const demo = this.demo ? ['--demo'] : [];
    const child = spawn(binary, ['serve', '--listen', listen, '--site-dir', site, '--outbox-dir', this.outbox, ...this.data, ...demo], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const said: string[] = [];
    child.stderr?.on('data', (text) => said.push(String(text)));
    await new Promise<void>((started, failed) => {
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(`the server ended with ${code}:\n${said.join('')}`)));
      createInterface({ input: child.stdout! }).on('line', (line) => {
        said.push(`${line}\n`);
        const url = /^Förmågekartan: (http\S+)$/.exec(line)?.[1];
        if (url) this.url = url;
        const link = /^\s+(http\S+\/logga-in\/\S+)$/.exec(line)?.[1];
        if (link) this.firstLink = link;
        // The link stands last on a first start; on later ones there is none.
        if (this.url && this.firstLink) started();
      });
    });
  }

  /** A new one-time link, as whoever runs the service makes it; with `email`, the samordnare gets that address too. */
  async newLink({ email = '' } = {}): Promise<string> {
    const more = email ? ['--email', email] : [];
    const { stdout } = await promisify(execFile)(binary, ['link', '--public-url', this.url, ...this.data, ...more]);
    return stdout.trim();
  }

  /** Ends the server in the middle of whatever it does, as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Starts it again on the same database and port. */
  async restart(): Promise<void> {
    await this.serve(new URL(this.url).host);
  }

  /** Stops the server and removes its data. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }
}
