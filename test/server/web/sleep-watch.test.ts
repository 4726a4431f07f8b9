import { expect, it, onTestFinished, vi } from 'vitest';
import { watchForSleep } from '../../../server/web/sleep-watch.ts';

it('notices a jump of the clock, and nothing else', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let nowMs = 1_000_000;
  let wakes = 0;
  const stop = watchForSleep(
    () => {
      wakes += 1;
    },
    () => nowMs,
  );
  const wait = (clockMs: number) => {
    nowMs += clockMs;
    vi.advanceTimersByTime(2_000);
  };
  for (const lateMs of [2_000, 2_500, 9_000, -60_000]) wait(lateMs);
  expect(wakes).toBe(0);
  wait(3_600_000);
  expect(wakes).toBe(1);
  wait(2_000);
  expect(wakes).toBe(1);
  stop();
  wait(3_600_000);
  expect(wakes).toBe(1);
});
