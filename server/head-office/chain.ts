/** What a person at head office sets up: sales units and their keys, stores, registers' limits. */
import { isSafeProviderAddress } from '../../app/refund/contract.ts';
import { STORE_ID } from '../../app/refund/names.ts';
import { writeAudit } from './audit.ts';
import type { Office } from './office.ts';
import { byHeadOffice, ChainError } from './registers.ts';
import type { Credentials } from './vault.ts';
import { ownerOf } from './webhooks.ts';

export interface UnitWish {
  readonly unitId: string;
  readonly name: string;
  readonly way: 'partner' | 'store' | 'shared';
  readonly msn: string;
  readonly api: 'ecom' | 'epayment';
  readonly baseUrl: string;
  /** One id for all units that the same keys speak for (partner keys); without it the unit's own. */
  readonly credentialId?: string;
  /** `null`: keys that are here already, under that id. */
  readonly credentials: Credentials | null;
}

const ID = /^[a-z][a-z0-9-]{0,29}$/;

/** Adds a sales unit, or changes it; its keys too. @throws ChainError */
export async function putUnit(office: Office, wish: UnitWish): Promise<void> {
  const { unitId, credentials } = wish;
  const credentialId = wish.credentialId ?? unitId;
  if (!ID.test(unitId) || !ID.test(credentialId)) throw new ChainError('An id is 1 to 30 small letters, digits or -, a letter first.');
  if (!/^\d{5,7}$/.test(wish.msn)) throw new ChainError('A merchant serial number is 5 to 7 digits.');
  if (!isSafeProviderAddress(wish.baseUrl)) throw new ChainError('The provider’s address must be https://, or http:// on this machine.');
  for (const [name, value] of Object.entries(credentials ?? {})) {
    if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) throw new ChainError(`"${name}" must be one line of plain characters.`);
  }
  const nowMs = office.clock.nowMs();
  await office.store.db.transaction().execute(async (tx) => {
    if (credentials === null) {
      const there = await tx.selectFrom('credentials').select('key_id').where('credential_id', '=', credentialId).executeTakeFirst();
      if (there === undefined) throw new ChainError(`There are no keys "${credentialId}" yet: give them with the first unit.`);
    } else {
      const vault = office.vault();
      const kept = { key_id: vault.keyId, sealed: vault.seal(credentials, credentialId), changed_ms: nowMs };
      await tx
        .insertInto('credentials')
        .values({ credential_id: credentialId, ...kept })
        .onConflict((conflict) => conflict.column('credential_id').doUpdateSet(kept))
        .execute();
    }
    const unit = {
      name: wish.name,
      way: wish.way,
      msn: wish.msn,
      api: wish.api,
      base_url: wish.baseUrl.replace(/\/+$/, ''),
      credential_id: credentialId,
    };
    await tx
      .insertInto('sales_units')
      .values({ unit_id: unitId, ...unit })
      .onConflict((conflict) => conflict.column('unit_id').doUpdateSet(unit))
      .execute();
    await writeAudit(tx, { ...byHeadOffice(nowMs), what: 'unit.put', subject: unitId, details: { way: wish.way, api: wish.api } });
  });
}

export interface StoreWish {
  readonly storeId: string;
  readonly name: string;
  /** `null`: as it is; of a new store none. `none`: none from now on. */
  readonly unitId: string | null | { readonly none: true };
  /** Without it as it is; a new store sells in NOK. */
  readonly currency?: 'NOK' | 'DKK' | 'EUR' | null;
}

/** A store as it stands once it was put. */
export interface StorePut {
  readonly unitId: string | null;
  readonly isClosed: boolean;
}

/** Adds a store, or changes what is said of it. A closed one stays closed. @throws ChainError */
export async function putStore(office: Office, { storeId, name, unitId: wanted, currency = null }: StoreWish): Promise<StorePut> {
  if (!STORE_ID.test(storeId)) throw new ChainError('A store’s id is 2 to 12 small letters or digits, a letter first.');
  if (name.trim() === '') throw new ChainError('A store has a name.');
  const nowMs = office.clock.nowMs();
  return office.store.db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('stores')
      .select(['unit_id', 'currency', 'closed_ms'])
      .where('store_id', '=', storeId)
      .executeTakeFirst();
    const unitId = wanted === null ? (before?.unit_id ?? null) : typeof wanted === 'string' ? wanted : null;
    if (unitId !== null) await mayServe(tx, unitId, storeId);
    const store = { name, unit_id: unitId, currency: currency ?? before?.currency ?? 'NOK' };
    await tx
      .insertInto('stores')
      .values({ store_id: storeId, ...store, closed_ms: null })
      .onConflict((conflict) => conflict.column('store_id').doUpdateSet(store))
      .execute();
    await writeAudit(tx, { ...byHeadOffice(nowMs), what: 'store.put', subject: storeId, details: { unit: unitId } });
    return { unitId, isClosed: typeof before?.closed_ms === 'number' };
  });
}

