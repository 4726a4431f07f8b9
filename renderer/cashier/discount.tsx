/** A discount in kroner or per cent, with the reason that the law wants on it. */
import { useId, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import { CheckIcon } from '../shared/icons.tsx';
import type { EntryLimits, NumberEntry } from '../shared/number-entry.ts';
import { NumberField, Pad } from '../shared/number-field.tsx';
import { EntryButtons } from './entry-buttons.tsx';
import { TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { type Discount, readDiscount } from './read-discount.ts';
import { useTill } from './use-till.ts';

interface DiscountFormProps {
  /** The discount that is there, as words. */
  readonly has: string | null;
  readonly onGive: (discount: Discount | null) => Promise<void>;
}

export function DiscountForm({ has, onGive }: DiscountFormProps) {
  const { texts, mark, unit, state } = useTill();
  const [kind, setKind] = useState<Discount['kind']>('percent');
  const [entry, setEntry] = useState<NumberEntry>({ text: '', fresh: true });
  const [reason, setReason] = useState('');
  const reasonId = useId();
  const limits: EntryLimits = { decimals: 2, wholeDigits: kind === 'percent' ? 3 : 6, mark };
  const discount = readDiscount(kind, entry.text, reason);
  const busy = [...state.underWay].some((key) => key.includes('"discount-'));
  return (
    <div className="entry" data-wide>
      <div className="entry-field">
        <NumberField
          label={kind === 'percent' ? texts.discount.percentLabel : fill(texts.discount.amountLabel, { unit })}
          unit={kind === 'percent' ? texts.discount.percent : unit}
          entry={entry}
          limits={limits}
          onChange={setEntry}
          typing="pane"
          autoFocus
        />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
        <div className="choice" role="group" aria-label={texts.discount.kind}>
          <button type="button" className="choice-option" aria-pressed={kind === 'percent'} onClick={() => setKind('percent')}>
            {texts.discount.percent}
          </button>
          <button type="button" className="choice-option" aria-pressed={kind === 'amount'} onClick={() => setKind('amount')}>
            {unit}
          </button>
        </div>
      </div>
      <div className="discount-columns">
        <Pad entry={entry} limits={limits} onChange={setEntry} texts={texts.pad} />
        <div className="reasons">
          <label className="field-label" htmlFor={reasonId}>
            {texts.discount.reason}
          </label>
          <div className="reason-chips">
            {texts.discount.reasons.map((known) => (
              <button key={known} type="button" className="chip" aria-pressed={reason === known} onClick={() => setReason(known)}>
                {reason === known ? <CheckIcon /> : null}
                {known}
              </button>
            ))}
          </div>
          <input
            id={reasonId}
            className="text-field"
            type="text"
            autoComplete="off"
            maxLength={80}
            placeholder={texts.discount.reason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <p className="hint">{texts.discount.needsReason}</p>
        </div>
      </div>
      <EntryButtons
        back={has === null ? null : { label: texts.discount.removeIt, disabled: busy, onPress: () => void onGive(null) }}
        backIsAnAnswer
        on={{ label: texts.discount.apply, disabled: discount === null || busy, onPress: () => void onGive(discount) }}
      />
    </div>
  );
}

export function SaleDiscount() {
  const { till, view, texts } = useTill();
  return (
    <PaneFrame title={texts.discount.sale} back={texts.pay.back} onBack={() => till.open(TILES)}>
      <DiscountForm
        has={view.basket?.saleDiscountText ?? null}
        onGive={async (discount) => {
          const answer = await till.send({ type: 'discount-sale', discount });
          if (answer.ok === true) till.open(TILES);
        }}
      />
    </PaneFrame>
  );
}
