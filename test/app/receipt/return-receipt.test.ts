import { describe, expect, it } from 'vitest';
import { salesReceipt } from '../../../app/receipt/sales-receipt.ts';
import type { ReturnedGoods } from '../../../app/refund/goods-return.ts';
import type { Sale, Tender } from '../../../app/sale/sale.ts';
import { saleTotals } from '../../../app/sale/totals.ts';
import { exampleFacts, exampleSale } from './example-sale.ts';
import { rows } from './rows.ts';

const BREAD = {
  articleNumber: '1',
  ean: null,
  name: 'Kneipp, grovt',
  groupId: 'bakervarer',
  groupName: 'Bakervarer',
  unit: 'stk',
} as const;

function returned(changes: Partial<ReturnedGoods> = {}): ReturnedGoods {
  return {
    returnId: 'kolo-1-a3f-1',
    order: {
      orderId: 'nord-2-2611-b7fa-900',
      storeId: 'nord',
      storeName: 'Butikken nord',
      registerId: '2',
      receiptNumber: 871,
      completedAtMs: Date.UTC(2026, 10, 12, 9),
      date: '2026-11-12',
      currency: 'NOK',
    },
    lines: [
      { ...BREAD, lineNo: 1, weighed: false, quantityMilli: 2_000, unitPriceOre: 3_990, amountOre: 7_980, vatBasisPoints: 1_500 },
      {
        ...BREAD,
        lineNo: 3,
        name: 'Eple, Aroma',
        unit: 'kg',
        weighed: true,
        quantityMilli: 500,
        unitPriceOre: 3_990,
        amountOre: 1_995,
        vatBasisPoints: 1_500,
      },
    ],
    amountOre: 9_975,
    reason: 'Angrer',
    approvedBy: null,
    ...changes,
  };
}

const refund = (way: 'vipps' | 'card' | 'cash', amountOre: number, more: { roundingOre?: number; reference?: string } = {}): Tender => ({
  kind: 'refund',
  tenderId: `${way}-back`,
  way,
  amountOre,
  roundingOre: more.roundingOre ?? 0,
  reference: more.reference ?? null,
});

function receiptOf(changes: Partial<Sale>, approverName: string | null = null) {
  const sale = exampleSale(changes);
  return salesReceipt(exampleFacts({ sale, totals: saleTotals(sale), approverName }));
}

const SPLIT_BACK = [refund('vipps', -5_000, { reference: 'nord-2-2611-b7fa-900-1' }), refund('cash', -4_975, { roundingOre: -25 })];

describe('the return receipt', () => {
  it('has its own mark, points to the receipt and the store of the purchase, and has amounts below zero', () => {
    const receipt = receiptOf({ lines: [], tenders: SPLIT_BACK, returned: returned(), receiptNumber: 12 });
    expect(rows(receipt)).toEqual([
      'Returkvittering',
      'Kolonialen på hjørnet AS',
      'Storgata 1, 0155 Oslo',
      'Org.nr 999 999 999 MVA',
      'Foretaksregisteret',
      'Returkvittering 12 | 20.11.2026 12:41:09',
      'Kasse 1 | Kari N. (12)',
      'Retur av kvittering 871, 12.11.2026',
      'Solgt: Butikken nord, kasse 2',
      '2 x Kneipp, grovt | 39,90 | -79,80',
      '0,500 kg Eple, Aroma | 39,90 | -19,95',
      'Årsak: Angrer',
      'TOTALT NOK | -99,75',
      'Øreavrunding | -0,25',
      'Tilbake: Vipps | -50,00',
      '  nord-2-2611-b7fa-900-1',
      'Tilbake: Kontant | -50,00',
      'Mva | Grunnlag | Mva | Totalt',
      '15 % | -86,74 | -13,01 | -99,75',
      'Takk for handelen!',
      expect.stringMatching(/^qr T1R\.KOLO\.1\.12\.../),
      expect.stringMatching(/^T1R\.KOLO\.1\.12\.../),
    ]);
    expect(receipt).toMatchObject({ series: 'return', title: 'Returkvittering 12' });
  });

  it('of this register’s own sale names no store, and says who approved it', () => {
    const order = { ...returned().order, storeId: 'kolo', registerId: '1' };
    const shown = rows(receiptOf({ lines: [], tenders: SPLIT_BACK, returned: returned({ order, approvedBy: '7' }) }, 'Anne L.'));
    expect(shown.filter((row) => row.startsWith('Solgt'))).toEqual([]);
    expect(shown).toContain('Godkjent av Anne L. (7)');
  });

  it('of another register in the same store names the register alone', () => {
    const order = { ...returned().order, storeId: 'kolo' };
    expect(rows(receiptOf({ lines: [], tenders: SPLIT_BACK, returned: returned({ order }) }))).toContain('Solgt: kasse 2');
  });

  it('has a copy that says of what', () => {
    const sale = exampleSale({ lines: [], tenders: SPLIT_BACK, returned: returned(), receiptNumber: 12 });
    const copy = { number: 3, printedAtMs: Date.UTC(2026, 10, 20, 12), offsetMinutes: 60 };
    const document = salesReceipt(exampleFacts({ sale, totals: saleTotals(sale), copy }));
    expect(rows(document).slice(0, 2)).toEqual(['KOPI', 'av returkvittering 12']);
    expect(document.title).toBe('Kopi 3 av returkvittering 12');
  });
});

describe('the receipt of an exchange', () => {
  it('is a sales receipt that carries both marks, with only the difference paid', () => {
    const paid: Tender = { kind: 'card', tenderId: 't', amountOre: 10_185, terminalReference: 'B17' };
    const receipt = receiptOf({ tenders: [paid], returned: returned() });
    const shown = rows(receipt);
    expect(shown.slice(0, 2)).toEqual(['Salgskvittering', 'Returkvittering']);
    expect(shown).toContain('Kvittering 1042 | 20.11.2026 12:41:09');
    expect(shown.indexOf('Kaffe, stor |  | 39,00')).toBeLessThan(shown.indexOf('Retur av kvittering 871, 12.11.2026'));
    expect(shown).toContain('TOTALT NOK | 101,85');
    expect(shown).toContain('15 % | 63,35 | 9,50 | 72,85');
    expect(receipt.series).toBe('sale');
  });
});
