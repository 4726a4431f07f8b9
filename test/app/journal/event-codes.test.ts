import { describe, expect, it } from 'vitest';
import { drawerEventCode } from '../../../app/journal/event-codes.ts';
import type { DrawerEvent } from '../../../app/journal/events.ts';

const codes = (...events: readonly DrawerEvent[]) => events.map(drawerEventCode).filter((code) => code !== null);
const intended: DrawerEvent = {
  type: 'drawer.open-intended',
  version: 1,
  payload: { openingId: 'd1', why: 'no-sale', saleId: null, reason: 'check', note: null },
};
const opened = (how: 'by-register' | 'by-hand' | 'found'): DrawerEvent => ({
  type: 'drawer.opened',
  version: 1,
  payload: { how, openingId: how === 'by-register' ? 'd1' : null },
});
const shut: DrawerEvent = { type: 'drawer.shut', version: 1, payload: { openMs: 4_000 } };

describe('the drawer’s event codes', () => {
  it('tell an opening by the register once, whether its switch tells of it too or not', () => {
    const sent: DrawerEvent = { type: 'drawer.open-sent', version: 1, payload: { openingId: 'd1' } };
    expect(codes(intended, sent)).toEqual(['13005']);
    expect(codes(intended, opened('by-register'), sent, shut)).toEqual(['13005', '13006']);
  });

  it('tell an opening with the key, and one that may have been', () => {
    expect(codes(opened('by-hand'), shut)).toEqual(['13005', '13006']);
    expect(codes(intended, { type: 'drawer.open-unknown', version: 1, payload: { openingId: 'd1', reason: 'restart' } })).toEqual([
      '13005',
    ]);
  });

  it('tell nothing of a drawer that did not open, or that stood open when the register began to look', () => {
    expect(codes(intended, { type: 'drawer.not-opened', version: 1, payload: { openingId: 'd1', reason: 'offline' } })).toEqual([]);
    expect(codes(opened('found'))).toEqual([]);
  });
});
