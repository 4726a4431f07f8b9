/** A customer's number: typed, asked about where it may be another one, and shown back in full before anything is sent. */
import { useEffect, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { Prompt } from '../../app/till/contract.ts';
import { TextPad } from '../shared/number-field.tsx';
import { brandColours } from './brand-colours.ts';
import { EntryButtons } from './entry-buttons.tsx';
import { useTill } from './use-till.ts';

/** Room for a number as people write it, with spaces and brackets. */
const LONGEST = 64;

type PromptOf<Kind extends Prompt['kind']> = Extract<Prompt, { kind: Kind }>;

export function PhoneNumber({ prompt }: { readonly prompt: PromptOf<'phone'> }) {
  const { till, texts, money, state } = useTill();
  const [number, setNumber] = useState(prompt.typed);
  // What was wrong is about what stood there: with the first change it goes.
  const problem = number === prompt.typed ? prompt.problem : null;
  return (
    <div className="prompt-body">
      <h2 id="prompt-title">{texts.ways.phoneTitle}</h2>
      <p className="hint">{fill(texts.ways.amount, { amount: money(prompt.amountOre) })}</p>
      <label className="field">
        <span className="field-label">{texts.ways.phoneLabel}</span>
        <input
          className="text-field number-field phone-field"
          type="tel"
          inputMode="none"
          autoComplete="off"
          data-typing="prompt"
          maxLength={LONGEST}
          // biome-ignore lint/a11y/noAutofocus: a question that was just asked for a number starts in its field
          autoFocus
          onFocus={({ currentTarget }) => currentTarget.setSelectionRange(currentTarget.value.length, currentTarget.value.length)}
          aria-describedby="phone-problem"
          aria-invalid={problem !== null || undefined}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
      </label>
      <p id="phone-problem" className="phone-problem" role="status">
        {problem}
      </p>
      <TextPad text={number} longest={LONGEST} onChange={setNumber} texts={texts.pad} mark={{ text: '+', label: texts.ways.plus }} />
      <EntryButtons
        back={{ label: texts.ways.close, onPress: () => void till.send({ type: 'dismiss' }) }}
        on={{
          label: texts.ways.next,
          disabled: number.trim() === '' || [...state.underWay].some((key) => key.includes('"answer-phone"')),
          onPress: () => void till.send({ type: 'answer-phone', number }),
        }}
      />
    </div>
  );
}

/** Nothing is the likely one here: no answer is Enter's. */
export function PhoneChoice({ prompt }: { readonly prompt: PromptOf<'phone-choice'> }) {
  const { till, texts } = useTill();
  return (
    <div className="prompt-body">
      <h2 id="prompt-title" tabIndex={-1}>
        {prompt.numbers.length === 1 ? texts.ways.choiceOfOne : texts.ways.choice}
      </h2>
      <p className="hint">{fill(texts.ways.typed, { number: prompt.typed.trim() })}</p>
      <div className="phone-choices">
        {prompt.numbers.map(({ msisdn, text, country }) => (
          <button
            key={msisdn}
            type="button"
            className="button"
            data-size="large"
            onClick={() => void till.send({ type: 'choose-phone', msisdn })}
          >
            <span className="phone-number">{text}</span>
            <span>{country}</span>
          </button>
        ))}
      </div>
      <EntryButtons back={{ label: texts.ways.change, onPress: () => void till.send({ type: 'confirm-phone', send: false }) }} />
    </div>
  );
}

export function PhoneConfirm({ prompt }: { readonly prompt: PromptOf<'phone-confirm'> }) {
  const { till, view, texts, money, state } = useTill();
  const { text, country } = prompt.number;
  // A day is what most orders are given: the second of the choices.
  const [hours, setHours] = useState(prompt.deadlines?.[1]?.hours);
  return (
    <div className="prompt-body">
      <h2 id="prompt-title" tabIndex={-1}>
        {fill(texts.ways.confirmTitle, { amount: money(prompt.amountOre) })}
      </h2>
      <p className="prompt-hero">
        <span className="phone-number">{text}</span>, {country}
      </p>
      {prompt.deadlines === undefined ? null : (
        <div className="deadline">
          <span className="field-label" id="deadline-label">
            {texts.ways.deadline}
          </span>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
          <div className="choice" role="group" aria-labelledby="deadline-label">
            {prompt.deadlines.map((deadline) => (
              <button
                key={deadline.hours}
                type="button"
                className="choice-option"
                aria-pressed={deadline.hours === hours}
                onClick={() => setHours(deadline.hours)}
              >
                {deadline.label}
              </button>
            ))}
          </div>
        </div>
      )}
      <EntryButtons
        back={{ label: texts.ways.change, onPress: () => void till.send({ type: 'confirm-phone', send: false }) }}
        on={{
          label: texts.ways.send,
          disabled: [...state.underWay].some((key) => key.includes('"confirm-phone"')),
          onPress: () => void till.send({ type: 'confirm-phone', send: true, ...(hours === undefined ? {} : { deadlineHours: hours }) }),
        }}
        brand={brandColours(view.brand)}
      />
    </div>
  );
}

/** Nothing to press: the scanner answers, whatever has the focus. */
export function PersonalCode({ prompt }: { readonly prompt: PromptOf<'personal-code'> }) {
  const { till, view, texts, money } = useTill();
  // Without a scanner, to practise: the code is copied from the practice phone.
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const code = event.clipboardData?.getData('text').trim() ?? '';
      if (code !== '') void till.send({ type: 'scan', code });
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [till]);
  return (
    <div className="prompt-body">
      <h2 id="prompt-title" tabIndex={-1}>
        {texts.ways.codeTitle}
      </h2>
      <p className="hint">{fill(texts.ways.codeHow, { brand: view.brand.name })}</p>
      <p className="prompt-hero">{money(prompt.amountOre)}</p>
      <EntryButtons back={{ label: texts.ways.close, onPress: () => void till.send({ type: 'dismiss' }) }} />
    </div>
  );
}
