/** Money on its way back: each part with how it stands, and what the cashier hands out. */
import { type ReactNode, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { Command, ReturnStage as Stage } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { AlertIcon, CheckIcon } from '../shared/icons.tsx';
import { TextPad } from '../shared/number-field.tsx';
import { BusyRing } from '../shared/ring.tsx';
import { Support } from './support-line.tsx';
import { TimelineRows } from './timeline-rows.tsx';
import { useTill } from './use-till.ts';

type Part = Stage['parts'][number];

const LONGEST_REFERENCE = 40;

export function ReturnStage({ stage }: { readonly stage: Stage }) {
  const { texts, language } = useTill();
  const said = texts.returns.stage;
  const now = stage.phase === 'hand-out' ? stage.parts.find(({ state }) => state === 'now') : undefined;
  const heroOre = now?.amountOre ?? stage.amountOre;
  return (
    <div className="stage return-stage" data-hand-out={now !== undefined || undefined}>
      <p className="stage-brand">{now === undefined ? said.title : said[now.kind === 'card' ? 'card' : 'cash']}</p>
      <p className="stage-amount" data-digits={heroOre >= 1_000_000 || undefined}>
        <Ore ore={heroOre} language={language} size="hero" />
      </p>
      <div className="stage-band" data-tone={stage.tone} role="status">
        {stage.tone === 'waiting' ? (
          <BusyRing />
        ) : (
          <span className="stage-mark">{stage.tone === 'good' ? <CheckIcon /> : <AlertIcon />}</span>
        )}
        <div className="stage-words">
          <h1>{stage.title}</h1>
          {stage.detail === '' ? null : <p>{stage.detail}</p>}
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="return-progress" aria-label={said.parts} tabIndex={0}>
        <Parts parts={stage.parts} />
        {now?.asksReference === true ? null : <Timeline stage={stage} />}
      </section>
      {stage.support === null ? <span /> : <Support>{stage.support}</Support>}
      {now?.asksReference === true ? <CardReference key={now.partNo} part={now} stage={stage} /> : <Buttons stage={stage} now={now} />}
    </div>
  );
}

function Parts({ parts }: { readonly parts: readonly Part[] }) {
  const { texts } = useTill();
  const said = texts.returns.stage;
  return (
    <ul className="return-parts">
      {parts.map((part) => (
        <li key={part.partNo} className="return-part" data-state={part.state}>
          <span className="return-part-label figures">{part.label}</span>
          <span className="return-part-state">
            {part.state === 'done' ? <CheckIcon /> : null}
            {said.states[part.state]}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Timeline({ stage }: { readonly stage: Stage }) {
  const { texts } = useTill();
  if (stage.timeline.length === 0) return null;
  return (
    <ol className="timeline" aria-label={texts.payment.timeline}>
      <TimelineRows rows={stage.timeline} />
    </ol>
  );
}

/** The refund was made on the card terminal: what stands on its slip. */
function CardReference({ part, stage }: { readonly part: Part; readonly stage: Stage }) {
  const { texts, money } = useTill();
  const [reference, setReference] = useState('');
  const terminalReference = reference.trim();
  const command = { type: 'part-handed-out', partNo: part.partNo, terminalReference } as const;
  return (
    <div className="return-reference">
      <label className="field">
        <span className="field-label">{texts.returns.stage.reference}</span>
        <input
          className="text-field reference-field"
          type="text"
          autoComplete="off"
          maxLength={LONGEST_REFERENCE}
          data-typing="pane"
          // biome-ignore lint/a11y/noAutofocus: the slip is in the cashier's hand
          autoFocus
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      </label>
      <TextPad text={reference} longest={LONGEST_REFERENCE} onChange={setReference} texts={texts.pad} />
      <div className="stage-buttons">
        <Offered stage={stage} />
        <WayOut command={command} isReady={terminalReference !== ''}>
          {fill(texts.returns.stage.cardDone, { amount: money(part.amountOre) })}
        </WayOut>
      </div>
    </div>
  );
}

/** The customer has it: what the stage is waiting for. */
function WayOut({
  command,
  isReady = true,
  children,
}: {
  readonly command: Command;
  readonly isReady?: boolean;
  readonly children: ReactNode;
}) {
  const { till, state } = useTill();
  return (
    <button
      type="button"
      className="button"
      data-size="large"
      data-way-out
      data-weight="primary"
      data-primary
      disabled={!isReady || state.underWay.has(JSON.stringify(command))}
      onClick={() => void till.send(command)}
    >
      {children}
    </button>
  );
}

/** What the register offers stands at the left; what a person takes upon themselves at the right. */
function Buttons({ stage, now }: { readonly stage: Stage; readonly now: Part | undefined }) {
  const { till, texts, money } = useTill();
  const said = texts.returns.stage;
  const refused = stage.parts.find((part) => part.state === 'refused');
  const handedOut = now === undefined ? null : ({ type: 'part-handed-out', partNo: now.partNo } as const);
  return (
    <div className="stage-buttons">
      <Offered stage={stage} />
      {now === undefined || handedOut === null ? null : (
        <WayOut command={handedOut}>{fill(said.handedOut, { amount: money(now.amountOre) })}</WayOut>
      )}
      {refused === undefined || now !== undefined ? null : (
        <button
          type="button"
          className="button"
          data-size="large"
          data-way-out
          data-weight="care"
          onClick={() => till.open({ kind: 'pay-part-out', partNo: refused.partNo })}
        >
          {fill(said.payOut, { amount: money(refused.amountOre) })}
        </button>
      )}
    </div>
  );
}

/** What the register offers by itself. */
function Offered({ stage }: { readonly stage: Stage }) {
  const { till, state } = useTill();
  return stage.buttons.map(({ command, label, weight }) => (
    <button
      key={JSON.stringify(command)}
      type="button"
      className="button"
      data-size="large"
      data-weight={stage.tone === 'waiting' ? 'plain' : weight}
      data-primary={weight === 'primary' || undefined}
      disabled={state.underWay.has(JSON.stringify(command))}
      onClick={() => void till.send(command)}
    >
      {label}
    </button>
  ));
}
