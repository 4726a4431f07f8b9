import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { BasketLine } from '../../app/till/contract.ts';
import { quantityText } from './line-row.tsx';
import { useTill } from './use-till.ts';

/** The sale while it is being paid: there to be read, quiet. While its customer approves, a line may still be corrected. */
export function SettledLines() {
  const { till, view, texts, language } = useTill();
  const { basket, stage } = view;
  const canCorrect = stage.kind === 'payment' && stage.basket !== undefined;
  if (basket === null) return <div className="settled" />;
  return (
    <div className="settled">
      <h1>{fill(texts.basket.sale, { number: basket.saleNumber })}</h1>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ol className="settled-lines" aria-label={texts.basket.lines} tabIndex={0}>
        {(basket.returned?.lines ?? []).map((line) => (
          <li key={`return-${line.lineNo}`} className="settled-line">
            <span className="line-quantity">{quantityText(line, language)}</span>
            <span className="line-name">
              {line.name}
              <small>{texts.returns.title}</small>
            </span>
            <span>{formatOre(line.amountOre, language)}</span>
          </li>
        ))}
        {basket.lines.map((line) => (
          <li key={line.lineId} className="settled-line" data-deposit={line.isDeposit || undefined}>
            {canCorrect && !line.isDeposit ? (
              <button
                type="button"
                className="settled-change"
                onClick={() => till.open({ kind: 'line', lineId: line.lineId, part: 'quantity' })}
              >
                <Columns line={line} />
              </button>
            ) : (
              <Columns line={line} />
            )}
          </li>
        ))}
      </ol>
      {canCorrect ? <p className="settled-hint">{texts.payment.mayCorrect}</p> : null}
      <div className="settled-totals">
        {basket.saleDiscountOre === 0 ? null : (
          <p className="total-row">
            <span>{basket.saleDiscountText ?? texts.basket.saleDiscount}</span>
            <span>{formatOre(-basket.saleDiscountOre, language)}</span>
          </p>
        )}
        <p className="total-row" data-sum>
          <span>{texts.basket.total}</span>
          <span>{formatOre(basket.totalOre, language)}</span>
        </p>
        {basket.tenders.map((tender) => (
          <p className="total-row" key={tender.tenderId}>
            <span>{tender.label}</span>
            <span>{formatOre(-tender.amountOre, language)}</span>
          </p>
        ))}
      </div>
    </div>
  );
}

function Columns({ line }: { readonly line: BasketLine }) {
  const { language } = useTill();
  return (
    <>
      <span className="line-quantity">{line.isDeposit ? '' : quantityText(line, language)}</span>
      <span className="line-name">{line.name}</span>
      <span>{formatOre(line.amountOre, language)}</span>
    </>
  );
}
