/**
 * What a printer says about itself, byte by byte. Pure: bytes in, reports out, in whatever portions a cable delivers them.
 *
 * Sources: Epson, *ESC/POS Command Reference*: `DLE EOT` (real-time status), `GS a` (automatic status back, "ASB"),
 * `GS r` (status), `GS ( H` (response request), and *Data Identification* for how answers are told from each other:
 *
 * | answer | bits that are fixed | told by |
 * |---|---|---|
 * | `DLE EOT n` | 0xx1xx10 | `byte & 0x93 == 0x12` |
 * | ASB, first of four | 0xx1xx00 | `byte & 0x93 == 0x10` |
 * | ASB, the others; `GS r` | 0xx0xxxx | `byte & 0x90 == 0x00` |
 * | `GS ( H` | 0x37 0x22, four characters, NUL | its first byte |
 * | XON, XOFF | 0x11, 0x13 | flow control, no status |
 *
 * An answer to `DLE EOT` does not say which question it answers: they are answered in the order they were asked.
 */

export type StatusQuestion = 1 | 2 | 3 | 4;
export type PrinterFault = 'none' | 'recoverable' | 'cutter' | 'unrecoverable';

/** What is known of a printer; a report holds only what it told. */
export interface PrinterReading {
  readonly offline: boolean;
  readonly drawerLevel: 'high' | 'low';
  readonly coverOpen: boolean;
  /** The paper ended while printing (`DLE EOT 2`), or the sensor sees none (`DLE EOT 4`, ASB). */
  readonly paper: 'present' | 'near-end' | 'out';
  readonly stoppedByPaper: boolean;
  readonly inError: boolean;
  readonly fault: PrinterFault;
}

export type StatusReport =
  | { readonly kind: 'answer'; readonly question: StatusQuestion; readonly told: Partial<PrinterReading> }
  | { readonly kind: 'automatic'; readonly told: Partial<PrinterReading> }
  /** Everything sent before the question has been worked off. */
  | { readonly kind: 'caught-up'; readonly told: Partial<PrinterReading>; readonly id: string | null }
  /** An answer to a question that nobody waits for any more. */
  | { readonly kind: 'late' }
  /** Bytes that answer nothing. */
  | { readonly kind: 'garbage'; readonly bytes: number };

const XON = 0x11;
const XOFF = 0x13;
const RESPONSE_HEADER = 0x37;
const RESPONSE_LENGTH = 7;
const ASB_LENGTH = 4;

const bit = (byte: number, place: number): boolean => (byte & (1 << place)) !== 0;
const isAnswer = (byte: number): boolean => (byte & 0x93) === 0x12;
const isAsbFirst = (byte: number): boolean => (byte & 0x93) === 0x10;
const isAsbOther = (byte: number): boolean => (byte & 0x90) === 0x00;

/** The meaning of one answer to `DLE EOT n`. */
export function decodeAnswer(question: StatusQuestion, byte: number): Partial<PrinterReading> {
  switch (question) {
    case 1:
      return { drawerLevel: bit(byte, 2) ? 'high' : 'low', offline: bit(byte, 3) };
    case 2:
      return { coverOpen: bit(byte, 2), stoppedByPaper: bit(byte, 5), inError: bit(byte, 6) };
    case 3:
      return { fault: faultOf(bit(byte, 5), bit(byte, 3), bit(byte, 2) || bit(byte, 6)) };
    case 4:
      return { paper: paperOf((byte & 0x60) !== 0, (byte & 0x0c) !== 0) };
  }
}

/** The meaning of the four bytes of automatic status back. */
export function decodeAsb(bytes: readonly number[]): PrinterReading {
  const [first = 0, second = 0, third = 0] = bytes;
  const fault = faultOf(bit(second, 5), bit(second, 3), bit(second, 2) || bit(second, 6));
  const paper = paperOf((third & 0x0c) !== 0, (third & 0x03) !== 0);
  return {
    drawerLevel: bit(first, 2) ? 'high' : 'low',
    offline: bit(first, 3),
    coverOpen: bit(first, 5),
    stoppedByPaper: paper === 'out',
    inError: fault !== 'none',
    fault,
    paper,
  };
}

