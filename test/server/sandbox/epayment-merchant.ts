import type { SandboxOptions } from '../../../server/sandbox/sandbox.ts';
import { type Answer, type Merchant, merchantOf, startMerchant } from './merchant.ts';

type Headings = Readonly<Record<string, string>>;

/** A merchant on ePayment, written from the provider's documents alone, with real HTTP. */
export interface EpaymentMerchant {
  readonly merchant: Merchant;
  readonly control: Merchant['sandbox']['control'];
  /** A create request that is good; `changes` are laid over it, and `null` takes a field away. */
  create(reference: string, changes?: Readonly<Record<string, unknown>>, key?: string): Promise<Answer>;
  get(reference: string): Promise<Answer>;
  events(reference: string): Promise<Answer>;
  /** The log's names in order; one that failed has a `!`. */
  story(reference: string): Promise<string[]>;
  capture(reference: string, value: number, key: string): Promise<Answer>;
  refund(reference: string, value: number, key: string): Promise<Answer>;
  cancel(reference: string, key: string, body?: object): Promise<Answer>;
  /** `STATE authorised/captured/cancelled/refunded`. */
  sums(reference: string): Promise<string>;
  forceApprove(reference: string, body: object): Promise<Answer>;
}

export const base = '/epayment/v1';

export function createBody(reference: string, currency: string, changes: Readonly<Record<string, unknown>> = {}): object {
  const body: Record<string, unknown> = {
    amount: { currency, value: 14_770 },
    paymentMethod: { type: 'WALLET' },
    customerInteraction: 'CUSTOMER_PRESENT',
    reference,
    userFlow: 'QR',
    paymentDescription: 'Two loaves',
    ...changes,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

export function epaymentOf(merchant: Merchant): EpaymentMerchant {
  const currency = merchant.sandbox.salesUnits.find((unit) => unit.msn === merchant.msn)?.currency ?? 'NOK';
  const keyed = (key: string): Headings => ({ 'Idempotency-Key': key });
  const move = (reference: string, operation: string, value: number, key: string): Promise<Answer> =>
    merchant.send('POST', `${base}/payments/${reference}/${operation}`, { modificationAmount: { currency, value } }, keyed(key));
  const get = (reference: string): Promise<Answer> => merchant.send('GET', `${base}/payments/${reference}`);
  const events = (reference: string): Promise<Answer> => merchant.send('GET', `${base}/payments/${reference}/events`);
  return {
    merchant,
    control: merchant.sandbox.control,
    get,
    events,
    create: (reference, changes = {}, key = `create-${reference}`) =>
      merchant.send('POST', `${base}/payments`, createBody(reference, currency, changes), keyed(key)),
    async story(reference) {
      const log = (await events(reference)).json as unknown as { name: string; success: boolean }[];
      return log.map((event) => (event.success ? event.name : `${event.name}!`));
    },
    capture: (reference, value, key) => move(reference, 'capture', value, key),
    refund: (reference, value, key) => move(reference, 'refund', value, key),
    cancel: (reference, key, body) => merchant.send('POST', `${base}/payments/${reference}/cancel`, body, keyed(key)),
    async sums(reference) {
      const { json } = await get(reference);
      const sum = (name: string): string => String(json.aggregate?.[name]?.value);
      return `${String(json.state)} ${['authorized', 'captured', 'cancelled', 'refunded'].map((name) => sum(`${name}Amount`)).join('/')}`;
    },
    forceApprove: (reference, body) => merchant.send('POST', `${base}/test/payments/${reference}/approve`, body),
  };
}

/** Starts a sandbox of its own, with a merchant on the unit (default: the first). */
export async function startEpayment(options: SandboxOptions = {}, msn?: string): Promise<EpaymentMerchant> {
  const merchant = await startMerchant(options);
  return epaymentOf(msn === undefined ? merchant : await merchantOf(merchant.sandbox, msn));
}

/** The error's own code, or `HTTP 400 field` for one that has none. */
export function problem(answer: Answer): string {
  const details = answer.json?.extraDetails as unknown as { name: string; reason: string }[] | undefined;
  const code = details?.find((each) => each.name === 'ErrorCode');
  return code?.reason ?? `HTTP ${answer.status} ${details?.map((each) => each.name).join(' ') ?? ''}`.trim();
}
