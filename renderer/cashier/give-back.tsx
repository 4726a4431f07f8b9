/** In place of the ways to pay while the till owes the customer, or both sides are even: one button, and where the money goes. */
import type { BasketView } from '../../app/till/contract.ts';
import { useTill } from './use-till.ts';

interface GiveBackProps {
  readonly giveBack: NonNullable<BasketView['giveBack']>;
  readonly isHolding: boolean;
}

export function GiveBack({ giveBack, isHolding }: GiveBackProps) {
  const { till, state } = useTill();
  const selling = state.pane.kind === 'tiles' && state.searchText === '' && state.quantityMilli === null;
  return (
    <div className="give-back">
      {giveBack.detail === '' ? null : <p className="give-back-detail figures">{giveBack.detail}</p>}
      <button
        type="button"
        className="button"
        data-size="large"
        data-weight="primary"
        data-primary={selling || undefined}
        disabled={isHolding || state.underWay.has('{"type":"give-back"}')}
        onClick={() => void till.send({ type: 'give-back' })}
      >
        {giveBack.label}
      </button>
    </div>
  );
}
