/**
 * What is wrong with a field, in words of our own: the rest of a sentence that begins with the field's name. Whatever a
 * schema gives no message for gets one here, so that nobody reads the words of a library.
 */
import type { z } from 'zod';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text, in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, in [ ]',
  object: 'a group of fields, in { }',
  record: 'a group of fields, in { }',
  null: 'null',
  undefined: 'left out',
};

const FORM_WORDS: Readonly<Record<string, string>> = {
  base64: 'base64 (RFC 4648, padded)',
  url: 'a web address',
  email: 'an e-mail address',
  datetime: 'a date and time (ISO 8601)',
  date: 'a date (YYYY-MM-DD)',
};

const quoted = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value));

function listed(values: readonly unknown[], word: 'or' | 'and'): string {
  const all = values.map(quoted);
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} ${word} ${last}`;
}

/** `must be …`, or that it is missing and what it must be. */
const mustBe = (issue: RawIssue, what: string): string =>
  issue.input === undefined && what !== 'left out' ? `is missing: it must be ${what}` : `must be ${what}`;

function limit(origin: string, atLeast: boolean, bound: number | bigint, inclusive: boolean): string {
  const word = atLeast ? (inclusive ? 'at least' : 'more than') : inclusive ? 'at most' : 'less than';
  if (origin === 'string') {
    if (atLeast && Number(bound) <= 1) return 'must not be empty';
    return `must have ${word} ${bound} character${Number(bound) === 1 ? '' : 's'}`;
  }
  if (origin === 'array' || origin === 'set' || origin === 'map') {
    return `must have ${word} ${bound} ${Number(bound) === 1 ? 'entry' : 'entries'}`;
  }
  return `must be ${word} ${bound}`;
}

/**
 * zod's error map, for `safeParse(value, { error: sayIssue })`. Never repeats a value that came in: it may be a key.
 * A name that came in is repeated, cut to 60 characters: whoever mistyped it must find it.
 */
export function sayIssue(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return mustBe(issue, TYPE_WORDS[issue.expected] ?? 'of another kind');
    case 'too_small':
      return limit(issue.origin, true, issue.minimum, issue.inclusive ?? true);
    case 'too_big':
      return limit(issue.origin, false, issue.maximum, issue.inclusive ?? true);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      if (issue.format === 'starts_with') return `must begin with ${quoted(issue.prefix)}`;
      if (issue.format === 'ends_with') return `must end with ${quoted(issue.suffix)}`;
      if (issue.format === 'includes') return `must contain ${quoted(issue.includes)}`;
      return `must be ${FORM_WORDS[issue.format] ?? 'written in another form'}`;
    case 'unrecognized_keys': {
      const names = issue.keys.slice(0, 5).map((key) => key.slice(0, 60));
      return names.length === 1
        ? `has a field that is not known: ${listed(names, 'and')}. Check its spelling, or leave it out`
        : `has fields that are not known: ${listed(names, 'and')}. Check their spelling, or leave them out`;
    }
    case 'invalid_value':
      return mustBe(issue, listed(issue.values, 'or'));
    case 'invalid_union':
      if (issue.input === undefined) return 'is missing';
      // The field that says of which kind a group of fields is.
      if (issue.discriminator !== undefined) return 'must name a known kind, and this is missing or none';
      return 'is none of the things that may stand there';
    case 'invalid_key':
      return 'has a name that may not stand there';
    case 'invalid_element':
      return 'has an entry that may not stand there';
    default:
      return 'is not as it must be';
  }
}

/** The sentence about one issue. @param whole what the value is called when the issue is about all of it. */
export function issueSentence(issue: z.core.$ZodIssue, whole: string, fieldWord = ''): string {
  return `${issue.path.length === 0 ? whole : `${fieldWord}"${issue.path.join('.')}"`} ${issue.message}`;
}
