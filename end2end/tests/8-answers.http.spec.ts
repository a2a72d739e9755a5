import { get } from 'node:http';
import { EXAMPLE, expect, test } from './support/fixtures';

test('broken forms are refused with a page in Swedish, and nothing is saved', async ({ coordinator: page, service }) => {
  const post = (path: string, data: string | Buffer) =>
    page.request.post(`${service.url}${path}`, {
      data,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const cases: [string, string | Buffer, number, RegExp][] = [
    ['/ny', 'namn=Utan+id', 400, /Formuläret gick inte att läsa/],
    ['/ny', Buffer.from('namn=%FF%FE'), 400, /Formuläret gick inte att läsa/],
    ['/ny', `namn=${'a'.repeat(600 * 1024)}`, 413, /Det blev för stort/],
    ['/sprak', 'sprak=xx', 400, /Formuläret gick inte att läsa/],
    ['/finns-inte', 'a=b', 404, /Sidan finns inte/],
  ];
  for (const [path, data, status, words] of cases) {
    const response = await post(path, data);
    expect(response.status(), path).toBe(status);
    expect(response.headers()['content-type']).toContain('text/html');
    expect(await response.text()).toMatch(words);
  }
});

test('a form from another site is refused', async ({ coordinator: page, service }) => {
  const response = await page.request.post(`${service.url}/ny`, {
    form: { namn: 'Utifrån' },
    headers: { origin: 'https://annan.example', 'sec-fetch-site': 'cross-site' },
  });
  expect(response.status()).toBe(403);
  expect(await response.text()).toContain('Formuläret kom från en annan webbplats');
});

test('every answer carries the headers that keep pages safe', async ({ page, service }) => {
  for (const path of ['/', '/finns-inte', '/health/ready', `/k/${EXAMPLE}`]) {
    const response = await page.request.get(`${service.url}${path}`);
    const headers = response.headers();
    expect(headers['content-security-policy'], path).toContain("default-src 'self'");
    expect(headers['content-security-policy'], path).not.toContain('unsafe-inline');
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('no-referrer');
    expect(headers['x-frame-options'], path).toBe('DENY');
  }
  expect((await page.request.get(`${service.url}/health/ready`)).status()).toBe(200);
});

test('what belongs to another mapping is not found in this one', async ({ coordinator: page, office, round }) => {
  const mapping = await office.mapping('Främmande');
  const html = await (await page.request.get(`${round.mapping}/karta`)).text();
  const capability = /\/formagor\/([0-9a-f-]{36})"/.exec(html)?.[1];
  const area = /\/omraden\/([0-9a-f-]{36})"/.exec(html)?.[1];
  const id = round.address.split('/').pop();
  for (const path of [
    `/formagor/${capability}`,
    `/omraden/${area}`,
    `/omgangar/${id}`,
    `/omgangar/${id}/deltagare`,
    `/omgangar/${id}/lankar`,
    `/omgangar/${id}/bedomning`,
    `/omgangar/${id}/effekt`,
    '/versioner/1',
  ]) {
    expect((await page.request.get(`${round.mapping}${path}`)).status(), `its own ${path}`).toBe(200);
    const foreign = await page.request.get(`${mapping}${path}`);
    expect(foreign.status(), path).toBe(404);
    expect(await foreign.text()).toContain('Sidan finns inte');
  }
  const closing = await page.request.post(`${mapping}/omgangar/${id}/stang`);
  expect(closing.status()).toBe(404);
  expect(await (await page.request.get(round.address)).text()).toContain('Stäng omgången');
});

test('the same form sent twice is carried out once', async ({ coordinator: page, office }) => {
  const mapping = await office.mapping('Dubbelt');
  const html = await (await page.request.get(`${mapping}/mal/ny`)).text();
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)![1];
  const form = { op: hidden('op'), id: hidden('id'), mal: 'Ett enda mål', niva: 'nationell', over: '', kommun: '', beskrivning: '' };
  for (let times = 0; times < 2; times += 1) {
    const response = await page.request.post(`${mapping}/mal/ny`, { form });
    expect(response.status()).toBe(200);
  }
  const map = await (await page.request.get(`${mapping}/karta`)).text();
  expect(map.match(/\/mal\/[0-9a-f-]{36}"/g)).toHaveLength(1);
});

test('a survey page is small: HTML and style sheet together at most 30 kB compressed', async ({ page, office, round }) => {
  const link = await office.invite(round, 'Deltagare Liten', ['Lysekil', 'Munkedal', 'Sotenäs']);
  const size = (url: string) =>
    new Promise<number>((resolve, reject) => {
      get(url, { headers: { 'accept-encoding': 'br' } }, (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('end', () => (response.headers['content-encoding'] === 'br' ? resolve(bytes) : reject(new Error(`${url} is not compressed`))));
      }).on('error', reject);
    });
  let largest = 0;
  for (let area = 1; area <= 5; area += 1) largest = Math.max(largest, await size(`${link}/${area}`));
  const html = await (await page.request.get(`${link}/1`)).text();
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(html)![1];
  const all = largest + (await size(new URL(style, link).href));
  expect(all).toBeLessThanOrEqual(30_000);
});
