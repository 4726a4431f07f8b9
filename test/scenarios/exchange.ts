import { choose, giveBack, isGivenBack, openByReceipt, receiptOf, refundedOre, take } from './return-desk.ts';
import type { Scenario } from './scenario.ts';

/** Kneipp 39,90, milk 24,90, butter 64,90. */
const [BREAD_ORE, MILK_ORE, BUTTER_ORE] = [3_990, 2_490, 6_490];
const TOTAL_ORE = BREAD_ORE + MILK_ORE + BUTTER_ORE;
const SOURDOUGH = { code: '7090000010089', name: 'Surdeigsbrød', ore: 6_490 };
const MILK = { code: '7090000020019', name: 'Lettmelk 1 l', ore: MILK_ORE };

export const exchange: Scenario = {
  name: 'exchange',
  story:
    'Goods are exchanged three times: for dearer ones the customer pays the difference, for cheaper ones it goes back to Vipps, and even is even.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone } = shop;
    const ringUp = async ({ code, name }: { readonly code: string; readonly name: string }) => {
      await cashier.scan(code);
      await cashier.hasLine(name);
    };

    await scene.step('cashier', 'sells bread, milk and butter', async () => {
      await cashier.scanBreadAndMilk();
      await ringUp({ code: '7090000020033', name: 'Smør 500 g' });
      await cashier.payBy('F9');
    });
    await customer.seesQr();
    await scene.measureTimeToQr();
    const { reference } = scene.newestPayment();
    await scene.scanFromScreen();
    await scene.step('phone', 'approves', () => phone.approve());
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.measureApprovedToPaid();
    await cashier.printReceipt();
    await scene.takeReceipt();
    const receipt = receiptOf(scene, 'kolo', 1);
    await cashier.nextCustomer();

    await scene.step('cashier', 'takes the bread back, and rings up a dearer one', async () => {
      await openByReceipt(shop, receipt);
      await choose(shop, 'Kneipp, grovt');
      await take(shop, '39,90 kr');
      await ringUp(SOURDOUGH);
    });
    await Promise.all([cashier.reads('25,00'), customer.reads('25,00')]);
    await scene.photograph('dearer');
    await scene.step('cashier', 'takes the difference in cash', async () => {
      await cashier.payBy('F8');
      await cashier.confirm('Ta imot 25,00');
    });
    await cashier.isFinished();
    await cashier.receiptIsPrinted();
    await scene.photograph('dearer-paid');
    const dearer = await scene.takeReceipt();
    for (const words of ['Surdeigsbrød', 'Kneipp, grovt', '64,90', '39,90', '25,00'])
      record.check(`receipt: says ${words}`, dearer.includes(words));
    await cashier.nextCustomer();
    record.equal('provider: nothing has gone back, as the bread paid for the other one', refundedOre(shop, reference), 0);

    await scene.step('cashier', 'takes the butter back, and rings up milk', async () => {
      await openByReceipt(shop, receipt);
      await choose(shop, 'Smør 500 g');
      await take(shop, '64,90 kr');
      await ringUp(MILK);
    });
    await Promise.all([cashier.reads('40,00'), customer.reads('40,00')]);
    await scene.photograph('cheaper');
    await scene.step('cashier', 'gives the difference back', () => giveBack(shop, 'Gi tilbake 40,00'));
    await isGivenBack(shop);
    await scene.photograph('cheaper-given-back');
    await cashier.receiptIsPrinted();
    await cashier.nextCustomer();
    record.equal('provider: the difference went back', refundedOre(shop, reference), BUTTER_ORE - MILK_ORE);

    await scene.step('cashier', 'takes the milk back, and rings up another', async () => {
      await openByReceipt(shop, receipt);
      await choose(shop, 'Lettmelk 1 l');
      await take(shop, '24,90 kr');
      await ringUp(MILK);
    });
    await scene.photograph('even');
    await scene.step('cashier', 'finishes the exchange', () => giveBack(shop, /byttet|fullfør/i));
    await cashier.isFinished();
    await cashier.shows('Byttet');
    await cashier.receiptIsPrinted();
    await scene.photograph('even-done');
    const even = await scene.takeReceipt();
    record.check('receipt: of an even exchange is one too', even.includes('Lettmelk 1 l'), even);
    await cashier.nextCustomer();

    record.equal('provider: in all', scene.providerTotals(), {
      authorisedOre: TOTAL_ORE,
      capturedOre: TOTAL_ORE,
      releasedOre: 0,
      refundedOre: BUTTER_ORE - MILK_ORE,
    });
    scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference }]);
    scene.checkCompletedSale(2, SOURDOUGH.ore - BREAD_ORE, [{ kind: 'cash', amountOre: SOURDOUGH.ore - BREAD_ORE }]);
    scene.checkCompletedSale(3, MILK_ORE - BUTTER_ORE, [{ kind: 'refund', amountOre: MILK_ORE - BUTTER_ORE }]);
    scene.checkCompletedSale(4, 0, []);
    const goods = scene.readJournal((_, journal) => journal.of('return.reserved').map(({ payload }) => payload.goods.amountOre));
    record.equal('journal: three returns, each worth its goods', goods, [BREAD_ORE, BUTTER_ORE, MILK_ORE]);
  },
};
