import type { Scenario, Scene } from './scenario.ts';

/** Kneipp 39,90 and milk 24,90. */
const TOTAL_ORE = 3_990 + 2_490;
/** Longer than the register lives from here on. */
const HELD_MS = 20_000;
const MSN = '123456';

/**
 * The sales unit moves from eCom to ePayment while a customer pays. The register is started again with the other API, and
 * what was begun is finished there:
 *
 * 1. approved while the register was away: captured through ePayment;
 * 2. taken at once while it was being cancelled: paid back through ePayment, and read back.
 */
export const migratedRefund: Scenario = {
  name: 'migrated-refund',
  story: 'Payments begun in eCom are captured and paid back through ePayment, after the sales unit has moved in the middle of them.',
  unit: { msn: MSN, name: 'Kolonialen', capture: 'reserve', migrated: false },
  api: 'ecom',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone, sandbox } = shop;

    const { url, reference: captured } = await begin(scene);
    await scene.measureTimeToQr();
    await scene.photograph('qr');
    await scene.step('register', 'is stopped in the middle', () => shop.kill());
    await scene.step('provider', 'moves the sales unit to ePayment', async () => sandbox.control.changeUnit(MSN, { migrated: true }));
    await scene.step('phone', 'had the code in its camera, and approves meanwhile', async () => {
      await phone.scan(url);
      await phone.approve();
      await phone.shows('Godkjent');
    });
    await startWith(scene, 'epayment');
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.photograph('captured-through-epayment');
    record.equal('provider: begun through eCom, captured through ePayment', paths(scene, captured, ['initiate', 'capture']), [
      'ecomm',
      'epayment',
    ]);
    await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
    const receipt = await scene.takeReceipt();
    for (const words of ['64,80', captured]) record.check(`receipt: says ${words}`, receipt.includes(words));
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
    scene.checkCapturedOnce(captured, TOTAL_ORE);

    await scene.step('provider', 'lets the sales unit take money at once; the register goes back to eCom for an hour', async () => {
      sandbox.control.changeUnit(MSN, { capture: 'direct' });
      await shop.kill();
    });
    await startWith(scene, 'ecom');
    await Promise.all([cashier.shows('Klar for neste kunde'), customer.sees('idle')]);
    const { url: second, reference: refunded } = await begin(scene);
    await scene.step('phone', 'scans the code', () => phone.scan(second));
    await customer.shows('Fullfør i appen din');
    sandbox.control.addFault({ kind: 'latency', route: 'details', ms: HELD_MS, times: null });
    await scene.step('cashier', 'cancels, and the provider is slow', () => cashier.tap('Avbryt betalingen'));
    await cashier.shows('Avbryter betalingen');
    await scene.step('phone', 'approves, and is charged in the same moment', () => phone.approve());
    await phone.shows('Betalt');
    await scene.step('register', 'is stopped in the middle', () => shop.kill());
    sandbox.control.clearFaults();
    await startWith(scene, 'epayment');
    await cashier.shows('Kunden rakk å betale');
    record.note('register', 'read through ePayment that the money was taken, and asks');
    await scene.photograph('asked');
    await scene.step('cashier', 'pays it back', () => cashier.tap('Betal tilbake'));
    await Promise.all([cashier.shows('Betalt tilbake'), customer.shows('Du får pengene tilbake')]);
    await scene.photograph('paid-back-through-epayment');

    const back = sandbox.control.payment(refunded);
    record.equal('provider: begun through eCom, paid back through ePayment', paths(scene, refunded, ['initiate', 'refund']), [
      'ecomm',
      'epayment',
    ]);
    record.equal(
      'provider: all of it was paid back, once',
      [back.capturedOre, back.refundedOre, scene.asked('refund', refunded)],
      [TOTAL_ORE, TOTAL_ORE, 1],
    );
    record.equal(
      'journal: the order says through which API it was begun',
      scene.readJournal((_, journal) => journal.of('payment.planned').map(({ payload }) => payload.order.api)),
      ['ecom', 'ecom'],
    );
    record.equal(
      'journal: the refund was read back under its own key',
      scene.readJournal((_, journal) => journal.of('payment.refunded').map(({ payload }) => payload.key)),
      sandbox.control.requests({ route: 'refund' }).map(({ requestId }) => requestId),
    );

    await scene.step('cashier', 'tries again, through ePayment from the beginning', () => cashier.tap('Prøv igjen'));
    const url3 = await customer.readQr();
    await scene.step('phone', 'scans and approves', async () => {
      await phone.scan(url3);
      await phone.approve();
    });
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    const { reference: last } = scene.newestPayment();
    await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
    await scene.photograph('paid');
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
    record.equal('provider: begun through ePayment', paths(scene, last, ['initiate']), ['epayment']);
    record.equal('provider: every øre was taken for a sale, or paid back', scene.providerTotals(), {
      authorisedOre: 3 * TOTAL_ORE,
      capturedOre: 3 * TOTAL_ORE,
      releasedOre: 0,
      refundedOre: TOTAL_ORE,
    });
    scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference: captured }]);
    scene.checkCompletedSale(2, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference: last }]);
  },
};

/** Bread and milk, and the code on the screen. */
async function begin(scene: Scene): Promise<{ readonly url: string; readonly reference: string }> {
  const { customer } = scene.shop;
  await scene.ringUp();
  const url = await customer.readQr();
  return { url, reference: scene.newestPayment().reference };
}

async function startWith(scene: Scene, api: 'ecom' | 'epayment'): Promise<void> {
  scene.shop.configureApi(api);
  await scene.step('register', `starts again, with ${api} in its configuration`, () => scene.shop.startAgain());
}

/** Which API each of these operations of a payment came through. */
function paths(scene: Scene, reference: string, routes: readonly string[]): readonly (string | undefined)[] {
  const { control } = scene.shop.sandbox;
  return routes.map((route) => control.requests({ route, reference }).at(-1)?.path.split('/')[1]);
}
