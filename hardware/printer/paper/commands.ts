/**
 * The ESC/POS commands that a receipt may use, as data: how each begins, how long it is, what it does. Anything that is
 * not here is refused (`read.ts`). Names and values are those of the published ESC/POS command reference.
 */
import type { CodePageName } from '../code-pages.ts';
import { BarcodeContentError, type Bars, code128, ean } from './barcodes.ts';
import { qrModules } from './qr.ts';
import { CommandRefusal, type PrinterState } from './state.ts';

export interface PrinterCommand {
  readonly name: string;
  readonly prefix: readonly number[];
  /** How many bytes follow the prefix, seeing those that have come; `null` while that cannot be told yet. */
  readonly length: (argument: Uint8Array) => number | null;
  readonly run: (state: PrinterState, argument: Uint8Array, codePages: ReadonlyMap<number, CodePageName>) => void;
}

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

export function refuse(what: string): never {
  throw new CommandRefusal('bad-parameter', what);
}

export function fixed(length: number): PrinterCommand['length'] {
  return () => length;
}

function word(argument: Uint8Array, at: number): number {
  return (argument[at] ?? 0) + 256 * (argument[at + 1] ?? 0);
}

/** A parameter that is one of a few bytes. */
function choose<T>(byte: number | undefined, choices: ReadonlyMap<number, T>, what: string): T {
  const chosen = choices.get(byte ?? -1);
  return chosen === undefined ? refuse(`${what} ${byte}`) : chosen;
}

const SWITCH = new Map([
  [0, false],
  [1, true],
]);
const ALIGNS = new Map([
  [0, 'left'],
  [1, 'center'],
  [2, 'right'],
] as const);
const UNDERLINES = new Map([
  [0, 0],
  [1, 1],
  [2, 2],
] as const);
const CAPTIONS = new Map([
  [0, 'none'],
  [1, 'above'],
  [2, 'below'],
  [3, 'both'],
] as const);
const QR_LEVELS = new Map([
  [0x30, 'L'],
  [0x31, 'M'],
  [0x32, 'Q'],
  [0x33, 'H'],
] as const);
const PINS = new Map([
  [0, 2],
  [1, 5],
  [0x30, 2],
  [0x31, 5],
] as const);

function cut(state: PrinterState, partial: boolean): void {
  state.requireLineStart('cut');
  state.add({ kind: 'cut', partial }, 0);
}

function feed(state: PrinterState, heightDots: number): void {
  if (!state.atLineStart) state.endLine();
  state.add({ kind: 'feed', heightDots }, heightDots);
}

function barcode(state: PrinterState, kind: number, data: Uint8Array): void {
  state.requireLineStart('barcode');
  let symbology: 'code128' | 'ean13' | 'ean8';
  let bars: Bars;
  try {
    if (kind === 73) {
      symbology = 'code128';
      bars = code128(data);
    } else if (kind === 2 || kind === 67) {
      symbology = 'ean13';
      bars = ean(data, 13);
    } else if (kind === 3 || kind === 68) {
      symbology = 'ean8';
      bars = ean(data, 8);
    } else {
      throw new CommandRefusal('bad-parameter', `barcode kind ${kind}`);
    }
  } catch (error) {
    if (error instanceof BarcodeContentError) throw new CommandRefusal('bad-code', error.message);
    throw error;
  }
  const { barcodeModuleDots: moduleDots, barcodeHeightDots: heightDots, barcodeCaption: caption } = state.settings;
  const xDots = state.placeDots(bars.modules.length * moduleDots);
  const captions = caption === 'none' ? 0 : caption === 'both' ? 2 : 1;
  const block = {
    kind: 'barcode',
    symbology,
    content: bars.content,
    xDots,
    moduleDots,
    modules: bars.modules,
    heightDots,
    caption,
  } as const;
  state.add(block, heightDots + captions * CAPTION_DOTS);
}

/** Height of the line of text over or under a barcode. */
export const CAPTION_DOTS = 28;

