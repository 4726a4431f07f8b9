import { describe, expect, it, onTestFinished } from 'vitest';
import { createChainClient } from '../../../app/chain/client.ts';
import { takeBackLost } from '../../../app/chain/restore.ts';
import { verifyJournal } from '../../../app/journal/verify.ts';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import type { TestChain } from '../../server/head-office/test-chain.ts';
import { signingKey, type TestRegister } from '../../server/head-office/test-register.ts';
import { VirtualTime } from '../../simulation/virtual-time.ts';
import { hashesAtHeadOffice, Line, newChain, ownHashes } from './linked-register.ts';

const ONE = [{ articleNumber: '1', priceOre: 500 }];

async function sells(register: TestRegister, times: number): Promise<void> {
  for (let sold = 0; sold < times; sold += 1) await register.sell(ONE, 'none');
}

function start(register: TestRegister, line = new Line(new VirtualTime())) {
  const client = createChainClient({ address: register.url, key: () => register.key, send: line.send, clock: { nowMs: () => 0 } });
  return takeBackLost({ client, journal: register.journal, log: { write: () => undefined } });
}

const alarms = async ({ office }: TestChain) =>
  (await office.store.db.selectFrom('alarms').select('what').execute()).map(({ what }) => what);

function verifies({ file }: TestRegister): unknown {
  const database = openDatabase(file, { readOnly: true });
  onTestFinished(() => database.close());
  return verifyJournal({ database, hasher: nodeHasher, signer: signingKey() });
}

describe('a register that was put back from a backup', () => {
  it('gets back from head office what it lost, as it was written, and goes on in an epoch of its own', async () => {
    const chain = await newChain();
    const nord = await chain.register('nord');
    await sells(nord, 2);
    await nord.report();
    const restored = await nord.backup();
    await sells(nord, 3);
    await nord.report();
    const before = ownHashes(nord);

    const recovery = await start(restored);
    expect(recovery).toMatchObject({ kind: 'taken-back', entries: before.length - 1 - 2 * 4 });
    expect(ownHashes(restored).slice(0, -1)).toEqual(before);
    const last = restored.entries(before.length + 1)[0];
    expect(last).toMatchObject({ type: 'register.epoch-started', epoch: restored.journal.epoch, payload: { why: 'restore' } });
    expect(restored.journal.epoch).not.toBe(nord.journal.epoch);
    expect(verifies(restored)).toMatchObject({ ok: true });

    await sells(restored, 1);
    await restored.report();
    expect(await hashesAtHeadOffice(chain, restored)).toEqual(ownHashes(restored));
    expect(await alarms(chain)).toEqual([]);
  });

  it('counts receipts and signatures on from what it got back', async () => {
    const chain = await newChain();
    const nord = await chain.register('nord');
    await nord.report();
    const restored = await nord.backup();
    await sells(nord, 3);
    await nord.report();
    await start(restored);
    await sells(restored, 1);
    const [sold] = restored.entries().filter(({ type, epoch }) => type === 'sale.completed' && epoch === restored.journal.epoch);
    expect(sold).toMatchObject({ document: { series: 'sale', number: 4 }, transaction: { number: 4 } });
    expect(verifies(restored)).toMatchObject({ ok: true });
  });

  it('to a machine whose clock is behind begins its epoch before it says so, and head office follows', async () => {
    const chain = await newChain();
    const nord = await chain.register('nord');
    await nord.report();
    const restored = await nord.backup();
    await sells(nord, 1);
    await nord.report();
    chain.clock.atMs -= 3_600_000;
    // Head office's own clock went back with it: one that starts now has not noticed.
    restored.url = (await chain.beside()).server.url;
    await start(restored);
    expect(
      restored
        .entries()
        .slice(-2)
        .map(({ type }) => type),
    ).toEqual(['register.epoch-started', 'register.clock-went-back']);
    await restored.report();
    expect(await hashesAtHeadOffice(chain, restored)).toEqual(ownHashes(restored));
  });

  it('takes nothing back by halves: when the line breaks in between, the next start does all of it', async () => {
    const chain = await newChain();
    const nord = await chain.register('nord');
    await nord.report();
    const restored = await nord.backup();
    await sells(nord, 2);
    await nord.report();
    const line = new Line(new VirtualTime());
    line.mishaps = ['none', 'lost'];
    expect(await start(restored, line)).toEqual({ kind: 'nothing' });
    expect(restored.entries()).toHaveLength(1);
    expect(await start(restored, line)).toMatchObject({ kind: 'taken-back' });
    expect(ownHashes(restored).slice(0, -1)).toEqual(ownHashes(nord));
  });

  it('that has sold before head office was reached takes nothing back: the two have parted', async () => {
    const chain = await newChain();
    const nord = await chain.register('nord');
    await nord.report();
    const restored = await nord.backup();
    await sells(nord, 3);
    await nord.report();
    await restored.sell([{ articleNumber: '2', priceOre: 700 }], 'none');
    const own = ownHashes(restored);
    expect(await start(restored)).toEqual({ kind: 'parted' });
    expect(ownHashes(restored)).toEqual(own);
  });
});

describe('any other start', () => {
  it('changes nothing, with head office or without', async () => {
    const chain = await newChain();
    const nord = await chain.register('nord');
    await sells(nord, 2);
    await nord.report();
    await sells(nord, 1);
    const own = ownHashes(nord);
    expect(await start(nord)).toEqual({ kind: 'nothing' });
    const line = new Line(new VirtualTime());
    line.down = true;
    expect(await start(nord, line)).toEqual({ kind: 'nothing' });
    nord.key = '';
    expect(await start(nord)).toEqual({ kind: 'nothing' });
    expect(ownHashes(nord)).toEqual(own);
  });
});
