/** What is done with a reservation, under the basket that it is for. */
import type { PaymentStage } from '../../app/till/contract.ts';
import { useTill } from './use-till.ts';

/** Reserved beside what is in the basket: in the basket's own words, they change with every line. */
export function HeldFoot({ stage }: { readonly stage: PaymentStage }) {
  const { till, state } = useTill();
  const selling = state.pane.kind === 'tiles' && state.searchText === '' && state.quantityMilli === null;
  return (
    <>
      <div className="held-band" role="status">
        <h2>{stage.title}</h2>
        <p>{stage.reserved?.text}</p>
      </div>
      <div className="held-buttons">
        {stage.buttons.map(({ command, label, weight }) => (
          <button
            key={JSON.stringify(command)}
            type="button"
            className="button"
            data-size="large"
            data-weight={weight}
            // Enter collects only when nothing else is open and nothing was typed.
            data-primary={(weight === 'primary' && selling) || undefined}
            disabled={state.underWay.has(JSON.stringify(command))}
            onClick={() => void till.send(command)}
          >
            {label}
          </button>
        ))}
      </div>
    </>
  );
}
