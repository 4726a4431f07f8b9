import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/** Brought by Electron, by Node, or found beside the program because it has a native part. Everything else is inside the bundle. */
const EXTERNAL = ['electron', 'better-sqlite3', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** The sandbox is a bundle of its own, beside the program's: the package takes `dist/main` and leaves `dist/sandbox` at home. */
const sandboxOutside = {
  name: 'sandbox-outside',
  enforce: 'pre' as const,
  resolveId: (source: string) =>
    source.endsWith('/sandbox/sandbox.ts') ? { id: '../sandbox/sandbox.js', external: 'relative' as const } : null,
};

/**
 * `serialport` is inside the bundle and looks for its native part in the folders around its own file, which are not there
 * any more. It is found by its name instead; Electron runs on no Linux but those with glibc.
 */
const nativeSerialPort = {
  name: 'native-serial-port',
  enforce: 'pre' as const,
  load: (id: string) => (id.endsWith('/@serialport/bindings-cpp/dist/serialport-bindings.js') ? NATIVE_SERIAL_PORT : null),
};
const NATIVE_SERIAL_PORT = `
import { createRequire } from 'node:module';
const { platform, arch } = process;
const folder = platform === 'darwin' ? 'darwin-x64+arm64' : platform + '-' + arch;
const flavour = (arch === 'arm64' && platform !== 'darwin' ? '.armv8' : '') + (platform === 'linux' ? '.glibc' : '');
export const binding = createRequire(import.meta.url)(
  '@serialport/bindings-cpp/prebuilds/' + folder + '/@serialport+bindings-cpp' + flavour + '.node',
);
`;

const ENTRIES: Readonly<Record<string, { readonly entry: string; readonly folder: string; readonly file: string }>> = {
  main: { entry: 'main.ts', folder: 'main', file: 'main.js' },
  preload: { entry: 'preload.ts', folder: 'main', file: 'preload.cjs' },
  sandbox: { entry: '../server/sandbox/sandbox.ts', folder: 'sandbox', file: 'sandbox.js' },
};

/** `dist/main/main.js`, an ES module, with `--mode sandbox` `dist/sandbox/sandbox.js`, and with `--mode preload` `dist/main/preload.cjs`, which a sandboxed window can load. */
export default defineConfig(({ mode }) => {
  const { entry, folder, file } = ENTRIES[mode] ?? { entry: 'main.ts', folder: 'main', file: 'main.js' };
  return {
    root: here,
    logLevel: 'warn',
    plugins: mode === 'sandbox' ? [] : [sandboxOutside, nativeSerialPort],
    resolve: { conditions: ['node'], mainFields: ['module', 'main'] },
    ssr: { noExternal: true, external: ['electron', 'better-sqlite3'], target: 'node' },
    build: {
      ssr: resolve(here, entry),
      outDir: resolve(here, '../dist', folder),
      // Files that are written over: whoever runs the program meanwhile never finds it without its preload.
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        external: EXTERNAL,
        output: { format: mode === 'preload' ? 'cjs' : 'es', entryFileNames: file, codeSplitting: false },
      },
    },
  };
});
