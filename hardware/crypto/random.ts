import { randomBytes } from 'node:crypto';
import type { Random } from '../../app/till/ports.ts';

/** Unpredictable bytes from the operating system. */
export const nodeRandom: Random = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
};
