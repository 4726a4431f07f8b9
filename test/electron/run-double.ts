/**
 * Runs a built main file the way Electron would, with the double in Electron's place:
 * `node test/electron/run-double.ts dist/main/main.js [ARGUMENTS]`. The first line it prints is a `DoubleReadyLine`.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serveControl } from './double/control.ts';
import { Double, type DoubleOptions } from './double/double.ts';

export interface DoubleReadyLine {
  readonly electron: 'double';
  /** Where a browser driver finds the windows' pages. */
  readonly devtools: string;
  /** Where `ControlRequest`s are posted to. */
  readonly control: string;
  /** Chromium's own folder: left behind by a process that was killed. */
  readonly profile: string;
}

/** What a test may choose, as JSON in `TILLIT_DOUBLE`. */
export type DoubleChoices = Partial<Pick<DoubleOptions, 'userData' | 'appPath' | 'displays' | 'keyStore' | 'isPackaged' | 'locale'>>;

const root = join(import.meta.dirname, '..', '..');
const [node = '', , main = join(root, 'dist', 'main', 'main.js'), ...args] = process.argv;
const choices = JSON.parse(process.env.TILLIT_DOUBLE ?? '{}') as DoubleChoices;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const options: DoubleOptions = {
  userData: choices.userData ?? mkdtempSync(join(tmpdir(), 'tillit-double-data-')),
  appPath: choices.appPath ?? root,
  name: 'Tillit',
  version,
  isPackaged: choices.isPackaged ?? false,
  locale: choices.locale ?? 'nb-NO',
  displays: choices.displays ?? 2,
  keyStore: choices.keyStore ?? 'real',
  exit: (code) => process.exit(code),
};
// A packaged program has no script on its command line.
process.argv = options.isPackaged ? [node, ...args] : [node, resolve(main), ...args];

const double = new Double(options);
const PLACE = 'tillit.electron-double';
Object.defineProperty(globalThis, Symbol.for(PLACE), { value: double.electron });
const names = Object.keys(double.electron);
const source = [
  `const electron = globalThis[Symbol.for('${PLACE}')];`,
  ...names.map((name) => `export const ${name} = electron.${name};`),
  'export default electron;',
].join('\n');
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main' ? { url: 'double:electron', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) => (url === 'double:electron' ? { format: 'module', source, shortCircuit: true } : next(url, context)),
});
Object.defineProperty(process, 'type', { value: 'browser' });

await import(pathToFileURL(resolve(main)).href);
if (!double.app.hasEnded) {
  const [controlUrl] = await Promise.all([serveControl(double), double.startChromium(options.locale)]);
  const ready: DoubleReadyLine = { electron: 'double', devtools: double.devtools, control: controlUrl, profile: double.profile };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  double.app.becomeReady();
}
