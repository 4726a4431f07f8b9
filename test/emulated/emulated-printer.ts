/**
 * A receipt printer without a case: it takes bytes at the pace of a wire, holds them in a buffer of a real one's size, works
 * them off through the strict reader, answers as the command reference says, and breaks as real ones do.
 */
import type { Paper } from '../../hardware/printer/paper/paper.ts';
import { createPaperReader, type PaperReader } from '../../hardware/printer/paper/read.ts';
import type { PrinterQuestion } from '../../hardware/printer/paper/state.ts';
import { paperToText } from '../../hardware/printer/paper/text.ts';

/** The end of a line that is in the printer. */
export interface PrinterPlug {
  say(bytes: Uint8Array): void;
  /** Holds the sender back, or lets it go on. */
  hold(held: boolean): void;
  /** Breaks the line. */
  pull(): void;
  /** Everything that was received is through the wire. */
  carried?(): void;
  /** Ends the line in good order, where a line has such an end. */
  end?(): void;
}

export interface EmulatedPrinterOptions {
  readonly widthDots?: number;
  /** Bits a second of a wire with ten bits a byte; `null` for a wire that is faster than anything. */
  readonly baud?: number | null;
  /** How fast it works bytes off; `null` for at once. */
  readonly printingBytesPerSecond?: number | null;
  readonly answers?: 'as-a-printer' | 'nothing' | 'as-a-modem';
  /** It knows `GS r` and `GS ( H`. Default yes. */
  readonly tellsDone?: boolean;
  /** Only the first half of what it says by itself goes through. */
  readonly halfStatus?: boolean;
  /** Told of every byte that came through the wire. */
  readonly onByte?: (byte: number) => void;
  /** Told of every paper that was cut off. */
  readonly onPaper?: (paper: Paper) => void;
}

const BUFFER_BYTES = 4_096;
const INBOX_BYTES = 1_024;
const TICK_MS = 1;
const KEPT_PAPERS = 20;

export class EmulatedPrinter {
  /** The text of each paper that was cut off, the newest last. */
  readonly papers: string[] = [];
  paperCount = 0;
  kicks = 0;
  /** How often a line was plugged in, or a connection served. */
  connections = 0;
  /** Bytes that have come through the wire. */
  receivedBytes = 0;
  /** When the last byte of the newest paper was worked off, by `performance.now()`. */
  lastCutAtMs = 0;
  /** Why the reader refused; after that nothing comes out. */
  refusal: unknown = null;
  answers: EmulatedPrinterOptions['answers'];
  halfStatus: boolean;
  printingBytesPerSecond: number | null;
  readonly #baud: number | null;
  readonly #tellsDone: boolean;
  readonly #reader: PaperReader;
  readonly #onByte: EmulatedPrinterOptions['onByte'];
  readonly #onPaper: EmulatedPrinterOptions['onPaper'];
  #plug: PrinterPlug | null = null;
  #inbox: Uint8Array = new Uint8Array(0);
  #buffer: number[] = [];
  #wireBudget = 0;
  #printBudget = 0;
  #tickedAtMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #ticking = false;
  #paper: 'present' | 'near-end' | 'out' = 'present';
  #coverOpen = false;
  #fault = false;
  #drawerHigh = false;
  #tells = false;
  #printed = 0;
  #outAt = Number.POSITIVE_INFINITY;
  #goneAt = Number.POSITIVE_INFINITY;
  #last: number[] = [];

