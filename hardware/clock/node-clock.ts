/** The machine's own clock and timers. */
import type { Clock, Timer, Timers } from '../../app/till/ports.ts';

/** Local time is the machine's time zone. */
export const nodeClock: Clock = {
  nowMs: () => Date.now(),
  offsetMinutes: (atMs) => {
    const minutes = -new Date(atMs).getTimezoneOffset();
    // In UTC the machine says -0, which is not the 0 that is written down.
    return minutes === 0 ? 0 : minutes;
  },
  monotonicMs: () => performance.now(),
};

/** Longer than this and Node fires at once. */
const LONGEST_MS = 2_147_483_647;

export const nodeTimers: Timers = {
  after: (delayMs, run) => startTimer(delayMs, run),
};

function startTimer(delayMs: number, run: () => void): Timer {
  const dueMs = performance.now() + delayMs;
  let handle: NodeJS.Timeout;
  const arm = (): void => {
    const leftMs = dueMs - performance.now();
    handle = setTimeout(() => (dueMs - performance.now() > 0.5 ? arm() : run()), Math.min(LONGEST_MS, Math.max(0, Math.ceil(leftMs))));
  };
  arm();
  return { cancel: () => clearTimeout(handle) };
}
