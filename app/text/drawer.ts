/** What the register says about the cash drawer. */
import type { PrinterTrouble } from '../till/ports.ts';

interface DrawerTexts {
  readonly light: {
    readonly closed: string;
    readonly open: string;
    readonly openTooLong: string;
    readonly unknown: string;
    readonly uncalibrated: string;
  };
  /** While it is known to be open. */
  readonly isOpen: string;
  /** It has been open for longer than it may. */
  readonly openTooLong: string;
  readonly didNotOpen: Readonly<Record<PrinterTrouble, string>>;
  /** The pulse was sent, and the drawer says that it is still shut. */
  readonly stillShut: string;
  readonly unknown: string;
  /** Power or program went between the intent and its outcome. */
  readonly restarted: string;
}

const KEY_NB = 'Åpne skuffen med nøkkelen.';
const KEY_EN = 'Open it with the key.';

export const drawerTexts: { readonly nb: DrawerTexts; readonly en: DrawerTexts } = {
  nb: {
    light: {
      closed: 'Skuff',
      open: 'Skuff: åpen',
      openTooLong: 'Skuff: lukk den',
      unknown: 'Skuff: melder ikke fra',
      uncalibrated: 'Skuff: ikke kalibrert',
    },
    isOpen: 'Skuffen er åpen. Lukk den før neste vare.',
    openTooLong: 'Skuffen har stått åpen lenge. Lukk skuffen før neste vare.',
    didNotOpen: {
      offline: `Skuffen åpnet seg ikke: skriveren svarer ikke. ${KEY_NB}`,
      gone: `Skuffen åpnet seg ikke: kassen har ikke kontakt med skriveren. ${KEY_NB}`,
      'paper-out': `Skuffen åpnet seg ikke: skriveren er tom for papir. ${KEY_NB}`,
      'cover-open': `Skuffen åpnet seg ikke: lokket på skriveren er åpent. ${KEY_NB}`,
      error: `Skuffen åpnet seg ikke: skriveren melder feil. ${KEY_NB}`,
    },
    stillShut: `Skuffen er fortsatt lukket. ${KEY_NB}`,
    unknown: `Det er usikkert om skuffen åpnet seg. Er den lukket? ${KEY_NB}`,
    restarted: 'Kassen startet på nytt mens skuffen skulle åpnes. Er den lukket? Åpne den fra menyen eller med nøkkelen.',
  },
  en: {
    light: {
      closed: 'Drawer',
      open: 'Drawer: open',
      openTooLong: 'Drawer: close it',
      unknown: 'Drawer: does not report',
      uncalibrated: 'Drawer: not calibrated',
    },
    isOpen: 'The drawer is open. Close it before the next article.',
    openTooLong: 'The drawer has been open for a long time. Close it before the next article.',
    didNotOpen: {
      offline: `The drawer did not open: the printer does not answer. ${KEY_EN}`,
      gone: `The drawer did not open: there is no contact with the printer. ${KEY_EN}`,
      'paper-out': `The drawer did not open: the printer is out of paper. ${KEY_EN}`,
      'cover-open': `The drawer did not open: the printer’s cover is open. ${KEY_EN}`,
      error: `The drawer did not open: the printer reports an error. ${KEY_EN}`,
    },
    stillShut: `The drawer is still closed. ${KEY_EN}`,
    unknown: `It is not certain that the drawer opened. Is it closed? ${KEY_EN}`,
    restarted: 'The register restarted while the drawer was to be opened. Is it closed? Open it from the menu or with the key.',
  },
};
