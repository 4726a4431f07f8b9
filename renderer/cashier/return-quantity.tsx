/** How much of one line comes back, typed: a weight, or more pieces than anybody wants to tap. */
import { useState } from 'react';
import { formatQuantityMilli } from '../../app/money/format.ts';
import { parseQuantityToMilli } from '../../app/money/parse.ts';
import { fill } from '../../app/text/screen.ts';
import type { OrderLineView } from '../../app/till/contract.ts';
import { type EntryLimits, entryOfQuantity, type NumberEntry } from '../shared/number-entry.ts';
import { NumberField, Pad } from '../shared/number-field.tsx';
import { PaneFrame } from './pane-frame.tsx';
import { useTill } from './use-till.ts';

interface QuantityProps {
  readonly line: OrderLineView;
  readonly chosenMilli: number;
  readonly onChoose: (quantityMilli: number) => void;
  readonly onBack: () => void;
}

export function ReturnQuantity({ line, chosenMilli, onChoose, onBack }: QuantityProps) {
  const { texts, language, mark } = useTill();
  const said = texts.returns.choose;
  const [entry, setEntry] = useState<NumberEntry>({
    text: entryOfQuantity(chosenMilli === 0 ? line.leftMilli : chosenMilli, mark),
    fresh: true,
  });
  const limits: EntryLimits = { decimals: line.weighed ? 3 : 0, wholeDigits: 4, mark };
  const parsed = parseQuantityToMilli(entry.text);
  const typedMilli = parsed.ok ? parsed.quantityMilli : 0;
  const quantityText = (milli: number) => {
    const number = formatQuantityMilli(milli, language, { weighed: line.weighed });
    return line.weighed ? `${number}\u00a0${line.unit}` : number;
  };
  const tooMuch = typedMilli > line.leftMilli;
  return (
    <PaneFrame title={line.name} back={texts.line.back} onBack={onBack}>
      <div className="entry">
        <div className="entry-field">
          <NumberField
            label={said.how}
            unit={line.weighed ? line.unit : ''}
            entry={entry}
            limits={limits}
            onChange={setEntry}
            typing="pane"
            autoFocus
          />
          <button
            type="button"
            className="button"
            data-size="large"
            onClick={() => setEntry({ text: entryOfQuantity(line.leftMilli, mark), fresh: true })}
          >
            {line.weighed ? said.whole : said.all}
          </button>
        </div>
        <Pad entry={entry} limits={limits} onChange={setEntry} texts={texts.pad} />
        <p className="hint" data-tone={tooMuch ? 'care' : undefined} role="status">
          {tooMuch ? `${said.tooMuch} ` : ''}
          {fill(said.howOf, { left: quantityText(line.leftMilli) })}
        </p>
        <button
          type="button"
          className="button"
          data-size="large"
          data-weight="primary"
          data-primary
          disabled={typedMilli === 0 || tooMuch}
          onClick={() => onChoose(typedMilli)}
        >
          {fill(said.set, { quantity: quantityText(typedMilli) })}
        </button>
      </div>
    </PaneFrame>
  );
}
