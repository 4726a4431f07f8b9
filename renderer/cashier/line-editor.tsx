/** One line of the sale: how many, how heavy, what off, or out. */
import { useState } from 'react';
import { formatOre } from '../../app/money/format.ts';
import { parseQuantityToMilli } from '../../app/money/parse.ts';
import { fill } from '../../app/text/screen.ts';
import type { BasketLine } from '../../app/till/contract.ts';
import { MinusIcon, PlusIcon, TrashIcon } from '../shared/icons.tsx';
import { type EntryLimits, entryOfQuantity, type NumberEntry } from '../shared/number-entry.ts';
import { NumberField, Pad } from '../shared/number-field.tsx';
import { DiscountForm } from './discount.tsx';
import { type Pane, TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { useTill } from './use-till.ts';

const MOST_MILLI = 9_999_999;

interface LineEditorProps {
  readonly lineId: string;
  readonly part: Extract<Pane, { kind: 'line' }>['part'];
}

export function LineEditor({ lineId, part }: LineEditorProps) {
  const { till, view, texts, language } = useTill();
  const line = view.basket?.lines.find((candidate) => candidate.lineId === lineId);
  if (line === undefined) return null;
  const unitPrice = fill(texts.line.unitPrice, { price: formatOre(line.unitPriceOre, language), unit: line.unit });
  return (
    <PaneFrame
      title={line.name}
      back={texts.line.back}
      onBack={() => till.open(TILES)}
      aside={<span className="hint pane-aside">{unitPrice}</span>}
    >
      <div className="pane-choice">
        <div className="choice">
          <button
            type="button"
            className="choice-option"
            aria-pressed={part === 'quantity'}
            onClick={() => till.open({ kind: 'line', lineId, part: 'quantity' })}
          >
            {line.weighed ? fill(texts.line.weight, { unit: line.unit }) : texts.line.quantity}
          </button>
          <button
            type="button"
            className="choice-option"
            aria-pressed={part === 'discount'}
            onClick={() => till.open({ kind: 'line', lineId, part: 'discount' })}
          >
            {texts.line.discount}
          </button>
        </div>
        <button type="button" className="button" data-weight="bad" onClick={() => void till.send({ type: 'remove-line', lineId })}>
          <TrashIcon />
          {texts.line.remove}
        </button>
      </div>
      {part === 'quantity' ? (
        // The field begins anew when the till has another quantity, by the buttons or by a scan.
        <Quantity key={line.quantityMilli} line={line} />
      ) : (
        <DiscountForm
          has={line.discountText}
          onGive={async (discount) => {
            const answer = await till.send({ type: 'discount-line', lineId, discount });
            if (answer.ok === true) till.open(TILES);
          }}
        />
      )}
    </PaneFrame>
  );
}

function Quantity({ line }: { readonly line: BasketLine }) {
  const { till, texts, mark, state } = useTill();
  const [entry, setEntry] = useState<NumberEntry>({ text: entryOfQuantity(line.quantityMilli, mark), fresh: true });
  const limits: EntryLimits = { decimals: line.weighed ? 3 : 0, wholeDigits: 4, mark };
  const parsed = parseQuantityToMilli(entry.text);
  const valid = parsed.ok && parsed.quantityMilli <= MOST_MILLI;
  const send = (quantityMilli: number) => till.send({ type: 'set-quantity', lineId: line.lineId, quantityMilli });
  const busy = [...state.underWay].some((key) => key.includes('"set-quantity"'));
  const confirm = async () => {
    if (!parsed.ok) return;
    if (parsed.quantityMilli === line.quantityMilli) {
      till.open(TILES);
      return;
    }
    const answer = await send(parsed.quantityMilli);
    if (answer.ok === true) till.open(TILES);
  };
  const label = line.weighed ? fill(texts.line.weight, { unit: line.unit }) : texts.line.quantity;
  return (
    <div className="entry">
      <div className="entry-field">
        <NumberField
          label={label}
          unit={line.weighed ? line.unit : ''}
          entry={entry}
          limits={limits}
          onChange={setEntry}
          typing="pane"
          autoFocus
        />
        {line.weighed ? null : (
          <div className="stepper">
            <button
              type="button"
              className="button"
              data-size="large"
              aria-label={texts.line.fewer}
              disabled={busy || line.quantityMilli <= 1_000}
              onClick={() => void send(line.quantityMilli - 1_000)}
            >
              <MinusIcon />
            </button>
            <button
              type="button"
              className="button"
              data-size="large"
              aria-label={texts.line.more}
              disabled={busy || line.quantityMilli + 1_000 > MOST_MILLI}
              onClick={() => void send(line.quantityMilli + 1_000)}
            >
              <PlusIcon />
            </button>
          </div>
        )}
      </div>
      <Pad entry={entry} limits={limits} onChange={setEntry} texts={texts.pad} />
      <button
        type="button"
        className="button"
        data-size="large"
        data-weight="primary"
        data-primary
        disabled={!valid || busy}
        onClick={() => void confirm()}
      >
        {line.weighed ? texts.line.setWeight : texts.line.setQuantity}
      </button>
    </div>
  );
}
