/** A database that an earlier version made, brought up to date. On both databases. */
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { searchOrders } from '../../../server/head-office/orders.ts';
import { indexTables } from '../../../server/head-office/store/index-tables.ts';
import { droppedTables, fetchedTables, publicationTables } from '../../../server/head-office/store/publication-tables.ts';
import { firstTables, MONTHLY, POSTGRES, SQLITE } from '../../../server/head-office/store/schema.ts';
import { openStore } from '../../../server/head-office/store/store.ts';
import { onBothDatabases } from './test-chain.ts';

onBothDatabases((newDatabase, kind) => {
  it('orders that were kept before lines knew their day are found by their articles', async () => {
    const store = await openStore(await newDatabase());
    onTestFinished(() => store.close());
    const { db } = store;
    const run = (text: string) => sql.raw(text).execute(db);
    const dialect = kind === 'sqlite' ? SQLITE : POSTGRES;
    for (const table of MONTHLY) await run(`DROP TABLE ${table}`);
    const isMonthly = (statement: string) =>
      MONTHLY.some((table) => new RegExp(`^CREATE (TABLE ${table} |INDEX \\w+ ON ${table} )`).test(statement));
    for (const statement of firstTables(dialect).filter(isMonthly)) await run(statement);
    if (kind === 'postgres')
      for (const table of MONTHLY) await run(`CREATE TABLE ${table}_2611 PARTITION OF ${table} FOR VALUES IN (2611)`);
    await run("INSERT INTO stores (store_id, name, currency) VALUES ('nord', 'Nord', 'NOK')");
    await run("INSERT INTO entries VALUES (2611, 1, 'abcd', 7, 'h', 5, 'sale.opened', 'x')");
    await run("INSERT INTO payments VALUES (2611, 'r-1', 'nord', 1, 100, 100, 5, 'NOK', '', 2611, 'o-1')");
    await run("INSERT INTO orders VALUES (2611, 'o-1', 'nord', '1', 1, 's', 3, 5000, '2026-11-21', 100, 'kari')");
    await run(`INSERT INTO order_lines (month, order_id, line_no, article_number, name, unit, quantity_milli, unit_price_ore, net_ore, vat_basis_points)
      VALUES (2611, 'o-1', 1, '42', 'Vare', 'stk', 1000, 100, 100, 2500)`);
    for (const statement of indexTables(dialect)) await run(statement);

    const season = { fromDate: '2026-11-01', toDate: '2026-11-30' };
    for (const request of [
      { by: 'article', article: '42', ...season, storeId: 'nord' },
      { by: 'reference', reference: 'r-1' },
    ] as const) {
      expect((await searchOrders(db, request)).orders.map(({ orderId }) => orderId)).toEqual(['o-1']);
    }
    expect(await db.selectFrom('entries').selectAll().execute()).toMatchObject([{ month: 2611, register_no: 1, seq: 7, body: 'x' }]);
  });

  it('versions that were published before articles could be dropped keep their kinds, pages and registers', async () => {
    const store = await openStore(await newDatabase());
    onTestFinished(() => store.close());
    const { db } = store;
    const run = (text: string) => sql.raw(text).execute(db);
    const dialect = kind === 'sqlite' ? SQLITE : POSTGRES;
    for (const table of ['publications_fetched', 'publication_pages', 'publication_stores', 'publications'])
      await run(`DROP TABLE ${table}`);
    for (const statement of [...publicationTables(dialect), ...fetchedTables(dialect)]) await run(statement);
    await run("INSERT INTO stores (store_id, name, currency) VALUES ('nord', 'Nord', 'NOK')");
    await run("INSERT INTO registers (store_id, register_id, epoch, seq, hash) VALUES ('nord', '1', 'abcd', 0, 'h')");
    const version = (no: number, what: string) =>
      `INSERT INTO publications (version, kind, name, all_stores, published_ms, published_by, row_count, page_count, sha256)
        VALUES (${no}, '${what}', 'fil.csv', 1, 5, 'kari', 1, 1, 'x')`;
    for (const [index, what] of ['catalogue', 'prices', 'operators'].entries()) await run(version(index + 1, what));
    await run('UPDATE publications SET covered_by = 2, covered_ms = 7 WHERE version = 1');
    await run("INSERT INTO publication_pages VALUES (2, 1, '[]')");
    await run('INSERT INTO publications_fetched SELECT register_no, 2, 6 FROM registers');
    for (const statement of droppedTables()) await run(statement);

    await run(version(4, 'dropped'));
    await expect(run(version(5, 'of-later'))).rejects.toThrow();
    await expect(run('DELETE FROM publications WHERE version = 2')).rejects.toThrow();
    const kept = await db.selectFrom('publications').select(['version', 'kind', 'covered_by']).orderBy('version').execute();
    expect(kept.map(({ version, kind, covered_by }) => [version, kind, covered_by])).toEqual([
      [1, 'catalogue', 2],
      [2, 'prices', null],
      [3, 'operators', null],
      [4, 'dropped', null],
    ]);
    expect(await db.selectFrom('publication_pages').selectAll().execute()).toEqual([{ version: 2, page_no: 1, body: '[]' }]);
  });
});
