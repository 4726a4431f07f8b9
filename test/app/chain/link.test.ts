import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChainOutcome } from '../../../app/chain/call.ts';
import { type ChainClient, createChainClient } from '../../../app/chain/client.ts';
import { Contact } from '../../../app/chain/contact.ts';
import { type ChainLink, openChainLink } from '../../../app/chain/link.ts';
import { createListener } from '../../../app/chain/listener.ts';
import type { Membership, MembershipMemory } from '../../../app/chain/membership.ts';
import { openOutbox } from '../../../app/journal/outbox.ts';
import type { GivenUp } from '../../../app/till/ports.ts';
import { nodeRandom } from '../../../hardware/crypto/random.ts';
import { makeCode } from '../../../server/head-office/registers.ts';
import type { TestRegister } from '../../server/head-office/test-register.ts';
import { VirtualTime } from '../../simulation/virtual-time.ts';
import { Line, newChain } from './linked-register.ts';

const DAY_MS = 86_400_000;
const quiet = { write: () => undefined };

type Wait = ChainOutcome<readonly string[]>;

/** A head office that answers each wait when the test says so. */
function waits() {
  const open: { readonly answer: (outcome: Wait) => void; readonly givenUp: GivenUp }[] = [];
  let most = 0;
  return {
    client: {
      waitForEvents: (givenUp: GivenUp) =>
        new Promise<Wait>((resolve) => {
          const one = {
            givenUp,
            answer(outcome: Wait): void {
              if (open.includes(one)) open.splice(open.indexOf(one), 1);
              resolve(outcome);
            },
          };
          open.push(one);
          most = Math.max(most, open.length);
          givenUp.onGivenUp(() => one.answer({ kind: 'unreachable', sent: 'perhaps', reason: 'given up' }));
        }),
    },
    get open() {
      return open.length;
    },
    get most() {
      return most;
    },
    answer: (outcome: Wait) => open[0]?.answer(outcome),
  };
}

function listening() {
  const time = new VirtualTime();
  const head = waits();
  const heard: string[] = [];
  const contact = new Contact(time.clock, true, () => undefined);
  const listener = createListener({
    client: head.client,
    heard: (reference) => {
      heard.push(reference);
      if (reference === 'odd') throw new Error('what follows from it failed');
    },
    contact,
    timers: time,
    random: nodeRandom,
    log: quiet,
  });
  return { time, head, heard, contact, listener };
}

const tells = (...references: string[]): Wait => ({ kind: 'ok', value: references });
const away: Wait = { kind: 'unreachable', sent: 'no', reason: 'refused' };

describe('the wait for events', () => {
  it('passes each hint on and waits again at once, one wait at a time', async () => {
    const { time, head, heard } = listening();
    await time.pass(0);
    for (const answer of [tells('a'), tells('a', 'b'), tells('odd', 'c')]) {
      head.answer(answer);
      await time.pass(0);
    }
    expect(heard).toEqual(['a', 'a', 'b', 'odd', 'c']);
    head.answer(tells());
    await time.pass(1_000);
    expect([head.open, head.most]).toEqual([1, 1]);
  });

  it('comes back after a line that was cut, the sooner the shorter it was', async () => {
    const { time, head, contact } = listening();
    await time.pass(0);
    head.answer(tells());
    await time.pass(1_000);
    for (let minute = 0; minute < 10; minute += 1) {
      head.answer(away);
      await time.pass(30_000);
      expect(head.open).toBe(1);
    }
    expect(contact.state).toMatchObject({ kind: 'away' });
    head.answer(tells('a'));
    await time.pass(0);
    expect([contact.state, head.open, head.most]).toEqual([{ kind: 'linked' }, 1, 1]);
  });

  it('ends with a key that was taken back, and begins again with a new one', async () => {
    const { time, head, contact, listener } = listening();
    await time.pass(0);
    head.answer({ kind: 'refused', code: 'key-revoked', message: '', confirmedSeq: null, retryAfterMs: null });
    await time.pass(DAY_MS);
    expect([head.open, contact.state]).toEqual([0, { kind: 'halted', code: 'key-revoked' }]);
    contact.begin();
    listener.retry();
    await time.pass(0);
    expect(head.open).toBe(1);
  });

  it('that a machine had open before it slept is given up for a new one', async () => {
    const { time, head, contact, listener } = listening();
    await time.pass(0);
    listener.wake();
    await time.pass(0);
    expect([head.open, head.most, contact.state]).toEqual([1, 1, { kind: 'asking' }]);
  });

  it('is given up when the register stops', async () => {
    const { time, head, listener } = listening();
    await time.pass(0);
    listener.stop();
    await time.pass(DAY_MS);
    expect(head.open).toBe(0);
  });
});

