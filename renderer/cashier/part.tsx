/** A part of what is left: the amount that is typed, and what remains after it. */
import { useState } from 'react';
import { formatOre } from '../../app/money/format.ts';
import { parseKronerToOre } from '../../app/money/parse.ts';
import type { BasketView } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { type EntryLimits, entryOfOre, type NumberEntry } from '../shared/number-entry.ts';
import { useTill } from './use-till.ts';

interface PartProps {
  readonly setEntry: (entry: NumberEntry) => void;
  readonly basket: BasketView;
}

/** All of it, or half: the two parts that people ask for. */
export function PartChips({ setEntry, basket }: PartProps) {
  const { texts, language, mark } = useTill();
  const half = Math.ceil(basket.dueOre / 2);
  const choices = [
    { label: texts.pay.whole, ore: basket.dueOre },
    { label: texts.pay.half, ore: half },
  ];
  return (
    <div className="quick">
      {choices.map((choice) => (
        <button
          key={choice.label}
          type="button"
          className="button quick-amount"
          onClick={() => setEntry({ text: entryOfOre(choice.ore, mark), fresh: true })}
        >
          <span>{choice.label}</span>
          <small>{formatOre(choice.ore, language)}</small>
        </button>
      ))}
    </div>
  );
}

/** What the typed amount is, and what is left after it. `null` when it cannot be taken. */
export function usePart(basket: BasketView) {
  const { mark } = useTill();
  const [entry, setEntry] = useState<NumberEntry>({ text: entryOfOre(basket.dueOre, mark), fresh: true });
  const parsed = parseKronerToOre(entry.text);
  const typedOre = parsed.ok ? parsed.amountOre : 0;
  const amountOre = typedOre >= 1 && typedOre <= basket.dueOre ? typedOre : null;
  const limits: EntryLimits = { decimals: 2, wholeDigits: 6, mark };
  return { entry, setEntry, limits, amountOre, tooMuch: typedOre > basket.dueOre };
}

export function LeftAfter({
  basket,
  amountOre,
  tooMuch,
}: {
  readonly basket: BasketView;
  readonly amountOre: number | null;
  readonly tooMuch: boolean;
}) {
  const { texts, language } = useTill();
  if (tooMuch) {
    return (
      <p className="pay-outcome" data-tone="care">
        {texts.pay.tooMuch}
      </p>
    );
  }
  return (
    <p className="pay-outcome">
      <span>{texts.pay.stillLeft}</span>
      <Ore ore={basket.dueOre - (amountOre ?? 0)} language={language} />
    </p>
  );
}
