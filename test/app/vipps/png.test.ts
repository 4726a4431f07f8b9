import fc from 'fast-check';
import { PNG } from 'pngjs';
import { toBuffer } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { inspectPng } from '../../../app/vipps/png.ts';

async function qr(width: number): Promise<Uint8Array> {
  return new Uint8Array(await toBuffer('https://qr.vipps.no/28/2/01/031/x', { width }));
}

describe('a picture', () => {
  it('of a QR is taken, with its size', async () => {
    expect(inspectPng(await qr(720))).toEqual({ sizePixels: 720 });
  });

  it('that is a page, a JPEG or nothing is not a PNG', () => {
    for (const bytes of [
      new TextEncoder().encode('<html><body>404</body></html>'),
      new Uint8Array([0xff, 0xd8, 0xff, 0xe0]),
      new Uint8Array(),
    ]) {
      expect(inspectPng(bytes)).toEqual({ problem: expect.stringContaining('not a PNG') });
    }
  });

  it('that is not square is refused', () => {
    expect(inspectPng(new Uint8Array(PNG.sync.write(new PNG({ width: 300, height: 200 }))))).toEqual({
      problem: expect.stringContaining('not square'),
    });
  });

  it('of one pixel, or of more than a screen, is refused', () => {
    expect(inspectPng(new Uint8Array(PNG.sync.write(new PNG({ width: 1, height: 1 }))))).toEqual({
      problem: expect.stringContaining('no size'),
    });
    const large = PNG.sync.write(new PNG({ width: 100, height: 100 }));
    large.writeUInt32BE(5_000, 16);
    large.writeUInt32BE(5_000, 20);
    expect(inspectPng(new Uint8Array(large))).toEqual({ problem: expect.stringContaining('no size') });
  });

  it('that is cut off anywhere is refused', async () => {
    const whole = await qr(300);
    for (let length = 0; length < whole.length; length += 7) expect(inspectPng(whole.subarray(0, length))).toHaveProperty('problem');
  });

  it('of any bytes never throws', () => {
    const head = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(inspectPng(bytes)).toHaveProperty('problem');
        expect(inspectPng(new Uint8Array([...head, ...bytes]))).toBeTypeOf('object');
      }),
    );
  });
});
