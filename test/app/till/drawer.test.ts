/** The drawer: when it opens, what is on record, and what waits while it stands open. */
import { describe, expect, it } from 'vitest';
import { localDateAndTime } from '../../../app/journal/entry-text.ts';
import type { Command } from '../../../app/till/contract.ts';
import { BEER, BREAD, SODA } from '../../simulation/shop.ts';
import { Counter } from './counter.ts';

const NO_SALE: Command = { type: 'open-drawer', reason: 'change-money' };

function withDrawer(more: Readonly<Record<string, unknown>> = {}): Counter {
  return new Counter({ configuration: { drawer: { connected: true, openWhen: 'high', ...more } } });
}

async function cashSale(counter: Counter): Promise<Counter> {
  await counter.ring(BREAD);
  await counter.do({ type: 'pay-cash', receivedOre: 5_000 });
  await counter.time.pass(100);
  return counter;
}

const light = (counter: Counter) => counter.view.lights.find(({ device }) => device === 'drawer');
/** What the Z-report of the day will count. */
const counted = (counter: Counter) => {
  const { atMs, offsetMinutes } = counter.box.entries().at(-1) ?? { atMs: 0, offsetMinutes: 0 };
  return counter.box.readModel.drawerOpenings(localDateAndTime(atMs, offsetMinutes).date);
};

describe('cash', () => {
  it('opens the drawer, which was meant on disk in the same breath as the money', async () => {
    const counter = await cashSale(withDrawer());
    expect(counter.printer.drawer()).toBe('open');
    const types = counter.types('sale.tender', 'sale.completed', 'drawer', 'receipt.print-intended');
    expect(types).toEqual([
      'sale.tender-added',
      'sale.completed',
      'drawer.open-intended',
      'drawer.opened',
      'receipt.print-intended',
      'drawer.open-sent',
    ]);
  });

  it('leaves the receipt’s own bytes as they are', async () => {
    const [withOne] = (await cashSale(withDrawer())).printer.papers();
    const [without] = (await cashSale(new Counter())).printer.papers();
    expect(withOne?.bytes).toEqual(without?.bytes);
  });

  it('that is a part of the sale opens it when it is handed over, and not again at the end', async () => {
    const counter = withDrawer();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 1_000 });
    expect(counter.printer.drawer()).toBe('open');
    counter.printer.moveDrawer('shut');
    await counter.showQr();
    await counter.approve();
    expect(counter.finished.means).toHaveLength(2);
    expect(counter.printer.drawerKicks()).toBe(1);
  });

  it('that is handed back opens it', async () => {
    const counter = withDrawer();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-cash', receivedOre: 1_000 });
    counter.printer.moveDrawer('shut');
    await counter.do({ type: 'return-tender', tenderId: counter.view.basket?.tenders[0]?.tenderId ?? '' });
    expect(counter.printer.drawer()).toBe('open');
  });

  it('opens it while the printer is out of paper: the change cannot wait for a roll', async () => {
    const counter = withDrawer();
    counter.printer.setCondition({ kind: 'paper-out' });
    await cashSale(counter);
    expect(counter.printer.drawer()).toBe('open');
    expect(counter.finished.receipt.state).toBe('waiting');
  });

  it('opens nothing where no drawer is connected, or nothing is handed over', async () => {
    const without = await cashSale(new Counter());
    expect([without.printer.drawer(), without.types('drawer'), without.view.drawer]).toEqual(['shut', [], null]);
    const given = withDrawer();
    await given.ring(BREAD);
    await given.do({ type: 'discount-sale', discount: { kind: 'percent', basisPoints: 10_000, reason: 'Kampanje' } });
    await given.do({ type: 'pay-cash', receivedOre: 0 });
    expect(given.printer.drawerKicks()).toBe(0);
  });

  it('by phone or card leaves it shut', async () => {
    const counter = withDrawer();
    await counter.ring(BREAD);
    await counter.do({ type: 'pay-card', terminalReference: 'T1' });
    expect(counter.printer.drawer()).toBe('shut');
  });

  it('takes the pin that the drawer hangs on', async () => {
    const counter = await cashSale(withDrawer({ pin: 5 }));
    expect([counter.printer.drawerKicks(), counter.printer.drawer()]).toEqual([1, 'shut']);
  });
});

