/** What the catalogue import says, in both languages: one sentence per kind of problem, with the way out. */
import type { CatalogueField, CatalogueProblem, CatalogueProblemKind, CatalogueProblemOf } from '../catalog/problem.ts';
import { formatBasisPoints } from '../money/format.ts';
import type { Language } from '../till/contract.ts';

export interface CatalogueTexts {
  /** What a field is called in a sentence. */
  readonly fields: Readonly<Record<CatalogueField, string>>;
  readonly problems: { readonly [Kind in CatalogueProblemKind]: (problem: CatalogueProblemOf<Kind>) => string };
}

/** A text from the file, shortened: a whole broken file must not end up in a sentence. */
function quoted(text: string, open: string, close: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return `${open}${plain.length > 40 ? `${plain.slice(0, 40)}…` : plain}${close}`;
}

const nbQuoted = (text: string): string => quoted(text, '«', '»');
const enQuoted = (text: string): string => quoted(text, '“', '”');

function listed(items: readonly string[], last: string): string {
  const final = items.at(-1) ?? '';
  return items.length < 2 ? final : `${items.slice(0, -1).join(', ')} ${last} ${final}`;
}

const nbFields: CatalogueTexts['fields'] = {
  articleNumber: 'varenummer',
  ean: 'EAN',
  name: 'navn',
  group: 'gruppe',
  price: 'pris',
  vat: 'mva',
  unit: 'enhet',
  weighed: 'vektvare',
  deposit: 'pant',
  ageLimit: 'aldersgrense',
};

const enFields: CatalogueTexts['fields'] = {
  articleNumber: 'article number',
  ean: 'EAN',
  name: 'name',
  group: 'group',
  price: 'price',
  vat: 'VAT',
  unit: 'unit',
  weighed: 'weighed',
  deposit: 'deposit',
  ageLimit: 'age limit',
};

/** Bokmål needs the definite form too. */
const nbDefinite: CatalogueTexts['fields'] = {
  articleNumber: 'varenummeret',
  ean: 'EAN-koden',
  name: 'navnet',
  group: 'gruppen',
  price: 'prisen',
  vat: 'mva-satsen',
  unit: 'enheten',
  weighed: 'feltet for vektvare',
  deposit: 'panten',
  ageLimit: 'aldersgrensen',
};

const nbField = (problem: { readonly field: CatalogueField | null }): string =>
  problem.field === null ? 'feltet' : nbDefinite[problem.field];
const enField = (problem: { readonly field: CatalogueField | null }): string =>
  problem.field === null ? 'field' : enFields[problem.field];

