/** Whether bytes are a picture that a screen can show as a QR: one whole, square SVG with nothing in it but shapes. */

import { decodeUtf8 } from './wire.ts';

/** A code of level M in vectors is some ten thousand characters. */
const LONGEST_CHARACTERS = 500_000;
/** A screen shows it as a picture, where nothing in it runs or is fetched; a QR has no use for any of these all the same. */
const FOREIGN =
  /<\s*(?:script|foreignObject|image|use|iframe|style|animate|set|a)\b|<!(?:DOCTYPE|ENTITY)|\son[a-z]+\s*=|\bhref\s*=|url\s*\(/i;

/** Looks at the structure: one `svg` element from beginning to end, as wide as high. Says what is wrong in words. */
export function inspectSvg(bytes: Uint8Array): { readonly text: string } | { readonly problem: string } {
  const text = decodeUtf8(bytes);
  if (text.length > LONGEST_CHARACTERS) return { problem: `an SVG of ${text.length} characters is no QR` };
  const root = /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[^>]*-->\s*)?<svg\b([^>]*)>/.exec(text);
  if (root === null) return { problem: 'not an SVG: it does not begin as one' };
  if (!/<\/svg>\s*$/.test(text)) return { problem: 'an SVG cut off before its end' };
  if (FOREIGN.test(text)) return { problem: 'an SVG with more in it than shapes' };
  const size = sizeOf(root[1] ?? '');
  if (size === null) return { problem: 'an SVG that does not say its size' };
  if (size.width !== size.height) return { problem: `not square: ${size.width} × ${size.height}` };
  return { text };
}

/** By its box, else by its width and height, as texts: only whether they are the same is of interest. */
function sizeOf(attributes: string): { readonly width: string; readonly height: string } | null {
  const box = /\bviewBox\s*=\s*["']\s*[\d.-]+[\s,]+[\d.-]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']/.exec(attributes);
  const width = box?.[1] ?? /\bwidth\s*=\s*["']([\d.]+)(?:px)?["']/.exec(attributes)?.[1];
  const height = box?.[2] ?? /\bheight\s*=\s*["']([\d.]+)(?:px)?["']/.exec(attributes)?.[1];
  return width === undefined || height === undefined ? null : { width, height };
}
