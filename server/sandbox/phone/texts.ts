/** What the phone says. Both languages have exactly the same keys. */
export interface PhoneTexts {
  readonly title: string;
  readonly practice: string;
  readonly language: string;
  readonly waiting: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly scan: string;
  readonly openPush: string;
  readonly resume: string;
  readonly tooOld: string;
  readonly pushed: string;
  readonly ignored: string;
  readonly left: string;
  readonly done: string;
  readonly back: string;
  readonly payTo: string;
  readonly approve: string;
  readonly reject: string;
  readonly noCover: string;
  readonly ignore: string;
  readonly authenticate: string;
  readonly authenticating: string;
  readonly other: string;
  readonly close: string;
  readonly offline: string;
  readonly refused: string;
  readonly unknownPayment: string;
  readonly refunded: string;
  readonly captured: string;
  readonly heldBy: string;
  readonly years: string;
  readonly showCode: string;
  readonly codeTitle: string;
  readonly codeText: string;
  readonly copy: string;
  readonly copied: string;
  readonly asksFor: string;
  readonly ageLimit: string;
  readonly tooYoung: string;
  readonly card: string;
  readonly payByCard: string;
  readonly backToShop: string;
  readonly receipt: string;
  readonly atTheCounter: string;
  readonly checkIn: string;
  readonly checkedIn: string;
  readonly phases: Readonly<Record<string, { readonly title: string; readonly text: string }>>;
}

const norwegian: PhoneTexts = {
  title: 'Øvelsestelefon',
  practice: 'Ingen ekte penger',
  language: 'Språk',
  waiting: 'Venter på deg',
  emptyTitle: 'Ingen betaling venter',
  emptyText: 'Når kassen viser en kode, kommer den hit av seg selv.',
  scan: 'Skann koden',
  openPush: 'Åpne varselet',
  resume: 'Fortsett',
  tooOld: 'Koden er for gammel til å åpnes',
  pushed: 'Sendt til telefonen',
  ignored: 'Lagt bort',
  left: 'igjen',
  done: 'Ferdig',
  back: 'Tilbake til listen',
  payTo: 'Betal til',
  approve: 'Godkjenn',
  reject: 'Avslå',
  noCover: 'Ikke dekning',
  ignore: 'Legg bort',
  authenticate: 'Gå til bankens bekreftelse',
  authenticating: 'Du er i bankens bekreftelse. Kassen kan ikke avbryte nå.',
  other: 'Noe annet skjer',
  close: 'Ferdig',
  offline: 'Får ikke kontakt. Prøver igjen …',
  refused: 'Det gikk ikke',
  unknownPayment: 'Denne koden hører ikke til noen betaling her.',
  refunded: 'Tilbakebetalt',
  captured: 'Trukket',
  heldBy: 'Telefonen er i hånden til',
  years: 'år',
  showCode: 'Vis min kode',
  codeTitle: 'Vis koden til kassen',
  codeText: 'Kassen skanner den, og betalingen kommer hit.',
  copy: 'Kopier koden',
  copied: 'Kopiert',
  asksFor: 'ber om',
  ageLimit: 'Aldersgrense',
  tooYoung: 'Du er for ung til å godkjenne dette.',
  card: 'Kort som slutter på 0185',
  payByCard: 'Betal med kort',
  backToShop: 'Tilbake til butikken',
  receipt: 'Kvittering',
  atTheCounter: 'Koder ved kassen',
  checkIn: 'Skann skiltet',
  checkedIn: 'Kassen vet at du er her.',
  phases: {
    waiting: { title: 'Venter', text: 'Venter på deg.' },
    processing: { title: 'Behandles', text: 'Banken har ikke svart ennå.' },
    reserved: { title: 'Godkjent', text: 'Beløpet er reservert til butikken.' },
    sold: { title: 'Betalt', text: 'Beløpet er trukket.' },
    rejected: { title: 'Avslått', text: 'Du avslo betalingen. Du er ikke belastet.' },
    declined: { title: 'Ikke godkjent', text: 'Banken sa nei. Du er ikke belastet.' },
    expired: { title: 'Tiden gikk ut', text: 'Du er ikke belastet.' },
    cancelled: { title: 'Avbrutt av butikken', text: 'Du er ikke belastet.' },
    voided: { title: 'Gitt tilbake', text: 'Butikken avbrøt, og reservasjonen er opphevet.' },
  },
};

const english: PhoneTexts = {
  title: 'Practice phone',
  practice: 'No real money',
  language: 'Language',
  waiting: 'Waiting for you',
  emptyTitle: 'No payment is waiting',
  emptyText: 'When the till shows a code, it comes here by itself.',
  scan: 'Scan the code',
  openPush: 'Open the notice',
  resume: 'Go on',
  tooOld: 'The code is too old to open',
  pushed: 'Sent to the phone',
  ignored: 'Put away',
  left: 'left',
  done: 'Done',
  back: 'Back to the list',
  payTo: 'Pay to',
  approve: 'Approve',
  reject: 'Reject',
  noCover: 'No cover',
  ignore: 'Put away',
  authenticate: 'Go to the bank’s confirmation',
  authenticating: 'You are in the bank’s confirmation. The till cannot cancel now.',
  other: 'Something else happens',
  close: 'Done',
  offline: 'No contact. Trying again …',
  refused: 'That did not work',
  unknownPayment: 'This code belongs to no payment here.',
  refunded: 'Refunded',
  captured: 'Charged',
  heldBy: 'This phone is in the hands of',
  years: 'years',
  showCode: 'Show my code',
  codeTitle: 'Show the code to the till',
  codeText: 'The till scans it, and the payment comes here.',
  copy: 'Copy the code',
  copied: 'Copied',
  asksFor: 'asks for',
  ageLimit: 'Age limit',
  tooYoung: 'You are too young to approve this.',
  card: 'Card ending in 0185',
  payByCard: 'Pay by card',
  backToShop: 'Back to the shop',
  receipt: 'Receipt',
  atTheCounter: 'Codes at the counter',
  checkIn: 'Scan the sign',
  checkedIn: 'The till knows that you are here.',
  phases: {
    waiting: { title: 'Waiting', text: 'Waiting for you.' },
    processing: { title: 'In progress', text: 'The bank has not answered yet.' },
    reserved: { title: 'Approved', text: 'The amount is reserved for the shop.' },
    sold: { title: 'Paid', text: 'The amount has been charged.' },
    rejected: { title: 'Rejected', text: 'You rejected the payment. Nothing was charged.' },
    declined: { title: 'Not approved', text: 'The bank said no. Nothing was charged.' },
    expired: { title: 'Time ran out', text: 'Nothing was charged.' },
    cancelled: { title: 'Cancelled by the shop', text: 'Nothing was charged.' },
    voided: { title: 'Given back', text: 'The shop cancelled, and the reservation is released.' },
  },
};

export const phoneTexts = { no: norwegian, en: english } as const;
export type PhoneLanguage = keyof typeof phoneTexts;
