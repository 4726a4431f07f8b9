/** Bars of the linear barcodes, drawn as the standards have them (ISO/IEC 15417 for Code 128, ISO/IEC 15420 for EAN). */

/** Widths of bar, space, bar, … for Code 128's symbols 0–105 and its stop symbol. */
const CODE_128_WIDTHS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 ' +
  '223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 ' +
  '112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 ' +
  '311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 ' +
  '122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 ' +
  '214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112';
const CODE_128 = CODE_128_WIDTHS.split(' ');
const STOP = 106;

type CodeSet = 'A' | 'B' | 'C';
const START: Readonly<Record<CodeSet, number>> = { A: 103, B: 104, C: 105 };
const SWITCH: Readonly<Record<CodeSet, number>> = { A: 101, B: 100, C: 99 };

/** A barcode as dark (1) and light (0) modules, and what a scanner reads from it. */
export interface Bars {
  readonly content: string;
  readonly modules: Uint8Array;
}

/** The content does not fit the kind of barcode. The message says why. */
export class BarcodeContentError extends Error {
  override readonly name = 'BarcodeContentError';
}

function modulesOf(widths: readonly string[]): Uint8Array {
  const modules: number[] = [];
  for (const symbol of widths) {
    [...symbol].forEach((width, index) => {
      for (let at = 0; at < Number(width); at += 1) modules.push(index % 2 === 0 ? 1 : 0);
    });
  }
  return Uint8Array.from(modules);
}

function codeSetOf(letter: number | undefined): CodeSet | null {
  if (letter === 0x41) return 'A';
  if (letter === 0x42) return 'B';
  return letter === 0x43 ? 'C' : null;
}

/** The symbol for one data byte in a code set. Set C takes a pair of digits as one byte 0–99. */
function symbolOf(codeSet: CodeSet, byte: number): number {
  if (codeSet === 'C' && byte <= 99) return byte;
  if (codeSet !== 'C' && byte >= 0x20 && byte <= 0x5f) return byte - 0x20;
  if (codeSet === 'A' && byte < 0x20) return byte + 64;
  if (codeSet === 'B' && byte >= 0x60 && byte <= 0x7f) return byte - 0x20;
  throw new BarcodeContentError(`Code 128 set ${codeSet} cannot hold the byte ${byte}`);
}

/**
 * Code 128 from the bytes of `GS k 73`: they begin with `{A`, `{B` or `{C`, may switch on the way, and write `{` as `{{`.
 * Throws `BarcodeContentError`.
 */
export function code128(data: Uint8Array): Bars {
  let codeSet: CodeSet | null = null;
  const symbols: number[] = [];
  let content = '';
  for (let at = 0; at < data.length; at += 1) {
    let byte = data[at] ?? 0;
    if (byte === 0x7b) {
      at += 1;
      const next = codeSetOf(data[at]);
      if (next !== null) {
        symbols.push(codeSet === null ? START[next] : SWITCH[next]);
        codeSet = next;
        continue;
      }
      if (data[at] !== 0x7b) throw new BarcodeContentError('Code 128 knows no such escape');
      byte = 0x7b;
    }
    if (codeSet === null) throw new BarcodeContentError('Code 128 must begin with a code set');
    symbols.push(symbolOf(codeSet, byte));
    content += codeSet === 'C' ? String(byte).padStart(2, '0') : String.fromCharCode(byte);
  }
  if (content === '') throw new BarcodeContentError('Code 128 has no content');
  const check = symbols.reduce((sum, symbol, index) => sum + symbol * Math.max(index, 1), 0) % 103;
  return { content, modules: modulesOf([...symbols, check, STOP].map((symbol) => CODE_128[symbol] ?? '')) };
}

const EAN_LEFT_ODD = ['0001101', '0011001', '0010011', '0111101', '0100011', '0110001', '0101111', '0111011', '0110111', '0001011'];
const EAN_FIRST_DIGIT = ['OOOOOO', 'OOEOEE', 'OOEEOE', 'OOEEEO', 'OEOOEE', 'OEEOOE', 'OEEEOO', 'OEOEOE', 'OEOEEO', 'OEEOEO'];

function eanCheckDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

function inverted(bits: string): string {
  return bits.replace(/[01]/g, (bit) => (bit === '0' ? '1' : '0'));
}

/** EAN-13 or EAN-8. The check digit may be left out; a wrong one throws `BarcodeContentError`. */
export function ean(data: Uint8Array, length: 8 | 13): Bars {
  const given = String.fromCharCode(...data);
  if (!/^\d+$/.test(given) || (given.length !== length && given.length !== length - 1)) {
    throw new BarcodeContentError(`EAN-${length} takes ${length - 1} or ${length} digits`);
  }
  const body = given.slice(0, length - 1);
  const content = body + String(eanCheckDigit(body));
  if (given.length === length && given !== content) throw new BarcodeContentError(`EAN-${length} has a wrong check digit`);
  const first = length === 13 ? Number(content[0]) : 0;
  const digits = [...(length === 13 ? content.slice(1) : content)];
  const half = digits.length / 2;
  const parity = length === 13 ? (EAN_FIRST_DIGIT[first] ?? '') : 'OOOO';
  const left = digits.slice(0, half).map((digit, index) => {
    const odd = EAN_LEFT_ODD[Number(digit)] ?? '';
    return parity[index] === 'O' ? odd : [...inverted(odd)].reverse().join('');
  });
  const right = digits.slice(half).map((digit) => inverted(EAN_LEFT_ODD[Number(digit)] ?? ''));
  const bits = `101${left.join('')}01010${right.join('')}101`;
  return { content, modules: Uint8Array.from([...bits].map(Number)) };
}
