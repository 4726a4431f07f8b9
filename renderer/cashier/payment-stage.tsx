/** A payment while it lives: how much, what happens now, what has happened, and at most two ways on. */
import { fill } from '../../app/text/screen.ts';
import type { PaymentButton, PaymentStage as Stage } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { AlertIcon, CheckIcon } from '../shared/icons.tsx';
import { BusyRing, CountdownRing } from '../shared/ring.tsx';
import { PaymentLink } from './payment-link.tsx';
import { Support } from './support-line.tsx';
import { TimelineRows } from './timeline-rows.tsx';
import { useTill } from './use-till.ts';

/** The round mark at the left of the band: time while it runs, work while it lasts, a sign when it is over. */
function Mark({ stage }: { readonly stage: Stage }) {
  const { texts } = useTill();
  if (stage.expiresAtMs !== null && stage.totalMs !== null) {
    return (
      <CountdownRing expiresAtMs={stage.expiresAtMs} totalMs={stage.totalMs} label={(time) => fill(texts.payment.timeLeft, { time })} />
    );
  }
  switch (stage.tone) {
    case 'waiting':
      return <BusyRing />;
    case 'good':
      return (
        <span className="stage-mark">
          <CheckIcon />
        </span>
      );
    case 'care':
    case 'bad':
      return (
        <span className="stage-mark">
          <AlertIcon />
        </span>
      );
  }
}

export function PaymentStage({ stage }: { readonly stage: Stage }) {
  const { view, texts, language } = useTill();
  return (
    <div className="stage">
      <p className="stage-brand">
        <span className="brand-dot" style={{ background: view.brand.background }} />
        {stage.byQr ? fill(texts.pay.qr, { brand: view.brand.name }) : view.brand.name}
      </p>
      <div className="stage-sum">
        <p
          className="stage-amount"
          data-digits={stage.amountOre >= 1_000_000 || undefined}
          data-more={stage.reserved !== undefined || undefined}
        >
          <Ore ore={stage.amountOre} language={language} size="hero" />
        </p>
        {stage.reserved === undefined ? null : <p className="stage-reserved">{stage.reserved.text}</p>}
      </div>
      <div className="stage-band" data-tone={stage.tone} role="status">
        <Mark stage={stage} />
        <div className="stage-words">
          <h1>{stage.title}</h1>
          {stage.detail === '' ? null : <p>{stage.detail}</p>}
        </div>
      </div>
      {stage.link === undefined ? null : <PaymentLink link={stage.link} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ol className="timeline" aria-label={texts.payment.timeline} tabIndex={0}>
        <TimelineRows rows={stage.timeline} />
      </ol>
      <Support>
        {texts.payment.reference} {stage.reference}
        {stage.support === null ? null : <> · {stage.support}</>}
      </Support>
      <StageButtons stage={stage} />
    </div>
  );
}

/** What leads out of the payment has its place at the right in every state, what goes on with it at the left: no two ever swap places. */
const GIVES_BACK: ReadonlySet<string> = new Set(['release', 'refund']);

function isWayOut({ command }: PaymentButton): boolean {
  if (command.type === 'answer-payment') return GIVES_BACK.has(command.answer);
  return command.type === 'cancel-payment' || command.type === 'close-payment';
}

/** While all goes its way nothing needs to be pressed, and nothing shouts to be. Enter is the safe one all the same. */
function StageButtons({ stage }: { readonly stage: Stage }) {
  const { till, state } = useTill();
  const buttons = stage.buttons.toSorted((a, b) => Number(isWayOut(a)) - Number(isWayOut(b)));
  if (buttons.length === 0) return <div className="stage-buttons" />;
  return (
    <div className="stage-buttons">
      {buttons.map((button) => (
        <button
          key={JSON.stringify(button.command)}
          type="button"
          className="button"
          data-size="large"
          data-way-out={isWayOut(button) || undefined}
          data-weight={stage.tone === 'waiting' ? 'plain' : button.weight}
          data-primary={button.weight === 'primary' || undefined}
          data-back={button.command.type === 'close-payment' || undefined}
          disabled={state.underWay.has(JSON.stringify(button.command))}
          onClick={() => void till.send(button.command)}
        >
          {button.label}
        </button>
      ))}
    </div>
  );
}
