/** Whether real money moves, said on every screen while it does not. */
import type { Texts } from '../text/index.ts';
import type { Configuration } from './configuration.ts';

export function movesNoMoney(configuration: Configuration): boolean {
  return configuration.provider?.environment !== 'production';
}

/** `null` in production. Without a sales unit the register practises against the sandbox. */
export function practiceText(configuration: Configuration, words: Texts): string | null {
  switch (configuration.provider?.environment ?? 'sandbox') {
    case 'production':
      return null;
    case 'test':
      return words.till.testEnvironment;
    case 'sandbox':
      return words.till.practice;
  }
}
