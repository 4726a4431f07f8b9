/** The till's clock on a screen that may stand on another machine: the view's own time plus what has passed since it came. */
import { createContext, useContext, useEffect, useState } from 'react';

export interface TillClock {
  /** Milliseconds since 1970 by the till's clock. */
  nowMs(): number;
  /** Whether time passes here. It stands still in the gallery. */
  readonly runs: boolean;
}

export const TillClockContext = createContext<TillClock>({ nowMs: () => 0, runs: false });

/** A clock that goes on from a view. */
export function clockFrom(viewNowMs: number, receivedAtMs: number, monotonicMs: () => number = () => performance.now()): TillClock {
  return { runs: true, nowMs: () => viewNowMs + (monotonicMs() - receivedAtMs) };
}

/** A clock that stands at one moment. */
export function stoppedClock(atMs: number): TillClock {
  return { runs: false, nowMs: () => atMs };
}

/** The till's time, looked at again every `everyMs`; the component draws anew only when what `read` makes of it changes. */
export function useTillTime<T extends string | number | boolean>(everyMs: number, read: (nowMs: number) => T): T {
  const clock = useContext(TillClockContext);
  const [, setTick] = useState(0);
  const value = read(clock.nowMs());
  useEffect(() => {
    if (!clock.runs) return;
    const timer = window.setInterval(() => setTick((tick) => tick + 1), everyMs);
    return () => window.clearInterval(timer);
  }, [clock, everyMs]);
  return value;
}

/** Minutes and seconds left: `4:32`, never below `0:00`. Part seconds count as whole ones, so that 0:00 means over. */
export function minutesLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How much of the time is left, from 1 to 0. */
export function shareLeft(leftMs: number, totalMs: number): number {
  if (totalMs <= 0) return 0;
  return Math.min(1, Math.max(0, leftMs / totalMs));
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** `12:41` on this machine's own time zone. */
export function clockText(atMs: number): string {
  const at = new Date(atMs);
  return `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
}

/** `12:41:09` on this machine's own time zone. */
export function clockTextWithSeconds(atMs: number): string {
  return `${clockText(atMs)}:${twoDigits(new Date(atMs).getSeconds())}`;
}
