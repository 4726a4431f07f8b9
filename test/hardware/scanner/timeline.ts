/** Timers that go when the test says so, and a clock that they share. */
import type { Timers } from '../../../app/till/ports.ts';

export interface Timeline {
  readonly timers: Timers;
  /** Lets so much time go by, and runs what falls due, in order. */
  pass(ms: number): void;
}

export function createTimeline(): Timeline {
  let nowMs = 0;
  let pending: { readonly dueMs: number; readonly run: () => void }[] = [];
  return {
    timers: {
      after(delayMs, run) {
        const timer = { dueMs: nowMs + delayMs, run };
        pending.push(timer);
        return {
          cancel: () => {
            pending = pending.filter((each) => each !== timer);
          },
        };
      },
    },
    pass(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const next = pending.filter((each) => each.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (next === undefined) break;
        pending = pending.filter((each) => each !== next);
        nowMs = next.dueMs;
        next.run();
      }
      nowMs = untilMs;
    },
  };
}
