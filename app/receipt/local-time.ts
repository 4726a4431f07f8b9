import type { LocalDateTime } from '../text/receipt.ts';

/** The clock on the wall at a moment: `atMs` since 1970 UTC, `offsetMinutes` what local time was ahead of UTC then. */
export function localDateTime(atMs: number, offsetMinutes: number): LocalDateTime {
  const local = new Date(atMs + offsetMinutes * 60_000);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  };
}
