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
