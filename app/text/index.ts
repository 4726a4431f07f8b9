/** Every text that people read, by language. The renderer takes `screen.ts` alone, to stay small. */
import type { Language } from '../till/contract.ts';
import { type ChainTexts, chainTexts } from './chain.ts';
import { drawerTexts } from './drawer.ts';
import { paymentTexts } from './payment.ts';
import { type ReturnTexts, returnTexts } from './returns.ts';
import { type ScanTexts, scanTexts } from './scan.ts';
import { type ScreenTexts, screenTexts } from './screen.ts';
import { tillTexts } from './till.ts';

type Both<T> = { readonly nb: T; readonly en: T };

/** The compiler refuses a key that one language lacks: both sides must be of one shape. */
function bothOf<T>(section: Both<T>): Both<T> {
  return section;
}

export type PaymentTexts = (typeof paymentTexts)['nb'];
export type TillTexts = (typeof tillTexts)['nb'];

const payment: Both<PaymentTexts> = bothOf<PaymentTexts>(paymentTexts);
const till: Both<TillTexts> = bothOf<TillTexts>(tillTexts);

export interface Texts {
  readonly screen: ScreenTexts;
  readonly payment: PaymentTexts;
  readonly till: TillTexts;
  readonly drawer: (typeof drawerTexts)['nb'];
  readonly scan: ScanTexts;
  readonly chain: ChainTexts;
  readonly returns: ReturnTexts;
}

/** All texts in one language. */
export function texts(language: Language): Texts {
  return {
    screen: screenTexts[language],
    payment: payment[language],
    till: till[language],
    drawer: drawerTexts[language],
    scan: scanTexts[language],
    chain: chainTexts[language],
    returns: returnTexts[language],
  };
}
