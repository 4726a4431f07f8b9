/** What becomes of a store that closes. */
import type { Dialect } from './schema.ts';

/** Another migration, as those in `schema.ts`: a closed store may be refunded for until a day. */
export function closureTables({ integer: int }: Dialect): readonly string[] {
  return [`ALTER TABLE stores ADD COLUMN refunds_until_ms ${int}`];
}
