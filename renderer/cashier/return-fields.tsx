/** The fields of the search for a purchase, and the pad for who has no keyboard. */
import { type ReactNode, useId, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import { localDate } from '../shared/date-text.ts';
import type { EntryLimits } from '../shared/number-entry.ts';
import { NumberField, Pad, TextPad } from '../shared/number-field.tsx';
import type { ReturnForm } from './pane.ts';
import { amountProblem, dayBefore } from './return-search.ts';
import { useTill } from './use-till.ts';

const LONGEST_TEXT = 100;
const LONGEST_ARTICLE = 60;
/** Head office looks through at most a quarter at a time. */
const PERIODS = [7, 30, 90] as const;

interface FieldsProps {
  /** Of the chain, to search in one of them; none in a shop that is no chain. */
  readonly stores: readonly { readonly storeId: string; readonly storeName: string }[];
  readonly form: ReturnForm;
  readonly onChange: (more: Partial<ReturnForm>) => void;
  /** Not once there is something to read below. */
  readonly hasPad: boolean;
  /** The button that searches. */
  readonly children: ReactNode;
}

export function SearchFields(props: FieldsProps) {
  switch (props.form.by) {
    case 'text':
      return <ByText {...props} />;
    case 'date':
      return <ByDate {...props} />;
    case 'article':
      return <ByArticle {...props} />;
  }
}

function TextInput({ label, value, longest, onChange }: TextInputProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="text-field"
        type="text"
        autoComplete="off"
        spellCheck={false}
        maxLength={longest}
        data-typing="pane"
        // biome-ignore lint/a11y/noAutofocus: the pane was opened to search
        autoFocus
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

interface TextInputProps {
  readonly label: string;
  readonly value: string;
  readonly longest: number;
  readonly onChange: (value: string) => void;
}

function ByText({ form, onChange, hasPad, children }: FieldsProps) {
  const { texts } = useTill();
  return (
    <>
      <div className="return-field">
        <TextInput label={texts.returns.find.text} value={form.text} longest={LONGEST_TEXT} onChange={(text) => onChange({ text })} />
        {children}
      </div>
      {hasPad ? <TextPad text={form.text} longest={LONGEST_TEXT} onChange={(text) => onChange({ text })} texts={texts.pad} /> : null}
    </>
  );
}

/** Whose purchase it was, where there are several stores. */
function StoreField({
  stores,
  form,
  onChange,
  everywhere,
}: Pick<FieldsProps, 'stores' | 'form' | 'onChange'> & { readonly everywhere: string }) {
  const { texts } = useTill();
  const id = useId();
  if (stores.length === 0) return null;
  return (
    <>
      <label className="sr-only" htmlFor={id}>
        {texts.returns.find.store}
      </label>
      <select
        id={id}
        className="text-field return-store"
        value={form.storeId}
        onChange={(event) => onChange({ storeId: event.currentTarget.value })}
      >
        <option value="">{everywhere}</option>
        {stores.map(({ storeId, storeName }) => (
          <option key={storeId} value={storeId}>
            {storeName}
          </option>
        ))}
      </select>
    </>
  );
}

function ByDate({ form, onChange, hasPad, stores, children }: FieldsProps) {
  const { texts, view, unit, mark } = useTill();
  const said = texts.returns.find;
  const dateId = useId();
  const [fresh, setFresh] = useState(true);
  // Room for a decimal too many: what was typed is answered, never cut to something else.
  const limits: EntryLimits = { decimals: 4, wholeDigits: 6, mark };
  const [today, yesterday] = [localDate(view.nowMs), dayBefore(view.nowMs, 1)];
  const date = form.date === '' ? today : form.date;
  const entry = { text: form.amount, fresh };
  const setEntry = (next: { readonly text: string; readonly fresh: boolean }) => {
    setFresh(next.fresh);
    onChange({ amount: next.text });
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
      <div className="return-days" role="group" aria-label={said.date}>
        {[
          { day: today, label: said.today },
          { day: yesterday, label: said.yesterday },
        ].map(({ day, label }) => (
          <button key={day} type="button" className="chip" aria-pressed={date === day} onClick={() => onChange({ date: day })}>
            {label}
          </button>
        ))}
        <label className="sr-only" htmlFor={dateId}>
          {said.dateField}
        </label>
        <input
          id={dateId}
          className="text-field return-date"
          type="date"
          max={today}
          value={date}
          onChange={(event) => onChange({ date: event.currentTarget.value })}
        />
        {/* A day of a whole chain is too much to read through: without an amount it is one store's. */}
        <StoreField stores={stores} form={form} onChange={onChange} everywhere={form.amount === '' ? said.ownStore : said.allStores} />
      </div>
      <div className="return-field">
        <NumberField label={said.amount} unit={unit} entry={entry} limits={limits} onChange={setEntry} typing="pane" autoFocus />
        {children}
      </div>
      <div role="status">{amountProblem(form) === null ? null : <p className="return-amount-problem">{said.twoDecimals}</p>}</div>
      {hasPad ? <Pad entry={entry} limits={limits} onChange={setEntry} texts={texts.pad} /> : null}
    </>
  );
}

function ByArticle({ form, onChange, stores, children }: FieldsProps) {
  const { texts } = useTill();
  const said = texts.returns.find;
  return (
    <>
      <div className="return-field">
        <TextInput label={said.article} value={form.article} longest={LONGEST_ARTICLE} onChange={(article) => onChange({ article })} />
        {children}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
      <div className="return-days" role="group" aria-labelledby="return-period">
        <span id="return-period" className="field-label">
          {said.period}
        </span>
        {PERIODS.map((days) => (
          <button key={days} type="button" className="chip" aria-pressed={form.days === days} onClick={() => onChange({ days })}>
            {fill(said.days, { count: days })}
          </button>
        ))}
        <StoreField stores={stores} form={form} onChange={onChange} everywhere={said.allStores} />
      </div>
    </>
  );
}
