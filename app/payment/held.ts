/** What is reserved until somebody collects it, and what stands in the way of collecting it. Pure, like `decide.ts`. */
import type { PaymentEvent } from '../journal/events.ts';
import { released } from './events.ts';
import { captured } from './money-back.ts';
import type { Payment } from './payment.ts';
import type { ProviderError, ProviderView } from './provider.ts';

/** The sales unit may not capture a part (ePayment's 6140). eCom names the field that it does not accept, and only the amount was new in it. */
export function wantsTheWhole({ code }: ProviderError): boolean {
  return code === 'epayment:6140' || /^ecom:InvalidRequest\/.*amount$/i.test(code);
}

/** The bank has let the reservation go early (ePayment's 6260): asking for ever would leave the cashier without a way out. */
export function isLetGo({ code }: ProviderError): boolean {
  return code === 'epayment:6260';
}

/** Reserved, and nobody here has touched it: whatever has happened to it was done at the provider. */
export function onReadHeld(payment: Payment & { state: 'held' }, view: ProviderView): readonly PaymentEvent[] {
  if (view.capturedOre > 0) return captured(payment, view, true);
  const isGone = view.releasedOre > 0 ? view.releasedOre === view.authorisedOre : view.state === 'terminated' || view.state === 'expired';
  if (isGone) return [released(payment, true)];
  const captureUntilMs = view.captureUntilMs ?? payment.captureUntilMs;
  if (captureUntilMs === payment.captureUntilMs) return [];
  return [{ type: 'payment.held', version: 1, payload: { paymentId: payment.paymentId, captureUntilMs } }];
}
