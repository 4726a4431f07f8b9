import { formatOre, formatQuantityMilli } from '../../app/money/format.ts';
import type { BasketLine, Language } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';

/** `2 ×`, or the weight with its unit: `0,822 kg`. */
export function quantityText(line: Pick<BasketLine, 'quantityMilli' | 'weighed' | 'unit'>, language: Language): string {
  const number = formatQuantityMilli(line.quantityMilli, language, { weighed: line.weighed });
  return line.weighed ? `${number}\u00a0${line.unit}` : `${number}\u2009×`;
}

/** What stands under a line's name: the price of a weighed unit, the discount. */
function lineDetail(line: BasketLine, language: Language): string | null {
  const parts = [line.weighed ? `${formatOre(line.unitPriceOre, language)}/${line.unit}` : null, line.discountText].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? null : parts.join(' · ');
}

/** One line's three columns: how many, what, how much. */
export function LineColumns({ line, language }: { readonly line: BasketLine; readonly language: Language }) {
  const detail = lineDetail(line, language);
  return (
    <>
      <span className="line-quantity">{line.isDeposit ? '' : quantityText(line, language)}</span>
      <span className="line-name">
        {line.name}
        {detail === null ? null : <small>{detail}</small>}
      </span>
      <Ore ore={line.amountOre} language={language} className="line-amount" />
    </>
  );
}
