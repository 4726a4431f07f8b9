/** What the cashier's screen says of the line to head office. It must fit beside the other lights. */
const nb = {
  ok: 'Hovedkontor',
  asking: 'Hovedkontor: spør',
  notEnrolled: 'Hovedkontor: ikke koblet til',
  away: (since: string, waiting: number) => `Hovedkontor: ikke nådd siden ${since}${waiting === 0 ? '' : `, ${waiting} venter`}`,
  halted: {
    key: 'Hovedkontor: nøkkelen gjelder ikke lenger',
    journal: 'Hovedkontor: journalen stemmer ikke, ring dem',
    tooLarge: 'Hovedkontor: en rad er for stor, ring dem',
  },
};

export type ChainTexts = typeof nb;

const en: ChainTexts = {
  ok: 'Head office',
  asking: 'Head office: asking',
  notEnrolled: 'Head office: not connected',
  away: (since, waiting) => `Head office: not reached since ${since}${waiting === 0 ? '' : `, ${waiting} wait`}`,
  halted: {
    key: 'Head office: the key is no longer good',
    journal: 'Head office: the journal does not agree, call them',
    tooLarge: 'Head office: a row is too large, call them',
  },
};

export const chainTexts = { nb, en } as const;
