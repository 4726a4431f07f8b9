/** A database that an earlier version made, brought up to date. On both databases. */
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { searchOrders } from '../../../server/head-office/orders.ts';
import { indexTables } from '../../../server/head-office/store/index-tables.ts';
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
});
