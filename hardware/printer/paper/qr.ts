/** A QR code drawn as a printer draws it from the bytes that it was given. */
import QRCode from 'qrcode';

export type QrErrorLevel = 'L' | 'M' | 'Q' | 'H';

export interface QrModules {
  readonly content: string;
  readonly sizeModules: number;
  /** Row by row: 1 is dark. */
  readonly modules: Uint8Array;
}

function contentOf(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return String.fromCharCode(...data);
  }
}

/** The modules for the data, or `null` when a QR code cannot hold that much at this level. */
export function qrModules(data: Uint8Array, level: QrErrorLevel): QrModules | null {
  const content = contentOf(data);
  // Plain characters are packed as densely as they can be; anything else goes in byte for byte.
  const ascii = data.every((byte) => byte < 0x80);
  try {
    const drawn = QRCode.create(ascii ? content : [{ data: Buffer.from(data), mode: 'byte' }], { errorCorrectionLevel: level });
    return { content, sizeModules: drawn.modules.size, modules: Uint8Array.from(drawn.modules.data) };
  } catch {
    return null;
  }
}
