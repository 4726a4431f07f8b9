import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ownAddresses } from '../../../../app/vipps/webhooks/addresses.ts';
import { createInbox } from '../../../../app/vipps/webhooks/inbox.ts';
import { nodeHasher } from '../../../../hardware/crypto/hasher.ts';
import { nodeHmac } from '../../../../hardware/crypto/hmac.ts';
import { keptLog, movableClock } from '../../../support/scripted-provider.ts';

const publicUrl = 'https://kasse.example.no';
const addresses = ownAddresses(publicUrl, 'torg', '1');
const secret = '090a478d-37ff-4e77-970e-d457aeb26a3a';
const path = '/vipps/torg-1/payments';

function opened(registered = true) {
  const clock = movableClock();
  const log = keptLog();
  const heard: string[] = [];
  const inbox = createInbox({
    publicUrl,
    addresses,
    callbackToken: 'a-long-token-that-nobody-guesses-0123456789',
    registered: (kind) => (registered && kind === 'payments' ? { kind, id: 'a', url: addresses.payments, secret } : null),
    hasher: nodeHasher,
    hmac: nodeHmac,
    clock,
    log,
    heard(reference) {
      heard.push(reference);
      if (reference === 'torg-1-full') throw new RangeError('the disk is full of +47 912 34 567');
      return reference.startsWith('torg-1');
    },
    checkedIn: () => true,
  });
  /** The provider's request, by the provider's clock; `afterwards` is done at once. */
  const send = (body: string, atMs = clock.nowMs(), at = path) => {
    const date = new Date(atMs).toUTCString();
    const hash = createHash('sha256').update(body).digest('base64');
    const signature = createHmac('sha256', secret).update(`POST\n${path}\n${date};kasse.example.no;${hash}`).digest('base64');
    const authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
    const headers = { 'x-ms-date': date, 'x-ms-content-sha256': hash, authorization };
    const judged = inbox.receive(at, { headers, body: new TextEncoder().encode(body) });
    judged.afterwards();
    return judged.status;
  };
  return { inbox, clock, log: log.lines, heard, send };
}

const event = (reference: string) => JSON.stringify({ reference, name: 'AUTHORIZED', success: true });

describe('what comes in', () => {
  it('is answered before anything is done about it', () => {
    const { inbox, heard } = opened();
    const judged = inbox.receive('/vipps/torg-1/ecom/v2/payments/torg-1-a', {
      headers: { authorization: 'a-long-token-that-nobody-guesses-0123456789' },
      body: new Uint8Array(),
    });
    expect([judged.status, heard]).toEqual([200, []]);
    judged.afterwards();
    expect(heard).toEqual(['torg-1-a']);
  });

  it('with a clock that somebody has set is refused, said so with the difference, and heard again once it is right', () => {
    const { clock, log, heard, send, inbox } = opened();
    const realMs = clock.nowMs();
    clock.advance(2 * 3_600_000);
    expect(send(event('torg-1-a'), realMs)).toBe(401);
    expect(log).toMatchObject([{ event: 'webhooks.refused', facts: { why: 'other-time', skewMs: 7_200_000 } }]);
    expect(heard).toEqual([]);
    expect(send(event('torg-1-a'))).toBe(200);
    expect(inbox.counts()).toEqual({ heard: 1, ignored: 0, refused: 1, lastHeardAtMs: clock.nowMs() });
  });

  it('is told apart: heard, ignored, refused', () => {
    const { send, inbox } = opened();
    expect([send(event('torg-1-a')), send(event('torg-2-a')), send('not an event'), send(event('torg-1-a'), 0)]).toEqual([
      200, 200, 200, 401,
    ]);
    expect(inbox.counts()).toMatchObject({ heard: 1, ignored: 2, refused: 1 });
  });

  it('for a sign that nobody has registered is refused, and so is everything before the registration', () => {
    expect(opened().send(event('torg-1-a'), undefined, '/vipps/torg-1/check-ins')).toBe(401);
    expect(opened(false).send(event('torg-1-a'))).toBe(401);
  });

  it('ends nothing when what follows from it fails, and the log has the kind of the error alone', () => {
    const { send, inbox, log } = opened();
    expect([send(event('torg-1-full')), send(event('torg-1-a'))]).toEqual([200, 200]);
    expect(log).toMatchObject([{ event: 'webhooks.afterwards', facts: { error: 'RangeError' } }]);
    expect(inbox.counts()).toMatchObject({ heard: 1, ignored: 1 });
  });

  it('in a flood of forgeries is one line of the log a minute, and no line ever has a proof in it', () => {
    const { send, log, clock } = opened();
    for (let count = 0; count < 500; count += 1) send(event('torg-1-a'), 0);
    expect(log).toHaveLength(1);
    clock.advance(60_000);
    send(event('torg-1-a'), 0);
    expect(log.map(({ facts }) => facts.count)).toEqual([1, 500]);
    expect(JSON.stringify(log)).not.toMatch(/HMAC|090a478d|torg-1-a/);
  });
});
