import { create } from 'qrcode';

/** Modules of white around a code: four, as the standard asks. */
const QUIET_ZONE = 4;

export interface QrPath {
  /** Modules across, with the white around. */
  readonly modules: number;
  /** The dark modules as an SVG path, one unit a module. */
  readonly path: string;
}

/** Draws a text as a code of level M. Throws where the text is too long for any code. */
export function qrPath(text: string): QrPath {
  const code = create(text, { errorCorrectionLevel: 'M' }).modules;
  let path = '';
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(y, x)) path += `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z`;
    }
  }
  return { modules: code.size + 2 * QUIET_ZONE, path };
}
