/** Receipt printers as data: what differs from one to the next. */
import type { CodePageName } from './code-pages.ts';

export type PrinterModelId = 'generic-80' | 'generic-58' | 'epson-tm-t88' | 'xprinter-80' | 'pos-58';

export interface PrinterModel {
  readonly id: PrinterModelId;
  readonly name: string;
  /** The dots that it prints across. */
  readonly widthDots: number;
  /** Characters of font A (12 dots) in a line of a receipt: 42 on 80 mm, 32 on 58 mm. */
  readonly columns: 42 | 32;
  /** The numbers of `ESC t`, for the code pages that we print in. */
  readonly codePages: Readonly<Record<'cp865' | 'cp858', number>>;
  /** Lines between the head and the knife: so much is fed before a cut. */
  readonly feedBeforeCutLines: number;
  readonly cut: 'partial' | 'full' | 'none';
  /**
   * How it tells that a job is wholly worked off: by saying characters back (`GS ( H`), by its paper sensor (`GS r 1`), or
   * not at all; then its status after the last byte has to do.
   */
  readonly tellsDone: 'response' | 'sensor' | 'no';
  /** It always answers questions: silence means that it is off, not that it is of a kind that never answers. */
  readonly alwaysAnswers: boolean;
  /** It opens the drawer at once when told so in real time (`DLE DC4`), even without paper; printers that do not know that pass over it. */
  readonly kicksAtOnce: boolean;
}

const EPSON_PAGES = { cp865: 5, cp858: 19 } as const;

export const PRINTER_MODELS: Readonly<Record<PrinterModelId, PrinterModel>> = {
  'generic-80': {
    id: 'generic-80',
    name: 'ESC/POS, 80 mm',
    widthDots: 576,
    columns: 42,
    codePages: EPSON_PAGES,
    feedBeforeCutLines: 4,
    cut: 'partial',
    tellsDone: 'sensor',
    alwaysAnswers: false,
    kicksAtOnce: true,
  },
  'generic-58': {
    id: 'generic-58',
    name: 'ESC/POS, 58 mm',
    widthDots: 384,
    columns: 32,
    codePages: EPSON_PAGES,
    feedBeforeCutLines: 4,
    cut: 'partial',
    tellsDone: 'sensor',
    alwaysAnswers: false,
    kicksAtOnce: true,
  },
  'epson-tm-t88': {
    id: 'epson-tm-t88',
    name: 'Epson TM-T88',
    widthDots: 512,
    columns: 42,
    codePages: EPSON_PAGES,
    feedBeforeCutLines: 5,
    cut: 'partial',
    tellsDone: 'response',
    alwaysAnswers: true,
    kicksAtOnce: true,
  },
  'xprinter-80': {
    id: 'xprinter-80',
    name: 'Xprinter, 80 mm',
    widthDots: 576,
    columns: 42,
    codePages: EPSON_PAGES,
    feedBeforeCutLines: 4,
    cut: 'full',
    tellsDone: 'sensor',
    alwaysAnswers: false,
    kicksAtOnce: true,
  },
  'pos-58': {
    id: 'pos-58',
    name: 'POS-58, no knife',
    widthDots: 384,
    columns: 32,
    codePages: EPSON_PAGES,
    feedBeforeCutLines: 3,
    cut: 'none',
    tellsDone: 'no',
    alwaysAnswers: false,
    kicksAtOnce: false,
  },
};

/** The model that a configuration means when it only says how many columns. */
export function modelForColumns(columns: 42 | 32): PrinterModel {
  return PRINTER_MODELS[columns === 42 ? 'generic-80' : 'generic-58'];
}

/** Code pages by number, as a reader of this model's bytes needs them. */
export function codePageNumbers(model: PrinterModel): ReadonlyMap<number, CodePageName> {
  return new Map<number, CodePageName>([
    [0, 'cp437'],
    [16, 'windows1252'],
    [model.codePages.cp865, 'cp865'],
    [model.codePages.cp858, 'cp858'],
  ]);
}
