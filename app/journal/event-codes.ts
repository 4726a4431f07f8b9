/**
 * The tax administration's event codes (SAF-T Cash Register, list 13), apart from the entries: an entry can never be
 * changed, and a code that was read wrongly must be. Only the drawer's so far.
 */
import type { DrawerEvent } from './events.ts';

const DRAWER_OPENED = '13005';
const DRAWER_SHUT = '13006';

/**
 * The code that an entry about the drawer has, `null` for none: each opening has one, whether it was the register that sent
 * the pulse or somebody with the key.
 */
export function drawerEventCode(event: DrawerEvent): typeof DRAWER_OPENED | typeof DRAWER_SHUT | null {
  switch (event.type) {
    case 'drawer.open-sent':
    // The line or the power went: it may have opened, and an opening too many is better told than one too few.
    case 'drawer.open-unknown':
      return DRAWER_OPENED;
    case 'drawer.opened':
      return event.payload.how === 'by-hand' ? DRAWER_OPENED : null;
    case 'drawer.shut':
      return DRAWER_SHUT;
    case 'drawer.open-intended':
    case 'drawer.not-opened':
      return null;
  }
}
