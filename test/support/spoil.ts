/** Every way in which one thing in an answer can be wrong, so that a parser can be shown all of them. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** An answer with one thing wrong: what and where, and the text as it comes over the line. */
export interface Spoilt {
  readonly what: string;
  readonly text: string;
  /** What is in the text, as JSON; `undefined` where it is none. */
  readonly json: Json | undefined;
}

type Path = readonly (string | number)[];

/** What JSON can say and no number of JavaScript's can: read back it is infinite. */
const ENDLESS = '"a number without end"';

function pathsOf(json: Json, path: Path = []): readonly Path[] {
  if (json === null || typeof json !== 'object') return [path];
  const inside = Array.isArray(json) ? json.map((value, index) => [index, value] as const) : Object.entries(json);
  return [path, ...inside.flatMap(([name, value]) => pathsOf(value, [...path, name]))];
}

function valueAt(json: Json, path: Path): Json {
  return path.reduce<Json>((value, name) => (value as Record<string | number, Json>)[name] ?? null, json);
}

/** The same with another value there; `undefined`: without it. */
function withAt(json: Json, path: Path, value: Json | undefined, name = path.at(-1)): Json {
  if (path.length === 0 || name === undefined) return value ?? null;
  const copy = structuredClone(json);
  const holder = valueAt(copy, path.slice(0, -1)) as Record<string | number, Json>;
  const last = path.at(-1) ?? '';
  if (Array.isArray(holder)) holder.splice(Number(last), 1, ...(value === undefined ? [] : [value]));
  else {
    delete holder[last];
    if (value !== undefined) holder[name] = value;
  }
  return copy;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
const cases = (word: string): readonly string[] =>
  [word.toUpperCase(), word.toLowerCase(), capital(word)].filter((other) => other !== word);

/** What may stand in the place of a value: another type, another case, nothing nobody has described, far too much, or a little beside it. */
function wrongValues(value: Json): readonly Json[] {
  const others: Json[] = [null, '', 'words', 0, -1, 1.5, [], {}, [value], { value }];
  switch (typeof value) {
    case 'number':
      return [...others, String(value), true, value + 1, value - 1, value * 100, value / 100, -value, 1e21, Number.MAX_SAFE_INTEGER + 2];
    case 'string':
      return [
        ...others,
        7,
        true,
        ...cases(value),
        `${value} `,
        `${value}x`,
        'SOMETHING_NEW',
        'EUR',
        'SEK',
        'constructor',
        '\ud800',
        'x'.repeat(10_000),
      ];
    case 'boolean':
      return [...others, String(value), Number(value)];
    default:
      return [...others, true];
  }
}

/** One thing wrong at a time: every field missing, misspelt, of another type, and every value beside what it should be. */
export function spoil(good: Json): readonly Spoilt[] {
  const found: Spoilt[] = [];
  const add = (what: string, json: Json): void => {
    if (JSON.stringify(json) !== JSON.stringify(good)) found.push({ what, text: JSON.stringify(json), json });
  };
  for (const path of pathsOf(good)) {
    const value = valueAt(good, path);
    const where = path.join('.') || 'all of it';
    for (const wrong of wrongValues(value)) add(`${where} is ${JSON.stringify(wrong).slice(0, 40)}`, withAt(good, path, wrong));
    if (typeof value === 'number') {
      const text = JSON.stringify(withAt(good, path, 'a number without end')).replace(ENDLESS, '1e999');
      found.push({ what: `${where} is 1e999`, text, json: JSON.parse(text) as Json });
    }
    if (path.length === 0) continue;
    add(`${where} is missing`, withAt(good, path, undefined));
    const name = path.at(-1);
    if (typeof name === 'string') for (const other of cases(name)) add(`${where} is spelt ${other}`, withAt(good, path, value, other));
  }
  const whole = JSON.stringify(good);
  for (const text of [
    '',
    'null',
    whole.slice(0, -1),
    `${whole}}`,
    `<html>${whole}</html>`,
    JSON.stringify(whole),
    `[${whole}]`,
    `${whole}${whole}`,
  ])
    found.push({ what: `the text is ${text.slice(0, 20)}…`, text, json: undefined });
  return found;
}
