/**
 * A settlement as a file for a spreadsheet: one line for each movement. Semicolons, decimal commas and a byte order mark,
 * because that is what Excel opens by a double click where a comma is the decimal mark. The ledger's column adds up to the
 * ledger.
 */
import { oreToDecimalText } from '../money/format.ts';
import { type SettlementTexts, settlementTexts } from '../text/settlement.ts';
import type { Language } from '../till/contract.ts';
import type { LedgerRow } from './ledger.ts';
import type { Movement } from './movement.ts';
import type { Difference, Settlement } from './settlement.ts';

const BYTE_ORDER_MARK = '\ufeff';

export interface CsvWords {
  readonly language: Language;
  /** The provider's name in this market. */
  readonly brand: string;
  /** Local date and time of a moment: `2026-11-20`, `12:01:09`. */
  readonly local: (atMs: number) => { readonly date: string; readonly time: string };
}

/** The whole file as text, with `\r\n` at the end of each line. */
export function settlementCsv(settlement: Settlement, words: CsvWords): string {
  const texts = settlementTexts[words.language];
  const { csv } = texts;
  const line = (status: string, row: LedgerRow | null, movement: Movement | null) =>
    lineOf(settlement, words, texts, { status, row, movement });
  const lines = [
    csv.heads(words.brand).map(textCell),
    ...settlement.differences.map((each) => line(statusOf(each, texts, words.brand), each.row, each.movement)),
    ...settlement.matched.map(({ row, movement }) => line(csv.matched, row, movement)),
    ...settlement.elsewhere.map((row) => line(csv.elsewhere, row, null)),
    ...settlement.account.map((row) => line(csv.account, row, null)),
  ];
  return BYTE_ORDER_MARK + lines.map((cells) => `${cells.join(';')}\r\n`).join('');
}

function statusOf(difference: Difference, texts: SettlementTexts, brand: string): string {
  switch (difference.kind) {
    case 'missing-there':
      return texts.missingThere(brand);
    case 'missing-here':
      return texts.missingHere;
    case 'amount':
      return texts.amount;
    case 'not-a-sale':
      return texts.account[difference.row.entryType] ?? texts.unknownRow(difference.row.entryType);
  }
}

interface Line {
  readonly status: string;
  readonly row: LedgerRow | null;
  readonly movement: Movement | null;
}

function lineOf({ feeOre, currency }: Settlement, words: CsvWords, texts: SettlementTexts, { status, row, movement }: Line): string[] {
  const { date, time } = words.local(row?.atMs ?? movement?.knownMs ?? 0);
  const type = row?.entryType ?? movement?.kind ?? '';
  const reference = row?.reference ?? movement?.reference ?? '';
  const isSale = type === 'capture' || type === 'refund';
  const fee = type === 'capture' ? feeOre.get(reference) : undefined;
  return [
    date,
    time,
    textCell(status),
    textCell(texts.kinds[type] ?? texts.account[type] ?? type),
    movement?.receiptNumber == null ? '' : String(movement.receiptNumber),
    textCell(reference),
    textCell(row?.pspReference ?? ''),
    amountCell(row?.amountOre),
    amountCell(movement?.amountOre),
    isSale && (row === null || movement === null || row.amountOre !== movement.amountOre) && status !== texts.csv.elsewhere
      ? amountCell((row?.amountOre ?? 0) - (movement?.amountOre ?? 0))
      : '',
    amountCell(fee),
    currency,
  ];
}

function amountCell(amountOre: number | undefined): string {
  return amountOre === undefined ? '' : oreToDecimalText(amountOre).replace('.', ',');
}

/** References come from outside: what a spreadsheet would run as a formula is made text with an apostrophe, as it does itself. */
function textCell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
