/** An epoch: short random text in every reference and key, new at installation and after every restore or move. */
import type { Random } from '../till/ports.ts';

/** Without i, l, o, 0 and 1, which people mix up when they read a reference aloud. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const LETTERS_AND_DIGITS = `${LETTERS}23456789`;
const LENGTH = 4;

/** Four characters, a letter first, each as likely as the next. */
export function newEpoch(random: Random): string {
  let epoch = pick(random, LETTERS);
  while (epoch.length < LENGTH) epoch += pick(random, LETTERS_AND_DIGITS);
  return epoch;
}

function pick(random: Random, alphabet: string): string {
  // Bytes past the last whole multiple would make the first characters likelier: they are thrown away.
  const limit = 256 - (256 % alphabet.length);
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const byte = random.bytes(1)[0];
    if (byte !== undefined && byte < limit) return alphabet.charAt(byte % alphabet.length);
  }
  throw new RangeError('The source of chance gives no usable bytes.');
}
