import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Service } from './service';

/** A letter as it lies in the outbox. */
export type Letter = { to: string; subject: string; text: string; html: string };

/** The letters to an address, once there are so many; in no order. */
export async function lettersTo(service: Service, address: string, count: number): Promise<Letter[]> {
  let found: Letter[] = [];
  await expect
    .poll(async () => (found = await readAll(service, address)).length, { message: `letters to ${address}`, timeout: 30_000 })
    .toBe(count);
  return found;
}

async function readAll(service: Service, address: string): Promise<Letter[]> {
  const files = await readdir(service.outbox).catch(() => [] as string[]);
  const letters = await Promise.all(
    files.filter((name) => name.endsWith('.eml')).map(async (name) => read(await readFile(join(service.outbox, name)))),
  );
  return letters.filter((letter) => letter.to.includes(`<${address}>`) || letter.to === address);
}

/** Reads a letter of plain text and HTML. */
function read(file: Buffer): Letter {
  const [head, body] = split(file.toString('latin1'));
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? '';
  const parts = body.split(`--${boundary}`).map((part) => split(part.replace(/^\r\n/, '')));
  const part = (kind: string) => {
    const [own, content] = parts.find(([own]) => own.includes(`text/${kind}`)) ?? ['', ''];
    return decoded(own, content).replace(/\r\n/g, '\n');
  };
  return { to: header(head, 'To'), subject: header(head, 'Subject'), text: part('plain'), html: part('html') };
}

function split(message: string): [head: string, body: string] {
  const end = message.indexOf('\r\n\r\n');
  return end < 0 ? [message, ''] : [message.slice(0, end), message.slice(end + 4)];
}

function decoded(head: string, content: string): string {
  const how = header(head, 'Content-Transfer-Encoding').toLowerCase();
  if (how === 'base64') return Buffer.from(content, 'base64').toString('utf8');
  if (how === 'quoted-printable') {
    const bytes = content.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }
  return Buffer.from(content, 'latin1').toString('utf8');
}

/** A header's value, unfolded and with encoded words read. */
function header(head: string, name: string): string {
  const value = new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(head)?.[1] ?? '';
  return value
    .replace(/\r\n[ \t]/g, ' ')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, base64) => Buffer.from(base64, 'base64').toString('utf8'));
}
