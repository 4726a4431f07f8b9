import { hash } from 'node:crypto';
import type { Hasher } from '../../app/till/ports.ts';

/** SHA-256 by Node. */
export const nodeHasher: Hasher = {
  sha256Hex: (data) => hash('sha256', data, 'hex'),
};
