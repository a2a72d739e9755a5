import { type IncomingMessage, type Server, type ServerResponse, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy before a server that passes everything on, except that it never lets go of a stream of events. */
export class Proxy {
  /** Where it answers, without a slash at the end. */
  url = '';
  /** How many streams it has swallowed. */
  held = 0;
  private readonly server: Server;

  private constructor(private readonly target: URL) {
    this.server = createServer((asked, answer) => this.pass(asked, answer));
  }

  static async before(target: string): Promise<Proxy> {
    const proxy = new Proxy(new URL(target));
    await new Promise<void>((listening) => proxy.server.listen(0, '127.0.0.1', listening));
    proxy.url = `http://127.0.0.1:${(proxy.server.address() as AddressInfo).port}`;
    return proxy;
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { hostname, port } = this.target;
    const on = request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (got) => {
      if (got.headers['content-type']?.startsWith('text/event-stream')) {
        // As one that waits for the end of the body before it sends the first byte of it.
        this.held += 1;
        got.resume();
        answer.on('close', () => got.destroy());
        return;
      }
      answer.writeHead(got.statusCode!, got.headers);
      got.pipe(answer);
    });
    on.on('error', () => answer.destroy());
    answer.on('close', () => on.destroy());
    asked.pipe(on);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
