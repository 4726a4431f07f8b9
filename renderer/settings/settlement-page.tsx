/** One day at the provider against the register: green when all matches, else what differs and what to do about it. */
import { type SubmitEvent, useEffect, useId, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { DifferenceView, SettlementView } from '../../app/till/settings.ts';
import { CheckIcon } from '../shared/icons.tsx';
import { clockText } from '../shared/till-clock.ts';
import { keepFile } from './keep-file.ts';
import { useAsking, useSettings } from './use-section.ts';

const DAY_MS = 86_400_000;

/** The newest day that can be over: yesterday on this machine's calendar. */
function yesterday(): string {
  const at = new Date(Date.now() - DAY_MS);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
}

export function SettlementPage() {
  const { texts } = useSettings();
  const words = texts.settlement;
  const { ask, said, setSaid, busy } = useAsking();
  const [date, setDate] = useState(yesterday);
  const [shown, setShown] = useState<SettlementView | null>(null);
  const id = useId();

  const compare = async () => {
    setShown(null);
    const answer = await ask({ type: 'settlement', date }, words.comparing);
    if (answer?.ok !== true || answer.type !== 'settlement') return;
    setShown(answer.settlement);
    setSaid(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever opens the page wants to know how yesterday went, once
  useEffect(() => void compare(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy) void compare();
  };
  const keep = async (day: string) => {
    const answer = await ask({ type: 'settlement-file', date: day }, words.making);
    if (answer?.ok !== true || answer.type !== 'bundle') return;
    keepFile(answer.fileName, answer.base64, 'text/csv');
    setSaid({ tone: 'good', field: null, message: fill(words.made, { file: answer.fileName }) });
  };

  return (
    <div className="sheet settlement">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <section className="sheet-fields" tabIndex={0} aria-label={texts.sections.settlement}>
        <form className="settlement-ask" onSubmit={submit}>
          <div className="field">
            <label className="field-label" htmlFor={id}>
              {words.day}
            </label>
            <input
              id={id}
              className="text-field figures"
              type="date"
              required
              value={date}
              onChange={(event) => setDate(event.target.value)}
            />
          </div>
          <button type="submit" className="button" data-weight="primary" aria-disabled={busy}>
            {words.compare}
          </button>
        </form>
        {shown === null ? null : <Result settlement={shown} />}
      </section>
      <div className="sheet-foot">
        <p className="said" role="status" data-tone={said?.tone}>
          {said?.message ?? ''}
        </p>
        {shown === null ? null : (
          <button type="button" className="button" aria-disabled={busy} onClick={() => void (busy ? null : keep(shown.date))}>
            {words.file}
          </button>
        )}
      </div>
    </div>
  );
}

function Result({ settlement }: { readonly settlement: SettlementView }) {
  const { texts } = useSettings();
  const words = texts.settlement;
  return (
    <>
      <section className="verdict" data-tone={settlement.tone} role="status">
        <h3>
          {settlement.tone === 'good' ? <CheckIcon /> : null}
          {settlement.title}
        </h3>
        <p>{settlement.detail}</p>
      </section>
      <dl className="sums" aria-label={words.sums}>
        {settlement.sums.map((sum) => (
          <div key={sum.label} data-net={sum.isNet ? '' : undefined}>
            <dt>{sum.label}</dt>
            <dd className="figures">{sum.amountText}</dd>
          </div>
        ))}
      </dl>
      {settlement.differences.length === 0 ? null : (
        <ul className="differences" aria-label={words.differences}>
          {settlement.differences.map((difference) => (
            <Difference
              key={`${difference.kind} ${difference.reference} ${difference.atMs}`}
              settlement={settlement}
              difference={difference}
            />
          ))}
        </ul>
      )}
      {settlement.notes.length === 0 ? null : (
        <section className="settlement-notes">
          <h3>{words.notes}</h3>
          <ul>
            {settlement.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Difference({ settlement, difference }: { readonly settlement: SettlementView; readonly difference: DifferenceView }) {
  return (
    <li className="difference">
      <h3>{difference.title}</h3>
      <p className="hint figures">
        {[clockText(difference.atMs), difference.receiptText, difference.reference]
          .filter((part) => part !== null && part !== '')
          .join(' · ')}
      </p>
      <dl className="sides">
        <div>
          <dt>{settlement.thereLabel}</dt>
          <dd className="figures">{difference.ledgerText}</dd>
        </div>
        <div>
          <dt>{settlement.hereLabel}</dt>
          <dd className="figures">{difference.recordText}</dd>
        </div>
      </dl>
      <p>{difference.todo}</p>
    </li>
  );
}
