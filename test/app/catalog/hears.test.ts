import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eanCheckDigit } from '../../../app/catalog/ean.ts';
import { hears, printableBytes, printableText } from '../../../app/catalog/hears.ts';
import { receiptCode } from '../../../app/receipt/receipt-code.ts';

const withCheck = (digits: string) => `${digits}${eanCheckDigit(digits)}`;
const today = '2026-11-21';
const said = (code: string, language: 'nb' | 'en' = 'nb') =>
  hears({ kind: 'code', code }, language, { today }).said.replaceAll('\u00a0', ' ');

describe('The page on which a scanner is tried', () => {
  it('says what each code is', () => {
    expect(said('7090000010010')).toBe('Vare med strekkode 7090000010010');
    expect(said(withCheck('230300100822'))).toBe('Vektetikett: varenummer 03001, 0,822 kg');
    expect(said(withCheck('200300103280'))).toBe('Prisetikett: varenummer 03001, 32,80 kr');
    expect(said(receiptCode({ series: 'sale', storeId: 'kolo', registerId: '1', receiptNumber: 1042 }))).toBe(
      'Kvittering 1042 fra kasse 1',
    );
    expect(said('A-100')).toBe('Tekst: kan være et varenummer');
    expect(said('7090000010011')).toBe('Kontrollsifferet stemmer ikke. Skann igjen.');
  });

  it('says everything that a GS1 code tells', () => {
    const code = '(01)07090000010010(3103)000822(3922)4990(17)261231(10)A-1(21)7(30)2';
    expect(said(code)).toBe(
      'GS1-kode for vare 07090000010010, 0,822 kg, 49,90 kr, 2 stk, siste forbruksdag 31.12.2026, parti A-1, serienummer 7',
    );
    expect(said(code, 'en')).toBe(
      'GS1 code of article 07090000010010, 0.822 kg, NOK 49.90, 2 pcs, use by 2026-12-31, batch A-1, serial number 7',
    );
  });

  it('says what is wrong, and the way out', () => {
    expect(said(']C10107090000010011')).toBe('Kontrollsifferet i GS1-koden stemmer ikke. Skann igjen, eller søk på navn.');
    expect(said(']C1010709000001001017260231')).toBe('GS1-koden har en dato som ikke finnes (del 17). Søk på navn.');
    const raw = Uint8Array.from([0xaa, 0x00, 0x41]);
    expect(hears({ kind: 'dropped', raw, byteCount: 6_000, why: 'too-long' }, 'nb')).toEqual({
      shown: '<AA><NUL>A',
      said: 'Støy: 6000 byte uten slutt. Sjekk hastigheten, og at porten er skannerens.',
      scan: null,
    });
    expect(hears({ kind: 'dropped', raw, byteCount: 3, why: 'cut-off' }, 'nb').said).toContain('stoppet midt i');
  });

  it('shows every byte, also those that cannot be seen', () => {
    const raw = Buffer.from(']d20107\u001d10BLÅ', 'utf8');
    expect(hears({ kind: 'code', code: ']d20107\u001d10BLÅ', raw }, 'nb').shown).toBe(']d20107<GS>10BL<C3><85>');
    expect(hears({ kind: 'code', code: 'BLÅ\u202e\u0007' }, 'nb').shown).toBe('BLÅ<202E><BEL>');
  });

  it('does not show a customer’s own code, which has a phone number in it', () => {
    const code = 'https://qr.vipps.no/28/2/01/031/4791234567?v=1';
    const heard = hears({ kind: 'code', code, raw: Buffer.from(code) }, 'nb');
    expect(heard).toMatchObject({ shown: 'https://qr.vipps.no/…', said: 'Kundens egen kode i betalingsappen' });
  });

  it('shows anything at all, without a sign that moves the cursor, and not without end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.string({ unit: 'binary', maxLength: 600 }), (bytes, text) => {
        expect(printableBytes(bytes)).toMatch(/^[ -~]*…?$/);
        expect(printableText(text)).toMatch(/^[\p{L}\p{N}\p{P}\p{S} ]*$/u);
        expect(hears({ kind: 'code', code: text }, 'en', { today }).said).not.toBe('');
      }),
    );
  });
});
