import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { classifyEpayment, EPAYMENT_ERRORS } from '../../../../app/vipps/epayment/error-codes.ts';

describe('the ePayment codes', () => {
  it('are the ones of the published list, with the same class each', () => {
    const list = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'epayment-errors.csv');
    if (!existsSync(list)) {
      console.log('The published list of ePayment errors is not beside this checkout: the codes were not compared with it.');
      return;
    }
    const read = readFileSync(list, 'utf8');
    const rows = Papa.parse<{ code: string; class: string }>(read, { header: true, skipEmptyLines: true }).data;
    expect(EPAYMENT_ERRORS.map((error) => [error.code, error.class])).toEqual(rows.map((row) => [row.code, row.class]));
  });

  it('that nobody has listed are refusals before money moves, and unknown where it may have moved', () => {
    expect(['4999', '5999', '7999', '3999', '6999', 'words', ''].map((code) => classifyEpayment(code).class)).toEqual([
      'final',
      'final',
      'final',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});
