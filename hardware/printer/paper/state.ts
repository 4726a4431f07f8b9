/**
 * A printer's memory while it reads: what the commands have set, the line it is building, the paper so far.
 * Commands (`commands.ts`) change it; it never sees their bytes.
 */
import type { CodePageName } from '../code-pages.ts';
import { characterOf } from '../code-pages.ts';
import { FONT_HEIGHT_DOTS, FONT_WIDTH_DOTS } from './font-a.ts';
import type { Paper, PaperBlock, PaperCharacter } from './paper.ts';
import type { QrErrorLevel } from './qr.ts';
import type { RefusalReason } from './refusal.ts';

/** What a command could not do; the reader adds where it stands. */
export class CommandRefusal extends Error {
  override readonly name = 'CommandRefusal';
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason, what: string) {
    super(what);
    this.reason = reason;
  }
}

/** One sixth of an inch, as printers feed from the start. */
const DEFAULT_LINE_DOTS = 30;

/** 25 m at 8 dots/mm: far more than a roll of receipt paper has. */
const LONGEST_PAPER_DOTS = 200_000;

export type PaperAlign = 'left' | 'center' | 'right';
type Placed = Omit<PaperCharacter, 'xDots'>;

function freshSettings(widthDots: number) {
  return {
    codePage: 'cp437' as CodePageName,
    bold: false,
    underlineDots: 0 as 0 | 1 | 2,
    inverted: false,
    widthTimes: 1,
    heightTimes: 1,
    align: 'left' as PaperAlign,
    lineDots: DEFAULT_LINE_DOTS,
    leftMarginDots: 0,
    areaWidthDots: widthDots,
    barcodeHeightDots: 162,
    barcodeModuleDots: 3,
    barcodeCaption: 'none' as 'none' | 'above' | 'below' | 'both',
    qrModuleDots: 3,
    qrLevel: 'L' as QrErrorLevel,
    qrData: null as Uint8Array | null,
  };
}

/** What a program at the register asks in between. It is answered over the line, and leaves nothing on the paper. */
export type PrinterQuestion =
  | { readonly kind: 'now'; readonly question: number }
  | { readonly kind: 'sensor' }
  | { readonly kind: 'response'; readonly id: string }
  /** From now on tell by yourself, or no longer. */
  | { readonly kind: 'tell'; readonly wanted: boolean }
  | { readonly kind: 'kick-now'; readonly pin: 2 | 5 };

/** For whoever reads bytes for as long as a printer runs, rather than one job. */
export interface PaperEnds {
  /** Every cut gives the paper above it, and a new one begins. */
  readonly onCut?: (paper: Paper) => void;
  readonly onQuestion?: (question: PrinterQuestion) => void;
  readonly onInitialize?: () => void;
  /** The drawer on this pin gets its pulse. */
  readonly onKick?: (pin: 2 | 5) => void;
}

export class PrinterState {
  readonly widthDots: number;
  settings: ReturnType<typeof freshSettings>;
  private blocks: PaperBlock[] = [];
  private line: Placed[] = [];
  private lineWidthDots = 0;
  private heightDots = 0;
  private readonly ends: PaperEnds;

  constructor(widthDots: number, ends: PaperEnds = {}) {
    this.widthDots = widthDots;
    this.ends = ends;
    this.settings = freshSettings(widthDots);
  }

  /** ESC @: forgets settings and the line that was being built, not the paper. */
  initialize(): void {
    this.settings = freshSettings(this.widthDots);
    this.line = [];
    this.lineWidthDots = 0;
    this.ends.onInitialize?.();
  }

  asked(question: PrinterQuestion): void {
    this.ends.onQuestion?.(question);
  }

  get atLineStart(): boolean {
    return this.line.length === 0;
  }

  requireLineStart(command: string): void {
    if (!this.atLineStart) throw new CommandRefusal('not-at-line-start', `${command} in the middle of a line`);
  }

  /** The dots between the margins. */
  get areaDots(): number {
    return Math.max(0, Math.min(this.settings.areaWidthDots, this.widthDots - this.settings.leftMarginDots));
  }

  /** Sets the character of a byte; a full line is broken, as printers do. */
  setByte(byte: number): void {
    const { codePage, bold, underlineDots, inverted, widthTimes, heightTimes } = this.settings;
    const character = characterOf(codePage, byte);
    if (character === null) throw new CommandRefusal('no-such-character', `${codePage} has no character for this byte`);
    const width = FONT_WIDTH_DOTS * widthTimes;
    if (width > this.areaDots) throw new CommandRefusal('too-wide', 'one character is wider than the print area');
    if (this.lineWidthDots + width > this.areaDots) this.endLine(true);
    this.line.push({ character, widthTimes, heightTimes, bold, underlineDots, inverted });
    this.lineWidthDots += width;
  }

  /** Prints the line that was being built, and feeds. */
  endLine(overflowed = false): void {
    const tallest = this.line.reduce((dots, placed) => Math.max(dots, placed.heightTimes * FONT_HEIGHT_DOTS), 0);
    let xDots = this.placeDots(this.lineWidthDots);
    const characters = this.line.map((placed) => {
      const here = xDots;
      xDots += placed.widthTimes * FONT_WIDTH_DOTS;
      return { ...placed, xDots: here };
    });
    const heightDots = Math.max(this.settings.lineDots, tallest);
    this.add({ kind: 'line', characters, heightDots, overflowed }, heightDots);
    this.line = [];
    this.lineWidthDots = 0;
  }

  /** The left edge of something this wide, as it is aligned now. */
  placeDots(widthDots: number): number {
    const spare = this.areaDots - widthDots;
    if (spare < 0) throw new CommandRefusal('too-wide', `${widthDots} dots do not fit in ${this.areaDots}`);
    const { align, leftMarginDots } = this.settings;
    const shift = align === 'left' ? 0 : align === 'center' ? Math.floor(spare / 2) : spare;
    return leftMarginDots + shift;
  }

  add(block: PaperBlock, heightDots: number): void {
    if (this.heightDots + heightDots > LONGEST_PAPER_DOTS) throw new CommandRefusal('too-long', 'more paper than a roll has');
    this.heightDots += heightDots;
    this.blocks.push(block);
    if (block.kind === 'drawer-kick') this.ends.onKick?.(block.pin);
    if (block.kind !== 'cut' || this.ends.onCut === undefined) return;
    this.ends.onCut(this.paper());
    this.blocks = [];
    this.heightDots = 0;
  }

  paper(): Paper {
    return { widthDots: this.widthDots, blocks: [...this.blocks] };
  }
}
