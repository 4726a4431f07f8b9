/** What the pages about printed codes are made of: how something stands, and the paper itself. */
import { useEffect, useId, useState } from 'react';
import type { DeviceLook } from '../../app/till/settings-devices.ts';
import { useSettings } from './use-section.ts';

/** How it stands with something outside, as the pages about devices say it. */
export function DeviceCard({ title, look, none }: { readonly title: string; readonly look: DeviceLook | null; readonly none: string }) {
  const id = useId();
  return (
    <section className="device" aria-labelledby={id} data-tone={look?.tone}>
      <h3 id={id}>{title}</h3>
      <p className="device-says">{look?.text ?? none}</p>
      {look === null ? null : (
        <dl className="device-facts">
          {look.facts.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd data-tone={fact.tone}>{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** What is to be printed: the provider's picture, and the words around it. */
export interface Paper {
  readonly png: string;
  readonly heading: string;
  /** At the foot: where it hangs. */
  readonly foot: string | null;
}

/** One A6 sheet, which the printed page has alone. It prints itself once its picture is drawn; the system's dialog says how. */
export function PrintedSign({ paper, onPrinted }: { readonly paper: Paper; readonly onPrinted: () => void }) {
  const { texts, settings } = useSettings();
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    if (!drawn) return;
    window.addEventListener('afterprint', onPrinted, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', onPrinted);
  }, [drawn, onPrinted]);
  return (
    <div className="sign-paper">
      <p className="sign-shop">{settings.sections.shop.name}</p>
      <p className="sign-heading">{paper.heading}</p>
      <img src={`data:image/png;base64,${paper.png}`} alt={texts.signs.paper.picture} onLoad={() => setDrawn(true)} />
      {paper.foot === null ? null : <p className="sign-foot">{paper.foot}</p>}
    </div>
  );
}
