import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = import.meta.dirname;
const page = (name: string) => resolve(here, `${name}.html`);

/** One page a screen. The gallery is for development and tests: `--mode gallery`, or the development server. */
export default defineConfig(({ command, mode }) => {
  const withGallery = command === 'serve' || mode === 'gallery' || mode === 'development';
  const pages = ['cashier', 'customer', 'printer', 'settings', 'head-office', ...(withGallery ? ['gallery'] : [])];
  return {
    root: here,
    base: './',
    plugins: [react()],
    server: { host: '127.0.0.1' },
    build: {
      outDir: resolve(here, '../dist/renderer'),
      emptyOutDir: true,
      target: 'chrome120',
      modulePreload: { polyfill: false },
      // A data: address for a script or a style would need a hole in the server's content policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: Object.fromEntries(pages.map((name) => [name, page(name)])) },
    },
  };
});
