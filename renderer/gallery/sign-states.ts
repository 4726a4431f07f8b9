/** The printed codes as the provider has them, for the gallery. */
import { fill } from '../../app/text/screen.ts';
import { settingsTexts } from '../../app/text/settings.ts';
import type { Language } from '../../app/till/contract.ts';
import type { SignsView } from '../../app/till/settings.ts';

/** A register with its sign, two codes that open a page, and an address that works. */
export function signsOf(language: Language): SignsView {
  const { reachable } = settingsTexts[language].signs;
  const { facts } = reachable;
  return {
    brand: 'Vipps',
    location: 'Kasse 1',
    sign: { location: 'Kasse 1' },
    signProblem: null,
    redirects: [
      { id: 'vindu', redirectUrl: 'https://kolonialen.example/nettbutikk' },
      { id: 'bord-4', redirectUrl: 'https://kolonialen.example/meny/bord-4' },
    ],
    trouble: null,
    outside: {
      tone: 'good',
      text: fill(reachable.listening, { address: 'http://127.0.0.1:8450' }),
      facts: [
        { label: facts.address, value: 'https://kasse1.kolonialen.example', tone: 'plain' },
        { label: facts.payments, value: reachable.registered, tone: 'good' },
        { label: facts.checkIns, value: fill(reachable.troubled, { code: 'webhooks:400' }), tone: 'bad' },
        { label: facts.heard, value: '112', tone: 'plain' },
        { label: facts.refused, value: '3', tone: 'care' },
      ],
    },
  };
}

/** Before any was made, in a shop without an address from outside. */
export function noSigns(language: Language): SignsView {
  return { ...signsOf(language), sign: null, signProblem: settingsTexts[language].signs.sign.needsAddress, redirects: [], outside: null };
}

/** The register has another name now, and another register has the webhook. */
export function renamedSign(language: Language): SignsView {
  return { ...signsOf(language), location: 'Kasse ved inngangen', signProblem: settingsTexts[language].signs.sign.notRegistered };
}

/** The provider does not answer. */
export function silentSigns(language: Language): SignsView {
  return { ...noSigns(language), trouble: settingsTexts[language].signs.silent };
}
