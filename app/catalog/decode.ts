/**
 * Bytes of a text file to text. The encoding is decided from the bytes: a file that is valid UTF-8 from end to end is
 * UTF-8 (Norwegian text in Windows-1252 practically never is), anything else is Windows-1252.
 */

import { atOnce, type Steps } from './steps.ts';

export type TextEncoding = 'utf-8' | 'windows-1252';
export type DecodedText =
  | { readonly ok: true; readonly text: string; readonly encoding: TextEncoding }
  /** `utf-16`: what spreadsheets call Unicode text. `binary`: zero bytes, as in a workbook or a picture. */
  | { readonly ok: false; readonly reason: 'utf-16' | 'binary' };

/** What Windows-1252 has at 0x80–0x9F; its five unused places stay what they are. */
const WINDOWS_1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
/** Code units per piece: as many arguments as a call can safely take. */
const PIECE = 8_192;
/** A multiple of `PIECE`; a file of a few thousand articles is one step. */
const BYTES_A_STEP = 262_144;

function* textOf(units: Uint16Array): Steps<string> {
  let text = '';
  for (let at = 0; at < units.length; at += PIECE) {
    if (at > 0 && at % BYTES_A_STEP === 0) yield;
    text += String.fromCharCode(...units.subarray(at, at + PIECE));
  }
  return text;
}

/** How many bytes follow a first byte, and the smallest code point that needs so many (shorter forms are invalid). */
function sequenceOf(first: number): { readonly more: number; readonly bits: number; readonly least: number } | null {
  if (first >= 0xc2 && first <= 0xdf) return { more: 1, bits: first & 0x1f, least: 0x80 };
  if (first >= 0xe0 && first <= 0xef) return { more: 2, bits: first & 0x0f, least: 0x800 };
  if (first >= 0xf0 && first <= 0xf4) return { more: 3, bits: first & 0x07, least: 0x1_0000 };
  return null;
}

/** Strict UTF-8 (RFC 3629); null at the first byte that is not. */
function* decodeUtf8(bytes: Uint8Array): Steps<string | null> {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  let at = 0;
  let stepEnds = BYTES_A_STEP;
  while (at < bytes.length) {
    if (at >= stepEnds) {
      stepEnds = at + BYTES_A_STEP;
      yield;
    }
    const first = bytes[at] ?? 0;
    at += 1;
    if (first < 0x80) {
      units[length++] = first;
      continue;
    }
    const sequence = sequenceOf(first);
    if (sequence === null || at + sequence.more > bytes.length) return null;
    let point = sequence.bits;
    for (let step = 0; step < sequence.more; step += 1) {
      const next = bytes[at] ?? 0;
      if ((next & 0xc0) !== 0x80) return null;
      point = (point << 6) | (next & 0x3f);
      at += 1;
    }
    if (point < sequence.least || point > 0x10_ffff || (point >= 0xd800 && point <= 0xdfff)) return null;
    if (point >= 0x1_0000) {
      units[length++] = 0xd800 + ((point - 0x1_0000) >> 10);
      units[length++] = 0xdc00 + ((point - 0x1_0000) & 0x3ff);
    } else {
      units[length++] = point;
    }
  }
  return yield* textOf(units.subarray(0, length));
}

function* decodeWindows1252(bytes: Uint8Array): Steps<string> {
  const units = new Uint16Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) {
    if (at > 0 && at % BYTES_A_STEP === 0) yield;
    const byte = bytes[at] ?? 0;
    units[at] = byte >= 0x80 && byte <= 0x9f ? WINDOWS_1252_HIGH.charCodeAt(byte - 0x80) : byte;
  }
  return yield* textOf(units);
}

/** Decodes a text file's bytes, with or without a byte order mark. Never throws. */
export function decodeText(bytes: Uint8Array): DecodedText {
  return atOnce(decodeTextInSteps(bytes));
}

/** The same, giving way every so many bytes. */
export function* decodeTextInSteps(bytes: Uint8Array): Steps<DecodedText> {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { ok: false, reason: 'utf-16' };
  if (bytes.includes(0)) return { ok: false, reason: 'binary' };
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  const body = marked ? bytes.subarray(3) : bytes;
  const text = yield* decodeUtf8(body);
  if (text !== null) return { ok: true, text, encoding: 'utf-8' };
  return { ok: true, text: yield* decodeWindows1252(body), encoding: 'windows-1252' };
}
