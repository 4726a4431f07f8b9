import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { currencyName, formatOre } from '../../app/money/format.ts';
import type { ScreenTexts } from '../../app/text/screen.ts';
import type { CashierView, Language } from '../../app/till/contract.ts';
import type { LinkState } from '../link/link.ts';
import { textsFor } from '../shared/use-texts.ts';
import type { Till, TillState } from './till-store.ts';

export const TillContext = createContext<Till | null>(null);

/** A component of the cashier's screen was drawn outside of it. */
export class NoTillError extends Error {
  override readonly name = 'NoTillError';
}

export interface UsedTill {
  readonly till: Till;
  readonly view: CashierView;
  readonly texts: ScreenTexts;
  readonly language: Language;
  readonly state: TillState;
  /** What was asked over a line that broke is asked again when this is `online`. */
  readonly link: LinkState;
  /** An amount as text, with the currency's name. */
  readonly money: (ore: number) => string;
  /** What stands beside a field for an amount. */
  readonly unit: string;
  readonly mark: ',' | '.';
}

export function useTill(): UsedTill {
  const till = useContext(TillContext);
  if (till === null) throw new NoTillError('There is no till around this part of the screen.');
  const view = useStore(till.views, (state) => state.view);
  const link = useStore(till.views, (state) => state.link);
  const state = useStore(till.state);
  if (view === null) throw new NoTillError('The till has not sent a view yet.');
  const { language } = view;
  return {
    till,
    view,
    texts: textsFor(language),
    language,
    state,
    link,
    money: (ore) => formatOre(ore, language, view.currency),
    unit: currencyName(language, view.currency),
    mark: language === 'nb' ? ',' : '.',
  };
}
