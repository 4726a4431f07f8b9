/** Asks before something is done that is not undone by a second press. The safe answer has the focus. */
import { type ReactNode, useEffect, useId, useRef } from 'react';

interface QuestionProps {
  readonly title: string;
  readonly how: string;
  readonly yes: string;
  readonly no: string;
  readonly busy: boolean;
  /** What has to be filled in before. */
  readonly children?: ReactNode;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function Question({ title, how, yes, no, busy, children, onYes, onNo }: QuestionProps) {
  const safe = useRef<HTMLButtonElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    safe.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <section
      className="band question"
      data-tone="care"
      role="alertdialog"
      aria-labelledby={heading}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo();
      }}
    >
      <h3 id={heading}>{title}</h3>
      <p>{how}</p>
      {children}
      <div className="band-buttons">
        <button ref={safe} type="button" className="button" onClick={onNo}>
          {no}
        </button>
        <button type="button" className="button" data-weight="bad" aria-disabled={busy} onClick={() => (busy ? undefined : onYes())}>
          {yes}
        </button>
      </div>
    </section>
  );
}
