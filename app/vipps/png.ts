/** Whether bytes are a picture that a screen can show as a QR: a whole, square PNG of a sane size. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The provider draws 100 to 2 000 pixels (`qr.yaml`); a little more is no harm. */
const SMALLEST_PIXELS = 64;
const LARGEST_PIXELS = 4_096;

/** Looks at the structure: signature, header, picture data and the end, chunk by chunk. Says what is wrong in words. */
export function inspectPng(bytes: Uint8Array): { readonly sizePixels: number } | { readonly problem: string } {
  if (SIGNATURE.some((byte, at) => bytes[at] !== byte)) return { problem: 'not a PNG: the signature is missing' };
  let sizePixels = 0;
  let hasPicture = false;
  let at = SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const length = readUint32(bytes, at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > bytes.length) return { problem: `cut off in the part ${printable(name)}` };
    if (at === SIGNATURE.length) {
      if (name !== 'IHDR' || length !== 13) return { problem: 'not a PNG: it does not begin with its header' };
      const width = readUint32(bytes, at + 8);
      const height = readUint32(bytes, at + 12);
      if (width !== height) return { problem: `not square: ${width} × ${height} pixels` };
      if (width < SMALLEST_PIXELS || width > LARGEST_PIXELS) return { problem: `${width} pixels is no size for a QR` };
      sizePixels = width;
    }
    if (name === 'IDAT') hasPicture = true;
    if (name === 'IEND') return hasPicture ? { sizePixels } : { problem: 'a PNG without a picture in it' };
    at = end;
  }
  return { problem: 'cut off before its end' };
}

function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) * 0x1000000 + ((bytes[at + 1] ?? 0) << 16) + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0)) >>> 0;
}

function printable(name: string): string {
  return /^[A-Za-z]{4}$/.test(name) ? name : 'without a name';
}
