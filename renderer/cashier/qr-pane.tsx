import { fill } from '../../app/text/screen.ts';
import type { BasketView } from '../../app/till/contract.ts';
import { NumberField, Pad } from '../shared/number-field.tsx';
import { brandColours } from './brand-colours.ts';
import { LeftAfter, PartChips, usePart } from './part.tsx';
import { useTill } from './use-till.ts';

/** A part of the sale by QR, while F9 takes all of it. */
export function QrPane({ basket }: { readonly basket: BasketView }) {
  const { till, view, texts, money, unit, state } = useTill();
  const part = usePart(basket);
  const busy = [...state.underWay].some((key) => key.includes('"pay-vipps"'));
  const pay = () => {
    if (part.amountOre === null) return;
    void till.send(part.amountOre === basket.dueOre ? { type: 'pay-vipps' } : { type: 'pay-vipps', amountOre: part.amountOre });
  };
  return (
    <div className="pay-form">
      <NumberField
        label={texts.pay.amount}
        unit={unit}
        entry={part.entry}
        limits={part.limits}
        onChange={part.setEntry}
        typing="pane"
        autoFocus
      />
      <div className="pad-and-quick">
        <Pad entry={part.entry} limits={part.limits} onChange={part.setEntry} texts={texts.pad} />
        <PartChips setEntry={part.setEntry} basket={basket} />
      </div>
      <LeftAfter basket={basket} amountOre={part.amountOre} tooMuch={part.tooMuch} />
      <button
        type="button"
        className="button brand-button"
        data-size="large"
        data-primary
        style={brandColours(view.brand)}
        disabled={part.amountOre === null || busy}
        onClick={pay}
      >
        {fill(texts.pay.showQr, { amount: money(part.amountOre ?? basket.dueOre) })}
      </button>
    </div>
  );
}