describe('an opening without a sale', () => {
  it('takes a reason, which is on record before the pulse', async () => {
    const counter = withDrawer();
    await counter.do(NO_SALE);
    const [intended] = counter.box.entries().filter(({ type }) => type === 'drawer.open-intended');
    expect(intended).toMatchObject({ operator: 'kari', payload: { why: 'no-sale', saleId: null, reason: 'change-money', note: null } });
    expect(counter.types('drawer')).toEqual(['drawer.open-intended', 'drawer.opened', 'drawer.open-sent']);
  });

  it('for another reason says which', async () => {
    const counter = withDrawer();
    await counter.do({ type: 'open-drawer', reason: 'other', note: 'Mynt til parkering' });
    const [intended] = counter.box.entries().filter(({ type }) => type === 'drawer.open-intended');
    expect(intended).toMatchObject({ payload: { reason: 'other', note: 'Mynt til parkering' } });
  });

  it('is counted for the Z-report, apart from those of sales and by key', async () => {
    const counter = await cashSale(withDrawer());
    counter.printer.moveDrawer('shut');
    await counter.do(NO_SALE);
    counter.printer.moveDrawer('shut');
    counter.printer.moveDrawer('open');
    counter.printer.moveDrawer('shut');
    expect(counted(counter)).toEqual({ sale: 1, noSale: 1, byHand: 1 });
  });

  it('that did not open it is not counted', async () => {
    const counter = withDrawer();
    counter.printer.setCondition({ kind: 'offline' });
    await counter.do(NO_SALE);
    expect(counted(counter)).toEqual({ sale: 0, noSale: 0, byHand: 0 });
    expect(counter.types('drawer')).toEqual(['drawer.open-intended', 'drawer.not-opened']);
  });

  it('is refused while it is open, and where there is none', async () => {
    const counter = withDrawer();
    counter.printer.moveDrawer('open');
    expect(await counter.ask(NO_SALE)).toMatchObject({ code: 'drawer-is-open' });
    expect(await new Counter().ask(NO_SALE)).toMatchObject({ code: 'no-drawer' });
  });
});

describe('a drawer that did not open', () => {
  it('because the printer is away says so, with the key as the way out', async () => {
    const counter = withDrawer();
    counter.printer.setCondition({ kind: 'offline' });
    await counter.do(NO_SALE);
    expect(counter.view.notice).toMatchObject({
      tone: 'bad',
      text: 'Skuffen åpnet seg ikke: skriveren svarer ikke. Åpne skuffen med nøkkelen.',
    });
  });

  it('though the pulse was sent says so once its switch had the time to tell', async () => {
    const counter = withDrawer();
    counter.printer.moveDrawer('stuck');
    await counter.do(NO_SALE);
    await counter.time.pass(2_000);
    expect(counter.view.notice).toBeNull();
    await counter.time.pass(1_000);
    expect(counter.view.notice?.text).toBe('Skuffen er fortsatt lukket. Åpne skuffen med nøkkelen.');
  });

  it('and is then opened with the key is spoken of no more', async () => {
    const counter = withDrawer();
    counter.printer.moveDrawer('stuck');
    await counter.do(NO_SALE);
    await counter.time.pass(3_000);
    counter.printer.moveDrawer('open');
    expect(counter.view.notice).toBeNull();
  });

  it('is nothing that anybody knows where the switch tells nothing', async () => {
    const counter = withDrawer({ openWhen: null });
    counter.printer.moveDrawer('stuck');
    await counter.do(NO_SALE);
    await counter.time.pass(5_000);
    expect(counter.view.notice).toBeNull();
  });
});

