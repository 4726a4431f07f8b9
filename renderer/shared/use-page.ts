import { useEffect } from 'react';
import type { Language, Theme } from '../../app/till/contract.ts';

/** Puts language, theme and title on the page itself, where the browser and screen readers look for them. */
export function usePage(language: Language, theme: Theme, title: string): void {
  useEffect(() => {
    document.documentElement.lang = language === 'nb' ? 'nb' : 'en';
    document.documentElement.dataset.theme = theme;
    document.title = title;
  }, [language, theme, title]);
}
