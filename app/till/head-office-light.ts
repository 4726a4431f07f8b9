/** How the line to head office is, in a few words: whoever sells has nothing to do about most of it. */
import { dateText } from '../catalog/hears.ts';
import type { HaltCode } from '../chain/contact.ts';
import { localDateAndTime } from '../journal/entry-text.ts';
import type { ChainTexts } from '../text/chain.ts';
import type { DeviceLight } from './contract.ts';
import type { Desk } from './desk.ts';

/** None where the register is in no chain. */
export function headOfficeLight(desk: Desk, words: ChainTexts): readonly DeviceLight[] {
  const status = desk.ports.headOffice?.status();
  const device = 'head-office';
  if (status === undefined) return [];
  const { state, waiting } = status;
  switch (state.kind) {
    case 'not-enrolled':
      return [{ device, state: 'care', text: words.notEnrolled }];
    case 'asking':
      return [{ device, state: 'unknown', text: words.asking }];
    case 'linked':
      return [{ device, state: 'ok', text: words.ok }];
    case 'away':
      return [{ device, state: 'care', text: words.away(sinceText(desk, state.sinceMs), waiting) }];
    case 'halted':
      return [{ device, state: 'down', text: words.halted[haltedBy(state.code)] }];
  }
}

/** The time today, the date before: it stands among other lights. */
function sinceText(desk: Desk, atMs: number): string {
  const { date, time } = localDateAndTime(atMs, desk.ports.clock.offsetMinutes(atMs));
  return date === desk.today ? time.slice(0, 5) : dateText(date, desk.language('cashier'));
}

/** Whose turn it is: whoever enrols registers, whoever looks after journals. */
export function haltedBy(code: HaltCode): keyof ChainTexts['halted'] {
  switch (code) {
    case 'no-key':
    case 'key-revoked':
    case 'not-this-register':
      return 'key';
    case 'bad-entry':
    case 'other-entry':
    case 'broken-chain':
      return 'journal';
    case 'too-large':
      return 'tooLarge';
  }
}
