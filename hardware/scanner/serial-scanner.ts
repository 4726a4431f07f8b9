/**
 * A scanner on a line of its own: RS-232, or USB as a serial port. It is opened again for as long as it takes when it is
 * pulled out, and a code that was cut in two by that is forgotten.
 */
import type { Log, Timers } from '../../app/till/ports.ts';
import { KeptLine, type KeptLineState } from '../line/kept-line.ts';
import type { Line, LineEnd, LineTrouble } from '../line/line.ts';
import { type CodeSettings, createCodeReader, type Heard } from './codes.ts';

export type ScannerStatus =
  | { readonly state: 'connected' }
  /** `why` is a sentence for people. `trouble` is null when it was there and went away, or was not tried yet. */
  | { readonly state: 'gone'; readonly why: string; readonly trouble: LineTrouble | null };

export interface SerialScanner {
  /** The port's name. */
  readonly name: string;
  status(): ScannerStatus;
  /** Calls back after each change; the returned function ends that. */
  onStatus(listener: (status: ScannerStatus) => void): () => void;
  /** Every code that was read whole, in the order of the scans. */
  onCode(listener: (code: string) => void): () => void;
  /** Every code and everything that could not become one, with its bytes: for a page that shows what a scanner says. */
  onHeard(listener: (heard: Heard) => void): () => void;
  /** Lets go of the port for good. */
  close(): Promise<void>;
}

export interface SerialScannerOptions {
  readonly end: LineEnd;
  readonly timers: Timers;
  readonly log: Log;
  readonly settings?: CodeSettings;
}

/** Nobody waits for a scanner as for a printer, but who plugs it in scans at once. */
const LONGEST_WAIT_MS = 2_000;

/** Opens the port at once, and again whenever it went away. Never throws: what is wrong stands in `status`. */
export function createSerialScanner({ end, timers, log, settings = {} }: SerialScannerOptions): SerialScanner {
  const statusListeners = new Set<(status: ScannerStatus) => void>();
  const codeListeners = new Set<(code: string) => void>();
  const heardListeners = new Set<(heard: Heard) => void>();
  const codes = createCodeReader(timers, hear, settings);
  let status: ScannerStatus = { state: 'gone', why: `${end.name} is being opened.`, trouble: null };
  let line: Line | null = null;

  function hear(heard: Heard): void {
    // Never the content: it may be a customer's own code.
    if (heard.kind === 'dropped') log.write('warn', 'scanner.dropped', { port: end.name, why: heard.why, bytes: heard.byteCount });
    for (const listener of [...heardListeners]) listener(heard);
    if (heard.kind === 'code') for (const listener of [...codeListeners]) listener(heard.code);
  }

  function become(next: ScannerStatus): void {
    // One line for one trouble, however often the port is tried.
    if (isSame(status, next)) return;
    status = next;
    if (next.state === 'connected') log.write('info', 'scanner.connected', { port: end.name });
    else log.write('warn', 'scanner.gone', { port: end.name, why: next.why });
    for (const listener of [...statusListeners]) listener(next);
  }

  function follow(state: KeptLineState): void {
    switch (state.kind) {
      case 'open':
        line = state.line;
        line.onBytes((bytes) => codes.push(bytes));
        become({ state: 'connected' });
        return;
      case 'waiting': {
        const ended = line?.closed() ?? `${end.name} went away.`;
        line = null;
        codes.reset();
        // After the end of a line it may be back on the first attempt; a failed one knows more.
        become({ state: 'gone', why: state.trouble?.message ?? ended, trouble: state.trouble?.trouble ?? null });
        return;
      }
      case 'closed':
        codes.reset();
        return;
      case 'opening':
        return;
    }
  }

  const kept = new KeptLine(end, { timers, longestWaitMs: LONGEST_WAIT_MS });
  kept.onChange(follow);

  return {
    name: end.name,
    status: () => status,
    onStatus: (listener) => add(statusListeners, listener),
    onCode: (listener) => add(codeListeners, listener),
    onHeard: (listener) => add(heardListeners, listener),
    close: () => kept.close(),
  };
}

function isSame(one: ScannerStatus, other: ScannerStatus): boolean {
  if (one.state === 'gone' && other.state === 'gone') return one.why === other.why && one.trouble === other.trouble;
  return one.state === other.state;
}

function add<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
