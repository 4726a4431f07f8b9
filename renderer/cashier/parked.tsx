import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import { clockText } from '../shared/till-clock.ts';
import { TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { Reservations } from './reservations.tsx';
import { ResumeButton } from './resume-button.tsx';
import { ReturnWishes } from './return-wishes.tsx';
import { ReturnsAside } from './returns-aside.tsx';
import { useTill } from './use-till.ts';

/** Sales that wait for their customer to come back. */
export function ParkedList() {
  const { view, texts, language } = useTill();
  const busy = view.basket !== null && view.basket.lines.length > 0;
  return (
    <>
      {busy && view.parked.length > 0 ? <p className="hint">{texts.parked.busy}</p> : null}
      <ul className="cards">
        {view.parked.map((sale) => {
          const title = fill(texts.parked.line, { number: sale.saleNumber });
          const time = clockText(sale.openedAtMs);
          return (
            <li key={sale.saleId} className="card-row">
              <span className="card-words">
                <strong>{title}</strong>
                <small>{fill(sale.lineCount === 1 ? texts.parked.oneLine : texts.parked.lines, { count: sale.lineCount, time })}</small>
              </span>
              <span className="card-amount">{formatOre(sale.totalOre, language)}</span>
              <ResumeButton saleId={sale.saleId} title={title} />
            </li>
          );
        })}
      </ul>
    </>
  );
}

export function Parked() {
  const { till, view, texts } = useTill();
  const waits = view.reservations.length > 0 || view.returnWishes.length > 0 || view.returnsAside.length > 0;
  return (
    <PaneFrame title={texts.parked.title} back={texts.pay.back} onBack={() => till.open(TILES)} focusTitle>
      {view.parked.length > 0 ? <ParkedList /> : waits ? null : <p className="hint">{texts.parked.none}</p>}
      <ReturnsAside />
      <ReturnWishes />
      <Reservations />
    </PaneFrame>
  );
}
