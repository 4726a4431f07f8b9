/**
 * The screens' fixed words: labels of buttons and fields. Sentences about a sale or a payment come from the till with the
 * view. Both languages have the same keys, or the types do not agree. `{name}` is filled in by `fill`.
 */
import type { Language } from '../till/contract.ts';

const nb = {
  cashierTitle: 'Kasse',
  offline: 'Ingen kontakt med kassen. Prøver igjen …',
  unknownArrival: 'Det er usikkert om kassen fikk med seg det siste trykket. Se på skjermen før du prøver igjen.',

  months: ['januar', 'februar', 'mars', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'desember'],

  header: {
    devices: 'Utstyr',
    printer: 'Skriver',
    drawer: 'Skuff',
    scanner: 'Skanner',
    headOffice: 'Hovedkontor',
    states: { ok: 'i orden', care: 'følg med', down: 'virker ikke', unknown: 'ukjent' },
    practice: 'Øvelse',
    openPhone: 'Åpne øvelsestelefonen',
    openPrinter: 'Åpne skriveren',
    menu: 'Mer',
  },

  search: {
    label: 'Søk eller skann en vare',
    clear: 'Tøm søket',
    results: 'Treff',
    none: 'Ingen varer passer til «{text}».',
    noneHow: 'Prøv en del av navnet, varenummeret eller strekkoden.',
    quantity: 'Antall {quantity}',
    removeQuantity: 'Fjern antallet',
    searching: 'Søker …',
  },

  tiles: {
    groups: 'Varegrupper',
    articles: 'Varer',
    loading: 'Henter varer …',
    empty: 'Ingen varer i denne gruppen ennå.',
    emptyCatalogue: 'Kassen har ingen varer ennå.',
    emptyCatalogueHow: 'Les inn en vareliste (CSV) for å komme i gang.',
    age: '{years} år',
    more: 'Det er flere varer i gruppen. Søk for å finne dem.',
  },

  basket: {
    sale: 'Salg {number}',
    noSale: 'Nytt salg',
    empty: 'Klar for neste kunde',
    emptyHow: 'Skann, søk eller trykk på en vare.',
    lines: 'Varer i salget',
    park: 'Parkér',
    parked: 'Parkert',
    vat: 'mva {rate}',
    saleDiscount: 'Rabatt',
    total: 'Sum',
    due: 'Å betale',
    left: 'Gjenstår',
    paidSoFar: 'Betalt så langt',
    giveBack: 'Gi tilbake',
  },

  pay: {
    qr: '{brand} QR',
    vipps: 'QR',
    cash: 'Kontant',
    card: 'Kort',
    split: 'Delbetaling',
    splitLabel: 'Delbetaling: velg beløp og betalingsmåte',
    title: 'Betaling',
    back: 'Tilbake til salget',
    means: 'Betalingsmåte',
    amount: 'Beløp',
    whole: 'Alt som gjenstår',
    half: 'Halvparten',
    received: 'Mottatt',
    exact: 'Nøyaktig',
    change: 'Tilbake til kunden',
    roundedCash: 'I kontanter {amount}',
    stillLeft: 'Gjenstår etterpå',
    receiptNeeded: 'Salget må ha kvittering før neste kunde. Gjør skriveren klar før du tar imot pengene.',
    takeCash: 'Ta imot {amount}',
    takeCashPart: 'Ta imot {amount} som delbetaling',
    showQr: 'Vis QR for {amount}',
    terminalReference: 'Referanse fra terminalen',
    terminalHelp: 'Ta betalingen på kortterminalen først. Skriv så referansen på terminalkvitteringen.',
    takeCard: 'Registrer {amount} på kort',
    tooMuch: 'Beløpet er større enn det som gjenstår.',
  },

  line: {
    quantity: 'Antall',
    weight: 'Vekt i {unit}',
    discount: 'Rabatt',
    back: 'Ferdig',
    remove: 'Fjern varen',
    setQuantity: 'Endre antall',
    setWeight: 'Endre vekt',
    more: 'Én til',
    fewer: 'Én mindre',
    unitPrice: '{price} per {unit}',
  },

  weight: {
    price: 'Pris',
    heavy: '{weight} er uvanlig mye: {amount}.',
    heavyMeant: 'Mente du {weight} ({amount})?',
    heavyHow: 'Sjekk kommaet.',
    heavyYes: 'Ja, {weight}',
  },

  discount: {
    line: 'Rabatt på {name}',
    sale: 'Rabatt på hele salget',
    percent: '%',
    kind: 'Kroner eller prosent',
    amountLabel: 'Rabatt i kroner',
    percentLabel: 'Rabatt i prosent',
    reason: 'Grunn',
    reasons: ['Stamkunde', 'Skadet vare', 'Siste salgsdag', 'Ansatt', 'Kampanje'],
    apply: 'Gi rabatt',
    removeIt: 'Fjern rabatten',
    needsReason: 'Velg eller skriv en grunn. Den står på kvitteringen.',
  },

  parked: {
    title: 'Parkerte salg',
    none: 'Ingen salg er parkert.',
    resume: 'Hent',
    line: 'Salg {number}',
    lines: '{count} varer · kl. {time}',
    oneLine: '1 vare · kl. {time}',
    busy: 'Parkér eller gjør ferdig salget som er åpent, før du henter et annet.',
  },

  abort: {
    title: 'Avbryte salg {number}?',
    detail: 'Varene tas ut av salget. Det står i journalen at det ble avbrutt.',
    yes: 'Avbryt salget',
    no: 'Behold salget',
    holdsMoney: 'Salget har tatt imot penger. Gi dem tilbake før det kan avbrytes.',
  },

  menu: {
    title: 'Mer',
    close: 'Lukk',
    back: 'Tilbake til menyen',
    thisSale: 'Dette salget',
    register: 'Kassen',
    saleDiscount: 'Rabatt på hele salget',
    abort: 'Avbryt salget',
    split: 'Delbetaling',
    parked: 'Parkerte salg',
    operator: 'Bytt operatør',
    screens: 'Språk og utseende',
    copies: 'Kopi av en kvittering',
    queue: 'Utskriftskø',
    drawer: 'Åpne skuffen',
    catalogue: 'Les inn varer',
    devices: 'Utstyr og øvelse',
    settings: 'Innstillinger',
    cashierScreen: 'Kassens skjerm',
    customerScreen: 'Kundens skjerm',
    language: 'Språk',
    theme: 'Utseende',
    light: 'Lyst',
    dark: 'Mørkt',
    nb: 'Bokmål',
    en: 'English',
    signedIn: 'Pålogget',
  },

  copies: {
    none: 'Ingen salg er gjort ferdig ennå.',
    receipt: 'Kvittering {number}',
    print: 'Skriv ut kopi',
    done: 'Kopi er skrevet ut',
    loading: 'Henter salgene …',
    means: { cash: 'kontant', card: 'kort' },
  },

  drawer: {
    why: 'Hvorfor skal skuffen åpnes?',
    changeMoney: 'Vekslepenger',
    check: 'Kontroll',
    other: 'Noe annet',
    open: 'Åpne skuffen',
    recorded: 'Det står i journalen hvem som åpnet skuffen, når og hvorfor.',
  },

  queue: {
    none: 'Ingenting venter på skriveren.',
    cameOut: 'Papiret kom',
    didNotCome: 'Papiret kom ikke',
  },

  catalogue: {
    intro:
      'En CSV-fil med varenummer, EAN, navn, gruppe, pris, mva, enhet, vekt, pant og aldersgrense. Varer som finnes fra før, får nye priser.',
    choose: 'Velg fil …',
    reading: 'Leser inn {name} …',
    imported: '{count} varer lest inn',
    oneImported: '1 vare lest inn',
    refused: '{count} rader ble ikke tatt med',
    oneRefused: '1 rad ble ikke tatt med',
    allGood: 'Alle radene ble tatt med.',
    line: 'Linje {line}',
    again: 'Velg en fil til …',
    tooLarge: 'Filen er for stor. Del den i mindre filer.',
  },

  payment: {
    now: 'nå',
    support: 'Detaljer for support',
    reference: 'Referanse',
    timeline: 'Det som har skjedd',
    timeLeft: 'Tid igjen {time}',
  },

  finished: {
    paid: 'Betalt',
    change: 'Tilbake til kunden',
    total: 'Sum',
    paidInAll: 'Betalt i alt',
    rounding: 'Øreavrunding',
    receipt: 'Kvittering {number}',
    next: 'Ny kunde',
    decline: 'Uten kvittering',
    print: 'Skriv ut kvittering',
    copy: 'Skriv ut kopi',
    paper: 'Kvitteringen',
  },

  prompt: {
    weight: 'Hvor mye veier det?',
    weightHow: '{name} · {price} per {unit}',
    weightConfirm: 'Legg til',
    weightCancel: 'Avbryt',
    age: 'Er kunden fylt {years} år?',
    ageBorn: 'Født {date} eller før',
    bornFormat: '{dd}.{mm}.{yyyy}',
    ageYes: 'Ja, fylt {years}',
    ageNo: 'Nei, ta varen ut',
    paper: 'Kom papiret?',
    paperHow: 'Utskriften stoppet midt i: {title}. Sjekk skriveren. En ny utskrift blir merket KOPI.',
    paperYes: 'Ja, det kom',
    paperNo: 'Nei, skriv ut på nytt',
  },

  notice: {
    close: 'Lukk meldingen',
    support: 'Detaljer',
  },

  pad: {
    label: 'Talltastatur',
    erase: 'Slett siste siffer',
    clear: 'Tøm',
    decimal: 'Komma',
  },

  printerPage: {
    title: 'Skriver',
    intro: 'Papiret tegnes av de samme bytene som en ekte skriver får.',
    empty: 'Ingenting er skrevet ut ennå.',
    emptyHow: 'Gjør ferdig et salg, så kommer kvitteringen ut her.',
    condition: 'Skriverens tilstand',
    ready: 'Klar',
    paperOut: 'Tom for papir',
    coverOpen: 'Lokket er åpent',
    cutOff: 'Stopper midt i',
    offline: 'Slått av',
    paper: 'Papir {number}',
    lost: 'Ingen kontakt med skriveren. Prøver igjen …',
    drawer: {
      title: 'Kassaskuff',
      states: { open: 'Åpen', shut: 'Lukket', stuck: 'Lukket, og sitter fast' },
      push: 'Skyv den inn',
      key: 'Åpne med nøkkel',
      jam: 'Sett den fast',
      free: 'Løsne den',
    },
  },
} as const;

