/** Reads the QR code in a picture, as a phone would. */
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

// The package's types speak of a default export where its file is the function itself.
const decode = jsQR as unknown as typeof jsQR.default;

/** What the code in a PNG says; `null` when there is none that can be read. */
export function readQr(png: Uint8Array): string | null {
  const { data, width, height } = PNG.sync.read(Buffer.from(png));
  return decode(new Uint8ClampedArray(data), width, height)?.data ?? null;
}
