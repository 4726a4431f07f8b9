import { useEffect, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { ArticleTile, CashierView } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { useRoving } from '../shared/roving.ts';
import { useTill } from './use-till.ts';

/** More than anybody looks through: beyond this the search is quicker. */
const MOST_TILES = 200;

interface TilesProps {
  readonly groups: CashierView['groups'];
  readonly catalogueVersion: number;
  readonly onChoose: (article: ArticleTile) => void;
}

interface Shown {
  readonly groupId: string;
  readonly articles: readonly ArticleTile[];
}

/** Groups and their articles. The old group's tiles stay until the new ones are there, so that nothing flickers. */
export function Tiles({ groups, catalogueVersion, onChoose }: TilesProps) {
  const { till, texts, language, link } = useTill();
  const [groupId, setGroupId] = useState(groups[0]?.groupId ?? null);
  const [shown, setShown] = useState<Shown | null>(null);
  const groupKeys = useRoving<HTMLElement>();
  const tileKeys = useRoving<HTMLElement>();
  const current = groups.some((group) => group.groupId === groupId) ? groupId : (groups[0]?.groupId ?? null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another catalogue is asked for again, and so is the same over another line
  useEffect(() => {
    if (current === null) return;
    let wanted = true;
    till.link.ask({ type: 'articles', groupId: current, limit: MOST_TILES }).then(
      (answer) => {
        if (wanted) setShown({ groupId: current, articles: answer.articles });
      },
      // The header says that the line is gone; a new one brings the tiles.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [current, catalogueVersion, link, till]);

  if (groups.length === 0) {
    return (
      <div className="empty">
        <p className="empty-title">{texts.tiles.emptyCatalogue}</p>
        <p className="hint">{texts.tiles.emptyCatalogueHow}</p>
        <button type="button" className="button" data-weight="primary" onClick={() => till.open({ kind: 'menu', page: 'catalogue' })}>
          {texts.menu.catalogue}
        </button>
      </div>
    );
  }
  return (
    <>
      <nav className="groups" aria-label={texts.tiles.groups} {...groupKeys}>
        {groups.map((group) => (
          <button
            key={group.groupId}
            type="button"
            className="group"
            aria-pressed={group.groupId === current}
            onClick={() => setGroupId(group.groupId)}
          >
            {group.name}
          </button>
        ))}
      </nav>
      {shown === null ? (
        <p className="empty hint" role="status">
          {texts.tiles.loading}
        </p>
      ) : shown.articles.length === 0 ? (
        <p className="empty hint">{texts.tiles.empty}</p>
      ) : (
        <section
          {...tileKeys}
          className="tiles"
          key={shown.groupId}
          aria-label={groups.find((group) => group.groupId === shown.groupId)?.name ?? texts.tiles.articles}
        >
          {shown.articles.map((article) => (
            <button key={article.articleNumber} type="button" className="tile" onClick={() => onChoose(article)}>
              <span className="tile-name" data-long={hasLongWord(article.name) || undefined}>
                {article.name}
              </span>
              <span className="tile-foot">
                <span className="tile-price">
                  <Ore ore={article.unitPriceOre} language={language} />
                  {article.weighed ? <small>/{article.unit}</small> : null}
                </span>
                {article.ageLimitYears === null ? null : (
                  <span className="age-badge">{fill(texts.tiles.age, { years: article.ageLimitYears })}</span>
                )}
              </span>
            </button>
          ))}
          {shown.articles.length >= MOST_TILES ? <p className="tiles-more hint">{texts.tiles.more}</p> : null}
        </section>
      )}
    </>
  );
}

/** From how many letters a word would break in the narrowest tile. */
const LONG_WORD = 13;

const hasLongWord = (name: string): boolean => name.split(/[\s/-]+/).some((word) => word.length >= LONG_WORD);
