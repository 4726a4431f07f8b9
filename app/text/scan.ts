/** What the register says that a scanner read, on the page where a scanner is tried. */
import type { Gs1Trouble } from '../catalog/gs1-elements.ts';

export interface ScanTexts {
  readonly article: (ean: string) => string;
  readonly weightLabel: (item: string, kilograms: string) => string;
  readonly priceLabel: (item: string, price: string) => string;
  readonly gs1: {
    readonly gtin: (gtin: string) => string;
    readonly noGtin: string;
    readonly count: (pieces: string) => string;
    readonly foreignPrice: string;
    readonly useBy: (date: string) => string;
    readonly bestBefore: (date: string) => string;
    readonly sellBy: (date: string) => string;
    readonly packedOn: (date: string) => string;
    readonly producedOn: (date: string) => string;
    readonly batch: (batch: string) => string;
    readonly serial: (serial: string) => string;
  };
  /** `place`: the identifier where it went wrong, may be empty. */
  readonly gs1Trouble: Readonly<Record<Gs1Trouble['why'], (place: string) => string>>;
  readonly receipt: (receiptNumber: string, registerId: string) => string;
  readonly personalQr: string;
  readonly plainText: string;
  readonly badCheckDigit: string;
  readonly unreadable: string;
  readonly tooLong: (byteCount: string) => string;
  readonly cutOff: string;
}

export const scanTexts: { readonly nb: ScanTexts; readonly en: ScanTexts } = {
  nb: {
    article: (ean) => `Vare med strekkode ${ean}`,
    weightLabel: (item, kilograms) => `Vektetikett: varenummer ${item}, ${kilograms} kg`,
    priceLabel: (item, price) => `Prisetikett: varenummer ${item}, ${price}`,
    gs1: {
      gtin: (gtin) => `GS1-kode for vare ${gtin}`,
      noGtin: 'GS1-kode uten vare',
      count: (pieces) => `${pieces} stk`,
      foreignPrice: 'pris i en annen valuta',
      useBy: (date) => `siste forbruksdag ${date}`,
      bestBefore: (date) => `best før ${date}`,
      sellBy: (date) => `siste salgsdag ${date}`,
      packedOn: (date) => `pakket ${date}`,
      producedOn: (date) => `produsert ${date}`,
      batch: (batch) => `parti ${batch}`,
      serial: (serial) => `serienummer ${serial}`,
    },
    gs1Trouble: {
      'unknown-identifier': (place) => `GS1-koden har en del som ikke finnes (${place}). Skann igjen, eller søk på navn.`,
      'too-short': (place) => `GS1-koden mangler tegn i del ${place}. Skann igjen.`,
      'too-long': (place) => `GS1-koden har for mange tegn i del ${place}. Still skanneren til å sende skilletegnet FNC1.`,
      'not-digits': (place) => `GS1-koden har bokstaver der det skal være tall (del ${place}). Skann igjen.`,
      'control-character': (place) => `GS1-koden har tegn som ikke hører hjemme i del ${place}. Skann igjen.`,
      'bad-check-digit': () => 'Kontrollsifferet i GS1-koden stemmer ikke. Skann igjen, eller søk på navn.',
      'bad-date': (place) => `GS1-koden har en dato som ikke finnes (del ${place}). Søk på navn.`,
      contradiction: (place) => `GS1-koden sier to ulike ting om det samme (del ${place}). Søk på navn.`,
      'amount-too-large': (place) => `GS1-koden har et større tall enn kassen tar imot (del ${place}). Søk på navn.`,
      empty: () => 'GS1-koden er tom. Skann igjen.',
    },
    receipt: (receiptNumber, registerId) => `Kvittering ${receiptNumber} fra kasse ${registerId}`,
    personalQr: 'Kundens egen kode i betalingsappen',
    plainText: 'Tekst: kan være et varenummer',
    badCheckDigit: 'Kontrollsifferet stemmer ikke. Skann igjen.',
    unreadable: 'Dette er ingen kode som kassen kan lese. Sjekk hastigheten på porten.',
    tooLong: (byteCount) => `Støy: ${byteCount} byte uten slutt. Sjekk hastigheten, og at porten er skannerens.`,
    cutOff: 'Koden stoppet midt i. Skann igjen; skjer det ofte, sjekk kabelen.',
  },
  en: {
    article: (ean) => `Article with barcode ${ean}`,
    weightLabel: (item, kilograms) => `Weight label: article number ${item}, ${kilograms} kg`,
    priceLabel: (item, price) => `Price label: article number ${item}, ${price}`,
    gs1: {
      gtin: (gtin) => `GS1 code of article ${gtin}`,
      noGtin: 'GS1 code without an article',
      count: (pieces) => `${pieces} pcs`,
      foreignPrice: 'price in another currency',
      useBy: (date) => `use by ${date}`,
      bestBefore: (date) => `best before ${date}`,
      sellBy: (date) => `sell by ${date}`,
      packedOn: (date) => `packed ${date}`,
      producedOn: (date) => `produced ${date}`,
      batch: (batch) => `batch ${batch}`,
      serial: (serial) => `serial number ${serial}`,
    },
    gs1Trouble: {
      'unknown-identifier': (place) => `The GS1 code has a part that does not exist (${place}). Scan again, or search by name.`,
      'too-short': (place) => `The GS1 code lacks characters in part ${place}. Scan again.`,
      'too-long': (place) => `The GS1 code has too many characters in part ${place}. Set the scanner to send the separator FNC1.`,
      'not-digits': (place) => `The GS1 code has letters where there should be digits (part ${place}). Scan again.`,
      'control-character': (place) => `The GS1 code has characters that do not belong in part ${place}. Scan again.`,
      'bad-check-digit': () => 'The check digit of the GS1 code is wrong. Scan again, or search by name.',
      'bad-date': (place) => `The GS1 code has a date that does not exist (part ${place}). Search by name.`,
      contradiction: (place) => `The GS1 code says two different things about the same (part ${place}). Search by name.`,
      'amount-too-large': (place) => `The GS1 code has a larger number than the register takes (part ${place}). Search by name.`,
      empty: () => 'The GS1 code is empty. Scan again.',
    },
    receipt: (receiptNumber, registerId) => `Receipt ${receiptNumber} from register ${registerId}`,
    personalQr: 'The customer’s own code in the payment app',
    plainText: 'Text: may be an article number',
    badCheckDigit: 'The check digit is wrong. Scan again.',
    unreadable: 'This is no code that the register can read. Check the speed of the port.',
    tooLong: (byteCount) => `Noise: ${byteCount} bytes without an end. Check the speed, and that the port is the scanner’s.`,
    cutOff: 'The code stopped in the middle. Scan again; if it happens often, check the cable.',
  },
};
