import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, readBody } from '../../../app/vipps/wire.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const answer = (body: Uint8Array) => ({ status: 200, headers: {}, body });

describe('decoding UTF-8', () => {
  it('gives back every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(decodeUtf8(bytesOf(`x${text}`))).toBe(`x${text}`);
      }),
    );
  });

  it('agrees with the platform on any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(decodeUtf8(bytes).replace(/\ufffd+/g, '?')).toBe(new TextDecoder().decode(bytes).replace(/\ufffd+/g, '?'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('drops a byte order mark', () => {
    expect(decodeUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toBe('{}');
  });

  it('reads a long text whole', () => {
    const text = 'blåbær 🫐 '.repeat(20_000);
    expect(decodeUtf8(bytesOf(text))).toBe(text);
  });
});

describe('a body', () => {
  it('is JSON by what is in it, whatever its header says', () => {
    expect(readBody(answer(bytesOf('{"a":1}')))).toEqual({ kind: 'json', value: { a: 1 } });
  });

  it('is empty when there are only spaces', () => {
    expect(readBody(answer(bytesOf(' \n')))).toEqual({ kind: 'empty' });
  });

  it('is text when it is a page', () => {
    expect(readBody(answer(bytesOf('<html>')))).toEqual({ kind: 'text', text: '<html>' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(['empty', 'json', 'text']).toContain(readBody(answer(bytes)).kind);
      }),
    );
    expect(readBody(answer(bytesOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).kind).toMatch(/json|text/);
  });
});
