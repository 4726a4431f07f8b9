import type { FaultWish } from '../../server/sandbox/faults/fault.ts';
import {
  approveBehindAHeldAnswer,
  HELD_MS,
  nextCustomer,
  paidAfterApproval,
  registrations,
  scanned,
  sent,
  TOTAL_ORE,
} from './held-answer.ts';
import type { Scenario, Scene } from './scenario.ts';

/** The register's light for head office, as the cashier's screen has it. */
async function lightIs(scene: Scene, state: 'ok' | 'care'): Promise<void> {
  await scene.shop.register.until(({ lights }) => lights.some((light) => light.device === 'head-office' && light.state === state));
}

/** Head office has the journal to its last entry. */
async function headOfficeHasAll(scene: Scene): Promise<boolean> {
  const { shop } = scene;
  const last = scene.readJournal((_, { entries }) => entries.at(-1));
  const outcome = await shop.chain.as(shop).whoAmI();
  return outcome.kind === 'ok' && outcome.value.position !== null && outcome.value.position.hash === last?.hash;
}

/** From the approval at the provider to the register's own entry of it. */
function approvedAfterMs(scene: Scene, reference: string): number {
  const approval = scene.shop.sandbox.control.payment(reference).entries.find(({ kind, ok }) => kind === 'reserve' && ok);
  const entry = scene.readJournal((model, journal) => {
    const payment = model.paymentByReference(reference);
    return journal.of('payment.approved').find(({ payload }) => payload.paymentId === payment?.paymentId);
  });
  return approval === undefined || entry === undefined ? Number.NaN : entry.atMs - approval.atMs;
}

export const webhookRelay: Scenario = {
  name: 'webhook-relay',
  story:
    'Nobody reaches the register, but head office does: it is told of an approval and passes it on at once. It dies in the middle of the next payment, and the sale is completed all the same.',
  api: 'epayment',
  chain: [{ storeId: 'kolo', name: 'Kolonial på hjørnet', msn: '123456' }],
  async play(scene) {
    const { record, shop } = scene;
    const { control } = shop.sandbox;
    const always = (fault: FaultWish) => control.addFault({ ...fault, route: 'webhook', times: null });

    await lightIs(scene, 'ok');
    record.check('register: nobody can reach it', shop.register.ready.outside === null);
    await scene.until('head office has registered its webhook', () => control.requests({ route: 'webhooks' }).some(isPost));
    const there = await registrations(scene);
    record.equal(
      'provider: has one webhook for the shop, and it leads to head office',
      there.map(({ url }) => new URL(url).origin),
      [shop.chain.address],
    );

    record.note('provider', 'its webhooks are lost on the way');
    always({ kind: 'lost' });
    const quiet = await scanned(scene);
    const withoutMs = await approveBehindAHeldAnswer(scene, quiet);
    record.note('register', `without a webhook: paid ${withoutMs} ms after the approval`);
    record.check('register: polling alone comes to the end, once the line lets the answer through', withoutMs > 2_000, withoutMs);
    await scene.photograph('without');
    await nextCustomer(scene);

    control.clearFaults();
    const told = await scanned(scene);
    await scene.photograph('waiting');
    const withMs = await approveBehindAHeldAnswer(scene, told);
    record.note('register', `with a webhook that head office passes on: paid ${withMs} ms after the approval`);
    const approvedMs = approvedAfterMs(scene, told);
    record.note('journal', `approved ${approvedMs} ms after the approval at the provider`);
    record.check(
      'journal: the register knew of the approval while the answer was still held back',
      approvedMs < HELD_MS - 1_000,
      approvedMs,
    );
    record.check('head office: answered the webhook with 200', sent(scene, told).includes('authorized 200'), sent(scene, told));
    record.check(
      'register: what head office passed on brought paid to both screens while the answer was still held back',
      withMs < HELD_MS - 1_000 && withMs < withoutMs - 1_000,
      { withMs, withoutMs },
    );
    await scene.photograph('with');
    await nextCustomer(scene);

    record.note('provider', 'sends each webhook twice');
    always({ kind: 'duplicate' });
    const twice = await scanned(scene);
    await paidAfterApproval(scene);
    await scene.until('both have arrived', () => sent(scene, twice).filter((one) => one === 'authorized 200').length === 2);
    record.check('register: the same webhook twice is one payment', true);
    await nextCustomer(scene);
    control.clearFaults();

    const alone = await scanned(scene);
    await scene.step('head office', 'loses its power while the customer looks at the phone', () => shop.chain.kill());
    const aloneMs = await paidAfterApproval(scene);
    record.note('register', `without head office: paid ${aloneMs} ms after the approval`);
    record.check('register: sells without head office, by polling', aloneMs < 5_000, aloneMs);
    await scene.photograph('without-head-office');
    await nextCustomer(scene);
    await lightIs(scene, 'care');
    await scene.photograph('behind');
    await scene.step('head office', 'is back', () => shop.chain.start());
    await lightIs(scene, 'ok');
    await scene.until('head office has caught up', () => headOfficeHasAll(scene));
    record.check('head office: has every entry of the register’s journal, what was sold without it too', true);

    for (const [index, reference] of [quiet, told, twice, alone].entries()) {
      scene.checkCapturedOnce(reference, TOTAL_ORE);
      scene.checkCompletedSale(index + 1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference }]);
      const found = await shop.chain.as(shop).search({ by: 'reference', reference });
      record.equal(
        `head office: finds the sale of ${reference}`,
        found.kind === 'ok' ? found.value.orders.map(({ receiptNumber, totalOre }) => [receiptNumber, totalOre]) : found.kind,
        [[index + 1, TOTAL_ORE]],
      );
    }
    scene.measures.approvedToPaidMs = withMs;
  },
};

const isPost = ({ method }: { readonly method: string }) => method === 'POST';
