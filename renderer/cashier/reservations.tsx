/**
 * What is set aside with a payment: each with how much, since when, and until when. What nobody has approved yet stands under a
 * heading of its own, so that no goods are handed out for it.
 */
import { formatOre } from '../../app/money/format.ts';
import { fill, type ScreenTexts } from '../../app/text/screen.ts';
import type { ReservationRow } from '../../app/till/contract.ts';
import { dateText, localDate } from '../shared/date-text.ts';
import { useTillTime } from '../shared/till-clock.ts';
import { ResumeButton } from './resume-button.tsx';
import { useTill } from './use-till.ts';

const MINUTE_MS = 60_000;
const MINUTES_AN_HOUR = 60;
const MINUTES_A_DAY = 1_440;

export function Reservations() {
  const { view, texts } = useTill();
  const said = texts.reservations;
  return (
    <>
      <ReservationList title={said.waiting} rows={view.reservations.filter(({ state }) => state === 'waits')} />
      <ReservationList title={said.title} rows={view.reservations.filter(({ state }) => state !== 'waits')} />
    </>
  );
}

function ReservationList({ title, rows }: { readonly title: string; readonly rows: readonly ReservationRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section className="basket-parked" aria-label={title}>
      <h2>{title}</h2>
      <ul className="cards">
        {rows.map((row) => (
          <Reservation key={row.paymentId} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Reservation({ row }: { readonly row: ReservationRow }) {
  const { texts, language } = useTill();
  const said = texts.reservations;
  const minutes = useTillTime(MINUTE_MS, (nowMs) => Math.max(0, Math.floor((nowMs - row.sinceMs) / MINUTE_MS)));
  const age = ageText(minutes, said);
  const title = fill(said.line, { number: row.saleNumber });
  return (
    <li className="card-row">
      <span className="card-words">
        <strong>{title}</strong>
        <small>{fill(said.detail, { basket: formatOre(row.totalOre, language), age })}</small>
        {row.deadline === null ? (
          <Deadline untilMs={row.untilMs} />
        ) : (
          <small data-soon={row.deadline.soon || undefined}>{row.deadline.text}</small>
        )}
        {row.state === 'asks' ? <small>{said.asks}</small> : null}
      </span>
      <span className="card-amount">{formatOre(row.reservedOre, language)}</span>
      <ResumeButton saleId={row.saleId} title={title} />
    </li>
  );
}

function ageText(minutes: number, said: ScreenTexts['reservations']): string {
  if (minutes === 0) return said.now;
  if (minutes < MINUTES_AN_HOUR) return fill(said.minutes, { count: minutes });
  if (minutes < MINUTES_A_DAY) return fill(said.hours, { count: Math.floor(minutes / MINUTES_AN_HOUR) });
  return fill(said.days, { count: Math.floor(minutes / MINUTES_A_DAY) });
}

/** Told only where the provider tells it. */
function Deadline({ untilMs }: { readonly untilMs: number | null }) {
  const { texts } = useTill();
  const isOver = useTillTime(MINUTE_MS, (nowMs) => untilMs !== null && nowMs >= untilMs);
  if (untilMs === null) return null;
  const said = texts.reservations;
  return (
    <small>{isOver ? said.over : fill(said.until, { date: dateText(localDate(untilMs), texts.prompt.bornFormat, texts.months) })}</small>
  );
}
