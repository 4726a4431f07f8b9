import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'papaparse';
import { describe, expect, it } from 'vitest';
import { problemCodes } from '../../server/sandbox/epayment/problems.ts';
import { isKnownCode } from '../../server/sandbox/faults/refused.ts';
import { payTestAmounts, refundTestAmounts } from '../../server/sandbox/test-amounts.ts';

/** The provider's lists of codes and amounts, beside the checkout like its documents. */
const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');

function rows(file: string): readonly Readonly<Record<string, string>>[] {
  return parse<Record<string, string>>(readFileSync(join(folder, file), 'utf8'), { header: true, skipEmptyLines: true }).data;
}

export const hasCodes = (): boolean => existsSync(folder);

/** Holds what the sandbox can refuse with against every code the provider has. */
export function sandboxKnowsEveryCode(): void {
  describe('the sandbox, held against the provider’s lists', () => {
    it('has every error of ePayment, and none besides', () => {
      expect([...problemCodes].sort()).toEqual(
        rows('epayment-errors.csv')
          .map((row) => row.code)
          .sort(),
      );
    });

    it('can refuse with every error of eCom', () => {
      const codes = rows('ecom-errors.csv').map((row) => `${row.group}/${row.code}`);
      expect(codes.filter((code) => !isKnownCode(code))).toEqual([]);
    });

    it('has every amount that fails on purpose, and none besides', () => {
      const listed = rows('test-amounts.csv').map((row) => `${row.operation} ${row.amount_minor}`);
      const ours = [...payTestAmounts.keys()]
        .map((each) => `pay ${each}`)
        .concat([...refundTestAmounts.keys()].map((each) => `refund ${each}`));
      expect(ours.sort()).toEqual(listed.sort());
    });
  });
}
