import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BarcodeContentError, code128, ean } from '../../../../hardware/printer/paper/barcodes.ts';

const text = (content: string) => Buffer.from(content, 'latin1');

describe('Code 128', () => {
  it('takes eleven modules for start, each character and the check, and thirteen for the end', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -z|}~]{1,20}$/), (content) => {
        const bars = code128(text(`{B${content}`));
        expect(bars.content).toBe(content);
        expect(bars.modules).toHaveLength(11 * (content.length + 2) + 13);
        expect([bars.modules[0], bars.modules.at(-1)]).toEqual([1, 1]);
      }),
    );
  });

  it('takes two digits a symbol in set C, and switches sets on the way', () => {
    const bars = code128(Uint8Array.of(...text('{C'), 12, 34, ...text('{Bab{{')));
    expect(bars.content).toBe('1234ab{');
    expect(bars.modules).toHaveLength(11 * (1 + 2 + 1 + 3 + 1) + 13);
  });

  it.each(['', 'no set', '{B', '{Bå', '{Aa', '{Dx', '{B{x'])('refuses %j', (content) => {
    expect(() => code128(text(content))).toThrow(BarcodeContentError);
  });
});

describe('EAN', () => {
  it('adds the check digit that is missing', () => {
    expect(ean(text('704461000101'), 13).content).toBe('7044610001012');
    expect(ean(text('7044610001012'), 13).modules).toHaveLength(95);
    expect(ean(text('7038010'), 8).modules).toHaveLength(67);
  });

  it.each(['7044610001013', '70446100', 'abc', ''])('refuses %j as EAN-13', (content) => {
    expect(() => ean(text(content), 13)).toThrow(BarcodeContentError);
  });
});
