import type { Scenario } from './scenario.ts';

/** Fjellbrød 44,90 and coffee 39,00. */
const TOTAL_ORE = 4_490 + 3_900;
/** 83,90 is 84 in coins. */
const IN_CASH_ORE = 8_400;

export const paymentRejected: Scenario = {
  name: 'payment-rejected',
  story: 'The customer says no, then has no cover, then lets the time run out, then pays in cash.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone, sandbox } = shop;
    const references: string[] = [];
    const codes = new Set<string>();

    /** A new payment stands on both screens; its code is not one of before. */
    const awaitsScan = async (): Promise<void> => {
      await customer.seesQr();
      await cashier.shows('Venter på at kunden skanner');
      references.push(scene.newestPayment().reference);
      codes.add(await customer.readQr());
    };
    /** Nothing was charged, both screens say why, and no code is left for anyone to scan. */
    const isOver = async (why: string, cashierSays: string, customerSays: string): Promise<void> => {
      await Promise.all([cashier.shows(cashierSays), customer.shows(customerSays)]);
      await scene.photograph(why);
      record.check(`customer screen: tells that nothing was charged (${why})`, await customer.comesToRead('Du er ikke belastet'));
      record.check(`customer screen: no QR is left (${why})`, await customer.losesQr());
      record.equal(`provider: nothing was captured (${why})`, scene.newestPayment().capturedOre, 0);
    };

    await scene.step('cashier', 'rings up bread and coffee', async () => {
      await cashier.scan('7090000010188');
      await cashier.hasLine('Fjellbrød');
      await cashier.tapArticle('Bakst', 'Kaffe, stor');
      await cashier.hasLine('Kaffe, stor');
    });
    await scene.step('cashier', 'taps Vipps QR', () => cashier.tap('Vipps QR'));
    await awaitsScan();
    await scene.measureTimeToQr();
    await scene.photograph('qr');

    await scene.scanFromScreen();
    await scene.step('phone', 'rejects', () => phone.reject());
    await isOver('rejected', 'Kunden avbrøt i appen', 'Betalingen ble ikke godkjent');

    await scene.step('cashier', 'tries again', () => cashier.tap('Prøv igjen'));
    await awaitsScan();
    await scene.scanFromScreen();
    await scene.step('phone', 'approves without cover', () => phone.hasNoCover());
    await isOver('no-cover', 'Banken eller kortet sa nei', 'Betalingen gikk ikke gjennom');

    await scene.step('cashier', 'tries once more', () => cashier.tap('Prøv igjen'));
    await awaitsScan();
    await scene.step('provider', 'ten minutes pass, and nobody scans', async () => sandbox.control.advance(600_001));
    await isOver('expired', 'Tiden gikk ut', 'Tiden gikk ut');

    await scene.step('cashier', 'takes other means: cash', async () => {
      await cashier.tap('Andre betalingsmåter');
      await cashier.payBy('F8');
      await cashier.shows('I kontanter 84,00');
    });
    record.check('customer screen: is back at the basket', await customer.comesToRead('Fjellbrød'));
    await scene.photograph('other-means');
    await scene.step('cashier', 'takes the exact amount with Enter', async () => {
      await cashier.confirm('Ta imot 84,00');
      await cashier.isFinished();
      await cashier.receiptIsPrinted();
    });
    await customer.shows('Takk, ha en fin dag!');
    await scene.photograph('paid');
    const receipt = await scene.takeReceipt();
    record.check('receipt: says Kontant, and not Vipps', receipt.includes('Kontant') && !receipt.includes('Vipps'));
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());

    record.equal('provider: three payments, each with a reference and a code of its own', [new Set(references).size, codes.size], [3, 3]);
    record.equal(
      'provider: how they ended',
      references.map((reference) => sandbox.control.payment(reference).phase),
      // In eCom what the bank refused could still be paid with another card: trying again ended it first. In ePayment it is over.
      ['rejected', shop.api === 'ecom' ? 'cancelled' : 'declined', 'expired'],
    );
    record.equal('provider: no money moved', scene.providerTotals(), { authorisedOre: 0, capturedOre: 0, releasedOre: 0, refundedOre: 0 });
    record.equal('provider: no capture was asked for', scene.asked('capture'), 0);
    record.equal(
      'journal: why each payment ended',
      scene.readJournal((_, journal) => journal.of('payment.declined').map(({ payload }) => payload.reason)),
      ['rejected', 'no-cover', 'expired'],
    );
    scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'cash', amountOre: TOTAL_ORE, receivedOre: IN_CASH_ORE, changeOre: 0 }]);
  },
};
