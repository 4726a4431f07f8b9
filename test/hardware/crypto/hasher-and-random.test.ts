import { expect, it } from 'vitest';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { nodeRandom } from '../../../hardware/crypto/random.ts';

it('SHA-256 is the one of the standard, over UTF-8 or over bytes', () => {
  expect(nodeHasher.sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(nodeHasher.sha256Hex('ø')).toBe(nodeHasher.sha256Hex(new Uint8Array([0xc3, 0xb8])));
});

it('chance gives as many bytes as were asked for, and others every time', () => {
  expect(nodeRandom.bytes(32)).toHaveLength(32);
  expect(nodeRandom.bytes(32)).not.toEqual(nodeRandom.bytes(32));
});
