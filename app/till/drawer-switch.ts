/** What the drawer's switch says. Pure: levels in, open or shut out. */
import type { DrawerLevel, PrinterStatus } from './ports.ts';

/** `unknown`: the printer tells nothing, or nobody has found out yet which level means open. It forbids nothing. */
export type DrawerState = 'open' | 'closed' | 'unknown';

/** In these states what the printer said last is no longer known to be true. */
const AWAY: ReadonlySet<PrinterStatus['state']> = new Set(['offline', 'gone']);

/** @param openWhen the level of the switch while the drawer is open; `null` while that is not known. */
export function drawerState(status: PrinterStatus, openWhen: DrawerLevel | null): DrawerState {
  const level = levelOf(status);
  if (level === null || openWhen === null) return 'unknown';
  return level === openWhen ? 'open' : 'closed';
}

/** The level as the printer tells it now; `null` when it does not. */
export function levelOf(status: PrinterStatus): DrawerLevel | null {
  return AWAY.has(status.state) ? null : (status.drawerLevel ?? null);
}

/** Why two readings do not tell which level means open. */
export type CalibrationTrouble =
  /** The printer tells no level: it is away, or it answers nothing. */
  | 'silent'
  /** The same level both times: the drawer did not move, or its switch is not connected. */
  | 'same';

/**
 * Which level means open, from a reading with the drawer shut and one with it open. Nothing is assumed about the drawer's
 * make: whoever stands there says which is which.
 */
export function calibrate(
  whileShut: DrawerLevel | null,
  whileOpen: DrawerLevel | null,
): { readonly openWhen: DrawerLevel } | { readonly trouble: CalibrationTrouble } {
  if (whileShut === null || whileOpen === null) return { trouble: 'silent' };
  return whileShut === whileOpen ? { trouble: 'same' } : { openWhen: whileOpen };
}