function memoryOf(membership: Membership): MembershipMemory & { readonly keys: string[] } {
  let kept = membership;
  const listeners = new Set<() => void>();
  const keys = [membership.key];
  return {
    keys,
    read: () => kept,
    write(next) {
      kept = next;
      keys.push(next.key);
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

interface Linked {
  readonly link: ChainLink;
  readonly memory: ReturnType<typeof memoryOf>;
  readonly line: Line;
  readonly client: ChainClient;
}

function linkOf(register: TestRegister, time: VirtualTime): Linked {
  const memory = memoryOf({
    address: register.url,
    key: register.key,
    keyMadeAtMs: time.clock.nowMs(),
    storeId: register.storeId,
    registerId: register.registerId,
    storeName: 'Butikken',
  });
  const line = new Line(time);
  const options = { address: register.url, key: () => memory.read()?.key ?? null, send: line.send, clock: time.clock };
  const real = createChainClient(options, { desk: (isAnswered) => link.told(isAnswered) });
  const client: ChainClient = { ...real, waitForEvents: waits().client.waitForEvents };
  const link: ChainLink = openChainLink({
    address: register.url,
    client,
    memory,
    read: (fromSeq, most) => register.entries(fromSeq, most),
    headSeq: () => register.journal.head().seq,
    outbox: openOutbox(register.database, 'head-office'),
    heard: () => undefined,
    changed: () => undefined,
    clock: time.clock,
    timers: time,
    random: nodeRandom,
    log: quiet,
  });
  onTestFinished(() => link.stop());
  return { link, memory, line, client };
}

describe('the key of a register', () => {
  it('is changed every month, and a lost answer locks nobody out', async () => {
    const chain = await newChain();
    const time = new VirtualTime();
    const nord = await chain.register('nord');
    const { link, memory, line, client } = linkOf(nord, time);
    await line.pass(29 * DAY_MS, 3_600_000);
    expect(memory.keys).toHaveLength(1);
    const losing = line.asked.length;
    line.mishaps = ['lost'];
    await line.pass(DAY_MS + 1_800_000, 3_600_000);
    expect(line.asked.slice(losing).map(({ path }) => path)).toEqual(['/v1/key']);
    expect([memory.keys.length, link.status().state]).toEqual([1, { kind: 'linked' }]);
    await line.pass(2 * 3_600_000, 3_600_000);
    expect(memory.keys).toHaveLength(2);
    expect(await client.whoAmI()).toMatchObject({ kind: 'ok' });
    expect(await nord.call('/v1/register')).toMatchObject({ status: 401 });
    expect(link.status().state).toEqual({ kind: 'linked' });
  });

  it('that is new, from another code, is used at once where the old one was taken back', async () => {
    const chain = await newChain();
    const time = new VirtualTime();
    const nord = await chain.register('nord');
    const { link, memory, line } = linkOf(nord, time);
    await line.pass(1_000);
    const code = await makeCode(chain.office, 'nord', '1');
    const { body } = await nord.call<{ key: string }>('/v1/enrol', { code, software: 'tillit-test' });
    await nord.sell([{ articleNumber: '1', priceOre: 500 }], 'none');
    link.poke();
    await line.pass(2_000);
    expect(link.status()).toMatchObject({ state: { kind: 'halted', code: 'key-revoked' } });
    const before = memory.read();
    if (before !== null) memory.write({ ...before, key: body.key });
    await line.pass(2_000);
    expect(link.status()).toMatchObject({ state: { kind: 'linked' }, waiting: 0 });
  });
});

describe('a head office that falls silent', () => {
  const search = { by: 'date', date: '2026-11-21' } as const;

  it('is away as soon as somebody at the counter was not answered, and there again as soon as it answers', async () => {
    const chain = await newChain();
    const { link, line, client } = linkOf(await chain.register('nord'), new VirtualTime());
    await line.pass(2_000);
    expect(link.status().state).toEqual({ kind: 'linked' });
    line.mishaps = ['lost', 'not-sent', 'not-sent'];
    const asked = line.asked.length;
    await client.search(search);
    expect(link.status().state).toMatchObject({ kind: 'away' });
    await line.pass(10_000);
    expect(link.status().state).toEqual({ kind: 'linked' });
    // The search, two tries that came to nothing, and the one that was answered: nothing is asked beyond that.
    expect(line.asked.slice(asked).map(({ path }) => path)).toEqual(['/v1/orders/search', ...Array(3).fill('/v1/register')]);
  });

  it('is there again with the first answer that somebody gets', async () => {
    const chain = await newChain();
    const { link, line, client } = linkOf(await chain.register('nord'), new VirtualTime());
    await line.pass(2_000);
    line.down = true;
    await client.search(search);
    await line.pass(60_000);
    expect(link.status().state).toMatchObject({ kind: 'away' });
    line.down = false;
    await client.search(search);
    expect(link.status().state).toEqual({ kind: 'linked' });
  });
});
