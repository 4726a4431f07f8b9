import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { salesReceipt } from '../../../../app/receipt/sales-receipt.ts';
import { encodeDocument } from '../../../../hardware/printer/encode.ts';
import type { PaperBlock } from '../../../../hardware/printer/paper/paper.ts';
import { createPaperReader, readPaper } from '../../../../hardware/printer/paper/read.ts';
import { PaperRefusedError, type RefusalReason } from '../../../../hardware/printer/paper/refusal.ts';
import { paperToLines } from '../../../../hardware/printer/paper/text.ts';
import { exampleFacts } from '../../../app/receipt/example-sale.ts';

const WIDTH = { widthDots: 576 };

function bytes(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])));
}

function refusal(...parts: (string | number)[]): PaperRefusedError {
  try {
    readPaper(bytes(...parts), WIDTH);
  } catch (error) {
    if (error instanceof PaperRefusedError) return error;
    throw error;
  }
  throw new Error('these bytes were read');
}

function blocks(...parts: (string | number)[]): readonly PaperBlock[] {
  return readPaper(bytes(...parts), WIDTH).blocks;
}

const ESC = 0x1b;
const GS = 0x1d;

describe('reading paper from bytes', () => {
  it('sets text in the code page that was chosen last', () => {
    expect(paperToLines(readPaper(bytes(0x9b, ESC, 't', 5, 0x9b, ESC, 't', 19, 0xd5, ESC, 't', 16, 0x96, '\n'), WIDTH))).toEqual(['¢ø€–']);
  });

  it('knows bold, underline, inverted and eight sizes', () => {
    const [line] = blocks(ESC, 'E', 1, 'a', ESC, 'E', 0, ESC, '-', 2, GS, 'B', 1, GS, '!', 0x12, 'b\n');
    expect(line).toMatchObject({
      kind: 'line',
      heightDots: 72,
      characters: [
        { character: 'a', bold: true, underlineDots: 0, inverted: false, xDots: 0, widthTimes: 1, heightTimes: 1 },
        { character: 'b', bold: false, underlineDots: 2, inverted: true, xDots: 12, widthTimes: 2, heightTimes: 3 },
      ],
    });
  });

  it('aligns within the print area', () => {
    const xs = (align: number) => {
      const [line] = blocks(GS, 'L', 36, 0, GS, 'W', 0xf8, 0x01, ESC, 'a', align, 'ab\n');
      return line?.kind === 'line' ? line.characters.map((set) => set.xDots) : null;
    };
    expect([xs(0), xs(1), xs(2)]).toEqual([
      [36, 48],
      [276, 288],
      [516, 528],
    ]);
  });

  it('breaks a line that is too long, and says so', () => {
    const [first, second] = blocks('x'.repeat(49), '\n');
    expect(first).toMatchObject({ kind: 'line', overflowed: true });
    expect(second).toMatchObject({ kind: 'line', overflowed: false, characters: [{ character: 'x' }] });
  });

  it('feeds, cuts and opens the drawer', () => {
    expect(blocks(ESC, 'd', 2, ESC, 'J', 7, ESC, '3', 40, '\n', ESC, '2', ESC, 'p', 0, 0x32, 0xfa, GS, 'V', 66, 5)).toEqual([
      { kind: 'feed', heightDots: 60 },
      { kind: 'feed', heightDots: 7 },
      { kind: 'line', characters: [], heightDots: 40, overflowed: false },
      { kind: 'drawer-kick', pin: 2, onMs: 100, offMs: 500 },
      { kind: 'feed', heightDots: 5 },
      { kind: 'cut', partial: true },
    ]);
  });

  it('takes a picture as dots', () => {
    expect(blocks(ESC, 'a', 1, GS, 'v0', 0, 2, 0, 2, 0, 0xff, 0x00, 0x0f, 0xf0)).toEqual([
      { kind: 'image', xDots: 280, widthDots: 16, heightDots: 2, rows: Uint8Array.of(0xff, 0x00, 0x0f, 0xf0) },
    ]);
  });

  it('starts afresh with ESC @', () => {
    const [line] = blocks(ESC, 'E', 1, ESC, 't', 5, 'lost', ESC, '@', 0x9b, '\n');
    expect(line).toMatchObject({ characters: [{ character: '¢', bold: false }] });
  });

  it.each<[string, RefusalReason, (string | number)[], number]>([
    ['a command that is not known', 'unknown-command', ['ab', ESC, 'z', 1], 2],
    ['a control byte', 'unknown-command', ['a', 0x07], 1],
    ['a value that the command does not take', 'bad-parameter', [ESC, 'a', 3], 0],
    ['a code page that it has not', 'bad-parameter', [ESC, 't', 77], 0],
    ['another font', 'bad-parameter', [ESC, 'M', 1], 0],
    ['bytes that end inside a command', 'truncated', ['x\n', GS, 'v0', 0, 2, 0], 2],
    ['a byte that the page has no character for', 'no-such-character', [ESC, 't', 16, 0x81], 3],
    ['alignment in the middle of a line', 'not-at-line-start', ['a', ESC, 'a', 1], 1],
    ['a cut in the middle of a line', 'not-at-line-start', ['a', GS, 'V', 0], 1],
    ['a picture wider than the paper', 'too-wide', [GS, 'v0', 0, 73, 0, 1, 0, '.'.repeat(73)], 0],
    ['a barcode wider than the paper', 'too-wide', [GS, 'w', 6, GS, 'k', 73, 22, '{B', 'x'.repeat(20)], 3],
    ['a barcode with a wrong check digit', 'bad-code', [GS, 'k', 67, 13, '7044610001013'], 0],
    ['a barcode of another kind', 'bad-parameter', [GS, 'k', 72, 2, 'AB'], 0],
    ['a QR without data', 'bad-code', [GS, '(k', 3, 0, '1Q0'], 0],
    ['a two-dimensional code of another kind', 'bad-parameter', [GS, '(k', 3, 0, '0A', 1], 0],
    ['text without a line feed at the end', 'unfinished-line', ['a\nb'], 3],
  ])('refuses %s, with its place', (_what, reason, parts, offset) => {
    const error = refusal(...parts);
    expect([error.reason, error.offset]).toEqual([reason, offset]);
  });

  it('shows the refused bytes in its message', () => {
    expect(refusal('ab', ESC, 'z', 1).message).toBe('no such command (unknown-command) at byte 2: 1b 7a 01');
  });

  it('does not go on after a refusal', () => {
    const reader = createPaperReader(WIDTH);
    expect(() => reader.feed(bytes('a\n', 0x07))).toThrow(PaperRefusedError);
    expect(() => reader.feed(bytes('b\n'))).toThrow(PaperRefusedError);
    expect(paperToLines(reader.paper())).toEqual(['a']);
  });

  it('stops a stream of line feeds before the memory is full', () => {
    expect(refusal('\n'.repeat(7_000)).reason).toBe('too-long');
  });

  it('reads the same paper however the cable cuts the bytes up', () => {
    const receipt = encodeDocument(salesReceipt(exampleFacts()), { columns: 42 });
    const whole = readPaper(receipt, WIDTH);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 30 }), (sizes) => {
        const reader = createPaperReader(WIDTH);
        let at = 0;
        for (const size of [...sizes, receipt.length]) {
          reader.feed(receipt.slice(at, at + size));
          at += size;
        }
        expect(reader.end()).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('gives paper or the named error for any bytes at all', () => {
    const command = fc.constantFrom(
      ...['@', 'E', '-', 'M', 't', 'a', 'd', 'J', '3', 'p'].map((letter) => [ESC, letter.charCodeAt(0)]),
      ...['!', 'B', 'L', 'W', 'V', 'h', 'w', 'H', 'k', 'v0', '(k'].map((letters) => [GS, ...Buffer.from(letters)]),
    );
    const anything = fc.array(fc.oneof(command, fc.uint8Array({ maxLength: 12 }), fc.constant([0x0a])), { maxLength: 40 });
    fc.assert(
      fc.property(anything, (parts) => {
        try {
          readPaper(Uint8Array.from(parts.flatMap((part) => [...part])), WIDTH);
        } catch (error) {
          expect(error).toBeInstanceOf(PaperRefusedError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
