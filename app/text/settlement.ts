/** What a settlement comes to in words, for the manager's page and the command line. The provider's name is filled in. */
import type { SettlementTrouble } from '../report/reconcile-day.ts';
import type { Language } from '../till/contract.ts';

const nb = {
  matches: 'Alt stemmer',
  matchesDetail: (brand: string, count: number) =>
    count === 0
      ? `Verken ${brand} eller kassen har noe denne dagen.`
      : count === 1
        ? `Den ene posteringen er den samme hos ${brand} og i kassen, på øret.`
        : `Alle ${count} posteringer er de samme hos ${brand} og i kassen, på øret.`,
  differs: (count: number) => (count === 1 ? 'Ett avvik' : `${count} avvik`),
  differsDetail: (brand: string, matched: number) =>
    `${matched === 1 ? 'Én postering stemmer' : `${matched} posteringer stemmer`}. Under står det som ikke er likt hos ${brand} og i kassen, og hva du gjør.`,
  open: 'Dagen er ikke over ennå',
  openDetail: (brand: string) => `${brand} har ikke gjort opp dagen. Tallene er foreløpige. Prøv igjen om en halv time, eller i morgen.`,
  sums: {
    captured: 'Tatt betalt',
    refunded: 'Tilbakebetalt',
    fees: 'Gebyr',
    net: 'Netto',
  },
  elsewhere: (brand: string, count: number, amount: string) =>
    `${count === 1 ? 'Én postering' : `${count} posteringer`} på til sammen ${amount} er fra andre kasser eller salgssteder. ${brand} har dem på samme konto; sammenlign dem i kassen som tok betalt.`,
  otherDay: (brand: string, count: number, amount: string) =>
    `${count === 1 ? 'Én postering' : `${count} posteringer`} på til sammen ${amount}, rundt midnatt, står hos ${brand} på dagen før eller etter. De stemmer.`,
  fromOtherDay: (count: number) =>
    `${count === 1 ? 'Én av posteringene' : `${count} av posteringene`} har kassen skrevet ned på en annen dag. Det er i orden: de er funnet igjen på referansen.`,
  account: {
    'fees-retained': 'Gebyr trukket fra oppgjøret',
    'fees-invoiced': 'Gebyr som faktureres',
    'scheduled-for-payout': 'På vei til bankkontoen',
    'payout-aborted': 'Stoppet utbetaling (se etter i bedriftsportalen at bankkontoen er riktig)',
    'capture-fee': 'Gebyr',
    'top-up': 'Satt inn på kontoen',
  } as Readonly<Record<string, string>>,
  missingThere: (brand: string) => `Mangler hos ${brand}`,
  missingThereDo: (brand: string, amount: string) =>
    `Kassen har lest at ${amount} ble trukket, men ${brand} har det ikke i oppgjøret. Søk opp referansen i bedriftsportalen. Er beløpet trukket der, må ${brand} finne ut hvor det er.`,
  missingThereRefundDo: (brand: string, amount: string) =>
    `Kassen har lest at ${amount} ble betalt tilbake, men ${brand} har det ikke i oppgjøret. Søk opp referansen i bedriftsportalen.`,
  mayStillCome: (brand: string) => `${brand} har ikke gjort opp dagen etter ennå. Sammenlign igjen i morgen; da er det sikkert.`,
  missingHere: 'Mangler i kassen',
  missingHereDo: (brand: string, amount: string) =>
    `${brand} har trukket ${amount} for denne kassen, men kassen har det ikke. Finn ut hva kunden fikk. Hører pengene ikke til noe salg, skal de betales tilbake.`,
  underWayDo: (brand: string) => `Kassen har bedt om dette og venter på svaret fra ${brand}. La kassen stå på, og sammenlign igjen.`,
  refundElsewhere: 'Tilbakebetalt utenom kassen',
  refundElsewhereDo: (brand: string, amount: string) =>
    `${brand} har betalt tilbake ${amount}, men ikke fra denne kassen. Noen har gjort det i bedriftsportalen eller i en annen butikk. Finn ut hvem og hvorfor, og gi beskjed til den som fører regnskapet.`,
  amount: 'Beløpene er ulike',
  amountDo: (brand: string, ledger: string, record: string, apart: string) =>
    `${brand} har ${ledger}, kassen har ${record}. Det skiller ${apart}. Søk opp referansen i bedriftsportalen; det som står der, er det kunden har betalt.`,
  dispute: 'Omstridt betaling',
  disputeDo: (brand: string) => `Kunden eller banken har klaget, og ${brand} har flyttet pengene. Svar på klagen i bedriftsportalen.`,
  correction: 'Rettelse',
  unknownRow: (type: string) => `Ukjent postering: ${type}`,
  notASaleDo: (brand: string) =>
    `${brand} har flyttet penger som ikke er et salg. Spør ${brand} hva det er, og gi beskjed til den som fører regnskapet.`,
  kinds: { capture: 'Betaling', refund: 'Tilbakebetaling' } as Readonly<Record<string, string>>,
  receipt: (number: number) => `Kvittering ${number}`,
  there: (brand: string) => `Hos ${brand}`,
  here: 'I kassen',
  nothing: 'ingenting',
  troubles: {
    'not-ready': (brand: string) =>
      `${brand} har ikke noe oppgjør for denne dagen ennå. Prøv igjen om en halv time. Dagens oppgjør kommer i morgen.`,
    'no-access': (brand: string) =>
      `Nøklene får ikke lese oppgjøret for dette salgsstedet. Eieren kan gi tilgang til Report API i bedriftsportalen til ${brand}.`,
    'wrong-keys': (brand: string) => `${brand} godtar ikke nøklene. Se etter dem i innstillingene, under Betaling.`,
    'too-many': (brand: string) => `${brand} ble spurt for mange ganger på kort tid. Vent litt, og prøv igjen.`,
    unreachable: (brand: string) => `Får ikke kontakt med ${brand}. Se etter nettet, og prøv igjen.`,
    garbled: (brand: string) => `${brand} svarte med noe som ikke kan brukes. Ingenting er sammenlignet. Prøv igjen om litt.`,
    provider: (brand: string) => `Det er feil hos ${brand}. Ingenting er sammenlignet. Prøv igjen om litt.`,
  } satisfies Readonly<Record<SettlementTrouble, (brand: string) => string>>,
  retryIn: (seconds: number) => `${seconds} sekunder er nok.`,
  csv: {
    fileName: (date: string) => `oppgjor-${date}.csv`,
    heads: (brand: string) => [
      'Dato',
      'Klokkeslett',
      'Status',
      'Type',
      'Kvittering',
      'Referanse',
      `Id hos ${brand}`,
      `Beløp hos ${brand}`,
      'Beløp i kassen',
      'Avvik',
      'Gebyr',
      'Valuta',
    ],
    matched: 'Stemmer',
    elsewhere: 'Annen kasse',
    account: 'Konto',
  },
};

