import { formatOre } from '../../app/money/format.ts';
import type { TenderRow } from '../../app/till/contract.ts';
import { useTill } from './use-till.ts';

/** What has been paid so far, each with its way back where there is one. */
export function TenderRows({ tenders }: { readonly tenders: readonly TenderRow[] }) {
  const { till, texts, language, state } = useTill();
  return (
    <ul className="tenders" aria-label={texts.basket.paidSoFar}>
      {tenders.map((tender) => {
        const command = { type: 'return-tender', tenderId: tender.tenderId } as const;
        return (
          <li key={tender.tenderId} className="tender">
            <span className="tender-label">
              {tender.label}
              {tender.detail === null ? null : <small>{tender.detail}</small>}
            </span>
            {tender.returnable ? (
              <button
                type="button"
                className="button"
                data-size="small"
                disabled={state.underWay.has(JSON.stringify(command))}
                onClick={() => void till.send(command)}
              >
                {texts.basket.giveBack}
              </button>
            ) : null}
            <span className="tender-amount">{formatOre(-tender.amountOre, language)}</span>
          </li>
        );
      })}
    </ul>
  );
}
