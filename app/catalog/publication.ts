/**
 * What head office publishes for the chain's registers: articles, prices, people or what is sold no more, as numbered versions that never change.
 * The numbers go up in the order of publishing. What a version says stands from its start on, and of two that speak of the
 * same thing the one that started last is right (of two that started together, the higher number): that order, and not the
 * order of arrival, is what every register of the chain comes to.
 */
import { z } from 'zod';
import type { Article } from './article.ts';
import { groupIdOf } from './group.ts';

export const PUBLICATION_KINDS = ['catalogue', 'prices', 'operators', 'dropped'] as const;
export type PublicationKind = (typeof PUBLICATION_KINDS)[number];

/** How many rows one page has at most. */
export const ROWS_A_PAGE = 500;

const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must be one line of whole characters');
/** The dearest thing that a register takes, as in the import: a million kroner. */
const priceOre = z.int().min(0).max(100_000_000);
const articleNumber = line(40);
const ean = z.string().regex(/^(?:\d{8}|\d{13})$/);

/** Fields that a newer head office adds are left alone. */
export const publishedArticle = z.object({
  articleNumber,
  ean: ean.nullable(),
  name: line(100),
  group: line(40),
  unitPriceOre: priceOre,
  vatBasisPoints: z.int().min(0).max(10_000),
  unit: line(10),
  weighed: z.boolean(),
  depositOre: priceOre.nullable(),
  ageLimitYears: z.int().min(1).max(99).nullable(),
});
/** By article number where there is one, else by EAN. */
export const publishedPrice = z.union([z.object({ articleNumber, unitPriceOre: priceOre }), z.object({ ean, unitPriceOre: priceOre })]);
/** Whoever may be chosen at a register. The list is the whole list. */
export const publishedOperator = z.object({
  operatorId: z.string().regex(/^[A-Za-z0-9-]{1,12}$/),
  name: line(40),
  /** A role that a register does not know is a cashier's. */
  role: z.enum(['cashier', 'manager']).default('cashier').catch('cashier'),
  /** What is kept of a manager's code, as the register's own configuration keeps it. */
  pinHash: z.string().max(200).optional(),
});

/** An article that the chain sells no more. A kind of its own: registers of before it leave the whole version alone. */
export const droppedArticle = z.object({ articleNumber });

export type PublishedArticle = z.output<typeof publishedArticle>;
export type PublishedPrice = z.output<typeof publishedPrice>;
export type PublishedOperator = z.output<typeof publishedOperator>;

const pages = {
  catalogue: z.array(publishedArticle).max(ROWS_A_PAGE),
  prices: z.array(publishedPrice).max(ROWS_A_PAGE),
  operators: z.array(publishedOperator).max(ROWS_A_PAGE),
  dropped: z.array(droppedArticle).max(ROWS_A_PAGE),
} as const;

type PageOf<Kind extends PublicationKind> = z.output<(typeof pages)[Kind]>;

/** A page is not what its kind has to be. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

/** Reads a page's text. @throws PageError */
export function readPage<Kind extends PublicationKind>(kind: Kind, text: string): PageOf<Kind> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PageError(`a page of ${kind} is not JSON`);
  }
  const parsed = pages[kind].safeParse(value);
  if (parsed.success) return parsed.data as PageOf<Kind>;
  throw new PageError(`a page of ${kind} is wrong at ${parsed.error.issues[0]?.path.join('.') ?? 'its beginning'}`);
}

/** An article as it is published. */
export function toPublished({ groupId: _made, groupName, ...article }: Article): PublishedArticle {
  return { ...article, group: groupName };
}

export function fromPublished({ group, ...article }: PublishedArticle): Article {
  return { ...article, groupId: groupIdOf(group), groupName: group };
}

/** What a version is, without its rows. */
export const publicationHead = z.object({
  version: z.int().min(1),
  kind: z.enum(PUBLICATION_KINDS),
  /** What the person who published it called it: the file's name. */
  name: line(120),
  /** The shop's own time from which it stands, `2026-12-01T06:00`; `null`: from when it was published. */
  from: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
    .nullable(),
  publishedAtMs: z.int(),
  rows: z.int().min(1),
  pages: z.int().min(1),
  /** Of the pages' SHA-256 in their order, each on a line of its own. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PublicationHead = z.output<typeof publicationHead>;

/** What `sha256` of a head is made of. */
export const digestText = (pageDigests: readonly string[]): string => pageDigests.map((digest) => `${digest}\n`).join('');

/** A local time as a moment, by the shop's own offset then. A time that the clocks leap over is the moment of the leap's end. */
export function momentOf(local: string, offsetMinutes: (atMs: number) => number): number {
  const asUtcMs = Date.parse(`${local}:00Z`);
  const guessMs = asUtcMs - offsetMinutes(asUtcMs) * 60_000;
  return asUtcMs - offsetMinutes(guessMs) * 60_000;
}

/** From when a version stands: a start that was past when it was published is the moment of publishing. */
export function startOf({ from, publishedAtMs }: PublicationHead, offsetMinutes: (atMs: number) => number): number {
  return from === null ? publishedAtMs : Math.max(publishedAtMs, momentOf(from, offsetMinutes));
}
