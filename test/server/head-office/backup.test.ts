/** Backups of head office, and what comes back to one that was restored from them. */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../../server/head-office/commands.ts';
import { Said } from '../../../server/head-office/options.ts';
import { startServer } from '../../../server/head-office/server.ts';
import { openStore } from '../../../server/head-office/store/store.ts';
import { asks, atProvider, confirms, orderOf, refunds, stateOf, TWO_STORES, wish } from './refund-wishes.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';

const THREE = [{ articleNumber: '1', priceOre: 10_000, quantityMilli: 3_000 }];
const backUp = ({ office }: TestChain, file: string) => runCommand(office, new Said('backup', { 'to-file': file }));

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'copy.db');
}

onBothDatabases((newDatabase, kind) => {
  /** Head office as it was when the copy was made, on another machine. */
  async function restored({ office }: TestChain, file: string) {
    const store = await openStore({ file });
    const server = await startServer({ ...office, store }, { port: 0, host: '127.0.0.1', tls: null, sweeps: false });
    onTestFinished(async () => {
      await server.close();
      await store.close();
    });
    return { store, server };
  }

  if (kind === 'postgres') {
    it('PostgreSQL is backed up by its own program, and the command says so', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      await expect(backUp(chain, aFile())).rejects.toThrow('The database is PostgreSQL: back it up with pg_dump');
    });
    return;
  }

  describe('a backup', () => {
    it('is whole while registers go on reporting, and nobody else may read it', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const nord = await chain.register('nord');
      const sold = await nord.sell(THREE);
      await nord.report();
      const file = aFile();
      expect(await backUp(chain, file)).toContain('is a whole copy of the database');
      await nord.sell(THREE);
      await nord.report();
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(existsSync(`${file}.part`)).toBe(false);
      const { store } = await restored(chain, file);
      expect(await store.db.selectFrom('orders').select('order_id').execute()).toEqual([{ order_id: sold.orderId }]);
    });

    it('never overwrites a file, and leaves nothing behind where it cannot be written', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const file = aFile();
      writeFileSync(file, 'last year');
      await expect(backUp(chain, file)).rejects.toThrow('is there already, and is not overwritten');
      expect(existsSync(`${file}.part`)).toBe(false);
      await expect(backUp(chain, join(file, '..', 'nowhere', 'copy.db'))).rejects.toThrow('The folder of');
      writeFileSync(`${file}.part`, '');
      await expect(backUp(chain, `${file}`)).rejects.toThrow('another backup is being written');
      expect(existsSync(`${file}.part`)).toBe(true);
    });
  });

  describe('a head office that was restored from an older backup', () => {
    it('gets back from the registers what it lost, and gives nobody money twice', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const [first, second] = [await nord.sell(THREE), await nord.sell(THREE)];
      await nord.report();
      const held = wish(syd, first.orderId);
      await asks(syd, held);
      const file = aFile();
      await backUp(chain, file);
      // Since the copy: one that was held is confirmed, another one is asked for and made, and nord sells more.
      await confirms(syd, held.refundId);
      const made = wish(syd, second.orderId, [[1, 3_000]]);
      expect(await refunds(syd, made)).toMatchObject({ state: 'done' });
      syd.takeBack(held.refundId, first, { quantityMilli: 1_000, amountOre: 10_000, way: 'vipps' });
      syd.takeBack(made.refundId, second, { quantityMilli: 3_000, amountOre: 30_000, way: 'vipps' });
      const third = await nord.sell(THREE);
      await nord.report();
      await syd.report();

      const { store, server } = await restored(chain, file);
      for (const register of [nord, syd]) {
        register.url = server.url;
        const all = await register.call<{ code: string; confirmedSeq: number }>('/v1/journal', { entries: register.entries().slice(-1) });
        expect(all).toMatchObject({ status: 409, body: { code: 'gap' } });
        await register.report();
      }
      await server.sweep();
      expect(await stateOf(syd, held.refundId)).toMatchObject({ state: 'done', parts: [{ kind: 'vipps', state: 'done' }] });
      expect((await orderOf(syd, first.orderId)).lines).toMatchObject([{ returnedMilli: 1_000, reservedMilli: 0 }]);
      expect((await asks(syd, wish(syd, second.orderId))).body).toMatchObject({ state: 'refused', code: 'nothing-left' });
      expect((await orderOf(syd, third.orderId)).lines).toMatchObject([{ returnedMilli: 0 }]);
      expect([atProvider(chain, first), atProvider(chain, second)]).toEqual([
        { refundedOre: 10_000, refunds: 1 },
        { refundedOre: 30_000, refunds: 1 },
      ]);
      // It has forgotten that it was asked, and says so: somebody looks whether that is why.
      expect(await store.db.selectFrom('alarms').select('what').execute()).toEqual([{ what: 'return.not-asked' }]);
    });

    it('asked to confirm one that it has forgotten and that was paid, pays it no second time', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const sold = await nord.sell(THREE);
      await nord.report();
      const file = aFile();
      await backUp(chain, file);
      const asked = wish(syd, sold.orderId);
      await refunds(syd, asked);
      const { server } = await restored(chain, file);
      syd.url = server.url;
      expect(await refunds(syd, asked)).toMatchObject({ state: 'done' });
      expect(atProvider(chain, sold)).toEqual({ refundedOre: 10_000, refunds: 1 });
    });
  });
});
