/** The sale's lines; a long list scrolls by itself to the newest. */
import { useEffect, useRef } from 'react';
import type { CustomerLine } from '../../app/till/contract.ts';

interface LinesProps {
  readonly shopName: string;
  readonly lines: readonly CustomerLine[];
  readonly newestLineId: string | null;
}

export function Lines({ shopName, lines, newestLineId }: LinesProps) {
  const scroller = useRef<HTMLElement>(null);
  const first = useRef(true);
  const shown = newestLineId ?? lines.at(-1)?.lineId ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same line shows itself again when its amount changes
  useEffect(() => {
    const box = scroller.current;
    const line = shown === null ? null : box?.querySelector<HTMLElement>(`[data-line="${CSS.escape(shown)}"]`);
    if (box == null || line == null || box.scrollHeight <= box.clientHeight) return;
    // What was there when the list came is there at once; what comes later glides in.
    line.scrollIntoView({ block: 'nearest', behavior: first.current ? 'instant' : 'smooth' });
    first.current = false;
  }, [shown, lines]);
  // A picture that comes late, or a display that is turned, takes room from the list: the newest line stays in sight.
  useEffect(() => {
    const box = scroller.current;
    if (box === null || shown === null) return;
    const observer = new ResizeObserver(() => {
      if (box.scrollHeight <= box.clientHeight) return;
      box.querySelector(`[data-line="${CSS.escape(shown)}"]`)?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [shown]);

  return (
    <div className="lines-side">
      <h1 className="lines-shop">{shopName}</h1>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <section className="lines" ref={scroller} tabIndex={0} aria-label={shopName}>
        <ol>
          {lines.map((line) => (
            <li key={line.lineId} className="customer-line" data-line={line.lineId} data-newest={line.lineId === newestLineId || undefined}>
              <span className="customer-line-name">
                {line.name}
                {line.detail === null ? null : <small>{line.detail}</small>}
              </span>
              <span className="customer-line-amount">{line.amount}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
