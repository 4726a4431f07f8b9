import type { Scenario, Scene } from './scenario.ts';

/** Kneipp 39,90, butter 64,90. */
const TOTAL_ORE = 3_990 + 6_490;
/** How long the provider holds a request while the other side acts: far longer than a click takes. */
const HELD_MS = 2_500;

/**
 * The cashier cancels and the customer approves at the same moment. The provider is held at the point where it matters,
 * so that every order of the two happens, each in a payment of the same sale:
 *
 * 1. the cancel arrives first: the customer cannot approve any more;
 * 2. the approval comes after the till has read and before its cancel arrives: the provider gives it back;
 * 3. the approval comes before the till has read: the cashier is asked, and gives it back;
 * 4. the same again, and the cashier keeps it: the sale is paid.
 */
export const cancelRace: Scenario = {
  name: 'cancel-race',
  story: 'The customer approves at the very moment the cashier cancels, in every order: nobody is robbed, nobody forgotten.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone, sandbox } = shop;
    const references: string[] = [];

    /** The customer has scanned, and the button to approve is under the thumb. */
    const isScanned = async (): Promise<void> => {
      await customer.seesQr();
      await scene.scanFromScreen();
      await scene.showsScanned();
      references.push(scene.newestPayment().reference);
    };
    const cancel = () => scene.step('cashier', 'cancels', () => cashier.tap('Avbryt betalingen'));
    const approve = () => scene.step('phone', 'approves', () => phone.approve());
    const again = () => scene.step('cashier', 'tries again', () => cashier.tap('Prøv igjen'));

    await scene.step('cashier', 'scans bread and butter, and presses F9', async () => {
      await cashier.scan('7090000010010');
      await cashier.hasLine('Kneipp, grovt');
      await cashier.scan('7090000020033');
      await cashier.hasLine('Smør 500 g');
      await cashier.payBy('F9');
    });
    await customer.seesQr();
    await scene.measureTimeToQr();

    // 1. The cancel has taken effect, and its answer is on the way back.
    await isScanned();
    sandbox.control.addFault({ kind: 'latency', route: 'cancel', ms: HELD_MS, afterEffect: true });
    await cancel();
    await phone.shows('Avbrutt av butikken');
    record.check('phone: cannot approve what was cancelled', !(await phone.page.getByRole('button', { name: 'Godkjenn' }).isVisible()));
    record.check('provider: refuses an approval that comes after the cancel', refuses(scene));
    record.check('cashier screen: does not say it is over before it knows', await cashier.comesToRead('Avbryter betalingen'));
    await scene.photograph('cancelling');
    await Promise.all([cashier.shows('Betalingen er avbrutt'), customer.shows('Betalingen er avbrutt')]);
    record.note('provider', 'the cancel came first: nothing was ever approved');
    await scene.photograph('cancel-first');

    // 2. The till has read "open"; its cancel is held; the customer approves; then the cancel arrives.
    await again();
    await isScanned();
    sandbox.control.addFault({ kind: 'latency', route: 'cancel', ms: HELD_MS });
    await cancel();
    await underWay(scene, 'cancel');
    await approve();
    await phone.shows('Godkjent');
    if (shop.api === 'epayment') {
      // Here a cancel can spare what is approved, so it does, and the cashier is asked.
      await cashier.shows('Kunden rakk å godkjenne');
      await scene.photograph('spared-by-the-cancel');
      await scene.step('cashier', 'gives the money back', () => cashier.tap('Gi pengene tilbake'));
    }
    await Promise.all([cashier.shows('Godkjent, og gitt tilbake'), customer.shows('Betalingen er gitt tilbake')]);
    await phone.shows('Gitt tilbake');
    record.note('provider', 'the approval came first, then the cancel: given back');
    await scene.photograph('given-back-by-the-cancel');

    // 3. The till's read is held; the customer approves; then it is read, and the cashier decides.
    await again();
    await isScanned();
    await approvesBeforeTheRead(scene, cancel, approve);
    record.note('cashier', 'is asked: keep it, or give it back');
    await scene.photograph('asked');
    record.check('customer screen: says that the approval is known', await customer.comesToRead('Du har godkjent betalingen'));
    await scene.step('cashier', 'gives the money back', () => cashier.tap('Gi pengene tilbake'));
    await Promise.all([cashier.shows('Godkjent, og gitt tilbake'), customer.shows('Betalingen er gitt tilbake')]);
    await phone.shows('Gitt tilbake');
    await scene.photograph('given-back');

    // 4. The same, and the money is kept.
    await again();
    await isScanned();
    await approvesBeforeTheRead(scene, cancel, approve);
    await scene.step('cashier', 'keeps the payment', () => cashier.tap('Behold betalingen'));
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.photograph('kept');
    await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
    await scene.takeReceipt();
    await scene.photograph('receipt');
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());

    const kept = references.at(-1) ?? '';
    record.equal('provider: four payments', new Set(references).size, 4);
    record.equal(
      'provider: how they ended',
      references.map((reference) => sandbox.control.payment(reference).phase),
      ['cancelled', 'voided', 'voided', 'reserved'],
    );
    checkOrders(scene, references);
    record.equal('provider: every øre that was approved was captured once or given back', scene.providerTotals(), {
      authorisedOre: 3 * TOTAL_ORE,
      capturedOre: TOTAL_ORE,
      releasedOre: 2 * TOTAL_ORE,
      refundedOre: 0,
    });
    record.equal('provider: only the payment that was kept was captured', [scene.asked('capture'), scene.asked('capture', kept)], [1, 1]);
    record.equal(
      'journal: what was released had been approved, or had not',
      scene.readJournal((_, journal) => journal.of('payment.released').map(({ payload }) => payload.wasApproved)),
      [false, true, true],
    );
    scene.checkCapturedOnce(kept, TOTAL_ORE);
    scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference: kept }]);
  },
};

