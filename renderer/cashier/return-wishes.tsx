/** Returns that wait for head office to answer again. */

import { fill } from '../../app/text/screen.ts';
import type { ReturnWishRow } from '../../app/till/contract.ts';
import { dateText, localDate } from '../shared/date-text.ts';
import { CheckIcon, CloseIcon } from '../shared/icons.tsx';
import { clockText } from '../shared/till-clock.ts';
import { returnForm } from './pane.ts';
import { useTill } from './use-till.ts';

export function ReturnWishes() {
  const { view, texts } = useTill();
  const said = texts.returns.wishes;
  if (view.returnWishes.length === 0) return null;
  return (
    <section className="basket-parked" aria-label={said.title}>
      <h2>{said.title}</h2>
      <ul className="cards">
        {view.returnWishes.map((wish) => (
          <Wish key={wish.wishId} wish={wish} />
        ))}
      </ul>
    </section>
  );
}

function Wish({ wish }: { readonly wish: ReturnWishRow }) {
  const { till, view, texts, state } = useTill();
  const said = texts.returns.wishes;
  const { wishId, text, note, keptAtMs, ready } = wish;
  const drop = { type: 'drop-return-wish', wishId } as const;
  const day =
    localDate(keptAtMs) === localDate(view.nowMs) ? '' : `${dateText(localDate(keptAtMs), texts.returns.find.dateFormat, texts.months)} `;
  return (
    <li className="card-row wish">
      <span className="card-words">
        <strong>{text}</strong>
        {note === null ? null : <small>{note}</small>}
        <small className="wish-state" data-ready={ready || undefined}>
          {ready ? <CheckIcon /> : null}
          {ready ? said.ready : said.waits} · {day}
          {clockText(keptAtMs)}
        </small>
      </span>
      <span className="wish-buttons">
        <button
          type="button"
          className="button"
          data-size="small"
          data-weight={ready ? 'primary' : undefined}
          aria-label={fill(said.takeTitle, { text })}
          onClick={() => till.open({ kind: 'return', form: returnForm(text), run: { id: wishId, opens: true }, wishId })}
        >
          {said.take}
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={fill(said.drop, { text })}
          title={fill(said.drop, { text })}
          disabled={state.underWay.has(JSON.stringify(drop))}
          onClick={() => void till.send(drop)}
        >
          <CloseIcon />
        </button>
      </span>
    </li>
  );
}
