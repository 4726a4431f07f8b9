import { describe, expect, it } from 'vitest';
import { LEGAL_MARKS } from '../../../app/receipt/marks.ts';
import { SaleNotCompletedError, salesReceipt, TotalsMismatchError } from '../../../app/receipt/sales-receipt.ts';
import type { Tender } from '../../../app/sale/sale.ts';
import { receiptTexts } from '../../../app/text/receipt.ts';
import { exampleFacts, exampleLine, exampleSale, exampleTotals } from './example-sale.ts';
import { rows } from './rows.ts';

describe('the sales receipt', () => {
  it('has everything that the law asks, in this order', () => {
    expect(rows(salesReceipt(exampleFacts()))).toEqual([
      'Salgskvittering',
      'Kolonialen på hjørnet AS',
      'Storgata 1, 0155 Oslo',
      'Org.nr 999 999 999 MVA',
      'Foretaksregisteret',
      'Kvittering 1042 | 20.11.2026 12:41:09',
      'Kasse 1 | Kari N. (12)',
      '2 x Kneipp, grovt | 39,90 | 79,80',
      'TINE Lettmelk 1 l |  | 24,90',
      '0,822 kg Eple, Aroma | 39,90 | 32,80',
      'Farris 0,5 l |  | 27,00',
      '  Pant |  | 2,00',
      'Kaffe, stor |  | 39,00',
      '  -10 % Stamkunde |  | -3,90',
      'TOTALT NOK | 201,60',
      'Vipps | 201,60',
      '  kolo-1-2611-a3f-1042-1',
      '  Transaksjon 5001420062',
      'Mva | Grunnlag | Mva | Totalt',
      '25 % | 21,60 | 5,40 | 27,00',
      '15 % | 150,09 | 22,51 | 172,60',
      ' 0 % | 2,00 | 0,00 | 2,00',
      'Takk for handelen!',
      'qr T1S.KOLO.1.1042.5G',
      'T1S.KOLO.1.1042.5G',
    ]);
  });

  it('begins with the mark and belongs to the series of sales', () => {
    const document = salesReceipt(exampleFacts());
    expect(document.blocks[0]).toEqual({ kind: 'mark', text: 'Salgskvittering' });
    expect(document.series).toBe('sale');
    expect(document.title).toBe('Kvittering 1042');
  });

  it('has amounts at the right that add up to the total', () => {
    const ore = (text: string) => Number(text.replaceAll(/[^\d-]/g, ''));
    const items = salesReceipt(exampleFacts()).blocks.filter((block) => block.kind === 'item');
    expect(items.reduce((sum, item) => sum + ore(item.amount), 0)).toBe(exampleTotals().totalOre);
  });

  it('shows a cash payment with its rounding line, what was received and the change', () => {
    const cash: Tender = { kind: 'cash', tenderId: 't', amountOre: 20_160, roundingOre: 40, receivedOre: 50_000, changeOre: 29_800 };
    const shown = rows(salesReceipt(exampleFacts({ sale: exampleSale({ tenders: [cash] }) })));
    expect(shown).toContain('Øreavrunding | 0,40');
    expect(shown.slice(shown.indexOf('Kontant | 202,00'))).toEqual(
      expect.arrayContaining(['Kontant | 202,00', '  Mottatt | 500,00', '  Tilbake | 298,00']),
    );
  });

  it('shows every part of a split payment with its own reference', () => {
    const tenders: Tender[] = [
      { kind: 'cash', tenderId: 'a', amountOre: 10_000, roundingOre: 0, receivedOre: 10_000, changeOre: 0 },
      { kind: 'card', tenderId: 'b', amountOre: 160, terminalReference: 'BAX 4711-22' },
      { kind: 'vipps', tenderId: 'c', amountOre: 10_000, reference: 'kolo-1-2611-a3f-1042-2', transactionId: null },
    ];
    const shown = rows(salesReceipt(exampleFacts({ sale: exampleSale({ tenders }) })));
    expect(shown).toEqual(
      expect.arrayContaining([
        'Kontant | 100,00',
        'Kort | 1,60',
        '  Terminalens ref. BAX 4711-22',
        'Vipps | 100,00',
        '  kolo-1-2611-a3f-1042-2',
      ]),
    );
    expect(shown.some((row) => row.startsWith('Øreavrunding') || row.includes('Transaksjon'))).toBe(false);
  });

  it('says a discount on the whole sale, with its reason and amount', () => {
    const { line, totals } = exampleLine(0, { name: 'Bok', priceOre: 10_000, vat: 0, vatOre: 0 });
    const shown = rows(
      salesReceipt(
        exampleFacts({
          sale: exampleSale({ lines: [line], discount: { kind: 'amount', amountOre: 1_500, reason: 'Skadet' } }),
          totals: exampleTotals({ lines: [{ ...totals, saleDiscountOre: 1_500, netOre: 8_500 }] }),
        }),
      ),
    );
    const at = shown.indexOf('Rabatt på hele salget');
    expect(shown[at + 1]).toBe('  Rabatt: Skadet |  | -15,00');
  });

  it('uses local time as it was when the sale was completed', () => {
    const summer = exampleSale({ completedAtMs: Date.UTC(2026, 6, 1, 22, 30, 5), completedOffsetMinutes: 120 });
    expect(rows(salesReceipt(exampleFacts({ sale: summer })))).toContain('Kvittering 1042 | 02.07.2026 00:30:05');
  });

  it('is a copy with KOPI on it, in the series of copies, and with the same code', () => {
    const copy = { number: 7, printedAtMs: Date.UTC(2026, 10, 20, 12, 0, 0), offsetMinutes: 60 };
    const document = salesReceipt(exampleFacts({ copy }));
    expect(document.series).toBe('copy');
    expect(document.blocks[0]).toEqual({ kind: 'mark', text: 'KOPI' });
    expect(document.blocks.filter((block) => block.kind === 'mark')).toHaveLength(1);
    expect(rows(document)).toContain('av salgskvittering 1042');
    expect(rows(document)).toContain('Kopi nr 7 | Skrevet ut 20.11.2026 13:00:00');
    expect(rows(document).slice(-2)).toEqual(['qr T1S.KOLO.1.1042.5G', 'T1S.KOLO.1.1042.5G']);
  });

  it('keeps the words of the law in English, and says them in English too', () => {
    const shown = rows(salesReceipt(exampleFacts({ language: 'en' })));
    expect(shown.slice(0, 2)).toEqual(['Salgskvittering', 'Sales receipt']);
    expect(shown).toContain('Org.nr 999 999 999 MVA');
    expect(shown).toContain('Receipt 1042 | 20 Nov 2026 12:41:09');
    expect(shown).toContain('TOTAL NOK | 201.60');
  });

  it('has no MVA and no VAT table for a shop outside the VAT register', () => {
    const { shop } = exampleFacts();
    const shown = rows(salesReceipt(exampleFacts({ shop: { ...shop, vatRegistered: false, foretaksregisteret: false } })));
    expect(shown).toContain('Org.nr 999 999 999');
    expect(shown.some((row) => row.includes('Grunnlag') || row === 'Foretaksregisteret')).toBe(false);
  });

  it('says the id of a register whose name does not', () => {
    expect(rows(salesReceipt(exampleFacts({ register: { id: '7', name: 'Disken' } })))).toContain('Disken (7) | Kari N. (12)');
  });

  it('has only characters that can stand on paper', () => {
    const text = rows(salesReceipt(exampleFacts())).join('');
    expect(text).not.toMatch(/[\u00a0\u2212\u202f]/);
  });

  it('cannot be made of a sale that is not completed', () => {
    expect(() => salesReceipt(exampleFacts({ sale: exampleSale({ receiptNumber: null }) }))).toThrow(SaleNotCompletedError);
  });

  it('cannot be made with the totals of another sale', () => {
    expect(() => salesReceipt(exampleFacts({ totals: exampleTotals({ lines: [] }) }))).toThrow(TotalsMismatchError);
  });
});

