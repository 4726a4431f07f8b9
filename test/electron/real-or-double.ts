/** Which Electron the desktop's tests run on: the real one where its program is, else the double. */
import { findElectron } from '../../scripts/electron-binary.ts';

export type RealOrDouble = { readonly electron: 'real'; readonly program: string } | { readonly electron: 'double' };

/** `TILLIT_ELECTRON=double` takes the double even where Electron is; then nothing is looked for. */
export function realOrDouble(environment: Readonly<Record<string, string | undefined>> = process.env): RealOrDouble {
  const program = environment.TILLIT_ELECTRON === 'double' ? null : findElectron();
  return program === null ? { electron: 'double' } : { electron: 'real', program };
}

/** One line for whoever reads the test's output. */
export function whichElectron(chosen: RealOrDouble = realOrDouble()): string {
  return chosen.electron === 'real'
    ? `Electron: the real one, ${chosen.program}`
    : 'Electron: the double (test/electron/double), because Electron’s own program is not on this machine or was not wanted';
}
