/** What the provider tells head office, passed on to the register that waits, in whichever process it waits. On both databases. */
import { describe, expect, it } from 'vitest';
import { rotateVault } from '../../../server/head-office/chain.ts';
import { createVault, newVaultKey } from '../../../server/head-office/vault.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';
import type { TestRegister } from './test-register.ts';

const STORES = [
  { storeId: 'nord', msn: '100001', api: 'epayment' },
  { storeId: 'syd', msn: '100002', api: 'epayment' },
  { storeId: 'vest', msn: '100003' },
] as const;

const GOODS = [{ articleNumber: '1', priceOre: 10_000 }];

const waits = async (register: TestRegister, url?: string) =>
  (await register.call<{ references: readonly string[] }>('/v1/events/wait', {}, url)).body.references;

/** A webhook's signed date is the real one, so head office must judge by a real clock. */
async function aChain(address: Parameters<typeof startChain>[0]) {
  const chain = await startChain(address, STORES);
  chain.clock.atMs = Date.now();
  const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
  return { chain, nord, syd };
}

const delivered = ({ sandbox }: TestChain, count: number) =>
  expect
    .poll(() => sandbox.control.deliveries().filter(({ status }) => status !== null).length, { timeout: 20_000 })
    .toBeGreaterThanOrEqual(count);

onBothDatabases((newDatabase, kind) => {
  describe('a register that waits', () => {
    it('hears of its own payment as soon as the provider tells, in whichever process it waits', async () => {
      const { chain, nord, syd } = await aChain(await newDatabase());
      const elsewhere = kind === 'postgres' ? (await chain.beside()).server.url : chain.server.url;
      expect(await chain.server.keepWebhooks(chain.server.url)).toBe(true);
      const waiting = waits(nord, elsewhere);
      const sold = await nord.sell(GOODS);
      expect(await waiting).toEqual([sold.reference]);
      await delivered(chain, 2);
      const other = await syd.sell(GOODS);
      await delivered(chain, 4);
      // What came while nobody waited is told to the next who does; another store's never is.
      expect(await waits(syd)).toEqual([other.reference]);
    });

    it('is not told what somebody forged, and twice is no more than once', async () => {
      const { chain, nord } = await aChain(await newDatabase());
      await chain.server.keepWebhooks(chain.server.url);
      chain.sandbox.control.addFault({ kind: 'forged' });
      const forged = await nord.sell(GOODS);
      const answersTo = (reference: string | null) =>
        chain.sandbox.control.deliveries().flatMap((one) => (one.reference === reference ? [one.status] : []));
      await expect.poll(() => answersTo(forged.reference), { timeout: 20_000 }).toContain(401);
      chain.sandbox.control.addFault({ kind: 'duplicate' });
      const sold = await nord.sell(GOODS);
      await expect.poll(() => answersTo(sold.reference), { timeout: 20_000 }).toEqual([200, 200, 200]);
      expect(await waits(nord)).toEqual([sold.reference]);
      const unsigned = await fetch(`${chain.server.url}/hooks/unit-100001`, {
        method: 'POST',
        body: JSON.stringify({ reference: sold.reference }),
      });
      expect(unsigned.status).toBe(401);
      expect((await fetch(`${chain.server.url}/hooks/no-such-unit`, { method: 'POST', body: '{}' })).status).toBe(401);
    });
  });

  describe('the registrations', () => {
    it('are made once for each unit that uses ePayment, and anew when the provider has dropped one', async () => {
      const { chain } = await aChain(await newDatabase());
      const { db } = chain.office.store;
      expect(await chain.server.keepWebhooks(chain.server.url)).toBe(true);
      const first = await db.selectFrom('webhooks').selectAll().orderBy('unit_id').execute();
      expect(first.map(({ unit_id, url }) => [unit_id, url])).toEqual([
        ['unit-100001', `${chain.server.url}/hooks/unit-100001`],
        ['unit-100002', `${chain.server.url}/hooks/unit-100002`],
      ]);
      expect(await chain.server.keepWebhooks(chain.server.url)).toBe(true);
      expect(await db.selectFrom('webhooks').selectAll().orderBy('unit_id').execute()).toEqual(first);
      // Its secret is lost with it, so the provider's one is of no use, and is taken away.
      await db.deleteFrom('webhooks').where('unit_id', '=', 'unit-100001').execute();
      expect(await chain.server.keepWebhooks(chain.server.url)).toBe(true);
      const again = await db.selectFrom('webhooks').selectAll().orderBy('unit_id').execute();
      expect(again).toHaveLength(2);
      expect(again[0]?.webhook_id).not.toBe(first[0]?.webhook_id);
      expect(again[1]).toEqual(first[1]);
    });

    it('have their secrets sealed, and sealed anew with the others', async () => {
      const { chain } = await aChain(await newDatabase());
      await chain.server.keepWebhooks(chain.server.url);
      const { db } = chain.office.store;
      const before = await db.selectFrom('webhooks').select('sealed').execute();
      const fresh = createVault([newVaultKey()]);
      await expect(rotateVault({ ...chain.office, vault: () => fresh })).rejects.toThrow('which head office was not given');
      expect(await rotateVault(chain.office)).toBe(3);
      const after = await db.selectFrom('webhooks').selectAll().execute();
      expect(after.map(({ sealed }) => sealed)).not.toEqual(before.map(({ sealed }) => sealed));
      for (const { sealed, key_id, unit_id } of after) {
        expect(chain.office.vault().openText(sealed, key_id, `webhook of ${unit_id}`)).toMatch(/^\S{10,}$/);
      }
    });

    it('that the provider will not make are tried again, and nothing else is held up', async () => {
      const { chain, nord } = await aChain(await newDatabase());
      chain.sandbox.control.addFault({ kind: 'server-error', route: 'webhooks' });
      expect(await chain.server.keepWebhooks(chain.server.url)).toBe(false);
      expect((await nord.call('/v1/register')).status).toBe(200);
      expect(await chain.server.keepWebhooks(chain.server.url)).toBe(true);
    });
  });
});
