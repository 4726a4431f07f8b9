import { type ReactNode, useEffect, useRef } from 'react';

/** A page's name and what it is for. The focus comes here, so that a keyboard and a screen reader begin at the top. */
export function Heading({
  title,
  intro,
  children,
}: {
  readonly title: ReactNode;
  readonly intro: ReactNode;
  readonly children?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className="office-heading">
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p className="hint">{intro}</p>
      </div>
      {children}
    </header>
  );
}
