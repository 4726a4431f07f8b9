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
import type { Scenario } from './scenario.ts';

export const webhookLocal: Scenario = {
  name: 'webhook-local',
  story:
    'The line holds an answer back; the provider calls the register, and paid is there at once. Without the call it takes longer, and that is all.',
  configuration: { reachable: { port: 0, checkIns: 'ask' } },
  async play(scene) {
    const { record, shop } = scene;
    const { control } = shop.sandbox;
    const [kind, approved, outside] =
      shop.api === 'epayment' ? (['webhook', 'authorized', 'payments'] as const) : (['callback', 'RESERVED', 'ecom'] as const);
    const always = (fault: FaultWish) => control.addFault({ ...fault, route: kind, times: null });

    record.check('register: listens for the provider on an address of its own', shop.register.ready.outside !== null);
    if (shop.api === 'epayment') {
      await scene.until('the webhooks are registered', () => control.requests({ route: 'webhooks' }).filter(isPost).length === 2);
      const there = await registrations(scene);
      record.equal(
        'provider: has the register’s two webhooks, for payments and for the sign',
        there.map(({ url, events }) => [new URL(url).pathname.split('/').at(-1), events.length > 1]),
        [
          [outside, true],
          ['check-ins', false],
        ],
      );
      record.note('provider', `tells ${there.map(({ url }) => url).join(' and ')}`);
    }

    record.note('provider', `its ${kind}s are lost on the way`);
    always({ kind: 'lost' });
    const quiet = await scanned(scene);
    const withoutMs = await approveBehindAHeldAnswer(scene, quiet);
    record.note('register', `without a ${kind}: paid ${withoutMs} ms after the approval`);
    record.equal(`provider: no ${kind} arrived`, sent(scene, quiet), []);
    record.check('register: polling alone comes to the end, once the line lets the answer through', withoutMs > 2_000, withoutMs);
    await scene.photograph('without');
    await nextCustomer(scene);

    control.clearFaults();
    const told = await scanned(scene);
    await scene.photograph('waiting');
    const withMs = await approveBehindAHeldAnswer(scene, told);
    record.note('register', `with a ${kind}: paid ${withMs} ms after the approval`);
    record.check(`provider: the ${kind} was answered with 200`, sent(scene, told).includes(`${approved} 200`), sent(scene, told));
    record.check(
      `register: the ${kind} brought paid to both screens while the answer was still held back`,
      withMs < HELD_MS - 1_000 && withMs < withoutMs - 1_000,
      { withMs, withoutMs },
    );
    await scene.photograph('with');
    await nextCustomer(scene);

    record.note('provider', `sends each ${kind} twice`);
    always({ kind: 'duplicate' });
    const twice = await scanned(scene);
    await paidAfterApproval(scene);
    await scene.until('both have arrived', () => sent(scene, twice).filter((one) => one === `${approved} 200`).length === 2);
    record.check(`register: the same ${kind} twice is one payment`, true);
    await nextCustomer(scene);
    control.clearFaults();

    const forged = await scanned(scene);
    if (shop.api === 'epayment') {
      record.note('provider', 'its webhooks are replaced by ones that somebody else has signed');
      always({ kind: 'forged' });
    }
    const before = scene.asked('details', forged);
    const statuses = await forgeries(shop.register.ready.outside ?? '', forged, shop.sandbox.url);
    record.equal('register: refuses what it cannot believe', statuses, [401, 401, 401, 404]);
    await scene.until('the register has asked by itself', () => scene.asked('details', forged) > before);
    record.check('register: asks no sooner because of it', scene.asked('details', forged) - before <= 2);
    record.check('customer screen: nothing is paid because somebody says so', !(await shop.customer.text()).includes('Betalt'));
    await paidAfterApproval(scene);
    if (shop.api === 'epayment') {
      record.check('provider: what was forged was refused', sent(scene, forged).includes(`${approved} 401`), sent(scene, forged));
    }
    await scene.photograph('forged');
    await nextCustomer(scene);
    control.clearFaults();

    for (const [index, reference] of [quiet, told, twice, forged].entries()) {
      scene.checkCapturedOnce(reference, TOTAL_ORE);
      scene.checkCompletedSale(index + 1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference }]);
    }
    scene.measures.approvedToPaidMs = withMs;
  },
};

const isPost = ({ method }: { readonly method: string }) => method === 'POST';

/** Says that the payment is paid, to each of the register's addresses, with proofs that are none. */
async function forgeries(outside: string, reference: string, sandboxUrl: string): Promise<readonly number[]> {
  const own = '/vipps/kolo-1';
  const body = JSON.stringify({ reference, name: 'CAPTURED', success: true, from: sandboxUrl });
  const proof = 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=';
  const post = async (path: string, headers: Record<string, string>) =>
    (await fetch(outside + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })).status;
  return [
    await post(`${own}/payments`, {}),
    await post(`${own}/payments`, {
      'x-ms-date': new Date().toUTCString(),
      'x-ms-content-sha256': 'x',
      authorization: `${proof}${'A'.repeat(43)}=`,
    }),
    await post(`${own}/ecom/v2/payments/${reference}`, { authorization: 'a-token-that-somebody-made-up' }),
    await post('/api/commands', {}),
  ];
}
