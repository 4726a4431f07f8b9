import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readQr } from '../../support/read-qr.ts';
import { type Merchant, request, startMerchant } from './merchant.ts';

let merchant: Merchant;
let count = 0;
const start = async () => {
  count += 1;
  const answer = await merchant.initiate(`shop-4-${count}`);
  return String(answer.json.url);
};
const ask = (url: unknown, headers: Record<string, string> = {}) =>
  merchant.send('POST', '/qr/v1', { url }, { Accept: 'image/png', ...headers });
const picture = async (address: unknown) => {
  const answer = await fetch(String(address));
  return { status: answer.status, type: answer.headers.get('content-type'), body: Buffer.from(await answer.arrayBuffer()) };
};

beforeAll(async () => {
  merchant = await startMerchant();
});
afterAll(() => merchant.sandbox.close());

describe('the one-time payment QR', () => {
  it.each([100, 101, 250, 600, 1999, 2000])('is a PNG of exactly %d pixels that reads as the payment’s address', async (size) => {
    const url = await start();
    const answer = await ask(url, { Size: String(size) });
    expect(answer.status).toBe(200);
    const { status, type, body } = await picture(answer.json.url);
    expect([status, type]).toEqual([200, 'image/png']);
    const png = PNG.sync.read(body);
    expect([png.width, png.height]).toEqual([size, size]);
    expect(readQr(body)).toBe(url);
  });

  it('has whole pixels per module: no colours but black and white', async () => {
    const answer = await ask(await start(), { Size: '333' });
    const { data } = PNG.sync.read((await picture(answer.json.url)).body);
    expect(new Set(data)).toEqual(new Set([0, 255]));
  });

  it('lives as long as the code can be opened, and is gone after that', async () => {
    const url = await start();
    const answer = await ask(url);
    expect(answer.json.expiresIn).toBe(300);
    merchant.sandbox.control.advance(100_000);
    expect(Number((await ask(url)).json.expiresIn)).toBeLessThanOrEqual(200);
    merchant.sandbox.control.advance(200_000);
    expect((await picture(answer.json.url)).status).toBe(404);
    const late = await ask(url);
    expect([late.status, late.json.title]).toEqual([400, 'Order timeout']);
  });

  it('comes as SVG of the size that was asked for', async () => {
    const answer = await ask(await start(), { Accept: 'image/svg+xml', Size: '420' });
    const { type, body } = await picture(answer.json.url);
    expect(type).toContain('image/svg+xml');
    expect(body.toString()).toMatch(/<svg[^>]* width="420" height="420"/);
  });

  it('comes as its content instead', async () => {
    const url = await start();
    const answer = await ask(url, { Accept: 'text/targetUrl' });
    expect(answer.json).toEqual({ url, expiresIn: 300 });
  });

  it('is SVG when any image will do, and 800 pixels when no size is given', async () => {
    const url = await start();
    expect(String((await ask(url, { Accept: 'image/*' })).json.url)).toContain('qr.svg');
    const png = PNG.sync.read((await picture((await ask(url)).json.url)).body);
    expect(png.width).toBe(800);
  });

  it.each(['99', '2001', '12.5', 'large'])('refuses the size %s', async (size) => {
    const answer = await ask(await start(), { Size: size });
    expect(answer.status).toBe(400);
    expect(answer.json.invalidParams).toMatchObject([{ name: 'Size' }]);
  });

  it.each(['*/*', 'application/json', 'image/jpeg'])('refuses to make %s', async (accept) => {
    expect((await ask(await start(), { Accept: accept })).status).toBe(415);
  });

  it.each(['https://example.com/', 'nothing', `http://127.0.0.1/dwo-api-application/v1/deeplink/vippsgateway?v=2&token=x`])(
    'refuses an address that is not a payment’s: %s',
    async (url) => {
      const answer = await ask(url);
      expect([answer.status, answer.json.detail]).toEqual([400, 'Supplied landing page token is not valid']);
    },
  );

  it('names the url when it is missing', async () => {
    expect((await ask(undefined)).json.invalidParams).toMatchObject([{ name: 'Url' }]);
  });

  it('needs the same keys as every call', async () => {
    expect((await request(`${merchant.sandbox.url}/qr/v1`, 'POST', { url: 'x' })).status).toBe(401);
  });
});
