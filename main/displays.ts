/** Where the customer's window belongs, decided from the displays that are there now. Pure; `windows.ts` does it. */

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is known of a display. Sizes and places in device-independent pixels. */
export interface DisplayFacts {
  readonly id: number;
  readonly label: string;
  readonly bounds: Area;
  /** `bounds` without the system's bars. */
  readonly workArea: Area;
}

/** The display that was the customer's last. Its id is the system's own; the label helps where that changes between starts. */
export interface RememberedDisplay {
  /** `null`: only the label is known. */
  readonly id: number | null;
  readonly label: string;
}

/** A display as the configuration's `display.screenId` names it: the system's number and the label, `1002 Elo 15`. */
export const screenIdOf = ({ id, label }: RememberedDisplay): string => (id === null ? label : `${id} ${label}`.trim().slice(0, 120));

/** What a `display.screenId` means; a text without a number is a label that somebody wrote. `null` has none: the program chooses. */
export function readScreenId(screenId: string | null): RememberedDisplay | null {
  if (screenId === null) return null;
  const [, id, label = ''] = /^(-?\d{1,15})(?: (.*))?$/.exec(screenId) ?? [];
  return id === undefined ? { id: null, label: screenId } : { id: Number(id), label };
}

export type CustomerPlace =
  /** Alone on a display of its own. */
  | { readonly kind: 'full-screen'; readonly display: DisplayFacts }
  /** There is one display: a window that can be moved, with a hint in its title. */
  | { readonly kind: 'window'; readonly area: Area };

/** The remembered one, by id, else the only one with its label. */
export function findRemembered(displays: readonly DisplayFacts[], remembered: RememberedDisplay | null): DisplayFacts | null {
  if (remembered === null) return null;
  const byId = displays.find((display) => display.id === remembered.id);
  if (byId !== undefined) return byId;
  const [alike, ...more] = displays.filter((display) => display.label === remembered.label && display.label !== '');
  return alike !== undefined && more.length === 0 ? alike : null;
}

/**
 * The customer's place. It is never the display that the cashier works on: covering that one stops the shop.
 * @param cashierDisplayId where the cashier's window is
 */
export function placeCustomer(
  displays: readonly DisplayFacts[],
  cashierDisplayId: number,
  remembered: RememberedDisplay | null,
): CustomerPlace {
  const others = displays.filter((display) => display.id !== cashierDisplayId);
  const chosen = findRemembered(others, remembered) ?? others[0];
  if (chosen !== undefined) return { kind: 'full-screen', display: chosen };
  const only = displays.find((display) => display.id === cashierDisplayId) ?? displays[0];
  return { kind: 'window', area: only === undefined ? { x: 0, y: 0, width: 420, height: 560 } : cornerOf(only.workArea) };
}

/** The cashier's display at the start: the primary one, unless that is the customer's. */
export function placeCashier(displays: readonly DisplayFacts[], primary: DisplayFacts, remembered: RememberedDisplay | null): DisplayFacts {
  if (findRemembered(displays, remembered)?.id !== primary.id) return primary;
  return displays.find((display) => display.id !== primary.id) ?? primary;
}

/** The lower left corner: the cashier's payment stands on the right. */
function cornerOf(area: Area): Area {
  const width = Math.min(420, Math.floor(area.width / 2));
  const height = Math.min(560, Math.floor(area.height * 0.7));
  return { x: area.x, y: area.y + area.height - height, width, height };
}

/** Whether enough of a window can be seen and grabbed: 100 × 40 pixels of its upper part on some display. */
export function isReachable(window: Area, displays: readonly DisplayFacts[]): boolean {
  return displays.some(({ workArea: area }) => {
    const wide = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
    const high = Math.min(window.y + window.height, area.y + area.height) - Math.max(window.y, area.y);
    return wide >= 100 && high >= 40 && window.y >= area.y - 20;
  });
}
