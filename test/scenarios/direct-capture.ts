import type { Scenario, Scene } from './scenario.ts';

/** Kneipp 39,90 and milk 24,90. */
const TOTAL_ORE = 3_990 + 2_490;
/** How long the provider holds a request while the other side acts: far longer than a click takes. */
const HELD_MS = 2_500;

/**
 * A sales unit with direct capture: what the customer approves is taken at once (SALE), and no register captures anything.
 *
 * 1. the customer approves: paid, without a capture;
 * 2. the cashier cancels while the customer approves: it cannot be cancelled any more, and the money is paid back;
 * 3. the same again, and the cashier keeps it.
 */
export const directCapture: Scenario = {
  name: 'direct-capture',
  story: 'The sales unit takes the money at once: paid without a capture, and what is regretted is paid back and read back.',
  unit: { msn: '654321', name: 'Kiosken', capture: 'direct' },
  api: 'ecom',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone, sandbox } = shop;

    await scene.ringUp();
    await customer.seesQr();
    await scene.measureTimeToQr();
    await scene.photograph('qr');
    await scene.scanFromScreen();
    await scene.showsScanned();
    await scene.step('phone', 'approves, and is charged in the same moment', () => phone.approve());
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.measureApprovedToPaid();
    await scene.photograph('paid');
    const first = scene.newestPayment();
    record.equal('provider: it was taken at once', first.entries.map(({ kind }) => kind).join(' '), 'initiate sale');
    record.equal('provider: nobody asked for a capture', scene.asked('capture'), 0);
    await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
    const receipt = await scene.takeReceipt();
    for (const words of ['64,80', first.reference]) record.check(`receipt: says ${words}`, receipt.includes(words));
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());

    await scene.ringUp();
    const given = await paidWhileCancelled(scene);
    await scene.photograph('asked');
    record.check('customer screen: says that the approval is known', await customer.comesToRead('Du har godkjent betalingen'));
    await scene.step('cashier', 'pays it back', () => cashier.tap('Betal tilbake'));
    await Promise.all([cashier.shows('Betalt tilbake'), customer.shows('Du får pengene tilbake')]);
    await scene.photograph('paid-back');
    const back = sandbox.control.payment(given);
    record.equal(
      'provider: all of it was paid back, once',
      [back.capturedOre, back.refundedOre, scene.asked('refund', given)],
      [TOTAL_ORE, TOTAL_ORE, 1],
    );
    record.equal(
      'journal: the refund was read back under its own key',
      refundKeys(scene),
      sandbox.control.requests({ route: 'refund' }).map(({ requestId }) => requestId),
    );

    await scene.step('cashier', 'tries again', () => cashier.tap('Prøv igjen'));
    const kept = await paidWhileCancelled(scene);
    await scene.step('cashier', 'keeps the payment', () => cashier.tap('Behold betalingen'));
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.photograph('kept');
    await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
    await customer.sees('idle');

    record.equal('provider: every øre was taken for a sale, or paid back', scene.providerTotals(), {
      authorisedOre: 3 * TOTAL_ORE,
      capturedOre: 3 * TOTAL_ORE,
      releasedOre: 0,
      refundedOre: TOTAL_ORE,
    });
    record.equal('provider: still nobody asked for a capture', scene.asked('capture'), 0);
    scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference: first.reference }]);
    scene.checkCompletedSale(2, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference: kept }]);
  },
};

/** The till has read "open"; its cancel is held; the customer approves, and the money is gone before the cancel arrives. Gives the reference. */
export async function paidWhileCancelled(scene: Scene): Promise<string> {
  const { cashier, customer, phone, sandbox } = scene.shop;
  await customer.seesQr();
  await scene.scanFromScreen();
  await scene.showsScanned();
  const { reference } = scene.newestPayment();
  sandbox.control.addFault({ kind: 'latency', route: 'cancel', ms: HELD_MS });
  await scene.step('cashier', 'cancels', () => cashier.tap('Avbryt betalingen'));
  const isHeld = () =>
    sandbox.control.requests({ route: 'cancel', reference }).some(({ fault, status }) => fault !== null && status === null);
  await scene.until('the cancel is on its way', isHeld);
  await scene.step('phone', 'approves', () => phone.approve());
  await cashier.shows('Kunden rakk å betale');
  return reference;
}

const refundKeys = (scene: Scene): readonly string[] =>
  scene.readJournal((_, journal) => journal.of('payment.refunded').map(({ payload }) => payload.key));
