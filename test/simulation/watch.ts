/** What must be true at every moment: on both screens, and between the register and the provider. */
import { isFinal, keptOre, type Payment } from '../../app/payment/payment.ts';
import { must, type World, WrongError } from './checks.ts';
import { addressOnScreen } from './customer.ts';

/** A reference without its attempt: the sale it is of. */
const saleOf = (reference: string) => reference.slice(0, reference.lastIndexOf('-'));

/**
 * Looks at both screens after every change. What is wrong is kept, since the register would only log it, and thrown by
 * `rethrow`.
 */
export function watchScreens(world: World): { look(): void; rethrow(): void } {
  const shown = new Set<string>();
  /** What the customer has in front of the phone: the last picture, until another screen comes. */
  let address: string | null = null;
  let wrong: unknown = null;
  const look = () => {
    const { box, provider } = world;
    const cashier = box.till.cashierView();
    const customer = box.till.customerView();
    const { stage } = cashier;
    address = addressOnScreen(customer);
    if (address !== null) lookAtQr(world, address, shown);
    if (stage.kind === 'payment' && stage.phase === 'paid') {
      must(provider.payment(stage.reference).capturedOre > 0, () => `${stage.reference} is shown as paid and is not captured`);
    }
    if (customer.screen.kind === 'result' && customer.screen.tone === 'good') {
      must(
        stage.kind === 'finished' || (stage.kind === 'payment' && stage.phase === 'paid'),
        () => 'the customer reads paid, the cashier does not',
      );
    }
    if (stage.kind === 'finished') {
      for (const tender of stage.means) {
        if (tender.kind !== 'vipps' || tender.detail === null) continue;
        const { capturedOre } = provider.payment(tender.detail);
        const known = box.readModel.paymentByReference(tender.detail);
        const keptOfIt = known === null ? 0 : keptOre(known);
        must(
          capturedOre >= tender.amountOre && keptOfIt === tender.amountOre,
          () => `finished with ${tender.amountOre} from ${tender.detail}, captured ${capturedOre}, kept ${keptOfIt}`,
        );
      }
    }
    // Money on its way back to a customer who approved a payment that its sale had gone on without is nobody's to wait for.
    const alive = box.readModel.alivePayments().flatMap((payment) => (isGoingBack(payment) ? [] : payment.saleId));
    must(new Set(alive).size === alive.length, () => `two payments of one sale are alive: ${alive.join(' ')}`);
    const atTheCounter = alive.filter((saleId) => box.readModel.sale(saleId)?.status !== 'parked');
    must(atTheCounter.length <= 1, () => `${atTheCounter.length} payments are alive at one counter`);
    if (stage.kind === 'payment') must(stage.buttons.length <= 2, () => 'more than two buttons');
    nothingIsForgotten(world);
  };
  return {
    look: () => {
      if (wrong !== null) return;
      try {
        look();
      } catch (error) {
        wrong = error;
      }
    },
    rethrow: () => {
      if (wrong !== null) throw wrong;
      // Without power the screens are dark; with it, they ask again for what there is to see.
      if (!world.box.isOn) {
        address = null;
        return;
      }
      nothingIsForgotten(world);
      if (address !== null) isStillGood(world, address);
    },
  };
}

/** With a line to the provider as bad as it gets, so long may a picture stay after its payment is over. */
const LATEST_PICTURE_MS = 30_000;

function isStillGood({ provider, time }: World, address: string): void {
  const payment = [...provider.payments.values()].find(({ url }) => url === address);
  if (payment === undefined || provider.payment(payment.reference).phase === 'waiting') return;
  const overMs = time.nowMs - (payment.rows.at(-1)?.atMs ?? 0);
  const isSilent = payment.phase === 'expired' && payment.habits.expiry === 'silence';
  must(
    isSilent || overMs <= LATEST_PICTURE_MS,
    () => `${payment.reference} is ${payment.phase} for ${overMs} ms, and its picture is shown`,
  );
}

/** As long as the customer can still pay, or has, the register has not done with the payment. */
function nothingIsForgotten({ box, provider }: World): void {
  for (const { reference } of provider.payments.values()) {
    if (!provider.payment(reference).isAlive && !provider.payment(reference).hasRest) continue;
    const known = box.readModel.paymentByReference(reference);
    const isLeft = known?.state === 'captured' && known.rest?.state === 'left';
    must(
      isLeft || (known !== null && !isFinal(known)),
      () => `${reference} is ${provider.payment(reference).phase} and forgotten (${known?.state})`,
    );
  }
}

function isGoingBack(payment: Payment): boolean {
  return payment.state === 'captured' && payment.refund?.state === 'sending';
}

function lookAtQr({ box, provider }: World, address: string, shown: Set<string>): void {
  const payment = [...provider.payments.values()].find(({ url }) => url === address);
  if (payment === undefined) throw new WrongError(`a picture of nothing is on the screen: ${address}`);
  const { reference } = payment;
  const known = box.readModel.paymentByReference(reference);
  must(known?.state === 'awaiting' && !known.cancelRequested, () => `the picture of ${reference} is shown, which is ${known?.state}`);
  must(known !== null && box.readModel.openSale()?.saleId === known.saleId, () => `the picture of ${reference} is of another sale`);
  if (shown.has(reference)) return;
  shown.add(reference);
  for (const other of shown) {
    if (other === reference || saleOf(other) !== saleOf(reference)) continue;
    // A bank's no is not the end at the provider: what comes after it is released by itself.
    if (provider.payment(other).wasDeclined) continue;
    must(!provider.payment(other).isAlive, () => `${reference} is shown while the customer can still pay ${other}`);
  }
}
