/** Payments by the provider: finding one, and its whole story as the provider tells it now. For the customer who says "twice". */
import { useEffect, useId, useState } from 'react';
import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { PaymentRow, PaymentStoryView } from '../../app/till/contract.ts';
import { ForwardIcon } from '../shared/icons.tsx';
import { PaneFrame } from './pane-frame.tsx';
import { useTill } from './use-till.ts';

const MOST_ROWS = 50;

/** Nobody has searched yet: the latest. */
export function Payments({ text }: { readonly text: string }) {
  const { till, texts, language, link } = useTill();
  const [typed, setTyped] = useState(text);
  const [rows, setRows] = useState<readonly PaymentRow[] | null>(null);
  const id = useId();
  useEffect(() => {
    if (link !== 'online') return;
    let current = true;
    till.link.ask({ type: 'payments', limit: MOST_ROWS, ...(typed.trim() === '' ? {} : { text: typed }) }).then(
      (answer) => {
        if (current) setRows(answer.payments);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [till, typed, link]);
  const open = (saleId: string) => till.open({ kind: 'payment-story', saleId, text: typed });
  const [only, ...others] = rows ?? [];
  return (
    <PaneFrame title={texts.menu.payments} back={texts.menu.back} onBack={() => till.open({ kind: 'menu', page: 'root' })}>
      <div className="menu">
        <div className="field">
          <label className="field-label" htmlFor={id}>
            {texts.payments.search}
          </label>
          <input
            id={id}
            className="text-field"
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            data-typing="pane"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // It is not the sale's to pay with here.
              event.preventDefault();
              if (only !== undefined && others.length === 0) open(only.saleId);
            }}
          />
        </div>
        {rows === null ? <p className="hint">{texts.payments.loading}</p> : null}
        {rows?.length === 0 ? <p className="hint">{typed.trim() === '' ? texts.payments.none : texts.payments.nothing}</p> : null}
        <ul className="cards" aria-label={texts.menu.payments}>
          {(rows ?? []).map((row) => (
            <li key={row.saleId}>
              <button type="button" className="menu-item" onClick={() => open(row.saleId)}>
                <span className="card-words">
                  <strong>{row.title}</strong>
                  <small>{[row.atText, row.stateText, ...attemptsText(row, texts.payments.attempts)].join(' · ')}</small>
                </span>
                <span className="card-amount">{formatOre(row.amountOre, language)}</span>
                <ForwardIcon />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </PaneFrame>
  );
}

const attemptsText = ({ attempts }: PaymentRow, text: string) => (attempts === 1 ? [] : [fill(text, { count: attempts })]);

type Asked = { readonly kind: 'asking' | 'lost' } | { readonly kind: 'told'; readonly story: PaymentStoryView | null };

export function PaymentStory({ saleId, text }: { readonly saleId: string; readonly text: string }) {
  const { till, texts, view } = useTill();
  const [asked, setAsked] = useState<Asked>({ kind: 'asking' });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: "ask again" asks again
  useEffect(() => {
    let current = true;
    setAsked({ kind: 'asking' });
    till.link.ask({ type: 'payment-story', saleId }).then(
      ({ story }) => {
        if (current) setAsked({ kind: 'told', story });
      },
      () => {
        if (current) setAsked({ kind: 'lost' });
      },
    );
    return () => {
      current = false;
    };
  }, [till, saleId, round]);
  const story = asked.kind === 'told' ? asked.story : null;
  return (
    <PaneFrame
      title={story?.title ?? texts.menu.payments}
      back={texts.payments.back}
      onBack={() => till.open({ kind: 'payments', text })}
      focusTitle
      aside={
        <button
          type="button"
          className="button pane-aside"
          data-size="small"
          disabled={asked.kind === 'asking'}
          onClick={() => setRound((before) => before + 1)}
        >
          {texts.payments.again}
        </button>
      }
    >
      <div className="menu story" aria-busy={asked.kind === 'asking'}>
        <p className="sr-only" role="status">
          {asked.kind === 'asking' ? fill(texts.payments.asking, { brand: view.brand.name }) : (story?.summary ?? '')}
        </p>
        {asked.kind === 'asking' ? <p className="hint">{fill(texts.payments.asking, { brand: view.brand.name })}</p> : null}
        {asked.kind === 'lost' || (asked.kind === 'told' && story === null) ? <p className="hint">{texts.payments.lost}</p> : null}
        {story === null ? null : <Told story={story} />}
      </div>
    </PaneFrame>
  );
}

function Told({ story }: { readonly story: PaymentStoryView }) {
  return (
    <>
      <section className="story-summary" data-tone={story.tone}>
        <p className="story-verdict">{story.summary}</p>
        {story.explanations.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
      {story.attempts.map((attempt) => (
        <section key={attempt.title} className="story-attempt">
          <h3 className="figures">{attempt.title}</h3>
          <p className="hint">{attempt.sourceText}</p>
          <ol>
            {attempt.rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what happened twice at the same time are two rows, in their order
              <li key={index} data-tone={row.tone}>
                <span className="story-when figures">{row.atText}</span>
                <span className="story-what">{row.text}</span>
                <span className="card-amount">{row.amountText}</span>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}
