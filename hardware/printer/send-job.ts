/**
 * One job over one line: all of its bytes, then the question whether they were worked off.
 *
 * ```
 *  sending ──all bytes left──► asking ──worked off, online, paper there──► printed
 *     │                          │
 *     │ the line ended · no paper, cover open, fault · too long without a sign of life
 *     └──────────────┬───────────┘
 *                    ▼
 *                 unknown: a person looks at the paper
 * ```
 * A printer without paper holds its flow back. Its bytes are not taken away from it then: half a picture left in its memory
 * would swallow the beginning of the next job. They go out when there is paper again, and until then nothing else does.
 */
import type { PrinterTrouble, PrintOutcome, Timers } from '../../app/till/ports.ts';
import type { PrinterModel } from './models.ts';
import { breaksJob, troubleIn } from './printer-state.ts';
import type { PrinterTalk } from './printer-talk.ts';
import { ASK_SENSOR, askResponse, TELL_BY_YOURSELF } from './status-questions.ts';

export interface SendOptions {
  readonly timers: Timers;
  /** How the printer tells that a job is worked off; `no` once it was found not to. */
  readonly tellsDone: PrinterModel['tellsDone'];
  /** Whether it answers questions at all. */
  readonly answers: boolean;
  /** Four characters that no other job of this printer has now. */
  readonly id: string;
  /** What is added to every patience. */
  readonly graceMs: number;
}

export interface SentJob {
  /** Of a printer that answers nothing: `null` once its line has taken the bytes, since that is not the whole story yet. */
  readonly outcome: Promise<PrintOutcome | null>;
  /** When the line has no byte of the job left to send: never rejects. */
  readonly settled: Promise<void>;
  /** Whether the printer worked off the job without saying so as its model should. */
  readonly didNotTellDone: () => boolean;
}

interface Progress {
  caughtUp: boolean;
  /** The outcome is out: nothing more needs to be asked. */
  over: boolean;
}

/** No receipt printer is slower than this at the paper: about 13 lines a second, and some air. */
const SLOWEST_PRINTING_BYTES_PER_SECOND = 200;
const ASK_EVERY_MS = 1_000;
/** Jobs of up to this size are written at once; of larger ones the progress can be seen. */
const PORTION_BYTES = 16_384;
const INITIALIZE = [0x1b, 0x40];

export function sendJob(talk: PrinterTalk, job: Uint8Array, options: SendOptions): SentJob {
  const bytes = options.answers ? withQuestions(job, options) : job;
  if (options.answers && options.tellsDone === 'sensor') talk.expectSensor();
  let didNotTellDone = false;
  const progress = { caughtUp: false, over: false };
  const patienceMs = talk.carryMs(bytes.length) * 1.5 + (bytes.length / SLOWEST_PRINTING_BYTES_PER_SECOND) * 1000 + options.graceMs;
  const sent = writeAll(talk, bytes);
  const endings: (() => void)[] = [];
  const outcome = new Promise<PrintOutcome | null>((resolve) => {
    const unknown = (reason: PrinterTrouble): void => resolve({ kind: 'unknown', reason });
    endings.push(talk.line.onClosed(() => unknown('gone')));
    endings.push(
      talk.onReport((report) => {
        if (report.kind === 'caught-up' && (report.id === null || report.id === options.id)) progress.caughtUp = true;
        const trouble = breaksJob(talk.reading);
        if (trouble !== null && options.answers) unknown(trouble);
      }),
    );
    const limit = options.timers.after(patienceMs, () => {
      // A printer that answers all the time and never says that it is done is of a kind that does not say it.
      if (progress.caughtUp || talk.heardAgoMs > 3 * ASK_EVERY_MS || troubleIn(talk.reading) !== null) unknown('offline');
      else {
        didNotTellDone = true;
        resolve({ kind: 'printed' });
      }
    });
    endings.push(() => limit.cancel());
    sent
      .then(() => (options.answers ? askUntilDone(talk, options, progress) : carried(talk, options.timers)))
      .then(resolve, () => unknown('gone'));
  }).finally(() => {
    progress.over = true;
    for (const end of endings) end();
  });
  return { outcome, settled: sent.catch(() => undefined), didNotTellDone: () => didNotTellDone };
}

/** Drivers and adapters take bytes sooner than a slow wire carries them: of a silent printer, the time that this takes is all there is to go by. */
function carried(talk: PrinterTalk, timers: Timers): Promise<null> {
  if (talk.line.bytesPerSecond === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    timers.after(talk.carryMs(0), () => resolve(null));
  });
}

/** `ESC @` makes a printer forget that it should tell of its troubles: it is told again right after, and asked at the end. */
function withQuestions(job: Uint8Array, options: SendOptions): Uint8Array {
  const done = options.tellsDone === 'response' ? askResponse(options.id) : options.tellsDone === 'sensor' ? ASK_SENSOR : [];
  return Uint8Array.from([...afterTheStart(job, TELL_BY_YOURSELF), ...done]);
}

/** A job with more bytes right after its `ESC @`, or in front of it where it has none. */
export function afterTheStart(job: Uint8Array, more: Iterable<number>): Uint8Array {
  const starts = INITIALIZE.every((byte, index) => job[index] === byte) ? INITIALIZE.length : 0;
  return Uint8Array.from([...job.subarray(0, starts), ...more, ...job.subarray(starts)]);
}

async function writeAll(talk: PrinterTalk, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += PORTION_BYTES) await talk.write(bytes.subarray(at, at + PORTION_BYTES));
}

/** Ends when the printer is done; that it is away or in trouble is seen elsewhere. */
async function askUntilDone(talk: PrinterTalk, options: SendOptions, progress: Progress): Promise<PrintOutcome | null> {
  while (!progress.over) {
    if (options.tellsDone !== 'no') await caughtUpOrAfter(talk, options.timers, talk.carryMs(0) + ASK_EVERY_MS, progress);
    const done = progress.caughtUp || options.tellsDone === 'no';
    const heard = await talk.ask();
    if (heard === 'lost') return { kind: 'unknown', reason: 'gone' };
    if (!done || heard !== 'answered') continue;
    const trouble = troubleIn(talk.reading);
    if (trouble === null) return { kind: 'printed' };
    if (trouble !== 'offline') return { kind: 'unknown', reason: trouble };
  }
  return null;
}

/** Waits until the printer says so, at most this long. */
function caughtUpOrAfter(talk: PrinterTalk, timers: Timers, waitMs: number, progress: Progress): Promise<void> {
  if (progress.caughtUp) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      timer.cancel();
      stop();
      resolve();
    };
    const stop = talk.onReport(() => {
      if (progress.caughtUp) done();
    });
    const timer = timers.after(waitMs, done);
  });
}
