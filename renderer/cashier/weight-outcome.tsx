import { formatOre, formatQuantityMilli } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import { Ore } from '../shared/amount.tsx';
import { NoticeIcon } from '../shared/icons.tsx';
import { useTill } from './use-till.ts';
import { isHeavy, probablyMeantMilli, weighedAmountOre } from './weight.ts';

interface WeightOutcomeProps {
  /** What is typed, in thousandths; null while it is no weight. */
  readonly quantityMilli: number | null;
  readonly unit: string;
  readonly unitPriceOre: number;
}

/** What the typed weight comes to; where a comma was probably forgotten, a question stands in the same place, so that nothing moves. */
export function WeightOutcome({ quantityMilli, unit, unitPriceOre }: WeightOutcomeProps) {
  const { texts, language } = useTill();
  const priceOre = quantityMilli === null ? 0 : weighedAmountOre(unitPriceOre, quantityMilli);
  const said = (milli: number) => ({
    weight: `${formatQuantityMilli(milli, language, { weighed: true })}\u00a0${unit}`,
    amount: formatOre(weighedAmountOre(unitPriceOre, milli), language),
  });
  const heavy = quantityMilli !== null && isHeavy(quantityMilli, unit);
  const meantMilli = heavy ? probablyMeantMilli(quantityMilli) : null;
  return (
    <div className="weight-outcome" role="status">
      {heavy ? (
        <p className="pay-warning">
          <NoticeIcon />
          <span>
            <strong>{fill(texts.weight.heavy, said(quantityMilli))}</strong>
            {meantMilli === null ? texts.weight.heavyHow : fill(texts.weight.heavyMeant, said(meantMilli))}
          </span>
        </p>
      ) : (
        <p className="pay-outcome">
          <span>{texts.weight.price}</span>
          <Ore ore={priceOre} language={language} />
        </p>
      )}
    </div>
  );
}

/** The two presses that a heavy weight takes: the first shows the question, the second answers it. */
export function heavyQuestion(quantityMilli: number | null, unit: string, askedMilli: number | null) {
  const heavy = quantityMilli !== null && isHeavy(quantityMilli, unit);
  return { mustAsk: heavy && askedMilli !== quantityMilli, asked: heavy && askedMilli === quantityMilli };
}
