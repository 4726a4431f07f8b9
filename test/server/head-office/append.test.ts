/** Many rows written at once, as they are for a batch of a journal. On both databases. */
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../../server/head-office/store/store.ts';
import { onBothDatabases } from './test-chain.ts';

const entry = (seq: number, body = 'x') => ({
  month: 2611,
  register_no: 1,
  epoch: 'abcd',
  seq,
  hash: 'h',
  at_ms: 1_795_254_000_000,
  type: 'sale.opened',
  body,
});

onBothDatabases((newDatabase) => {
  async function anEmptyStore(): Promise<Store> {
    const store = await openStore(await newDatabase());
    onTestFinished(() => store.close());
    await store.ensureMonths([2611]);
    return store;
  }
  const append = ({ db, append: write }: Store, rows: readonly ReturnType<typeof entry>[]) =>
    db.transaction().execute((tx) => write(tx, 'entries', rows));
  const kept = ({ db }: Store) => db.selectFrom('entries').selectAll().orderBy('seq').execute();

  describe('rows', () => {
    it('come back as they were written, whatever characters and numbers are in them', async () => {
      const store = await anEmptyStore();
      // PostgreSQL keeps no NUL in a text, and a journal's text has it escaped.
      const text = fc.string({ unit: 'binary' }).map((any) => any.replaceAll('\0', ''));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(text, fc.maxSafeInteger()), { maxLength: 8 }), async (some) => {
          await store.db.deleteFrom('entries').execute();
          const rows = some.map(([body, atMs], index) => ({ ...entry(index + 1, body), at_ms: atMs }));
          await append(store, rows);
          expect(await kept(store)).toEqual(rows);
        }),
        { numRuns: 40, seed: 20_261_121 },
      );
    });

    it('with nothing in a column come back with nothing', async () => {
      const store = await anEmptyStore();
      const payment = { order_amount_ore: 1, captured_ore: -1, captured_ms: 0, currency: 'NOK', text: '' };
      const row = { month: 2611, reference: 'r', store_id: 's', register_no: 1, ...payment, order_month: null, order_id: null };
      await store.db.transaction().execute((tx) => store.append(tx, 'payments', [row]));
      expect(await store.db.selectFrom('payments').selectAll().execute()).toEqual([row]);
    });

    it('of which one is there already are none of them written, and the next ones are', async () => {
      const store = await anEmptyStore();
      await append(store, [entry(1), entry(2)]);
      await expect(append(store, [entry(3), entry(2)])).rejects.toThrow(/unique/i);
      await expect(append(store, [{ ...entry(3), at_ms: 1.5 }])).rejects.toThrow();
      await append(store, [entry(3)]);
      expect((await kept(store)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    });
  });

  describe('while something is being written', () => {
    it('a question is answered with what is committed, and another may write too', async () => {
      const store = await anEmptyStore();
      await append(store, [entry(1)]);
      const { other } = await store.db.transaction().execute(async (tx) => {
        await store.append(tx, 'entries', [entry(2)]);
        expect((await kept(store)).map(({ seq }) => seq)).toEqual([1]);
        // In a box, so that nobody waits for it here.
        return { other: append(store, [entry(3)]) };
      });
      await other;
      expect((await kept(store)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    });

    it('what fails leaves nothing behind, and the next one has its turn', async () => {
      const store = await anEmptyStore();
      const failing = store.db.transaction().execute(async (tx) => {
        await store.append(tx, 'entries', [entry(1)]);
        throw new Error('the line was cut');
      });
      const next = append(store, [entry(2)]);
      await expect(failing).rejects.toThrow('the line was cut');
      await next;
      await store.db
        .insertInto('stores')
        .values({ store_id: 'nord', name: 'Nord', unit_id: null, currency: 'NOK', closed_ms: null })
        .execute();
      expect((await kept(store)).map(({ seq }) => seq)).toEqual([2]);
    });
  });
});
