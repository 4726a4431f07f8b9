/** Questions and answers over one line to a printer, and how long an answer may take on that wire. */
import type { Clock, Timer, Timers } from '../../app/till/ports.ts';
import type { Line } from '../line/line.ts';
import { type PrinterReading, StatusDecoder, type StatusQuestion, type StatusReport } from './status-bytes.ts';
import { askNow } from './status-questions.ts';

export interface TalkOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly timers: Timers;
  /** What was known before this line; it holds until the printer says otherwise. */
  readonly known?: Partial<PrinterReading>;
  /** How long an answer may take after its question left the wire. Default 1 000 ms. */
  readonly answerMs?: number;
  /** Told of everything that the printer said of itself. */
  readonly told: (report: StatusReport) => void;
}

export type Heard = 'answered' | 'silent' | 'garbage' | 'lost';

const ANSWER_MS = 1_000;
const ALL: readonly StatusQuestion[] = [1, 2, 3, 4];
/** After a silence, late answers get this long to come, so that none is taken for the answer to the next question. */
const LATE_MS = 200;
const TRIES = 3;
/** What is assumed of a wire that does not say: a print server may have a slow serial line behind it. */
const ASSUMED_BYTES_PER_SECOND = 2_000;

export class PrinterTalk {
  readonly line: Line;
  readonly #options: TalkOptions;
  readonly #decoder = new StatusDecoder();
  readonly #reading: { -readonly [Fact in keyof PrinterReading]?: PrinterReading[Fact] } = {};
  readonly #listeners = new Set<(report: StatusReport) => void>();
  /** When the wire will have carried everything that was given to it, at the latest. */
  #wireFreeAtMs = 0;
  #lastHeardMs = Number.NEGATIVE_INFINITY;
  #asking: Promise<unknown> = Promise.resolve();
  #wasSilent = false;

  constructor(line: Line, options: TalkOptions) {
    this.line = line;
    this.#options = options;
    Object.assign(this.#reading, options.known);
    line.onBytes((bytes) => {
      for (const report of this.#decoder.feed(bytes)) this.#take(report);
    });
  }

  get reading(): Partial<PrinterReading> {
    return this.#reading;
  }

  /** How long ago it last said something that was understood. */
  get heardAgoMs(): number {
    return this.#options.clock.monotonicMs() - this.#lastHeardMs;
  }

  /** How long the wire needs for what it was given, and for so many bytes more. */
  carryMs(moreBytes: number): number {
    return Math.max(0, this.#wireFreeAtMs - this.#options.clock.monotonicMs()) + (moreBytes / this.#bytesPerSecond) * 1000;
  }

  get #bytesPerSecond(): number {
    return this.line.bytesPerSecond ?? ASSUMED_BYTES_PER_SECOND;
  }

  onReport(listener: (report: StatusReport) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** As `Line.write`. */
  write(bytes: Uint8Array): Promise<void> {
    this.#wireFreeAtMs = this.#options.clock.monotonicMs() + this.carryMs(bytes.length);
    return this.line.write(bytes);
  }

  /** `GS r 1` is among the bytes that are about to be written. */
  expectSensor(): void {
    this.#decoder.askedSensor();
  }

  /**
   * Asks, and waits for all answers. Never in the middle of a job's bytes: a picture would swallow the question. One asks at a
   * time; the others wait.
   */
  ask(questions: readonly StatusQuestion[] = ALL): Promise<Heard> {
    const asked = this.#asking.then(() => this.#askNow(questions));
    this.#asking = asked;
    return asked;
  }

  /** Asks a few times. `garbage`: something came, and never a whole and clean answer. */
  async identify(): Promise<Heard> {
    let heard: Heard = 'silent';
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const now = await this.ask();
      if (now === 'answered' || now === 'lost') return now;
      if (now === 'garbage') heard = 'garbage';
    }
    return heard;
  }

  async #askNow(questions: readonly StatusQuestion[]): Promise<Heard> {
    if (this.#wasSilent) await this.#pause(LATE_MS);
    if (this.line.closed() !== null) return 'lost';
    for (const question of questions) this.#decoder.asked(question);
    return new Promise((resolve) => {
      let garbage = 0;
      const done = (heard: Heard): void => {
        timer.cancel();
        stopReports();
        stopClosed();
        for (const report of heard === 'answered' ? [] : this.#decoder.forget()) this.#take(report);
        this.#wasSilent = heard !== 'answered';
        resolve(heard === 'lost' || garbage === 0 ? heard : 'garbage');
      };
      const stopReports = this.onReport((report) => {
        if (report.kind === 'garbage') garbage += report.bytes;
        else if (this.#decoder.open === 0) done('answered');
      });
      let timer: Timer = { cancel: () => undefined };
      let stopClosed: () => void = () => undefined;
      this.write(Uint8Array.from(questions.flatMap((question) => askNow(question)))).catch(() => undefined);
      timer = this.#options.timers.after(this.carryMs(0) + (this.#options.answerMs ?? ANSWER_MS), () => done('silent'));
      stopClosed = this.line.onClosed(() => done('lost'));
    });
  }

  #take(report: StatusReport): void {
    if (report.kind !== 'garbage' && report.kind !== 'late') {
      this.#lastHeardMs = this.#options.clock.monotonicMs();
      Object.assign(this.#reading, report.told);
    }
    for (const listener of [...this.#listeners]) listener(report);
    this.#options.told(report);
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#options.timers.after(delayMs, resolve);
    });
  }
}
