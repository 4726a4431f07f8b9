/** One line of the sale: how many, how heavy, what off, or out. */
import { useEffect, useRef, useState } from 'react';
import { formatOre, formatQuantityMilli } from '../../app/money/format.ts';
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
import { MOST_MILLI } from './weight.ts';
import { heavyQuestion, WeightOutcome } from './weight-outcome.tsx';

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
        <Quantity line={line} />
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
  const { till, texts, mark, language, state } = useTill();
  const [shownMilli, setShownMilli] = useState(line.quantityMilli);
  const [entry, setEntry] = useState<NumberEntry>({ text: entryOfQuantity(line.quantityMilli, mark), fresh: true });
  const [askedMilli, setAskedMilli] = useState<number | null>(null);
  // The field begins anew when the till has another quantity, by the buttons or by a scan.
  if (shownMilli !== line.quantityMilli) {
    setShownMilli(line.quantityMilli);
    setEntry({ text: entryOfQuantity(line.quantityMilli, mark), fresh: true });
  }
  const limits: EntryLimits = { decimals: line.weighed ? 3 : 0, wholeDigits: 4, mark };
  const parsed = parseQuantityToMilli(entry.text);
  const quantityMilli = parsed.ok && parsed.quantityMilli <= MOST_MILLI ? parsed.quantityMilli : null;
  const { mustAsk, asked } = heavyQuestion(line.weighed ? quantityMilli : null, line.unit, askedMilli);
  const busy = [...state.underWay].some((key) => key.includes('"set-quantity"'));
  const confirm = async () => {
    if (quantityMilli === null) return;
    if (quantityMilli === line.quantityMilli) {
      till.open(TILES);
      return;
    }
    if (mustAsk) {
      setAskedMilli(quantityMilli);
      return;
    }
    const answer = await till.send({ type: 'set-quantity', lineId: line.lineId, quantityMilli });
    if (answer.ok === true) till.open(TILES);
  };
  return (
    <div className="entry">
      <div className="entry-field">
        <NumberField
          label={line.weighed ? fill(texts.line.weight, { unit: line.unit }) : texts.line.quantity}
          unit={line.weighed ? line.unit : ''}
          entry={entry}
          limits={limits}
          onChange={setEntry}
          typing="pane"
          autoFocus
        />
        {line.weighed ? null : <Stepper line={line} />}
      </div>
      <Pad entry={entry} limits={limits} onChange={setEntry} texts={texts.pad} />
      {line.weighed ? <WeightOutcome quantityMilli={quantityMilli} unit={line.unit} unitPriceOre={line.unitPriceOre} /> : null}
      <button
        type="button"
        className="button"
        data-size="large"
        data-weight="primary"
        data-primary
        disabled={quantityMilli === null || busy}
        onClick={() => void confirm()}
      >
        {asked && quantityMilli !== null
          ? fill(texts.weight.heavyYes, { weight: `${formatQuantityMilli(quantityMilli, language, { weighed: true })}\u00a0${line.unit}` })
          : line.weighed
            ? texts.line.setWeight
            : texts.line.setQuantity}
      </button>
    </div>
  );
}

/** One more, one less. Taps may come quicker than the till answers: each begins where the one before it is going. */
function Stepper({ line }: { readonly line: BasketLine }) {
  const { till, texts } = useTill();
  const goingTo = useRef<number | null>(null);
  const underWay = useRef(0);
  // The till's answer and its view come in either order: with both here, the view is what the next tap begins from.
  useEffect(() => {
    if (underWay.current === 0 || goingTo.current === line.quantityMilli) goingTo.current = null;
  }, [line.quantityMilli]);
  const step = async (stepMilli: number) => {
    const quantityMilli = (goingTo.current ?? line.quantityMilli) + stepMilli;
    if (quantityMilli < 1_000 || quantityMilli > MOST_MILLI) return;
    goingTo.current = quantityMilli;
    underWay.current += 1;
    const answer = await till.send({ type: 'set-quantity', lineId: line.lineId, quantityMilli });
    underWay.current -= 1;
    if (answer.ok !== true) goingTo.current = null;
  };
  return (
    <div className="stepper">
      <button
        type="button"
        className="button"
        data-size="large"
        aria-label={texts.line.fewer}
        disabled={line.quantityMilli <= 1_000}
        onClick={() => void step(-1_000)}
      >
        <MinusIcon />
      </button>
      <button
        type="button"
        className="button"
        data-size="large"
        aria-label={texts.line.more}
        disabled={line.quantityMilli + 1_000 > MOST_MILLI}
        onClick={() => void step(1_000)}
      >
        <PlusIcon />
      </button>
    </div>
  );
}
