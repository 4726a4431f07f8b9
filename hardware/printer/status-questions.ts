/** The bytes that ask a printer how it is. Epson, *ESC/POS Command Reference*. */
import type { StatusQuestion } from './status-bytes.ts';

const DLE = 0x10;
const EOT = 0x04;
const GS = 0x1d;

/** `DLE EOT n`: answered at once, whatever waits in the printer's buffer. */
export function askNow(question: StatusQuestion): readonly number[] {
  return [DLE, EOT, question];
}

/** `GS r 1`: the paper sensor, answered when everything before it has been worked off. */
export const ASK_SENSOR: readonly number[] = [GS, 0x72, 1];

/** `GS ( H`: says these four characters back when everything before it has been worked off. */
export function askResponse(id: string): readonly number[] {
  return [GS, 0x28, 0x48, 6, 0, 0x30, 0x30, ...Buffer.from(id.slice(0, 4).padStart(4, '0'), 'latin1')];
}

/** `GS a 15`: from now on the printer says by itself when its drawer, its line, its errors or its paper change. `ESC @` ends it. */
export const TELL_BY_YOURSELF: readonly number[] = [GS, 0x61, 0x0f];

/** `DLE DC4 1 m t`: opens the drawer at once, even without paper. `t` counts tenths of a second. */
export function kickNow(pin: 2 | 5): Uint8Array {
  return Uint8Array.of(DLE, 0x14, 1, pin === 2 ? 0 : 1, 1);
}
