/** The provider's name and colours, per market. Data, because the brands are changing: one place to follow them. */
import type { Currency, Market } from '../money/amount.ts';
import type { Brand } from './contract.ts';

export type { Market } from '../money/amount.ts';

const BRANDS: Readonly<Record<Market, Brand>> = {
  NO: { name: 'Vipps', background: '#FF5B24', ink: '#15171C' },
  DK: { name: 'MobilePay', background: '#5A78FF', ink: '#15171C' },
  FI: { name: 'MobilePay', background: '#5A78FF', ink: '#15171C' },
};

const CURRENCIES = { NO: 'NOK', DK: 'DKK', FI: 'EUR' } as const;

export function brandOf(market: Market): Brand {
  return BRANDS[market];
}

/** A sales unit's currency is its market's (the provider refuses any other, 5040). */
export function currencyOf(market: Market): Currency {
  return CURRENCIES[market];
}
