/** A shop's logo as a printer takes it: a PNG made as wide as the paper allows, in black dots and white. */
import { PNG } from 'pngjs';

/** A bit a dot, row by row from the left, 1 is black; `widthDots` is a multiple of eight. */
export interface LogoRaster {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly rows: Uint8Array;
}

export type LogoTrouble = 'not-png' | 'too-many-points' | 'broken';

/** The picture cannot be printed. The message says why, and what can be done. */
export class LogoRefusedError extends Error {
  override readonly name = 'LogoRefusedError';
  readonly trouble: LogoTrouble;
  constructor(trouble: LogoTrouble, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.trouble = trouble;
  }
}

/** 16 MB while it is read. Paper of 80 mm has 576 points across: this is many times what can be seen. */
const LOGO_MAX_POINTS = 4_000_000;
/** 5 cm: a logo that is higher costs paper on every sale. */
const MAX_HEIGHT_DOTS = 400;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const DLE = 0x10;
/** What makes a printer act in real time after `DLE`, even in the middle of a picture: `EOT`, `ENQ`, `DC4`. */
const OBEYED_AFTER_DLE: ReadonlySet<number> = new Set([0x04, 0x05, 0x14]);

/** @param areaDots what can be printed across: 504 for 42 columns, 384 for 32. @throws LogoRefusedError */
export function readLogo(png: Uint8Array, areaDots: number): LogoRaster {
  checkSize(png);
  let picture: PNG;
  try {
    picture = PNG.sync.read(Buffer.from(png));
  } catch (error) {
    throw new LogoRefusedError('broken', 'The picture is damaged and cannot be read. Save it again as PNG.', { cause: error });
  }
  const scale = Math.min(1, areaDots / picture.width, MAX_HEIGHT_DOTS / picture.height);
  const widthDots = Math.max(1, Math.floor(picture.width * scale));
  const heightDots = Math.max(1, Math.floor(picture.height * scale));
  return dither(shrink(picture, widthDots, heightDots), widthDots, heightDots);
}

/** From the file's first bytes: nothing is unpacked for a picture that is refused. */
function checkSize(png: Uint8Array): void {
  if (png.length < 24 || SIGNATURE.some((byte, index) => png[index] !== byte)) {
    throw new LogoRefusedError('not-png', 'The file is no PNG picture. Save the logo as PNG.');
  }
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  if (width === 0 || height === 0) throw new LogoRefusedError('broken', 'The picture has no points. Save it again as PNG.');
  if (width * height > LOGO_MAX_POINTS) {
    const most = LOGO_MAX_POINTS.toLocaleString('en');
    throw new LogoRefusedError('too-many-points', `The picture has ${width} × ${height} points; a logo may have ${most}. Save it smaller.`);
  }
}

/** Each dot is the mean darkness (0 white, 255 black) of the points under it; what is transparent is paper. */
function shrink(picture: PNG, widthDots: number, heightDots: number): Float32Array {
  const sums = new Float32Array(widthDots * heightDots);
  const counts = new Uint32Array(widthDots * heightDots);
  for (let y = 0; y < picture.height; y += 1) {
    const row = Math.floor((y * heightDots) / picture.height) * widthDots;
    for (let x = 0; x < picture.width; x += 1) {
      const at = 4 * (y * picture.width + x);
      const [red = 255, green = 255, blue = 255, alpha = 255] = picture.data.subarray(at, at + 4);
      const dot = row + Math.floor((x * widthDots) / picture.width);
      // Rec. 601: what the eye makes of the three colours.
      sums[dot] = (sums[dot] ?? 0) + ((255 - (0.299 * red + 0.587 * green + 0.114 * blue)) * alpha) / 255;
      counts[dot] = (counts[dot] ?? 0) + 1;
    }
  }
  return sums.map((sum, dot) => sum / Math.max(1, counts[dot] ?? 1));
}

/** What a dot is too dark or too light is handed on to its neighbours (Floyd and Steinberg), so that grey stays grey. */
function dither(darkness: Float32Array, width: number, height: number): LogoRaster {
  const rowBytes = Math.ceil(width / 8);
  const rows = new Uint8Array(rowBytes * height);
  const hand = (x: number, y: number, much: number): void => {
    if (x >= 0 && x < width && y < height) darkness[y * width + x] = (darkness[y * width + x] ?? 0) + much;
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dark = darkness[y * width + x] ?? 0;
      const black = dark > 127;
      const at = y * rowBytes + (x >> 3);
      if (black) rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
      const rest = (dark - (black ? 255 : 0)) / 16;
      hand(x + 1, y, 7 * rest);
      hand(x - 1, y + 1, 3 * rest);
      hand(x, y + 1, 5 * rest);
      hand(x + 1, y + 1, rest);
    }
  }
  return { widthDots: rowBytes * 8, heightDots: height, rows: silenced(rows) };
}

/** No picture asks the printer how it is, or opens the drawer: one dot more tells its bytes from the command's. */
function silenced(rows: Uint8Array): Uint8Array {
  return rows.map((byte, index) => (byte === DLE && OBEYED_AFTER_DLE.has(rows[index + 1] ?? 0) ? byte | 0x08 : byte));
}

/** Some printers hold no more than this of a picture at a time; bands that follow each other leave no gap. */
const BAND_ROWS = 128;

/** `GS v 0`, in bands, in the middle of the print area. */
export function logoBytes(logo: LogoRaster): number[] {
  const rowBytes = logo.widthDots / 8;
  const bytes = [0x1b, 0x61, 1];
  for (let row = 0; row < logo.heightDots; row += BAND_ROWS) {
    const count = Math.min(BAND_ROWS, logo.heightDots - row);
    bytes.push(0x1d, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, count & 0xff, count >> 8);
    bytes.push(...logo.rows.subarray(row * rowBytes, (row + count) * rowBytes));
  }
  return [...bytes, 0x1b, 0x61, 0];
}
