/** Base64 (RFC 4648, padded) for bytes that cross the contract as text: a picture out, a file in. */
import { atOnce, type Steps } from '../catalog/steps.ts';

/** A multiple of four. */
const CHARACTERS_A_STEP = 262_144;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_OF = new Map([...ALPHABET].map((character, value) => [character.charCodeAt(0), value]));

export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const triple = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    parts.push(
      ALPHABET.charAt(triple >> 18),
      ALPHABET.charAt((triple >> 12) & 63),
      left > 1 ? ALPHABET.charAt((triple >> 6) & 63) : '=',
      left > 2 ? ALPHABET.charAt(triple & 63) : '=',
    );
  }
  return parts.join('');
}

/** @throws RangeError when the text is not padded base64. */
export function decodeBase64(text: string): Uint8Array {
  return atOnce(decodeBase64InSteps(text));
}

/** The same, giving way every so many characters. */
export function* decodeBase64InSteps(text: string): Steps<Uint8Array> {
  if (text.length % 4 !== 0) throw new RangeError('The text is not base64: its length is no multiple of four.');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let out = 0;
  for (let at = 0; at < text.length; at += 4) {
    if (at > 0 && at % CHARACTERS_A_STEP === 0) yield;
    let triple = 0;
    for (let offset = 0; offset < 4; offset++) {
      const code = text.charCodeAt(at + offset);
      const isPadding = code === 61 && at + offset >= text.length - padding;
      const value = isPadding ? 0 : VALUE_OF.get(code);
      if (value === undefined) throw new RangeError(`The text is not base64: character ${at + offset + 1}.`);
      triple = (triple << 6) | value;
    }
    for (let shift = 16; shift >= 0 && out < bytes.length; shift -= 8) bytes[out++] = (triple >> shift) & 255;
  }
  return bytes;
}
