/**
 * Devices at real serial ports of this machine, emulated behind them: what the register opens, writes to and hears is what
 * it would be with a printer and a scanner on the counter. Every byte that comes through the printer's wire is kept.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paperToPng } from '../../hardware/printer/paper/draw.ts';
import type { Paper } from '../../hardware/printer/paper/paper.ts';
import { paperToText } from '../../hardware/printer/paper/text.ts';
import { EmulatedPrinter } from '../emulated/emulated-printer.ts';
import { ptyTrouble } from '../emulated/pty.ts';
import { type PtyPrinter, ptyPrinter } from '../emulated/pty-printer.ts';
import { type EmulatedScanner, emulatedScanner } from '../emulated/scanner.ts';

/** Ports cannot be made on this machine. The message says what is missing and how to get it. */
export class NoSerialPortsError extends Error {
  override readonly name = 'NoSerialPortsError';
}

export interface CounterPlan {
  /** A scanner stands beside the printer. */
  readonly scanner?: boolean;
}

const BAUD = 115_200;
const [ESC, GS] = [0x1b, 0x1d];
/** `ESC p 0 50 250`: pin 2, 100 ms on, 500 ms off. */
const KICK = [ESC, 0x70, 0x00, 0x32, 0xfa];
/** `ESC t 5`: CP865, the Nordic code page. */
const NORDIC_PAGE = [ESC, 0x74, 0x05];

export class CounterDevices {
  readonly printer: EmulatedPrinter;
  readonly port: PtyPrinter;
  readonly #scanner: EmulatedScanner | null;
  readonly papers: readonly Paper[];
  readonly #bytes: readonly number[];

  private constructor(printer: EmulatedPrinter, port: PtyPrinter, scanner: EmulatedScanner | null, papers: Paper[], bytes: number[]) {
    this.printer = printer;
    this.port = port;
    this.#scanner = scanner;
    this.papers = papers;
    this.#bytes = bytes;
  }

  /** @throws NoSerialPortsError */
  static async open({ scanner = false }: CounterPlan): Promise<CounterDevices> {
    const trouble = ptyTrouble();
    if (trouble !== null) throw new NoSerialPortsError(trouble);
    const papers: Paper[] = [];
    const bytes: number[] = [];
    const printer = new EmulatedPrinter({ baud: BAUD, onPaper: (paper) => papers.push(paper), onByte: (byte) => bytes.push(byte) });
    const port = await ptyPrinter(printer, { baud: BAUD });
    return new CounterDevices(printer, port, scanner ? await emulatedScanner() : null, papers, bytes);
  }

  get scanner(): EmulatedScanner {
    if (this.#scanner === null) throw new RangeError('No scanner stands on this counter.');
    return this.#scanner;
  }

  /** What of the shop's configuration names them. */
  get configuration(): Readonly<Record<string, unknown>> {
    return {
      printer: { kind: 'serial', path: this.port.path, baudRate: BAUD },
      drawer: { connected: false },
      ...(this.#scanner === null ? {} : { scanner: { kind: 'serial', path: this.#scanner.path } }),
    };
  }

  /** How often these bytes stand in all that came through the wire. */
  count(bytes: readonly number[]): number {
    return [...this.#bytes.keys()].filter((at) => bytes.every((byte, index) => this.#bytes[at + index] === byte)).length;
  }

  get kicksOnTheWire(): number {
    return this.count(KICK);
  }

  get nordicPagesOnTheWire(): number {
    return this.count(NORDIC_PAGE);
  }

  /**
   * The digests of the papers that came through the wire from their first byte to their cut, as the journal has them: without
   * the request to tell by itself, which the driver puts behind a job's `ESC @`.
   */
  get digests(): readonly string[] {
    const found: string[] = [];
    let began: number | null = null;
    for (const [at, byte] of this.#bytes.entries()) {
      if (byte === ESC && this.#bytes[at + 1] === 0x40) began = at;
      if (began === null || byte !== GS || this.#bytes[at + 1] !== 0x56) continue;
      const job = this.#bytes.slice(began, at + 3);
      const asked = job[2] === GS && job[3] === 0x61;
      found.push(
        createHash('sha256')
          .update(Uint8Array.from(asked ? [...job.slice(0, 2), ...job.slice(5)] : job))
          .digest('hex'),
      );
      began = null;
    }
    return found;
  }

  /** The newest paper that was cut off. */
  newest(): { readonly text: string; readonly png: Buffer } | null {
    const paper = this.papers.at(-1);
    return paper === undefined ? null : { text: paperToText(paper), png: Buffer.from(paperToPng(paper)) };
  }

  /** Draws what hangs out of the printer now and has not been cut off; gives its text. */
  drawBegun(folder: string, name: string): string {
    const paper = this.printer.begun;
    writeFileSync(join(folder, `${name}.png`), paperToPng(paper));
    return paperToText(paper);
  }

  /** Draws every paper as `paper-1.png` and so on. */
  drawPapers(folder: string): void {
    for (const [index, paper] of this.papers.entries()) writeFileSync(join(folder, `paper-${index + 1}.png`), paperToPng(paper));
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.port.close(), this.#scanner?.close()]);
  }
}
