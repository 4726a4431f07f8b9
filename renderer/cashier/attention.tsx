/** Money that a customer must get back by hand, or must be told of: one at a time, and it stands here until somebody says that it is done. */
import { AlertIcon } from '../shared/icons.tsx';
import { clockTextWithSeconds } from '../shared/till-clock.ts';
import { useTill } from './use-till.ts';

export function AttentionBand() {
  const { till, view, state } = useTill();
  const [item] = view.attention;
  if (item === undefined) return null;
  const command = item.doneCommand;
  return (
    <section className="attention" aria-label={item.title}>
      <AlertIcon />
      <div>
        <p>
          <strong>{item.title}</strong> {item.moreText}
        </p>
        <p>{item.text}</p>
        <small>
          {clockTextWithSeconds(item.capturedAtMs)}
          {item.support === null ? null : ` · ${item.support}`}
        </small>
      </div>
      <button
        key={JSON.stringify(command)}
        type="button"
        className="button"
        disabled={state.underWay.has(JSON.stringify(command))}
        onClick={() => void till.send(command)}
      >
        {item.doneLabel}
      </button>
    </section>
  );
}
