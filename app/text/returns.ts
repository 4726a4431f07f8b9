/** Goods that come back, in words: finding the purchase, holding the goods, and the money's way back. */

const nb = {
  title: (receipt: number, date: string) => `Retur av kvittering ${receipt}, ${date}`,
  titleOfStore: (store: string, receipt: number, date: string) => `Retur fra ${store}, kvittering ${receipt}, ${date}`,
  search: {
    offline: 'Hovedkontoret svarer ikke, så kjøpet kan ikke finnes nå. Legg returen på vent; den kommer opp igjen når linjen er tilbake.',
    otherStore: 'Kvitteringen er fra en annen butikk. Varene må leveres tilbake der.',
    otherRegister: (register: string) => `Kvitteringen er fra kasse ${register}. Varene må leveres tilbake i den kassen.`,
    otherChain: 'Ingen butikk i kjeden har denne kvitteringen. Sjekk hvilken butikk som står øverst på den.',
    returnReceipt: 'Dette er en returkvittering. Skann kvitteringen for kjøpet.',
    unreadable: 'Koden er ikke lest riktig. Skann den igjen, eller skriv det som står under den.',
    cutShort: 'Koden er for kort: noe av den mangler. Skann den igjen, eller skriv alt som står under den.',
    tooManyDays: (days: number) => `Søk i høyst ${days} dager om gangen.`,
    noKey: 'Kassen er ikke med i kjeden lenger. Meld den inn hos hovedkontoret.',
    refused: 'Hovedkontoret kunne ikke svare på dette søket. Prøv på en annen måte.',
  },
  note: {
    back: (quantity: string) => `${quantity} er levert tilbake`,
    held: (quantity: string) => `${quantity} er i en annen retur`,
  },
  paidWith: { card: 'Kort', cash: 'Kontant', credit: 'Byttet inn' },
  problem: {
    allBack: 'Alt er levert tilbake.',
    awayVipps: (brand: string) =>
      `Betalt med ${brand}, og hovedkontoret svarer ikke. En annen butikk kan ta imot de samme varene, så pengene kan ikke gis tilbake nå. Legg returen på vent.`,
    notReported: 'Hovedkontoret har ikke fått dette kjøpet ennå. Vent litt, og prøv igjen.',
  },
  cashOnly: (brand: string) =>
    `${brand} sender ikke pengene tilbake, fordi det er mer enn 365 dager siden eller fordi de har sagt nei før. En leder kan betale dem ut kontant.`,
  approveAway: (most: string) =>
    `Hovedkontoret svarer ikke. En leder kan godkjenne returer på opptil ${most}; hovedkontoret sjekker dem etterpå.`,
  approveInstead: 'En leder må godkjenne at dette betales ut kontant. Be en leder taste koden sin.',
  aboveAway: (most: string) => `Hovedkontoret svarer ikke, og uten det kan returer være på høyst ${most}. Legg returen på vent.`,
  refusals: {
    'above-limit': 'Beløpet er større enn kassen får gi tilbake. Be hovedkontoret om hjelp.',
    'above-day-limit': 'Kassen har gitt tilbake så mye som den får i dag. Be hovedkontoret om hjelp.',
    'store-closed': 'Butikken som solgte varene, er lagt ned. Be hovedkontoret åpne for returen, og prøv igjen.',
    'this-store-closed': 'Denne butikken er lagt ned i kjeden og tar ikke imot returer. Be kunden gå til en annen butikk.',
    'no-sales-unit': 'Hovedkontoret kan ikke gi tilbake penger for butikken som solgte varene: den er ikke satt opp ennå.',
    'payment-unknown': 'Hovedkontoret har ikke fått betalingen ennå. Vent litt, og prøv igjen.',
    'not-in-cash': 'Pengene kan fortsatt sendes tilbake slik de kom, så de betales ikke ut kontant.',
    'provider-refused': 'Pengene kunne ikke sendes tilbake. En leder kan betale dem ut kontant.',
    other: 'Hovedkontoret sa nei til returen. Be hovedkontoret om hjelp.',
  },
  letGo: 'Hovedkontoret svarte ikke, så returen er tatt ut av salget. Ingen penger er gitt tilbake.',
  aside: {
    put: 'Sett på vent',
    checking: 'Det er ikke kjent ennå om pengene er sendt. Kassen spør igjen av seg selv.',
    card: (amount: string) => `${amount} skal føres tilbake på kortet.`,
    cash: (amount: string) => `Kunden skal ha ${amount} kontant.`,
    refused: (brand: string) => `${brand} sender ikke pengene tilbake. En leder kan betale dem ut kontant.`,
    done: (ways: string) => `Pengene er gitt tilbake: ${ways}.`,
    resume: 'Ta opp',
    show: 'Skriv kvittering',
  },
  giveBack: {
    label: (amount: string) => `Gi tilbake ${amount}`,
    even: 'Fullfør byttet',
    evenDetail: 'Likt bytte: ingen penger flyttes.',
  },
  ways: {
    vipps: (brand: string, amount: string) => `${amount} til kundens ${brand}`,
    card: (_brand: string, amount: string) => `${amount} på kortet`,
    cash: (_brand: string, amount: string) => `${amount} kontant`,
  },
  stage: {
    sending: (amount: string, brand: string) => ({
      title: 'Pengene sendes tilbake',
      detail: `${amount} går til kundens ${brand}. Det tar et øyeblikk.`,
    }),
    checking: (amount: string, who: string) => ({
      title: 'Sjekker om pengene er sendt',
      detail: `${who} har ikke svart ennå. Kassen spør igjen om de samme ${amount}; de kan ikke bli sendt to ganger.`,
    }),
    card: (amount: string) => ({
      title: `Før ${amount} tilbake på kortet`,
      detail: 'Gjør det på kortterminalen, og skriv referansen som terminalen gir.',
    }),
    cash: (amount: string) => ({ title: `Gi kunden ${amount} kontant`, detail: 'Bekreft, så åpnes skuffen.' }),
    refused: (amount: string, brand: string) => ({
      title: `${brand} sender ikke pengene tilbake`,
      detail: `${amount} er ikke sendt. En leder kan betale dem ut kontant.`,
    }),
    headOffice: 'Hovedkontoret',
    goodsTaken: 'Varene er tatt imot',
    handedOut: 'Resten gis tilbake for hånd',
    printed: 'Returkvitteringen skrives ut',
    check: 'Sjekk nå',
    remove: 'Fjern returen',
  },
  customer: {
    sending: (brand: string) => ({ title: 'Du får pengene tilbake', detail: `De sendes til ${brand}.` }),
    checking: { title: 'Vent litt', detail: 'Vi sørger for at pengene kommer fram til deg.' },
    card: { title: 'Du får pengene tilbake', detail: 'De føres tilbake på kortet ditt.' },
    cash: { title: 'Du får pengene tilbake', detail: 'De gis kontant.' },
    waiting: { title: 'Vent litt', detail: 'Kassen finner ut hvordan du får pengene.' },
  },
};

