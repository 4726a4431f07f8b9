/** A cashier: mostly sensible, sometimes pressing what makes no sense, always honest about paper. */
import type { CashierView, Command, PaymentStage } from '../../app/till/contract.ts';
import type { Dice } from './dice.ts';
import { ARTICLES } from './shop.ts';

/** Whether the paper of this job really came. */
export type LookAtPaper = (jobId: string) => boolean;

/** What reservations and the ways beside the QR have of chance: each its own, so that the days stay what they are. */
export interface Luck {
  readonly holds: Dice;
  readonly ways: Dice;
}

/** What the cashier does next, seeing this. `null`: waits. */
export function nextCommand(view: CashierView, dice: Dice, lookAtPaper: LookAtPaper, { holds, ways }: Luck): Command | null {
  const asked = onTheWay(view, ways);
  if (asked !== undefined) return asked;
  const held = withReservations(view, holds);
  if (held !== undefined) return held;
  const command = nextOf(view, dice, lookAtPaper);
  if (command?.type === 'pay-vipps' && command.way === undefined && ways.chance(0.35)) {
    if (command.amountOre === undefined && ways.chance(0.3)) return shownCode(ways);
    return { ...command, way: ways.pick(['phone', 'phone', 'personal-qr'] as const) };
  }
  // Now and then more is reserved than the basket comes to.
  if (command?.type !== 'pay-vipps' || command.amountOre !== undefined || !holds.chance(0.3)) return command;
  return { ...command, hold: { reserveOre: Math.max(1, view.basket?.dueOre ?? 0) + holds.between(0, 30_000) } };
}

/** A number in all its questions, a code that is shown; and now and then a customer holds theirs out while another one is on the screen. */
function onTheWay({ prompt, stage }: CashierView, ways: Dice): Command | undefined {
  switch (prompt?.kind) {
    case 'phone':
      if (ways.chance(0.1)) return { type: 'dismiss' };
      return { type: 'answer-phone', number: ways.pick(['912 34 567', '+4521234567', '4791234567', '91234', '21234567']) };
    case 'phone-choice':
      return ways.chance(0.8) ? { type: 'choose-phone', msisdn: ways.pick(prompt.numbers).msisdn } : { type: 'confirm-phone', send: false };
    case 'phone-confirm':
      return { type: 'confirm-phone', send: ways.chance(0.9) };
    case 'personal-code':
      return ways.chance(0.2) ? { type: 'scan', code: '7038010000010' } : shownCode(ways);
    default:
      return stage.kind === 'payment' && ways.chance(0.03) ? shownCode(ways) : undefined;
  }
}

const shownCode = (ways: Dice): Command => ({ type: 'scan', code: `https://qr.vipps.no/p/${ways.between(1, 1_000_000)}` });

/** A basket that changes under its payment, what is held, and what was set aside; `undefined`: something else is done. */
function withReservations(view: CashierView, dice: Dice): Command | undefined {
  const { stage, basket, reservations, prompt } = view;
  const [aside] = reservations;
  const isIdle = stage.kind === 'selling' && (basket === null || basket.lines.length === 0);
  if (isIdle && aside !== undefined && dice.chance(0.15)) return { type: 'resume-sale', saleId: aside.saleId };
  if (stage.kind !== 'payment' || stage.basket === undefined || prompt !== null) return undefined;
  const line = basket === null || basket.lines.length === 0 ? null : dice.pick(basket.lines);
  if (stage.phase === 'held') {
    switch (dice.weighted({ wait: 6, collect: 2, back: 0.3, aside: 0.7, ring: 2, correct: 2 })) {
      case 'collect':
        return { type: 'collect-payment' };
      case 'back':
        return { type: 'cancel-payment' };
      case 'aside':
        return { type: 'park-sale' };
      case 'ring':
        return ring(dice);
      case 'correct':
        return line === null ? undefined : correct(line, dice);
      case 'wait':
        return undefined;
    }
  }
  return line !== null && dice.chance(0.12) ? correct(line, dice) : undefined;
}

function correct(line: { readonly lineId: string; readonly weighed: boolean; readonly quantityMilli: number }, dice: Dice): Command {
  const { lineId, weighed, quantityMilli } = line;
  switch (dice.weighted({ remove: 2, quantity: 2, discount: 1 })) {
    case 'remove':
      return { type: 'remove-line', lineId };
    case 'quantity':
      return {
        type: 'set-quantity',
        lineId,
        quantityMilli: weighed ? dice.between(1, quantityMilli + 500) : 1_000 * dice.between(1, Math.ceil(quantityMilli / 1_000)),
      };
    case 'discount':
      return discount(dice, lineId);
  }
}