/** `GS ( k`: the QR code's functions; other two-dimensional codes are refused. */
function qrFunction(state: PrinterState, argument: Uint8Array): void {
  const body = argument.subarray(2);
  if (body[0] !== 0x31) refuse(`two-dimensional code ${body[0]}`);
  switch (body[1]) {
    case 0x41:
      if (body.length !== 4 || body[2] !== 0x32 || body[3] !== 0) refuse('QR model');
      return;
    case 0x43: {
      const moduleDots = body[2] ?? 0;
      if (body.length !== 3 || moduleDots < 1 || moduleDots > 16) refuse('QR module size');
      state.settings.qrModuleDots = moduleDots;
      return;
    }
    case 0x45:
      if (body.length !== 3) refuse('QR error level');
      state.settings.qrLevel = choose(body[2], QR_LEVELS, 'QR error level');
      return;
    case 0x50:
      if (body[2] !== 0x30 || body.length < 4) refuse('QR data');
      state.settings.qrData = body.slice(3);
      return;
    case 0x51:
      if (body.length !== 3 || body[2] !== 0x30) refuse('QR print');
      printQr(state);
      return;
    default:
      refuse(`QR function ${body[1]}`);
  }
}

function printQr(state: PrinterState): void {
  state.requireLineStart('QR');
  const { qrData, qrLevel, qrModuleDots: moduleDots } = state.settings;
  if (qrData === null) throw new CommandRefusal('bad-code', 'a QR code without data');
  const drawn = qrModules(qrData, qrLevel);
  if (drawn === null) throw new CommandRefusal('bad-code', 'more than a QR code can hold');
  const sideDots = drawn.sizeModules * moduleDots;
  state.add({ kind: 'qr', xDots: state.placeDots(sideDots), moduleDots, ...drawn }, sideDots);
}

/** `GS v 0`: a picture, a bit a dot. */
function raster(state: PrinterState, argument: Uint8Array): void {
  state.requireLineStart('image');
  if (argument[0] !== 0 && argument[0] !== 0x30) refuse(`image mode ${argument[0]}`);
  const widthDots = word(argument, 1) * 8;
  const heightDots = word(argument, 3);
  if (widthDots === 0 || heightDots === 0) refuse('image without dots');
  state.add({ kind: 'image', xDots: state.placeDots(widthDots), widthDots, heightDots, rows: argument.slice(5) }, heightDots);
}

function rasterLength(argument: Uint8Array): number | null {
  return argument.length < 5 ? null : 5 + word(argument, 1) * word(argument, 3);
}

/** The old form ends with NUL, the new one says its length. */
function barcodeLength(argument: Uint8Array): number | null {
  const kind = argument[0];
  if (kind === undefined) return null;
  if (kind >= 65) return argument[1] === undefined ? null : 2 + argument[1];
  const end = argument.indexOf(0, 1);
  if (end >= 0) return end + 1;
  return argument.length > 32 ? refuse('barcode without an end') : null;
}

