/**
 * Head office has an address that the provider reaches, registers mostly have none. So it hears of payments for all sales
 * units that use ePayment, and passes on which payment it is: nothing in a webhook is believed beyond that.
 */
import { sql } from 'kysely';
import { createAdapter } from '../../app/vipps/adapter.ts';
import { createWebhookClient } from '../../app/vipps/webhooks/client.ts';
import { PAYMENT_EVENTS, readPaymentEvent } from '../../app/vipps/webhooks/events.ts';
import { type KeptWebhook, planWebhooks } from '../../app/vipps/webhooks/plan.ts';
import { judgeWebhook, type ReceivedWebhook } from '../../app/vipps/webhooks/signature.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { nodeHmac } from '../../hardware/crypto/hmac.ts';
import type { Office } from './office.ts';
import { type UnitRow, unitOptions } from './providers.ts';

const ADVISORY_LOCK = 7_411_502;

/** Where the provider finds head office for one unit. */
const hookUrl = (publicUrl: string, unitId: string): string => `${publicUrl.replace(/\/+$/, '')}/hooks/${unitId}`;

/**
 * Looks whether the provider has our webhooks, and makes what is missing. Of several processes one does it.
 * @returns whether all is well; if not, look again.
 */
export async function keepWebhooks(office: Office, publicUrl: string): Promise<boolean> {
  if (office.store.kind === 'sqlite') return keepAll(office, publicUrl);
  return office.store.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ mine: boolean }>`SELECT pg_try_advisory_xact_lock(${ADVISORY_LOCK}) AS mine`.execute(tx);
    return rows[0]?.mine === true ? keepAll(office, publicUrl) : true;
  });
}

async function keepAll(office: Office, publicUrl: string): Promise<boolean> {
  const units = await office.store.db
    .selectFrom('sales_units')
    .innerJoin('credentials', 'credentials.credential_id', 'sales_units.credential_id')
    .selectAll('sales_units')
    .select(['credentials.key_id', 'credentials.sealed'])
    .where('api', '=', 'epayment')
    .execute();
  let well = true;
  for (const unit of units) {
    try {
      well = (await keepUnit(office, unit, hookUrl(publicUrl, unit.unit_id))) && well;
    } catch (error) {
      office.log.write('error', 'webhooks.keeper', { unit: unit.unit_id, message: error instanceof Error ? error.message : '' });
      well = false;
    }
  }
  return well;
}

async function keepUnit(office: Office, unit: UnitRow & { readonly unit_id: string }, url: string): Promise<boolean> {
  const { db } = office.store;
  const client = createWebhookClient(createAdapter(unitOptions(office, unit)).caller);
  const listed = await client.list();
  if (listed.kind !== 'ok') return false;
  const kept = await keptOf(office, unit.unit_id);
  const plan = planWebhooks([{ kind: 'payments', url, events: PAYMENT_EVENTS }], kept, listed.value, [url]);
  let well = true;
  for (const id of plan.remove) {
    const removed = await client.remove(id);
    if (removed.kind !== 'ok' && removed.kind !== 'refused') well = false;
  }
  const good = plan.good.map(({ id }) => id);
  for (const { id } of kept.filter((one) => !good.includes(one.id))) {
    await db.deleteFrom('webhooks').where('unit_id', '=', unit.unit_id).where('webhook_id', '=', id).execute();
  }
  for (const { events } of plan.register) {
    const answer = await client.register(url, events);
    if (answer.kind !== 'ok') return false;
    const vault = office.vault();
    const sealed = vault.sealText(answer.value.secret, ownerOf(unit.unit_id));
    await db
      .insertInto('webhooks')
      .values({ unit_id: unit.unit_id, webhook_id: answer.value.id, url, key_id: vault.keyId, sealed })
      .execute();
  }
  return well;
}

export const ownerOf = (unitId: string): string => `webhook of ${unitId}`;

async function keptOf(office: Office, unitId: string): Promise<readonly KeptWebhook[]> {
  const rows = await office.store.db.selectFrom('webhooks').selectAll().where('unit_id', '=', unitId).execute();
  const vault = office.vault();
  return rows.map(({ webhook_id, url, key_id, sealed }) => ({
    kind: 'payments',
    id: webhook_id,
    url,
    secret: vault.openText(sealed, key_id, ownerOf(unitId)),
  }));
}

/** The payment that a webhook is about, once it is proven to be the provider's of now; `null` when it is not. */
export async function provenReference(office: Office, unitId: string, request: ReceivedWebhook): Promise<string | null> {
  const ports = { hasher: nodeHasher, hmac: nodeHmac };
  const kept = await keptOf(office, unitId);
  if (!kept.some((registered) => judgeWebhook(request, registered, ports, office.clock.nowMs()).trusted)) return null;
  return readPaymentEvent(request.body) ?? '';
}
