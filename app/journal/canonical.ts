/**
 * Canonical JSON (RFC 8785, the JSON Canonicalization Scheme), narrowed to what a journal may hold: integers, strings,
 * booleans, null, arrays and plain objects. The same value gives the same characters on every machine, so it can be
 * hashed. Narrower than the RFC on purpose: a float has no place where money is.
 */

/** A value that a journal cannot hold. `path` says where it stands: `$.line.quantityMilli`. */
export class NotCanonicalError extends Error {
  override readonly name = 'NotCanonicalError';
  readonly path: string;
  constructor(path: string, problem: string) {
    super(`${path} ${problem}.`);
    this.path = path;
  }
}

/** Deeper than any payload; a value that holds itself ends here instead of on the stack. */
const DEEPEST = 64;

/**
 * The canonical text of a value. Names are sorted by UTF-16 code unit, as the RFC asks; −0 is written `0`.
 * @throws NotCanonicalError for a float, NaN, an infinity, an integer beyond 2^53 − 1, undefined, a bigint, a function,
 * a symbol, a lone surrogate, an object of a class, or more than 64 levels.
 */
export function canonicalJson(value: unknown): string {
  // Every entry has several of them; −0 is written `0` here too.
  if (Number.isSafeInteger(value)) return String(value);
  // What was read back from canonical text stands in its order already, and then the engine's own writer gives the same.
  return isInOrder(value, 0) ? JSON.stringify(value) : write(value, '$', 0);
}

/** Whether `JSON.stringify` of a value is its canonical text. `false` decides nothing. */
function isInOrder(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'number':
      return Number.isSafeInteger(value);
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return true;
      if (depth >= DEEPEST) return false;
      return Array.isArray(value) ? isArrayInOrder(value, depth) : isObjectInOrder(value, depth);
    default:
      return false;
  }
}

function isArrayInOrder(values: readonly unknown[], depth: number): boolean {
  for (let index = 0; index < values.length; index += 1) if (!isInOrder(values[index], depth + 1)) return false;
  return true;
}

function isObjectInOrder(value: object, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  let before: string | null = null;
  for (const name of Object.keys(value)) {
    if (before !== null && name < before) return false;
    if (!name.isWellFormed() || !isInOrder((value as Readonly<Record<string, unknown>>)[name], depth + 1)) return false;
    before = name;
  }
  return true;
}

function write(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new NotCanonicalError(path, `is ${value}, and only integers can be kept`);
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= DEEPEST) throw new NotCanonicalError(path, `lies deeper than ${DEEPEST} levels`);
      return Array.isArray(value) ? writeArray(value, path, depth) : writeObject(value, path, depth);
    default:
      throw new NotCanonicalError(path, `is ${typeof value}, which cannot be kept`);
  }
}

function writeString(text: string, path: string): string {
  if (!text.isWellFormed()) throw new NotCanonicalError(path, 'has half a character (a lone surrogate)');
  return JSON.stringify(text);
}

function writeArray(values: readonly unknown[], path: string, depth: number): string {
  const parts: string[] = [];
  // Counted, because a callback would skip the holes of a sparse array.
  for (let index = 0; index < values.length; index += 1) parts.push(write(values[index], `${path}[${index}]`, depth + 1));
  return `[${parts.join(',')}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new NotCanonicalError(path, 'is an object of a class');
  const fields = new Map<string, unknown>(Object.entries(value));
  const parts: string[] = [];
  // The default order of sort() is by UTF-16 code unit, which is the RFC's.
  for (const name of [...fields.keys()].sort()) {
    const inside = `${path}.${name}`;
    parts.push(`${writeString(name, inside)}:${write(fields.get(name), inside, depth + 1)}`);
  }
  return `{${parts.join(',')}}`;
}
