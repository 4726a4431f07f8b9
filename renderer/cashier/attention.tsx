/** Money that a customer must get back by hand: it stands here until somebody says that it is done. */
import type { Attention as Item } from '../../app/till/contract.ts';
import { AlertIcon } from '../shared/icons.tsx';
import { clockTextWithSeconds } from '../shared/till-clock.ts';
import { useTill } from './use-till.ts';

export function AttentionList() {
  const { view } = useTill();
  if (view.attention.length === 0) return null;
  return (
    <ul className="attention">
      {view.attention.map((item) => (
        <Row key={item.paymentId} item={item} />
      ))}
    </ul>
  );
}

function Row({ item }: { readonly item: Item }) {
  const { till, state } = useTill();
  const command = { type: 'refunded-by-hand', paymentId: item.paymentId } as const;
  return (
    <li className="attention-row">
      <AlertIcon />
      <div>
        <strong>{item.title}</strong>
        <p>{item.text}</p>
        <small>
          {clockTextWithSeconds(item.capturedAtMs)}
          {item.support === null ? null : ` · ${item.support}`}
        </small>
      </div>
      <button
        type="button"
        className="button"
        data-size="small"
        disabled={state.underWay.has(JSON.stringify(command))}
        onClick={() => void till.send(command)}
      >
        {item.doneLabel}
      </button>
    </li>
  );
}
