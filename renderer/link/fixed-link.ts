/** A link that shows one view for ever and answers from fixed data: the gallery's. */
import type { CashierView, Command, CustomerView, Query, QueryAnswer } from '../../app/till/contract.ts';
import type { CashierLink, CustomerLink, LinkState } from './link.ts';

export function fixedCustomerLink(view: CustomerView, state: LinkState): CustomerLink {
  return {
    role: 'customer',
    onView: (listener) => {
      listener(view);
      return () => undefined;
    },
    onState: (listener) => {
      listener(state);
      return () => undefined;
    },
    close: () => undefined,
  };
}

/** `onCommand` hears what was sent; every command is accepted and changes nothing. */
export function fixedCashierLink(
  view: CashierView,
  state: LinkState,
  answer: (query: Query) => QueryAnswer,
  onCommand: (command: Command) => void = () => undefined,
): CashierLink {
  return {
    role: 'cashier',
    onView: (listener) => {
      listener(view);
      return () => undefined;
    },
    onState: (listener) => {
      listener(state);
      return () => undefined;
    },
    close: () => undefined,
    send: (command) => {
      onCommand(command);
      return Promise.resolve({ ok: true });
    },
    ask: <T extends Query>(query: T) => Promise.resolve(answer(query) as Extract<QueryAnswer, { type: T['type'] }>),
  };
}
