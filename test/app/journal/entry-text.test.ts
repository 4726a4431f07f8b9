import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../app/journal/canonical.ts';
import { entryText, localDateAndTime, signedText } from '../../../app/journal/entry-text.ts';
import { newEpoch } from '../../../app/journal/epoch.ts';
import { nodeRandom } from '../../../hardware/crypto/random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { cashSale, openJournalIn } from './journal-in-folder.ts';

describe("an entry's texts", () => {
  it('the hashed text is the canonical JSON of the whole entry without its hashes', () => {
    const { journal } = openJournalIn(temporaryFolder());
    for (const entry of [...journal.read(1, 1), ...journal.append(cashSale(1))]) {
      const { prevHash: _, hash: __, ...rest } = entry;
      expect(entryText(entry, canonicalJson(entry.payload))).toBe(canonicalJson(rest));
    }
    journal.close();
  });

  it('the signed text is the one of the official example', () => {
    const transaction = { number: 2, date: '2016-11-24', time: '10:39:00', amountIn: '1.00', amountEx: '0.96' };
    expect(signedText('0', transaction)).toBe('0;2016-11-24;10:39:00;2;1.00;0.96');
  });

  it('date and time are local, also past midnight', () => {
    expect(localDateAndTime(Date.UTC(2026, 11, 31, 23, 30, 5), 60)).toEqual({ date: '2027-01-01', time: '00:30:05' });
  });
});

describe('an epoch', () => {
  it('is four characters without look-alikes, a letter first', () => {
    for (let times = 0; times < 500; times += 1) expect(newEpoch(nodeRandom)).toMatch(/^[a-hjkmnp-z][a-hjkmnp-z2-9]{3}$/);
  });
});