export type ReturnTexts = typeof nb;

const en: ReturnTexts = {
  title: (receipt, date) => `Return of receipt ${receipt}, ${date}`,
  titleOfStore: (store, receipt, date) => `Return from ${store}, receipt ${receipt}, ${date}`,
  search: {
    offline: 'Head office does not answer, so the purchase cannot be found now. Keep the return; it comes up again when the line is back.',
    otherStore: 'The receipt is from another store. The goods must be brought back there.',
    otherRegister: (register) => `The receipt is from register ${register}. The goods must be brought back at that register.`,
    otherChain: 'No store of the chain has this receipt. Check which store stands at the top of it.',
    returnReceipt: 'This is a return receipt. Scan the receipt of the purchase.',
    unreadable: 'The code was not read right. Scan it again, or type what stands below it.',
    cutShort: 'The code is too short: some of it is missing. Scan it again, or type all that stands below it.',
    tooManyDays: (days) => `Search in at most ${days} days at a time.`,
    noKey: 'This register is no longer in the chain. Enrol it at head office.',
    refused: 'Head office could not answer this search. Try another way.',
  },
  note: {
    back: (quantity) => `${quantity} brought back already`,
    held: (quantity) => `${quantity} in another return`,
  },
  paidWith: { card: 'Card', cash: 'Cash', credit: 'Exchanged' },
  problem: {
    allBack: 'All of it has been brought back.',
    awayVipps: (brand) =>
      `Paid with ${brand}, and head office does not answer. Another store may be taking the same goods, so the money cannot be given back now. Keep the return for later.`,
    notReported: 'Head office has not heard of this purchase yet. Wait a little, and try again.',
  },
  cashOnly: (brand) =>
    `${brand} does not send the money back: more than 365 days have passed, or it has said no before. A manager can pay it out in cash.`,
  approveAway: (most) => `Head office does not answer. A manager can approve returns of up to ${most}; head office checks them afterwards.`,
  approveInstead: 'A manager must approve that this is paid out in cash. Ask a manager to enter their code.',
  aboveAway: (most) => `Head office does not answer, and without it a return can be ${most} at the most. Keep the return for later.`,
  refusals: {
    'above-limit': 'The amount is more than this register may give back. Ask head office for help.',
    'above-day-limit': 'This register has given back as much as it may today. Ask head office for help.',
    'store-closed': 'The store that sold the goods is closed. Ask head office to allow the return, and try again.',
    'this-store-closed': 'This store is closed in the chain and takes no returns. Ask the customer to go to another store.',
    'no-sales-unit': 'Head office cannot give money back for the store that sold the goods: it has not been set up yet.',
    'payment-unknown': 'Head office has not heard of the payment yet. Wait a little, and try again.',
    'not-in-cash': 'The money can still be sent back the way it came, so it is not paid out in cash.',
    'provider-refused': 'The money could not be sent back. A manager can pay it out in cash.',
    other: 'Head office said no to the return. Ask head office for help.',
  },
  letGo: 'Head office did not answer, so the return was taken out of the sale. No money has been given back.',
  aside: {
    put: 'Keep for later',
    checking: 'It is not known yet whether the money was sent. The register asks again by itself.',
    card: (amount) => `${amount} is to be put back on the card.`,
    cash: (amount) => `The customer is to have ${amount} in cash.`,
    refused: (brand) => `${brand} does not send the money back. A manager can pay it out in cash.`,
    done: (ways) => `The money has been given back: ${ways}.`,
    resume: 'Take up',
    show: 'Print receipt',
  },
  giveBack: {
    label: (amount) => `Give back ${amount}`,
    even: 'Finish the exchange',
    evenDetail: 'An even exchange: no money moves.',
  },
  ways: {
    vipps: (brand, amount) => `${amount} to the customer’s ${brand}`,
    card: (_brand, amount) => `${amount} on the card`,
    cash: (_brand, amount) => `${amount} in cash`,
  },
  stage: {
    sending: (amount, brand) => ({
      title: 'The money is being sent back',
      detail: `${amount} goes to the customer’s ${brand}. It takes a moment.`,
    }),
    checking: (amount, who) => ({
      title: 'Checking whether the money was sent',
      detail: `${who} has not answered yet. The register asks again about the same ${amount}; it cannot be sent twice.`,
    }),
    card: (amount) => ({
      title: `Put ${amount} back on the card`,
      detail: 'Do it on the card terminal, and enter the reference that the terminal gives.',
    }),
    cash: (amount) => ({ title: `Give the customer ${amount} in cash`, detail: 'Confirm, and the drawer opens.' }),
    refused: (amount, brand) => ({
      title: `${brand} does not send the money back`,
      detail: `${amount} has not been sent. A manager can pay it out in cash.`,
    }),
    headOffice: 'Head office',
    goodsTaken: 'The goods are taken in',
    handedOut: 'The rest is handed out',
    printed: 'The return receipt is printed',
    check: 'Check now',
    remove: 'Remove the return',
  },
  customer: {
    sending: (brand) => ({ title: 'You get your money back', detail: `It is sent to ${brand}.` }),
    checking: { title: 'One moment', detail: 'We are making sure that the money reaches you.' },
    card: { title: 'You get your money back', detail: 'It goes back to your card.' },
    cash: { title: 'You get your money back', detail: 'You get it in cash.' },
    waiting: { title: 'One moment', detail: 'The shop is finding out how you get the money.' },
  },
};

export const returnTexts = { nb, en };
