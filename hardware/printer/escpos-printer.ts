/**
 * A receipt printer that understands ESC/POS, behind any line. One queue: a job is sent whole, and the next one begins when
 * the line has nothing of it left to send. What became of a job is said as exactly as the printer lets it be known.
 *
 * | outcome | when |
 * |---|---|
 * | `printed` | asked after the last byte, the printer is online and has paper; of one that answers nothing: the line took every byte, and over a network the other side took them too |
 * | `not-printed` | nothing of the job was sent |
 * | `unknown` | everything else |
 */
import type { Clock, DrawerPin, Log, Printer, PrinterStatus, PrintOutcome, Timer, Timers } from '../../app/till/ports.ts';
import type { Line, LineEnd, LineTrouble } from '../line/line.ts';
import { drawerKick, tearOff } from './encode.ts';
import { keptSource, type LineSource, sharedSource } from './line-source.ts';
import { modelForColumns, type PrinterModel } from './models.ts';
import { type Presence, sameStatus, statusOf, troubleIn } from './printer-state.ts';
import { type Heard, PrinterTalk } from './printer-talk.ts';
import { afterTheStart, sendJob } from './send-job.ts';
import { kickNow } from './status-questions.ts';

export interface EscposPrinterOptions {
  readonly end: LineEnd;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly timers: Timers;
  /** Default: a common one of 80 mm. */
  readonly model?: PrinterModel;
  /** Other registers print on it too: it is held for one job at a time. Default no. */
  readonly shared?: boolean;
  readonly log?: Log;
  readonly patience?: PrinterPatience;
}

/** Waits in milliseconds, for tests and for odd devices. */
export interface PrinterPatience {
  /** For an answer, once its question is through the wire. Default 1 000. */
  readonly answerMs?: number;
  /** For the line, before a job is given back unprinted. Default 2 000; 30 000 for a shared printer. */
  readonly lineMs?: number;
  /** Added to what the wire and the paper need for a job. Default 10 000. */
  readonly graceMs?: number;
  /** Between two looks at an idle printer. Default 5 000; 20 000 for a shared printer. */
  readonly lookMs?: number;
}

export interface EscposPrinter extends Printer {
  /** Ends the line. A job under way becomes `unknown`, those that wait `not-printed`. */
  close(): Promise<void>;
}

interface Work {
  readonly bytes: Uint8Array;
  readonly what: 'job' | 'kick';
  readonly pin: DrawerPin;
  readonly done: (outcome: PrintOutcome) => void;
}

const MAX_JOBS = 64;
const MAX_BYTES = 4_194_304;
/** What was heard so recently need not be asked again before a job. */
const FRESH_MS = 2_000;
const AFTER_KICK_MS = 300;
const MANY_REFUSALS = 3;
const TURNED_AWAY_MS = 200;

export function createEscposPrinter(options: EscposPrinterOptions): EscposPrinter {
  return new QueuedPrinter(options);
}

class QueuedPrinter implements EscposPrinter {
  readonly #options: EscposPrinterOptions;
  readonly #model: PrinterModel;
  readonly #shared: boolean;
  readonly #source: LineSource;
  readonly #listeners = new Set<(status: PrinterStatus) => void>();
  readonly #queue: Work[] = [];
  #queuedBytes = 0;
  #busy = false;
  #closed = false;
  #talk: PrinterTalk | null = null;
  #presence: Presence = { kind: 'unasked' };
  #status: PrinterStatus = { state: 'offline' };
  /** It answered once: from then on silence means that something is wrong. */
  #answers: boolean;
  #tellsDone: PrinterModel['tellsDone'];
  /** The rest of a job that the line has not taken yet. */
  #unsent: Promise<void> | null = null;
  #jobNumber = 0;
  /** The line went in the middle of a job: what came out of it is cut off before the next one. */
  #leftHalf = false;
  #lookTimer: Timer = { cancel: () => undefined };
  /** The line that was ended here, after a job: that is no loss. */
  #letGo: Line | null = null;
  #refusals = 0;