  constructor(options: EmulatedPrinterOptions = {}) {
    this.answers = options.answers ?? 'as-a-printer';
    this.halfStatus = options.halfStatus ?? false;
    this.printingBytesPerSecond = options.printingBytesPerSecond ?? null;
    this.#baud = options.baud ?? null;
    this.#tellsDone = options.tellsDone ?? true;
    this.#onByte = options.onByte;
    this.#onPaper = options.onPaper;
    this.#reader = createPaperReader({
      widthDots: options.widthDots ?? 576,
      ends: {
        onCut: (paper) => this.#cut(paper),
        onQuestion: (question) => this.#asked(question),
        onKick: () => this.#kicked(),
        onInitialize: () => {
          this.#tells = false;
        },
      },
    });
  }

  /** Somebody plugs a line in; bytes of the one before are still worked off. */
  plugIn(plug: PrinterPlug): void {
    this.connections += 1;
    this.#plug = plug;
  }

  unplug(plug: PrinterPlug): void {
    if (this.#plug === plug) this.#plug = null;
  }

  receive(bytes: Uint8Array): void {
    this.#inbox = Buffer.concat([this.#inbox, bytes]);
    if (this.#inbox.length > INBOX_BYTES) this.#plug?.hold(true);
    this.#run();
  }

  setPaper(paper: 'present' | 'near-end' | 'out'): void {
    this.#change(() => {
      this.#paper = paper;
      if (paper !== 'out') this.#outAt = Number.POSITIVE_INFINITY;
    });
  }

  setCover(open: boolean): void {
    this.#change(() => {
      this.#coverOpen = open;
    });
  }

  setFault(fault: boolean): void {
    this.#change(() => {
      this.#fault = fault;
    });
  }

  pushDrawerShut(): void {
    this.#change(() => {
      this.#drawerHigh = false;
    });
  }

  /** The paper ends so many bytes of printing from now. */
  endPaperAfter(bytes: number): void {
    this.#outAt = this.#printed + bytes;
  }

  /** The line breaks so many received bytes from now. */
  breakLineAfter(bytes: number): void {
    this.#goneAt = this.receivedBytes + bytes;
  }

  /** Ends the connection in good order, as print servers do after a while. */
  hangUp(): void {
    this.#plug?.end?.();
  }

  get carrying(): boolean {
    return this.#inbox.length > 0;
  }

  /** What hangs out of it and has not been cut off. */
  get begun(): Paper {
    return this.#reader.paper();
  }

  /** Everything that came has been worked off. */
  get idle(): boolean {
    return this.#inbox.length === 0 && this.#buffer.length === 0;
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#inbox = new Uint8Array(0);
    this.#buffer = [];
  }

  #run(): void {
    if (this.#timer !== null || this.#ticking) return;
    this.#tickedAtMs = performance.now();
    this.#tick();
  }

  #tick(): void {
    this.#ticking = true;
    this.#timer = null;
    const now = performance.now();
    const passedMs = now - this.#tickedAtMs;
    this.#tickedAtMs = now;
    this.#wireBudget = this.#baud === null ? Number.POSITIVE_INFINITY : this.#wireBudget + (passedMs * this.#baud) / 10_000;
    this.#printBudget =
      this.printingBytesPerSecond === null ? Number.POSITIVE_INFINITY : this.#printBudget + (passedMs * this.printingBytesPerSecond) / 1000;
    for (let moved = true; moved; ) moved = [this.#carry(), this.#print()].some(Boolean);
    // What was not used is not saved up: a wire that stood still does not hurry afterwards.
    if (this.#inbox.length === 0) this.#wireBudget = 0;
    if (this.#buffer.length === 0) this.#printBudget = 0;
    if (this.#inbox.length === 0) this.#plug?.carried?.();
    if (this.#inbox.length < INBOX_BYTES / 2) this.#plug?.hold(false);
    this.#ticking = false;
    // Without paper or air to print it waits for somebody's hands.
    if (!this.idle) this.#timer = setTimeout(() => this.#tick(), TICK_MS);
  }

  /** The wire brings what it can, and questions in real time are answered as they come in. */
  #carry(): boolean {
    const count = Math.min(this.#inbox.length, Math.floor(this.#wireBudget), BUFFER_BYTES - this.#buffer.length);
    if (count <= 0) return false;
    const came = this.#inbox.subarray(0, count);
    this.#inbox = this.#inbox.subarray(count);
    this.#wireBudget -= count;
    for (const byte of came) {
      this.receivedBytes += 1;
      if (this.receivedBytes > this.#goneAt) {
        this.#goneAt = Number.POSITIVE_INFINITY;
        this.stop();
        this.#plug?.pull();
        return false;
      }
      this.#onByte?.(byte);
      this.#buffer.push(byte);
      this.#last = [...this.#last.slice(-4), byte];
      this.#inRealTime();
    }
    if (this.answers === 'as-a-modem') this.#plug?.say(Buffer.from('\r\nERROR\r\n'));
    return true;
  }

  /** `DLE EOT n` and `DLE DC4 1 m t` are obeyed as they come in, whatever waits in the buffer. */
  #inRealTime(): void {
    const [dle, what, kind, pin, tenths = 0] = this.#last;
    const [eotDle, eot, question = 0] = this.#last.slice(-3);
    if (eotDle === 0x10 && eot === 0x04 && question >= 1 && question <= 4) this.#answer(question);
    if (dle === 0x10 && what === 0x14 && kind === 1 && (pin === 0 || pin === 1) && tenths >= 1 && tenths <= 8) this.#kicked();
  }

  #print(): boolean {
    const count = Math.min(this.#buffer.length, Math.floor(this.#printBudget), this.#outAt - this.#printed);
    if (this.#stopped || count <= 0 || this.refusal !== null) return false;
    const bytes = Uint8Array.from(this.#buffer.splice(0, count));
    this.#printBudget -= count;
    this.#printed += count;
    try {
      this.#reader.feed(bytes);
    } catch (error) {
      this.refusal = error;
    }
    if (this.#printed >= this.#outAt) this.setPaper('out');
    return true;
  }

  get #stopped(): boolean {
    return this.#paper === 'out' || this.#coverOpen || this.#fault;
  }

  #change(change: () => void): void {
    change();
    if (this.#tells && this.answers === 'as-a-printer') this.#say(this.#automatic(), true);
    this.#run();
  }

  #cut(paper: Paper): void {
    this.paperCount += 1;
    this.lastCutAtMs = performance.now();
    this.#onPaper?.(paper);
    this.papers.push(paperToText(paper));
    this.papers.splice(0, this.papers.length - KEPT_PAPERS);
  }

  #kicked(): void {
    this.kicks += 1;
    this.#change(() => {
      this.#drawerHigh = true;
    });
  }

  #asked(question: PrinterQuestion): void {
    const speaks = this.answers === 'as-a-printer';
    switch (question.kind) {
      // Both were obeyed as they came in.
      case 'now':
      case 'kick-now':
        return;
      case 'tell':
        this.#tells = question.wanted;
        if (speaks && question.wanted) this.#say(this.#automatic(), true);
        return;
      case 'sensor':
        if (speaks && this.#tellsDone) this.#say([this.#paper === 'near-end' ? 0x03 : 0x00], false);
        return;
      case 'response':
        if (speaks && this.#tellsDone) this.#say([0x37, 0x22, ...Buffer.from(question.id, 'latin1'), 0], false);
        return;
    }
  }

  #answer(question: number): void {
    if (this.answers !== 'as-a-printer') return;
    const out = this.#paper === 'out';
    const bits = {
      1: (this.#drawerHigh ? 0x04 : 0) | (this.#stopped ? 0x08 : 0),
      2: (this.#coverOpen ? 0x04 : 0) | (out ? 0x20 : 0) | (this.#fault ? 0x40 : 0),
      3: this.#fault ? 0x08 : 0,
      4: out ? 0x6c : this.#paper === 'near-end' ? 0x0c : 0,
    }[question];
    this.#say([0x12 | (bits ?? 0)], false);
  }

  #automatic(): number[] {
    const paper = this.#paper === 'out' ? 0x0f : this.#paper === 'near-end' ? 0x03 : 0;
    const first = 0x10 | (this.#drawerHigh ? 0x04 : 0) | (this.#stopped ? 0x08 : 0) | (this.#coverOpen ? 0x20 : 0);
    return [first, this.#fault ? 0x08 : 0, paper, 0];
  }

  #say(bytes: readonly number[], byItself: boolean): void {
    this.#plug?.say(Uint8Array.from(byItself && this.halfStatus ? bytes.slice(0, bytes.length / 2) : bytes));
  }
}
