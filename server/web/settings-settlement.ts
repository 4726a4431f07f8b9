/** The settlement on the manager's page: one day at a time is compared, and its file is made of the very same answer. */
import { localDateAndTime } from '../../app/journal/entry-text.ts';
import type { Reconciled } from '../../app/report/reconcile-day.ts';
import { settlementCsv } from '../../app/report/settlement-csv.ts';
import { settlementTroubleText, settlementView } from '../../app/report/settlement-view.ts';
import { settingsTexts } from '../../app/text/settings.ts';
import { settlementTexts } from '../../app/text/settlement.ts';
import { brandOf, type Market } from '../../app/till/brand.ts';
import type { Language } from '../../app/till/contract.ts';
import type { Clock } from '../../app/till/ports.ts';
import type { SettingsAnswer } from '../../app/till/settings.ts';
import { Refused } from './settings-refused.ts';

export interface SettlementDesk {
  /** @throws Refused with the sentence why there is none */
  show(date: string): Promise<SettingsAnswer>;
  /** The file of the day that was shown last, or of another one, which is compared first. @throws Refused */
  file(date: string): Promise<SettingsAnswer>;
}

type Settled = Extract<Reconciled, { kind: 'settled' }>;

export function createSettlementDesk(options: {
  readonly settle: ((date: string) => Promise<Reconciled>) | null;
  readonly clock: Pick<Clock, 'offsetMinutes'>;
  readonly language: () => Language;
  readonly market: () => Market;
  /** Head office has the keys. */
  readonly isRelayed: () => boolean;
}): SettlementDesk {
  const { settle, clock, language } = options;
  let last: Settled | null = null;
  /** The provider is asked one day after the other. */
  let queue: Promise<unknown> = Promise.resolve();
  const brand = () => brandOf(options.market()).name;

  async function compare(date: string): Promise<Settled> {
    if (settle === null) {
      const { noSettlement, settlementElsewhere } = settingsTexts[language()].service;
      throw new Refused('no-settlement', options.isRelayed() ? settlementElsewhere : noSettlement);
    }
    const asked = queue.then(() => settle(date));
    queue = asked.catch(() => {});
    const found = await asked;
    if (found.kind === 'trouble') throw new Refused('no-settlement', settlementTroubleText(found, language(), brand()));
    last = found;
    return found;
  }

  return {
    async show(date) {
      const { settlement } = await compare(date);
      return { ok: true, type: 'settlement', settlement: settlementView(settlement, language(), brand()) };
    },
    async file(date) {
      const { settlement } = last?.settlement.date === date ? last : await compare(date);
      const local = (atMs: number) => localDateAndTime(atMs, clock.offsetMinutes(atMs));
      const text = settlementCsv(settlement, { language: language(), brand: brand(), local });
      const fileName = settlementTexts[language()].csv.fileName(date);
      return { ok: true, type: 'bundle', fileName, base64: Buffer.from(text, 'utf8').toString('base64') };
    },
  };
}
