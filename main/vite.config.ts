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
    plugins: mode === 'sandbox' ? [] : [sandboxOutside],
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
