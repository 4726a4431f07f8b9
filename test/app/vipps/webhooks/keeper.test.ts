/** The webhooks' keeper over days, with the provider that is practised against and a clock that the test moves. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAdapter } from '../../../../app/vipps/adapter.ts';
import { createWebhookClient } from '../../../../app/vipps/webhooks/client.ts';
import { createWebhookKeeper, type WebhookKeeper } from '../../../../app/vipps/webhooks/keeper.ts';
import type { KeptWebhook } from '../../../../app/vipps/webhooks/plan.ts';
import { createHttpSend } from '../../../../hardware/http/send.ts';
import { type Sandbox, startSandbox } from '../../../../server/sandbox/sandbox.ts';
import { merchantOf } from '../../../server/sandbox/merchant.ts';
import { VirtualTime } from '../../../simulation/virtual-time.ts';
import { keptLog } from '../../../support/scripted-provider.ts';

const DAY_MS = 86_400_000;
const url = 'https://kasse.example.no/vipps/torg-1/payments';
let sandbox: Sandbox;
let time: VirtualTime;
let keeper: WebhookKeeper;
let kept: readonly KeptWebhook[];
let send: ReturnType<typeof createHttpSend>;

beforeEach(async () => {
  sandbox = await startSandbox({ rateLimits: false, tokenLifetimeMs: 100 * DAY_MS });
  time = new VirtualTime();
  kept = [];
  send = createHttpSend();
  const [unit] = sandbox.salesUnits;
  if (unit === undefined) throw new Error('no unit');
  const log = keptLog();
  const { caller } = createAdapter({
    configuration: {
      baseUrl: sandbox.url,
      merchantSerialNumber: unit.msn,
      clientId: unit.clientId,
      clientSecret: unit.clientSecret,
      subscriptionKey: unit.subscriptionKey,
      systemName: 'tillit',
      systemVersion: '1',
    },
    send,
    clock: time.clock,
    log,
  });
  keeper = createWebhookKeeper({
    client: createWebhookClient(caller),
    wanted: [{ kind: 'payments', url, events: ['epayments.payment.captured.v1'] }],
    own: [url],
    memory: {
      read: () => kept,
      write(next) {
        kept = next;
      },
    },
    clock: time.clock,
    timers: time,
    log,
  });
});
afterEach(async () => {
  keeper.stop();
  send.close();
  await sandbox.close();
});

const merchant = () => merchantOf(sandbox, sandbox.salesUnits[0]?.msn ?? '');
const listed = async () => (await (await merchant()).send('GET', '/webhooks/v1/webhooks')).json.webhooks as unknown as { id: string }[];
const asked = () => sandbox.control.requests({ route: 'webhooks' }).filter(({ method }) => method === 'GET').length;
const state = () => keeper.states().get('payments')?.state;

describe('the keeper', () => {
  it('looks every day, and makes anew what is gone', async () => {
    await keeper.check();
    const [first] = await listed();
    expect(keeper.registered('payments')?.id).toBe(first?.id);
    await (await merchant()).send('DELETE', `/webhooks/v1/webhooks/${first?.id}`);
    const before = asked();
    await time.pass(DAY_MS - 1_000);
    expect(asked()).toBe(before);
    await time.pass(2_000);
    await expect.poll(async () => (await listed()).length).toBe(1);
    await expect.poll(() => keeper.registered('payments')?.id).not.toBe(first?.id);
    expect(kept).toHaveLength(1);
  });

  it('looks after a night’s sleep too, when the wall clock has gone on and nothing else has', async () => {
    await keeper.check();
    const before = asked();
    time.setClock(2 * DAY_MS);
    await time.pass(3_600_000);
    await expect.poll(asked).toBe(before + 1);
  });

  it('tries again soon when the provider cannot be asked, and says so meanwhile', async () => {
    sandbox.control.addFault({ kind: 'server-error', route: 'webhooks' });
    await keeper.check();
    expect(state()).toBe('trouble');
    await time.pass(10_000);
    await expect.poll(state).toBe('registered');
  });

  it('loses the secret with the answer, and gets another one: what was made in between is deleted', async () => {
    sandbox.control.addFault({ kind: 'cut-after', route: 'webhooks', skip: 1 });
    await keeper.check();
    expect(state()).toBe('trouble');
    expect(keeper.registered('payments')).toBeNull();
    expect(await listed()).toHaveLength(1);
    await time.pass(10_000);
    await expect.poll(state).toBe('registered');
    expect((await listed()).map(({ id }) => id)).toEqual([keeper.registered('payments')?.id]);
  });

  it('that is stopped registers nothing more, and writes nothing down', async () => {
    const looking = keeper.check();
    keeper.stop();
    await looking;
    expect([await listed(), kept]).toEqual([[], []]);
  });
});
