/** What the web shell needs of a till. `app/till/till.ts` makes the real one. */
import type { CashierView, Command, CommandAnswer, CustomerView, Query, QueryAnswer } from '../../app/till/contract.ts';

export interface ShownTill {
  dispatch(command: Command): Promise<CommandAnswer>;
  ask(query: Query): Promise<QueryAnswer>;
  cashierView(): CashierView;
  customerView(): CustomerView;
  onChange(listener: () => void): () => void;
}