describe('while the drawer is open', () => {
  it('nothing of a sale is registered, and the sentence names the way out', async () => {
    const counter = withDrawer();
    await counter.ring(BREAD);
    counter.printer.moveDrawer('open');
    const lineId = counter.view.basket?.lines[0]?.lineId ?? '';
    const refused: readonly Command[] = [
      { type: 'add-article', articleNumber: SODA.articleNumber },
      { type: 'scan', code: BREAD.ean ?? '' },
      { type: 'set-quantity', lineId, quantityMilli: 2_000 },
      { type: 'pay-vipps' },
      { type: 'pay-cash', receivedOre: 5_000 },
      { type: 'pay-card', terminalReference: 'T1' },
    ];
    for (const command of refused) {
      expect(await counter.ask(command)).toEqual({ ok: false, code: 'drawer-open', message: 'Skuffen er åpen. Lukk skuffen først.' });
    }
    expect(counter.types('sale')).toEqual(['sale.opened', 'sale.line-added']);
    counter.printer.moveDrawer('shut');
    await counter.do({ type: 'pay-cash', receivedOre: 5_000 });
  });

  it('an age may be denied, and not confirmed', async () => {
    const counter = withDrawer();
    await counter.ring(BEER);
    counter.printer.moveDrawer('open');
    expect(await counter.ask({ type: 'answer-age', oldEnough: true })).toMatchObject({ code: 'drawer-open' });
    await counter.do({ type: 'answer-age', oldEnough: false });
  });

  it('a sale may be parked, aborted and put away', async () => {
    const counter = await cashSale(withDrawer());
    await counter.do({ type: 'next-customer' });
    counter.printer.moveDrawer('shut');
    await counter.ring(BREAD);
    counter.printer.moveDrawer('open');
    await counter.do({ type: 'park-sale' });
  });

  it('money that a customer approved is still taken home', async () => {
    const counter = withDrawer();
    await counter.ring(BREAD);
    await counter.showQr();
    counter.printer.moveDrawer('open');
    await counter.approve();
    expect(counter.finished.paidOre).toBe(3_990);
  });

  it('a light says so at once, and no longer when it is shut', async () => {
    const counter = withDrawer();
    expect(light(counter)).toEqual({ device: 'drawer', state: 'ok', text: 'Skuff' });
    counter.printer.moveDrawer('open');
    expect(light(counter)).toEqual({ device: 'drawer', state: 'care', text: 'Skuff: åpen' });
    expect(counter.view.drawer).toEqual({ state: 'open', text: 'Skuffen er åpen. Lukk den før neste vare.', alarm: false, sound: false });
    counter.printer.moveDrawer('shut');
    expect(counter.view.drawer).toEqual({ state: 'closed', text: null, alarm: false, sound: false });
  });

  it('an alarm comes when that takes too long, and goes by itself', async () => {
    const counter = withDrawer({ alarmAfterSeconds: 20, alarmTone: true });
    counter.printer.moveDrawer('open');
    await counter.time.pass(19_900);
    expect(counter.view.drawer?.alarm).toBe(false);
    await counter.time.pass(200);
    expect(counter.view.drawer).toMatchObject({
      alarm: true,
      sound: true,
      text: 'Skuffen har stått åpen lenge. Lukk skuffen før neste vare.',
    });
    expect(light(counter)?.state).toBe('down');
    counter.printer.moveDrawer('shut');
    expect(counter.view.drawer?.alarm).toBe(false);
  });

  it('an alarm of before does not ring for the next opening', async () => {
    const counter = withDrawer({ alarmAfterSeconds: 20 });
    counter.printer.moveDrawer('open');
    await counter.time.pass(15_000);
    counter.printer.moveDrawer('shut');
    counter.printer.moveDrawer('open');
    await counter.time.pass(10_000);
    expect(counter.view.drawer?.alarm).toBe(false);
  });

  it('it is on record by whom, and for how long', async () => {
    const counter = withDrawer();
    counter.printer.moveDrawer('open');
    await counter.time.pass(4_000);
    counter.printer.moveDrawer('shut');
    const seen = counter.box.entries().filter(({ type }) => type === 'drawer.opened' || type === 'drawer.shut');
    expect(seen).toMatchObject([{ payload: { how: 'by-hand', openingId: null } }, { payload: { openMs: 4_000 } }]);
  });
});

describe('a drawer of which nothing is known', () => {
  it('blocks nothing: the printer answers nothing', async () => {
    const counter = withDrawer({ openWhen: null });
    counter.printer.moveDrawer('open');
    await cashSale(counter);
    expect(counter.view.drawer).toMatchObject({ state: 'unknown', text: null });
    expect(light(counter)).toMatchObject({ state: 'unknown', text: 'Skuff: ikke kalibrert' });
    counter.printer.setCondition({ kind: 'offline' });
    expect(light(counter)).toMatchObject({ state: 'unknown', text: 'Skuff: melder ikke fra' });
  });

  it('blocks nothing: the printer went away while it was open', async () => {
    const counter = withDrawer();
    counter.printer.moveDrawer('open');
    counter.printer.setCondition({ kind: 'offline' });
    await counter.ring(BREAD);
    expect(counter.view.drawer?.state).toBe('unknown');
    counter.printer.setCondition({ kind: 'ready' });
    expect(await counter.ask({ type: 'pay-card', terminalReference: 'T1' })).toMatchObject({ code: 'drawer-open' });
    expect(counter.types('drawer.opened')).toHaveLength(1);
  });
});

describe('a printer that only answers', () => {
  it('is asked again and again while the drawer is open or is to open, and left alone when it is shut', async () => {
    const counter = withDrawer();
    let asked = 0;
    counter.printer.refresh = () => {
      asked += 1;
    };
    await counter.time.pass(5_000);
    expect(asked).toBe(0);
    await counter.do(NO_SALE);
    await counter.time.pass(5_000);
    expect(asked).toBeGreaterThan(5);
    counter.printer.moveDrawer('shut');
    await counter.time.pass(1_000);
    const whileOpen = asked;
    await counter.time.pass(10_000);
    expect(asked).toBe(whileOpen);
  });

  it('and serves another register too is not taken at its old word', async () => {
    const counter = new Counter({
      configuration: {
        drawer: { connected: true, openWhen: 'high' },
        printer: { kind: 'network', host: '127.0.0.1', shared: true },
      },
    });
    counter.printer.moveDrawer('stuck');
    await counter.do(NO_SALE);
    await counter.time.pass(5_000);
    expect(counter.view.notice).toBeNull();
  });
});

