import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/** Brought by Electron, by Node, or found beside the program because it has a native part. Everything else is inside the bundle. */
const EXTERNAL = ['electron', 'better-sqlite3', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** `dist/main/main.js`, an ES module, and with `--mode preload` `dist/main/preload.cjs`, which a sandboxed window can load. */
export default defineConfig(({ mode }) => ({
  root: here,
  logLevel: 'warn',
  resolve: { conditions: ['node'], mainFields: ['module', 'main'] },
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3'], target: 'node' },
  build: {
    ssr: resolve(here, mode === 'preload' ? 'preload.ts' : 'main.ts'),
    outDir: resolve(here, '../dist/main'),
    // Two files, written over: whoever runs the program meanwhile never finds it without its preload.
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      external: EXTERNAL,
      output:
        mode === 'preload'
          ? { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false }
          : { format: 'es', entryFileNames: 'main.js', codeSplitting: false },
    },
  },
}));
