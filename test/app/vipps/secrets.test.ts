import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedact } from '../../../app/vipps/secrets.ts';

describe('a message', () => {
  it('loses every secret in it, plain or encoded, however often', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9+/=]{6,40}$/),
        fc.string({ maxLength: 40 }),
        fc.string({ maxLength: 40 }),
        (secret, before, after) => {
          const clean = createRedact([secret])(`${before}${secret}${after}${encodeURIComponent(secret)}`);
          expect(clean.includes(secret)).toBe(false);
        },
      ),
    );
  });

  it('loses tokens and the tokens of payment links', () => {
    const redact = createRedact([]);
    const jwt = 'eyJraWQiOiJqd3RrZXkifQ.eyJzdWIiOiIxMjM0NTYifQ.c2lnbmF0dXJl';
    expect(redact(`bad token ${jwt}!`)).toBe('bad token [hidden]!');
    expect(redact('Authorization: Bearer abc.def')).toBe('Authorization: Bearer [hidden]');
    expect(redact('https://api.vipps.no/dwo?v=2&token=abc123&x=1')).toBe('https://api.vipps.no/dwo?v=2&token=[hidden]&x=1');
  });

  it('is one line of at most 300 characters', () => {
    const clean = createRedact([])(`a\r\nb\u0000${'c'.repeat(1_000)}`);
    expect(clean.startsWith('a b c')).toBe(true);
    expect(clean.length).toBe(300);
  });

  it('is whole characters wherever it is cut, so that a journal can keep it', () => {
    for (let length = 290; length < 305; length += 1) expect(createRedact([])(`${'x'.repeat(length)}😀😀`).isWellFormed()).toBe(true);
    expect(createRedact([])('half \ud800 of one').isWellFormed()).toBe(true);
  });

  it('is left as it is when there is nothing to hide', () => {
    expect(createRedact(['short'])('a short message')).toBe('a short message');
  });
});
