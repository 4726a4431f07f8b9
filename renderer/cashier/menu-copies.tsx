import { useEffect, useState } from 'react';
import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { RecentSale } from '../../app/till/contract.ts';
import { clockText } from '../shared/till-clock.ts';
import { useTill } from './use-till.ts';

const MOST_SALES = 50;

/** The latest sales; each may have one copy of its receipt. */
export function Copies() {
  const { till, view, texts, language, state } = useTill();
  const [sales, setSales] = useState<readonly RecentSale[] | null>(null);
  const { version } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a printed copy changes the list, and the view with it
  useEffect(() => {
    let current = true;
    till.link.ask({ type: 'recent-sales', limit: MOST_SALES }).then(
      (answer) => {
        if (current) setSales(answer.sales);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [till, version]);

  if (sales === null) return <p className="hint">{texts.copies.loading}</p>;
  if (sales.length === 0) return <p className="hint">{texts.copies.none}</p>;
  const means = { cash: texts.copies.means.cash, card: texts.copies.means.card, vipps: view.brand.name };
  return (
    <ul className="cards">
      {sales.map((sale) => {
        const command = { type: 'print-copy', saleId: sale.saleId } as const;
        const title = fill(sale.series === 'sale' ? texts.copies.receipt : texts.copies.returnReceipt, { number: sale.receiptNumber });
        return (
          <li key={sale.saleId} className="card-row">
            <span className="card-words">
              <strong>{title}</strong>
              <small>
                {clockText(sale.completedAtMs)} · {sale.means.map((kind) => means[kind]).join(', ')}
              </small>
            </span>
            <span className="card-amount">{formatOre(sale.totalOre, language)}</span>
            {sale.copyPrinted ? (
              <span className="hint card-done">{texts.copies.done}</span>
            ) : (
              <button
                type="button"
                className="button"
                data-size="small"
                aria-label={`${texts.copies.print}: ${title}`}
                disabled={state.underWay.has(JSON.stringify(command))}
                onClick={() => void till.send(command)}
              >
                {texts.copies.print}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
