/** What a screen may ask: articles, the latest sales, payments and their stories, a receipt's text. */
import type { Article } from '../catalog/article.ts';
import type { ReadModel } from '../journal/read-model.ts';
import { meansOf, receiptSeriesOf } from '../sale/sale.ts';
import type { ArticleTile, Query, QueryAnswer } from './contract.ts';
import type { Paper } from './paper.ts';
import type { Register } from './register.ts';
import type { Returns } from './returns.ts';
import type { Stories } from './stories.ts';

const TILES = 60;
const RECENT = 30;

export function answerQuery(
  query: Query,
  register: Register,
  readModel: ReadModel,
  paper: Paper,
  stories: Stories,
  returns: Returns,
): QueryAnswer | Promise<QueryAnswer> {
  switch (query.type) {
    case 'articles': {
      const limit = query.limit ?? TILES;
      const text = query.text?.trim() ?? '';
      const found =
        text === ''
          ? register.catalogue.articlesOf(query.groupId ?? register.catalogue.groups()[0]?.groupId ?? '')
          : register.catalogue.search(text, limit);
      return { type: 'articles', articles: found.slice(0, limit).map(tile) };
    }
    case 'recent-sales':
      return {
        type: 'recent-sales',
        sales: readModel.recentSales(query.limit ?? RECENT).map(({ sale, totalOre }) => ({
          saleId: sale.saleId,
          series: receiptSeriesOf(sale),
          receiptNumber: sale.receiptNumber ?? 0,
          completedAtMs: sale.completedAtMs ?? 0,
          totalOre,
          means: [...new Set(sale.tenders.map(meansOf))],
          copyPrinted: sale.copyIntended,
        })),
      };
    case 'payments':
      return { type: 'payments', payments: stories.find(query.text ?? '', query.limit) };
    case 'payment-story':
      return stories.tell(query.saleId).then((story) => ({ type: 'payment-story', story }));
    case 'receipt-text':
      return { type: 'receipt-text', text: paper.textOf(query.saleId) };
    case 'orders':
    case 'order':
    case 'stores':
      return returns.ask(query);
  }
}

function tile(article: Article): ArticleTile {
  const { articleNumber, name, groupId, unitPriceOre, unit, weighed, ageLimitYears } = article;
  return { articleNumber, name, groupId, unitPriceOre, unit, weighed, ageLimitYears };
}