export type SettlementTexts = typeof nb;

const en: SettlementTexts = {
  matches: 'Everything matches',
  matchesDetail: (brand, count) =>
    count === 0
      ? `Neither ${brand} nor the register has anything on this day.`
      : count === 1
        ? `The one movement is the same at ${brand} and in the register, to the øre.`
        : `All ${count} movements are the same at ${brand} and in the register, to the øre.`,
  differs: (count) => (count === 1 ? 'One difference' : `${count} differences`),
  differsDetail: (brand, matched) =>
    `${matched === 1 ? 'One movement matches' : `${matched} movements match`}. Below is what is not the same at ${brand} and in the register, and what to do.`,
  open: 'The day is not over yet',
  openDetail: (brand) => `${brand} has not closed the day. The figures are provisional. Try again in half an hour, or tomorrow.`,
  sums: { captured: 'Taken', refunded: 'Refunded', fees: 'Fees', net: 'Net' },
  elsewhere: (brand, count, amount) =>
    `${count === 1 ? 'One movement' : `${count} movements`} of ${amount} in all ${count === 1 ? 'is' : 'are'} of other registers or sales units. ${brand} has them in the same account; compare them in the register that took the payment.`,
  otherDay: (brand, count, amount) =>
    `${count === 1 ? 'One movement' : `${count} movements`} of ${amount} in all, around midnight, ${count === 1 ? 'stands' : 'stand'} at ${brand} on the day before or after. They match.`,
  fromOtherDay: (count) =>
    `${count === 1 ? 'One of the movements was' : `${count} of the movements were`} written down by the register on another day. That is in order: they were found by their reference.`,
  account: {
    'fees-retained': 'Fees taken from the settlement',
    'fees-invoiced': 'Fees that are invoiced',
    'scheduled-for-payout': 'On the way to the bank account',
    'payout-aborted': 'Stopped payout (see in the business portal that the bank account is right)',
    'capture-fee': 'Fee',
    'top-up': 'Put into the account',
  },
  missingThere: (brand) => `Missing at ${brand}`,
  missingThereDo: (brand, amount) =>
    `The register has read that ${amount} was captured, but ${brand} does not have it in the settlement. Search for the reference in the business portal. If it was captured there, ${brand} must find out where it is.`,
  missingThereRefundDo: (brand, amount) =>
    `The register has read that ${amount} was refunded, but ${brand} does not have it in the settlement. Search for the reference in the business portal.`,
  mayStillCome: (brand) => `${brand} has not closed the day after yet. Compare again tomorrow; then it is certain.`,
  missingHere: 'Missing in the register',
  missingHereDo: (brand, amount) =>
    `${brand} has captured ${amount} for this register, but the register does not have it. Find out what the customer got. If the money belongs to no sale, it is to be refunded.`,
  underWayDo: (brand) => `The register has asked for this and waits for the answer of ${brand}. Leave the register on, and compare again.`,
  refundElsewhere: 'Refunded outside of the register',
  refundElsewhereDo: (brand, amount) =>
    `${brand} has refunded ${amount}, but not from this register. Somebody did it in the business portal or in another store. Find out who and why, and tell whoever keeps the books.`,
  amount: 'The amounts differ',
  amountDo: (brand, ledger, record, apart) =>
    `${brand} has ${ledger}, the register has ${record}. They are ${apart} apart. Search for the reference in the business portal; what stands there is what the customer has paid.`,
  dispute: 'Disputed payment',
  disputeDo: (brand) =>
    `The customer or the bank has complained, and ${brand} has moved the money. Answer the complaint in the business portal.`,
  correction: 'Correction',
  unknownRow: (type) => `Unknown movement: ${type}`,
  notASaleDo: (brand) => `${brand} has moved money that is no sale. Ask ${brand} what it is, and tell whoever keeps the books.`,
  kinds: { capture: 'Payment', refund: 'Refund' },
  receipt: (number) => `Receipt ${number}`,
  there: (brand) => `At ${brand}`,
  here: 'In the register',
  nothing: 'nothing',
  troubles: {
    'not-ready': (brand) => `${brand} has no settlement of this day yet. Try again in half an hour. Today’s comes tomorrow.`,
    'no-access': (brand) =>
      `The keys may not read the settlement of this sales unit. The owner can give access to the Report API in the ${brand} business portal.`,
    'wrong-keys': (brand) => `${brand} does not accept the keys. Check them in the settings, under Payment.`,
    'too-many': (brand) => `${brand} was asked too often in a short time. Wait a little, and try again.`,
    unreachable: (brand) => `Cannot reach ${brand}. Check the network, and try again.`,
    garbled: (brand) => `${brand} answered with something that cannot be used. Nothing was compared. Try again in a while.`,
    provider: (brand) => `Something is wrong at ${brand}. Nothing was compared. Try again in a while.`,
  },
  retryIn: (seconds) => `${seconds} seconds are enough.`,
  csv: {
    fileName: (date) => `settlement-${date}.csv`,
    heads: (brand) => [
      'Date',
      'Time',
      'Status',
      'Type',
      'Receipt',
      'Reference',
      `Id at ${brand}`,
      `Amount at ${brand}`,
      'Amount in the register',
      'Difference',
      'Fee',
      'Currency',
    ],
    matched: 'Matches',
    elsewhere: 'Another register',
    account: 'Account',
  },
};

export const settlementTexts: Readonly<Record<Language, SettlementTexts>> = { nb, en };
