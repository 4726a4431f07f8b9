import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../app/till/ports.ts';
import { makeCode, revoke } from '../../../server/head-office/registers.ts';
import { hashesAtHeadOffice, type LinkedRegister, link, type Mishap, newChain, ownHashes } from './linked-register.ts';

const HOUR_MS = 3_600_000;

const batches = ({ line }: LinkedRegister) => line.asked.filter(({ path }) => path === '/v1/journal');

/** Answers as head office does when a batch has too many bytes for it. */
const takesAtMost = (most: number) => (request: HttpRequest) => {
  const { entries = [] } = JSON.parse(request.body ?? '{}') as { entries?: readonly unknown[] };
  if (entries.length <= most) return request;
  const body = new TextEncoder().encode(JSON.stringify({ code: 'too-large', message: 'too large' }));
  return { kind: 'answered', response: { status: 413, headers: {}, body } } as const;
};

describe('a register that sells', () => {
  it('has told head office about a second after each sale, once', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.line.pass(1_000);
    expect(nord.contact.state).toEqual({ kind: 'linked' });
    await nord.sell();
    await nord.line.pass(500);
    expect(nord.sender.waiting()).toBeGreaterThan(0);
    await nord.line.pass(700);
    expect([nord.sender.waiting(), nord.outbox.confirmedSeq()]).toEqual([0, nord.register.journal.head().seq]);
    expect(await hashesAtHeadOffice(chain, nord.register)).toEqual(ownHashes(nord.register));
    const before = batches(nord).length;
    await nord.line.pass(10 * 60_000, 1_000);
    expect(batches(nord)).toHaveLength(before);
  });

  it('and is not poked is found out within a minute all the same', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.line.pass(1_000);
    await nord.register.sell([{ articleNumber: '1', priceOre: 500 }], 'none');
    await nord.line.pass(61_000, 500);
    expect(await hashesAtHeadOffice(chain, nord.register)).toEqual(ownHashes(nord.register));
  });
});

describe('without head office', () => {
  it('eight hours of sales are kept, shown as waiting, and sent when it is back, in small batches with pauses', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.line.pass(1_000);
    nord.line.down = true;
    for (let hour = 0; hour < 8; hour += 1) {
      await nord.sell(40);
      await nord.line.pass(HOUR_MS, 5_000);
    }
    const waited = nord.sender.waiting();
    expect(waited).toBeGreaterThanOrEqual(8 * 40 * 4);
    expect(nord.contact.state).toMatchObject({ kind: 'away' });
    const tries = nord.line.asked.length;
    expect(tries).toBeLessThan(8 * 125);
    nord.line.down = false;
    await nord.line.pass(65_000);
    expect([nord.sender.waiting(), nord.contact.state]).toEqual([0, { kind: 'linked' }]);
    expect(await hashesAtHeadOffice(chain, nord.register)).toEqual(ownHashes(nord.register));
    const sent = batches(nord).slice(-Math.ceil(waited / 250));
    expect(sent.map(({ entries }) => entries).reduce((sum, entries) => sum + entries, 0)).toBe(waited);
    const pauses = sent.slice(1).map(({ atMs }, index) => atMs - (sent[index]?.atMs ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(50);
  });

  it('that has too much to do, it waits as long as it is told, and loses nothing', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.line.pass(1_000);
    const body = new TextEncoder().encode(JSON.stringify({ code: 'too-many', message: 'too many', retryAfterSeconds: 90 }));
    nord.line.meddle = () => ({ kind: 'answered', response: { status: 429, headers: {}, body } });
    await nord.sell();
    await nord.line.pass(5_000);
    nord.line.meddle = null;
    const tries = nord.line.asked.length;
    await nord.line.pass(84_000, 500);
    expect(nord.line.asked).toHaveLength(tries);
    await nord.line.pass(30_000, 500);
    expect([nord.contact.state, nord.sender.waiting()]).toEqual([{ kind: 'linked' }, 0]);
  });

  it('a line that drops for a moment is nobody’s business', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.line.pass(1_000);
    nord.line.mishaps = ['lost', 'not-sent'];
    await nord.sell();
    await nord.line.pass(2_500);
    expect(nord.contact.state).toEqual({ kind: 'linked' });
    await nord.line.pass(3_000);
    expect(nord.sender.waiting()).toBe(0);
  });
});