  constructor(options: EscposPrinterOptions) {
    this.#options = options;
    this.#model = options.model ?? modelForColumns(42);
    this.#shared = options.shared ?? false;
    this.#answers = this.#model.alwaysAnswers;
    this.#tellsDone = this.#model.tellsDone;
    this.#source = (this.#shared ? sharedSource : keptSource)(options.end, options.timers);
    this.#source.onOpen((line) => this.#meet(line));
    this.#source.onFailed((cause) => this.#notOpened(cause));
    if (this.#shared) void this.#whenIdle(() => this.#look());
    this.#lookLater();
  }

  status(): PrinterStatus {
    return this.#status;
  }

  refresh(): void {
    void this.#whenIdle(() => this.#look());
  }

  onStatus(listener: (status: PrinterStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  print(bytes: Uint8Array): Promise<PrintOutcome> {
    return new Promise((done) => {
      const full = this.#queue.length >= MAX_JOBS || this.#queuedBytes + bytes.length > MAX_BYTES;
      if (full || this.#closed) return done({ kind: 'not-printed', reason: this.#closed ? 'gone' : 'error' });
      this.#queuedBytes += bytes.length;
      this.#queue.push({ bytes: bytes.slice(), what: 'job', pin: 2, done });
      void this.#workOff();
    });
  }

  openDrawer(pin: DrawerPin): Promise<PrintOutcome> {
    return new Promise((done) => {
      if (this.#closed) return done({ kind: 'not-printed', reason: 'gone' });
      this.#queue.unshift({ bytes: drawerKick(pin), what: 'kick', pin, done });
      void this.#workOff();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#lookTimer.cancel();
    for (const work of this.#queue.splice(0)) work.done({ kind: 'not-printed', reason: 'gone' });
    await this.#talk?.line.close(0);
    await this.#source.close();
  }

  async #workOff(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let work = this.#queue.shift(); work !== undefined; work = this.#queue.shift()) {
      if (work.what === 'job') this.#queuedBytes -= work.bytes.length;
      try {
        work.done(await this.#do(work));
      } catch (error) {
        // Whatever this was, bytes may have been on their way.
        this.#options.log?.write('error', 'printer.job', { message: error instanceof Error ? error.message : String(error) });
        work.done({ kind: 'unknown', reason: 'error' });
      }
    }
    this.#busy = false;
  }

  async #do(work: Work): Promise<PrintOutcome> {
    if (this.#unsent !== null && !(await this.#within(this.#unsent, this.#lineMs))) {
      return { kind: 'not-printed', reason: troubleIn(this.#talk?.reading ?? {}) ?? 'offline' };
    }
    const untilMs = this.#options.clock.monotonicMs() + this.#lineMs;
    for (;;) {
      const leftMs = Math.max(0, untilMs - this.#options.clock.monotonicMs());
      const line = await this.#source.acquire(leftMs);
      if (line === null) return { kind: 'not-printed', reason: 'gone' };
      const talk = this.#talkOn(line);
      const outcome = work.what === 'kick' ? await this.#kick(talk, work.pin) : await this.#job(talk, work.bytes);
      // Some print servers refuse a second connection by taking it and ending it; an old one may turn out to be dead.
      const turnedAway = outcome?.kind === 'not-printed' && outcome.reason === 'gone';
      if (turnedAway && this.#options.clock.monotonicMs() < untilMs) {
        await new Promise<void>((resolve) => void this.#options.timers.after(TURNED_AWAY_MS, resolve));
        continue;
      }
      const held = this.#unsent;
      if (held === null) return this.#leave(line, outcome);
      void held.then(() => this.#leave(line, outcome));
      return outcome ?? { kind: 'unknown', reason: 'offline' };
    }
  }

  /** Lets go of the line, and says what a printer that answers nothing made of the bytes. */
  async #leave(line: Line, outcome: PrintOutcome | null): Promise<PrintOutcome> {
    // A network takes bytes for a device that is long gone. Its end of the connection is the one thing that it says by itself.
    const askTheNetwork = outcome === null && line.bytesPerSecond === null;
    this.#letGo = line;
    const taken = await this.#source.release(line, askTheNetwork);
    if (outcome !== null) return outcome;
    return !askTheNetwork || taken ? { kind: 'printed' } : { kind: 'unknown', reason: 'gone' };
  }

  async #job(talk: PrinterTalk, bytes: Uint8Array): Promise<PrintOutcome | null> {
    const before = await this.#readiness(talk);
    if (before !== null) return before;
    this.#jobNumber = (this.#jobNumber + 1) % 10_000;
    const job = sendJob(talk, this.#leftHalf ? afterTheStart(bytes, tearOff(this.#model)) : bytes, {
      timers: this.#options.timers,
      tellsDone: this.#tellsDone,
      answers: this.#presence.kind === 'talks',
      id: String(this.#jobNumber).padStart(4, '0'),
      graceMs: this.#options.patience?.graceMs ?? 10_000,
    });
    const unsent = job.settled.then(() => {
      if (this.#unsent === unsent) this.#unsent = null;
    });
    this.#unsent = unsent;
    const outcome = await job.outcome;
    if (job.didNotTellDone()) this.#tellsDone = 'no';
    this.#leftHalf = outcome?.kind === 'unknown' && talk.line.closed() !== null;
    if (outcome?.kind !== 'unknown') await unsent;
    else if (outcome.reason === 'offline') this.#become({ kind: 'silent' });
    return outcome;
  }

  /** `null` when a job may be sent. */
  async #readiness(talk: PrinterTalk): Promise<PrintOutcome | null> {
    if (
      this.#presence.kind !== 'deaf' &&
      (this.#presence.kind !== 'talks' || talk.heardAgoMs > FRESH_MS || troubleIn(talk.reading) !== null)
    ) {
      await this.#ask(talk);
    }
    if (talk.line.closed() !== null) return { kind: 'not-printed', reason: 'gone' };
    const { state } = this.#status;
    return state === 'ready' || state === 'paper-low' ? null : { kind: 'not-printed', reason: state };
  }

  async #kick(talk: PrinterTalk, pin: DrawerPin): Promise<PrintOutcome> {
    const before = await this.#readiness(talk);
    const atOnce = before !== null && this.#presence.kind === 'talks' && this.#model.kicksAtOnce;
    if (before !== null && !atOnce) return before;
    try {
      await talk.write(atOnce ? kickNow(pin) : drawerKick(pin));
    } catch {
      return { kind: 'unknown', reason: 'gone' };
    }
    // The drawer moves after the pulse: its switch is asked when it has.
    if (!this.#shared) this.#options.timers.after(AFTER_KICK_MS, () => void this.#whenIdle(() => this.#look()));
    return { kind: 'printed' };
  }

  /** Asks an unknown printer who it is, and a known one how it is. */
  async #ask(talk: PrinterTalk): Promise<void> {
    const met = this.#presence.kind === 'talks' || this.#presence.kind === 'silent' || this.#presence.kind === 'deaf';
    let heard: Heard = met ? await talk.ask() : await talk.identify();
    // A shared printer may be serving somebody else: then it answers when that is over.
    const until = this.#options.clock.monotonicMs() + (this.#shared && this.#presence.kind !== 'deaf' ? this.#lineMs : 0);
    while (heard === 'silent' && this.#options.clock.monotonicMs() < until) heard = await talk.ask();
    // One answer that was lost on the way is no silence.
    if (heard === 'silent' && this.#presence.kind === 'talks') heard = await talk.ask();
    this.#learn(talk, heard);
  }

  #learn(talk: PrinterTalk, heard: Heard): void {
    if (heard === 'lost' || talk !== this.#talk) return;
    if (heard === 'answered') this.#answers = true;
    if (heard === 'answered' || (heard === 'garbage' && this.#presence.kind === 'talks')) this.#become({ kind: 'talks' });
    else if (heard === 'garbage') this.#become({ kind: 'not-a-printer' });
    else this.#become({ kind: this.#answers ? 'silent' : 'deaf' });
    if (this.#presence.kind === 'silent') this.#openAnew(talk.line);
  }

  /** The system tries an old connection more and more seldom, for minutes after the cable is back. A new one is there at once. */
  #openAnew(line: Line): void {
    if (line.bytesPerSecond === null && !this.#shared && this.#unsent === null) void line.close(0);
  }

  /** A kept line opened: whoever is there is asked before the first job. */
  #meet(line: Line): void {
    const talk = this.#talkOn(line);
    void this.#whenIdle(() => this.#ask(talk));
  }

  /** A shared printer that serves another register refuses this one: a few times that says nothing about it. */
  #notOpened(cause: LineTrouble): void {
    this.#refusals = cause === 'refused' ? this.#refusals + 1 : 0;
    const servesOthers = this.#shared && this.#presence.kind === 'talks' && this.#refusals > 0 && this.#refusals < MANY_REFUSALS;
    if (!servesOthers) this.#become({ kind: 'gone', cause });
  }

  #talkOn(line: Line): PrinterTalk {
    if (this.#talk?.line === line) return this.#talk;
    const { clock, timers, patience } = this.#options;
    const talk = new PrinterTalk(line, {
      clock,
      timers,
      ...(patience?.answerMs === undefined ? {} : { answerMs: patience.answerMs }),
      known: this.#talk?.reading ?? {},
      told: () => this.#tell(),
    });
    this.#talk = talk;
    this.#refusals = 0;
    if (this.#presence.kind === 'gone') this.#presence = { kind: 'unasked' };
    // Print servers end a connection on which nothing is said: that is no loss until it cannot be opened again.
    line.onClosed((why) => {
      if (this.#letGo !== line) this.#options.log?.write('info', 'printer.line-ended', { why });
    });
    return talk;
  }

  /** Looks at the printer while it has nothing to do. */
  async #look(): Promise<void> {
    if (this.#unsent !== null) return;
    const line = await this.#source.acquire(0);
    if (line === null) return;
    await this.#ask(this.#talkOn(line));
    if (!this.#shared) return;
    this.#letGo = line;
    await this.#source.release(line, false);
  }

  #lookLater(): void {
    if (this.#closed) return;
    this.#lookTimer = this.#options.timers.after(this.#options.patience?.lookMs ?? (this.#shared ? 20_000 : 5_000), () => {
      void this.#whenIdle(() => this.#look()).finally(() => this.#lookLater());
    });
  }

  /** Runs between two jobs. */
  async #whenIdle(run: () => Promise<void>): Promise<void> {
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    try {
      await run();
    } finally {
      this.#busy = false;
      void this.#workOff();
    }
  }

  #become(presence: Presence): void {
    this.#presence = presence;
    this.#tell();
  }

  #tell(): void {
    const status = statusOf(this.#presence, this.#talk?.reading ?? {});
    if (sameStatus(status, this.#status)) return;
    const { state, cause = null, known = true } = status;
    if (state !== this.#status.state || cause !== (this.#status.cause ?? null))
      this.#options.log?.write('info', 'printer.status', { state, cause, known });
    this.#status = status;
    for (const listener of [...this.#listeners]) listener(status);
  }

  get #lineMs(): number {
    return this.#options.patience?.lineMs ?? (this.#shared ? 30_000 : 2_000);
  }

  #within(promise: Promise<void>, limitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = this.#options.timers.after(limitMs, () => resolve(false));
      void promise.then(() => {
        timer.cancel();
        resolve(true);
      });
    });
  }
}
