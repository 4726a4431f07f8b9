import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRetryAfterMs } from '../../../app/vipps/retry-after.ts';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);

describe('Retry-After', () => {
  it('in seconds is that long', () => {
    expect(readRetryAfterMs({ 'retry-after': '17' }, NOW)).toBe(17_000);
    expect(readRetryAfterMs({ 'retry-after': ' 0 ' }, NOW)).toBe(0);
  });

  it('as a date is measured on the clock of whoever sent it', () => {
    const headers = { 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT', date: 'Sat, 21 Nov 2026 12:00:00 GMT' };
    expect(readRetryAfterMs(headers, NOW + 86_400_000)).toBe(30_000);
  });

  it('as a date without a Date is measured on ours', () => {
    expect(readRetryAfterMs({ 'retry-after': 'Sat, 21 Nov 2026 12:01:00 GMT' }, NOW)).toBe(60_000);
  });

  it('in the past is now, and further than an hour is an hour', () => {
    expect(readRetryAfterMs({ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, NOW)).toBe(0);
    expect(readRetryAfterMs({ 'retry-after': '999999' }, NOW)).toBe(3_600_000);
  });

  it('that is missing or makes no sense is none', () => {
    expect(readRetryAfterMs({}, NOW)).toBeNull();
    for (const value of ['soon', '-1', '1.5', '5 Nov', '', 'Sat, 99 Nov 2026 12:00:00 GMT'])
      expect(readRetryAfterMs({ 'retry-after': value }, NOW)).toBeNull();
  });

  it('of any text is none or a sane wait', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const waitMs = readRetryAfterMs({ 'retry-after': value }, NOW);
        expect(waitMs === null || (waitMs >= 0 && waitMs <= 3_600_000)).toBe(true);
      }),
    );
  });
});
