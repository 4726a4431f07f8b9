/** What the desktop program itself says: titles, questions and its menu. The screens have their own texts. */
import type { Language } from '../till/contract.ts';

const nb = {
  cashierTitle: 'Tillit',
  customerTitle: 'Kundeskjerm',
  customerHint: 'Kundeskjerm – koble til en skjerm til, eller flytt vinduet dit kunden ser det',
  quitTitle: 'En betaling pågår',
  quitDetail:
    'Kunden kan fortsatt betale. Avslutter du nå, spør kassen om betalingen neste gang den starter. Ingenting går tapt, men ingen ser svaret før da.',
  stay: 'Bli i kassen',
  quitAnyway: 'Avslutt likevel',
  program: 'Kasse',
  quit: 'Avslutt',
  settings: 'Innstillinger',
  customerDisplay: 'Kundens skjerm',
  onlyOneDisplay: 'Det er bare én skjerm',
  displayName: (place: number, label: string) => (label === '' ? `Skjerm ${place}` : `Skjerm ${place}: ${label}`),
  edit: 'Rediger',
  managerTitle: 'Låst kasse',
  managerQuestion: 'Koden er riktig. Hva vil du gjøre?',
  managerNoCode: 'Det er ikke satt noen lederkode, så hvem som helst kan låse opp.',
  unlock: 'Lås opp',
  lockedSettings: 'Innstillingene åpnes når lederen har låst opp: Ctrl+Alt+Shift+M, koden og Enter.',
  cannotStart: 'Kassen kan ikke starte',
  bundleKept: (path: string) => `Filen ligger her: ${path}`,
  bundleNotKept: 'Filen ble ikke lagret.',
  bundleNotWritten: (path: string) => `Filen kunne ikke lagres her: ${path}. Velg en annen mappe.`,
  noScreens: 'Skjermbildene mangler i programmet. Installer Tillit på nytt.',
};

export type DesktopTexts = Readonly<typeof nb>;

const en: DesktopTexts = {
  cashierTitle: 'Tillit',
  customerTitle: 'Customer screen',
  customerHint: 'Customer screen – connect a second display, or move this window to where the customer sees it',
  quitTitle: 'A payment is under way',
  quitDetail:
    'The customer can still pay. If you quit now, the register asks about the payment the next time it starts. Nothing is lost, but nobody sees the answer until then.',
  stay: 'Stay',
  quitAnyway: 'Quit anyway',
  program: 'Register',
  quit: 'Quit',
  settings: 'Settings',
  customerDisplay: 'Customer’s display',
  onlyOneDisplay: 'There is only one display',
  displayName: (place, label) => (label === '' ? `Display ${place}` : `Display ${place}: ${label}`),
  edit: 'Edit',
  managerTitle: 'Locked register',
  managerQuestion: 'The code is right. What do you want to do?',
  managerNoCode: 'No manager’s code is set, so anybody can unlock.',
  unlock: 'Unlock',
  lockedSettings: 'The settings open once the manager has unlocked: Ctrl+Alt+Shift+M, the code and Enter.',
  cannotStart: 'The register cannot start',
  bundleKept: (path) => `The file is here: ${path}`,
  bundleNotKept: 'The file was not kept.',
  bundleNotWritten: (path) => `The file could not be kept here: ${path}. Choose another folder.`,
  noScreens: 'The screens are missing from the program. Install Tillit again.',
};

export const desktopTexts: Readonly<Record<Language, DesktopTexts>> = { nb, en };
