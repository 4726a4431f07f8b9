import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCharacter } from '../../../hardware/printer/code-pages.ts';
import { chooseCodePage, printable } from '../../../hardware/printer/printable.ts';

describe('text for a printer', () => {
  it('keeps what the page has', () => {
    expect(printable('æøåÆØÅéüäö½', 'cp865')).toBe('æøåÆØÅéüäö½');
    expect(printable('æøåÆØÅéüäö€×½', 'cp858')).toBe('æøåÆØÅéüäö€×½');
  });

  it('makes quotes, dashes and spaces of the screen plain', () => {
    expect(printable('«Ost» – 1\u00a0234,50 “god” ’n… 2 × 3', 'cp865')).toBe('«Ost" - 1 234,50 "god" \'n... 2 x 3');
    expect(printable('§ 4', 'cp858')).toBe('par. 4');
  });

  it('takes away accents that the page lacks, also written as marks of their own', () => {
    expect(printable('Łódź, Čačak, a\u030a, e\u0301', 'cp865')).toBe('Lódz, Cacak, å, é');
  });

  it('leaves pictures out of a name, and says ? for a name that is nothing else', () => {
    expect(printable('🍎 Eple 👨‍👩‍👧 stor 🇳🇴', 'cp865')).toBe('Eple stor');
    expect(printable('🍎🍏', 'cp865')).toBe('?');
  });

  it('says ? for each letter of a script that it lacks, and drops marks of direction', () => {
    expect(printable('\u202eשלום\u202c Te', 'cp865')).toBe('???? Te');
  });

  it('makes control characters into spaces, so that none reaches the printer', () => {
    expect(printable('Ost\u001b@\u0000\nfat\u0007', 'cp865')).toBe('Ost @ fat');
  });

  it('keeps the spaces that a line begins with', () => {
    expect(printable('  Pant 🧴', 'cp865')).toBe('  Pant');
  });

  it('gives only characters of the page, whatever it gets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('cp865' as const, 'cp858' as const), (text, page) => {
        const shown = printable(text, page);
        expect([...shown].filter((character) => !hasCharacter(page, character))).toEqual([]);
        expect(printable(shown, page)).toBe(shown);
      }),
      { numRuns: 250 },
    );
  });

  it('takes the Nordic page, unless the other one has more of the characters', () => {
    expect(chooseCodePage(['Smør', '– “ø”'])).toBe('cp865');
    expect(chooseCodePage(['Smør', '10 €'])).toBe('cp858');
    expect(chooseCodePage(['🍎'])).toBe('cp865');
  });
});
