/** Paying by cash, card or a part by QR. What is left stands above, whatever is typed. */
import { fill } from '../../app/text/screen.ts';
import { Ore } from '../shared/amount.tsx';
import { BackIcon, NoticeIcon } from '../shared/icons.tsx';
import { CardPane } from './card-pane.tsx';
import { CashPane } from './cash-pane.tsx';
import { type Means, TILES } from './pane.ts';
import { QrPane } from './qr-pane.tsx';
import { useTill } from './use-till.ts';

const MEANS: readonly Means[] = ['vipps', 'cash', 'card'];

export function PayPane({ means }: { readonly means: Means }) {
  const { till, view, texts, language, money } = useTill();
  const { basket } = view;
  if (basket === null) return null;
  // After cash and card the next customer waits for the paper: better to know before the money is taken.
  const printer = view.lights.find(({ device }) => device === 'printer');
  const labels = { vipps: fill(texts.pay.qr, { brand: view.brand.name }), cash: texts.pay.cash, card: texts.pay.card };
  return (
    <div className="pay-pane">
      <header className="pay-head">
        <button
          type="button"
          className="icon-button"
          data-framed
          data-back
          aria-label={texts.pay.back}
          title={texts.pay.back}
          onClick={() => till.open(TILES)}
        >
          <BackIcon />
        </button>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
        <div className="choice" role="group" aria-label={texts.pay.means}>
          {MEANS.map((kind) => (
            <button
              key={kind}
              type="button"
              className="choice-option"
              aria-pressed={kind === means}
              onClick={() => till.open({ kind: 'pay', means: kind })}
            >
              {labels[kind]}
            </button>
          ))}
        </div>
      </header>
      <div className="pay-due">
        <p className="due-label">
          {basket.tenders.length > 0 ? texts.basket.left : texts.basket.due}
          {means === 'cash' && basket.dueInCashOre !== basket.dueOre ? (
            <span className="hint">{fill(texts.pay.roundedCash, { amount: money(basket.dueInCashOre) })}</span>
          ) : null}
        </p>
        <Ore ore={basket.dueOre} language={language} size="hero" className="pay-amount" />
      </div>
      {means !== 'vipps' && printer?.state === 'down' ? (
        <p className="pay-warning" role="status">
          <NoticeIcon />
          <span>
            <strong>{printer.text}</strong>
            {texts.pay.receiptNeeded}
          </span>
        </p>
      ) : null}
      {means === 'cash' ? <CashPane basket={basket} /> : means === 'card' ? <CardPane basket={basket} /> : <QrPane basket={basket} />}
    </div>
  );
}
