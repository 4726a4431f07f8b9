import { createHmac } from 'node:crypto';
import type { Hmac } from '../../app/till/ports.ts';

/** HMAC-SHA256 by Node. */
export const nodeHmac: Hmac = {
  sha256: (key, text) => new Uint8Array(createHmac('sha256', key).update(text, 'utf8').digest()),
};
