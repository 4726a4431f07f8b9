/** What the pages are made of: amounts, times, tables, and words where there is nothing to show. */
import { type ReactNode, useId } from 'react';
import type { NamedStore, RefundRowView } from '../../app/head-office/page-contract.ts';
import type { Currency } from '../../app/money/amount.ts';
import { currencyName, formatOre } from '../../app/money/format.ts';
import { fill, screenTexts } from '../../app/text/screen.ts';
import type { Language } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { dateText, localDate } from '../shared/date-text.ts';
import { clockText } from '../shared/till-clock.ts';
import { addressOf } from './place.ts';
import { type Shown, useOffice } from './use-office.ts';

const DAY_MS = 86_400_000;

/** `21. november 2026, 10:04` by this machine's clock. */
export function momentText(atMs: number, language: Language): string {
  const form = language === 'nb' ? '{d}. {month} {yyyy}' : '{d} {month} {yyyy}';
  return `${dateText(localDate(atMs), form, screenTexts[language].months)}, ${clockText(atMs)}`;
}

/** `21.11.2026 10:04`, as it stands in a table. */
export function Moment({ atMs }: { readonly atMs: number }) {
  const { language } = useOffice();
  const day = dateText(localDate(atMs), language === 'nb' ? '{dd}.{mm}.{yyyy}' : '{dd}/{mm}/{yyyy}', screenTexts[language].months);
  return (
    <time className="moment" dateTime={new Date(atMs).toISOString()}>
      {day} {clockText(atMs)}
    </time>
  );
}

/** How long ago something was, by head office's clock. */
export function useAgo(nowMs: number): (atMs: number | null) => string {
  const words = useOffice().texts.ago;
  return (atMs) => {
    if (atMs === null) return words.never;
    const minutes = Math.floor((nowMs - atMs) / 60_000);
    if (minutes < 1) return words.now;
    if (minutes < 60) return fill(words.minutes, { n: minutes });
    const days = Math.floor((nowMs - atMs) / DAY_MS);
    if (days < 1) return fill(words.hours, { n: Math.floor(minutes / 60) });
    return days === 1 ? words.day : fill(words.days, { n: days });
  };
}

/** An amount with its currency, as part of a sentence. */
export function useMoneyText(): (amountOre: number, currency: string) => string {
  const { language } = useOffice();
  return (amountOre, currency) => formatOre(amountOre, language, currency as Currency);
}

/** An amount at the right of its column. The column's head or the sum says the currency. */
export function Money({ ore }: { readonly ore: number }) {
  const { language } = useOffice();
  return <Ore ore={ore} language={language} />;
}

export function CurrencyMark({ currency }: { readonly currency: string }) {
  const { language } = useOffice();
  return <span className="currency">{currencyName(language, currency as Currency)}</span>;
}

/** A store's name, which leads to the store. */
export function StoreLink({ store }: { readonly store: NamedStore }) {
  return (
    <a className="link" href={addressOf('store', store.storeId)}>
      {store.storeName}
    </a>
  );
}

export function useRegisterName(): (registerId: string) => string {
  const { texts } = useOffice();
  return (registerId) => fill(texts.register, { register: registerId });
}

const TONES: Readonly<Record<RefundRowView['state'], string>> = {
  reserved: 'care',
  sending: 'waiting',
  unknown: 'care',
  done: 'good',
  refused: 'bad',
  withdrawn: 'quiet',
};

export function RefundState({ state }: { readonly state: RefundRowView['state'] }) {
  const { texts } = useOffice();
  return <Tag tone={TONES[state]}>{texts.refunds.states[state]}</Tag>;
}

export function Tag({ tone, children }: { readonly tone: string; readonly children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      {children}
    </span>
  );
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, how, children }: { readonly title: string; readonly how: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <h3>{title}</h3>
      <p className="hint">{how}</p>
      {children}
    </div>
  );
}

interface AnsweredProps<Answer> {
  readonly shown: Shown<Answer>;
  readonly reload: () => void;
  readonly children: (answer: Answer) => ReactNode;
}

/** What came, or that it is on its way, or why it did not come. */
export function Answered<Answer>({ shown, reload, children }: AnsweredProps<Answer>) {
  const { texts } = useOffice();
  switch (shown.state) {
    case 'loading':
      return (
        <p className="hint" role="status">
          {texts.loading}
        </p>
      );
    case 'here':
      return children(shown.answer);
    case 'problem':
      return (
        <Problem text={shown.text}>
          <button type="button" className="button" data-size="small" onClick={reload}>
            {texts.retry}
          </button>
        </Problem>
      );
  }
}

export function Problem({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="band" role="alert" data-tone="bad">
      <span>{text}</span>
      {children}
    </div>
  );
}

interface Column {
  readonly label: string;
  /** Figures stand at the right, under each other. */
  readonly right?: boolean;
  /** Buttons, say, whose column needs a name for screen readers only. */
  readonly hidden?: boolean;
}

interface TableProps {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}

/** A table that scrolls sideways by itself where it must. */
export function Table({ name, columns, children, foot }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section className="table-frame" tabIndex={0} aria-label={name}>
      <table>
        <thead>
          <tr>
            {columns.map(({ label, right, hidden }) => (
              <th key={label} scope="col" data-right={right === true ? '' : undefined}>
                {hidden === true ? <span className="sr-only">{label}</span> : label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
        {foot === undefined ? null : <tfoot>{foot}</tfoot>}
      </table>
    </section>
  );
}

export function MoreButton({ busy, onMore }: { readonly busy: boolean; readonly onMore: () => void }) {
  const { texts } = useOffice();
  return (
    <button type="button" className="button more" data-size="small" aria-disabled={busy} onClick={() => (busy ? undefined : onMore())}>
      {texts.more}
    </button>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'date' | 'password' | 'search';
  readonly hint?: string | undefined;
  readonly wrong?: string | null;
  readonly figures?: boolean;
  readonly autoComplete?: string;
  readonly required?: boolean;
}

export function Field({
  label,
  value,
  onChange,
  type = 'text',
  hint,
  wrong = null,
  figures = false,
  autoComplete = 'off',
  required,
}: FieldProps) {
  const id = useId();
  const note = wrong ?? hint;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={figures || type === 'date' ? 'text-field figures' : 'text-field'}
        type={type}
        value={value}
        autoComplete={autoComplete}
        spellCheck={false}
        required={required}
        aria-invalid={wrong !== null}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      {note === undefined ? null : (
        <p id={`${id}-note`} className="hint" data-tone={wrong === null ? undefined : 'bad'}>
          {note}
        </p>
      )}
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
}

export function Select({ label, value, options, onChange, required }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="text-field" value={value} required={required} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout
    <div className="choice" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="choice-option"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
