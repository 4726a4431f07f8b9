import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'papaparse';
import { describe, expect, it } from 'vitest';
import { problemCodes } from '../../server/sandbox/epayment/problems.ts';
import { isKnownCode } from '../../server/sandbox/faults/refused.ts';
import { payTestAmounts, refundTestAmounts } from '../../server/sandbox/test-amounts.ts';
import { ASKED, ECOM, EPAYMENT, TITLES } from '../app/vipps/published-errors.ts';

/** The provider's lists of codes and amounts, beside the checkout like its documents. */
const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');

function rows(file: string): readonly Readonly<Record<string, string>>[] {
  return parse<Record<string, string>>(readFileSync(join(folder, file), 'utf8'), { header: true, skipEmptyLines: true }).data;
}

/** The texts that it has published: guides and common questions. */
const guides = join(import.meta.dirname, '..', '..', '..', 'shared', 'seeds');

export const hasCodes = (): boolean => existsSync(folder);

/** Holds the copy of the provider's errors that every checkout walks against the lists and the guides themselves. */
export function ourErrorsAreThePublishedOnes(): void {
  describe('our copy of the provider’s errors', () => {
    it('has every code of eCom and of ePayment, with the same class, and none besides', () => {
      expect(ECOM.map((row) => [...row])).toEqual(rows('ecom-errors.csv').map((row) => [row.group, row.code, row.class]));
      expect(EPAYMENT.map((row) => [...row])).toEqual(rows('epayment-errors.csv').map((row) => [row.code, row.title, row.class]));
    });

    it('has every title of the guide’s table, and none besides', () => {
      const table = guideLines().flatMap((lines) => lines.slice(indexAfter(lines, 'TitleDescriptionComment')));
      const found = table.map(
        (line) => TITLES.find(([title]) => new RegExp(`^${escaped(title)}[A-Z]`).test(line))?.[0] ?? `none for: ${line}`,
      );
      expect(found.length).toBeGreaterThan(40);
      expect(new Set(found)).toEqual(new Set(TITLES.map(([title]) => title)));
    });

    it('has every error that the common questions ask about', () => {
      const questions = guideLines()
        .flat()
        .flatMap((line) => /^(?:#+ )?Why do I get (.*)\?$/.exec(line)?.[1]?.replaceAll('`', '') ?? []);
      expect(questions.length).toBeGreaterThan(12);
      expect(questions.filter((question) => !ASKED.some(([words]) => question.includes(words)))).toEqual([]);
    });
  });
}

function guideLines(): readonly (readonly string[])[] {
  return readdirSync(guides).map((file) =>
    readFileSync(join(guides, file), 'utf8')
      .split('\n')
      .map((line) => line.trim()),
  );
}

/** Where the table begins; past the end in a guide without one. */
function indexAfter(lines: readonly string[], heading: string): number {
  const at = lines.indexOf(heading);
  return at === -1 ? lines.length : at + 1;
}

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

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
