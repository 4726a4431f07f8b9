import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import { quantityText } from './line-row.tsx';
import { useTill } from './use-till.ts';

/** The sale while it is being paid: there to be read, quiet, with nothing to press. */
export function SettledLines() {
  const { view, texts, language } = useTill();
  const { basket } = view;
  if (basket === null) return <div className="settled" />;
  return (
    <div className="settled">
      <h1>{fill(texts.basket.sale, { number: basket.saleNumber })}</h1>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ol className="settled-lines" aria-label={texts.basket.lines} tabIndex={0}>
        {basket.lines.map((line) => (
          <li key={line.lineId} className="settled-line" data-deposit={line.isDeposit || undefined}>
            <span className="line-quantity">{line.isDeposit ? '' : quantityText(line, language)}</span>
            <span className="line-name">{line.name}</span>
            <span>{formatOre(line.amountOre, language)}</span>
          </li>
        ))}
      </ol>
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
