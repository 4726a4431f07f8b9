import type { Scenario } from './scenario.ts';

const KNEIPP_ORE = 3_990;
/** Longer than the steps before it take. */
const ALARM_AFTER_SECONDS = 7;

export const drawerOpen: Scenario = {
  name: 'drawer-open',
  story: 'Cash opens the drawer; nothing more is sold until it is pushed shut, and the screen asks for it when that takes long.',
  counter: {},
  configuration: { drawer: { connected: true, openWhen: 'high', alarmAfterSeconds: ALARM_AFTER_SECONDS } },
  async play(scene) {
    const { record, shop, counter } = scene;
    const { cashier, customer } = shop;
    const { printer } = counter;
    const push = async () => printer.pushDrawerShut();
    const isWell = () => cashier.comesToHaveNo(cashier.page.getByText('Skriver: ikke tilkoblet'));
    record.check('cashier screen: nothing is wrong with the printer', await isWell());
    const scanKneipp = () => cashier.scan('7090000010010');

    await scene.step('cashier', 'sells bread for cash', async () => {
      await scanKneipp();
      await cashier.hasLine('Kneipp, grovt');
      await cashier.payBy('F8');
      await cashier.confirm('Ta imot 40,00');
      await cashier.isFinished();
    });
    await cashier.shows('Skuff: åpen');
    record.equal('printer: one pulse came through the wire, before the receipt', [counter.kicksOnTheWire, printer.kicks], [1, 1]);
    await cashier.receiptIsPrinted();
    await scene.takeReceipt();
    await scene.photograph('open');

    await scene.step('cashier', 'takes the next customer, and scans with the drawer open', async () => {
      await cashier.nextCustomer();
      await cashier.shows(/Skuffen (er åpen\. Lukk den før neste vare|har stått åpen lenge)/);
      await scanKneipp();
      await cashier.shows(/Skuffen (er åpen\. Lukk skuffen først|har stått åpen lenge)/);
    });
    await customer.sees('idle');
    await scene.photograph('refused');

    await cashier.shows('Skuffen har stått åpen lenge. Lukk skuffen.');
    await scene.photograph('alarm');

    await scene.step('cashier', 'pushes the drawer shut', push);
    record.check(
      'cashier screen: the alarm goes by itself',
      await cashier.comesToHaveNo(cashier.page.getByText('Skuffen har stått åpen lenge')),
    );
    await scene.step('cashier', 'scans again', async () => {
      await scanKneipp();
      await cashier.hasLine('Kneipp, grovt');
    });
    await customer.shows('Kneipp, grovt');

    await scene.step('cashier', 'opens the drawer for change money, with F7', async () => {
      await cashier.page.keyboard.press('F7');
      await cashier.tap('Vekslepenger');
    });
    await cashier.shows('Skuff: åpen');
    await scene.step('cashier', 'pushes it shut', push);
    record.check('cashier screen: the light goes out', await cashier.comesToHaveNo(cashier.page.getByText('Skuff: åpen')));
    await scene.photograph('shut');

    await scene.step('cashier', 'sells the bread on a card', async () => {
      await cashier.payBy('F10');
      await cashier.page.getByLabel('Referanse fra terminalen').click();
      await cashier.type('T-4711');
      await cashier.tap(/^Registrer/);
      await cashier.isFinished();
      await cashier.receiptIsPrinted();
    });
    scene.checkCompletedSale(1, KNEIPP_ORE, [{ kind: 'cash', amountOre: KNEIPP_ORE, roundingOre: 10, receivedOre: 4_000, changeOre: 0 }]);
    const counted = scene.readJournal((_, journal) => [
      journal.of('drawer.open-intended').length,
      journal.of('drawer.opened').length,
      journal.of('drawer.shut').length,
    ]);
    record.equal('journal: the drawer was meant to open, opened, and was shut', counted, [2, 2, 2]);
    const openings = scene.readJournal((_, journal) =>
      journal.of('drawer.open-intended').map(({ payload }) => [payload.why, payload.reason]),
    );
    record.equal('journal: once for cash, once without a sale and with its reason', openings, [
      ['sale', null],
      ['no-sale', 'change-money'],
    ]);
    record.equal('printer: a pulse for each came through the wire, none with the card', [counter.kicksOnTheWire, printer.kicks], [2, 2]);
    record.check('printer: nothing reached it that a printer does not know', printer.refusal === null, String(printer.refusal));
    scene.checkBytes([0, 1]);
    const rung = scene.readJournal((_, journal) => journal.of('sale.line-added').length);
    record.equal('journal: nothing was rung up while it was open', rung, 2);
  },
};
