/** A manager's word: who may give it, and how often a code may be tried. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Approvals, type Approver } from '../../../app/till/approval.ts';
import type { PinHasher } from '../../../app/till/ports.ts';
import { VirtualTime } from '../../simulation/virtual-time.ts';

/** Compares at once, so that time stands still meanwhile: the real one has its own tests. */
const pins: PinHasher = {
  hash: async (pin) => `kept ${pin}`,
  matches: async (pin, kept) => kept === `kept ${pin}`,
};
const PEOPLE: readonly Approver[] = [
  { id: 'kari', role: 'manager', pinHash: 'kept 4711' },
  { id: 'per', role: 'manager', pinHash: 'kept 2903' },
  { id: 'ida', role: 'manager' },
  { id: 'ola', role: 'cashier', pinHash: 'kept 4711' },
];

function counter() {
  const time = new VirtualTime();
  const log: string[] = [];
  const write = (_: string, event: string) => void log.push(event);
  /** When each code was compared. */
  const compared: number[] = [];
  const matches = (pin: string, kept: string) => {
    compared.push(time.nowMs);
    return pins.matches(pin, kept);
  };
  const approvals = new Approvals(() => PEOPLE, { clock: time.clock, pins: { ...pins, matches }, log: { write } });
  const tried = (managerId: string, pin: string) => approvals.approve({ managerId, pin });
  const wrong = async (managerId: string, count: number) => {
    for (let index = 0; index < count; index += 1) await tried(managerId, '0001');
  };
  return { time, log, compared, tried, wrong };
}

describe('A manager’s approval', () => {
  it('counts with the right code, and says whose it was', async () => {
    expect(await counter().tried('kari', '4711')).toEqual({ ok: true, approvedBy: 'kari' });
  });
  it('does not count with another code, nor with another manager’s', async () => {
    const { tried } = counter();
    expect(await tried('kari', '4712')).toEqual({ ok: false, why: 'wrong-pin' });
    expect(await tried('kari', '2903')).toEqual({ ok: false, why: 'wrong-pin' });
  });
  it('is nobody’s who is no manager, has no code, or is not here', async () => {
    for (const id of ['ola', 'ida', 'nobody']) expect(await counter().tried(id, '4711')).toEqual({ ok: false, why: 'no-manager' });
  });
});

describe('Five wrong codes in a row', () => {
  it('lock that manager for a minute, also for the right one, and say how long', async () => {
    const { time, log, tried, wrong } = counter();
    await wrong('kari', 4);
    expect(log).toEqual([]);
    expect(await tried('kari', '0001')).toEqual({ ok: false, why: 'pin-locked', waitMs: 60_000 });
    expect(log).toEqual(['approval.locked']);
    await time.pass(18_000);
    expect(await tried('kari', '4711')).toEqual({ ok: false, why: 'pin-locked', waitMs: 42_000 });
    await time.pass(42_000);
    expect(await tried('kari', '4711')).toMatchObject({ ok: true });
  });
  it('lock nobody else', async () => {
    const { tried, wrong } = counter();
    await wrong('kari', 5);
    expect(await tried('per', '2903')).toMatchObject({ ok: true });
  });
  it('leave five new tries afterwards, not one', async () => {
    const { time, tried, wrong } = counter();
    await wrong('kari', 5);
    await time.pass(60_000);
    await wrong('kari', 3);
    expect(await tried('kari', '0001')).toEqual({ ok: false, why: 'wrong-pin' });
    expect(await tried('kari', '0001')).toMatchObject({ why: 'pin-locked' });
  });
  it('are not five where the right one came between, or yesterday’s are among them', async () => {
    const { time, tried, wrong } = counter();
    await wrong('kari', 4);
    expect(await tried('kari', '4711')).toMatchObject({ ok: true });
    await wrong('kari', 4);
    await time.pass(86_400_000);
    await wrong('kari', 4);
    expect(await tried('kari', '4711')).toMatchObject({ ok: true });
  });
  it('are five also where all are tried at once', async () => {
    const { tried } = counter();
    const answers = await Promise.all(Array.from({ length: 50 }, () => tried('kari', '0001')));
    expect(answers.filter((answer) => !answer.ok && answer.why === 'pin-locked')).toHaveLength(50);
    const asked = await Promise.all(Array.from({ length: 50 }, () => tried('per', '2903')));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(5);
  });
});

it('However they are tried, no minute compares more than five wrong codes of one manager', async () => {
  const step = fc.record({ afterMs: fc.integer({ min: 0, max: 70_000 }), count: fc.integer({ min: 1, max: 9 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { time, compared, wrong } = counter();
      for (const { afterMs, count } of steps) {
        await time.pass(afterMs);
        await wrong('kari', count);
      }
      for (let index = 5; index < compared.length; index += 1)
        expect((compared[index] ?? 0) - (compared[index - 5] ?? 0)).toBeGreaterThanOrEqual(60_000);
    }),
  );
});
