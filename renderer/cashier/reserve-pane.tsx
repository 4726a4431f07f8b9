/** How much the customer approves, when the basket is not final yet: at least what is in it, and what is still to be weighed. */
import { useState } from 'react';
import { parseKronerToOre } from '../../app/money/parse.ts';
import { fill } from '../../app/text/screen.ts';
import { type EntryLimits, entryOfOre, type NumberEntry } from '../shared/number-entry.ts';
import { NumberField, Pad } from '../shared/number-field.tsx';
import { brandColours } from './brand-colours.ts';
import { PaneFrame } from './pane-frame.tsx';
import { useTill } from './use-till.ts';

/** Round sums above what is in the basket: the next hundred, and what people ask room for. */
const ROUND_ORE = [10_000, 50_000, 100_000] as const;

export function ReservePane() {
  const { till, view, texts, money, unit, mark, state } = useTill();
  const dueOre = view.basket?.dueOre ?? 0;
  const [entry, setEntry] = useState<NumberEntry>({ text: entryOfOre(dueOre, mark), fresh: true });
  const limits: EntryLimits = { decimals: 2, wholeDigits: 6, mark };
  const parsed = parseKronerToOre(entry.text);
  const typedOre = parsed.ok ? parsed.amountOre : 0;
  const isEnough = typedOre >= dueOre && typedOre > 0;
  const command = { type: 'pay-vipps', hold: { reserveOre: typedOre } } as const;
  const chips = [...new Set([dueOre, ...ROUND_ORE.map((stepOre) => roundedUp(dueOre, stepOre))])];
  const outcome = (): string => {
    if (!isEnough) return fill(texts.reserve.least, { amount: money(dueOre) });
    return typedOre === dueOre ? texts.reserve.noRoom : fill(texts.reserve.room, { amount: money(typedOre - dueOre) });
  };
  return (
    <PaneFrame title={texts.reserve.title} back={texts.pay.back} onBack={() => till.open({ kind: 'ways' })}>
      <div className="entry" data-wide>
        <div className="entry-field">
          <NumberField label={texts.reserve.amount} unit={unit} entry={entry} limits={limits} onChange={setEntry} typing="pane" autoFocus />
        </div>
        <div className="pad-and-quick">
          <Pad entry={entry} limits={limits} onChange={setEntry} texts={texts.pad} />
          <div className="quick">
            {chips.map((ore) => (
              <button
                key={ore}
                type="button"
                className="button quick-amount"
                onClick={() => setEntry({ text: entryOfOre(ore, mark), fresh: true })}
              >
                {money(ore)}
              </button>
            ))}
          </div>
        </div>
        <p className="reserve-outcome" data-tone={isEnough ? undefined : 'care'}>
          {outcome()}
        </p>
        <button
          type="button"
          className="button brand-button"
          data-size="large"
          data-primary
          style={brandColours(view.brand)}
          disabled={!isEnough || state.underWay.has(JSON.stringify(command))}
          onClick={() => void till.send(command)}
        >
          {fill(texts.reserve.go, { amount: money(typedOre) })}
        </button>
      </div>
    </PaneFrame>
  );
}

/** The next whole step above an amount, in minor units. */
function roundedUp(amountOre: number, stepOre: number): number {
  return (Math.floor(amountOre / stepOre) + 1) * stepOre;
}
