import { expect, it } from 'vitest';
import type { CashierView } from '../../../app/till/contract.ts';
import type { RunningRegister } from '../../support/running-register.ts';
import { providerOf, registerForTest, sandboxForTest, waitingPayment, writeConfiguration } from './attacks/attacked-register.ts';

const isAt = (phase: string) => (view: CashierView) => view.stage.kind === 'payment' && view.stage.phase === phase;
const referenceOf = (view: CashierView) => (view.stage.kind === 'payment' ? view.stage.reference : null);

/** A register whose provider lets a code live for two seconds, and a customer who never scans it. */
async function codeEnded(): Promise<{ readonly register: RunningRegister; readonly first: string; readonly states: () => object }> {
  const sandbox = await sandboxForTest({ timing: { openWithinMs: 2_000 } });
  const register = await registerForTest({ configFile: writeConfiguration(providerOf(sandbox)) });
  const first = await waitingPayment(register);
  await register.until(isAt('code-ended'));
  const states = () => Object.fromEntries(sandbox.control.payments().map(({ reference, phase }) => [reference, phase]));
  return { register, first, states };
}

it('a code that nobody scanned in time is told to both, and a new one comes after the old payment has been ended', async () => {
  const { register, first, states } = await codeEnded();
  await expect.poll(async () => (await register.customerView()).screen).toMatchObject({ kind: 'result', title: 'Koden gikk ut' });
  await register.must({ type: 'new-code' });
  const view = await register.until((now) => isAt('waiting-for-scan')(now) && referenceOf(now) !== first);
  const second = referenceOf(view) ?? '';
  expect(states()).toEqual({ [first]: 'cancelled', [second]: 'waiting' });
});

it('a bank’s no is ended at the provider before another try begins', async () => {
  const sandbox = await sandboxForTest();
  const register = await registerForTest({ configFile: writeConfiguration(providerOf(sandbox)) });
  const first = await waitingPayment(register);
  sandbox.control.customer('no-cover', first);
  await register.until(isAt('not-paid'));
  await register.must({ type: 'pay-vipps' });
  const view = await register.until((now) => isAt('waiting-for-scan')(now) && referenceOf(now) !== first);
  sandbox.control.customer('approve', referenceOf(view) ?? '');
  await register.until((now) => now.stage.kind === 'finished');
});
