import type { Scenario } from './scenario.ts';

/** Kneipp 39,90. */
const TOTAL_ORE = 3_990;
const BARCODE = '7090000010010';

export const salePersonalQr: Scenario = {
  name: 'sale-personal-qr',
  story: 'The customer shows their own code and the cashier scans it; an article’s barcode in its place is told from it.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone } = shop;

    await scene.step('phone', 'shows its own code too early, and the cashier scans it', async () => {
      await cashier.scan(await phone.showCode(shop.sandbox.phoneUrl));
    });
    record.check('cashier screen: says to scan the articles first', await cashier.comesToRead('Skann varene først'));
    await scene.step('cashier', 'scans a loaf', async () => {
      await cashier.scan(BARCODE);
      await cashier.hasLine('Kneipp, grovt');
    });
    await scene.step('cashier', 'asks for the customer’s code', async () => {
      await cashier.tap('Flere måter');
      await cashier.tap('Skann kundens kode');
      await cashier.shows('Be kunden vise koden sin');
    });
    await scene.step('cashier', 'scans the loaf again by mistake', () => cashier.scan(BARCODE));
    record.check('cashier screen: this is not a customer’s code', await cashier.comesToRead('Dette er ikke en kundes Vipps-kode'));
    await scene.photograph('not-a-code');
    record.equal('provider: nothing was asked', scene.asked('initiate'), 0);

    const code = await scene.step('phone', 'shows its own code', () => phone.showCode(shop.sandbox.phoneUrl));
    await scene.step('cashier', 'scans it', () => cashier.scan(code));
    await cashier.shows('Sendt til kundens telefon');
    await customer.shows('Åpne Vipps på telefonen og godkjenn');
    await scene.photograph('sent');
    await scene.step('cashier', 'scans it once more', () => cashier.scan(code));
    const payment = scene.newestPayment();
    record.equal('provider: it was pushed to whoever showed the code', payment.pushedTo?.replace(/^47/, ''), '91234567');
    await scene.step('phone', 'opens the message', () => phone.openMessage(shop.sandbox.phoneUrl));
    await scene.step('phone', 'approves', () => phone.approve());
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.measureApprovedToPaid();
    await scene.photograph('paid');
    await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
    const receipt = await scene.takeReceipt();
    record.equal('provider: one payment in all', shop.sandbox.control.payments().length, 1);
    scene.checkCapturedOnce(payment.reference, TOTAL_ORE);
    scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference: payment.reference }]);
    const token = code.slice(-16);
    const kept = [receipt, await cashier.text(), await customer.text(), scene.readJournal((_, journal) => JSON.stringify(journal.entries))];
    record.check(
      'nowhere: the customer’s code is on no screen, no paper and not in the journal',
      !kept.some((text) => text.includes(token)),
    );

    await scene.step('cashier', 'takes the next customer', () => cashier.nextCustomer());
    await scene.step('cashier', 'shows a QR, and the customer shows their own code instead', async () => {
      await cashier.scan(BARCODE);
      await cashier.hasLine('Kneipp, grovt');
      await cashier.payBy('F9');
      await customer.seesQr();
    });
    const shown = scene.newestPayment();
    await cashier.scan(await phone.showCode(shop.sandbox.phoneUrl));
    await cashier.shows('Sendt til kundens telefon');
    const instead = scene.newestPayment();
    record.check(
      'provider: the code on the screen was ended first',
      shop.sandbox.control.payment(shown.reference).phase === 'cancelled',
      shown,
    );
    await scene.step('phone', 'approves', async () => {
      await phone.openMessage(shop.sandbox.phoneUrl);
      await phone.approve();
    });
    await cashier.isFinished();
    scene.checkCapturedOnce(instead.reference, TOTAL_ORE);
    record.equal('provider: in all', scene.providerTotals(), {
      authorisedOre: 2 * TOTAL_ORE,
      capturedOre: 2 * TOTAL_ORE,
      releasedOre: 0,
      refundedOre: 0,
    });
    await scene.step('cashier', 'prints the receipt', async () => {
      await cashier.printReceipt();
      await cashier.nextCustomer();
    });
  },
};