describe('the texts of receipts', () => {
  it('are all there in both languages', () => {
    expect(Object.keys(receiptTexts.en)).toEqual(Object.keys(receiptTexts.nb));
  });

  it('mark each kind of document with words of its own', () => {
    expect(new Set(Object.values(LEGAL_MARKS)).size).toBe(Object.keys(LEGAL_MARKS).length);
  });

  it('says on the paper itself that practice is no purchase', () => {
    expect(rows(salesReceipt(exampleFacts({ practice: true })))[1]).toBe('ØVELSE – IKKE KVITTERING FOR KJØP');
    expect(rows(salesReceipt(exampleFacts())).join()).not.toContain('ØVELSE');
  });
});

describe('a payment of which only a part was taken', () => {
  const tendered = (more: Partial<Extract<Tender, { kind: 'vipps' }>>, language: 'nb' | 'en' = 'nb') => {
    const [vipps] = exampleSale().tenders;
    const sale = exampleSale({ tenders: [{ ...vipps, ...more } as Tender] });
    return rows(salesReceipt(exampleFacts({ sale, language })));
  };
  const beyond = (paper: readonly string[]) => paper.slice(paper.indexOf('Vipps | 201,60'), paper.indexOf('Vipps | 201,60') + 5);

  it('says what was reserved, what was taken of it, and what is let go of', () => {
    expect(beyond(tendered({ reservedOre: 50_000 }))).toEqual([
      'Vipps | 201,60',
      '  Reservert | 500,00',
      '  Trukket | 201,60',
      '  Frigis | 298,40',
      '  kolo-1-2611-a3f-1042-1',
    ]);
  });
  it('says what was taken and goes back, where only the whole could be', () => {
    expect(beyond(tendered({ takenOre: 50_000 })).slice(1, 3)).toEqual(['  Trukket | 500,00', '  Gis tilbake | 298,40']);
  });
  it('says so in English', () => {
    expect(tendered({ reservedOre: 50_000 }, 'en')).toEqual(expect.arrayContaining(['  Reserved | 500.00', '  To be released | 298.40']));
    expect(tendered({ takenOre: 50_000 }, 'en')).toEqual(expect.arrayContaining(['  Taken | 500.00', '  To be given back | 298.40']));
  });
});
