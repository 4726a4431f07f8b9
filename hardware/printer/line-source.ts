/**
 * Where a job gets its line. A printer of one register keeps one line open; a printer that registers share is held from a
 * job's first byte to its last, and let go in between, since most print servers serve one connection at a time.
 */
import type { Timers } from '../../app/till/ports.ts';
import { KeptLine } from '../line/kept-line.ts';
import { type Line, type LineEnd, LineOpenError, type LineTrouble } from '../line/line.ts';

export interface LineSource {
  /** A line for one job, `null` when there is none within `patienceMs`. */
  acquire(patienceMs: number): Promise<Line | null>;
  /** The job is over. `true`: the other side is known to have taken all of it. `end` closes a line that would be kept. */
  release(line: Line, end: boolean): Promise<boolean>;
  /** Why there was no line the last time. */
  trouble(): LineTrouble | null;
  /** Calls back when a kept line opens; its end is told by the line itself. */
  onOpen(listener: (line: Line) => void): void;
  /** Calls back when an attempt to open failed. */
  onFailed(listener: (trouble: LineTrouble) => void): void;
  close(): Promise<void>;
}

/** How long the other side may take to end a connection after the last byte of a job; a printer prints first. */
const RELEASE_MS = 15_000;

export function keptSource(end: LineEnd, timers: Timers): LineSource {
  const kept = new KeptLine(end, { timers });
  let trouble: LineTrouble | null = null;
  const opened = new Set<(line: Line) => void>();
  const failed = new Set<(trouble: LineTrouble) => void>();
  kept.onChange((state) => {
    if (state.kind === 'open') {
      trouble = null;
      for (const listener of opened) listener(state.line);
    } else if (state.kind === 'waiting' && state.trouble !== null) {
      trouble = state.trouble.trouble;
      for (const listener of failed) listener(trouble);
    }
  });
  return {
    acquire: (patienceMs) => kept.whenOpen(patienceMs),
    release: async (line, close) => (close ? line.close(RELEASE_MS) : false),
    trouble: () => trouble,
    onOpen: (listener) => opened.add(listener),
    onFailed: (listener) => failed.add(listener),
    close: () => kept.close(),
  };
}

/** Tries to open again this long after the printer was busy with somebody else's. */
const BUSY_WAIT_MS = 200;

export function sharedSource(end: LineEnd, timers: Timers): LineSource {
  let trouble: LineTrouble | null = null;
  let closed = false;
  const failed = new Set<(trouble: LineTrouble) => void>();
  const pause = (delayMs: number): Promise<void> => new Promise((resolve) => void timers.after(delayMs, resolve));

  async function acquire(patienceMs: number): Promise<Line | null> {
    let over = false;
    const timer = timers.after(patienceMs, () => {
      over = true;
    });
    try {
      for (;;) {
        try {
          const line = await end.open();
          trouble = null;
          return line;
        } catch (error) {
          trouble = error instanceof LineOpenError ? error.trouble : 'other';
        }
        if (over || closed || patienceMs === 0) {
          for (const listener of failed) listener(trouble);
          return null;
        }
        await pause(BUSY_WAIT_MS);
      }
    } finally {
      timer.cancel();
    }
  }

  return {
    acquire,
    release: (line) => line.close(RELEASE_MS),
    trouble: () => trouble,
    onOpen: () => undefined,
    onFailed: (listener) => failed.add(listener),
    close: async () => {
      closed = true;
    },
  };
}
