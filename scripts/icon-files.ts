/** The two files that hold an icon in many sizes. Both take PNGs as they are, so they are only a table and the pictures. */

export interface Picture {
  /** Width and height, in pixels. */
  readonly size: number;
  readonly png: Uint8Array;
}

/**
 * Windows' icon file of every picture up to 256 pixels: a header of 6 bytes, 16 bytes for each picture, the pictures.
 * A side of 256 is written as 0.
 */
export function icoOf(pictures: readonly Picture[]): Buffer {
  const held = pictures.filter(({ size }) => size <= 256);
  const header = Buffer.alloc(6 + 16 * held.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(held.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of held.entries()) {
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...held.map(({ png }) => png)]);
}

/** Which picture each of macOS' four-letter kinds holds, in pixels; those for a dense display hold twice their name's. */
const ICNS_KINDS: readonly (readonly [string, number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/** macOS' icon file: `icns` and the whole length, then for each picture its kind, its length with these 8 bytes, the PNG. */
export function icnsOf(pictures: readonly Picture[]): Buffer {
  const parts = ICNS_KINDS.flatMap(([kind, size]) => {
    const picture = pictures.find((one) => one.size === size);
    return picture === undefined ? [] : [chunk(kind, picture.png)];
  });
  return chunk('icns', Buffer.concat(parts));
}

function chunk(kind: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(kind, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
