/** A printed code: the paper itself. */
import { useEffect, useState } from 'react';
import { useSettings } from './use-section.ts';

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
