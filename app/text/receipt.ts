/**
 * What stands on paper, in both languages. What the law words itself (marks, "Org.nr … MVA", "Foretaksregisteret")
 * is in `app/receipt/marks.ts` and the same in both.
 */

export interface ReceiptTexts {
  /** What each kind is called: in a list, beside its number, and after "copy of". */
  readonly kinds: Readonly<Record<'sale' | 'return', (receiptNumber: number) => string>>;
  readonly copyTitle: (copyNumber: number, of: string) => string;
  /** Under the mark, for those who do not read Norwegian; null where the mark says it already. */
  readonly underMark: Readonly<Record<'sale' | 'return', string | null>>;
  readonly copyOf: Readonly<Record<'sale' | 'return', (receiptNumber: number) => string>>;
  readonly copyNumber: (copyNumber: number) => string;
  readonly copyPrinted: (at: string) => string;
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
  /** Above goods that came back: which receipt they stood on. `place`: the store and the register that sold them. */
  readonly returnOf: (receiptNumber: number, date: { readonly year: number; readonly month: number; readonly day: number }) => string;
  readonly soldAt: (place: string) => string;
  readonly register: string;
  readonly reason: (reason: string) => string;
  readonly approvedBy: (name: string, operatorId: string) => string;
  /** What goes back: "Tilbake: Vipps". */
  readonly backBy: (means: string) => string;
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
  kinds: { sale: (receiptNumber) => `Kvittering ${receiptNumber}`, return: (receiptNumber) => `Returkvittering ${receiptNumber}` },
  copyTitle: (copyNumber, of) => `Kopi ${copyNumber} av ${of.toLowerCase()}`,
  underMark: { sale: null, return: null },
  copyOf: {
    sale: (receiptNumber) => `av salgskvittering ${receiptNumber}`,
    return: (receiptNumber) => `av returkvittering ${receiptNumber}`,
  },
  copyNumber: (copyNumber) => `Kopi nr ${copyNumber}`,
  copyPrinted: (at) => `Skrevet ut ${at}`,
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
  returnOf: (receiptNumber, { year, month, day }) => `Retur av kvittering ${receiptNumber}, ${two(day)}.${two(month)}.${year}`,
  soldAt: (place) => `Solgt: ${place}`,
  register: 'kasse',
  reason: (reason) => `Årsak: ${reason}`,
  approvedBy: (name, operatorId) => `Godkjent av ${name} (${operatorId})`,
  backBy: (means) => `Tilbake: ${means}`,
  vatRate: 'Mva',
  vatBase: 'Grunnlag',
  vatAmount: 'Mva',
  vatTotal: 'Totalt',
};

const en: ReceiptTexts = {
  kinds: { sale: (receiptNumber) => `Receipt ${receiptNumber}`, return: (receiptNumber) => `Return receipt ${receiptNumber}` },
  copyTitle: (copyNumber, of) => `Copy ${copyNumber} of ${of.toLowerCase()}`,
  underMark: { sale: 'Sales receipt', return: 'Return receipt' },
  copyOf: {
    sale: (receiptNumber) => `Copy of sales receipt ${receiptNumber}`,
    return: (receiptNumber) => `Copy of return receipt ${receiptNumber}`,
  },
  copyNumber: (copyNumber) => `Copy no. ${copyNumber}`,
  copyPrinted: (at) => `Printed ${at}`,
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
  returnOf: (receiptNumber, { year, month, day }) =>
    `Return of receipt ${receiptNumber}, ${day} ${ENGLISH_MONTHS[month - 1] ?? ''} ${year}`,
  soldAt: (place) => `Sold at: ${place}`,
  register: 'register',
  reason: (reason) => `Reason: ${reason}`,
  approvedBy: (name, operatorId) => `Approved by ${name} (${operatorId})`,
  backBy: (means) => `Back: ${means}`,
  vatRate: 'VAT',
  vatBase: 'Base',
  vatAmount: 'VAT',
  vatTotal: 'Total',
};

export const receiptTexts = { nb, en } as const;
