/**
 * Why the provider said no, or did not answer: what the cashier reads, and which of the customer's texts goes with it. Many
 * codes come to the same for a person; which code is which of these stands in `app/vipps/error-table.ts`. The customer never
 * reads a bank's reason, and neither of them which of unknown number, too young and may not pay businesses it was.
 */

/** What the customer reads. The words are below. */
export type CustomerWord = 'ask' | 'again' | 'other-way' | 'look-in-app' | 'update-app' | 'show-again' | 'wait';

interface Sentences {
  readonly cashier: string;
  readonly customer: CustomerWord;
}

const nb = {
  reasons: {
    'bank-no': { cashier: 'Banken eller kortet sa nei. Kunden ser grunnen i appen sin.', customer: 'look-in-app' },
    'not-acted': { cashier: 'Kunden godkjente ikke, eller rakk det ikke.', customer: 'again' },
    'cannot-charge': { cashier: '{brand} kan ikke ta betalt av denne kunden, og sier ikke hvorfor.', customer: 'other-way' },
    'app-too-old': { cashier: 'Kundens app er for gammel og må oppdateres først.', customer: 'update-app' },
    'customer-code-over': { cashier: 'Kundens kode gjelder ikke lenger.', customer: 'show-again' },
    'no-customer-code': { cashier: 'Dette er ikke en kundes {brand}-kode, eller ikke hele koden.', customer: 'show-again' },
    'payer-forgotten': { cashier: 'Kassen husker ikke lenger hvem som skulle betale.', customer: 'again' },
    'bad-number': { cashier: 'Telefonnummeret er ikke skrevet slik {brand} godtar det.', customer: 'ask' },
    'captured-already': { cashier: 'Pengene er allerede hentet, så de kan bare betales tilbake.', customer: 'wait' },
    'done-already': { cashier: 'Det er allerede gjort.', customer: 'wait' },
    'refunded-already': { cashier: 'Beløpet er allerede betalt tilbake.', customer: 'wait' },
    'approved-already': { cashier: 'Kunden har allerede godkjent.', customer: 'wait' },
    'not-approved': { cashier: 'Kunden har ikke godkjent betalingen.', customer: 'wait' },
    'only-reserved': { cashier: 'Pengene er bare reservert, ikke hentet, så de kan bare frigis.', customer: 'wait' },
    'cancelled-already': { cashier: 'Betalingen er avbrutt, så det er ingen penger å hente eller betale tilbake.', customer: 'wait' },
    'wrong-state': { cashier: 'Betalingen er kommet dit at dette ikke går lenger.', customer: 'wait' },
    'more-than-approved': { cashier: 'Beløpet er større enn det kunden godkjente.', customer: 'wait' },
    'more-than-left': { cashier: 'Beløpet er større enn det som er igjen å betale tilbake.', customer: 'wait' },
    'whole-amount': { cashier: 'Hele beløpet må hentes på en gang.', customer: 'wait' },
    'capture-too-late': { cashier: 'Fristen for å hente pengene er ute.', customer: 'wait' },
    'cancel-too-late': { cashier: 'Fristen for å avbryte betalingen er ute.', customer: 'wait' },
    'refund-too-late': { cashier: 'Fristen på 365 dager for å betale tilbake er ute.', customer: 'wait' },
    'too-late-or-not-allowed': {
      cashier: 'Fristen på 365 dager for å betale tilbake er ute, eller salgsstedet får ikke hente penger direkte.',
      customer: 'wait',
    },
    'reservation-gone': { cashier: 'Banken har sluppet pengene som var reservert.', customer: 'wait' },
    'capture-later': { cashier: 'Pengene kunne ikke hentes akkurat nå.', customer: 'wait' },
    'shop-account-short': { cashier: 'Beløpet kunne ikke trekkes fra butikkens oppgjør.', customer: 'wait' },
    'unit-cannot-refund': { cashier: 'Salgsstedet kan ikke betale tilbake.', customer: 'wait' },
    'unknown-outcome': { cashier: '{brand} vet ikke om det ble gjort.', customer: 'wait' },
    busy: { cashier: '{brand} holder på med noe annet på denne betalingen.', customer: 'wait' },
    'too-fast': { cashier: '{brand} ber kassen vente litt.', customer: 'wait' },
    'provider-trouble': { cashier: '{brand} har feil hos seg akkurat nå.', customer: 'wait' },
    'internal-error': { cashier: '{brand} hadde en feil hos seg, eller forsto ikke det kassen sendte.', customer: 'wait' },
    'no-network': { cashier: 'Kassen får ikke sendt noe. Sjekk nettet.', customer: 'wait' },
    'answer-lost': { cashier: 'Svaret fra {brand} kom ikke fram. Sjekk nettet.', customer: 'wait' },
    'bad-answer': { cashier: 'Svaret fra {brand} var ikke til å forstå.', customer: 'wait' },
    'someone-else': { cashier: 'Det var ikke {brand} som svarte. Kanskje krever nettet innlogging.', customer: 'wait' },
    contradiction: { cashier: 'Svaret fra {brand} stemmer ikke med betalingen.', customer: 'wait' },
    unwritten: { cashier: 'Kassen får ikke lagret svaret.', customer: 'wait' },
    'not-found': { cashier: '{brand} kjenner ikke betalingen på dette salgsstedet.', customer: 'wait' },
    'used-before': { cashier: 'Betalingens nummer er brukt før. Det kan være kassens eget forsøk.', customer: 'wait' },
    'sent-before': { cashier: 'Det samme er sendt før, med et annet innhold.', customer: 'wait' },
    'code-over': { cashier: 'Betalingen er over, så koden kan ikke vises.', customer: 'again' },
    'code-gone': { cashier: 'Bildet av koden finnes ikke lenger.', customer: 'again' },
    'payment-over': { cashier: 'Betalingen er over.', customer: 'again' },
    'push-not-allowed': { cashier: 'Salgsstedet får ikke sende betalingen til telefonen.', customer: 'again' },
    'too-small': { cashier: 'Beløpet er for lite for {brand}.', customer: 'other-way' },
    currency: { cashier: 'Valutaen er ikke salgsstedets.', customer: 'ask' },
    'bank-account': { cashier: 'Butikkens bankkonto er ikke bekreftet.', customer: 'ask' },
    'agreement-missing': { cashier: 'Avtalen med {brand} er ikke signert.', customer: 'ask' },
    'unit-cannot-take': { cashier: 'Salgsstedet kan ikke ta imot betalinger.', customer: 'ask' },
    'unit-closed': { cashier: 'Salgsstedet er stengt, slettet eller sperret hos {brand}.', customer: 'ask' },
    'unit-blocked': { cashier: 'Butikken er sperret hos {brand}.', customer: 'ask' },
    'unit-limit': { cashier: 'Butikken har nådd grensen for hvor mye den kan ta imot.', customer: 'ask' },
    'not-for-unit': { cashier: 'Salgsstedet har ikke tilgang til denne måten å ta betalt på.', customer: 'ask' },
    'long-not-allowed': { cashier: 'Salgsstedet får ikke ha betalinger som varer lenge.', customer: 'ask' },
    'bad-expiry': { cashier: 'Betalingen ville vart for lenge eller for kort.', customer: 'ask' },
    'needs-receipt': { cashier: 'En betaling som varer lenge må ha kvittering.', customer: 'ask' },
    'receipt-unsent': { cashier: 'Kvitteringen kan ikke sendes til kundens app.', customer: 'ask' },
    scope: { cashier: 'Salgsstedet får ikke spørre kunden om disse opplysningene.', customer: 'ask' },
    'bad-address': { cashier: 'En adresse i innstillingene er ikke gyldig.', customer: 'ask' },
    'bad-request': { cashier: '{brand} godtok ikke det kassen sendte.', customer: 'ask' },
    'keys-refused': { cashier: 'Nøklene i innstillingene ble ikke godtatt.', customer: 'ask' },
    'wrong-unit': { cashier: 'Salgsstedets nummer i innstillingene hører ikke til nøklene.', customer: 'ask' },
    'unit-unconfigured': { cashier: 'Salgsstedet som tok betalingen, står ikke i innstillingene lenger.', customer: 'wait' },
    'no-access': { cashier: 'Nøklene har ikke tilgang til denne tjenesten for dette salgsstedet.', customer: 'ask' },
    'wrong-address': { cashier: 'Tjenesten finnes ikke på adressen i innstillingene.', customer: 'ask' },
    'not-enrolled': { cashier: 'Hovedkontoret kjenner ikke denne kassen. Den må meldes inn på nytt.', customer: 'ask' },
    'head-office-setup': { cashier: 'Hovedkontoret kan ikke ta betalt for denne kassen slik den er satt opp.', customer: 'ask' },
    'head-office-trouble': { cashier: 'Hovedkontoret får ikke sendt det videre akkurat nå.', customer: 'wait' },
    'test-only': { cashier: 'Testmiljøet lar ikke denne testbrukeren eller testbetalingen gå gjennom.', customer: 'ask' },
    unknown: { cashier: '{brand} sa nei, av en grunn som kassen ikke kjenner.', customer: 'ask' },
  },
  next: {
    'try-again': 'Prøv igjen, eller ta betalt på en annen måte.',
    'offer-qr': 'Vis QR-koden i stedet.',
    'scan-again': 'Be kunden vise koden på nytt.',
    'other-means': 'Ta betalt på en annen måte.',
    wait: 'Kassen prøver igjen av seg selv.',
    check: 'Kassen sjekker hva som skjedde.',
    refund: 'Betal tilbake i stedet.',
    release: 'Gi pengene tilbake i stedet.',
    'owner-portal': 'Ta betalt på en annen måte. Eieren må ordne det i bedriftsportalen til {brand}.',
    'owner-settings': 'Ta betalt på en annen måte. Eieren må se på innstillingene for betaling.',
    'call-head-office': 'Ta betalt på en annen måte, og gi koden under til hovedkontoret.',
    'call-provider': 'Ta betalt på en annen måte. Eieren må kontakte {brand}.',
    'call-support': 'Ta betalt på en annen måte, og gi koden under til den som hjelper dere.',
  },
  customer: {
    ask: { title: 'Vi fikk ikke startet betalingen', detail: 'Du er ikke belastet. Spør i kassen.' },
    again: { title: 'Det gikk ikke denne gangen', detail: 'Du er ikke belastet. Kassen kan prøve igjen.' },
    'other-way': { title: 'Betal på en annen måte', detail: 'Denne betalingen gikk ikke. Du er ikke belastet.' },
    'look-in-app': {
      title: 'Betalingen gikk ikke gjennom',
      detail: 'Se i appen din, eller betal på en annen måte. Du er ikke belastet.',
    },
    'update-app': { title: 'Appen din må oppdateres', detail: 'Oppdater den og prøv igjen. Du er ikke belastet.' },
    'show-again': { title: 'Vis koden i appen på nytt', detail: 'Du er ikke belastet.' },
    wait: { title: 'Et øyeblikk', detail: 'Vi sjekker betalingen. Spør i kassen.' },
  },
} as const satisfies Words;

