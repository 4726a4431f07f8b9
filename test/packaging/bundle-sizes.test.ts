import { beforeAll, describe, expect, it } from 'vitest';
import { build, needsBuild } from '../../scripts/build.ts';
import { gzipBytes, MOST_BYTES } from '../support/bundle-sizes.ts';

beforeAll(() => {
  if (needsBuild() && !build()) throw new Error('The screens could not be built.');
}, 120_000);

describe('a window', () => {
  for (const page of ['cashier', 'customer'] as const) {
    it(`of the ${page}’s loads no more than ${MOST_BYTES[page] / 1000} kB, compressed`, () => {
      const bytes = gzipBytes(page);
      // React alone is more than this: a smaller figure would mean that scripts were missed.
      expect(bytes).toBeGreaterThan(40_000);
      expect(bytes).toBeLessThanOrEqual(MOST_BYTES[page]);
    });
  }
});
