/** Texts as the bytes a shop's programs would write. */

const WINDOWS_1252: ReadonlyMap<string, number> = new Map([
  ['€', 0x80],
  ['–', 0x96],
  ['’', 0x92],
  ['…', 0x85],
]);

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function utf8WithMark(text: string): Uint8Array {
  return new Uint8Array([0xef, 0xbb, 0xbf, ...utf8(text)]);
}

/** Throws for a character that Windows-1252 does not have. */
export function windows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const high = WINDOWS_1252.get(character);
    if (high !== undefined) return high;
    const code = character.charCodeAt(0);
    if (code > 0xff || (code >= 0x80 && code <= 0x9f)) throw new RangeError(`${character} is not in Windows-1252`);
    return code;
  });
}
