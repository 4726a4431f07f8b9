import { useState } from 'react';
import { formatOre } from '../../app/money/format.ts';
import { parseKronerToOre } from '../../app/money/parse.ts';
import { fill } from '../../app/text/screen.ts';
import type { BasketView } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { type EntryLimits, entryOfOre, type NumberEntry } from '../shared/number-entry.ts';
import { NumberField, Pad } from '../shared/number-field.tsx';
import { useTill } from './use-till.ts';

/** Cash: what is handed over, what goes back. The exact amount stands there from the start, so Enter takes it. */
export function CashPane({ basket }: { readonly basket: BasketView }) {
  const { till, view, texts, language, mark, money, unit, state } = useTill();
  const [entry, setEntry] = useState<NumberEntry>({ text: entryOfOre(basket.dueInCashOre, mark), fresh: true });
  // Norway has no coin below one krone; elsewhere cash has decimals.
  const limits: EntryLimits = { decimals: view.currency === 'NOK' ? 0 : 2, wholeDigits: 6, mark };
  const parsed = parseKronerToOre(entry.text);
  // A few øre alone round to nothing: then nothing is what is handed over.
  const least = basket.dueInCashOre === 0 ? 0 : 1;
  const receivedOre = parsed.ok && parsed.amountOre >= least ? parsed.amountOre : null;
  const changeOre = (receivedOre ?? 0) - basket.dueInCashOre;
  const isPart = receivedOre !== null && changeOre < 0;
  const busy = [...state.underWay].some((key) => key.includes('"pay-cash"'));
  const amount = money(receivedOre ?? 0);
  return (
    <div className="pay-form">
      <NumberField label={texts.pay.received} unit={unit} entry={entry} limits={limits} onChange={setEntry} typing="pane" autoFocus />
      <div className="pad-and-quick">
        <Pad entry={entry} limits={limits} onChange={setEntry} texts={texts.pad} />
        <div className="quick">
          {basket.quickCashOre.map((ore, index) => (
            <button
              key={ore}
              type="button"
              className="button quick-amount"
              onClick={() => setEntry({ text: entryOfOre(ore, mark), fresh: true })}
            >
              <span>{formatOre(ore, language).replace(/[.,]00$/, '')}</span>
              {index === 0 ? <small>{texts.pay.exact}</small> : null}
            </button>
          ))}
        </div>
      </div>
      <p className="pay-outcome" data-tone={!isPart && receivedOre !== null ? 'good' : undefined}>
        <span>{isPart || receivedOre === null ? texts.pay.stillLeft : texts.pay.change}</span>
        {/* A part is exact; only what settles the sale in cash is rounded. */}
        <Ore ore={isPart || receivedOre === null ? basket.dueOre - (receivedOre ?? 0) : changeOre} language={language} />
      </p>
      <button
        type="button"
        className="button"
        data-size="large"
        data-weight="primary"
        data-primary
        disabled={receivedOre === null || busy}
        onClick={() => {
          if (receivedOre !== null) void till.send({ type: 'pay-cash', receivedOre });
        }}
      >
        {receivedOre === null ? texts.pay.cash : fill(isPart ? texts.pay.takeCashPart : texts.pay.takeCash, { amount })}
      </button>
    </div>
  );
}
