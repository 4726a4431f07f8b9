/** What follows from the shop's country in its settings: the number's form, and that the country stays. */
import type { Market } from '../../app/money/amount.ts';
import { mistakeText, type SettingsTexts } from '../../app/text/settings.ts';
import { type Configuration, ECOM_MARKET, ownProviderOf } from '../../app/till/configuration.ts';
import { orgNumberMistake } from '../../app/till/org-number.ts';
import { Refused } from './settings-refused.ts';

/** The form of another country's number is right there, and wrong here. @throws Refused */
export function assertOfCountry(orgNumber: string, market: Market, texts: SettingsTexts): void {
  const mistake = orgNumberMistake(orgNumber, market);
  if (mistake === null) return;
  const said = mistake === 'bad-check-digit' ? mistakeText(texts, mistake) : texts.orgNumberOf[market];
  throw new Refused('bad-field', said, 'orgNumber');
}

/** A journal is kept in one currency: the country is chosen before the first sale. @throws Refused */
export function assertMayMove(market: Market, configuration: Configuration, texts: SettingsTexts): void {
  if (market === configuration.shop.market) return;
  if (configuration.setUp) throw new Refused('bad-field', texts.service.marketFixed, 'market');
  if (ownProviderOf(configuration)?.api === 'ecom' && market !== ECOM_MARKET)
    throw new Refused('bad-field', texts.service.ecomOnlyInNorway, 'market');
}
