/**
 * The words that the cash register regulation itself puts on paper. They stay Norwegian in every language, and are all
 * here, so that they can be corrected in one place.
 */
import type { Market } from '../money/amount.ts';
import type { DocumentSeries } from './document.ts';

/** The mark at the top of each kind of document, at least 50 % larger than the amounts. A Z-report has a title instead. */
export const LEGAL_MARKS: Readonly<Record<Exclude<DocumentSeries, 'z'>, string>> = {
  sale: 'Salgskvittering',
  return: 'Returkvittering',
  copy: 'KOPI',
  proforma: 'Foreløpig kvittering – IKKE KVITTERING FOR KJØP',
  training: 'Treningskvittering – IKKE KVITTERING FOR KJØP',
  delivery: 'Utleveringskvittering – IKKE KVITTERING FOR KJØP',
};

/** Under the mark while no money moves. Ours, not the law's: training mode has a mark and a journal of its own. */
export const PRACTICE_MARK = 'ØVELSE – IKKE KVITTERING FOR KJØP';

/** Companies in the register of business enterprises (AS, ASA, NUF) say so. */
export const FORETAKSREGISTERET = 'Foretaksregisteret';

/**
 * `Org.nr 999 999 999 MVA`; without `MVA` for a shop that is not registered for VAT. In Denmark the CVR number, in Finland
 * the business id, as their own receipts call them.
 */
export function orgNumberLine(orgNumber: string, vatRegistered: boolean, market: Market = 'NO'): string {
  if (market === 'DK') return `CVR-nr. ${orgNumber}`;
  if (market === 'FI') return `Y-tunnus ${orgNumber}`;
  const grouped = orgNumber.replace(/\d{3}(?=\d)/g, '$& ');
  return `Org.nr ${grouped}${vatRegistered ? ' MVA' : ''}`;
}
