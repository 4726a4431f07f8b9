import type { Scenario } from './scenario.ts';

/** Kneipp 39,90 ×2, 0,822 kg Eple at 39,90 = 32,80, Kaffe 39,00. */
const TOTAL_ORE = 2 * 3_990 + 3_280 + 3_900;
/** 151,60 is 152 in coins. */
const IN_CASH_ORE = 15_200;

export const saleCash: Scenario = {
  name: 'sale-cash',
  story: 'Scanned, weighed and tapped; paid in cash, rounded, with change and a receipt that prints by itself.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer } = shop;

    await scene.step('cashier', 'types 2 × and scans Kneipp', async () => {
      await cashier.type('2x');
      await cashier.page.getByRole('button', { name: /^Antall 2/ }).waitFor();
      await cashier.scan('7090000010010');
      await customer.shows('Kneipp, grovt');
    });
    await scene.step('cashier', 'taps apples, and is asked for their weight', async () => {
      await cashier.tapArticle('Frukt og grønt', 'Eple, Aroma');
      await cashier.shows('Hvor mye veier det?');
    });
    await scene.photograph('weight');
    await scene.step('cashier', 'types the weight and presses Enter', async () => {
      await cashier.type('0,822');
      await cashier.confirm('Legg til');
      await cashier.hasLine('Eple, Aroma');
    });
    await scene.step('cashier', 'taps coffee', async () => {
      await cashier.tapArticle('Bakst', 'Kaffe, stor');
      await cashier.hasLine('Kaffe, stor');
    });
    await customer.reads('151,60');
    record.check('customer screen: the weight and its price stand under the apples', await customer.comesToRead('0,822 kg × 39,90'));
    await scene.photograph('basket');

    await scene.step('cashier', 'presses F8, takes the exact amount away, and types 200', async () => {
      await cashier.payBy('F8');
      await cashier.shows('I kontanter 152,00');
      await cashier.type('200');
      await cashier.button('Ta imot 200,00').waitFor();
    });
    await scene.photograph('cash');
    await scene.step('cashier', 'takes the money with Enter', async () => {
      await cashier.confirm('Ta imot 200,00');
      await cashier.isFinished();
      await cashier.receiptIsPrinted();
    });
    await customer.shows(/Tilbake: 48,00/);
    record.check('cashier screen: says what goes back', await cashier.comesToRead(/Tilbake til kunden 48 ?,?00/), await cashier.text());
    await scene.photograph('change');

    const receipt = await scene.takeReceipt();
    for (const words of ['Kneipp, grovt', '0,822', '151,60', 'Kontant', '48,00']) {
      record.check(`receipt: says ${words}`, receipt.includes(words));
    }
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
    await customer.sees('idle');

    record.equal('provider: no payment was asked for', [scene.asked('initiate'), scene.asked('capture')], [0, 0]);
    record.equal('provider: no money moved', scene.providerTotals().authorisedOre, 0);
    scene.checkCompletedSale(1, TOTAL_ORE, [
      { kind: 'cash', amountOre: TOTAL_ORE, roundingOre: IN_CASH_ORE - TOTAL_ORE, receivedOre: 20_000, changeOre: 20_000 - IN_CASH_ORE },
    ]);
    const printed = scene.readJournal((_, journal) => journal.of('receipt.printed').length);
    record.equal('journal: one receipt was printed', printed, 1);
  },
};
