import { fill } from '../../app/text/screen.ts';
import type { BasketView } from '../../app/till/contract.ts';
import { NumberField, Pad } from '../shared/number-field.tsx';
import { brandColours } from './brand-colours.ts';
import { LeftAfter, PartChips, usePart } from './part.tsx';
import { useTill } from './use-till.ts';

/** The ways that a part can be asked for in, beside the QR: whoever stands here has a number, or a code of their own. */
const PART_WAYS = ['phone', 'personal-qr'] as const;

/** A part of the sale by phone, while F9 takes all of it. */
export function QrPane({ basket }: { readonly basket: BasketView }) {
  const { till, view, texts, money, unit, state } = useTill();
  const part = usePart(basket);
  const busy = [...state.underWay].some((key) => key.includes('"pay-vipps"'));
  const pay = (way?: 'phone' | 'personal-qr') => {
    if (part.amountOre === null) return;
    const amount = part.amountOre === basket.dueOre ? {} : { amountOre: part.amountOre };
    void till.send({ type: 'pay-vipps', ...amount, ...(way === undefined ? {} : { way }) });
  };
  const ways = PART_WAYS.flatMap((way) => {
    const row = view.vippsWays.find(({ command }) => command.type === 'pay-vipps' && command.way === way);
    return row === undefined || row.problem !== null ? [] : [{ way, label: row.label }];
  });
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
        onClick={() => pay()}
      >
        {fill(texts.pay.showQr, { amount: money(part.amountOre ?? basket.dueOre) })}
      </button>
      {ways.length === 0 ? null : (
        <div className="entry-buttons">
          {ways.map(({ way, label }) => (
            <button key={way} type="button" className="button" disabled={part.amountOre === null || busy} onClick={() => pay(way)}>
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
