import {
  canChoose,
  checkReturned,
  choose,
  giveBack,
  handOut,
  isGivenBack,
  openByReceipt,
  openByText,
  receiptOf,
  refundedOre,
  take,
  takeAll,
} from './return-desk.ts';
import type { Scenario } from './scenario.ts';

/** Kneipp 39,90 and milk 24,90: 35 kr in cash, 29,80 by Vipps. */
const BREAD_ORE = 3_990;
const MILK_ORE = 2_490;
const TOTAL_ORE = BREAD_ORE + MILK_ORE;
const CASH_ORE = 3_500;
const VIPPS_ORE = TOTAL_ORE - CASH_ORE;
/** Of the bread, what Vipps has not paid for; the rest of the cash is the milk's. */
const BREAD_CASH_ORE = BREAD_ORE - VIPPS_ORE;

export const returnSameStore: Scenario = {
  name: 'return-same-store',
  story:
    'Bread and milk, paid in cash and by Vipps, come back one by one: the money goes the way it came, first to Vipps, and nothing comes back twice.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone } = shop;

    await scene.step('cashier', 'sells bread and milk, 35 kr of it in cash', async () => {
      await cashier.scanBreadAndMilk();
      await cashier.payBy('F8');
      await cashier.type('35');
      await cashier.tap('Ta imot 35,00 kr som delbetaling');
      await customer.reads('29,80');
      await cashier.payBy('F9');
    });
    await customer.seesQr();
    await scene.measureTimeToQr();
    const { reference } = scene.newestPayment();
    await scene.scanFromScreen();
    await scene.step('phone', 'approves', () => phone.approve());
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.measureApprovedToPaid();
    await cashier.receiptIsPrinted();
    await scene.takeReceipt();
    const receipt = receiptOf(scene, 'kolo', 1);
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());

    await scene.step('cashier', 'scans the receipt: the bread comes back', () => openByReceipt(shop, receipt));
    await scene.photograph('purchase');
    await scene.step('cashier', 'chooses it, and why', () => choose(shop, 'Kneipp, grovt'));
    record.check(
      'cashier screen: says how the money goes back',
      (await cashier.text()).includes('29,80 til kundens Vipps · 10,00 kontant'),
    );
    await scene.photograph('chosen');
    await take(shop, '39,90 kr');
    await Promise.all([customer.sees('basket'), customer.reads('39,90')]);
    await scene.photograph('in-the-basket');
    await scene.step('cashier', 'gives the money back with Enter', () => giveBack(shop));
    await cashier.button('Gi ut 10,00').waitFor();
    await customer.sees('return');
    record.equal('provider: the Vipps part has gone back before the cash is handed out', refundedOre(shop, reference), VIPPS_ORE);
    await scene.photograph('hand-out');
    await scene.step('cashier', 'hands out the cash', () => handOut(shop, '10,00'));
    await isGivenBack(shop);
    await cashier.receiptIsPrinted();
    await scene.photograph('given-back');
    const first = await scene.takeReceipt();
    for (const words of ['Returkvittering', 'Kneipp, grovt', '39,90', reference])
      record.check(`receipt: says ${words}`, first.includes(words));
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());

    await scene.step('cashier', 'scans the same receipt once more', () => openByReceipt(shop, receipt));
    record.check('cashier screen: the bread cannot be chosen again', !(await canChoose(shop, 'Kneipp, grovt')));
    record.check('cashier screen: the milk can', await canChoose(shop, 'Lettmelk 1 l'));
    await scene.photograph('bread-is-back');
    await cashier.press('Escape');
    await cashier.press('Escape');

    await scene.step('cashier', 'finds it by the reference in the customer’s app, and takes the rest', async () => {
      await openByText(shop, reference);
      await takeAll(shop, '24,90 kr');
      await giveBack(shop);
      await handOut(shop, '25,00');
    });
    await isGivenBack(shop);
    await cashier.receiptIsPrinted();
    const second = await scene.takeReceipt();
    for (const words of ['Returkvittering', 'Lettmelk 1 l', '24,90']) record.check(`receipt: says ${words}`, second.includes(words));
    await cashier.nextCustomer();
    await openByReceipt(shop, receipt);
    record.check('cashier screen: all of it is back, and nothing can be chosen', !(await canChoose(shop, 'Lettmelk 1 l')));
    await scene.photograph('all-is-back');
    await cashier.press('Escape');
    await cashier.press('Escape');
    await cashier.shows('Klar for neste kunde');

    record.equal('provider: exactly one refund was asked for', scene.asked('refund', reference), 1);
    record.equal('provider: in all', scene.providerTotals(), {
      authorisedOre: VIPPS_ORE,
      capturedOre: VIPPS_ORE,
      releasedOre: 0,
      refundedOre: VIPPS_ORE,
    });
    scene.checkCompletedSale(1, TOTAL_ORE, [
      { kind: 'cash', amountOre: CASH_ORE },
      { kind: 'vipps', amountOre: VIPPS_ORE, reference },
    ]);
    checkReturned(scene, shop, 1, -BREAD_ORE, [
      ['vipps', -VIPPS_ORE, 0],
      ['cash', -BREAD_CASH_ORE, 10],
    ]);
    checkReturned(scene, shop, 2, -MILK_ORE, [['cash', -MILK_ORE, -10]]);
    const totals = scene.readJournal((model) => model.grandTotals());
    record.equal(
      'journal: the grand totals of sales and of returns are the same',
      [totals.sales.amountOre, totals.returns.amountOre],
      [TOTAL_ORE, TOTAL_ORE],
    );
  },
};
