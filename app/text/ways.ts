/** What the cashier reads about the ways to a customer beside the QR: the rows, and why a number is none. */
export const waysTexts = {
  nb: {
    noPush: (brand: string) =>
      `Salgsstedet kan ikke sende betalinger til telefoner. Be ${brand} om å åpne for det. Kunden skanner QR i stedet.`,
    rows: {
      phone: (brand: string) => ({ label: 'Til telefonnummer', hint: `Kunden får beløpet i ${brand} og godkjenner der.` }),
      personalQr: (brand: string) => ({ label: 'Skann kundens kode', hint: `Kunden viser sin egen kode i ${brand}.` }),
    },
    checkedIn: {
      waits: 'En kunde har skannet skiltet. Legg inn varene, så kan beløpet sendes til telefonen.',
      offer: 'Kunden har skannet skiltet.',
      insteadOfCode: 'Kunden har skannet skiltet i stedet for koden.',
      send: (amount: string) => `Send ${amount} til telefonen`,
      dismiss: 'Ikke nå',
      row: { label: 'Til kunden ved skiltet', hint: 'Kunden har skannet skiltet på kassen.' },
    },
    phone: {
      countries: { NO: 'Norge', DK: 'Danmark', FI: 'Finland' },
      problems: {
        empty: 'Skriv nummeret til kunden.',
        'not-a-number': 'Dette er ikke et telefonnummer. Bruk bare siffer, med + først for et annet land.',
        'too-short': 'Nummeret er for kort. Mangler det et siffer?',
        'too-long': 'Nummeret er for langt. Skriv + først hvis det begynner med landkode.',
        'not-mobile': 'Dette er ikke et mobilnummer. Be kunden om mobilnummeret sitt.',
        'other-country': 'Nummeret er fra et land som ikke har appen. Bare norske, danske og finske numre går an.',
        'no-reach': 'Salgsstedet kan ikke sende til numre fra dette landet. Vis QR i stedet.',
      },
    },
  },
  en: {
    noPush: (brand: string) =>
      `The sales unit may not send payments to phones. Ask ${brand} to allow it. The customer scans the QR instead.`,
    rows: {
      phone: (brand: string) => ({ label: 'To a phone number', hint: `The customer gets the amount in ${brand} and approves there.` }),
      personalQr: (brand: string) => ({ label: 'Scan the customer’s code', hint: `The customer shows their own code in ${brand}.` }),
    },
    checkedIn: {
      waits: 'A customer has scanned the sign. Ring up the articles, and the amount can be sent to the phone.',
      offer: 'The customer has scanned the sign.',
      insteadOfCode: 'The customer has scanned the sign instead of the code.',
      send: (amount: string) => `Send ${amount} to the phone`,
      dismiss: 'Not now',
      row: { label: 'To the customer at the sign', hint: 'The customer has scanned the sign at the register.' },
    },
    phone: {
      countries: { NO: 'Norway', DK: 'Denmark', FI: 'Finland' },
      problems: {
        empty: 'Enter the customer’s number.',
        'not-a-number': 'This is not a phone number. Use digits only, with + first for another country.',
        'too-short': 'The number is too short. Is a digit missing?',
        'too-long': 'The number is too long. Put + first if it begins with a country code.',
        'not-mobile': 'This is not a mobile number. Ask the customer for their mobile number.',
        'other-country': 'The number is from a country without the app. Only Norwegian, Danish and Finnish numbers will do.',
        'no-reach': 'The sales unit cannot send to numbers of this country. Show the QR instead.',
      },
    },
  },
};
