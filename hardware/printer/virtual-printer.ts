/**
 * A printer without a printer: it reads every job as a real one would, and keeps the paper, to be looked at. For
 * practice, for tests, and for a counter that has no printer yet. What goes wrong with real ones can be switched on.
 */
import type { Clock, DrawerPin, Log, Printer, PrinterStatus, PrinterTrouble, PrintOutcome, Timers } from '../../app/till/ports.ts';
import { drawerKick } from './encode.ts';
import { paperToPng } from './paper/draw.ts';
import type { Paper } from './paper/paper.ts';
import { createPaperReader } from './paper/read.ts';
import { PaperRefusedError } from './paper/refusal.ts';
import { paperToText } from './paper/text.ts';
import { type KeptPaper, readPaperFolder, removePaper, writePaper } from './paper-folder.ts';

/** How the printer is. */
export type VirtualCondition =
  | { readonly kind: 'ready' }
  /** Prints, and says that the roll is nearly at its end. */
  | { readonly kind: 'paper-low' }
  /** Prints, after so long: what is switched on meanwhile strikes in the middle of the job. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Takes nothing. */
  | { readonly kind: 'paper-out' }
  | { readonly kind: 'cover-open' }
  | { readonly kind: 'offline' }
  /** The next job is cut off after so many bytes: its outcome is unknown. Nothing is printed after that, for the same reason. */
  | { readonly kind: 'cut-off'; readonly afterBytes: number; readonly reason: PrinterTrouble };

export interface PrintedPaper {
  /** Grows from paper to paper, over restarts too when there is a folder. */
  readonly id: string;
  readonly atMs: number;
  /** All of the job; of a torn paper what had come before it was cut off. */
  readonly bytes: Uint8Array;
  readonly torn: boolean;
  readonly text: string;
  /** Drawn when it is first asked for. */
  readonly png: Uint8Array;
}

/** A job that the printer could not read: something of ours sends what a printer does not know. */
export interface RefusedJob {
  readonly atMs: number;
  readonly bytes: Uint8Array;
  readonly error: PaperRefusedError;
}

export interface VirtualPrinterOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly timers: Timers;
  /** 42 columns are 80 mm paper, 32 are 58 mm. */
  readonly columns?: 42 | 32;
  /** How many papers are kept; the oldest go. Default 100. */
  readonly keep?: number;
  /** Keeps the papers in this folder, and shows those of before. */
  readonly directory?: string;
  /** The pin that a drawer hangs on; none without it. Its switch reads high while it is open. */
  readonly drawerPin?: DrawerPin;
  /** Told when a paper could not be written to the folder: it was printed all the same. */
  readonly log?: Log;
}

export interface VirtualPrinter extends Printer {
  /** Oldest first. */
  papers(): readonly PrintedPaper[];
  /** Calls back with each new paper; the returned function ends that. */
  onPaper(listener: (paper: PrintedPaper) => void): () => void;
  condition(): VirtualCondition;
  setCondition(condition: VirtualCondition): void;
  /** Jobs that could not be read, newest last; nothing came out of them. */
  refusedJobs(): readonly RefusedJob[];
  /** How often a pulse for the drawer was sent, by a job or by itself, on either pin. */
  drawerKicks(): number;
  /** `none` where no drawer hangs on it. */
  drawer(): VirtualDrawer;
  /** What hands do: push it shut, open it with the key, or put something in its way. Without a drawer nothing happens. */
  moveDrawer(to: Exclude<VirtualDrawer, 'none'>): void;
}

/** `stuck` is shut, and a pulse does not open it. */
export type VirtualDrawer = 'none' | 'open' | 'shut' | 'stuck';

const DEFAULT_KEEP = 100;
const REFUSED_KEPT = 20;

function stateOf(condition: VirtualCondition, broken: PrinterTrouble | null): PrinterStatus['state'] {
  if (broken !== null) return broken;
  switch (condition.kind) {
    case 'ready':
    case 'slow':
    case 'cut-off':
      return 'ready';
    case 'paper-low':
    case 'paper-out':
    case 'cover-open':
    case 'offline':
      return condition.kind;
  }
}

function troubleOf(state: PrinterStatus['state']): PrinterTrouble | null {
  return state === 'ready' || state === 'paper-low' ? null : state;
}

/** In these states nothing that is sent arrives, and nothing is told. A printer without paper still hears a pulse. */
const DEAF: ReadonlySet<PrinterStatus['state']> = new Set(['offline', 'gone', 'error']);

