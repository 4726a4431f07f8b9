/**
 * The sales units of one register: the counter's, and the one for customers who are not there, since the provider judges a
 * unit by how it sells. Each has keys of its own, and a payment is read, captured and paid back only by the unit that took it:
 * the order says which (`unit`), through restarts and changes of the configuration.
 */
import type { Answer, PaymentOrder, PaymentProvider } from './provider.ts';

/** Nothing is asked with another unit's keys: the payment waits until its own are there again. */
const NO_SUCH_UNIT: Extract<Answer<never>, { kind: 'retryable' }> = {
  kind: 'retryable',
  error: {
    code: 'local:no-such-unit',
    message: 'the sales unit that took this payment ("distance") is not configured any more',
    httpStatus: null,
    traceId: null,
  },
  retryAfterMs: 60_000,
  unsent: true,
};

/** Both units as one provider. What is not about a payment (the picture's address, the limits) is the counter's. */
export function byUnit(counter: PaymentProvider, distance: PaymentProvider | null): PaymentProvider {
  const unitOf = ({ unit }: PaymentOrder) => (unit === 'distance' ? distance : counter);
  const ask = <T>(order: PaymentOrder, how: (provider: PaymentProvider) => Promise<Answer<T>>): Promise<Answer<T>> => {
    const provider = unitOf(order);
    return provider === null ? Promise.resolve(NO_SUCH_UNIT) : how(provider);
  };
  return {
    ...counter,
    // The counter's word about being reachable is what the light shows; the other one only gets its token ready.
    async warm() {
      const [answer] = await Promise.all([counter.warm(), distance?.warm()]);
      return answer;
    },
    create: (order, extras) => ask(order, (provider) => provider.create(order, extras)),
    fetchQr: (order, created) => ask(order, (provider) => provider.fetchQr(order, created)),
    fetchQrText: (order, created) => ask(order, (provider) => provider.fetchQrText(order, created)),
    read: (order, givenUp) => ask(order, (provider) => provider.read(order, givenUp)),
    story: (order) => ask(order, (provider) => provider.story(order)),
    capture: (order, amountOre, key) => ask(order, (provider) => provider.capture(order, amountOre, key)),
    cancel: (order, what, key) => ask(order, (provider) => provider.cancel(order, what, key)),
    refund: (order, amountOre, key) => ask(order, (provider) => provider.refund(order, amountOre, key)),
    ...(counter.addReceipt === undefined && distance?.addReceipt === undefined
      ? {}
      : {
          addReceipt: (order, amountOre, receipt) =>
            ask(order, (provider) => provider.addReceipt?.(order, amountOre, receipt) ?? Promise.resolve(NO_SUCH_UNIT)),
        }),
  };
}
