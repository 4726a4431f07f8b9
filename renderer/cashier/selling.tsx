/** Where articles are found: the search above, groups and tiles below; a typed text turns the tiles into matches. */
import { useEffect, useRef, useState } from 'react';
import { formatQuantityMilli } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { ArticleTile } from '../../app/till/contract.ts';
import { CloseIcon, SearchIcon } from '../shared/icons.tsx';
import { Results } from './results.tsx';
import { looksLikeCode, readQuantityPrefix } from './search-entry.ts';
import { Tiles } from './tiles.tsx';
import { useTill } from './use-till.ts';

const MOST_RESULTS = 30;

interface Found {
  readonly text: string;
  readonly articles: readonly ArticleTile[];
}

export function Selling() {
  const { till, view, texts, language, state } = useTill();
  const field = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState(0);
  const text = state.searchText.trim();

  useEffect(() => {
    setChosen(0);
    if (text === '') {
      setFound(null);
      return;
    }
    let current = true;
    till.link.ask({ type: 'articles', text, limit: MOST_RESULTS }).then(
      (answer) => {
        if (current) setFound({ text, articles: answer.articles });
      },
      // The header says that the line is gone; the next key asks again.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [text, till]);

  const setText = (value: string) => {
    const prefix = readQuantityPrefix(value);
    if (prefix === null) till.state.setState({ searchText: value });
    else till.state.setState({ searchText: prefix.rest, quantityMilli: prefix.quantityMilli });
  };

  const add = (article: ArticleTile) => {
    const quantityMilli = till.takeQuantity();
    till.state.setState({ searchText: '' });
    void till.send({
      type: 'add-article',
      articleNumber: article.articleNumber,
      ...(quantityMilli === undefined ? {} : { quantityMilli }),
    });
  };

  const scan = (code: string) => {
    const quantityMilli = till.takeQuantity();
    till.state.setState({ searchText: '' });
    void till.send({ type: 'scan', code, ...(quantityMilli === undefined ? {} : { quantityMilli }) });
  };

  /** Enter may come before the answer to the last key: then it is asked for once more, and waited for. */
  const choose = async () => {
    const sure =
      found?.text === text
        ? found.articles
        : (await till.link.ask({ type: 'articles', text, limit: MOST_RESULTS }).catch(() => null))?.articles;
    if (sure === undefined || till.state.getState().searchText.trim() !== text) return;
    const article = sure[chosen] ?? sure[0];
    if (article !== undefined) add(article);
    else if (looksLikeCode(text)) scan(text);
  };

  const results = text === '' ? null : found;
  const active = results?.articles[chosen];
  return (
    <div className="selling">
      <search className="search">
        <SearchIcon />
        {state.quantityMilli === null ? null : (
          <button
            type="button"
            className="quantity-chip"
            aria-label={`${fill(texts.search.quantity, { quantity: formatQuantityMilli(state.quantityMilli, language, { weighed: false }) })}. ${texts.search.removeQuantity}`}
            onClick={() => till.state.setState({ quantityMilli: null })}
          >
            {formatQuantityMilli(state.quantityMilli, language, { weighed: false })}&thinsp;×
          </button>
        )}
        <input
          ref={field}
          className="search-field"
          data-typing="search"
          type="text"
          role="combobox"
          aria-label={texts.search.label}
          aria-expanded={results !== null}
          aria-controls="search-results"
          aria-activedescendant={active === undefined ? undefined : `result-${active.articleNumber}`}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          placeholder={texts.search.label}
          value={state.searchText}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const count = results?.articles.length ?? 0;
            if (event.key === 'ArrowDown' && count > 0) {
              event.preventDefault();
              setChosen((chosen + 1) % count);
            } else if (event.key === 'ArrowUp' && count > 0) {
              event.preventDefault();
              setChosen((chosen + count - 1) % count);
            } else if (event.key === 'Enter' && text !== '') {
              event.preventDefault();
              void choose();
            } else if (event.key === 'Escape' && (state.searchText !== '' || state.quantityMilli !== null)) {
              event.preventDefault();
              till.state.setState({ searchText: '', quantityMilli: null });
            } else if (event.key === 'Backspace' && state.searchText === '' && state.quantityMilli !== null) {
              till.state.setState({ quantityMilli: null });
            }
          }}
        />
        {state.searchText === '' ? (
          <span className="key-hint" aria-hidden="true">
            /
          </span>
        ) : (
          <button
            type="button"
            className="icon-button"
            aria-label={texts.search.clear}
            onClick={() => {
              till.state.setState({ searchText: '' });
              field.current?.focus();
            }}
          >
            <CloseIcon />
          </button>
        )}
      </search>
      {text === '' ? (
        <Tiles groups={view.groups} catalogueVersion={view.catalogueVersion} onChoose={add} />
      ) : (
        <Results found={found} text={text} chosen={chosen} onChoose={add} />
      )}
    </div>
  );
}
