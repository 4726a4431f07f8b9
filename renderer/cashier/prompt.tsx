/** A question that the register asks before it goes on: the one thing on the screen that lies over the rest. */
import { useEffect, useRef, useState } from 'react';
import { formatOre, formatQuantityMilli } from '../../app/money/format.ts';
import { parseQuantityToMilli } from '../../app/money/parse.ts';
import { fill } from '../../app/text/screen.ts';
import type { Prompt } from '../../app/till/contract.ts';
import { dateText } from '../shared/date-text.ts';
import type { EntryLimits, NumberEntry } from '../shared/number-entry.ts';
import { NumberField, Pad } from '../shared/number-field.tsx';
import { EntryButtons } from './entry-buttons.tsx';
import { NoticeBand } from './notice-band.tsx';
import { PersonalCode, PhoneChoice, PhoneConfirm, PhoneNumber } from './phone-prompt.tsx';
import { useTill } from './use-till.ts';
import { MOST_MILLI } from './weight.ts';
import { heavyQuestion, WeightOutcome } from './weight-outcome.tsx';

interface PromptDialogProps {
  readonly prompt: Prompt;
  readonly offline: boolean;
}

export function PromptDialog({ prompt, offline }: PromptDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Neither answer has the focus: a stray Enter must not be one.
    element?.querySelector<HTMLElement>('h2[tabindex]')?.focus();
    return () => element?.close();
  }, []);
  return (
    // The till closes its own question: Esc may press the way out, but never takes the dialog away by itself.
    <dialog ref={dialog} className="prompt" onCancel={(event) => event.preventDefault()} aria-labelledby="prompt-title">
      <fieldset disabled={offline}>
        <Question prompt={prompt} />
      </fieldset>
      <NoticeBand />
    </dialog>
  );
}

function Question({ prompt }: { readonly prompt: Prompt }) {
  switch (prompt.kind) {
    case 'weight':
      return <Weight prompt={prompt} />;
    case 'age':
      return <Age prompt={prompt} />;
    case 'paper':
      return <Paper prompt={prompt} />;
    case 'phone':
      return <PhoneNumber prompt={prompt} />;
    case 'phone-choice':
      return <PhoneChoice prompt={prompt} />;
    case 'phone-confirm':
      return <PhoneConfirm prompt={prompt} />;
    case 'personal-code':
      return <PersonalCode prompt={prompt} />;
  }
}

function Weight({ prompt }: { readonly prompt: Extract<Prompt, { kind: 'weight' }> }) {
  const { till, texts, language, mark, state } = useTill();
  const [entry, setEntry] = useState<NumberEntry>({ text: '', fresh: true });
  const limits: EntryLimits = { decimals: 3, wholeDigits: 4, mark };
  const parsed = parseQuantityToMilli(entry.text);
  const quantityMilli = parsed.ok && parsed.quantityMilli <= MOST_MILLI ? parsed.quantityMilli : null;
  const [askedMilli, setAskedMilli] = useState<number | null>(null);
  const { mustAsk, asked } = heavyQuestion(quantityMilli, prompt.unit, askedMilli);
  const busy = [...state.underWay].some((key) => key.includes('"answer-weight"'));
  return (
    <div className="prompt-body">
      <h2 id="prompt-title">{texts.prompt.weight}</h2>
      <p className="hint">
        {fill(texts.prompt.weightHow, { name: prompt.name, price: formatOre(prompt.unitPriceOre, language), unit: prompt.unit })}
      </p>
      <NumberField
        label={fill(texts.line.weight, { unit: prompt.unit })}
        unit={prompt.unit}
        entry={entry}
        limits={limits}
        onChange={setEntry}
        typing="prompt"
        autoFocus
      />
      <Pad entry={entry} limits={limits} onChange={setEntry} texts={texts.pad} />
      <WeightOutcome quantityMilli={quantityMilli} unit={prompt.unit} unitPriceOre={prompt.unitPriceOre} />
      <EntryButtons
        back={{ label: texts.prompt.weightCancel, onPress: () => void till.send({ type: 'dismiss' }) }}
        on={{
          label:
            asked && quantityMilli !== null
              ? fill(texts.weight.heavyYes, {
                  weight: `${formatQuantityMilli(quantityMilli, language, { weighed: true })}\u00a0${prompt.unit}`,
                })
              : texts.prompt.weightConfirm,
          disabled: quantityMilli === null || busy,
          onPress: () => {
            if (mustAsk) setAskedMilli(quantityMilli);
            else if (quantityMilli !== null) void till.send({ type: 'answer-weight', quantityMilli });
          },
        }}
      />
    </div>
  );
}

function Age({ prompt }: { readonly prompt: Extract<Prompt, { kind: 'age' }> }) {
  const { till, texts } = useTill();
  return (
    <div className="prompt-body">
      <h2 id="prompt-title" tabIndex={-1}>
        {fill(texts.prompt.age, { years: prompt.years })}
      </h2>
      <p className="hint">{prompt.name}</p>
      <p className="prompt-hero">
        {fill(texts.prompt.ageBorn, { date: dateText(prompt.bornOnOrBefore, texts.prompt.bornFormat, texts.months) })}
      </p>
      <EntryButtons
        back={{ label: texts.prompt.ageNo, onPress: () => void till.send({ type: 'answer-age', oldEnough: false }) }}
        backIsAnAnswer
        on={{
          label: fill(texts.prompt.ageYes, { years: prompt.years }),
          onPress: () => void till.send({ type: 'answer-age', oldEnough: true }),
        }}
      />
    </div>
  );
}

function Paper({ prompt }: { readonly prompt: Extract<Prompt, { kind: 'paper' }> }) {
  const { till, texts } = useTill();
  const answer = (paperCame: boolean) => void till.send({ type: 'answer-print', jobId: prompt.jobId, paperCame });
  return (
    <div className="prompt-body">
      <h2 id="prompt-title" tabIndex={-1}>
        {texts.prompt.paper}
      </h2>
      <p className="hint">{fill(texts.prompt.paperHow, { title: prompt.title })}</p>
      {/* The careful one: a customer with half a receipt has none. Enter presses neither. */}
      <EntryButtons
        back={{ label: texts.prompt.paperYes, onPress: () => answer(true) }}
        backIsAnAnswer
        on={{ label: texts.prompt.paperNo, onPress: () => answer(false) }}
        enter={false}
      />
    </div>
  );
}
