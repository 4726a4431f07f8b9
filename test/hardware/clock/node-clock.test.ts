import { expect, it } from 'vitest';
import { nodeClock, nodeTimers } from '../../../hardware/clock/node-clock.ts';

it('tells local time as the machine does', () => {
  const atMs = Date.UTC(2026, 6, 1, 12);
  const offset = nodeClock.offsetMinutes(atMs);
  expect(Object.is(offset, -0)).toBe(false);
  expect(new Date(atMs + offset * 60_000).getUTCHours()).toBe(new Date(atMs).getHours());
});

it('never fires before its time, and never after it was cancelled', async () => {
  const fired: string[] = [];
  const startMs = nodeClock.monotonicMs();
  const cancelled = nodeTimers.after(5, () => fired.push('cancelled'));
  cancelled.cancel();
  cancelled.cancel();
  const far = nodeTimers.after(3_000_000_000, () => fired.push('far'));
  const tookMs = await new Promise<number>((resolve) => nodeTimers.after(20, () => resolve(nodeClock.monotonicMs() - startMs)));
  expect(tookMs).toBeGreaterThanOrEqual(19);
  far.cancel();
  expect(fired).toEqual([]);
});