interface Words {
  readonly reasons: Readonly<Record<string, Sentences>>;
  readonly next: Readonly<Record<string, string>>;
  readonly customer: Readonly<Record<CustomerWord, { readonly title: string; readonly detail: string }>>;
}

/** What it comes to for a person. */
export type Reason = keyof typeof nb.reasons;
/** What whoever stands at the till does next. */
export type NextStep = keyof typeof nb.next;

export interface RefusalTexts {
  readonly reasons: Readonly<Record<Reason, Sentences>>;
  readonly next: Readonly<Record<NextStep, string>>;
  readonly customer: Words['customer'];
}

const en: RefusalTexts = {
  reasons: {
    'bank-no': { cashier: 'The bank or the card said no. The customer sees the reason in the app.', customer: 'look-in-app' },
    'not-acted': { cashier: 'The customer did not approve, or not in time.', customer: 'again' },
    'cannot-charge': { cashier: '{brand} cannot charge this customer, and does not say why.', customer: 'other-way' },
    'app-too-old': { cashier: 'The customer’s app is too old and must be updated first.', customer: 'update-app' },
    'customer-code-over': { cashier: 'The customer’s code is no longer valid.', customer: 'show-again' },
    'no-customer-code': { cashier: 'This is not a customer’s {brand} code, or not all of it.', customer: 'show-again' },
    'payer-forgotten': { cashier: 'The register does not remember any more who was to pay.', customer: 'again' },
    'bad-number': { cashier: 'The phone number is not written as {brand} takes it.', customer: 'ask' },
    'captured-already': { cashier: 'The money has been collected already, so it can only be paid back.', customer: 'wait' },
    'done-already': { cashier: 'It has been done already.', customer: 'wait' },
    'refunded-already': { cashier: 'The amount has been paid back already.', customer: 'wait' },
    'approved-already': { cashier: 'The customer has approved already.', customer: 'wait' },
    'not-approved': { cashier: 'The customer has not approved the payment.', customer: 'wait' },
    'only-reserved': { cashier: 'The money is only reserved, not collected, so it can only be released.', customer: 'wait' },
    'cancelled-already': { cashier: 'The payment is cancelled, so there is no money to collect or to pay back.', customer: 'wait' },
    'wrong-state': { cashier: 'The payment has come too far for this.', customer: 'wait' },
    'more-than-approved': { cashier: 'The amount is more than the customer approved.', customer: 'wait' },
    'more-than-left': { cashier: 'The amount is more than what is left to pay back.', customer: 'wait' },
    'whole-amount': { cashier: 'The whole amount must be collected at once.', customer: 'wait' },
    'capture-too-late': { cashier: 'The time for collecting the money is over.', customer: 'wait' },
    'cancel-too-late': { cashier: 'The time for cancelling the payment is over.', customer: 'wait' },
    'refund-too-late': { cashier: 'The 365 days for paying back are over.', customer: 'wait' },
    'too-late-or-not-allowed': {
      cashier: 'The 365 days for paying back are over, or the sales unit may not collect directly.',
      customer: 'wait',
    },
    'reservation-gone': { cashier: 'The bank has let go of the money that was reserved.', customer: 'wait' },
    'capture-later': { cashier: 'The money could not be collected just now.', customer: 'wait' },
    'shop-account-short': { cashier: 'The amount could not be taken from the shop’s settlement.', customer: 'wait' },
    'unit-cannot-refund': { cashier: 'The sales unit cannot pay back.', customer: 'wait' },
    'unknown-outcome': { cashier: '{brand} does not know whether it was done.', customer: 'wait' },
    busy: { cashier: '{brand} is busy with something else about this payment.', customer: 'wait' },
    'too-fast': { cashier: '{brand} asks the register to wait a little.', customer: 'wait' },
    'provider-trouble': { cashier: '{brand} has a fault on its side just now.', customer: 'wait' },
    'internal-error': { cashier: '{brand} had a fault on its side, or did not understand what the register sent.', customer: 'wait' },
    'no-network': { cashier: 'The register cannot send anything. Check the network.', customer: 'wait' },
    'answer-lost': { cashier: 'The answer from {brand} did not arrive. Check the network.', customer: 'wait' },
    'bad-answer': { cashier: 'The answer from {brand} made no sense.', customer: 'wait' },
    'someone-else': { cashier: 'It was not {brand} that answered. The network may want somebody to log in.', customer: 'wait' },
    contradiction: { cashier: 'The answer from {brand} does not agree with the payment.', customer: 'wait' },
    unwritten: { cashier: 'The register cannot save the answer.', customer: 'wait' },
    'not-found': { cashier: '{brand} does not know the payment at this sales unit.', customer: 'wait' },
    'used-before': { cashier: 'The payment’s number was used before. It may have been the register’s own try.', customer: 'wait' },
    'sent-before': { cashier: 'The same was sent before, with another content.', customer: 'wait' },
    'code-over': { cashier: 'The payment is over, so the code cannot be shown.', customer: 'again' },
    'code-gone': { cashier: 'The picture of the code is gone.', customer: 'again' },
    'payment-over': { cashier: 'The payment is over.', customer: 'again' },
    'push-not-allowed': { cashier: 'The sales unit may not send the payment to the phone.', customer: 'again' },
    'too-small': { cashier: 'The amount is too small for {brand}.', customer: 'other-way' },
    currency: { cashier: 'The currency is not the sales unit’s.', customer: 'ask' },
    'bank-account': { cashier: 'The shop’s bank account has not been verified.', customer: 'ask' },
    'agreement-missing': { cashier: 'The agreement with {brand} has not been signed.', customer: 'ask' },
    'unit-cannot-take': { cashier: 'The sales unit cannot take payments.', customer: 'ask' },
    'unit-closed': { cashier: 'The sales unit is closed, deleted or blocked at {brand}.', customer: 'ask' },
    'unit-blocked': { cashier: 'The shop is blocked at {brand}.', customer: 'ask' },
    'unit-limit': { cashier: 'The shop has reached the limit of what it may receive.', customer: 'ask' },
    'not-for-unit': { cashier: 'The sales unit has no access to this way of taking payment.', customer: 'ask' },
    'long-not-allowed': { cashier: 'The sales unit may not have payments that live long.', customer: 'ask' },
    'bad-expiry': { cashier: 'The payment would live too long or too briefly.', customer: 'ask' },
    'needs-receipt': { cashier: 'A payment that lives long needs a receipt.', customer: 'ask' },
    'receipt-unsent': { cashier: 'The receipt cannot be sent to the customer’s app.', customer: 'ask' },
    scope: { cashier: 'The sales unit may not ask the customer for this information.', customer: 'ask' },
    'bad-address': { cashier: 'An address in the settings is not valid.', customer: 'ask' },
    'bad-request': { cashier: '{brand} did not accept what the register sent.', customer: 'ask' },
    'keys-refused': { cashier: 'The keys in the settings were not accepted.', customer: 'ask' },
    'wrong-unit': { cashier: 'The sales unit’s number in the settings does not belong to the keys.', customer: 'ask' },
    'unit-unconfigured': { cashier: 'The sales unit that took the payment is not in the settings any more.', customer: 'wait' },
    'no-access': { cashier: 'The keys have no access to this service for this sales unit.', customer: 'ask' },
    'wrong-address': { cashier: 'There is no such service at the address in the settings.', customer: 'ask' },
    'not-enrolled': { cashier: 'Head office does not know this register. It must be enrolled again.', customer: 'ask' },
    'head-office-setup': { cashier: 'Head office cannot take payments for this register the way it is set up.', customer: 'ask' },
    'head-office-trouble': { cashier: 'Head office cannot pass it on right now.', customer: 'wait' },
    'test-only': { cashier: 'The test environment does not let this test person or test payment through.', customer: 'ask' },
    unknown: { cashier: '{brand} said no, for a reason that the register does not know.', customer: 'ask' },
  },
  next: {
    'try-again': 'Try again, or take another means of payment.',
    'offer-qr': 'Show the QR code instead.',
    'scan-again': 'Ask the customer to show the code again.',
    'other-means': 'Take another means of payment.',
    wait: 'The register tries again by itself.',
    check: 'The register finds out what happened.',
    refund: 'Pay it back instead.',
    release: 'Give the money back instead.',
    'owner-portal': 'Take another means of payment. The owner must put it right in {brand}’s business portal.',
    'owner-settings': 'Take another means of payment. The owner must look at the settings for payment.',
    'call-head-office': 'Take the payment another way, and give head office the code below.',
    'call-provider': 'Take another means of payment. The owner must contact {brand}.',
    'call-support': 'Take another means of payment, and give the code below to whoever supports you.',
  },
  customer: {
    ask: { title: 'We could not start the payment', detail: 'You have not been charged. Ask the cashier.' },
    again: { title: 'It did not work this time', detail: 'You have not been charged. The cashier can try again.' },
    'other-way': { title: 'Please pay another way', detail: 'This payment did not work. You have not been charged.' },
    'look-in-app': {
      title: 'The payment did not go through',
      detail: 'Look in your app, or pay another way. You have not been charged.',
    },
    'update-app': { title: 'Your app needs an update', detail: 'Update it and try again. You have not been charged.' },
    'show-again': { title: 'Show the code in the app again', detail: 'You have not been charged.' },
    wait: { title: 'One moment', detail: 'We are checking the payment. Ask the cashier.' },
  },
};

export const refusalTexts: Readonly<Record<'nb' | 'en', RefusalTexts>> = { nb, en };
