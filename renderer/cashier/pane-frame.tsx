import { type ReactNode, useEffect, useRef } from 'react';
import { BackIcon } from '../shared/icons.tsx';

interface PaneFrameProps {
  readonly title: string;
  readonly back: string;
  readonly onBack: () => void;
  /** Whether the heading takes the focus when the pane opens: not when a field in it does. */
  readonly focusTitle?: boolean;
  readonly aside?: ReactNode;
  /** Stays where it is while the rest scrolls. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/** One thing that is looked after on the left side: its name, the way back (Esc), itself. */
export function PaneFrame({ title, back, onBack, focusTitle = false, aside, foot, children }: PaneFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusTitle) heading.current?.focus({ preventScroll: true });
  }, [focusTitle]);
  return (
    <div className="pane">
      <header className="pane-head">
        <button type="button" className="icon-button" data-framed data-back aria-label={back} title={back} onClick={onBack}>
          <BackIcon />
        </button>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {aside}
      </header>
      <div className="pane-body">{children}</div>
      {foot === undefined ? null : <footer className="pane-foot">{foot}</footer>}
    </div>
  );
}
