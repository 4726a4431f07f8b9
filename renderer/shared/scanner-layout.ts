/**
 * What a scanner meant by the keys it pressed. Scanners leave the factory as American keyboards, and many are never told
 * otherwise: under a Norwegian layout their `https://` arrives as `httpsØ--`. Others were set up for the layout that the
 * machine has. Every key is kept both ways, and the whole code tells which way makes sense.
 */

/** What each key writes on an American keyboard: without Shift and with it. Letters and unshifted digits go by themselves. */
const AMERICAN: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
};

/** The character of a key (`event.code`) on an American keyboard, or null for a key that it does not have. */
export function americanCharacter(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^Numpad(\d)$/.exec(code)?.[1];
  return digit ?? AMERICAN[code]?.[shift ? 1 : 0] ?? null;
}

/** `own`: the scanner was set up for the layout that this machine has. */
export type ScannerLayout = 'own' | 'american';

/** One code, both ways. */
export interface BothWays {
  readonly own: string;
  /** Null when there were keys that no American keyboard has, or AltGr. */
  readonly american: string | null;
  /** A key was pressed that writes nothing by itself under this layout (`¨`): no scanner that knows the layout does that. */
  readonly dead: boolean;
}

/** Nobody's article number looks like this by chance: a link, the mark of the kind of bars (ISO/IEC 15424), GS1 in brackets. */
const FORM = /^(?:https?:\/\/|\][A-Za-z]\d.|\(\d{2,4}\))/i;

/** How unlike a code a text is: what stands in article numbers costs nothing, what stands in no code most. */
function oddness(text: string): number {
  let sum = 0;
  for (const character of text) {
    if (character === '\u001d' || /[0-9A-Za-z .-]/.test(character)) continue;
    sum += /[/:_]|\p{L}/u.test(character) ? 1 : character === '+' || character === '?' || character === '=' ? 2 : 3;
  }
  return sum;
}

/**
 * Which way a code was meant. `known` is what an earlier code or the shop's own setting said; it counts until a code says
 * otherwise beyond doubt. `sure`: this code did.
 */
export function meantBy(
  code: BothWays,
  known: ScannerLayout | null,
): { readonly code: string; readonly layout: ScannerLayout; readonly sure: boolean } {
  const { own, american } = code;
  if (american === null) return { code: own, layout: 'own', sure: true };
  const pick = (layout: ScannerLayout, sure: boolean) => ({ code: layout === 'own' ? own : american, layout, sure });
  if (own === american) return pick(known ?? 'own', false);
  if (code.dead) return pick('american', true);
  if (FORM.test(own) !== FORM.test(american)) return pick(FORM.test(own) ? 'own' : 'american', true);
  if (known !== null) return pick(known, false);
  return pick(oddness(american) < oddness(own) ? 'american' : 'own', false);
}
