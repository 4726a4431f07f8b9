import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeWebhook, REPLAY_WINDOW_MS, type ReceivedWebhook, sameText } from '../../../../app/vipps/webhooks/signature.ts';
import { nodeHasher } from '../../../../hardware/crypto/hasher.ts';
import { nodeHmac } from '../../../../hardware/crypto/hmac.ts';

const ports = { hasher: nodeHasher, hmac: nodeHmac };
const nowMs = Date.UTC(2026, 10, 21, 12);
const registered = { url: 'https://kasse.example.no/tillit/vipps/torg-1/payments?a=b', secret: '090a478d-37ff-4e77-970e-d457aeb26a3a' };

interface Sent {
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** As the provider signs, told by its guide and by nothing of ours. */
function signed(body: Uint8Array, atMs = nowMs, { url, secret } = registered): Sent {
  const { host, pathname, search } = new URL(url);
  const date = new Date(atMs).toUTCString();
  const hash = createHash('sha256').update(body).digest('base64');
  const signature = createHmac('sha256', secret).update(`POST\n${pathname}${search}\n${date};${host};${hash}`).digest('base64');
  return {
    headers: {
      'x-ms-date': date,
      'x-ms-content-sha256': hash,
      authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
    },
    body,
  };
}

const judge = (received: ReceivedWebhook, atMs = nowMs) => judgeWebhook(received, registered, ports, atMs);
const event = new TextEncoder().encode('{"reference":"torg-1-2611-ab12-17-1","name":"AUTHORIZED","success":true}');

describe('a webhook', () => {
  it('is trusted as the provider signs it, whatever the body', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        expect(judge(signed(body))).toEqual({ trusted: true });
      }),
    );
  });

  it('is trusted whatever name and path the request itself came under', () => {
    const sent = signed(event);
    expect(judge({ ...sent, headers: { ...sent.headers, host: '127.0.0.1:8450', 'x-forwarded-host': 'elsewhere' } })).toEqual({
      trusted: true,
    });
  });

  it('is refused when any byte of its body is another', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (body, place, change) => {
        const sent = signed(body);
        const other = body.map((byte, at) => (at === place % body.length ? byte ^ change : byte));
        expect(judge({ ...sent, body: other })).toEqual({ trusted: false, why: 'other-body' });
      }),
    );
  });

  it('is refused when its body is longer or shorter than it was', () => {
    const sent = signed(event);
    expect(judge({ ...sent, body: event.slice(1) }).trusted).toBe(false);
    expect(judge({ ...sent, body: new Uint8Array([...event, 32]) }).trusted).toBe(false);
  });

  it('is refused when any character of what proves it is another', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('x-ms-date', 'x-ms-content-sha256', 'authorization'),
        fc.nat(),
        fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
        (name, place, character) => {
          const sent = signed(event);
          const value = sent.headers[name] ?? '';
          const at = place % value.length;
          fc.pre(value[at] !== character);
          const changed = value.slice(0, at) + character + value.slice(at + 1);
          expect(judge({ ...sent, headers: { ...sent.headers, [name]: changed } }).trusted).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['x-ms-date', 'x-ms-content-sha256', 'authorization'])('is refused without %s, with it empty, and with two of it', (name) => {
    const { headers, body } = signed(event);
    const value = headers[name] ?? '';
    for (const wrong of [undefined, '', [value, value], `${value}, ${value}`]) {
      expect(judge({ body, headers: { ...headers, [name]: wrong } }).trusted).toBe(false);
    }
  });

  it('is refused when it was signed with another secret, or for another address, or with none', () => {
    const secret = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text !== registered.secret);
    fc.assert(
      fc.property(secret, (other) => {
        expect(judge(signed(event, nowMs, { ...registered, secret: other }))).toEqual({ trusted: false, why: 'other-signature' });
      }),
    );
    for (const url of [
      'https://kasse.example.no/tillit/vipps/torg-2/payments?a=b',
      'https://kasse.example.com/tillit/vipps/torg-1/payments?a=b',
    ]) {
      expect(judge(signed(event, nowMs, { ...registered, url })).trusted).toBe(false);
    }
    const none = { ...registered, secret: '' };
    expect(judgeWebhook(signed(event, nowMs, none), none, ports, nowMs).trusted).toBe(false);
  });

  it('is refused when it signs fewer headers than it must', () => {
    const { headers, body } = signed(event);
    const proof = (headers.authorization ?? '').replace('x-ms-date;host;', 'host;');
    expect(judge({ body, headers: { ...headers, authorization: proof } })).toEqual({ trusted: false, why: 'no-proof' });
  });

  it('is good for five minutes either way, and says how far apart the clocks are when it is not', () => {
    for (const skewMs of [0, REPLAY_WINDOW_MS, -REPLAY_WINDOW_MS]) expect(judge(signed(event), nowMs + skewMs)).toEqual({ trusted: true });
    for (const skewMs of [REPLAY_WINDOW_MS + 1_000, -REPLAY_WINDOW_MS - 1_000, 365 * 86_400_000]) {
      expect(judge(signed(event), nowMs + skewMs)).toEqual({ trusted: false, why: 'other-time', skewMs });
    }
  });
});

describe('the comparison', () => {
  it('says of any two texts whether they are the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect([sameText(one, other), sameText(one, one)]).toEqual([one === other, true]);
      }),
    );
    expect(sameText('abab', 'ab')).toBe(false);
    expect(sameText('', 'x')).toBe(false);
  });
});