function nextOf(view: CashierView, dice: Dice, lookAtPaper: LookAtPaper): Command | null {
  if (dice.chance(0.06)) return anything(view, dice);
  const { prompt, stage } = view;
  if (prompt?.kind === 'paper') return { type: 'answer-print', jobId: prompt.jobId, paperCame: lookAtPaper(prompt.jobId) };
  if (prompt?.kind === 'weight')
    return dice.chance(0.8) ? { type: 'answer-weight', quantityMilli: dice.between(1, 3_000) } : { type: 'dismiss' };
  if (prompt?.kind === 'age') return { type: 'answer-age', oldEnough: dice.chance(0.8) };
  const [byHand] = view.attention;
  if (byHand !== undefined && dice.chance(0.2)) return byHand.doneCommand;
  switch (stage.kind) {
    case 'payment':
      return atPayment(stage, dice);
    case 'finished':
      if (stage.canPrint) return dice.chance(0.5) || !stage.canDecline ? { type: 'print-receipt' } : { type: 'decline-receipt' };
      if (stage.canCopy && dice.chance(0.1)) return { type: 'print-copy', saleId: stage.saleId };
      if (stage.canContinue) return dice.chance(0.7) ? { type: 'next-customer' } : ring(dice);
      return null;
    case 'return':
      return stage.buttons[0]?.command ?? null;
    case 'selling':
      return atBasket(view, dice);
  }
}

/** When the day is nearly over: brings everything to an end, with the buttons that are there. */
export function lastCommand(view: CashierView, dice: Dice, lookAtPaper: LookAtPaper, holds: Dice): Command | null {
  const { prompt, stage, basket } = view;
  if (prompt?.kind === 'paper') return { type: 'answer-print', jobId: prompt.jobId, paperCame: lookAtPaper(prompt.jobId) };
  const [byHand] = view.attention;
  if (byHand !== undefined) return byHand.doneCommand;
  if (prompt !== null) return prompt.kind === 'age' ? { type: 'answer-age', oldEnough: false } : { type: 'dismiss' };
  switch (stage.kind) {
    case 'payment': {
      if (stage.phase === 'held') return holds.chance(0.5) ? { type: 'collect-payment' } : { type: 'cancel-payment' };
      const button = stage.phase === 'asking' ? dice.pick(stage.buttons) : stage.buttons.at(-1);
      if (button === undefined) return null;
      // Not another payment: what is left is taken in cash.
      return button.command.type === 'pay-vipps' ? { type: 'close-payment' } : button.command;
    }
    case 'finished':
      return stage.canPrint ? { type: 'print-receipt' } : stage.canContinue ? { type: 'next-customer' } : null;
    case 'return':
      return stage.buttons[0]?.command ?? null;
    case 'selling': {
      const parked = view.parked[0] ?? view.reservations[0];
      if (basket === null || basket.lines.length === 0) return parked === undefined ? null : { type: 'resume-sale', saleId: parked.saleId };
      return { type: 'pay-cash', receivedOre: basket.dueInCashOre };
    }
  }
}

function atPayment(stage: PaymentStage, dice: Dice): Command | null {
  // Mostly they wait; a question, or a payment that is over, is answered with one of the buttons.
  const mustAct = stage.phase === 'asking' || stage.phase === 'code-ended' || stage.phase === 'not-paid' || stage.phase === 'given-back';
  if (!dice.chance(mustAct ? 0.8 : 0.06)) return null;
  return stage.buttons.length === 0 ? null : dice.pick(stage.buttons).command;
}

