/** Black dots on white paper, and the PNG of them (one bit a dot; ISO/IEC 15948). */
import { crc32, deflateSync } from 'node:zlib';

export interface Bitmap {
  readonly widthDots: number;
  readonly heightDots: number;
  /** One byte a dot, row by row: 1 is black. */
  readonly dots: Uint8Array;
}

export function createBitmap(widthDots: number, heightDots: number): Bitmap {
  return { widthDots, heightDots, dots: new Uint8Array(widthDots * heightDots) };
}

/** Sets a rectangle to black (1), white (0), or turns it over. Dots outside the bitmap are left out. */
export function fillRectangle(
  bitmap: Bitmap,
  rectangle: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  how: 0 | 1 | 'invert',
): void {
  const right = Math.min(bitmap.widthDots, rectangle.x + rectangle.width);
  const bottom = Math.min(bitmap.heightDots, rectangle.y + rectangle.height);
  for (let y = Math.max(0, rectangle.y); y < bottom; y += 1) {
    for (let x = Math.max(0, rectangle.x); x < right; x += 1) {
      const at = y * bitmap.widthDots + x;
      bitmap.dots[at] = how === 'invert' ? 1 - (bitmap.dots[at] ?? 0) : how;
    }
  }
}

const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A one-bit greyscale PNG. `dotsPerMm` tells a viewer the real size (8 for receipt printers). */
export function bitmapToPng(bitmap: Bitmap, dotsPerMm = 8): Uint8Array {
  const { widthDots, heightDots, dots } = bitmap;
  const rowBytes = 1 + Math.ceil(widthDots / 8);
  const rows = new Uint8Array(rowBytes * heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    const row = y * rowBytes + 1;
    // In a greyscale PNG 1 is white.
    for (let x = 0; x < widthDots; x += 1) {
      if (dots[y * widthDots + x] === 0) rows[row + (x >> 3)] = (rows[row + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthDots, 0);
  header.writeUInt32BE(heightDots, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const size = Buffer.alloc(9);
  size.writeUInt32BE(dotsPerMm * 1000, 0);
  size.writeUInt32BE(dotsPerMm * 1000, 4);
  size.writeUInt8(1, 8);
  const empty = new Uint8Array(0);
  return Uint8Array.from(
    Buffer.concat([PNG_SIGNATURE, chunk('IHDR', header), chunk('pHYs', size), chunk('IDAT', deflateSync(rows)), chunk('IEND', empty)]),
  );
}
