/**
 * Text as a printer can set it: one code page for a whole document, and for each character that it lacks something
 * that people can read. No control byte of an article's name ever reaches the printer.
 */
import { type CodePageName, hasCharacter } from './code-pages.ts';

export type ReceiptCodePage = Extract<CodePageName, 'cp865' | 'cp858'>;

/** Typographic characters and letters that do not come apart by themselves, in ASCII. */
const SPELLED: ReadonlyMap<string, string> = new Map(
  (
    `‘=' ’=' ‚=' ‛=' ′=' ´=' “=" ”=" „=" ″=" ‐=- ‑=- ‒=- –=- —=- ―=- −=- …=... •=* ·=. ×=x ÷=/ €=EUR ™=(TM) ®=(R) ©=(C) ‰=o/oo ⁄=/ ` +
    'ł=l Ł=L đ=d Đ=D ð=d Ð=D þ=th Þ=Th ŋ=n Ŋ=N ŧ=t Ŧ=T ı=i œ=oe Œ=OE ẞ=SS ħ=h Ħ=H ø=o Ø=O æ=ae Æ=AE ß=ss №=No »=" §=par. ¶=*'
  )
    .split(' ')
    .map((entry): [string, string] => [entry.slice(0, 1), entry.slice(2)]),
);

/**
 * Whether the character comes out: the page has it, and the encoder finds it there. It writes § and ¶ as the control
 * bytes under which the first PCs drew them, which printers do not.
 */
function comesOut(codePage: CodePageName, character: string): boolean {
  return hasCharacter(codePage, character) && character !== '§' && character !== '¶';
}

const BLANK = /^[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+$/u;
/** Pictures, flags, marks without a letter, and what is invisible or no character at all. */
const UNSEEN = /\p{Extended_Pictographic}|\p{Regional_Indicator}|^\p{C}+$|^\p{M}+$/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A cluster in the page's characters; `''` for what is only a picture or invisible, `?` for a script that it lacks. */
function spell(cluster: string, codePage: CodePageName): string {
  if (comesOut(codePage, cluster)) return cluster;
  const whole = SPELLED.get(cluster);
  if (whole !== undefined) return whole;
  if (BLANK.test(cluster)) return ' ';
  let text = '';
  for (const part of cluster.normalize('NFKD')) text += comesOut(codePage, part) ? part : (SPELLED.get(part) ?? '');
  if (text !== '') return text;
  return UNSEEN.test(cluster) ? '' : '?';
}

/**
 * The text in characters of the code page. Letters lose accents that the page lacks, quotes and dashes become plain,
 * pictures and invisible marks go, control characters become spaces, other scripts become `?`.
 */
export function printable(text: string, codePage: CodePageName): string {
  // No-break spaces hold numbers together on a screen; on paper they are spaces.
  const plain = text.normalize('NFC').replaceAll('\u00a0', ' ').replaceAll('\u00ad', '');
  if ([...plain].every((character) => comesOut(codePage, character))) return plain;
  let spelled = '';
  for (const { segment } of graphemes.segment(plain)) spelled += spell(segment, codePage);
  const indent = /^ */.exec(plain)?.[0] ?? '';
  const tidy = spelled.replace(/ {2,}/g, ' ').trim();
  return indent + (tidy === '' && plain.trim() !== '' ? '?' : tidy);
}

function missing(texts: readonly string[], codePage: ReceiptCodePage): number {
  let count = 0;
  for (const text of texts) {
    for (const character of text.normalize('NFC')) {
      if (character !== '\u00a0' && character !== '\u00ad' && !comesOut(codePage, character)) count += 1;
    }
  }
  return count;
}

/** One page for the whole document: the Nordic one, unless the one with € lacks fewer of its characters. */
export function chooseCodePage(texts: readonly string[]): ReceiptCodePage {
  return missing(texts, 'cp858') < missing(texts, 'cp865') ? 'cp858' : 'cp865';
}
