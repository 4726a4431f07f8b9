import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as contract from '../../../app/refund/contract.ts';
import { PROBLEM_CODES, problemSentence, problemStatus, RefusedByHeadOffice } from '../../../app/refund/problem.ts';

const exported: readonly unknown[] = Object.values(contract);
const schemas = exported.filter((value) => value instanceof z.ZodType);

function fieldNames(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'properties' && typeof inner === 'object' && inner !== null
      ? [...Object.keys(inner), ...Object.values(inner).flatMap(fieldNames)]
      : fieldNames(inner),
  );
}

const A_WISH = {
  refundId: 'syd-1-abcd-1',
  orderId: 'nord-1-2611-abcd-1',
  lines: [{ lineNo: 1, quantityMilli: 1_000 }],
  reason: 'angrer',
  operator: 'ola',
  approvedBy: null,
  payOut: 'as-it-came',
};

describe('the contract between registers and head office', () => {
  it('has no field for a sales unit or its keys, in any request or answer', () => {
    const names = schemas.flatMap((schema) => fieldNames(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })));
    expect(names).toContain('refundId');
    const suspect = names.filter((name) => /msn|merchant|serial|unit|secret|subscription|client/i.test(name));
    expect([...new Set(suspect)]).toEqual(['unit', 'unitPriceOre']);
  });

  it('gives every no a status and a sentence that ends', () => {
    for (const code of PROBLEM_CODES) {
      expect([code, problemSentence(code).endsWith('.')]).toEqual([code, true]);
      expect(problemStatus(code)).toBeGreaterThanOrEqual(400);
    }
  });

  it.each([
    ['an amount with decimals', { lines: [{ lineNo: 1, quantityMilli: 1.5 }] }, 'lines.0.quantityMilli'],
    ['a sales unit', { msn: '100001' }, 'msn'],
    ['a line twice', { lines: [A_WISH.lines[0], A_WISH.lines[0]] }, 'lines'],
    ['no line', { lines: [] }, 'lines'],
    ['no reason', { reason: '' }, 'reason'],
    ['half a character', { reason: '\ud800' }, 'reason'],
    ['no order of a chain', { orderId: 'T1S.KOLO.1.1042.5G' }, 'orderId'],
  ])('refuses a refund with %s, and names the field', (_what, change, field) => {
    expect(contract.parseRequest(contract.refundAsk, A_WISH)).toEqual(A_WISH);
    const parse = () => contract.parseRequest(contract.refundAsk, { ...A_WISH, ...change });
    expect(parse).toThrow(RefusedByHeadOffice);
    expect(parse).toThrow(field);
  });
});
