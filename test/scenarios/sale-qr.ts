import { readQr } from '../support/read-qr.ts';
import type { Scenario } from './scenario.ts';

/** Kneipp 39,90 ×2, Lettmelk 24,90, Cola 32,00 with 2,00 deposit. */
const TOTAL_ORE = 2 * 3_990 + 2_490 + 3_200 + 200;

export const saleQr: Scenario = {
  name: 'sale-qr',
  story: 'A basket, a QR on the customer screen, approved on the phone, paid, with a receipt.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone } = shop;

    await scene.step('cashier', 'taps Kneipp twice', async () => {
      await cashier.tapArticle('Bakst', 'Kneipp, grovt');
      await cashier.hasLine('Kneipp, grovt');
      await cashier.tapArticle('Bakst', 'Kneipp, grovt');
      await customer.shows('Kneipp, grovt');
    });
    await scene.step('cashier', 'searches for milk and takes the first', async () => {
      await cashier.type('/');
      await cashier.type('lettm');
      await cashier.page.getByRole('option', { name: /Lettmelk 1 l/ }).waitFor();
      await cashier.press('Enter');
      await cashier.hasLine('Lettmelk 1 l');
    });
    await scene.step('cashier', 'scans a bottle with a deposit', async () => {
      await cashier.scan('7090000040031');
      await cashier.hasLine('Cola 0,5 l');
    });
    await customer.reads('Pant');
    await customer.reads('138,70');
    record.check('cashier screen: shows what is to pay', await cashier.comesToRead('138,70'));
    await scene.photograph('basket');

    await scene.step('cashier', 'presses F9', () => cashier.payBy('F9'));
    await customer.seesQr();
    await scene.measureTimeToQr();
    record.note('customer', `sees the QR after ${scene.measures.timeToQrMs} ms`);
    const picture = await scene.photograph('qr');
    const payment = scene.newestPayment();
    record.equal('customer screen: the QR in the screenshot is the payment’s address', readQr(picture), payment.url);
    const addresses = scene.readJournal((_, journal) => journal.of('payment.created').map(({ payload }) => payload.url));
    if (shop.api === 'ecom') record.equal('journal: that address was on disk as the payment’s', addresses, [payment.url]);
    else {
      const tokens = addresses.map((address) => new URL(address ?? '').searchParams.get('token'));
      record.equal('journal: the address of its picture was on disk as the payment’s', tokens, [payment.token]);
    }
    record.equal('provider: the payment is for the sale’s total', payment.amountOre, TOTAL_ORE);
    await cashier.shows('Venter på at kunden skanner');
    await customer.shows('Skann med Vipps');

    await scene.scanFromScreen();
    await scene.showsScanned();
    await scene.photograph('scanned');

    await scene.step('phone', 'approves', () => phone.approve());
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.measureApprovedToPaid();
    record.note('register', `paid ${scene.measures.approvedToPaidMs} ms after the approval`);
    await scene.photograph('paid');
    record.check('customer screen: says that it is paid, and how much', await customer.comesToRead(/Betalt.*138,70|138,70.*Betalt/));
    await phone.shows('Betalt');

    await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
    const receipt = await scene.takeReceipt();
    await scene.photograph('receipt');
    for (const words of ['Kneipp, grovt', 'Pant', '138,70', 'Vipps']) record.check(`receipt: says ${words}`, receipt.includes(words));

    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
    await customer.sees('idle');
    await scene.photograph('idle');

    scene.checkCapturedOnce(payment.reference, TOTAL_ORE);
    record.equal('provider: in all', scene.providerTotals(), {
      authorisedOre: TOTAL_ORE,
      capturedOre: TOTAL_ORE,
      releasedOre: 0,
      refundedOre: 0,
    });
    record.equal('provider: nothing was cancelled or refunded', [scene.asked('cancel'), scene.asked('refund')], [0, 0]);
    scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference: payment.reference }]);
  },
};