function atBasket(view: CashierView, dice: Dice): Command | null {
  const { basket } = view;
  if (basket === null || basket.lines.length === 0) {
    const [parked] = view.parked;
    return parked !== undefined && dice.chance(0.3) ? { type: 'resume-sale', saleId: parked.saleId } : ring(dice);
  }
  const line = dice.pick(basket.lines);
  const returnable = basket.tenders.find((tender) => tender.returnable);
  switch (
    dice.weighted({
      ring: 8,
      quantity: 1,
      remove: 1,
      discount: 2,
      park: 1,
      abort: 0.3,
      cash: 3,
      part: 2,
      card: 2,
      vipps: 9,
      give: 1,
      sign: 0.2,
    })
  ) {
    case 'ring':
      return ring(dice);
    case 'quantity':
      return {
        type: 'set-quantity',
        lineId: line.lineId,
        quantityMilli: line.weighed ? dice.between(1, 4_000) : 1_000 * dice.between(1, 5),
      };
    case 'remove':
      return { type: 'remove-line', lineId: line.lineId };
    case 'discount':
      return discount(dice, line.lineId);
    case 'park':
      return { type: 'park-sale' };
    case 'abort':
      return { type: 'abort-sale' };
    case 'cash':
      return { type: 'pay-cash', receivedOre: basket.quickCashOre.length === 0 ? 0 : dice.pick(basket.quickCashOre) };
    case 'part':
      return part(basket.dueOre, dice);
    case 'card':
      return { type: 'pay-card', terminalReference: `T${dice.between(1_000, 9_999)}` };
    case 'vipps':
      return { type: 'pay-vipps' };
    case 'give':
      return returnable === undefined ? null : { type: 'return-tender', tenderId: returnable.tenderId };
    case 'sign':
      return dice.chance(0.5)
        ? { type: 'sign-in', operatorId: dice.pick(['kari', 'ola']) }
        : { type: 'set-language', screen: dice.pick(['cashier', 'customer'] as const), language: dice.pick(['nb', 'en'] as const) };
  }
}

function part(dueOre: number, dice: Dice): Command | null {
  if (dueOre <= 200) return null;
  const amountOre = dice.between(100, dueOre);
  switch (dice.weighted({ cash: 1, card: 1, vipps: 3 })) {
    case 'cash':
      return { type: 'pay-cash', receivedOre: Math.floor(amountOre / 100) * 100 };
    case 'card':
      return { type: 'pay-card', amountOre, terminalReference: 'T1' };
    case 'vipps':
      return { type: 'pay-vipps', amountOre };
  }
}

function ring(dice: Dice): Command {
  const article = dice.pick(ARTICLES);
  if (article.ean !== null && dice.chance(0.5)) return { type: 'scan', code: article.ean };
  const { articleNumber } = article;
  if (article.weighed)
    return dice.chance(0.3)
      ? { type: 'add-article', articleNumber }
      : { type: 'add-article', articleNumber, quantityMilli: dice.between(1, 3_000) };
  return dice.chance(0.8)
    ? { type: 'add-article', articleNumber }
    : { type: 'add-article', articleNumber, quantityMilli: 1_000 * dice.between(1, 4) };
}

function discount(dice: Dice, lineId: string): Command {
  const given = dice.chance(0.15)
    ? null
    : dice.chance(0.5)
      ? ({ kind: 'percent', basisPoints: dice.between(1, 10_000), reason: 'Stamkunde' } as const)
      : ({ kind: 'amount', amountOre: dice.between(1, 6_000), reason: 'Skadet' } as const);
  return dice.chance(0.6) ? { type: 'discount-line', lineId, discount: given } : { type: 'discount-sale', discount: given };
}

/** Buttons that are not there, double presses, a scanner that falls on the floor. */
function anything(view: CashierView, dice: Dice): Command {
  const saleId = view.parked[0]?.saleId ?? 'none';
  const lineId = view.basket?.lines[0]?.lineId ?? 'none';
  const tenderId = view.basket?.tenders[0]?.tenderId ?? 'none';
  return dice.pick<Command>([
    { type: 'scan', code: '0000000000000' },
    { type: 'scan', code: '7038010000010' },
    { type: 'add-article', articleNumber: '1004' },
    { type: 'answer-weight', quantityMilli: 250 },
    { type: 'answer-age', oldEnough: true },
    { type: 'dismiss' },
    { type: 'set-quantity', lineId, quantityMilli: 2_500 },
    { type: 'remove-line', lineId },
    { type: 'park-sale' },
    { type: 'resume-sale', saleId },
    { type: 'abort-sale' },
    { type: 'pay-vipps' },
    { type: 'pay-vipps', amountOre: 100 },
    { type: 'pay-cash', receivedOre: 0 },
    { type: 'pay-cash', receivedOre: 100_000 },
    { type: 'pay-card', terminalReference: 'T2' },
    { type: 'return-tender', tenderId },
    { type: 'check-payment' },
    { type: 'cancel-payment' },
    { type: 'cancel-payment' },
    { type: 'new-code' },
    { type: 'collect-payment' },
    { type: 'rest-seen', paymentId: 'none' },
    { type: 'refunded-by-hand', paymentId: 'none' },
    { type: 'answer-payment', answer: dice.pick(['keep', 'release', 'refund', 'retry'] as const) },
    { type: 'close-payment' },
    { type: 'print-receipt' },
    { type: 'decline-receipt' },
    { type: 'next-customer' },
    { type: 'print-copy', saleId: view.basket?.saleId ?? 'none' },
  ]);
}
