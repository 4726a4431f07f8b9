import { type FirstTexts, firstTexts } from '../../app/text/first.ts';
import type { Language } from '../../app/till/contract.ts';

/** The language, or the browser's own while none is known. */
export function languageOr(language: Language | undefined): Language {
  return language ?? (navigator.language.startsWith('en') ? 'en' : 'nb');
}

/** The words that a screen has before its first view. */
export function firstTextsFor(language: Language | undefined): FirstTexts {
  return firstTexts[languageOr(language)];
}
