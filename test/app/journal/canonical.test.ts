import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, NotCanonicalError } from '../../../app/journal/canonical.ts';

const text = fc.string({ unit: 'grapheme' });
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, fc.maxSafeInteger(), text, fc.boolean(), fc.constant(null), tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 5 }),
  object: fc.dictionary(text, tie('any'), { maxKeys: 5 }),
})).any;

/** The same value with its names put in the other order, at every level. */
function reversed(of: unknown): unknown {
  if (Array.isArray(of)) return of.map(reversed);
  if (typeof of !== 'object' || of === null) return of;
  return Object.fromEntries(
    Object.entries(of)
      .reverse()
      .map(([name, inside]) => [name, reversed(inside)]),
  );
}

describe('canonical JSON', () => {
  it('sorts names by UTF-16 code unit, as in the example of RFC 8785', () => {
    const unsorted = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(unsorted)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('escapes what the RFC escapes and nothing else', () => {
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/æøå\u2028')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/æøå\u2028"');
  });

  it('writes integers, also the largest and minus zero', () => {
    expect(canonicalJson([0, -0, -5, 9007199254740991, true, false, null, [], {}])).toBe('[0,0,-5,9007199254740991,true,false,null,[],{}]');
  });

  it('says the same as JSON.parse understands', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(canonicalJson(JSON.parse(canonicalJson(any)))).toBe(canonicalJson(any));
      }),
    );
  });

  it('gives the same text whatever order the names came in', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(canonicalJson(reversed(any))).toBe(canonicalJson(any));
      }),
    );
  });

  it.each([
    ['a float', { a: [0, 1.5] }, '$.a[1]'],
    ['not a number', { a: Number.NaN }, '$.a'],
    ['an infinity', [Number.POSITIVE_INFINITY], '$[0]'],
    ['an integer that a double cannot hold for sure', 2 ** 53, '$'],
    ['undefined', { a: undefined }, '$.a'],
    ['a hole in a list', new Array(1), '$[0]'],
    ['a bigint', 1n, '$'],
    ['a function', { a: { b: () => 1 } }, '$.a.b'],
    ['a symbol', Symbol('a'), '$'],
    ['half a character in a value', { a: '\ud83d' }, '$.a'],
    ['half a character in a name', { '\ude00': 1 }, '$.\ude00'],
    ['a date', new Date(0), '$'],
    ['bytes', { a: new Uint8Array(1) }, '$.a'],
    ['a map', new Map(), '$'],
  ])('refuses %s and says where', (_, bad, path) => {
    const refuse = () => canonicalJson(bad);
    expect(refuse).toThrow(NotCanonicalError);
    expect(refuse).toThrow(path);
  });

  it('refuses every float', () => {
    fc.assert(
      fc.property(
        fc.double().filter((number) => !Number.isSafeInteger(number)),
        (float) => {
          expect(() => canonicalJson({ amountOre: float })).toThrow(NotCanonicalError);
        },
      ),
    );
  });

  it('refuses a value that holds itself', () => {
    const circle: { inside?: unknown } = {};
    circle.inside = circle;
    expect(() => canonicalJson(circle)).toThrow(NotCanonicalError);
  });
});
