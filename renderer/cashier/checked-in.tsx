/** A customer has scanned the sign: above the work, with the one thing to do about it. */
import { useTill } from './use-till.ts';

export function CheckedInBand() {
  const { till, view, state } = useTill();
  const { checkedIn } = view;
  if (checkedIn === undefined) return null;
  const { button } = checkedIn;
  return (
    <section className="checked-in" aria-live="polite">
      <p>{checkedIn.text}</p>
      {button === null ? null : (
        <button
          type="button"
          className="button"
          data-weight="primary"
          disabled={state.underWay.has(JSON.stringify(button.command))}
          onClick={() => void till.send(button.command)}
        >
          {button.label}
        </button>
      )}
      <button type="button" className="button" data-weight="quiet" onClick={() => void till.send({ type: 'forget-check-in' })}>
        {checkedIn.dismissLabel}
      </button>
    </section>
  );
}
