import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../app/till/configuration.ts';
import { DEMO_CONFIGURATION } from '../../../support/running-register.ts';

const demo = JSON.parse(readFileSync(DEMO_CONFIGURATION, 'utf8')) as { readonly shop: object; readonly operators: readonly object[] };
const problemsOf = (changes: object): readonly string[] => {
  const parsed = parseConfiguration({ ...demo, ...changes });
  return 'problems' in parsed ? parsed.problems : [];
};

describe('a configuration', () => {
  it('is the demo shop’s, without a problem', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    ['half a character', 'A\ud800'],
    ['an order to the printer', 'A\u001b@B'],
    ['a second line', 'A\nB'],
    ['a zero', 'A\u0000'],
  ])('with %s in a name is refused by the field’s name, before a payment could fail over it', (_, name) => {
    const changes = {
      shop: { ...demo.shop, name },
      register: { id: '1', name },
      operators: [{ id: '12', name }],
      receipt: { footer: name },
    };
    expect(problemsOf(changes)).toEqual([
      '"shop.name" must be one line of whole characters',
      '"register.name" must be one line of whole characters',
      '"operators.0.name" must be one line of whole characters',
      '"receipt.footer" must be one line of whole characters',
    ]);
  });

  it('gives each operator an id of their own', () => {
    expect(problemsOf({ operators: [...demo.operators, ...demo.operators] })).toEqual(['"operators" must each have an id of their own']);
  });
});
