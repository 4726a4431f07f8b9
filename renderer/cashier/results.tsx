import { useEffect, useRef } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { ArticleTile } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { useTill } from './use-till.ts';

interface ResultsProps {
  readonly found: { readonly text: string; readonly articles: readonly ArticleTile[] } | null;
  readonly text: string;
  readonly chosen: number;
  readonly onChoose: (article: ArticleTile) => void;
}

/** Articles that match what is typed. The field keeps the focus; arrows move, Enter takes. */
export function Results({ found, text, chosen, onChoose }: ResultsProps) {
  const { texts, language, view } = useTill();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const groups = new Map(view.groups.map((group) => [group.groupId, group.name]));
  const nothing = found !== null && found.articles.length === 0;
  return (
    <>
      <p className="sr-only" role="status">
        {found === null ? texts.search.searching : `${texts.search.results}: ${found.articles.length}`}
      </p>
      {nothing ? (
        <div className="empty results-empty">
          <p className="empty-title">{fill(texts.search.none, { text })}</p>
          <p className="hint">{texts.search.noneHow}</p>
        </div>
      ) : null}
      <div className="results" id="search-results" role="listbox" aria-label={texts.search.results} ref={list} hidden={nothing}>
        {(found?.articles ?? []).map((article, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the search field takes it
          <div
            key={article.articleNumber}
            id={`result-${article.articleNumber}`}
            className="result"
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(article)}
          >
            <span className="result-name">
              {article.name}
              <small>
                {article.articleNumber}
                {groups.has(article.groupId) ? ` · ${groups.get(article.groupId)}` : ''}
              </small>
            </span>
            {article.ageLimitYears === null ? null : (
              <span className="age-badge">{fill(texts.tiles.age, { years: article.ageLimitYears })}</span>
            )}
            <span className="result-price">
              <Ore ore={article.unitPriceOre} language={language} />
              {article.weighed ? <small>/{article.unit}</small> : null}
            </span>
          </div>
        ))}
      </div>
    </>
  );
}
