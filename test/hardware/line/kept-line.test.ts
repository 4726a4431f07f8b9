import { describe, expect, it } from 'vitest';
import type { Timers } from '../../../app/till/ports.ts';
import { KeptLine, type KeptLineState } from '../../../hardware/line/kept-line.ts';
import { type Line, type LineEnd, LineEvents, LineOpenError } from '../../../hardware/line/line.ts';

/** A place whose line can be there or not, and timers that are moved by hand. */
function place() {
  const waits: { readonly delayMs: number; readonly run: () => void }[] = [];
  const timers: Timers = {
    after: (delayMs, run) => {
      const wait = { delayMs, run };
      waits.push(wait);
      return { cancel: () => void (waits.includes(wait) && waits.splice(waits.indexOf(wait), 1)) };
    },
  };
  let there = true;
  let attempts = 0;
  let back: () => void = () => undefined;
  const lines: LineEvents[] = [];
  const end: LineEnd = {
    name: 'a port',
    open: async () => {
      attempts += 1;
      if (!there) throw new LineOpenError('no-such-port', 'There is no port.');
      const events = new LineEvents();
      lines.push(events);
      const line: Line = {
        name: 'a port',
        bytesPerSecond: null,
        write: async () => undefined,
        onBytes: (listener) => events.onBytes(listener),
        closed: () => events.why,
        onClosed: (listener) => events.onClosed(listener),
        close: async () => {
          events.ended('closed');
          return true;
        },
      };
      return line;
    },
    onMaybeBack: (listener) => {
      back = listener;
      return () => undefined;
    },
  };
  return {
    end,
    timers,
    waits,
    attempts: () => attempts,
    be: (isThere: boolean) => {
      there = isThere;
    },
    vanish: () => lines.at(-1)?.ended('gone'),
    plugIn: () => back(),
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

describe('a line that is kept', () => {
  it('is opened at once, and told of', async () => {
    const { end, timers } = place();
    const kept = new KeptLine(end, { timers });
    const states: KeptLineState['kind'][] = [];
    kept.onChange((state) => states.push(state.kind));
    await settled();
    expect(states).toEqual(['open']);
  });

  it('waits longer and longer for a port that is away, up to a limit, and starts anew once it was there', async () => {
    const { end, timers, waits, be, vanish } = place();
    be(false);
    const kept = new KeptLine(end, { timers, firstWaitMs: 100, longestWaitMs: 500 });
    const seen: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await settled();
      const wait = waits.shift();
      seen.push(wait?.delayMs ?? 0);
      wait?.run();
    }
    expect(seen).toEqual([100, 200, 400, 500, 500]);
    be(true);
    await settled();
    waits.shift()?.run();
    await settled();
    expect(kept.state.kind).toBe('open');
    vanish();
    expect(kept.state).toEqual({ kind: 'waiting', trouble: null, waitMs: 100 });
  });

  it('is used as soon as its port is plugged in again, without waiting for the next attempt', async () => {
    const { end, timers, be, vanish, plugIn, attempts } = place();
    const kept = new KeptLine(end, { timers });
    await settled();
    be(false);
    vanish();
    be(true);
    plugIn();
    await settled();
    expect([kept.state.kind, attempts()]).toEqual(['open', 2]);
  });

  it('is tried at once when somebody needs it, and given up when their patience ends', async () => {
    const { end, timers, waits, be } = place();
    be(false);
    const kept = new KeptLine(end, { timers });
    await settled();
    const wanted = kept.whenOpen(1_000);
    await settled();
    waits.find((wait) => wait.delayMs === 1_000)?.run();
    expect(await wanted).toBeNull();
  });

  it('is not opened again once it was closed here', async () => {
    const { end, timers, waits, attempts } = place();
    const kept = new KeptLine(end, { timers });
    await settled();
    await kept.close();
    expect([kept.state.kind, waits.length, attempts()]).toEqual(['closed', 0, 1]);
  });
});