function faultOf(unrecoverable: boolean, cutter: boolean, recoverable: boolean): PrinterFault {
  if (unrecoverable) return 'unrecoverable';
  if (cutter) return 'cutter';
  return recoverable ? 'recoverable' : 'none';
}

function paperOf(out: boolean, nearEnd: boolean): PrinterReading['paper'] {
  if (out) return 'out';
  return nearEnd ? 'near-end' : 'present';
}

/** Reads one line's bytes. It is told of each question as it is sent. */
export class StatusDecoder {
  readonly #questions: StatusQuestion[] = [];
  #sensorQuestions = 0;
  /** The beginning of an answer whose rest has not come. */
  #begun: number[] = [];

  /** `DLE EOT n` was sent. */
  asked(question: StatusQuestion): void {
    this.#questions.push(question);
  }

  /** `GS r 1` was sent. */
  askedSensor(): void {
    this.#sensorQuestions += 1;
  }

  /** How many answers to `DLE EOT` are still to come. */
  get open(): number {
    return this.#questions.length;
  }

  /** Nothing more will come of what was asked, or begun: the next byte starts anew. */
  forget(): StatusReport[] {
    const lost = this.#begun.length;
    this.#begun = [];
    this.#questions.length = 0;
    this.#sensorQuestions = 0;
    return lost === 0 ? [] : [{ kind: 'garbage', bytes: lost }];
  }

  feed(bytes: Uint8Array): StatusReport[] {
    const reports: StatusReport[] = [];
    for (const byte of bytes) this.#take(byte, reports);
    return reports;
  }

  #take(byte: number, reports: StatusReport[]): void {
    const [first] = this.#begun;
    if (first === undefined) {
      this.#begin(byte, reports);
      return;
    }
    const place = this.#begun.length;
    const fits = first === RESPONSE_HEADER ? fitsResponse(place, byte) : isAsbOther(byte);
    if (!fits) {
      // A real-time answer may come between the bytes of another; anything else means that the rest was lost.
      if (isAnswer(byte) && this.#answer(byte, reports)) return;
      this.#begun = [];
      reports.push({ kind: 'garbage', bytes: place });
      this.#begin(byte, reports);
      return;
    }
    this.#begun.push(byte);
    if (first === RESPONSE_HEADER && this.#begun.length === RESPONSE_LENGTH) {
      const id = String.fromCharCode(...this.#begun.slice(2, 6));
      this.#begun = [];
      reports.push({ kind: 'caught-up', told: {}, id });
    } else if (first !== RESPONSE_HEADER && this.#begun.length === ASB_LENGTH) {
      const told = decodeAsb(this.#begun);
      this.#begun = [];
      reports.push({ kind: 'automatic', told });
    }
  }

  #begin(byte: number, reports: StatusReport[]): void {
    if (byte === XON || byte === XOFF) return;
    if (byte === RESPONSE_HEADER || isAsbFirst(byte)) {
      this.#begun = [byte];
      return;
    }
    if (isAnswer(byte)) {
      if (!this.#answer(byte, reports)) reports.push({ kind: 'late' });
      return;
    }
    if (isAsbOther(byte) && this.#sensorQuestions > 0) {
      this.#sensorQuestions -= 1;
      reports.push({ kind: 'caught-up', told: { paper: paperOf((byte & 0x0c) !== 0, (byte & 0x03) !== 0) }, id: null });
      return;
    }
    reports.push({ kind: 'garbage', bytes: 1 });
  }

  #answer(byte: number, reports: StatusReport[]): boolean {
    const question = this.#questions.shift();
    if (question === undefined) return false;
    reports.push({ kind: 'answer', question, told: decodeAnswer(question, byte) });
    return true;
  }
}

function fitsResponse(place: number, byte: number): boolean {
  if (place === 1) return byte === 0x22;
  return place === RESPONSE_LENGTH - 1 ? byte === 0 : byte >= 0x20 && byte <= 0x7e;
}
