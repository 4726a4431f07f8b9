/** The till's own sentences, with what only a sale can say: names of groups, reasons, a notice or two. */
import { texts } from '../../app/text/index.ts';
import type { Language } from '../../app/till/contract.ts';

const nb = {
  groups: ['Brød og bakst', 'Meieri', 'Frukt og grønt', 'Drikke', 'Kiosk og godteri', 'Varmmat', 'Tørrvarer', 'Blomster'],
  moreGroups: ['Husholdning og renhold', 'Dyremat', 'Aviser og blader', 'Leker'],
  register: 'Kasse 1',
  longRegister: 'Selvbetjent kasse nummer tolv',
  regular: 'Stamkunde',
  campaign: 'Kampanje',
  headOffice: 'Hovedkontor',
  headOfficeMissing: 'Hovedkontor: ikke satt opp',
  oneReturned: '1 er levert tilbake 14.11.2026',
  beingReturned: 'Leveres tilbake akkurat nå i Kolonialen sør',
  allReturned: 'Levert tilbake 14.11.2026',
  nothingLeft: 'Alt i kjøpet er allerede levert tilbake.',
  notOurs: 'Kvitteringen er fra en annen kjede. Be kunden gå til butikken som står på den.',
  returnedFrom: 'Retur fra Kolonialen nord, kvittering 1042, 12.11.2026',
  wishNote: 'To kneipp, ikke åpnet',
  returnStage: {
    giveBack: (amount: string) => `Gi tilbake ${amount}`,
    even: 'Bytt likt: fullfør',
    toVipps: (amount: string) => `${amount} til kundens Vipps`,
    inCash: (amount: string) => `${amount} kontant`,
    onCard: (amount: string) => `${amount} på kortet`,
    sending: { title: 'Sender pengene til Vipps …', detail: 'Kunden får dem i appen.' },
    checking: { title: 'Sjekker med Vipps', detail: 'Det er ikke sikkert at de fikk beskjeden. Den sendes ikke to ganger.' },
    handOut: { title: 'Gi kunden kontantene', detail: 'Skuffen er åpen.' },
    onTerminal: { title: 'Før 50,00 kr tilbake til kortet', detail: 'Skriv referansen på terminalkvitteringen.' },
    refused: { title: 'Vipps tar ikke pengene tilbake', detail: 'En leder kan betale dem ut fra skuffen.' },
    timeline: { asked: 'Varene er tatt i retur', sent: 'Sendt til Vipps', handOut: 'Kontanter til kunden' },
    customer: { title: 'Du får pengene tilbake', detail: 'De er på vei til Vipps.' },
  },
  restarted: 'Kassen startet på nytt. Salg 1042 er der du slapp det.',
};

const en: typeof nb = {
  groups: ['Bread and pastry', 'Dairy', 'Fruit and greens', 'Drinks', 'Kiosk and sweets', 'Hot food', 'Dry goods', 'Flowers'],
  moreGroups: ['Household and cleaning', 'Pet food', 'Papers and magazines', 'Toys'],
  register: 'Register 1',
  longRegister: 'Self-service register number twelve',
  regular: 'Regular customer',
  campaign: 'Campaign',
  headOffice: 'Head office',
  headOfficeMissing: 'Head office: not set up',
  oneReturned: '1 was returned 14 November 2026',
  beingReturned: 'Being returned at Kolonialen sør right now',
  allReturned: 'Returned 14 November 2026',
  nothingLeft: 'All of the purchase was returned already.',
  notOurs: 'The receipt is from another chain. Ask the customer to go to the store that stands on it.',
  returnedFrom: 'Return from Kolonialen nord, receipt 1042, 12 November 2026',
  wishNote: 'Two loaves, unopened',
  returnStage: {
    giveBack: (amount: string) => `Give back ${amount}`,
    even: 'Exchange evenly: finish',
    toVipps: (amount: string) => `${amount} to the customer’s Vipps`,
    inCash: (amount: string) => `${amount} in cash`,
    onCard: (amount: string) => `${amount} on the card`,
    sending: { title: 'Sending the money to Vipps …', detail: 'The customer gets it in the app.' },
    checking: { title: 'Checking with Vipps', detail: 'It is not certain that they got the message. It is not sent twice.' },
    handOut: { title: 'Give the customer the cash', detail: 'The drawer is open.' },
    onTerminal: { title: 'Refund NOK 50.00 to the card', detail: 'Enter the reference on the terminal’s slip.' },
    refused: { title: 'Vipps does not take the money back', detail: 'A manager can pay it out from the drawer.' },
    timeline: { asked: 'The goods were taken back', sent: 'Sent to Vipps', handOut: 'Cash to the customer' },
    customer: { title: 'You get your money back', detail: 'It is on its way to Vipps.' },
  },
  restarted: 'The register was restarted. Sale 1042 is where you left it.',
};

const own: Readonly<Record<Language, typeof nb>> = { nb, en };

export function wordsOf(language: Language) {
  return { ...own[language], ...texts(language), language };
}

export type GalleryWords = ReturnType<typeof wordsOf>;
