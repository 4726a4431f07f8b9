/** What every form of the settings is made of. */
import { type ReactNode, useId } from 'react';
import { type Said, useSettings } from './use-section.ts';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly field: string;
  readonly said: Said | null;
  readonly hint?: string;
  readonly type?: 'text' | 'password';
  readonly figures?: boolean;
  /** A button that checks what stands here. */
  readonly action?: ReactNode;
}

export function TextField({ label, value, onChange, field, said, hint, type = 'text', figures = false, action }: TextFieldProps) {
  const id = useId();
  const wrong = said?.tone === 'bad' && said.field === field;
  const note = wrong ? said.message : hint;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-row">
        <input
          id={id}
          className={figures ? 'text-field figures' : 'text-field'}
          type={type}
          value={value}
          autoComplete="off"
          spellCheck={false}
          {...(figures ? { inputMode: 'numeric' as const } : {})}
          aria-invalid={wrong}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          onChange={(event) => onChange(event.target.value)}
        />
        {action}
      </div>
      {note === undefined ? null : (
        <p id={`${id}-note`} className="hint" data-tone={wrong ? 'bad' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

interface ChoiceFieldProps<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

export function ChoiceField<T extends string | number>({ label, value, options, onChange }: ChoiceFieldProps<T>) {
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
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
    </div>
  );
}

interface TickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Tick({ label, checked, onChange }: TickProps) {
  return (
    <label className="tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

interface SheetProps {
  readonly said: Said | null;
  readonly busy: boolean;
  readonly onSave: () => void;
  /** Tries what stands here, before it is saved. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A section's fields, what was said about them, and the one button that saves. */
export function Sheet({ said, busy, onSave, action, children }: SheetProps) {
  const { texts, onSaved, onBack } = useSettings();
  return (
    <form
      className="sheet"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSave();
      }}
    >
      <div className="sheet-fields">{children}</div>
      <div className="sheet-foot">
        <p className="said" role="status" data-tone={said?.tone}>
          {said === null ? '' : said.message}
        </p>
        {onBack === null ? null : (
          <button type="button" className="button" data-weight="quiet" onClick={onBack}>
            {texts.back}
          </button>
        )}
        {action}
        <button type="submit" className="button" data-weight="primary" aria-disabled={busy}>
          {onSaved === null ? texts.save : texts.next}
        </button>
      </div>
    </form>
  );
}

interface CheckButtonProps {
  readonly label: string;
  readonly busy: boolean;
  readonly onCheck: () => void;
}

export function CheckButton({ label, busy, onCheck }: CheckButtonProps) {
  return (
    <button type="button" className="button" aria-disabled={busy} onClick={() => (busy ? undefined : onCheck())}>
      {label}
    </button>
  );
}
