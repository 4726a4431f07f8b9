/** What a shop sells: one article of the catalogue. */

export interface Article {
  /** The shop's own number for it: unique, at most 40 characters. */
  readonly articleNumber: string;
  /** EAN-13 or EAN-8 with a right check digit; a UPC-A is kept as the EAN-13 that it is. Unique where there is one. */
  readonly ean: string | null;
  readonly name: string;
  /** Made from the group's name, so that it stays the same from import to import. */
  readonly groupId: string;
  readonly groupName: string;
  /** Price of one unit, VAT included. */
  readonly unitPriceOre: number;
  /** Hundredths of a percent: 15 % is 1 500. */
  readonly vatBasisPoints: number;
  /** `stk`, `kg`, `l`, `m`, or the shop's own word. */
  readonly unit: string;
  /** Sold by weight or measure: the register asks how much. */
  readonly weighed: boolean;
  /** The deposit (pant) on one unit; null when there is none. */
  readonly depositOre: number | null;
  /** The customer's lowest age in years; null when anyone may buy. */
  readonly ageLimitYears: number | null;
}
