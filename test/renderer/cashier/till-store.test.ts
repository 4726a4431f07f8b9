import { describe, expect, it } from 'vitest';
import type { CashierView, Command, CommandAnswer } from '../../../app/till/contract.ts';
import { createTill } from '../../../renderer/cashier/till-store.ts';
import { answerQuery, baseView } from '../../../renderer/gallery/cashier-data.ts';
import { paymentStages } from '../../../renderer/gallery/payment-data.ts';
import { wordsOf } from '../../../renderer/gallery/words.ts';
import { fixedCashierLink } from '../../../renderer/link/fixed-link.ts';
import type { Delivery } from '../../../renderer/link/link.ts';

/** A link whose answers wait until the test gives them. */
function waitingLink() {
  const sent: Command[] = [];
  const answers: ((answer: Delivery) => void)[] = [];
  const link = {
    ...fixedCashierLink(baseView('nb', 'light'), 'online', answerQuery),
    send: (command: Command) => {
      sent.push(command);
      return new Promise<Delivery>((resolve) => answers.push(resolve));
    },
  };
  return { link, sent, answer: (answer: Delivery) => answers.shift()?.(answer) };
}

/** A till whose view can be changed. */
function tillWith(first: Partial<CashierView>) {
  const { link, sent, answer } = waitingLink();
  const base = baseView('nb', 'light');
  const told: ((view: CashierView) => void)[] = [];
  const onView: typeof link.onView = (listener) => {
    told.push(listener);
    return () => undefined;
  };
  const till = createTill({ ...link, onView }, () => 'lost');
  let version = base.version;
  const show = (changes: Partial<CashierView>) => {
    version += 1;
    for (const tell of told) tell({ ...base, ...changes, version });
  };
  show(first);
  return { till, sent, answer, show };
}

const accepted: CommandAnswer = { ok: true };
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('Commands from the cashier’s screen', () => {
  it('are sent once, however often an impatient finger taps', () => {
    const { link, sent } = waitingLink();
    const till = createTill(link, () => 'lost');
    void till.send({ type: 'pay-vipps' });
    void till.send({ type: 'pay-vipps' });
    expect(sent).toHaveLength(1);
  });

  it('may be sent again once they are answered', async () => {
    const { link, sent, answer } = waitingLink();
    const till = createTill(link, () => 'lost');
    void till.send({ type: 'check-payment' });
    answer(accepted);
    await settled();
    void till.send({ type: 'check-payment' });
    expect(sent).toHaveLength(2);
  });

  it('are all sent when two of the same are meant: two taps on a tile, two scans', () => {
    const { link, sent } = waitingLink();
    const till = createTill(link, () => 'lost');
    for (let tap = 0; tap < 2; tap += 1) void till.send({ type: 'add-article', articleNumber: '1001' });
    for (let scan = 0; scan < 2; scan += 1) void till.send({ type: 'scan', code: '7038010000123' });
    expect(sent).toHaveLength(4);
  });

  it('say in a band why they were refused, and the next command takes the band away', async () => {
    const { link, answer } = waitingLink();
    const till = createTill(link, () => 'lost');
    void till.send({ type: 'park-sale' });
    answer({ ok: false, code: 'empty-sale', message: 'Salget er tomt.' });
    await settled();
    expect(till.state.getState().refusal).toMatchObject({ tone: 'care', text: 'Salget er tomt.' });
    void till.send({ type: 'scan', code: '1' });
    expect(till.state.getState().refusal).toBeNull();
  });

  it('say that nobody knows when the line died under them', async () => {
    const { link, answer } = waitingLink();
    const till = createTill(link, (language) => `usikkert (${language})`);
    void till.send({ type: 'pay-vipps' });
    answer({ ok: 'lost' });
    await settled();
    expect(till.state.getState().refusal?.text).toBe('usikkert (nb)');
  });

  it('pay with what is still on its way to the till: a key pressed right after a tap is not lost', async () => {
    const base = baseView('nb', 'light');
    const { till, show, sent, answer } = tillWith({ basket: null });
    void till.send({ type: 'add-article', articleNumber: '1001' });
    void till.pay('vipps');
    expect(sent).toHaveLength(1);
    show({ basket: base.basket });
    answer(accepted);
    await settled();
    expect(sent).toEqual([{ type: 'add-article', articleNumber: '1001' }, { type: 'pay-vipps' }]);
  });

  it('open the cash at once when there is something to pay already, whatever else is on its way: Enter is pressed next', () => {
    const { till } = tillWith({});
    void till.send({ type: 'scan', code: '7038010000123' });
    void till.pay('cash');
    expect(till.state.getState().pane).toEqual({ kind: 'pay', means: 'cash' });
  });

  it('pay nothing when what was on its way did not come', async () => {
    const { till, sent, answer } = tillWith({ basket: null });
    void till.send({ type: 'scan', code: '7038010000123' });
    void till.pay('vipps');
    answer({ ok: false, code: 'unknown-article', message: 'Ukjent vare.' });
    await settled();
    expect(sent).toEqual([{ type: 'scan', code: '7038010000123' }]);
  });

  it('leave a payment for another means, which opens when the sale is back, whichever comes first', async () => {
    const base = baseView('nb', 'light');
    const views: ((view: CashierView) => void)[] = [];
    const { link, sent, answer } = waitingLink();
    const rejected = { ...base, stage: paymentStages(wordsOf('nb'))['pay-rejected'] ?? base.stage };
    const till = createTill(
      {
        ...link,
        onView: (listener) => {
          views.push(listener);
          return () => undefined;
        },
      },
      () => 'lost',
    );
    views[0]?.(rejected);
    void till.closePaymentFor('cash');
    expect(sent).toEqual([{ type: 'close-payment' }]);
    answer(accepted);
    await settled();
    views[0]?.(base);
    expect(till.state.getState().pane).toEqual({ kind: 'pay', means: 'cash' });
  });

  it('take the typed quantity once', () => {
    const { link } = waitingLink();
    const till = createTill(link, () => 'lost', { quantityMilli: 3_000 });
    expect([till.takeQuantity(), till.takeQuantity()]).toEqual([3_000, undefined]);
  });
});

describe('A quantity that was typed before ×', () => {
  it('is told to a till that hears scans over a line of their own, and is gone here once it was used there', () => {
    const { till, sent, show } = tillWith({ lineScans: 4 });
    till.state.setState({ quantityMilli: 3_000 });
    expect(sent.at(-1)).toEqual({ type: 'hold-quantity', quantityMilli: 3_000 });
    show({ lineScans: 4 });
    expect(till.state.getState().quantityMilli).toBe(3_000);
    show({ lineScans: 5 });
    expect(till.state.getState().quantityMilli).toBeNull();
  });

  it('is forgotten by such a till when the page is loaded anew', () => {
    expect(tillWith({ lineScans: 0 }).sent).toEqual([{ type: 'hold-quantity', quantityMilli: null }]);
  });

  it('is nobody else’s business where the scanner types', () => {
    const { till, sent } = tillWith({});
    till.state.setState({ quantityMilli: 3_000 });
    expect(sent).toEqual([]);
  });
});
