/** The whole set-up at a glance: what is in order, and for each thing that is not, what to do. */
import { useEffect, useRef, useState } from 'react';
import type { DiagnosisLine } from '../../app/till/settings.ts';
import { Tick } from './fields.tsx';
import { useAsking, useSettings } from './use-section.ts';

interface Diagnosis {
  readonly summary: string;
  readonly lines: readonly DiagnosisLine[];
}

const MARKS = { ok: '✓', note: 'i', todo: '!' } as const;

export function CheckPage() {
  const { texts } = useSettings();
  const { ask, said, setSaid, busy } = useAsking();
  const [withPayment, setWithPayment] = useState(false);
  const [found, setFound] = useState<Diagnosis | null>(null);
  const words = texts.checkAll;
  const run = async () => {
    setFound(null);
    const answer = await ask({ type: 'check', what: 'all', probe: withPayment }, texts.checking);
    if (answer?.ok !== true || answer.type !== 'diagnosis') return;
    const { summary, lines } = answer;
    setFound({ summary, lines });
    const isGood = lines.every(({ tone }) => tone !== 'todo');
    setSaid({ tone: isGood ? 'good' : 'bad', field: null, message: summary });
  };
  // Whoever opens the page wants to know; what makes a payment waits until it is asked for.
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void run();
  });
  return (
    <div className="sheet">
      <div className="sheet-fields">
        <div>
          <Tick label={words.withPayment} checked={withPayment} onChange={setWithPayment} />
          <p className="hint">{words.withPaymentHow}</p>
        </div>
        {found === null ? null : (
          <ul className="findings" aria-label={words.lines}>
            {found.lines.map((line) => (
              <li key={`${line.check} ${line.text}`} className="finding" data-tone={line.tone}>
                <span className="finding-mark" role="img" aria-label={words.tones[line.tone]}>
                  {MARKS[line.tone]}
                </span>
                <div>
                  <p className="finding-label">{line.label}</p>
                  <p className="finding-text">{line.text}</p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="sheet-foot">
        <p className="said" role="status" data-tone={said?.tone}>
          {said?.message ?? ''}
        </p>
        <button type="button" className="button" data-weight="primary" aria-disabled={busy} onClick={() => void (busy ? null : run())}>
          {words.run}
        </button>
      </div>
    </div>
  );
}
