/** From what a scanner read to what the register should do with it. */
import { roundDiv } from '../money/rounding.ts';
import type { ReceiptCode } from '../receipt/receipt-code.ts';
import type { Article } from './article.ts';
import type { Catalogue } from './catalogue.ts';
import { DEFAULT_LABEL_LAYOUTS, type LabelLayout, readScan, type Scan } from './scan.ts';

export type Found =
  | {
      readonly kind: 'article';
      readonly article: Article;
      /** Said by a label; null when the code says nothing about quantity (then a weighed article asks). */
      readonly quantityMilli: number | null;
      /** Said by a price label: the line's price, whatever quantity × price would be. */
      readonly fixedGrossOre: number | null;
    }
  | { readonly kind: 'receipt'; readonly receipt: ReceiptCode }
  | { readonly kind: 'personal-qr'; readonly content: string }
  | {
      readonly kind: 'unknown';
      /** What to show the cashier: the code, shortened. */
      readonly code: string;
      readonly why: 'no-such-article' | 'bad-check-digit' | 'unreadable';
    }
  /** A weight label for an article that is sold by the piece: the shop's data disagree. */
  | { readonly kind: 'not-weighed'; readonly article: Article };

/** The longest code that a message shows. */
const SHOWN = 40;

/**
 * Finds what a code stands for. An article with exactly this EAN or number always wins, then a label's item number
 * (with or without leading zeros) or its EAN without value. Never throws.
 */
export function findScanned(catalogue: Catalogue, code: string, layouts: readonly LabelLayout[] = DEFAULT_LABEL_LAYOUTS): Found {
  const scan = readScan(code, layouts);
  const unknown = (why: 'no-such-article' | 'bad-check-digit' | 'unreadable'): Found => ({
    kind: 'unknown',
    code: code.trim().slice(0, SHOWN),
    why,
  });
  const whole = (article: Article | null, why: 'no-such-article' | 'bad-check-digit'): Found =>
    article === null ? unknown(why) : { kind: 'article', article, quantityMilli: null, fixedGrossOre: null };
  switch (scan.kind) {
    case 'receipt':
    case 'personal-qr':
      return scan;
    case 'article':
      return whole(catalogue.byEan(scan.ean) ?? catalogue.byArticleNumber(code.trim()), 'no-such-article');
    case 'unknown':
      return scan.why === 'unreadable'
        ? unknown('unreadable')
        : whole(catalogue.byArticleNumber(scan.code), scan.why === 'plain-text' ? 'no-such-article' : 'bad-check-digit');
    case 'weight-label':
    case 'price-label': {
      const exact = catalogue.byEan(scan.ean) ?? catalogue.byArticleNumber(scan.ean);
      return exact === null ? (findLabelled(catalogue, scan) ?? unknown('no-such-article')) : whole(exact, 'no-such-article');
    }
  }
}

function findLabelled(catalogue: Catalogue, label: Extract<Scan, { kind: 'weight-label' | 'price-label' }>): Found | null {
  const article =
    catalogue.byArticleNumber(label.itemNumber) ??
    catalogue.byArticleNumber(label.itemNumber.replace(/^0+(?=.)/, '')) ??
    catalogue.byEan(label.emptyEan);
  if (article === null) return null;
  if (label.kind === 'weight-label') {
    if (!article.weighed) return { kind: 'not-weighed', article };
    // A label that weighs nothing says nothing: the register asks.
    return { kind: 'article', article, quantityMilli: label.quantityMilli || null, fixedGrossOre: null };
  }
  const { priceOre } = label;
  if (priceOre === 0) return { kind: 'article', article, quantityMilli: null, fixedGrossOre: null };
  return { kind: 'article', article, quantityMilli: quantityFor(article, priceOre), fixedGrossOre: priceOre };
}

/** The quantity that a price label stands for: by the unit price when weighed, else one piece. */
function quantityFor(article: Article, priceOre: number): number {
  if (!article.weighed || article.unitPriceOre === 0) return 1_000;
  return Math.max(1, roundDiv(priceOre * 1_000, article.unitPriceOre));
}