/** The races were races: what happened in which order, by the provider's books and the register's own. */
function checkOrders(scene: Scene, references: readonly string[]): void {
  const { record, shop } = scene;
  const { control } = shop.sandbox;
  const [, second = '', ...asked] = references;
  record.equal(
    'provider: what it has of each payment, in order',
    references.map((reference) =>
      control
        .payment(reference)
        .entries.map(({ kind }) => kind)
        .join(' '),
    ),
    ['initiate cancel', 'initiate reserve void', 'initiate reserve void', 'initiate reserve capture'],
  );
  const approvedAtMs = (reference: string) => control.payment(reference).entries.find(({ kind }) => kind === 'reserve')?.atMs ?? 0;
  record.check(
    'provider: the second was approved while its cancel was on the way',
    control.requests({ route: 'cancel', reference: second }).some(({ atMs }) => atMs <= approvedAtMs(second)),
  );
  for (const reference of asked) {
    const order = scene.readJournal((model, journal) => {
      const paymentId = model.paymentByReference(reference)?.paymentId;
      const atMs = (type: 'payment.cancel-requested' | 'payment.approved') =>
        journal.of(type).find(({ payload }) => payload.paymentId === paymentId)?.atMs ?? Number.NaN;
      return [atMs('payment.cancel-requested'), approvedAtMs(reference), atMs('payment.approved')] as const;
    });
    record.check('journal: cancelled, then approved, then read', order[0] <= order[1] && order[1] <= order[2], order);
  }
}

/** Cancels while the provider holds every read, approves, lets the reads go, and waits for the question. */
async function approvesBeforeTheRead(scene: Scene, cancel: () => Promise<void>, approve: () => Promise<void>): Promise<void> {
  const { cashier, phone, sandbox } = scene.shop;
  sandbox.control.addFault({ kind: 'latency', route: 'details', ms: HELD_MS, times: null });
  await cancel();
  await cashier.shows('Avbryter betalingen');
  await underWay(scene, 'details');
  await approve();
  await phone.shows('Godkjent');
  sandbox.control.clearFaults();
  await cashier.shows('Kunden rakk å godkjenne');
}

/** Waits until a request of a kind is at the provider and has not been answered. */
async function underWay(scene: Scene, route: string): Promise<void> {
  const { control } = scene.shop.sandbox;
  while (!control.requests({ route }).some(({ status, fault }) => status === null && fault !== null)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function refuses(scene: Scene): boolean {
  try {
    scene.shop.sandbox.control.customer('approve', scene.newestPayment().reference);
    return false;
  } catch {
    return true;
  }
}
