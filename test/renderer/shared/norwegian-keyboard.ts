/** The keys of a Norwegian layout, as a browser tells of them. */

const PLAIN: Readonly<Record<string, string>> = {
  Backquote: '|',
  Minus: '+',
  Equal: '\\',
  BracketLeft: 'å',
  BracketRight: 'Dead',
  Semicolon: 'ø',
  Quote: 'æ',
  Backslash: "'",
  Comma: ',',
  Period: '.',
  Slash: '-',
  Space: ' ',
  IntlBackslash: '<',
};
const SHIFTED: Readonly<Record<string, string>> = {
  Backquote: '§',
  Minus: '?',
  Equal: 'Dead',
  BracketLeft: 'Å',
  BracketRight: 'Dead',
  Semicolon: 'Ø',
  Quote: 'Æ',
  Backslash: '*',
  Comma: ';',
  Period: ':',
  Slash: '_',
  Space: ' ',
  IntlBackslash: '>',
  Digit1: '!',
  Digit2: '"',
  Digit3: '#',
  Digit4: '¤',
  Digit5: '%',
  Digit6: '&',
  Digit7: '/',
  Digit8: '(',
  Digit9: ')',
  Digit0: '=',
};
const AMERICAN_PLAIN: Readonly<Record<string, string>> = {
  Backquote: '`',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Semicolon: ';',
  Quote: "'",
  Backslash: '\\',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Space: ' ',
};
const AMERICAN_SHIFTED: Readonly<Record<string, string>> = {
  Backquote: '~',
  Minus: '_',
  Equal: '+',
  BracketLeft: '{',
  BracketRight: '}',
  Semicolon: ':',
  Quote: '"',
  Backslash: '|',
  Comma: '<',
  Period: '>',
  Slash: '?',
  Digit1: '!',
  Digit2: '@',
  Digit3: '#',
  Digit4: '$',
  Digit5: '%',
  Digit6: '^',
  Digit7: '&',
  Digit8: '*',
  Digit9: '(',
  Digit0: ')',
};

export interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
}

function stroke(
  character: string,
  plain: Readonly<Record<string, string>>,
  shifted: Readonly<Record<string, string>>,
): Omit<Stroke, 'key'> {
  if (character === '\u001d') return { code: 'BracketRight', shift: false, ctrl: true };
  if (/\d/.test(character)) return { code: `Digit${character}`, shift: false, ctrl: false };
  if (/[a-z]/i.test(character)) return { code: `Key${character.toUpperCase()}`, shift: character !== character.toLowerCase(), ctrl: false };
  for (const [table, shift] of [
    [plain, false],
    [shifted, true],
  ] as const) {
    const code = Object.keys(table).find((each) => table[each] === character);
    if (code !== undefined) return { code, shift, ctrl: false };
  }
  throw new Error(`There is no key for ${character}.`);
}

/** What the browser tells when a scanner that believes in an American keyboard writes this text under a Norwegian layout. */
export function americanScanner(text: string): readonly Stroke[] {
  return [...text].map((character) => seen(stroke(character, AMERICAN_PLAIN, AMERICAN_SHIFTED)));
}

/** The same for a scanner that was set up for the Norwegian layout. */
export function norwegianScanner(text: string): readonly Stroke[] {
  return [...text].map((character) => seen(stroke(character, PLAIN, SHIFTED)));
}

function seen(pressed: Omit<Stroke, 'key'>): Stroke {
  const { code, shift, ctrl } = pressed;
  const letter = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  const table = shift ? SHIFTED : PLAIN;
  const key = table[code] ?? (shift ? letter : letter?.toLowerCase()) ?? '';
  return { key: ctrl ? ']' : key, code, shift, ctrl };
}
