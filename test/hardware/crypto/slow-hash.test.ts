/** A manager's code at rest. */
import { expect, it } from 'vitest';
import { scryptHasher } from '../../../hardware/crypto/slow-hash.ts';

it('A code is known again by what is kept of it, and no other is', async () => {
  const kept = await scryptHasher.hash('470129');
  expect(await scryptHasher.matches('470129', kept)).toBe(true);
  expect(await scryptHasher.matches('470128', kept)).toBe(false);
});

it('the same code is kept in another way each time, and does not stand in it', async () => {
  const [one, other] = [await scryptHasher.hash('470129'), await scryptHasher.hash('470129')];
  expect(one).not.toBe(other);
  expect(one).toMatch(/^scrypt\$15\$8\$3\$/);
  expect(one).not.toContain('470129');
});

it('what was made with less is known too, as it says itself', async () => {
  // RFC 7914, section 12, is of other lengths: this one was made with Node's scrypt, N = 2^14, r = 8, p = 1.
  const kept = 'scrypt$14$8$1$AAAAAAAAAAAAAAAAAAAAAA$p8EXOA_nZsOJWF6xGJw7Dw7uVFtCtbWBApqvGxv54J8';
  expect(await scryptHasher.matches('4711', kept)).toBe(true);
});

it('what nobody made here is nobody’s code, and is not worked on for long', async () => {
  for (const kept of [
    '',
    '470129',
    'scrypt$15$8$3$a$b',
    `scrypt$30$8$9$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `scrypt$0$8$1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
  ])
    expect(await scryptHasher.matches('470129', kept)).toBe(false);
});
