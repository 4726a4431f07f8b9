/**
 * From the bytes of a scanner to codes. Scanners end a code with CR, LF, both, Tab or ETX, as they were set up; some end it
 * with nothing, and then silence does. Which kind this one is shows by itself: once it has sent an ending, what comes
 * without one was cut off and is not believed, because the beginning of a number may be another number.
 *
 * ```
 *          byte                       ending
 *  empty ───────► gathering ───────────────────────────► code
 *                   │   │ silence, no ending seen ever ─► code
 *                   │   │ longer silence, endings known ► dropped: cut off
 *                   │ more than anybody prints
 *                   ▼
 *                 dropping ─── ending or silence ───────► dropped: too long
 * ```
 */
import type { Timer, Timers } from '../../app/till/ports.ts';

export interface CodeSettings {
  /** Text that this scanner puts before every code; it is taken off. Default none. STX is always taken off. */
  readonly prefix?: string;
  /** What the scanner sends letters beyond ASCII in. Bytes that are no UTF-8 are read as Latin-1 in any case. Default UTF-8. */
  readonly encoding?: 'utf-8' | 'latin-1';
}

/** Everything that was heard, for whoever looks for the cause when a scan does nothing. */
export type Heard =
  | { readonly kind: 'code'; readonly raw: Uint8Array; readonly code: string; readonly ending: 'suffix' | 'silence' }
  /** `raw` is how it began; `byteCount` how long it was. */
  | { readonly kind: 'dropped'; readonly raw: Uint8Array; readonly byteCount: number; readonly why: 'too-long' | 'cut-off' };

const [NUL, STX, ETX, TAB, LF, CR] = [0, 2, 3, 9, 10, 13];
const ENDINGS: ReadonlySet<number> = new Set([CR, LF, TAB, ETX]);

/** Silence after which a code without an ending is over: the slowest common line needs 8 ms for a byte, an adapter holds bytes 16 ms back. */
export const SILENCE_MS = 100;
/** Silence after which a code is not going to get its ending any more. Nobody scans twice that fast. */
export const CUT_OFF_MS = 300;
/** The bytes of a silence may wait in the machine: a last look after the timer. */
const LAST_LOOK_MS = 20;
/** More than the largest symbol holds (QR, 2 953 bytes): a wrong speed, or not a scanner. */
export const MOST_BYTES = 4_096;
const KEPT_OF_DROPPED = 64;

export interface CodeReader {
  push(bytes: Uint8Array): void;
  /** Forgets what came of a code so far: the line is gone. */
  reset(): void;
}

/** Calls `onHeard` for every code, and for everything that could not become one. */
export function createCodeReader(timers: Timers, onHeard: (heard: Heard) => void, settings: CodeSettings = {}): CodeReader {
  let held: number[] = [];
  let byteCount = 0;
  let sendsEndings = false;
  let timer: Timer | null = null;

  function drop(why: 'too-long' | 'cut-off'): void {
    const raw = Uint8Array.from(held.slice(0, KEPT_OF_DROPPED));
    const dropped = byteCount;
    clear();
    onHeard({ kind: 'dropped', raw, byteCount: dropped, why });
  }

  function clear(): void {
    timer?.cancel();
    timer = null;
    held = [];
    byteCount = 0;
  }

  function finish(ending: 'suffix' | 'silence'): void {
    if (byteCount > MOST_BYTES) {
      drop('too-long');
      return;
    }
    const raw = Uint8Array.from(held);
    clear();
    const code = withoutPrefix(decode(raw, settings.encoding ?? 'utf-8'), settings.prefix ?? '');
    if (code !== '') onHeard({ kind: 'code', raw, code, ending });
  }

  function silent(): void {
    if (sendsEndings && byteCount <= MOST_BYTES) drop('cut-off');
    else finish('silence');
  }

  return {
    push(bytes) {
      for (const byte of bytes) {
        if (ENDINGS.has(byte)) {
          // The second half of CR LF ends nothing.
          if (byteCount === 0) continue;
          sendsEndings = true;
          finish('suffix');
        } else if (byte !== NUL && !(byte === STX && byteCount === 0)) {
          byteCount += 1;
          if (byteCount <= MOST_BYTES) held.push(byte);
        }
      }
      timer?.cancel();
      timer = null;
      if (byteCount === 0) return;
      timer = timers.after(sendsEndings ? CUT_OFF_MS : SILENCE_MS, () => {
        timer = timers.after(LAST_LOOK_MS, silent);
      });
    },
    reset: clear,
  };
}

function decode(bytes: Uint8Array, encoding: 'utf-8' | 'latin-1'): string {
  const buffer = Buffer.from(bytes);
  if (encoding === 'latin-1') return buffer.toString('latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return buffer.toString('latin1');
  }
}

function withoutPrefix(code: string, prefix: string): string {
  return prefix !== '' && code.startsWith(prefix) ? code.slice(prefix.length) : code;
}
