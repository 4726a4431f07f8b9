/** What a register has begun and not finished, from one batch of its journal to the next: one statement each way. */
import { sql } from 'kysely';
import type { concerned, IndexStep, Unfinished } from '../../app/refund/order-index.ts';
import type { Tx } from './store/store.ts';

export async function loadUnfinished(
  tx: Tx,
  registerNo: number,
  { saleIds, paymentIds }: ReturnType<typeof concerned>,
): Promise<Unfinished> {
  const ids = [...saleIds, ...paymentIds];
  if (ids.length === 0) return { sales: new Map(), payments: new Map() };
  const rows = await tx
    .selectFrom('unfinished')
    .select(['kind', 'id', 'state'])
    .where('register_no', '=', registerNo)
    .where('id', 'in', ids)
    .execute();
  const of = (wanted: string) =>
    new Map(rows.filter(({ kind }) => kind === wanted).map(({ id, state }) => [id, JSON.parse(state) as never]));
  return { sales: of('sale'), payments: of('payment') };
}

export async function keepUnfinished(tx: Tx, registerNo: number, before: Unfinished, { sales, payments }: IndexStep): Promise<void> {
  const changes = [
    ...[...sales].map(([id, state]) => ({ kind: 'sale', id, state, isKept: before.sales.has(id) })),
    ...[...payments].map(([id, state]) => ({ kind: 'payment', id, state, isKept: before.payments.has(id) })),
  ];
  // Most begin and end within one batch, and were never kept.
  const over = changes.filter(({ state, isKept }) => state === null && isKept);
  const open = changes.filter(({ state }) => state !== null);
  if (over.length > 0) {
    await tx
      .deleteFrom('unfinished')
      .where('register_no', '=', registerNo)
      .where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('kind', 'id'),
          'in',
          over.map(({ kind, id }) => tuple(kind, id)),
        ),
      )
      .execute();
  }
  if (open.length === 0) return;
  await tx
    .insertInto('unfinished')
    .values(open.map(({ kind, id, state }) => ({ register_no: registerNo, kind, id, state: JSON.stringify(state) })))
    .onConflict((conflict) => conflict.columns(['register_no', 'kind', 'id']).doUpdateSet({ state: sql`excluded.state` }))
    .execute();
}
