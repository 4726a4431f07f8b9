/** `Retry-After` of a 429: seconds, or a date (RFC 9110, 10.2.3). */

/** An hour. A longer wait is a mistake of a clock somewhere, and the register can ask again. */
const LONGEST_MS = 3_600_000;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long to wait, in milliseconds; `null` where the header is missing or makes no sense. A date is measured from the
 * answer's own `Date`, because a shop's clock may be wrong, and from `nowMs` where there is none.
 */
export function readRetryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return null;
  if (/^\d{1,10}$/.test(value)) return Math.min(Number(value) * 1_000, LONGEST_MS);
  const untilMs = readHttpDate(value);
  if (untilMs === null) return null;
  const sinceMs = readHttpDate(headers.date ?? '') ?? nowMs;
  return Math.min(Math.max(untilMs - sinceMs, 0), LONGEST_MS);
}

function readHttpDate(text: string): number | null {
  if (!HTTP_DATE.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isFinite(atMs) ? atMs : null;
}
