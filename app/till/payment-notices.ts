/** What the register says of a payment by itself, in a band under the sale. */
import type { Payment } from '../payment/payment.ts';
import { brandOf } from './brand.ts';
import type { Notice } from './contract.ts';
import type { Desk } from './desk.ts';

/** Several creations in a row got no answer: it is left to the cashier. */
export function manyLostCreations(desk: Desk, { order }: Payment): Notice {
  return { id: desk.newId(), tone: 'bad', text: desk.words.till.manyLostCreations(brandName(desk)), support: order.reference };
}

/** The code is on its way to the screen already; the cashier reads why it is not the message that they sent. */
export function noPush(desk: Desk, payment: Payment): Notice {
  const support = payment.state === 'declined' ? payment.errorCode : null;
  return { id: desk.newId(), tone: 'care', text: desk.words.till.ways.noPush(brandName(desk)), support };
}

/** The payment waits for the disk, and only a person can help that. */
export function diskTrouble(desk: Desk, code: string): Notice {
  const sentences: Readonly<Record<string, string>> = desk.words.till.storage;
  const text = sentences[code.slice('storage:'.length)] ?? desk.words.till.storage.other;
  return { id: desk.newId(), tone: 'bad', text, support: code };
}

function brandName({ configuration }: Desk): string {
  return brandOf(configuration.shop.market).name;
}
