/** A customer scans the sign at a register, from the provider's webhook to the receipt: a real register, real HTTP. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { merchantOf } from '../sandbox/merchant.ts';
import { providerOf, registerForTest, sandboxForTest, writeConfiguration } from './attacks/attacked-register.ts';

const MSN = '123456';

async function open(checkIns: 'ask' | 'at-once') {
  const sandbox = await sandboxForTest();
  const shop = await merchantOf(sandbox, MSN);
  await shop.send('PUT', '/qr/v1/merchant-callback/kolo-1', { locationDescription: 'Kasse 1' });
  const dataDir = temporaryFolder();
  const provider = { ...providerOf(sandbox), api: 'epayment' };
  const register = await registerForTest({ configFile: writeConfiguration(provider, { reachable: { port: 0, checkIns } }), dataDir });
  const registered = () =>
    sandbox.control.requests({ route: 'webhooks' }).filter(({ method, status }) => method === 'POST' && status === 201);
  await expect.poll(() => registered().length).toBe(2);
  return { sandbox, register, dataDir };
}

/** Everything in a folder, as one text. */
function everythingIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? everythingIn(path) : readFileSync(path, 'latin1')))
    .join('\n');
}

it('gets what is to be paid on the phone, approves, and the sale is paid', async () => {
  const { sandbox, register, dataDir } = await open('at-once');
  await register.must({ type: 'add-article', articleNumber: '1001' });
  expect(sandbox.control.checkIn(MSN, 'kolo-1')).toBe(1);
  const { stage } = await register.until((view) => view.stage.kind === 'payment' && view.stage.phase !== 'creating');
  const reference = stage.kind === 'payment' ? stage.reference : '';
  sandbox.control.customer('approve', reference);
  await register.until((view) => view.stage.kind === 'finished');
  expect(sandbox.control.payment(reference)).toMatchObject({ capturedOre: 3_990 });
  expect(sandbox.control.payments()).toHaveLength(1);
  const [told] = sandbox.control.deliveries().filter(({ event }) => event === 'user.checked-in.v1');
  const { customerToken } = JSON.parse(told?.body ?? '') as { customerToken: string };
  await register.stop();
  expect(customerToken.length).toBeGreaterThan(20);
  expect(everythingIn(dataDir)).not.toContain(customerToken);
});

it('waits for the cashier where the shop wants that, and a forged word of it is not heard', async () => {
  const { sandbox, register } = await open('ask');
  await register.must({ type: 'add-article', articleNumber: '1001' });
  const forged = await fetch(`${register.ready.outside}/vipps/kolo-1/check-ins`, {
    method: 'POST',
    headers: { 'x-ms-date': new Date().toUTCString(), 'x-ms-content-sha256': 'x', authorization: 'HMAC-SHA256 Signature=x' },
    body: JSON.stringify({ customerToken: 'mine', merchantQrId: 'kolo-1', msn: MSN, initiatedAt: new Date().toISOString() }),
  });
  expect(forged.status).toBe(401);
  expect((await register.cashierView()).checkedIn).toBeUndefined();
  sandbox.control.checkIn(MSN, 'kolo-1');
  const { checkedIn } = await register.until((view) => view.checkedIn !== undefined);
  expect(checkedIn?.text).toBe('Kunden har skannet skiltet.');
  await register.must({ type: 'pay-vipps', way: 'checked-in' });
  await register.until((view) => view.stage.kind === 'payment' && view.stage.phase !== 'creating');
  expect(sandbox.control.payments()).toHaveLength(1);
});