export const catalogueTexts: Readonly<Record<Language, CatalogueTexts>> = {
  nb: {
    fields: nbFields,
    problems: {
      'file-empty': () => 'Filen er tom. Den skal ha kolonnenavn på første linje og en vare på hver linje under.',
      'file-not-text': () => 'Filen er ikke en tekstfil. Lagre regnearket som CSV og prøv igjen.',
      'file-utf-16': () => 'Filen er lagret som UTF-16. Lagre den som CSV UTF-8 og prøv igjen.',
      'file-no-articles': () => 'Filen har kolonnenavn, men ingen varer under dem.',
      'header-missing': () => 'Første linje har ingen kjente kolonnenavn. Den skal nevne for eksempel varenr, navn, pris og mva.',
      'column-missing': (problem) =>
        `Kolonnen for ${problem.field === null ? 'feltet' : nbFields[problem.field]} mangler. Kall den ${listed(problem.accepted.map(nbQuoted), 'eller')}.`,
      'column-twice': (problem) =>
        `Både ${nbQuoted(problem.first)} og ${nbQuoted(problem.second)} kan være ${nbField(problem)}. Ta bort den ene, eller gi den et annet navn.`,
      'quote-not-closed': () => 'Et anførselstegn åpnes, men lukkes ikke.',
      'text-after-quote': () => 'Etter et lukket anførselstegn kommer det mer tekst. Et anførselstegn inne i en tekst skrives dobbelt.',
      'too-many-fields': (problem) =>
        `Raden har ${problem.found} felter, men det er ${problem.expected} kolonner. Et felt med skilletegnet i seg må stå i anførselstegn.`,
      missing: (problem) => `${capital(nbField(problem))} mangler.`,
      'too-long': (problem) => `${capital(nbField(problem))} er lengre enn ${problem.most} tegn.`,
      'control-character': (problem) => `${capital(nbField(problem))} har et usynlig styretegn i seg.`,
      'not-a-number': (problem) => `${capital(nbField(problem))} er ${nbQuoted(problem.text)}, som ikke er et tall.`,
      'too-many-decimals': (problem) =>
        `${capital(nbField(problem))} er ${nbQuoted(problem.text)}. Skriv prisen med to desimaler, for eksempel 39,90, og tusener uten punktum.`,
      negative: (problem) => `${capital(nbField(problem))} er ${nbQuoted(problem.text)} og kan ikke være under null.`,
      'too-large': (problem) => `${capital(nbField(problem))} er ${nbQuoted(problem.text)}, mer enn kassen tar (1 000 000).`,
      'vat-not-a-rate': (problem) =>
        `Mva-satsen er ${nbQuoted(problem.text)}, som ikke er en gyldig sats. Satsene er ${listed(
          problem.rates.map((rate) => formatBasisPoints(rate, 'nb')),
          'og',
        )}.`,
      'vat-fraction': (problem) => `Mva-satsen er ${nbQuoted(problem.text)}. Skriv prosent, for eksempel 15, ikke 0,15.`,
      'not-yes-or-no': (problem) => `${capital(nbField(problem))} er ${nbQuoted(problem.text)}. Skriv ja eller nei.`,
      'weighed-in-pieces': (problem) => `Varen er vektvare, men enheten er ${nbQuoted(problem.unit)}. En vektvare selges i kg, l eller m.`,
      'bad-unit': (problem) => `Enheten er ${nbQuoted(problem.text)}. Skriv et kort ord uten tall, for eksempel stk eller kg.`,
      'bad-age': (problem) => `Aldersgrensen er ${nbQuoted(problem.text)}. Skriv hele år, for eksempel 18.`,
      'ean-not-digits': (problem) => `EAN er ${nbQuoted(problem.text)}. Den skal bare ha sifre.`,
      'ean-spreadsheet': (problem) =>
        `EAN er ${nbQuoted(problem.text)}: regnearket har gjort den om og sifre er tapt. Gjør kolonnen til tekst og skriv den på nytt.`,
      'ean-wrong-length': (problem) => `EAN ${nbQuoted(problem.text)} har ${problem.length} sifre. Den skal ha 8 eller 13 (UPC 12).`,
      'ean-wrong-check-digit': (problem) =>
        `EAN ${nbQuoted(problem.text)} har feil kontrollsiffer. Er resten rett, er det siste sifferet ${problem.expected}.`,
      'ean-duplicate': (problem) =>
        `EAN ${problem.ean} på ${nbQuoted(problem.name)} er allerede brukt av ${nbQuoted(problem.firstName)} på linje ${problem.firstLine}.`,
      'ean-held': (problem) =>
        `EAN ${problem.ean} på ${nbQuoted(problem.name)} er allerede brukt av ${nbQuoted(problem.heldByName)} (varenummer ${problem.heldByNumber}), som ikke er i filen.`,
      'article-number-duplicate': (problem) =>
        `Varenummer ${nbQuoted(problem.articleNumber)} på ${nbQuoted(problem.name)} er allerede brukt av ${nbQuoted(problem.firstName)} på linje ${problem.firstLine}.`,
    },
  },
  en: {
    fields: enFields,
    problems: {
      'file-empty': () => 'The file is empty. It should have column names on the first line and one article on each line below.',
      'file-not-text': () => 'The file is not a text file. Save the spreadsheet as CSV and try again.',
      'file-utf-16': () => 'The file is saved as UTF-16. Save it as CSV UTF-8 and try again.',
      'file-no-articles': () => 'The file has column names but no articles below them.',
      'header-missing': () => 'The first line has no known column names. It should name, for example, articleNumber, name, price and vat.',
      'column-missing': (problem) =>
        `The column for ${enField(problem)} is missing. Call it ${listed(problem.accepted.map(enQuoted), 'or')}.`,
      'column-twice': (problem) =>
        `Both ${enQuoted(problem.first)} and ${enQuoted(problem.second)} could be the ${enField(problem)}. Remove one, or give it another name.`,
      'quote-not-closed': () => 'A quotation mark is opened but never closed.',
      'text-after-quote': () => 'There is more text after a closed quotation mark. A quotation mark inside a text is written twice.',
      'too-many-fields': (problem) =>
        `The row has ${problem.found} fields but there are ${problem.expected} columns. A field with the separator in it must be in quotation marks.`,
      missing: (problem) => `The ${enField(problem)} is missing.`,
      'too-long': (problem) => `The ${enField(problem)} is longer than ${problem.most} characters.`,
      'control-character': (problem) => `The ${enField(problem)} has an invisible control character in it.`,
      'not-a-number': (problem) => `The ${enField(problem)} is ${enQuoted(problem.text)}, which is not a number.`,
      'too-many-decimals': (problem) =>
        `The ${enField(problem)} is ${enQuoted(problem.text)}. Write the price with two decimals, such as 39.90, and thousands without a separator.`,
      negative: (problem) => `The ${enField(problem)} is ${enQuoted(problem.text)} and cannot be below zero.`,
      'too-large': (problem) => `The ${enField(problem)} is ${enQuoted(problem.text)}, more than the register takes (1,000,000).`,
      'vat-not-a-rate': (problem) =>
        `The VAT is ${enQuoted(problem.text)}, which is not a rate in force. The rates are ${listed(
          problem.rates.map((rate) => formatBasisPoints(rate, 'en')),
          'and',
        )}.`,
      'vat-fraction': (problem) => `The VAT is ${enQuoted(problem.text)}. Write percent, such as 15, not 0.15.`,
      'not-yes-or-no': (problem) => `The field “${enField(problem)}” is ${enQuoted(problem.text)}. Write yes or no.`,
      'weighed-in-pieces': (problem) =>
        `The article is weighed but its unit is ${enQuoted(problem.unit)}. A weighed article is sold by kg, l or m.`,
      'bad-unit': (problem) => `The unit is ${enQuoted(problem.text)}. Write a short word without digits, such as stk or kg.`,
      'bad-age': (problem) => `The age limit is ${enQuoted(problem.text)}. Write whole years, such as 18.`,
      'ean-not-digits': (problem) => `The EAN is ${enQuoted(problem.text)}. It should have digits only.`,
      'ean-spreadsheet': (problem) =>
        `The EAN is ${enQuoted(problem.text)}: the spreadsheet changed it and digits are lost. Make the column text and write it again.`,
      'ean-wrong-length': (problem) => `EAN ${enQuoted(problem.text)} has ${problem.length} digits. It should have 8 or 13 (UPC 12).`,
      'ean-wrong-check-digit': (problem) =>
        `EAN ${enQuoted(problem.text)} has a wrong check digit. If the rest is right, the last digit is ${problem.expected}.`,
      'ean-duplicate': (problem) =>
        `EAN ${problem.ean} on ${enQuoted(problem.name)} is already used by ${enQuoted(problem.firstName)} on line ${problem.firstLine}.`,
      'ean-held': (problem) =>
        `EAN ${problem.ean} on ${enQuoted(problem.name)} is already used by ${enQuoted(problem.heldByName)} (article number ${problem.heldByNumber}), which is not in the file.`,
      'article-number-duplicate': (problem) =>
        `Article number ${enQuoted(problem.articleNumber)} on ${enQuoted(problem.name)} is already used by ${enQuoted(problem.firstName)} on line ${problem.firstLine}.`,
    },
  },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One problem as a whole sentence, without its line number, which stands beside it. */
export function describeCatalogueProblem(problem: CatalogueProblem, language: Language): string {
  return sentence(problem, catalogueTexts[language].problems);
}

/** Ties a problem's kind to the text of the same kind, which an index by a union cannot. */
function sentence<Kind extends CatalogueProblemKind>(
  problem: CatalogueProblemOf<Kind>,
  texts: { readonly [Each in Kind]: (problem: CatalogueProblemOf<Each>) => string },
): string {
  return texts[problem.kind](problem);
}
