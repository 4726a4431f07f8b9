/** Goods that came back, above the new ones: below zero, under the name of the purchase that they are from. */
import type { ReturnedView } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { CloseIcon } from '../shared/icons.tsx';
import { quantityText } from './line-row.tsx';
import { useTill } from './use-till.ts';

export function ReturnedGoods({ returned, canRemove }: { readonly returned: ReturnedView; readonly canRemove: boolean }) {
  const { till, texts, language, state } = useTill();
  const said = texts.returns.basket;
  const command = { type: 'remove-return' } as const;
  return (
    <section className="returned" aria-label={said.lines} data-holding={returned.state === 'holding' || undefined}>
      <header className="returned-head">
        <h2>
          {returned.title}
          <small role="status">{returned.state === 'holding' ? said.holding : returned.reason}</small>
        </h2>
        {canRemove ? (
          <button
            type="button"
            className="icon-button"
            aria-label={said.remove}
            title={said.remove}
            disabled={state.underWay.has(JSON.stringify(command))}
            onClick={() => void till.send(command)}
          >
            <CloseIcon />
          </button>
        ) : null}
      </header>
      <ol>
        {returned.lines.map((line) => (
          <li key={line.lineNo} className="returned-line">
            <span className="line-quantity">{quantityText(line, language)}</span>
            <span className="line-name">{line.name}</span>
            <Ore ore={line.amountOre} language={language} className="line-amount" />
          </li>
        ))}
      </ol>
    </section>
  );
}
