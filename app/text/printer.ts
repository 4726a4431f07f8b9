/** What people read when they connect a printer: why there is no line to it, what is wrong with a logo, and the test page. */
import type { PrinterCause } from '../till/ports.ts';

interface PrinterTexts {
  /** Under the plain trouble, where more is known. */
  readonly causes: Readonly<Record<PrinterCause, string>>;
  /** The printer answers nothing: it prints, and its paper is not known. */
  readonly notKnown: string;
  readonly logo: {
    readonly 'not-png': string;
    readonly 'too-many-points': string;
    readonly broken: string;
  };
  readonly testPage: {
    readonly title: string;
    readonly letters: string;
    readonly amounts: string;
    readonly article: string;
    readonly longArticle: string;
    readonly total: string;
    readonly barcode: string;
    readonly qr: string;
    readonly end: string;
  };
}

const nb: PrinterTexts = {
  causes: {
    'no-such-port': 'Det sitter ingenting i denne porten. Sett i kabelen, eller velg en annen port.',
    'no-permission': 'Denne brukeren får ikke bruke porten. I Linux: legg brukeren til i gruppen «dialout», og logg inn på nytt.',
    'in-use': 'Et annet program bruker porten. Lukk det, eller velg en annen port.',
    'no-such-host': 'Det finnes ingen enhet med dette navnet på nettverket. Sjekk adressen.',
    refused: 'Skriveren tar ikke imot. En annen kasse bruker den kanskje, eller porten er feil (vanligvis 9100).',
    'no-answer': 'Ingen svarer på adressen. Er skriveren på, og på samme nettverk som kassen?',
    'not-a-printer': 'Det som svarer, er ikke en kvitteringsskriver. Velg en annen port, eller en annen hastighet.',
    other: 'Porten kan ikke åpnes. Ta kabelen ut og sett den i igjen, og sjekk at hastigheten er riktig.',
  },
  notKnown: 'Skriveren sier ikke fra om papir og lokk. Se til den selv.',
  logo: {
    'not-png': 'Filen er ikke et PNG-bilde. Lagre logoen som PNG.',
    'too-many-points': 'Bildet er for stort. Lagre det mindre: 1000 punkter i bredden er mer enn nok.',
    broken: 'Bildet er ødelagt og kan ikke leses. Lagre det på nytt som PNG.',
  },
  testPage: {
    title: 'Prøveutskrift',
    letters: 'Bokstaver',
    amounts: 'Beløp skal stå under hverandre til høyre:',
    article: 'Blåbærsyltetøy',
    longArticle: 'Økologisk surdeigsbrød med gulrot, solsikkefrø og et navn som ikke får plass på én linje',
    total: 'TOTALT NOK',
    barcode: 'Skann strekkoden, den sier 12345678:',
    qr: 'Skann QR-koden, den sier TILLIT:',
    end: 'Kom alt med, er skriveren klar.',
  },
};

const en: PrinterTexts = {
  causes: {
    'no-such-port': 'Nothing is plugged into this port. Put the cable in, or choose another port.',
    'no-permission': 'This user may not use the port. On Linux: add the user to the group “dialout”, and log in again.',
    'in-use': 'Another program uses the port. Close it, or choose another port.',
    'no-such-host': 'There is no device of this name on the network. Check the address.',
    refused: 'The printer does not take the connection. Another register may be using it, or the port is wrong (usually 9100).',
    'no-answer': 'Nobody answers at the address. Is the printer on, and on the same network as the register?',
    'not-a-printer': 'What answers is not a receipt printer. Choose another port, or another speed.',
    other: 'The port cannot be opened. Take the cable out and put it in again, and check that the speed is right.',
  },
  notKnown: 'The printer does not tell about its paper and its cover. Look after it yourself.',
  logo: {
    'not-png': 'The file is not a PNG picture. Save the logo as PNG.',
    'too-many-points': 'The picture is too large. Save it smaller: 1000 points across are more than enough.',
    broken: 'The picture is damaged and cannot be read. Save it again as PNG.',
  },
  testPage: {
    title: 'Test print',
    letters: 'Letters',
    amounts: 'Amounts must stand under one another at the right:',
    article: 'Blueberry jam',
    longArticle: 'Organic sourdough bread with carrot, sunflower seeds and a name that does not fit on one line',
    total: 'TOTAL NOK',
    barcode: 'Scan the barcode, it says 12345678:',
    qr: 'Scan the QR code, it says TILLIT:',
    end: 'If all of it came, the printer is ready.',
  },
};

export const printerTexts = { nb, en };
