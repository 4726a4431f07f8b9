/** From what a scanner read to what the register should do with it. */
import { roundDiv } from '../money/rounding.ts';
import type { ReceiptCode } from '../receipt/receipt-code.ts';
import type { Article } from './article.ts';
import type { Catalogue } from './catalogue.ts';
import { eansOfGtin, gtinLevel } from './ean.ts';
import type { Gs1 } from './gs1.ts';
import type { Gs1Trouble } from './gs1-elements.ts';
import { readScan, type Scan, type ScanOptions } from './scan.ts';

/** The day that a code sets for its goods. Food past `use-by` must not be sold; past `best-before` it may be, and people want to know. */
export interface Expiry {
  /** `2026-12-31`: the last good day. */
  readonly date: string;
  readonly meaning: 'use-by' | 'best-before' | 'sell-by';
  readonly isPast: boolean;
}

export type Found =
  | {
      readonly kind: 'article';
      readonly article: Article;
      /** Said by a label; null when the code says nothing about quantity (then a weighed article asks). */
      readonly quantityMilli: number | null;
      /** Said by a price label: the line's price, whatever quantity × price would be. */
      readonly fixedGrossOre: number | null;
      /** Said by a GS1 code; null when it says nothing, or nobody said what day it is. */
      readonly expiresOn: Expiry | null;
    }
  | { readonly kind: 'receipt'; readonly receipt: ReceiptCode }
  | { readonly kind: 'personal-qr'; readonly content: string }
  | {
      readonly kind: 'unknown';
      /** What to show the cashier: the code, shortened. */
      readonly code: string;
      readonly why: 'no-such-article' | 'bad-check-digit' | 'unreadable' | 'bad-gs1';
      /** What was wrong with a GS1 code. */
      readonly trouble?: Gs1Trouble;
      /** The code is of a case, and this is what is inside: how many of them it does not say. */
      readonly caseOf?: Article;
    }
  /** A weight for an article that is sold by the piece: the shop's data disagree. */
  | { readonly kind: 'not-weighed'; readonly article: Article };

type Unknown = Extract<Found, { kind: 'unknown' }>;

/** The longest code that a message shows. */
const SHOWN = 40;

/**
 * Finds what a code stands for. An article with exactly this EAN or number always wins, then a label's item number
 * (with or without leading zeros) or its EAN without value. Never throws.
 */
export function findScanned(catalogue: Catalogue, code: string, options: ScanOptions = {}): Found {
  const scan = readScan(code, options);
  const unknown = (why: Unknown['why'], more: Pick<Unknown, 'trouble' | 'caseOf'> = {}): Found => ({
    kind: 'unknown',
    code: code.trim().slice(0, SHOWN),
    why,
    ...more,
  });
  const whole = (article: Article | null, why: Unknown['why'] = 'no-such-article'): Found =>
    article === null ? unknown(why) : { kind: 'article', article, quantityMilli: null, fixedGrossOre: null, expiresOn: null };
  switch (scan.kind) {
    case 'receipt':
    case 'personal-qr':
      return scan;
    case 'article':
      return whole(
        catalogue.byEan(scan.ean) ??
          (scan.orEan === undefined ? null : catalogue.byEan(scan.orEan)) ??
          catalogue.byArticleNumber(code.trim()),
      );
    case 'unknown':
      return scan.why === 'unreadable'
        ? unknown('unreadable')
        : whole(catalogue.byArticleNumber(scan.code), scan.why === 'plain-text' ? 'no-such-article' : 'bad-check-digit');
    case 'weight-label':
    case 'price-label': {
      const exact = catalogue.byEan(scan.ean) ?? catalogue.byArticleNumber(scan.ean);
      return exact === null ? (findLabelled(catalogue, scan) ?? unknown('no-such-article')) : whole(exact);
    }
    case 'gs1-trouble':
      return unknown('bad-gs1', { trouble: scan.trouble });
    case 'gs1': {
      const { gs1 } = scan;
      if (gs1.gtin === null) return whole(catalogue.byArticleNumber(code.trim()));
      const level = gtinLevel(gs1.gtin);
      const eans = eansOfGtin(gs1.gtin);
      const article = catalogue.byArticleNumber(gs1.gtin) ?? firstOf(eans, (ean) => catalogue.byEan(ean) ?? catalogue.byArticleNumber(ean));
      const isCase = level === 'case' && article?.articleNumber !== gs1.gtin;
      if (article !== null && !isCase) return asTold(article, gs1, options.today ?? null);
      if (article !== null) return unknown('no-such-article', { caseOf: article });
      // A scale's label may have been printed as GS1 too.
      const label = level === 'piece' ? readScan(eans.at(-1) ?? '', options) : null;
      const isLabel = label?.kind === 'weight-label' || label?.kind === 'price-label';
      return (isLabel ? findLabelled(catalogue, label) : null) ?? unknown('no-such-article');
    }
  }
}