describe('head office that was restored from a backup', () => {
  it('is sent what it has forgotten, whatever the register was told before', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.sell(3);
    nord.outbox.confirm(nord.register.journal.head().seq);
    await nord.line.pass(2_000);
    expect(await hashesAtHeadOffice(chain, nord.register)).toEqual(ownHashes(nord.register));
  });

  it('while the register runs is sent everything from where it is now', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.sell(3);
    await nord.line.pass(2_000);
    const { db } = chain.office.store;
    for (const table of ['entries', 'epochs', 'orders', 'order_lines', 'order_tenders', 'unfinished'] as const)
      await db.deleteFrom(table).execute();
    await db
      .updateTable('registers')
      .set({ seq: 0, hash: '0'.repeat(64), epoch: '' })
      .where('store_id', '=', 'nord')
      .execute();
    await nord.sell();
    await nord.line.pass(3_000);
    expect(await hashesAtHeadOffice(chain, nord.register)).toEqual(ownHashes(nord.register));
  });
});

describe('a batch', () => {
  it('that is too large is sent in smaller ones', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    nord.line.meddle = takesAtMost(7);
    await nord.sell(20);
    await nord.line.pass(10_000);
    expect(await hashesAtHeadOffice(chain, nord.register)).toEqual(ownHashes(nord.register));
    expect(batches(nord).length).toBeLessThan(60);
  });

  it('that was changed on its way is sent once, and then a person has to look', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.line.pass(1_000);
    nord.line.meddle = (request) => ({ ...request, body: request.body?.replaceAll('"kari"', '"olga"') ?? '' });
    await nord.sell();
    await nord.line.pass(24 * HOUR_MS, 10_000);
    expect(nord.contact.state).toEqual({ kind: 'halted', code: 'bad-entry' });
    expect(batches(nord)).toHaveLength(2);
    nord.line.meddle = null;
    nord.contact.begin();
    nord.sender.retry();
    await nord.line.pass(2_000);
    expect(nord.contact.state).toEqual({ kind: 'linked' });
    expect(await hashesAtHeadOffice(chain, nord.register)).toEqual(ownHashes(nord.register));
  });

  it('of a register whose key was taken back is not sent again until there is a new one', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.line.pass(1_000);
    await revoke(chain.office, 'nord', '1');
    await nord.sell();
    await nord.line.pass(HOUR_MS, 5_000);
    expect(nord.contact.state).toEqual({ kind: 'halted', code: 'key-revoked' });
    const asked = nord.line.asked.length;
    await nord.line.pass(HOUR_MS, 5_000);
    expect(nord.line.asked).toHaveLength(asked);
    const { body } = await nord.register.call<{ key: string }>('/v1/enrol', {
      code: await makeCode(chain.office, 'nord', '1'),
      software: 'tillit-test',
    });
    nord.register.key = body.key;
    nord.contact.begin();
    nord.sender.retry();
    await nord.line.pass(2_000);
    expect([nord.contact.state, nord.sender.waiting()]).toEqual([{ kind: 'linked' }, 0]);
  });

  it('is not sent at all where head office has another journal under this register’s name', async () => {
    const chain = await newChain();
    const nord = await link(chain);
    await nord.sell();
    await nord.line.pass(2_000);
    nord.sender.stop();
    const other = await link(chain);
    await other.line.pass(2_000);
    expect(other.contact.state).toEqual({ kind: 'halted', code: 'other-entry' });
    expect(batches(other)).toEqual([]);
  });
});

const mishap: fc.Arbitrary<Mishap> = fc.constantFrom('none', 'not-sent', 'lost', 'lost', 'twice');
const step = fc.record({
  sales: fc.nat({ max: 4 }),
  mishaps: fc.array(mishap, { maxLength: 4 }),
  passMs: fc.constantFrom(100, 1_500, 20_000),
});

describe('whatever is lost and repeated on the way', () => {
  it('head office has every journal as its register has it, entry by entry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const chain = await newChain();
        const [nord, syd] = [await link(chain, 'nord'), await link(chain, 'syd')];
        for (const { sales, mishaps, passMs } of steps) {
          for (const each of [nord, syd]) {
            each.line.mishaps.push(...mishaps);
            await each.sell(sales);
          }
          await Promise.all([nord.line.pass(passMs, 250), syd.line.pass(passMs, 250)]);
        }
        for (const each of [nord, syd]) {
          each.line.mishaps = [];
          await each.line.pass(130_000, 500);
          expect(await hashesAtHeadOffice(chain, each.register)).toEqual(ownHashes(each.register));
          expect([each.contact.state, each.sender.waiting()]).toEqual([{ kind: 'linked' }, 0]);
        }
      }),
      { seed: 20_261_121, numRuns: 12 },
    );
  }, 60_000);
});