describe('calibrating', () => {
  it('finds out what open looks like, once and for all starts to come', async () => {
    const counter = withDrawer({ openWhen: null });
    await counter.do({ type: 'calibrate-drawer', step: 'shut' });
    counter.printer.moveDrawer('open');
    await counter.do({ type: 'calibrate-drawer', step: 'open' });
    expect(counter.view.drawer?.state).toBe('open');
    counter.restart();
    expect(counter.view.drawer?.state).toBe('open');
    counter.printer.moveDrawer('shut');
    expect(counter.view.drawer?.state).toBe('closed');
  });

  it('goes before what the file says', async () => {
    const counter = withDrawer({ openWhen: 'low' });
    expect(counter.view.drawer?.state).toBe('open');
    await counter.do({ type: 'calibrate-drawer', step: 'shut' });
    counter.printer.moveDrawer('open');
    await counter.do({ type: 'calibrate-drawer', step: 'open' });
    counter.printer.moveDrawer('shut');
    expect(counter.view.drawer?.state).toBe('closed');
  });

  it('says what is wrong with the readings', async () => {
    const counter = withDrawer({ openWhen: null });
    expect(await counter.ask({ type: 'calibrate-drawer', step: 'open' })).toMatchObject({ code: 'drawer-shut-first' });
    await counter.do({ type: 'calibrate-drawer', step: 'shut' });
    expect(await counter.ask({ type: 'calibrate-drawer', step: 'open' })).toMatchObject({ code: 'drawer-same' });
    counter.printer.setCondition({ kind: 'offline' });
    expect(await counter.ask({ type: 'calibrate-drawer', step: 'open' })).toMatchObject({ code: 'drawer-silent' });
    expect(await new Counter().ask({ type: 'calibrate-drawer', step: 'shut' })).toMatchObject({ code: 'no-drawer' });
  });
});

describe('after a restart', () => {
  it('an opening that was cut off is unknown, is said, and is not repeated', async () => {
    const counter = withDrawer();
    await counter.ring(BREAD);
    counter.box.commitFate = () => 'cut-after';
    await counter.ask({ type: 'pay-cash', receivedOre: 5_000 }).catch(() => null);
    counter.box.commitFate = () => 'good';
    counter.restart();
    await counter.time.pass(100);
    expect(counter.printer.drawerKicks()).toBe(0);
    expect(counter.types('drawer')).toEqual(['drawer.open-intended', 'drawer.open-unknown']);
    expect(counter.view.notice?.text).toContain('Kassen startet på nytt');
    expect(counter.box.readModel.openIntents().filter(({ kind }) => kind === 'drawer.open')).toEqual([]);
    counter.restart();
    expect(counter.types('drawer')).toHaveLength(2);
    expect(counter.view.notice).toBeNull();
  });

  it('a drawer that stands open is seen to, and not taken for a new opening', async () => {
    const counter = await cashSale(withDrawer());
    counter.restart();
    expect(counter.view.drawer?.state).toBe('open');
    expect(await counter.ask({ type: 'next-customer' })).toMatchObject({ ok: true });
    expect(await counter.ask({ type: 'add-article', articleNumber: BREAD.articleNumber })).toMatchObject({ code: 'drawer-open' });
    expect(counted(counter)).toEqual({ sale: 1, noSale: 0, byHand: 0 });
  });
});

describe('a disk that takes nothing', () => {
  it('keeps the drawer shut: nothing leaves before it is on record', async () => {
    const counter = withDrawer();
    counter.box.storageTrouble = 'disk-full';
    expect(await counter.ask(NO_SALE)).toMatchObject({ code: 'storage' });
    expect(counter.printer.drawerKicks()).toBe(0);
  });

  it('gets to know what the pulse came to when it takes entries again', async () => {
    const counter = withDrawer();
    counter.printer.moveDrawer('stuck');
    const answer = counter.ask(NO_SALE);
    counter.box.storageTrouble = 'disk-full';
    await answer;
    await counter.time.pass(1_000);
    counter.box.storageTrouble = null;
    await counter.time.pass(3_000);
    expect(counter.types('drawer')).toEqual(['drawer.open-intended', 'drawer.open-sent']);
  });
});
