/**
 * The code pages that a receipt may be printed in, and the numbers printers know them by (`ESC t n`).
 * A table holds the characters of the bytes 0x80–0xFF; the bytes 0x20–0x7E are ASCII in all of them.
 */

export type CodePageName = 'cp437' | 'cp865' | 'cp858' | 'windows1252';

const UNDEFINED = '\ufffd';

const CP437 =
  'ÇüéâäàåçêëèïîìÄÅ' +
  'ÉæÆôöòûùÿÖÜ¢£¥₧ƒ' +
  'áíóúñÑªº¿⌐¬½¼¡«»' +
  '░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧' +
  '╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩' +
  '≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** The Nordic page is the American one with three places changed. */
const CP865 = [...CP437].map((character, index) => ({ 27: 'ø', 29: 'Ø', 47: '¤' })[index] ?? character).join('');

/** Western European with the euro sign: the page 850 with € for the dotless i. */
const CP858 =
  'ÇüéâäàåçêëèïîìÄÅ' +
  'ÉæÆôöòûùÿÖÜø£Ø×ƒ' +
  'áíóúñÑªº¿®¬½¼¡«»' +
  '░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤' +
  'ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀' +
  'ÓßÔÒõÕµþÞÚÛÙýÝ¯´' +
  '\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

const LATIN_1 = Array.from({ length: 96 }, (_, index) => String.fromCharCode(0xa0 + index)).join('');
const WINDOWS_1252 = `€${UNDEFINED}‚ƒ„…†‡ˆ‰Š‹Œ${UNDEFINED}Ž${UNDEFINED}${UNDEFINED}‘’“”•–—˜™š›œ${UNDEFINED}žŸ${LATIN_1}`;

const UPPER_HALVES: Readonly<Record<CodePageName, string>> = {
  cp437: CP437,
  cp865: CP865,
  cp858: CP858,
  windows1252: WINDOWS_1252,
};

/** The character that a printer sets for a byte, or `null` where the page has none (control bytes among them). */
export function characterOf(codePage: CodePageName, byte: number): string | null {
  if (byte >= 0x20 && byte <= 0x7e) return String.fromCharCode(byte);
  if (byte < 0x80 || byte > 0xff) return null;
  const character = UPPER_HALVES[codePage].charAt(byte - 0x80);
  return character === UNDEFINED ? null : character;
}

const CHARACTERS: Readonly<Record<CodePageName, ReadonlySet<string>>> = {
  cp437: charactersOf('cp437'),
  cp865: charactersOf('cp865'),
  cp858: charactersOf('cp858'),
  windows1252: charactersOf('windows1252'),
};

function charactersOf(codePage: CodePageName): ReadonlySet<string> {
  const characters = new Set<string>();
  for (let byte = 0x20; byte <= 0xff; byte += 1) {
    const character = characterOf(codePage, byte);
    if (character !== null) characters.add(character);
  }
  return characters;
}

/** Whether the page has the character. Line breaks and other control characters are in none. */
export function hasCharacter(codePage: CodePageName, character: string): boolean {
  return CHARACTERS[codePage].has(character);
}
