import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import { clockText } from '../shared/till-clock.ts';
import { TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { ReservationList } from './reservations.tsx';
import { useTill } from './use-till.ts';

/** Sales that wait for their customer to come back. */
export function ParkedList() {
  const { till, view, texts, language, state } = useTill();
  const busy = view.basket !== null && view.basket.lines.length > 0;
  return (
    <>
      {busy && view.parked.length > 0 ? <p className="hint">{texts.parked.busy}</p> : null}
      <ul className="cards">
        {view.parked.map((sale) => {
          const command = { type: 'resume-sale', saleId: sale.saleId } as const;
          const time = clockText(sale.openedAtMs);
          return (
            <li key={sale.saleId} className="card-row">
              <span className="card-words">
                <strong>{fill(texts.parked.line, { number: sale.saleNumber })}</strong>
                <small>{fill(sale.lineCount === 1 ? texts.parked.oneLine : texts.parked.lines, { count: sale.lineCount, time })}</small>
              </span>
              <span className="card-amount">{formatOre(sale.totalOre, language)}</span>
              <button
                type="button"
                className="button"
                data-size="small"
                disabled={busy || state.underWay.has(JSON.stringify(command))}
                aria-label={`${texts.parked.resume}: ${fill(texts.parked.line, { number: sale.saleNumber })}`}
                onClick={() => void till.send(command)}
              >
                {texts.parked.resume}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

export function Parked() {
  const { till, view, texts } = useTill();
  return (
    <PaneFrame title={texts.parked.title} back={texts.pay.back} onBack={() => till.open(TILES)} focusTitle>
      {view.parked.length > 0 ? <ParkedList /> : view.reservations.length > 0 ? null : <p className="hint">{texts.parked.none}</p>}
      {view.reservations.length === 0 ? null : (
        <section className="basket-parked" aria-label={texts.reservations.title}>
          <h2>{texts.reservations.title}</h2>
          <ReservationList />
        </section>
      )}
    </PaneFrame>
  );
}
