import { type ScreenTexts, screenTexts } from '../../app/text/screen.ts';
import type { Language } from '../../app/till/contract.ts';
import { languageOr } from './first-texts.ts';

/** The fixed words in a language; before the first view, in the browser's own. */
export function textsFor(language: Language | undefined): ScreenTexts {
  return screenTexts[languageOr(language)];
}
