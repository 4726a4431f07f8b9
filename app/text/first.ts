/**
 * The few fixed words that every screen has, apart from the rest so that the customer's screen stays small: before a view
 * has come, and for what only screen readers hear.
 */
import type { Language } from '../till/contract.ts';

const nb = {
  appName: 'Tillit',
  customerTitle: 'Kundeskjerm',
  moment: 'Et øyeblikk',
  noPairing: 'Denne skjermen er ikke koblet til en kasse.',
  noPairingHow: 'Åpne lenken som kassen viste da den startet. Den gjelder for denne skjermen alene.',
  connecting: 'Kobler til kassen …',
  qrAlt: 'QR-kode for betaling',
};

export type FirstTexts = Readonly<typeof nb>;

const en: FirstTexts = {
  appName: 'Tillit',
  customerTitle: 'Customer screen',
  moment: 'One moment',
  noPairing: 'This screen is not paired with a register.',
  noPairingHow: 'Open the link that the register showed when it started. It is for this screen alone.',
  connecting: 'Connecting to the register …',
  qrAlt: 'QR code for payment',
};

export const firstTexts: Readonly<Record<Language, FirstTexts>> = { nb, en };
