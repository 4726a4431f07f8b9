/** From bytes to values: what every answer of the provider goes through before a schema looks at it. */
import type { HttpResponse } from '../till/ports.ts';

/** A body as what it is: JSON, or text that is not. Never throws. */
export type WireBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string };

/** Reads a body by what is in it, not by what its header says: gateways send JSON as text and HTML as JSON. */
export function readBody(response: HttpResponse): WireBody {
  const text = decodeUtf8(response.body);
  if (text.trim() === '') return { kind: 'empty' };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'text', text };
  }
}

const REPLACEMENT = '\ufffd';
const CHUNK = 4_096;

/** UTF-8 to text, without a leading byte order mark. What is not UTF-8 becomes U+FFFD, so that a log can still show it. */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let units: string[] = [];
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length) {
    const { text, size } = decodeOne(bytes, at);
    units.push(text);
    at += size;
    if (units.length >= CHUNK) {
      parts.push(units.join(''));
      units = [];
    }
  }
  parts.push(units.join(''));
  return parts.join('');
}

/** One character: its text, and how many bytes it took. RFC 3629: no overlong forms, no surrogates, at most U+10FFFF. */
function decodeOne(bytes: Uint8Array, at: number): { readonly text: string; readonly size: number } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { text: String.fromCharCode(lead), size: 1 };
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4) return { text: REPLACEMENT, size: 1 };
  let point = lead & (0xff >> (size + 1));
  for (let next = 1; next < size; next += 1) {
    const byte = bytes[at + next];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return { text: REPLACEMENT, size: next };
    point = (point << 6) | (byte & 0x3f);
  }
  const smallest = size === 4 ? 0x10000 : size === 3 ? 0x800 : 0x80;
  if (point < smallest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return { text: REPLACEMENT, size: 1 };
  return { text: String.fromCodePoint(point), size };
}
