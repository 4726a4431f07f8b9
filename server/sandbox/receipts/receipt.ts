import { isObject, type JsonObject } from '../gateway/json-body.ts';

/** A field of a receipt that is not as it must be. */
export interface ReceiptProblem {
  readonly name: string;
  readonly reason: string;
}

const requiredTexts = ['name', 'id'] as const;
const requiredAmounts = ['totalAmount', 'totalAmountExcludingTax', 'totalTaxAmount'] as const;
const units = ['PCS', 'KG', 'KM', 'MINUTE', 'LITRE', 'KWH'];
const currencies = ['NOK', 'DKK', 'EUR'];

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);
const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function lineProblems(line: unknown, path: string): ReceiptProblem[] {
  if (!isObject(line)) return [{ name: path, reason: 'The line must be an object.' }];
  const problems: ReceiptProblem[] = [];
  const check = (ok: boolean, name: string, reason: string): void => {
    if (!ok) problems.push({ name: `${path}.${name}`, reason });
  };
  for (const name of requiredTexts) check(typeof line[name] === 'string' && line[name] !== '', name, `The ${name} field is required.`);
  for (const name of requiredAmounts) check(isWhole(line[name]), name, `The ${name} field must be a whole number.`);
  const rate = line.taxRate;
  check(!isGiven(rate) || (isWhole(rate) && rate >= 0 && rate <= 10_000), 'taxRate', 'The taxRate field must be between 0 and 10000.');
  const { unitInfo } = line;
  if (isGiven(unitInfo)) {
    const quantity = isObject(unitInfo) ? unitInfo.quantity : null;
    check(
      typeof quantity === 'string' && quantity.length <= 10 && /^\d+(\.\d{1,8})?$/.test(quantity),
      'unitInfo.quantity',
      'The quantity field must be a number written as text.',
    );
    const unit = isObject(unitInfo) ? unitInfo.quantityUnit : null;
    check(!isGiven(unit) || units.includes(String(unit)), 'unitInfo.quantityUnit', `The unit must be one of ${units.join(', ')}.`);
  }
  return problems;
}

/** What is wrong with a receipt's form; nothing when it may be kept. */
export function receiptProblems(receipt: JsonObject): ReceiptProblem[] {
  const { orderLines, bottomLine } = receipt;
  const problems: ReceiptProblem[] = [];
  if (!Array.isArray(orderLines) || orderLines.length === 0) {
    problems.push({ name: 'orderLines', reason: 'At least one order line is required.' });
  } else {
    problems.push(...orderLines.flatMap((line: unknown, index) => lineProblems(line, `orderLines[${index}]`)));
  }
  if (!isObject(bottomLine) || !currencies.includes(String(bottomLine.currency))) {
    problems.push({ name: 'bottomLine.currency', reason: `The currency must be one of ${currencies.join(', ')}.` });
  }
  return problems;
}

/**
 * Whether the app would show it: every line's total is its net and its tax, and, when an amount is given, the lines come
 * to exactly that. Expects a receipt without problems of form.
 */
export function addsUp(receipt: JsonObject, amountOre: number | null): boolean {
  const lines = (Array.isArray(receipt.orderLines) ? receipt.orderLines : []).filter(isObject);
  const amountOf = (line: JsonObject, name: string): number => Number(line[name]);
  const each = lines.every(
    (line) => amountOf(line, 'totalAmount') === amountOf(line, 'totalAmountExcludingTax') + amountOf(line, 'totalTaxAmount'),
  );
  const total = lines.reduce((sum, line) => sum + amountOf(line, 'totalAmount'), 0);
  return each && (amountOre === null || total === amountOre);
}