/** The same keys with other words. */
type Words<T> = T extends string
  ? string
  : T extends readonly string[]
    ? { readonly [K in keyof T]: string }
    : { readonly [K in keyof T]: Words<T[K]> };

export type ScreenTexts = Words<typeof nb>;

const en: ScreenTexts = {
  cashierTitle: 'Register',
  offline: 'No contact with the register. Trying again …',
  unknownArrival: 'It is not certain that the register got your last tap. Look at the screen before you try again.',

  months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],

  header: {
    devices: 'Devices',
    printer: 'Printer',
    drawer: 'Drawer',
    scanner: 'Scanner',
    headOffice: 'Head office',
    states: { ok: 'working', care: 'needs care', down: 'not working', unknown: 'unknown' },
    practice: 'Practice',
    openPhone: 'Open the practice phone',
    openPrinter: 'Open the printer',
    menu: 'More',
  },

  search: {
    label: 'Search or scan an article',
    clear: 'Clear the search',
    results: 'Matches',
    none: 'No article matches “{text}”.',
    noneHow: 'Try a part of the name, the article number or the barcode.',
    quantity: 'Quantity {quantity}',
    removeQuantity: 'Remove the quantity',
    searching: 'Searching …',
  },

  tiles: {
    groups: 'Groups',
    articles: 'Articles',
    loading: 'Getting articles …',
    empty: 'No articles in this group yet.',
    emptyCatalogue: 'The register has no articles yet.',
    emptyCatalogueHow: 'Import an article list (CSV) to get started.',
    age: '{years} years',
    more: 'The group has more articles. Search to find them.',
  },

  basket: {
    sale: 'Sale {number}',
    noSale: 'New sale',
    empty: 'Ready for the next customer',
    emptyHow: 'Scan, search or tap an article.',
    lines: 'Articles in the sale',
    park: 'Park',
    parked: 'Parked',
    vat: 'VAT {rate}',
    saleDiscount: 'Discount',
    total: 'Total',
    due: 'To pay',
    left: 'Left to pay',
    paidSoFar: 'Paid so far',
    giveBack: 'Give back',
  },

  pay: {
    qr: '{brand} QR',
    vipps: 'QR',
    cash: 'Cash',
    card: 'Card',
    split: 'Part payment',
    splitLabel: 'Part payment: choose amount and means',
    title: 'Payment',
    back: 'Back to the sale',
    means: 'Means of payment',
    amount: 'Amount',
    whole: 'All that is left',
    half: 'Half',
    received: 'Received',
    exact: 'Exact',
    change: 'Change to the customer',
    roundedCash: 'In cash {amount}',
    stillLeft: 'Left afterwards',
    receiptNeeded: 'The sale must have its receipt before the next customer. Get the printer ready before you take the money.',
    takeCash: 'Take {amount}',
    takeCashPart: 'Take {amount} as part payment',
    showQr: 'Show QR for {amount}',
    terminalReference: 'Reference from the terminal',
    terminalHelp: 'Take the payment on the card terminal first. Then enter the reference on its slip.',
    takeCard: 'Record {amount} by card',
    tooMuch: 'The amount is larger than what is left.',
  },

  line: {
    quantity: 'Quantity',
    weight: 'Weight in {unit}',
    discount: 'Discount',
    back: 'Done',
    remove: 'Remove the article',
    setQuantity: 'Change quantity',
    setWeight: 'Change weight',
    more: 'One more',
    fewer: 'One less',
    unitPrice: '{price} per {unit}',
  },

  weight: {
    price: 'Price',
    heavy: '{weight} is unusually much: {amount}.',
    heavyMeant: 'Did you mean {weight} ({amount})?',
    heavyHow: 'Check the decimal point.',
    heavyYes: 'Yes, {weight}',
  },

  discount: {
    line: 'Discount on {name}',
    sale: 'Discount on the whole sale',
    percent: '%',
    kind: 'Kroner or per cent',
    amountLabel: 'Discount in kroner',
    percentLabel: 'Discount in per cent',
    reason: 'Reason',
    reasons: ['Regular customer', 'Damaged article', 'Last day of sale', 'Staff', 'Campaign'],
    apply: 'Give discount',
    removeIt: 'Remove the discount',
    needsReason: 'Choose or write a reason. It is printed on the receipt.',
  },

  parked: {
    title: 'Parked sales',
    none: 'No sale is parked.',
    resume: 'Resume',
    line: 'Sale {number}',
    lines: '{count} articles · {time}',
    oneLine: '1 article · {time}',
    busy: 'Park or finish the open sale before you resume another.',
  },

  abort: {
    title: 'Abort sale {number}?',
    detail: 'The articles leave the sale. The journal records that it was aborted.',
    yes: 'Abort the sale',
    no: 'Keep the sale',
    holdsMoney: 'The sale holds money. Give it back before it can be aborted.',
  },

  menu: {
    title: 'More',
    close: 'Close',
    back: 'Back to the menu',
    thisSale: 'This sale',
    register: 'The register',
    saleDiscount: 'Discount on the whole sale',
    abort: 'Abort the sale',
    split: 'Part payment',
    parked: 'Parked sales',
    operator: 'Change operator',
    screens: 'Language and look',
    copies: 'Copy of a receipt',
    queue: 'Print queue',
    drawer: 'Open the drawer',
    catalogue: 'Import articles',
    devices: 'Devices and practice',
    settings: 'Settings',
    cashierScreen: 'The register’s screen',
    customerScreen: 'The customer’s screen',
    language: 'Language',
    theme: 'Look',
    light: 'Light',
    dark: 'Dark',
    nb: 'Bokmål',
    en: 'English',
    signedIn: 'Signed in',
  },

  copies: {
    none: 'No sale has been finished yet.',
    receipt: 'Receipt {number}',
    print: 'Print copy',
    done: 'Copy printed',
    loading: 'Getting the sales …',
    means: { cash: 'cash', card: 'card' },
  },

  drawer: {
    why: 'Why is the drawer opened?',
    changeMoney: 'Change money',
    check: 'Check',
    other: 'Something else',
    open: 'Open the drawer',
    recorded: 'The journal records who opened the drawer, when and why.',
  },

  queue: {
    none: 'Nothing waits for the printer.',
    cameOut: 'The paper came',
    didNotCome: 'The paper did not come',
  },

  catalogue: {
    intro:
      'A CSV file with article number, EAN, name, group, price, VAT, unit, weighed, deposit and age limit. Articles that exist get new prices.',
    choose: 'Choose file …',
    reading: 'Reading {name} …',
    imported: '{count} articles imported',
    oneImported: '1 article imported',
    refused: '{count} rows were refused',
    oneRefused: '1 row was refused',
    allGood: 'Every row was taken.',
    line: 'Line {line}',
    again: 'Choose another file …',
    tooLarge: 'The file is too large. Split it into smaller files.',
  },

  payment: {
    now: 'now',
    support: 'Details for support',
    reference: 'Reference',
    timeline: 'What has happened',
    timeLeft: 'Time left {time}',
  },

  finished: {
    paid: 'Paid',
    change: 'Back to the customer',
    total: 'Total',
    paidInAll: 'Paid in all',
    rounding: 'Rounding',
    receipt: 'Receipt {number}',
    next: 'Next customer',
    decline: 'No receipt',
    print: 'Print receipt',
    copy: 'Print copy',
    paper: 'The receipt',
  },

  prompt: {
    weight: 'What does it weigh?',
    weightHow: '{name} · {price} per {unit}',
    weightConfirm: 'Add',
    weightCancel: 'Cancel',
    age: 'Is the customer {years} or older?',
    ageBorn: 'Born {date} or before',
    bornFormat: '{d} {month} {yyyy}',
    ageYes: 'Yes, {years} or older',
    ageNo: 'No, take it out',
    paper: 'Did the paper come?',
    paperHow: 'Printing stopped midway: {title}. Check the printer. A new print is marked KOPI.',
    paperYes: 'Yes, it came',
    paperNo: 'No, print again',
  },

  notice: {
    close: 'Close the message',
    support: 'Details',
  },

  pad: {
    label: 'Number pad',
    erase: 'Erase the last digit',
    clear: 'Clear',
    decimal: 'Point',
  },

  printerPage: {
    title: 'Printer',
    intro: 'The paper is drawn from the very bytes that a real printer gets.',
    empty: 'Nothing has been printed yet.',
    emptyHow: 'Finish a sale, and the receipt comes out here.',
    condition: 'The printer’s condition',
    ready: 'Ready',
    paperOut: 'Out of paper',
    coverOpen: 'Cover open',
    cutOff: 'Stops midway',
    offline: 'Switched off',
    paper: 'Paper {number}',
    lost: 'No contact with the printer. Trying again …',
    drawer: {
      title: 'Cash drawer',
      states: { open: 'Open', shut: 'Closed', stuck: 'Closed, and stuck' },
      push: 'Push it shut',
      key: 'Open with the key',
      jam: 'Jam it',
      free: 'Free it',
    },
  },
};

export const screenTexts: Readonly<Record<Language, ScreenTexts>> = { nb, en };

/** Puts values where `{name}` stands. A name without a value stays as it is, so that a slip is seen. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
