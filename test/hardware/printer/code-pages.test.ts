import CodepageEncoder from '@point-of-sale/codepage-encoder';
import { describe, expect, it } from 'vitest';
import { characterOf, hasCharacter } from '../../../hardware/printer/code-pages.ts';
import { glyphOf } from '../../../hardware/printer/paper/font-a.ts';

const CODE_PAGES = ['cp437', 'cp865', 'cp858', 'windows1252'] as const;

describe('the code pages', () => {
  it.each(CODE_PAGES)('%s is the page that the encoder writes', (codePage) => {
    for (let byte = 0x20; byte <= 0xff; byte += 1) {
      const character = characterOf(codePage, byte);
      // The encoder writes these two as control bytes: `printable` never lets them through.
      if (character === null || character === '§' || character === '¶') continue;
      expect([byte, ...CodepageEncoder.encode(character, codePage)]).toEqual([byte, byte]);
    }
  });

  it.each(CODE_PAGES)('every character of %s has a glyph', (codePage) => {
    for (let byte = 0x20; byte <= 0xff; byte += 1) {
      const character = characterOf(codePage, byte);
      if (character !== null) expect([character, glyphOf(character)]).toEqual([character, expect.any(Array)]);
    }
  });

  it('have no character for a control byte', () => {
    for (const byte of [0x00, 0x0a, 0x1b, 0x1d, 0x7f]) expect(characterOf('cp865', byte)).toBeNull();
    expect(characterOf('windows1252', 0x81)).toBeNull();
    expect(hasCharacter('cp865', '\n')).toBe(false);
  });

  it('the Nordic page has ø where the American has ¢, and only the other has €', () => {
    expect(characterOf('cp437', 0x9b)).toBe('¢');
    expect(characterOf('cp865', 0x9b)).toBe('ø');
    expect(characterOf('cp858', 0xd5)).toBe('€');
    expect(hasCharacter('cp865', '€')).toBe(false);
  });
});
