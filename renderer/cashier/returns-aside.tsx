/** Returns that were set aside while their money was on its way: what is known of them by now, and what is to be done. */
import { formatOre } from '../../app/money/format.ts';
import type { ReturnAsideRow } from '../../app/till/contract.ts';
import { CheckIcon, NoticeIcon } from '../shared/icons.tsx';
import { isEmptyBasket } from './pane.ts';
import { useTill } from './use-till.ts';

export function ReturnsAside() {
  const { view, texts } = useTill();
  const said = texts.returns.aside;
  if (view.returnsAside.length === 0) return null;
  return (
    <section className="basket-parked" aria-label={said.title}>
      <h2>{said.title}</h2>
      <ul className="cards">
        {view.returnsAside.map((row) => (
          <Row key={row.saleId} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Row({ row }: { readonly row: ReturnAsideRow }) {
  const { language } = useTill();
  return (
    <li className="card-row return-aside">
      <span className="card-words">
        <strong>{row.title}</strong>
        <small className="wish-state" data-ready={row.state === 'done' || undefined}>
          {row.state === 'done' ? <CheckIcon /> : null}
          {row.text}
        </small>
      </span>
      <span className="card-amount">{formatOre(row.amountOre, language)}</span>
      <RowButton row={row} />
    </li>
  );
}

function RowButton({ row }: { readonly row: ReturnAsideRow }) {
  const { till, view, state } = useTill();
  const { label, command } = row.button;
  const isBusy = view.basket !== null && !isEmptyBasket(view.basket);
  return (
    <button
      type="button"
      className="button"
      data-size="small"
      data-weight={row.state === 'checking' ? undefined : 'primary'}
      aria-label={`${label}: ${row.title}`}
      disabled={isBusy || state.underWay.has(JSON.stringify(command))}
      onClick={() => void till.send(command)}
    >
      {label}
    </button>
  );
}

/** What has become known is told between sales, one at a time, and after what is more urgent. */
export function ReturnToldBand() {
  const { view } = useTill();
  const { returnTold } = view;
  if (returnTold === undefined || view.attention.length > 0 || view.checkedIn !== undefined) return null;
  return (
    <section className="return-told" data-state={returnTold.state} aria-live="polite">
      {returnTold.state === 'done' ? <CheckIcon /> : <NoticeIcon />}
      <p>
        <strong>{returnTold.title}</strong> {returnTold.text}
      </p>
      <RowButton row={returnTold} />
    </section>
  );
}
