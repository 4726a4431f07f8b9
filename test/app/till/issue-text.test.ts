import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfiguration } from '../../../app/till/configuration.ts';
import { parseCommand, parseQuery } from '../../../app/till/contract.ts';
import { issueSentence, sayIssue } from '../../../app/till/issue-text.ts';

function said(schema: z.ZodType, value: unknown): string[] {
  const parsed = z.strictObject({ field: schema }).safeParse(value, { error: sayIssue });
  return parsed.success ? [] : parsed.error.issues.map((issue) => issueSentence(issue, 'The whole'));
}

/** What only a library would say. */
const LIBRARY = /invalid|expected|\breceived\b|unrecognized|too (?:big|small)|>=|<=|undefined/i;

describe('what is wrong with a field', () => {
  it.each<readonly [string, z.ZodType, unknown, string]>([
    ['text', z.string(), 5, '"field" must be text, in quotes'],
    ['nothing at all', z.string(), undefined, '"field" is missing: it must be text, in quotes'],
    ['a number', z.number(), 'x', '"field" must be a number'],
    ['not a number', z.number(), Number.NaN, '"field" must be a number'],
    ['a whole number', z.number().int(), 1.5, '"field" must be a whole number'],
    ['yes or no', z.boolean(), 'x', '"field" must be true or false'],
    ['a list', z.array(z.string()), {}, '"field" must be a list, in [ ]'],
    ['a group', z.object({}), [], '"field" must be a group of fields, in { }'],
    ['a map', z.record(z.string(), z.string()), 1, '"field" must be a group of fields, in { }'],
    ['null', z.null(), 1, '"field" must be null'],
    ['nothing allowed', z.undefined(), 1, '"field" must be left out'],
    ['something odd', z.date(), 1, '"field" must be of another kind'],
    ['an empty text', z.string().min(1), '', '"field" must not be empty'],
    ['a short text', z.string().min(3), 'ab', '"field" must have at least 3 characters'],
    ['a long text', z.string().max(1), 'ab', '"field" must have at most 1 character'],
    ['a short list', z.array(z.string()).min(1), [], '"field" must have at least 1 entry'],
    ['a long list', z.array(z.string()).max(2), ['a', 'b', 'c'], '"field" must have at most 2 entries'],
    ['a small number', z.number().min(100), 5, '"field" must be at least 100'],
    ['a large number', z.number().max(100), 500, '"field" must be at most 100'],
    ['a number at its bound', z.number().gt(0), 0, '"field" must be more than 0'],
    ['a number at its other bound', z.number().lt(5), 5, '"field" must be less than 5'],
    ['a number between', z.number().multipleOf(5), 7, '"field" must be a multiple of 5'],
    ['one word', z.literal('ecom'), 'x', '"field" must be "ecom"'],
    ['one of a few', z.enum(['nb', 'en']), 'sv', '"field" must be "nb" or "en"'],
    ['one of more', z.literal([32, 42, 48]), 5, '"field" must be 32, 42 or 48'],
    ['none of a few', z.enum(['nb', 'en']), undefined, '"field" is missing: it must be "nb" or "en"'],
    ['a beginning', z.string().startsWith('https://'), 'http://', '"field" must begin with "https://"'],
    ['an end', z.string().endsWith('/'), 'a', '"field" must end with "/"'],
    ['a part', z.string().includes('@'), 'a', '"field" must contain "@"'],
    ['bytes', z.base64(), '!', '"field" must be base64 (RFC 4648, padded)'],
    ['an address', z.url(), 'x', '"field" must be a web address'],
    ['a form', z.string().regex(/^a$/), 'x', '"field" must be written in another form'],
    ['a form with words of its own', z.string().regex(/^a$/, 'must be a'), 'x', '"field" must be a'],
    ['a field too many', z.strictObject({}), { b: 1 }, '"field" has a field that is not known: "b". Check its spelling, or leave it out'],
    [
      'fields too many',
      z.strictObject({}),
      { b: 1, c: 1 },
      '"field" has fields that are not known: "b" and "c". Check their spelling, or leave them out',
    ],
    ['none of several', z.union([z.string(), z.object({ a: z.string() })]), 5, '"field" is none of the things that may stand there'],
    ['nothing of several', z.union([z.string(), z.number()]), undefined, '"field" is missing'],
    [
      'an unknown kind',
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
      { kind: 'c' },
      '"field.kind" must name a known kind, and this is missing or none',
    ],
    ['a bad name', z.record(z.string().max(1), z.string()), { long: 'x' }, '"field.long" has a name that may not stand there'],
    ['a bad entry', z.map(z.string(), z.string()), new Map([['a', 5]]), '"field.a" must be text, in quotes'],
    ['a rule without words', z.string().refine(() => false), 'x', '"field" is not as it must be'],
  ])('says it of %s', (_what, schema, value, sentence) => {
    expect(said(schema, { field: value })).toEqual([sentence]);
  });

  it('never repeats what came in, and cuts a name that is too long to be one', () => {
    expect(said(z.number(), { field: 'Y8Kteew6GE2ZmeycEt6egg==' }).join()).not.toContain('Y8K');
    expect(said(z.string(), { field: 'a', ['x'.repeat(5_000)]: 1 }).join().length).toBeLessThan(200);
  });
});

describe('a configuration and a message', () => {
  it('are told what is wrong in sentences that name the field, and never in the words of a library', () => {
    const nonsense = [
      null,
      5,
      'x',
      [],
      {},
      { type: 'x' },
      { type: 'scan' },
      { type: 'scan', code: 5 },
      { type: 'scan', code: '', more: 1 },
    ];
    const commands = [...nonsense, { type: 'pay-cash', receivedOre: 1.5 }, { type: 'discount-line', lineId: '1', discount: { kind: 'x' } }];
    const problems = [
      ...commands
        .flatMap((value) => [parseCommand(value), parseQuery(value)])
        .flatMap((parsed) => ('problem' in parsed ? [parsed.problem] : [])),
      ...[
        ...nonsense,
        { shop: { name: 5, orgNumber: '1' }, provider: { clientSecret: {}, subscriptionKey: 5 }, printer: 5, scanner: {}, qr: { size: 0 } },
      ]
        .map(parseConfiguration)
        .flatMap((parsed) => ('problems' in parsed ? parsed.problems : [])),
    ];
    expect(problems.length).toBeGreaterThan(40);
    for (const problem of problems) {
      expect(problem).not.toMatch(LIBRARY);
      expect(problem).toMatch(/^(?:(?:Field )?"[A-Za-z0-9.]+"|The message|the file) (?:is|must|has|does) /);
    }
  });

  it('knows the ways to give a key', () => {
    const parsed = parseConfiguration({ provider: { clientSecret: 5 } });
    expect('problems' in parsed && parsed.problems).toContainEqual(
      '"provider.clientSecret" must be the key itself, in quotes, or {"fromEnv": "NAME"}, {"fromFile": "NAME"} or {"fromKeyStore": true}',
    );
  });
});