/** Makes a virtual printer. Its outcomes are those of the port: printed, not printed, unknown. */
export function createVirtualPrinter(options: VirtualPrinterOptions): VirtualPrinter {
  const widthDots = options.columns === 32 ? 384 : 576;
  const keep = options.keep ?? DEFAULT_KEEP;
  const { clock, timers, directory } = options;
  const refused: RefusedJob[] = [];
  const paperListeners = new Set<(paper: PrintedPaper) => void>();
  const statusListeners = new Set<(status: PrinterStatus) => void>();
  let condition: VirtualCondition = { kind: 'ready' };
  let broken: PrinterTrouble | null = null;
  let kicks = 0;
  let drawer: VirtualDrawer = options.drawerPin === undefined ? 'none' : 'shut';
  let queue: Promise<unknown> = Promise.resolve();
  const stored = directory === undefined ? [] : readPaperFolder(directory, keep);
  const kept: PrintedPaper[] = stored.flatMap(reopen);
  let lastId = Number(stored.at(-1)?.id ?? 0);

  /** Reads what came; of a torn job as far as it goes. */
  function read(bytes: Uint8Array, torn: boolean): Paper {
    const reader = createPaperReader({ widthDots });
    reader.feed(bytes);
    return torn ? reader.paper() : reader.end();
  }

  function shown(paper: KeptPaper, drawn: Paper): PrintedPaper {
    let png: Uint8Array | null = null;
    return {
      ...paper,
      text: paperToText(drawn),
      get png() {
        png ??= paperToPng(drawn);
        return png;
      },
    };
  }

  function reopen(paper: KeptPaper): PrintedPaper[] {
    try {
      return [shown(paper, read(paper.bytes, paper.torn))];
    } catch (error) {
      // A file that somebody changed: it is left where it is, and not shown.
      if (error instanceof PaperRefusedError) return [];
      throw error;
    }
  }

  function keepPaper(bytes: Uint8Array, torn: boolean): void {
    const drawn = read(bytes, torn);
    for (const block of drawn.blocks) if (block.kind === 'drawer-kick') pulse(block.pin);
    if (!drawn.blocks.some((block) => block.kind !== 'drawer-kick')) return;
    lastId += 1;
    const paper = shown({ id: String(lastId).padStart(6, '0'), atMs: clock.nowMs(), bytes, torn }, drawn);
    kept.push(paper);
    const old = kept.splice(0, Math.max(0, kept.length - keep));
    if (directory !== undefined) store(directory, paper, old);
    for (const listener of [...paperListeners]) listener(paper);
  }

  function store(folder: string, paper: PrintedPaper, old: readonly PrintedPaper[]): void {
    try {
      writePaper(folder, paper, paper);
      for (const gone of old) removePaper(folder, gone);
    } catch (error) {
      options.log?.write('warn', 'paper-not-kept', { id: paper.id, error: error instanceof Error ? error.message : String(error) });
    }
  }

  function status(): PrinterStatus {
    const state = stateOf(condition, broken);
    if (drawer === 'none' || DEAF.has(state)) return { state };
    return { state, drawerLevel: drawer === 'open' ? 'high' : 'low' };
  }

  function change(next: () => void): void {
    const before = status();
    next();
    const after = status();
    if (after.state === before.state && after.drawerLevel === before.drawerLevel) return;
    for (const listener of [...statusListeners]) listener(after);
  }

  function pulse(pin: DrawerPin): void {
    kicks += 1;
    if (pin === options.drawerPin && drawer === 'shut') moveDrawer('open');
  }

  function moveDrawer(to: Exclude<VirtualDrawer, 'none'>): void {
    if (drawer !== 'none') change(() => (drawer = to));
  }

  function waited(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      timers.after(delayMs, resolve);
    });
  }

  async function printNow(bytes: Uint8Array): Promise<PrintOutcome> {
    const before = troubleOf(status().state);
    if (before !== null) return { kind: 'not-printed', reason: before };
    if (condition.kind === 'slow') await waited(condition.delayMs);
    const during = troubleOf(status().state);
    if (during !== null) return tear(bytes, bytes.length >> 1, during);
    if (condition.kind === 'cut-off') {
      const { afterBytes, reason } = condition;
      change(() => {
        broken = reason;
      });
      return tear(bytes, afterBytes, reason);
    }
    try {
      keepPaper(bytes, false);
    } catch (error) {
      if (!(error instanceof PaperRefusedError)) throw error;
      return refuse(bytes, error);
    }
    return { kind: 'printed' };
  }

  function tear(bytes: Uint8Array, afterBytes: number, reason: PrinterTrouble): PrintOutcome {
    try {
      keepPaper(bytes.slice(0, afterBytes), true);
    } catch (error) {
      if (!(error instanceof PaperRefusedError)) throw error;
      return refuse(bytes, error);
    }
    return { kind: 'unknown', reason };
  }

  function refuse(bytes: Uint8Array, error: PaperRefusedError): PrintOutcome {
    refused.push({ atMs: clock.nowMs(), bytes, error });
    refused.splice(0, Math.max(0, refused.length - REFUSED_KEPT));
    return { kind: 'not-printed', reason: 'error' };
  }

  return {
    print(bytes) {
      const own = bytes.slice();
      const job = queue.then(() => printNow(own));
      // The next job waits for this one, whatever becomes of it.
      queue = job.catch(() => undefined);
      return job;
    },
    async openDrawer(pin) {
      const trouble = troubleOf(status().state);
      if (trouble !== null && DEAF.has(trouble)) return { kind: 'not-printed', reason: trouble };
      keepPaper(drawerKick(pin), false);
      return { kind: 'printed' };
    },
    status,
    onStatus(listener) {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    papers: () => [...kept],
    onPaper(listener) {
      paperListeners.add(listener);
      return () => paperListeners.delete(listener);
    },
    condition: () => condition,
    setCondition(next) {
      change(() => {
        condition = next;
        broken = null;
      });
    },
    refusedJobs: () => [...refused],
    drawerKicks: () => kicks,
    drawer: () => drawer,
    moveDrawer,
  };
}
