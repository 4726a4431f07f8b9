/**
 * A payment's whole story in words, for the cashier who explains it to a customer. The provider's name is filled in. How long
 * a bank shows what was never taken is the provider's own advice: Visa lets go within 7 days, Mastercard within 30; a refund
 * takes 2 to 10 bank days.
 */
import type { StoryEvent, Verdict } from '../payment/story.ts';
import type { Language } from '../till/contract.ts';

const nb = {
  receipt: (number: number) => `Kvittering ${number}`,
  sale: (number: number) => `Salg ${number}`,
  attempt: (number: number, reference: string) => `Forsøk ${number} · ${reference}`,
  weekdays: ['søndag', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag'],
  months: ['januar', 'februar', 'mars', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'desember'],
  yesterday: (time: string) => `i går ${time}`,
  onWeekday: (weekday: string, time: string) => `${weekday} ${time}`,
  onDate: (day: number, month: string, time: string) => `${day}. ${month} ${time}`,
  onDateOfYear: (day: number, month: string, year: number, time: string) => `${day}. ${month} ${year} ${time}`,
  unknownTime: 'ukjent tid',
  events: {
    created: 'Startet',
    reserved: 'Reservert',
    'not-reserved': 'Ikke godkjent av banken',
    expired: 'Tiden gikk ut',
    cancelled: 'Avbrutt',
    captured: 'Trukket',
    released: 'Frigitt',
    refunded: 'Betalt tilbake',
  } satisfies Readonly<Record<StoryEvent, string>>,
  verdicts: {
    twice: (paid: string, tooMuch: string) => `Kunden har betalt ${paid}. Det er ${tooMuch} for mye, og skal betales tilbake.`,
    open: (paid: string) => `Betalingen er ikke avsluttet ennå. Kunden har til nå betalt ${paid}.`,
    paid: (paid: string) => `Kunden har betalt ${paid}, én gang.`,
    'in-parts': (paid: string) => `Kunden har betalt ${paid} i flere deler. Salget er delt opp; ingenting er betalt to ganger.`,
    'given-back': () => 'Kunden har fått alt tilbake.',
    nothing: () => 'Kunden er ikke belastet.',
  } satisfies Readonly<Record<Verdict, (paid: string, tooMuch: string) => string>>,
  shownTwice:
    'Banken kan en stund vise både reservasjonen og betalingen, så det ser ut som to. Bare betalingen er trukket; reservasjonen forsvinner av seg selv.',
  released: (amount: string) =>
    `${amount} ble reservert, men aldri trukket. Banken kan vise det en stund. Det forsvinner av seg selv: med Visa vanligvis innen 7 dager, med Mastercard innen 30.`,
  stillReserved: (amount: string) => `${amount} er reservert, men ikke trukket. Trekkes det ikke, slipper banken det av seg selv.`,
  refunded: (amount: string) => `${amount} er betalt tilbake. Pengene er hos kunden etter 2 til 10 bankdager.`,
  tooMuchHow: (brand: string) =>
    `Søk opp referansene i bedriftsportalen til ${brand}, og betal tilbake den betalingen som ikke hører til salget.`,
  sources: {
    story: (brand: string) => `Slik ${brand} ser det nå`,
    'not-known': (brand: string) => `${brand} kjenner ikke dette forsøket. Slik kassen har skrevet det ned`,
    silent: (brand: string) => `${brand} svarer ikke nå. Slik kassen har skrevet det ned`,
  },
  states: { paid: 'Betalt', 'given-back': 'Betalt tilbake', open: 'Pågår', nothing: 'Ikke betalt' },
};

export type StoryTexts = typeof nb;

const en: StoryTexts = {
  receipt: (number) => `Receipt ${number}`,
  sale: (number) => `Sale ${number}`,
  attempt: (number, reference) => `Attempt ${number} · ${reference}`,
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  yesterday: (time) => `yesterday ${time}`,
  onWeekday: (weekday, time) => `${weekday} ${time}`,
  onDate: (day, month, time) => `${day} ${month} ${time}`,
  onDateOfYear: (day, month, year, time) => `${day} ${month} ${year} ${time}`,
  unknownTime: 'unknown time',
  events: {
    created: 'Started',
    reserved: 'Reserved',
    'not-reserved': 'Not approved by the bank',
    expired: 'The time ran out',
    cancelled: 'Cancelled',
    captured: 'Captured',
    released: 'Released',
    refunded: 'Refunded',
  },
  verdicts: {
    twice: (paid, tooMuch) => `The customer has paid ${paid}. That is ${tooMuch} too much, and is to be refunded.`,
    open: (paid) => `The payment is not over yet. The customer has paid ${paid} so far.`,
    paid: (paid) => `The customer has paid ${paid}, once.`,
    'in-parts': (paid) => `The customer has paid ${paid} in several parts. The sale was split; nothing was paid twice.`,
    'given-back': () => 'The customer has got everything back.',
    nothing: () => 'The customer has not been charged.',
  },
  shownTwice:
    'For a while the bank may show both the reservation and the payment, so that it looks like two. Only the payment was taken; the reservation goes away by itself.',
  released: (amount) =>
    `${amount} was reserved, but never taken. The bank may show it for a while. It goes away by itself: with Visa usually within 7 days, with Mastercard within 30.`,
  stillReserved: (amount) => `${amount} is reserved, but not taken. If it is not taken, the bank lets it go by itself.`,
  refunded: (amount) => `${amount} has been refunded. The customer has the money after 2 to 10 bank days.`,
  tooMuchHow: (brand) =>
    `Search for the references in the ${brand} business portal, and refund the payment that does not belong to the sale.`,
  sources: {
    story: (brand) => `As ${brand} sees it now`,
    'not-known': (brand) => `${brand} does not know this attempt. As the register has it on record`,
    silent: (brand) => `${brand} does not answer now. As the register has it on record`,
  },
  states: { paid: 'Paid', 'given-back': 'Refunded', open: 'Under way', nothing: 'Not paid' },
};

export const storyTexts: Readonly<Record<Language, StoryTexts>> = { nb, en };
