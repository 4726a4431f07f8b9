import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../app/catalog/decode.ts';
import { utf8, utf8WithMark, windows1252 } from './bytes.ts';

describe('encodings, decided from the bytes', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    expect(decodeText(utf8('Blåbær 😀'))).toEqual({ ok: true, text: 'Blåbær 😀', encoding: 'utf-8' });
    expect(decodeText(utf8WithMark('Rømme'))).toEqual({ ok: true, text: 'Rømme', encoding: 'utf-8' });
  });
  it('reads Windows-1252, its dashes and euro sign too', () => {
    expect(decodeText(windows1252('Crème fraîche – 5 €'))).toEqual({ ok: true, text: 'Crème fraîche – 5 €', encoding: 'windows-1252' });
  });
  it('agrees with the platform about every byte of Windows-1252', () => {
    const bytes = Uint8Array.from({ length: 255 }, (_, index) => index + 1);
    expect(decodeText(bytes)).toMatchObject({ text: new TextDecoder('windows-1252').decode(bytes) });
  });
  it('says what it will not read', () => {
    expect(decodeText(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toEqual({ ok: false, reason: 'utf-16' });
    expect(decodeText(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x00]))).toEqual({ ok: false, reason: 'binary' });
  });
  it('agrees with the platform about what is UTF-8', () => {
    const tricky = fc.constantFrom(
      0x41,
      0x7f,
      0x80,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
      0xff,
      0x9f,
      0xa0,
      0x8f,
      0x90,
    );
    fc.assert(
      fc.property(fc.array(tricky, { maxLength: 8 }), (list) => {
        const bytes = Uint8Array.from([0x41, ...list]);
        let expected: string | null = null;
        try {
          expected = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        } catch {
          expected = null;
        }
        const decoded = decodeText(bytes);
        expect(decoded).toEqual(
          expected === null
            ? { ok: true, text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
            : { ok: true, text: expected, encoding: 'utf-8' },
        );
      }),
      { numRuns: 2_000 },
    );
  });
  it('reads back any text that was written as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = text.replaceAll('\u0000', '');
        expect(decodeText(utf8(`x${clean}`))).toEqual({ ok: true, text: `x${clean}`, encoding: 'utf-8' });
      }),
    );
  });
});
