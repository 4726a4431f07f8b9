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
  restarted: 'The register was restarted. Sale 1042 is where you left it.',
};

const own: Readonly<Record<Language, typeof nb>> = { nb, en };

export function wordsOf(language: Language) {
  return { ...own[language], ...texts(language), language };
}

export type GalleryWords = ReturnType<typeof wordsOf>;
