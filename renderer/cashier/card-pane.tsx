import { useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { BasketView } from '../../app/till/contract.ts';
import { NumberField, Pad, TextPad } from '../shared/number-field.tsx';
import { LeftAfter, PartChips, usePart } from './part.tsx';
import { useTill } from './use-till.ts';

/** A card on a separate terminal: taken there, written down here. */
export function CardPane({ basket }: { readonly basket: BasketView }) {
  const { till, texts, money, unit, state } = useTill();
  const part = usePart(basket);
  const [reference, setReference] = useState('');
  const [active, setActive] = useState<'amount' | 'reference'>('reference');
  const trimmed = reference.trim();
  const ready = part.amountOre !== null && trimmed !== '';
  const busy = [...state.underWay].some((key) => key.includes('"pay-card"'));
  const pay = () => {
    if (part.amountOre === null || trimmed === '') return;
    const amount = part.amountOre === basket.dueOre ? {} : { amountOre: part.amountOre };
    void till.send({ type: 'pay-card', terminalReference: trimmed, ...amount });
  };
  return (
    <div className="pay-form">
      <p className="hint">{texts.pay.terminalHelp}</p>
      <div className="pay-fields">
        <NumberField
          label={texts.pay.amount}
          unit={unit}
          entry={part.entry}
          limits={part.limits}
          onChange={part.setEntry}
          typing={active === 'amount' ? 'pane' : null}
          onFocus={() => setActive('amount')}
        />
        <label className="field">
          <span className="field-label">{texts.pay.terminalReference}</span>
          <input
            className="text-field reference-field"
            type="text"
            autoComplete="off"
            maxLength={40}
            data-typing={active === 'reference' ? 'pane' : undefined}
            // biome-ignore lint/a11y/noAutofocus: the pane was opened to write this down
            autoFocus
            value={reference}
            onFocus={() => setActive('reference')}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        </label>
      </div>
      <div className="pad-and-quick">
        {active === 'amount' ? (
          <Pad entry={part.entry} limits={part.limits} onChange={part.setEntry} texts={texts.pad} />
        ) : (
          // A reference is kept as it stands on the slip, leading zeros and all: its digits are text.
          <TextPad text={reference} longest={40} onChange={setReference} texts={texts.pad} />
        )}
        <PartChips setEntry={part.setEntry} basket={basket} />
      </div>
      <LeftAfter basket={basket} amountOre={part.amountOre} tooMuch={part.tooMuch} />
      <button type="button" className="button" data-size="large" data-weight="primary" data-primary disabled={!ready || busy} onClick={pay}>
        {fill(texts.pay.takeCard, { amount: money(part.amountOre ?? basket.dueOre) })}
      </button>
    </div>
  );
}
