/** A large number field and the pad that writes into it. */
import { type Ref, useId } from 'react';
import type { ScreenTexts } from '../../app/text/screen.ts';
import { EraseIcon } from './icons.tsx';
import { type EntryLimits, type NumberEntry, type PadKey, pressPadKey, tidyNumber } from './number-entry.ts';
import { useRoving } from './roving.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly unit?: string;
  readonly entry: NumberEntry;
  readonly limits: EntryLimits;
  readonly onChange: (entry: NumberEntry) => void;
  readonly typing: 'pane' | 'prompt' | null;
  readonly autoFocus?: boolean;
  readonly onFocus?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** The pad is on the screen, so no keyboard of a tablet needs to come up (`inputMode="none"`). */
export function NumberField({ label, unit, entry, limits, onChange, typing, autoFocus, onFocus, inputRef }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="number-field-box">
        <input
          id={id}
          ref={inputRef}
          className="text-field number-field"
          type="text"
          inputMode="none"
          autoComplete="off"
          data-typing={typing ?? undefined}
          // biome-ignore lint/a11y/noAutofocus: a pane that was just opened for a number starts in its field
          autoFocus={autoFocus}
          value={entry.text}
          onFocus={(event) => {
            if (entry.fresh) event.currentTarget.select();
            onFocus?.();
          }}
          onChange={(event) => onChange({ text: tidyNumber(event.currentTarget.value, limits), fresh: false })}
        />
        {unit === undefined ? null : (
          <span className="number-field-unit" aria-hidden="true">
            {unit}
          </span>
        )}
      </div>
    </div>
  );
}

const ROWS: readonly PadKey[] = ['7', '8', '9', '4', '5', '6', '1', '2', '3', 'point', '0', 'erase'];

interface KeysProps {
  /** What the key in the corner writes, or null where it has no use. */
  readonly mark: string | null;
  readonly markLabel?: string;
  readonly onKey: (key: PadKey) => void;
  readonly texts: ScreenTexts['pad'];
}

function Keys({ mark, markLabel, onKey, texts }: KeysProps) {
  const keys = useRoving<HTMLDivElement>();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout
    <div className="pad" role="group" aria-label={texts.label} {...keys}>
      {ROWS.map((key) => {
        if (key === 'point' && mark === null) return <span key={key} />;
        return (
          <button
            key={key}
            type="button"
            className="pad-key"
            aria-label={key === 'point' ? (markLabel ?? texts.decimal) : key === 'erase' ? texts.erase : undefined}
            onClick={() => onKey(key)}
          >
            {key === 'point' ? mark : key === 'erase' ? <EraseIcon /> : key}
          </button>
        );
      })}
    </div>
  );
}

interface PadProps {
  readonly entry: NumberEntry;
  readonly limits: EntryLimits;
  readonly onChange: (entry: NumberEntry) => void;
  readonly texts: ScreenTexts['pad'];
}

/** Writes a number. */
export function Pad({ entry, limits, onChange, texts }: PadProps) {
  return (
    <Keys mark={limits.decimals === 0 ? null : limits.mark} texts={texts} onKey={(key) => onChange(pressPadKey(entry, key, limits))} />
  );
}

interface TextPadProps {
  readonly text: string;
  readonly longest: number;
  readonly onChange: (text: string) => void;
  readonly texts: ScreenTexts['pad'];
  /** What the key in the corner writes; nothing without it. */
  readonly mark?: { readonly text: string; readonly label: string };
}

/** Writes digits into a text. */
export function TextPad({ text, longest, onChange, texts, mark }: TextPadProps) {
  const write = (key: PadKey) => {
    const more = key === 'point' ? (mark?.text ?? '') : key;
    onChange(key === 'erase' ? text.slice(0, -1) : (text + more).slice(0, longest));
  };
  return <Keys mark={mark?.text ?? null} {...(mark === undefined ? {} : { markLabel: mark.label })} texts={texts} onKey={write} />;
}
