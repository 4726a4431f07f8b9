/**
 * What stands on paper, in both languages. What the law words itself (marks, "Org.nr … MVA", "Foretaksregisteret")
 * is in `app/receipt/marks.ts` and the same in both.
 */

export interface ReceiptTexts {
  readonly title: (receiptNumber: number) => string;
  readonly copyTitle: (copyNumber: number, receiptNumber: number) => string;
  /** Under the mark, for those who do not read Norwegian; null where the mark says it already. */
  readonly salesReceipt: string | null;
  readonly copyOf: (receiptNumber: number) => string;
  readonly copyNumber: (copyNumber: number) => string;
  readonly copyPrinted: (at: string) => string;
  readonly receiptNumber: (receiptNumber: number) => string;
  readonly operator: (name: string, operatorId: string) => string;
  /** Local date and time; `month` is 1 to 12, the rest as on a clock. */
  readonly dateTime: (at: LocalDateTime) => string;
  readonly total: (currency: string) => string;
  readonly saleDiscount: string;
  readonly discount: (reason: string) => string;
  readonly rounding: string;
  readonly cash: string;
  readonly received: string;
  readonly change: string;
  readonly card: string;
  readonly terminalReference: (reference: string) => string;
  readonly transaction: (transactionId: string) => string;
  /** Under what was paid by phone: what was reserved, what was taken of it, and what is let go of or goes back. */
  readonly reserved: string;
  readonly taken: string;
  readonly released: string;
  readonly givenBack: string;
  readonly vatRate: string;
  readonly vatBase: string;
  readonly vatAmount: string;
  readonly vatTotal: string;
}

export interface LocalDateTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function clock(at: LocalDateTime): string {
  return `${two(at.hour)}:${two(at.minute)}:${two(at.second)}`;
}

const ENGLISH_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const nb: ReceiptTexts = {
  title: (receiptNumber) => `Kvittering ${receiptNumber}`,
  copyTitle: (copyNumber, receiptNumber) => `Kopi ${copyNumber} av kvittering ${receiptNumber}`,
  salesReceipt: null,
  copyOf: (receiptNumber) => `av salgskvittering ${receiptNumber}`,
  copyNumber: (copyNumber) => `Kopi nr ${copyNumber}`,
  copyPrinted: (at) => `Skrevet ut ${at}`,
  receiptNumber: (receiptNumber) => `Kvittering ${receiptNumber}`,
  operator: (name, operatorId) => `${name} (${operatorId})`,
  dateTime: (at) => `${two(at.day)}.${two(at.month)}.${at.year} ${clock(at)}`,
  total: (currency) => `TOTALT ${currency}`,
  saleDiscount: 'Rabatt på hele salget',
  discount: (reason) => `Rabatt: ${reason}`,
  rounding: 'Øreavrunding',
  cash: 'Kontant',
  received: 'Mottatt',
  change: 'Tilbake',
  card: 'Kort',
  terminalReference: (reference) => `Terminalens ref. ${reference}`,
  transaction: (transactionId) => `Transaksjon ${transactionId}`,
  reserved: 'Reservert',
  taken: 'Trukket',
  released: 'Frigis',
  givenBack: 'Gis tilbake',
  vatRate: 'Mva',
  vatBase: 'Grunnlag',
  vatAmount: 'Mva',
  vatTotal: 'Totalt',
};

const en: ReceiptTexts = {
  title: (receiptNumber) => `Receipt ${receiptNumber}`,
  copyTitle: (copyNumber, receiptNumber) => `Copy ${copyNumber} of receipt ${receiptNumber}`,
  salesReceipt: 'Sales receipt',
  copyOf: (receiptNumber) => `Copy of sales receipt ${receiptNumber}`,
  copyNumber: (copyNumber) => `Copy no. ${copyNumber}`,
  copyPrinted: (at) => `Printed ${at}`,
  receiptNumber: (receiptNumber) => `Receipt ${receiptNumber}`,
  operator: (name, operatorId) => `${name} (${operatorId})`,
  dateTime: (at) => `${at.day} ${ENGLISH_MONTHS[at.month - 1] ?? ''} ${at.year} ${clock(at)}`,
  total: (currency) => `TOTAL ${currency}`,
  saleDiscount: 'Discount on the sale',
  discount: (reason) => `Discount: ${reason}`,
  rounding: 'Rounding',
  cash: 'Cash',
  received: 'Received',
  change: 'Change',
  card: 'Card',
  terminalReference: (reference) => `Terminal ref. ${reference}`,
  transaction: (transactionId) => `Transaction ${transactionId}`,
  reserved: 'Reserved',
  taken: 'Taken',
  released: 'To be released',
  givenBack: 'To be given back',
  vatRate: 'VAT',
  vatBase: 'Base',
  vatAmount: 'VAT',
  vatTotal: 'Total',
};

export const receiptTexts = { nb, en } as const;
