/** The settings' words about what head office publishes for the register. */
export const publishedSettingsTexts = {
  nb: {
    card: 'Varer, priser og folk fra hovedkontoret',
    asking: 'Kassen har ikke spurt hovedkontoret ennå.',
    none: 'Hovedkontoret har ikke sendt noe til denne butikken.',
    standing: 'Kassen selger med det siste fra hovedkontoret.',
    waits: 'Noe nytt er kommet. Det tas i bruk så snart ingen er midt i et salg.',
    comes: 'Kassen selger med det siste. Det neste ligger klart, og tas i bruk av seg selv.',
    damaged:
      'Versjon {version} kom skadet frem, og ingenting av den er tatt i bruk. Kassen selger med det den har, og henter den på nytt om noen minutter. Skjer det igjen, ring hovedkontoret.',
    notKept: 'Det nye fra hovedkontoret kunne ikke lagres. Kassen selger med det den har, og prøver igjen. Se om disken er full.',
    version: 'Versjon {version}, {name}, {at}',
    facts: { last: 'Sist tatt i bruk', next: 'Neste', asked: 'Sist spurt' },
  },
  en: {
    card: 'Articles, prices and people from head office',
    asking: 'The register has not asked head office yet.',
    none: 'Head office has sent nothing to this store.',
    standing: 'The register sells with the latest from head office.',
    waits: 'Something new has come. It is taken up as soon as nobody is in the middle of a sale.',
    comes: 'The register sells with the latest. The next is ready, and is taken up by itself.',
    damaged:
      'Version {version} arrived damaged, and nothing of it was taken up. The register sells with what it has, and fetches it again in a few minutes. If that goes on, call head office.',
    notKept:
      'What is new from head office could not be saved. The register sells with what it has, and tries again. See whether the disk is full.',
    version: 'Version {version}, {name}, {at}',
    facts: { last: 'Last taken up', next: 'Next', asked: 'Last asked' },
  },
};
