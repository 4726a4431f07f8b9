/**
 * Both of the provider's APIs for one sales unit. What is begun now goes through the one that is configured; what was begun
 * before a change is finished all the same, since the order says through which API that was (`order.api`, on disk):
 *
 * | begun in | configured | read and changed through | the picture of its code |
 * |---|---|---|---|
 * | eCom | ePayment | ePayment; eCom while the sales unit has not migrated, and ePayment does not know it | eCom's |
 * | ePayment | eCom | ePayment: eCom never knows it | ePayment's |
 *
 * An order without the word is from before it was written down, and belongs to the configured API.
 */
import type { Answer, PaymentOrder, PaymentProvider } from './provider.ts';

export type ApiName = 'ecom' | 'epayment';
export type Apis = Readonly<Record<ApiName, PaymentProvider>>;

/** Both as one provider. What is not about a payment (limits, the kind of its addresses) is the configured one's. */
export function byApi(configured: ApiName, apis: Apis): PaymentProvider {
  /** Begun in eCom, and not known to ePayment when it was last read. */
  const notMigrated = new Set<string>();
  const begunIn = ({ api = configured }: PaymentOrder): ApiName => api;
  const nowIn = (order: PaymentOrder): ApiName => {
    const begun = begunIn(order);
    return begun === 'ecom' && !notMigrated.has(order.reference) ? configured : begun;
  };

  /** Asks the API that has it now; eCom after all where ePayment does not know what was begun there. */
  async function told<T>(order: PaymentOrder, ask: (provider: PaymentProvider) => Promise<Answer<T | null>>): Promise<Answer<T | null>> {
    const through = nowIn(order);
    const answer = await ask(apis[through]);
    const isUnknownToEpayment = answer.kind === 'ok' && answer.value === null && begunIn(order) !== through;
    if (!isUnknownToEpayment) return answer;
    const inEcom = await ask(apis.ecom);
    if (inEcom.kind === 'ok' && inEcom.value !== null) notMigrated.add(order.reference);
    return inEcom;
  }

  return {
    ...apis[configured],
    apiOf: nowIn,
    create: (order, extras) => apis[begunIn(order)].create(order, extras),
    fetchQr: (order, created) => apis[begunIn(order)].fetchQr(order, created),
    fetchQrText: (order, created) => apis[begunIn(order)].fetchQrText(order, created),
    read: (order, givenUp) => told(order, (provider) => provider.read(order, givenUp)),
    story: (order) => told(order, (provider) => provider.story(order)),
    capture: (order, amountOre, key) => apis[nowIn(order)].capture(order, amountOre, key),
    cancel: (order, what, key) => apis[nowIn(order)].cancel(order, what, key),
    refund: (order, amountOre, key) => apis[nowIn(order)].refund(order, amountOre, key),
  };
}
