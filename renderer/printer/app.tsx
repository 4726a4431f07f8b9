/** The virtual printer: paper slides out of it, and it can be troubled on purpose. */
import '../shared/base.css';
import '../shared/controls.css';
import './printer.css';
import './drawer.css';
import { useEffect, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import { languageOr } from '../shared/first-texts.ts';
import { clockTextWithSeconds } from '../shared/till-clock.ts';
import { usePage } from '../shared/use-page.ts';
import { textsFor } from '../shared/use-texts.ts';
import { DrawerBelow } from './drawer.tsx';
import { CONDITIONS, type PrinterNews, type PrinterService } from './printer-service.ts';

interface PrinterAppProps {
  readonly printer: PrinterService;
  /** The address to fetch a paper's picture from. */
  readonly picture: (address: string) => string;
}

export function PrinterApp({ printer, picture }: PrinterAppProps) {
  const [news, setNews] = useState<PrinterNews>({
    papers: [],
    condition: null,
    drawer: null,
    practice: null,
    language: null,
    online: true,
  });
  const language = languageOr(news.language ?? undefined);
  const texts = textsFor(language);
  const words = texts.printerPage;
  useEffect(() => printer.onNews(setNews), [printer]);
  usePage(language, 'light', `Tillit · ${words.title}`);
  const labels = {
    ready: words.ready,
    'paper-out': words.paperOut,
    'cover-open': words.coverOpen,
    'cut-off': words.cutOff,
    offline: words.offline,
  };
  const newestFirst = [...news.papers].sort((a, b) => b.atMs - a.atMs);
  return (
    <main className="printer-page">
      <header className="printer-head">
        <div>
          <h1>{words.title}</h1>
          <p className="hint">{news.online ? words.intro : words.lost}</p>
          {news.practice === null ? null : <p className="printer-practice">{news.practice}</p>}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
        <div className="choice" role="group" aria-label={words.condition}>
          {CONDITIONS.map((condition) => (
            <button
              key={condition}
              type="button"
              className="choice-option"
              aria-pressed={news.condition === condition}
              onClick={() => void printer.setCondition(condition)}
            >
              {labels[condition]}
            </button>
          ))}
        </div>
      </header>
      <div className="printer-body" data-condition={news.condition ?? 'ready'} aria-hidden="true">
        <span className="printer-lamp" />
        <span className="printer-slot" />
      </div>
      {news.drawer === null ? null : <DrawerBelow drawer={news.drawer} move={(to) => void printer.moveDrawer(to)} />}
      {newestFirst.length === 0 ? (
        <div className="printer-empty">
          <p>{words.empty}</p>
          <p className="hint">{words.emptyHow}</p>
        </div>
      ) : (
        <ol className="papers">
          {newestFirst.map((paper, index) => (
            <li key={paper.id} className="paper-out">
              <img
                src={picture(paper.pngUrl)}
                alt={paper.text === '' ? fill(words.paper, { number: newestFirst.length - index }) : paper.text}
              />
              <p className="hint">{clockTextWithSeconds(paper.atMs)}</p>
            </li>
          ))}
        </ol>
      )}
    </main>
  );
}