export const PRINTER_COMMANDS: readonly PrinterCommand[] = [
  { name: 'initialize', prefix: [ESC, 0x40], length: fixed(0), run: (state) => state.initialize() },
  {
    name: 'bold',
    prefix: [ESC, 0x45],
    length: fixed(1),
    run: (state, [byte]) => {
      state.settings.bold = choose(byte, SWITCH, 'bold');
    },
  },
  {
    name: 'underline',
    prefix: [ESC, 0x2d],
    length: fixed(1),
    run: (state, [byte]) => {
      state.settings.underlineDots = choose(byte, UNDERLINES, 'underline');
    },
  },
  {
    name: 'invert',
    prefix: [GS, 0x42],
    length: fixed(1),
    run: (state, [byte]) => {
      state.settings.inverted = choose(byte, SWITCH, 'invert');
    },
  },
  {
    name: 'font',
    prefix: [ESC, 0x4d],
    length: fixed(1),
    run: (_state, [byte]) => {
      if (byte !== 0) refuse(`font ${byte}`);
    },
  },
  {
    name: 'size',
    prefix: [GS, 0x21],
    length: fixed(1),
    run: (state, [byte = 0]) => {
      if ((byte & 0x88) !== 0) refuse(`size ${byte}`);
      state.settings.widthTimes = (byte >> 4) + 1;
      state.settings.heightTimes = (byte & 0x07) + 1;
    },
  },
  {
    name: 'code page',
    prefix: [ESC, 0x74],
    length: fixed(1),
    run: (state, [byte], codePages) => {
      state.settings.codePage = choose(byte, codePages, 'code page');
    },
  },
  { name: 'single-byte characters', prefix: [FS, 0x2e], length: fixed(0), run: () => undefined },
  {
    name: 'align',
    prefix: [ESC, 0x61],
    length: fixed(1),
    run: (state, [byte]) => {
      state.requireLineStart('align');
      state.settings.align = choose(byte, ALIGNS, 'alignment');
    },
  },
  {
    name: 'left margin',
    prefix: [GS, 0x4c],
    length: fixed(2),
    run: (state, argument) => {
      state.requireLineStart('left margin');
      if (word(argument, 0) >= state.widthDots) refuse('left margin');
      state.settings.leftMarginDots = word(argument, 0);
    },
  },
  {
    name: 'print area',
    prefix: [GS, 0x57],
    length: fixed(2),
    run: (state, argument) => {
      state.requireLineStart('print area');
      if (word(argument, 0) === 0 || word(argument, 0) > state.widthDots) refuse('print area');
      state.settings.areaWidthDots = word(argument, 0);
    },
  },
  {
    name: 'default line spacing',
    prefix: [ESC, 0x32],
    length: fixed(0),
    run: (state) => {
      state.settings.lineDots = 30;
    },
  },
  {
    name: 'line spacing',
    prefix: [ESC, 0x33],
    length: fixed(1),
    run: (state, [byte = 0]) => {
      state.settings.lineDots = byte;
    },
  },
  { name: 'feed lines', prefix: [ESC, 0x64], length: fixed(1), run: (state, [lines = 0]) => feed(state, lines * state.settings.lineDots) },
  { name: 'feed dots', prefix: [ESC, 0x4a], length: fixed(1), run: (state, [dots = 0]) => feed(state, dots) },
  {
    name: 'drawer kick',
    prefix: [ESC, 0x70],
    length: fixed(3),
    run: (state, [pin, on = 0, off = 0]) =>
      state.add({ kind: 'drawer-kick', pin: choose(pin, PINS, 'drawer pin'), onMs: on * 2, offMs: off * 2 }, 0),
  },
  {
    name: 'cut',
    prefix: [GS, 0x56],
    length: ([kind]) => (kind === undefined ? null : kind === 65 || kind === 66 ? 2 : 1),
    run: (state, [kind, dots = 0]) => {
      if (kind === 65 || kind === 66) feed(state, dots);
      else if (kind !== 0 && kind !== 1 && kind !== 48 && kind !== 49) refuse(`cut ${kind}`);
      cut(state, kind === 1 || kind === 49 || kind === 66);
    },
  },
  { name: 'image', prefix: [GS, 0x76, 0x30], length: rasterLength, run: raster },
  {
    name: 'barcode height',
    prefix: [GS, 0x68],
    length: fixed(1),
    run: (state, [dots = 0]) => {
      if (dots === 0) refuse('barcode height 0');
      state.settings.barcodeHeightDots = dots;
    },
  },
  {
    name: 'barcode width',
    prefix: [GS, 0x77],
    length: fixed(1),
    run: (state, [dots = 0]) => {
      if (dots < 2 || dots > 6) refuse(`barcode width ${dots}`);
      state.settings.barcodeModuleDots = dots;
    },
  },
  {
    name: 'barcode caption',
    prefix: [GS, 0x48],
    length: fixed(1),
    run: (state, [byte]) => {
      state.settings.barcodeCaption = choose(byte, CAPTIONS, 'barcode caption');
    },
  },
  {
    name: 'barcode',
    prefix: [GS, 0x6b],
    length: barcodeLength,
    run: (state, argument) => {
      const kind = argument[0] ?? 0;
      barcode(state, kind, kind >= 65 ? argument.slice(2) : argument.slice(1, -1));
    },
  },
  {
    name: 'two-dimensional code',
    prefix: [GS, 0x28, 0x6b],
    length: (argument) => (argument.length < 2 ? null : 2 + word(argument, 0)),
    run: qrFunction,
  },
];