function firstOf<Item, Result>(items: readonly Item[], find: (item: Item) => Result | null): Result | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

/** An article with the measure, price, count and date of its GS1 code. */
function asTold(article: Article, gs1: Gs1, today: string | null): Found {
  const fixedGrossOre = gs1.priceOre || null;
  const found = { kind: 'article', article, fixedGrossOre, expiresOn: expiryOf(gs1, today) } as const;
  if (!article.weighed) {
    // A weight is only information on a thing that is always the same; on one that varies it is what is sold.
    const varies = gs1.gtin !== null && gtinLevel(gs1.gtin) === 'variable';
    if (varies && gs1.weightGrams !== null && fixedGrossOre === null) return { kind: 'not-weighed', article };
    const pieces = gs1.count || (fixedGrossOre === null ? null : 1);
    return { ...found, quantityMilli: pieces === null ? null : pieces * 1_000 };
  }
  const measured = { kg: gs1.weightGrams, l: gs1.volumeMilliliters, m: gs1.lengthMillimeters }[article.unit];
  // What measures nothing says nothing: the register asks.
  return { ...found, quantityMilli: measured || (fixedGrossOre === null ? null : quantityFor(article, fixedGrossOre)) };
}

/** The strictest of the dates that a code sets. */
function expiryOf(gs1: Gs1, today: string | null): Expiry | null {
  const [date, meaning] =
    gs1.useBy !== null
      ? ([gs1.useBy, 'use-by'] as const)
      : gs1.bestBefore !== null
        ? ([gs1.bestBefore, 'best-before'] as const)
        : ([gs1.sellBy, 'sell-by'] as const);
  return date === null || today === null ? null : { date, meaning, isPast: today > date };
}

function findLabelled(catalogue: Catalogue, label: Extract<Scan, { kind: 'weight-label' | 'price-label' }>): Found | null {
  const article =
    catalogue.byArticleNumber(label.itemNumber) ??
    catalogue.byArticleNumber(label.itemNumber.replace(/^0+(?=.)/, '')) ??
    catalogue.byEan(label.emptyEan);
  if (article === null) return null;
  const found = { kind: 'article', article, expiresOn: null } as const;
  if (label.kind === 'weight-label') {
    if (!article.weighed) return { kind: 'not-weighed', article };
    // A label that weighs nothing says nothing: the register asks.
    return { ...found, quantityMilli: label.quantityMilli || null, fixedGrossOre: null };
  }
  const { priceOre } = label;
  if (priceOre === 0) return { ...found, quantityMilli: null, fixedGrossOre: null };
  return { ...found, quantityMilli: quantityFor(article, priceOre), fixedGrossOre: priceOre };
}

/** The quantity that a price label stands for: by the unit price when weighed, else one piece. */
function quantityFor(article: Article, priceOre: number): number {
  if (!article.weighed || article.unitPriceOre === 0) return 1_000;
  return Math.max(1, roundDiv(priceOre * 1_000, article.unitPriceOre));
}
