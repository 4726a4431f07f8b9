/** Which register has fetched which version whole: noted with its last page, and forgotten when the register has it no more. */
import type { Register } from './office.ts';
import type { Db } from './store/store.ts';

/** A register was given the last page of a version. */
export async function noteFetched(db: Db, { registerNo }: Pick<Register, 'registerNo'>, version: number, atMs: number): Promise<void> {
  await db
    .insertInto('publications_fetched')
    .values({ register_no: registerNo, version, at_ms: atMs })
    .onConflict((conflict) => conflict.columns(['register_no', 'version']).doUpdateSet({ at_ms: atMs }))
    .execute();
}

/** A register has said which versions it has: a folder that was lost has none. */
export async function noteHad(db: Db, { registerNo }: Pick<Register, 'registerNo'>, had: ReadonlySet<number>): Promise<void> {
  const noted = await db.selectFrom('publications_fetched').select('version').where('register_no', '=', registerNo).execute();
  const lost = noted.flatMap(({ version }) => (had.has(version) ? [] : [version]));
  if (lost.length === 0) return;
  await db.deleteFrom('publications_fetched').where('register_no', '=', registerNo).where('version', 'in', lost).execute();
}
