/**
 * Sends refunds to the provider: step, save, repeat, with no lock held while a request is under way. Each refund is one
 * process's at a time, by a lease that ends by itself when the process does; should two of them ever send the same part,
 * it has the same key. A refund that was being sent when a process died is read before anything else.
 */
import { sql } from 'kysely';
import { afterRead, afterSend, leaving, nextStep, type PartState, type Sending } from '../../app/refund/refund.ts';
import type { Office } from './office.ts';
import { paymentOf } from './payment-order.ts';
import { createProviders, type RefundProvider } from './providers.ts';
import { otherRefunds, type PartRow, type RefundRow, readRefund } from './refund-rows.ts';
import { recordPart } from './refunds.ts';

export interface Sender {
  /** Goes on with a refund now, as far as it goes without waiting. Never rejects. */
  advance(refundId: string): Promise<void>;
  /** Goes on with everything that is due. */
  sweep(): Promise<void>;
  /** Looks for what is due until `stop`. */
  start(): void;
  stop(): Promise<void>;
}

/** Longer than the longest request: connecting, a token, the answer. */
const LEASE_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
const MOST_AT_ONCE = 8;
/** Keys that do not open, a database that is away: a person has to do something first. */
const AFTER_TROUBLE_MS = 15_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'no reason given');

export function createSender(office: Office): Sender {
  const { store, clock, log, processId } = office;
  const providers = createProviders(office);
  const underWay = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | null = null;

  async function lease(refundId: string): Promise<boolean> {
    const nowMs = clock.nowMs();
    const taken = await sql<{ refund_id: string }>`
      UPDATE refunds SET leased_by = ${processId}, leased_until_ms = ${nowMs + LEASE_MS}
      WHERE refund_id = ${refundId} AND state = 'sending' AND (leased_by IS NULL OR leased_by = ${processId} OR leased_until_ms < ${nowMs})
      RETURNING refund_id`.execute(store.db);
    return taken.rows.length > 0;
  }

  async function release(refundId: string): Promise<void> {
    await sql`UPDATE refunds SET leased_by = NULL WHERE refund_id = ${refundId} AND leased_by = ${processId}`.execute(store.db);
  }

  async function run(refundId: string): Promise<void> {
    if (!(await lease(refundId))) return;
    try {
      const refund = await readRefund(store.db, refundId);
      const provider = await providers.ofStore(refund.sold_by_store);
      for (const part of refund.parts) {
        if (part.kind === 'vipps' && part.state.state === 'sending') await sendPart(provider, refund, part, part.state.sending);
      }
    } finally {
      await release(refundId);
    }
  }

  /** One part, until it is over or has to wait. */
  async function sendPart(provider: RefundProvider | null, refund: RefundRow, part: PartRow, first: Sending): Promise<void> {
    const payment = await paymentOf(store.db, refund.sold_by_store, part.reference ?? '');
    if (provider === null || payment === null) throw new Error(`The sales unit of ${refund.sold_by_store}, or the payment, is gone.`);
    const { order } = payment;
    let sending = first;
    for (;;) {
      const before = sending;
      const step = nextStep(before, clock.nowMs());
      if (step.do === 'wait') return;
      const record = (seen: Sending, state: PartState) => recordPart(office, refund.refund_id, part.part_no, seen, state);
      let seen = before;
      let state: PartState;
      if (step.do === 'read') {
        const answer = await provider.read(order);
        const others = await otherRefunds(store.db, refund, part);
        state = afterRead(before, answer, clock.nowMs(), { amountOre: part.amount_ore, through: provider.apiOf(order), others });
      } else {
        seen = leaving(before, clock.nowMs(), provider.apiOf(order));
        if (!(await record(before, { state: 'sending', sending: seen }))) return;
        state = afterSend(seen, before, await provider.refund(order, part.amount_ore, seen.key), clock.nowMs());
      }
      if (!(await record(seen, state)) || state.state !== 'sending') return;
      sending = state.sending;
      // A long wait for the provider must not look like a process that died.
      await lease(refund.refund_id);
    }
  }

  function advance(refundId: string): Promise<void> {
    const before = underWay.get(refundId);
    if (before !== undefined) return before;
    const started = run(refundId)
      .catch(async (error: unknown) => {
        log.write('error', 'refund.trouble', { refund: refundId, message: messageOf(error) });
        await sql`UPDATE refunds SET next_ms = ${clock.nowMs() + AFTER_TROUBLE_MS}
          WHERE refund_id = ${refundId} AND state = 'sending'`.execute(store.db);
      })
      .catch((error: unknown) => log.write('error', 'refund.trouble', { refund: refundId, message: messageOf(error) }))
      .finally(() => underWay.delete(refundId));
    underWay.set(refundId, started);
    return started;
  }

  async function sweep(): Promise<void> {
    const nowMs = clock.nowMs();
    const due = await store.db
      .selectFrom('refunds')
      .select('refund_id')
      .where('state', '=', 'sending')
      .where('next_ms', '<=', nowMs)
      .where(({ or, eb }) => or([eb('leased_by', 'is', null), eb('leased_until_ms', '<', nowMs)]))
      .orderBy('next_ms')
      .limit(MOST_AT_ONCE)
      .execute();
    await Promise.all(due.map(({ refund_id }) => advance(refund_id)));
  }

  function look(): void {
    timer = setTimeout(() => {
      sweep()
        .catch((error: unknown) => log.write('error', 'refund.sweep', { message: messageOf(error) }))
        .finally(() => {
          if (timer !== null) look();
        });
    }, LOOK_EVERY_MS);
  }

  return {
    advance,
    sweep,
    start: look,
    async stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await Promise.all(underWay.values());
    },
  };
}
