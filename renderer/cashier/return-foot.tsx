/** Why the goods come back, what they come to, how the money goes back, and the one button that takes them. */
import { useState } from 'react';
import { roundForCash } from '../../app/money/cash.ts';
import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { OrderView } from '../../app/till/contract.ts';
import { CheckIcon } from '../shared/icons.tsx';
import { BusyRing } from '../shared/ring.tsx';
import { waysBack } from './return-sums.ts';
import { useTill } from './use-till.ts';

const LONGEST_REASON = 80;

interface FootProps {
  readonly order: OrderView;
  readonly sumOre: number;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly isBusy: boolean;
  readonly onTake: () => void;
}

export function ReturnFoot({ order, sumOre, reason, onReason, isBusy, onTake }: FootProps) {
  const { view, texts, language, money } = useTill();
  const said = texts.returns.choose;
  const [isOther, setIsOther] = useState(reason !== '' && !said.reasons.some((known) => known === reason));
  const goes = () => {
    if (sumOre === 0) return said.pick;
    if (reason.trim() === '') return said.pickReason;
    const ways = (order.cashOnly === null ? waysBack(order, sumOre) : [{ kind: 'cash', amountOre: sumOre } as const]).map(
      ({ kind, amountOre }) => {
        const handedOre = kind === 'cash' ? roundForCash(amountOre, view.currency) : amountOre;
        return fill(said.goes[kind], { amount: formatOre(handedOre, language), brand: view.brand.name });
      },
    );
    return ways.join(' · ');
  };
  const isExchange = (view.basket?.lines.length ?? 0) > 0;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
      <div className="return-reasons" role="group" aria-label={said.reason}>
        <span className="field-label">{said.reason}</span>
        {said.reasons.map((known) => (
          <button
            key={known}
            type="button"
            className="chip"
            aria-pressed={!isOther && reason === known}
            disabled={isBusy}
            onClick={() => {
              setIsOther(false);
              onReason(known);
            }}
          >
            {!isOther && reason === known ? <CheckIcon /> : null}
            {known}
          </button>
        ))}
        {isOther ? (
          <input
            className="text-field"
            type="text"
            autoComplete="off"
            maxLength={LONGEST_REASON}
            aria-label={said.otherLabel}
            placeholder={said.otherLabel}
            // biome-ignore lint/a11y/noAutofocus: it was just asked for
            autoFocus
            value={reason}
            onChange={(event) => onReason(event.currentTarget.value)}
          />
        ) : (
          <button
            type="button"
            className="chip"
            disabled={isBusy}
            onClick={() => {
              setIsOther(true);
              onReason('');
            }}
          >
            {said.other}
          </button>
        )}
      </div>
      <div className="return-take">
        <p className="return-goes figures" role="status">
          {isBusy ? (
            <span className="return-busy">
              <BusyRing />
              {said.taking}
            </span>
          ) : (
            <>
              {goes()}
              {isExchange ? <small>{said.exchange}</small> : null}
            </>
          )}
        </p>
        <button
          type="button"
          className="button"
          data-size="large"
          data-weight="primary"
          data-primary
          disabled={isBusy || sumOre === 0 || reason.trim() === ''}
          onClick={onTake}
        >
          {sumOre === 0 ? said.takeAny : fill(order.cashOnly === null ? said.take : said.takeCash, { amount: money(sumOre) })}
        </button>
      </div>
    </>
  );
}
