import { describe, expect, it } from 'vitest';
import { canPayBy, type Means, type Pane, paneAfter, returnForm, TILES } from '../../../renderer/cashier/pane.ts';
import { baseView } from '../../../renderer/gallery/cashier-data.ts';
import { cashierStates } from '../../../renderer/gallery/cashier-states.ts';

const selling = baseView('nb', 'light');
const states = cashierStates('nb', 'light');
const paying = states['pay-waiting-for-scan']?.view ?? selling;
const line: Pane = { kind: 'line', lineId: 'l1', part: 'quantity' };
const cash: Pane = { kind: 'pay', means: 'cash' };
const menu: Pane = { kind: 'menu', page: 'devices' };

describe('What is open on the left side after a new view', () => {
  it('stays open when nothing that it needs has gone', () => {
    expect([line, cash, menu].map((pane) => paneAfter(pane, selling, { ...selling, version: 2 }))).toEqual([line, cash, menu]);
  });

  it('closes the editor of a line that left the sale', () => {
    const without = { ...selling, basket: selling.basket === null ? null : { ...selling.basket, lines: selling.basket.lines.slice(1) } };
    expect(paneAfter(line, selling, without)).toBe(TILES);
  });

  it('closes everything when a payment begins or a sale is finished', () => {
    expect([line, cash, menu].map((pane) => paneAfter(pane, selling, paying))).toEqual([TILES, TILES, TILES]);
  });

  it('closes the payment of a part once the part was taken, so that a second Enter cannot repeat it', () => {
    const part = { tenderId: 't9', kind: 'cash', label: 'Kontant', amountOre: 5_000, detail: null, returnable: true } as const;
    const { basket } = selling;
    const paidInPart = { ...selling, basket: basket === null ? null : { ...basket, tenders: [...basket.tenders, part] } };
    expect(paneAfter(cash, selling, paidInPart)).toBe(TILES);
    expect(paneAfter(line, selling, paidInPart)).toBe(line);
  });

  it('keeps a menu that was opened while a payment lives', () => {
    const story: Pane = { kind: 'payment-story', saleId: 's1', text: '40' };
    for (const pane of [menu, story, { kind: 'payments', text: '' } as const])
      expect(paneAfter(pane, paying, { ...paying, version: 2 })).toBe(pane);
  });

  it('closes what belonged to a sale that was parked or aborted', () => {
    expect(paneAfter({ kind: 'abort' }, selling, { ...selling, basket: null })).toBe(TILES);
  });

  it('goes back to the tiles when another operator has come', () => {
    expect(paneAfter({ kind: 'menu', page: 'operator' }, selling, { ...selling, operator: { operatorId: '14', name: 'Ola S.' } })).toBe(
      TILES,
    );
  });
});

describe('A return on the left side', () => {
  const withReturn = (name: string) => states[name]?.view ?? selling;
  const order: Pane = { kind: 'return-order', orderId: 'o1', form: returnForm('1042') };

  it('opens with a receipt that was scanned, and searches for it at once', () => {
    const pane = paneAfter(TILES, selling, { ...selling, foundReceipt: { code: 'T1S.KOLO.1.1042.5G', scan: 1 } });
    expect(pane).toMatchObject({ kind: 'return', form: { by: 'text', text: 'T1S.KOLO.1.1042.5G' }, run: { opens: true } });
  });

  it('does not open anew with the next view of the same receipt', () => {
    const found = { ...selling, foundReceipt: { code: 'T1S.KOLO.1.1042.5G', scan: 1 } };
    expect(paneAfter(TILES, found, { ...found, version: 2 })).toBe(TILES);
  });

  it('searches anew when the same receipt is scanned again, and keeps what was chosen of it', () => {
    const receipt = (scan: number) => ({ ...selling, foundReceipt: { code: 'T1S.KOLO.1.1042.5G', scan } });
    const first = paneAfter(TILES, selling, receipt(1));
    const second = paneAfter(first, receipt(1), receipt(2));
    expect(second).toMatchObject({ kind: 'return', run: { opens: true } });
    expect(second.kind === 'return' && first.kind === 'return' ? [second.run?.id === first.run?.id] : []).toEqual([false]);
    const chosen: Pane = { kind: 'return-order', orderId: 'o1', form: returnForm('T1S.KOLO.1.1042.5G') };
    expect(paneAfter(chosen, receipt(2), receipt(3))).toBe(chosen);
  });

  it('does not open while money moves', () => {
    expect(paneAfter(TILES, paying, { ...paying, foundReceipt: { code: 'T1S.KOLO.1.1042.5G', scan: 1 } })).toBe(TILES);
  });

  it('stays while the goods are being held, and closes once they are', () => {
    expect(paneAfter(order, selling, withReturn('basket-return-holding'))).toBe(order);
    expect(paneAfter(order, withReturn('basket-return-holding'), withReturn('basket-return'))).toBe(TILES);
  });

  it('asks a manager only while the provider’s refusal stands', () => {
    const payOut: Pane = { kind: 'pay-part-out', partNo: 1 };
    const refused = withReturn('give-back-refused');
    expect(paneAfter(payOut, refused, { ...refused, version: 2 })).toBe(payOut);
    expect(paneAfter(payOut, refused, withReturn('give-back-cash'))).toBe(TILES);
  });
});

describe('What can take the rest of a sale', () => {
  const means: readonly Means[] = ['vipps', 'cash', 'card'];
  const taking = (dueOre: number, tenders = 0) => {
    const { basket } = selling;
    const part = { tenderId: 't9', kind: 'cash', label: 'Kontant', amountOre: 5_000, detail: null, returnable: true } as const;
    return means.filter((each) => canPayBy(basket === null ? null : { ...basket, dueOre, tenders: Array(tenders).fill(part) }, each));
  };

  it('is any means while something is left', () => {
    expect(taking(1)).toEqual(means);
    expect(taking(1, 1)).toEqual(means);
  });

  it('is cash alone for a sale that comes to nothing, so that it can be ended with its receipt', () => {
    expect(taking(0)).toEqual(['cash']);
  });

  it('is nothing without lines', () => {
    expect(means.filter((each) => canPayBy(null, each))).toEqual([]);
    const { basket } = selling;
    expect(means.filter((each) => canPayBy(basket === null ? null : { ...basket, lines: [] }, each))).toEqual([]);
  });

  it('is nothing while the till owes the customer, or both are even: that is given back, not paid', () => {
    for (const name of ['basket-exchange-cheaper', 'basket-exchange-even'])
      expect(means.filter((each) => canPayBy(states[name]?.view.basket ?? null, each))).toEqual([]);
    expect(means.filter((each) => canPayBy(states['basket-exchange-dearer']?.view.basket ?? null, each))).toEqual(means);
  });
});
