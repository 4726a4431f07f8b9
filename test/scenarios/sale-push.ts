import type { Scenario, Scene } from './scenario.ts';

/** Kneipp 39,90. */
const TOTAL_ORE = 3_990;
const NUMBER = '+47 912 34 567';

async function ringUp({ shop: { cashier } }: Scene): Promise<void> {
  await cashier.scan('7090000010010');
  await cashier.hasLine('Kneipp, grovt');
}

async function openNumber({ shop: { cashier } }: Scene): Promise<void> {
  await cashier.tap('Flere måter');
  await cashier.tap('Til telefonnummer');
  await cashier.shows('Til hvilket nummer?');
}

/** The receipt, and the next customer. */
async function finish(scene: Scene): Promise<void> {
  const { cashier, customer } = scene.shop;
  await cashier.printReceipt();
  await scene.takeReceipt();
  await cashier.nextCustomer();
  await customer.sees('idle');
}

export const salePush: Scenario = {
  name: 'sale-push',
  story:
    'A message to a customer’s phone: the number is asked about and shown back before it is sent. Where the unit may not push, the QR comes by itself.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone } = shop;
    const { control } = shop.sandbox;

    await scene.step('cashier', 'scans a loaf', () => ringUp(scene));
    await scene.step('cashier', 'opens the other ways and taps the phone number', () => openNumber(scene));
    await scene.photograph('number');
    await scene.step('cashier', 'types a digit too few', async () => {
      await cashier.type('9123456');
      await cashier.confirm('Neste');
    });
    record.check('cashier screen: says what is wrong with it', await cashier.comesToRead('Nummeret er for kort'));
    await scene.step('cashier', 'types it again, with a country’s code and no plus', async () => {
      for (let digits = 7; digits > 0; digits -= 1) await cashier.press('Backspace');
      await cashier.type('4791234567');
      await cashier.confirm('Neste');
    });
    await cashier.shows('Mener du dette nummeret?');
    record.check('provider: nothing has been sent to anybody', scene.asked('initiate') === 0);
    await scene.photograph('asked');
    await scene.step('cashier', 'taps the number that is meant', () => cashier.tap(/912 34 567/));
    record.check('cashier screen: shows it back in full', await cashier.comesToRead(/Send 39,90 kr til.*\+47 912 34 567, Norge/));
    await scene.photograph('shown-back');

    await scene.step('cashier', 'sends', () => cashier.tap('Send'));
    await cashier.shows(`Sendt til ${NUMBER}`);
    await customer.shows('Åpne Vipps på telefonen og godkjenn');
    await scene.photograph('sent');
    const payment = scene.newestPayment();
    record.equal('provider: it was pushed to that number', payment.pushedTo?.replace(/^47/, ''), '91234567');
    record.check('customer screen: shows no QR', !(await customer.hasQr()));
    record.check('customer screen: shows no number', !/912|567/.test(await customer.text()));
    await scene.step('phone', 'opens the message', () => phone.openMessage(shop.sandbox.phoneUrl));
    await scene.step('phone', 'approves', () => phone.approve());
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.measureApprovedToPaid();
    await scene.photograph('paid');
    await scene.step('cashier', 'prints the receipt', () => finish(scene));
    scene.checkCapturedOnce(payment.reference, TOTAL_ORE);
    scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference: payment.reference }]);

    await scene.step('phone', 'the sales unit may not send messages any more', async () => {
      control.addFault({ kind: 'refused', route: 'initiate', code: shop.api === 'ecom' ? 'Merchant/38' : '5080' });
    });
    await scene.step('cashier', 'sends to the same number', async () => {
      await ringUp(scene);
      await openNumber(scene);
      await cashier.type('912 34 567');
      await cashier.confirm('Neste');
      await cashier.shows('Norge');
      await cashier.tap('Send');
    });
    await customer.seesQr();
    record.check(
      'cashier screen: says why the QR came by itself',
      await cashier.comesToRead('Salgsstedet kan ikke sende betalinger til telefoner'),
    );
    await scene.photograph('qr-instead');
    const byQr = scene.newestPayment();
    record.equal('provider: nothing was pushed', byQr.pushedTo, null);
    await scene.scanFromScreen();
    await scene.step('phone', 'approves', () => phone.approve());
    await cashier.isFinished();
    await finish(scene);
    scene.checkCapturedOnce(byQr.reference, TOTAL_ORE);
    await scene.step('cashier', 'looks at the other ways', async () => {
      await ringUp(scene);
      await cashier.tap('Flere måter');
    });
    const row = cashier.page.getByRole('button', { name: /^Til telefonnummer/ });
    await row.waitFor();
    record.check('cashier screen: the way is not offered again', await row.isDisabled());
    await scene.photograph('not-offered');
    const written = scene.readJournal((_, journal) => JSON.stringify(journal.of('payment.planned')));
    record.check('journal: holds the end of the number and no more', written.includes('••••••67') && !/91234567|912 34 567/.test(written));
    await scene.step('cashier', 'pays in cash', async () => {
      await cashier.press('Escape');
      await cashier.payBy('F8');
      await cashier.confirm(/Ta imot/);
      await cashier.isFinished();
      await cashier.receiptIsPrinted();
      await cashier.nextCustomer();
    });
  },
};
