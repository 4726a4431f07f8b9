/** The sale is paid: what goes back to the customer, how the receipt is, and the next customer. */
import { formatOre } from '../../app/money/format.ts';
import { fill, type ScreenTexts } from '../../app/text/screen.ts';
import type { FinishedStage as Stage } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { CheckIcon, NoticeIcon, PaperIcon } from '../shared/icons.tsx';
import { clockTextWithSeconds } from '../shared/till-clock.ts';
import { useTill } from './use-till.ts';

const RECEIPT_TONES = {
  printing: 'waiting',
  waiting: 'care',
  printed: 'good',
  unknown: 'care',
  declined: 'quiet',
  'not-asked': 'quiet',
} as const satisfies Record<Stage['receipt']['state'], string>;

export function FinishedStage({ stage }: { readonly stage: Stage }) {
  const { till, texts, language, state } = useTill();
  const under = (type: string) => [...state.underWay].some((key) => key.includes(`"${type}"`));
  const tone = RECEIPT_TONES[stage.receipt.state];
  const roundingOre = stage.paidOre - stage.totalOre;
  const gaveBack = stage.paidOre < 0;
  const sign = gaveBack ? -1 : 1;
  const heroOre = stage.changeOre > 0 ? stage.changeOre : sign * stage.paidOre;
  return (
    <div className="stage" data-finished>
      <div className="paid-mark" role="status">
        <span className="stage-mark" data-tone="good">
          <CheckIcon />
        </span>
        <h1>{titleOf(stage, texts)}</h1>
        <span className="hint">{clockTextWithSeconds(stage.completedAtMs)}</span>
      </div>
      <div className="finished-hero" data-change={stage.changeOre > 0 || undefined}>
        <span className="due-label">{heroLabel(stage, texts)}</span>
        <p className="stage-amount" data-digits={heroOre >= 1_000_000 || undefined}>
          <Ore ore={heroOre} language={language} size="hero" />
        </p>
      </div>
      <div className="finished-facts">
        {stage.changeOre > 0 || roundingOre !== 0 ? (
          <p className="total-row" data-sum>
            <span>{texts.finished.total}</span>
            <span>{formatOre(sign * stage.totalOre, language)}</span>
          </p>
        ) : null}
        {roundingOre === 0 ? null : (
          <p className="total-row">
            <span>{texts.finished.rounding}</span>
            <span>{formatOre(sign * roundingOre, language)}</span>
          </p>
        )}
        {stage.means.map((tender) => (
          <p className="total-row" key={tender.tenderId}>
            <span>
              {tender.label}
              {tender.detail === null ? null : <small> · {tender.detail}</small>}
              {tender.note === undefined ? null : <small className="tender-note">{tender.note}</small>}
            </span>
            <span>{formatOre(sign * tender.amountOre, language)}</span>
          </p>
        ))}
      </div>
      <p className="receipt-state" data-tone={tone}>
        {tone === 'care' ? <NoticeIcon /> : <PaperIcon />}
        <span>
          <strong>
            {fill(stage.series === 'sale' ? texts.finished.receipt : texts.finished.returnReceipt, { number: stage.receiptNumber })}
          </strong>
          {stage.receipt.text}
        </span>
      </p>
      {stage.cannotContinueText === null ? null : (
        <p className="must-wait" id="must-wait">
          {stage.cannotContinueText}
        </p>
      )}
      <div className="stage-buttons" data-finished>
        {stage.canPrint ? (
          <button
            type="button"
            className="button"
            data-size="large"
            data-weight="primary"
            data-primary
            disabled={under('print-receipt')}
            onClick={() => void till.send({ type: 'print-receipt' })}
          >
            {texts.finished.print}
          </button>
        ) : null}
        {stage.canDecline ? (
          <button
            type="button"
            className="button"
            data-size="large"
            disabled={under('decline-receipt')}
            onClick={() => void till.send({ type: 'decline-receipt' })}
          >
            {texts.finished.decline}
          </button>
        ) : null}
        {stage.canCopy ? (
          <button
            type="button"
            className="button"
            data-size="large"
            disabled={under('print-copy')}
            onClick={() => void till.send({ type: 'print-copy', saleId: stage.saleId })}
          >
            {texts.finished.copy}
          </button>
        ) : null}
        <button
          type="button"
          className="button"
          data-size="large"
          data-weight={stage.canPrint ? undefined : 'primary'}
          data-primary={!stage.canPrint || undefined}
          aria-describedby={stage.cannotContinueText === null ? undefined : 'must-wait'}
          disabled={!stage.canContinue || under('next-customer')}
          onClick={() => void till.send({ type: 'next-customer' })}
        >
          {texts.finished.next}
        </button>
      </div>
    </div>
  );
}

function titleOf(stage: Stage, texts: ScreenTexts): string {
  if (stage.paidOre < 0) return texts.returns.finished.gaveBack;
  return stage.totalOre === 0 && stage.means.length === 0 ? texts.returns.finished.exchanged : texts.finished.paid;
}

function heroLabel(stage: Stage, texts: ScreenTexts): string {
  if (stage.changeOre > 0) return texts.finished.change;
  if (stage.paidOre < 0) return texts.returns.finished.inAll;
  return stage.paidOre === stage.totalOre ? texts.finished.total : texts.finished.paidInAll;
}
