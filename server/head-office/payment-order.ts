/** A payment, as the provider must be told of it again: exactly as its register planned it. */
import { monthOfReference } from '../../app/refund/names.ts';
import type { RefundProvider } from './providers.ts';
import type { Db, Tx } from './store/store.ts';

type PaymentOrder = Parameters<RefundProvider['refund']>[0];

export async function paymentOf(
  db: Db | Tx,
  storeId: string,
  reference: string,
): Promise<{ readonly order: PaymentOrder; readonly capturedMs: number } | null> {
  const month = monthOfReference(reference);
  let query = db
    .selectFrom('payments')
    .select(['order_amount_ore', 'currency', 'text', 'captured_ms'])
    .where('reference', '=', reference)
    .where('store_id', '=', storeId);
  if (month !== null) query = query.where('month', '=', month);
  const row = await query.executeTakeFirst();
  if (row === undefined) return null;
  const currency = row.currency as PaymentOrder['currency'];
  return { order: { reference, amountOre: row.order_amount_ore, currency, text: row.text }, capturedMs: row.captured_ms };
}