/** Only a shared unit serves several stores: with any other, one store's money would go back from another's account. */
async function mayServe(tx: Parameters<typeof writeAudit>[0], unitId: string, storeId: string): Promise<void> {
  const unit = await tx.selectFrom('sales_units').select('way').where('unit_id', '=', unitId).executeTakeFirst();
  if (unit === undefined) throw new ChainError(`There is no sales unit "${unitId}". Add it first.`);
  if (unit.way === 'shared') return;
  const other = await tx
    .selectFrom('stores')
    .select('store_id')
    .where('unit_id', '=', unitId)
    .where('store_id', '!=', storeId)
    .executeTakeFirst();
  if (other !== undefined) throw new ChainError(`The sales unit "${unitId}" is the store ${other.store_id}'s, and not a shared one.`);
}

/**
 * Its registers begin nothing more. Other stores refund for it until a moment, or nobody does (`null`); said again of a closed
 * store it changes that. @throws ChainError
 */
export async function closeStore(office: Office, storeId: string, by: string, refundsUntilMs: number | null = null): Promise<void> {
  const nowMs = office.clock.nowMs();
  if (refundsUntilMs !== null && refundsUntilMs <= nowMs) throw new ChainError('The day until which it is refunded for is past.');
  await office.store.db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('stores')
      .set(({ fn, val }) => ({ closed_ms: fn.coalesce('closed_ms', val(nowMs)), refunds_until_ms: refundsUntilMs }))
      .where('store_id', '=', storeId)
      .returning('store_id')
      .executeTakeFirst();
    if (changed === undefined) throw new ChainError(`There is no store "${storeId}".`);
    await writeAudit(tx, { ...byHeadOffice(nowMs, by), what: 'store.closed', subject: storeId, details: { refundsUntilMs } });
  });
}

/** Takes the closing of a store back: its registers sell and take returns as before. @throws ChainError */
export async function openStoreAgain(office: Office, storeId: string, by: string): Promise<void> {
  const nowMs = office.clock.nowMs();
  await office.store.db.transaction().execute(async (tx) => {
    const opened = await tx
      .updateTable('stores')
      .set({ closed_ms: null, refunds_until_ms: null })
      .where('store_id', '=', storeId)
      .where('closed_ms', 'is not', null)
      .returning('store_id')
      .executeTakeFirst();
    if (opened === undefined) throw new ChainError(`There is no closed store "${storeId}".`);
    await writeAudit(tx, { ...byHeadOffice(nowMs, by), what: 'store.opened', subject: storeId, details: {} });
  });
}

/** The most that one refund, and all refunds of 24 hours, may come to at a register; `null` is no limit. @throws ChainError */
export async function limitRegister(
  office: Office,
  storeId: string,
  registerId: string,
  limits: { readonly refundOre: number | null; readonly dayOre: number | null },
): Promise<void> {
  const nowMs = office.clock.nowMs();
  await office.store.db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('registers')
      .set({ refund_limit_ore: limits.refundOre, refund_day_limit_ore: limits.dayOre })
      .where('store_id', '=', storeId)
      .where('register_id', '=', registerId)
      .returning('register_no')
      .executeTakeFirst();
    if (changed === undefined) throw new ChainError(`There is no register "${registerId}" in store "${storeId}".`);
    const subject = `${storeId}-${registerId}`;
    await writeAudit(tx, { ...byHeadOffice(nowMs), what: 'register.limited', subject, details: { ...limits } });
  });
}

/** Seals all keys under the first key that head office was given. Gives how many there were. @throws VaultError */
export async function rotateVault(office: Office): Promise<number> {
  const nowMs = office.clock.nowMs();
  const vault = office.vault();
  return office.store.db.transaction().execute(async (tx) => {
    const kept = await tx.selectFrom('credentials').selectAll().execute();
    for (const { credential_id, key_id, sealed } of kept) {
      const again = vault.seal(vault.open(sealed, key_id, credential_id), credential_id);
      await tx
        .updateTable('credentials')
        .set({ key_id: vault.keyId, sealed: again, changed_ms: nowMs })
        .where('credential_id', '=', credential_id)
        .execute();
    }
    for (const { unit_id, webhook_id, key_id, sealed } of await tx.selectFrom('webhooks').selectAll().execute()) {
      const again = vault.sealText(vault.openText(sealed, key_id, ownerOf(unit_id)), ownerOf(unit_id));
      await tx
        .updateTable('webhooks')
        .set({ key_id: vault.keyId, sealed: again })
        .where('unit_id', '=', unit_id)
        .where('webhook_id', '=', webhook_id)
        .execute();
    }
    await writeAudit(tx, { ...byHeadOffice(nowMs), what: 'keys.rotated', subject: vault.keyId, details: { count: kept.length } });
    return kept.length;
  });
}
