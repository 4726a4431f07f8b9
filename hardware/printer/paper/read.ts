/**
 * Reads bytes as a receipt printer would, strictly.
 *
 * ```
 *            printable byte: set a character          LF: print the line
 *   ┌──────────────┐                            ┌──────────────┐
 *   ▼              │                            ▼              │
 *  text ───────────┴────────────────────────── text ───────────┘
 *   │ ESC, FS, GS                                ▲
 *   ▼                                            │ the command's last byte came: do it
 *  command begins ── its prefix is known ──► its arguments
 * ```
 * Anything else is refused with `PaperRefusedError`: what a printer does with an unknown byte differs from model to
 * model, and a receipt must not depend on it.
 */
import type { CodePageName } from '../code-pages.ts';
import { PRINTER_COMMANDS, type PrinterCommand } from './commands.ts';
import type { Paper } from './paper.ts';
import { QUESTION_COMMANDS } from './questions.ts';
import { PaperRefusedError } from './refusal.ts';
import { CommandRefusal, type PaperEnds, PrinterState } from './state.ts';

const LF = 0x0a;
const CR = 0x0d;

/** The numbers of `ESC t` on most printers. */
const EPSON_CODE_PAGES: ReadonlyMap<number, CodePageName> = new Map([
  [0, 'cp437'],
  [5, 'cp865'],
  [16, 'windows1252'],
  [19, 'cp858'],
]);

export interface PaperReaderOptions {
  /** What the printer can print across: 576 dots on 80 mm paper, 384 on 58 mm. */
  readonly widthDots: number;
  /** The code pages that the printer has, by the number of `ESC t`. */
  readonly codePages?: ReadonlyMap<number, CodePageName>;
  readonly ends?: PaperEnds;
}

/** Takes bytes in any portions, as a cable delivers them. */
export interface PaperReader {
  /** Throws `PaperRefusedError`; after that the reader takes nothing more. */
  feed(bytes: Uint8Array): void;
  /** The paper as far as it has come. */
  paper(): Paper;
  /** The paper, when the bytes end here: throws `PaperRefusedError` for a command or a line cut short. */
  end(): Paper;
}

const COMMANDS = [...PRINTER_COMMANDS, ...QUESTION_COMMANDS];

/** How many bytes of a refused command an error shows. */
const SHOWN_BYTES = 12;

export function createPaperReader(options: PaperReaderOptions): PaperReader {
  const codePages = options.codePages ?? EPSON_CODE_PAGES;
  const state = new PrinterState(options.widthDots, options.ends);
  let pending: Uint8Array = new Uint8Array(0);
  let offset = 0;
  let refused: PaperRefusedError | null = null;

  function refusal(error: unknown): unknown {
    if (!(error instanceof CommandRefusal)) return error;
    refused = new PaperRefusedError(error.reason, offset, pending.slice(0, SHOWN_BYTES), error.message);
    return refused;
  }

  function commandAt(bytes: Uint8Array): PrinterCommand | null {
    let begun = false;
    for (const command of COMMANDS) {
      const same = command.prefix.every((byte, index) => index >= bytes.length || bytes[index] === byte);
      if (same && bytes.length >= command.prefix.length) return command;
      begun ||= same;
    }
    if (begun) return null;
    throw new CommandRefusal('unknown-command', 'no such command');
  }

  /** Does what the first bytes say, and returns how many they were; 0 when more must come first. */
  function step(bytes: Uint8Array): number {
    const byte = bytes[0];
    if (byte === undefined) return 0;
    if (byte >= 0x20 && byte !== 0x7f) {
      state.setByte(byte);
      return 1;
    }
    if (byte === LF) {
      state.endLine();
      return 1;
    }
    // Printers that feed on LF pass over CR.
    if (byte === CR) return 1;
    const command = commandAt(bytes);
    if (command === null) return 0;
    const argument = bytes.subarray(command.prefix.length);
    const length = command.length(argument);
    if (length === null || argument.length < length) return 0;
    command.run(state, argument.slice(0, length), codePages);
    return command.prefix.length + length;
  }

  function feed(bytes: Uint8Array): void {
    if (refused !== null) throw refused;
    if (pending.length === 0) pending = bytes;
    else {
      const joined = new Uint8Array(pending.length + bytes.length);
      joined.set(pending);
      joined.set(bytes, pending.length);
      pending = joined;
    }
    try {
      for (let used = step(pending); used > 0; used = step(pending)) {
        pending = pending.subarray(used);
        offset += used;
      }
    } catch (error) {
      throw refusal(error);
    }
    pending = pending.slice();
  }

  return {
    feed,
    paper: () => state.paper(),
    end: () => {
      if (refused !== null) throw refused;
      if (pending.length > 0) throw refusal(new CommandRefusal('truncated', 'the bytes end inside a command'));
      if (!state.atLineStart) throw refusal(new CommandRefusal('unfinished-line', 'text without a line feed'));
      return state.paper();
    },
  };
}

/** Reads one whole job. Throws `PaperRefusedError` with the place and the bytes. */
export function readPaper(bytes: Uint8Array, options: PaperReaderOptions): Paper {
  const reader = createPaperReader(options);
  reader.feed(bytes);
  return reader.end();
}
