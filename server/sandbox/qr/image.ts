import { crc32, deflateSync } from 'node:zlib';
import qrcode from 'qrcode';

/** White modules around the code; a scanner needs them to find it. */
const quietModules = 4;

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A square PNG in shades of grey, one byte a pixel. Each row of `rows` starts with its filter byte, which is 0. */
function greyPng(sizePx: number, rows: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(sizePx, 0);
  head.writeUInt32BE(sizePx, 4);
  head.writeUInt8(8, 8);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/**
 * A PNG of exactly `sizePx` by `sizePx`: whole pixels per module, as large as fits, in the middle of white.
 * A text that does not fit at one pixel per module is a `RangeError`.
 */
export function qrPng(text: string, sizePx: number): Buffer {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const scale = Math.floor(sizePx / (modules.size + 2 * quietModules));
  if (scale < 1) throw new RangeError(`the code needs more than ${sizePx} pixels`);
  const margin = Math.floor((sizePx - modules.size * scale) / 2);
  const stride = sizePx + 1;
  const rows = Buffer.alloc(stride * sizePx, 0xff);
  for (let row = 0; row < sizePx; row += 1) rows[row * stride] = 0;
  for (let row = 0; row < modules.size * scale; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(Math.floor(row / scale), column) === 0) continue;
      const at = (row + margin) * stride + 1 + margin + column * scale;
      rows.fill(0, at, at + scale);
    }
  }
  return greyPng(sizePx, rows);
}

/** The same code as an SVG that says it is `sizePx` wide and high. */
export async function qrSvg(text: string, sizePx: number): Promise<string> {
  return await qrcode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: quietModules, width: sizePx });
}
