import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect } from '@playwright/test';

/** Municipalities by their codes, as forms send them. */
export const CODE = { Lysekil: '1484', Munkedal: '1430', Sotenäs: '1427', Uddevalla: '1485' } as const;
export type Name = keyof typeof CODE;

/** Levels by name and question, or another answer such as `vet-ej`. */
export type Levels = (nth: number) => [current: string, target: string, effect?: string];

/** An open round on a ratified map with the catalogue's 32 capabilities. */
export type Round = { mapping: string; address: string };

/**
 * The samordnare's work before what a test is about, done over the same forms as a browser sends but without one:
 * each form is read from its page, so that what the pages send is what is sent.
 */
export class Office {
  constructor(private readonly request: APIRequestContext) {}

  /** A new mapping of some municipalities, all in `CODE` unless others are said. Returns its address. */
  async mapping(name: string, municipalities = Object.keys(CODE) as Name[]): Promise<string> {
    const fields = [['namn', name], ['period', '2026–2027'], ['sprak', 'sv'], ...municipalities.map((one) => ['kommun', CODE[one]])];
    const url = await this.send('/ny', '/ny', fields);
    return url.replace(/\?.*/, '');
  }

  /** Puts the catalogue on a mapping's map. */
  async catalogue(mapping: string): Promise<void> {
    await this.send(`${mapping}/karta`, `${mapping}/karta/katalog`);
  }

  /** Ratifies a mapping's map. */
  async ratify(mapping: string): Promise<void> {
    const fields = [['datum', '2025-09-15'], ['beslutat-av', 'Styrgruppen']];
    await this.send(`${mapping}/faststall`, `${mapping}/faststall`, fields);
  }

  /** A round on a new mapping with the catalogue, ratified; answers are kept as `mode` says, namngiven or konfidentiell. */
  async round(name: string, municipalities?: Name[], mode = 'namngiven'): Promise<Round> {
    const mapping = await this.mapping(name, municipalities);
    await this.catalogue(mapping);
    await this.ratify(mapping);
    const year = String(new Date().getFullYear() + 2);
    const fields = [['namn', 'Hösten'], ['version', '1'], ['ar', year], ['n_min', '3'], ['svarssatt', mode]];
    const url = await this.send(`${mapping}/omgangar/ny`, `${mapping}/omgangar/ny`, fields);
    return { mapping, address: url.replace(/\?.*/, '') };
  }

  /** Asks someone, with an address where letters are to go; returns the personal link. */
  async invite(round: Round, name: string, municipalities: Name[], email = ''): Promise<string> {
    const fields = [['namn', name], ['epost', email], ['roll', 'annan'], ...municipalities.map((one) => ['kommun', CODE[one]])];
    await this.send(`${round.address}/deltagare`, `${round.address}/deltagare`, fields);
    const page = await this.read(`${round.address}/deltagare`);
    const input = inputs(page).find((one) => one['aria-label']?.endsWith(` ${name}`));
    expect(input?.value, `the personal link of ${name}`).toContain('/e/');
    return input!.value!;
  }

  /** Answers about everything with a personal link, and submits. */
  async answer(link: string, levels: Levels, comment = ''): Promise<void> {
    let nth = 0;
    for (let area = 1; area <= 5; area += 1) {
      const page = await this.read(`${link}/${area}`);
      const names = inputs(page).filter((one) => one.type === 'radio').map((one) => one.name!);
      const asked = [...new Set(names.map((name) => name.replace(/\.\w+$/, '')))];
      const fields = asked.flatMap((name) => {
        const [current, target, effect] = levels(nth++);
        const said = [[`${name}.nulage`, current], [`${name}.borlage`, target]];
        return effect ? [...said, [`${name}.effekt`, effect]] : said;
      });
      if (area === 1 && comment) fields.push([`${asked[0]}.kommentar`, comment]);
      await this.post(`${link}/${area}`, [...fields, ['till', 'granska']]);
    }
    expect(await this.post(`${link}/skicka`)).toMatch(/\/klart$/);
  }

  /** Closes a round. */
  async close(round: Round): Promise<void> {
    await this.send(round.address, `${round.address}/stang`);
  }

  /** Agrees on every level that the answers gave a municipality, in a closed round. */
  async agree(round: Round, municipality: Name): Promise<void> {
    const page = `${round.address}/bedomning/${CODE[municipality]}`;
    const html = await this.read(page);
    const hidden = inputs(html).filter((one) => one.type === 'hidden');
    const chosen = [...html.matchAll(/<select\b[^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].map(([, name, options]) => {
      const value = /<option\b[^>]*\bvalue="([^"]*)"[^>]*\bselected\b/.exec(options)?.[1];
      return [name, value ?? ''];
    });
    await this.post(page, [...hidden.map((one) => [one.name!, one.value!]), ...chosen, ['alla', 'ja']]);
  }

  /** Sets the effect on goals of every capability of a round, 1–5 by its place on the map. */
  async effects(round: Round, effect: (nth: number) => number): Promise<void> {
    const page = `${round.address}/effekt`;
    const hidden = inputs(await this.read(page)).filter((one) => one.type === 'hidden');
    const asked = hidden.filter((one) => one.name!.startsWith('visad-'));
    const set = asked.map((one, nth) => [one.name!.replace('visad-', 'effekt-'), String(effect(nth))]);
    await this.post(page, [...hidden.map((one) => [one.name!, one.value ?? '']), ...set]);
  }

  /** Posts the form of a page that has this action, with its hidden fields; returns where it leads. */
  private async send(page: string, action: string, fields: string[][] = []): Promise<string> {
    const html = await this.read(page);
    const path = action.replace(/^https?:\/\/[^/]+/, '');
    const form = html.split('<form').find((part) => part.includes(`action="${path}"`));
    expect(form, `a form for ${path} on ${page}`).toBeTruthy();
    const hidden = inputs(form!.split('</form>')[0])
      .filter((one) => one.type === 'hidden')
      .map((one) => [one.name!, one.value || randomUUID()]);
    return this.post(action, [...hidden, ...fields]);
  }

  private async post(action: string, fields: string[][] = []): Promise<string> {
    const response = await this.request.post(action, {
      data: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(response.status(), `POST ${action} leads to ${response.url()}`).toBe(200);
    return response.url();
  }

  private async read(page: string): Promise<string> {
    const response = await this.request.get(page);
    expect(response.status(), page).toBe(200);
    return response.text();
  }
}

/** The attributes of every input in a piece of HTML. */
function inputs(html: string): Partial<Record<string, string>>[] {
  return [...html.matchAll(/<input\b([^>]*)>/g)].map(([, attributes]) =>
    Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
  );
}
