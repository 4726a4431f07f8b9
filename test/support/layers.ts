/** Who may import whom: this table is the rule, and `docs/decisions/0001-text-in-app.md` says why two of its rows are wider than first drawn. */
import { dirname, posix } from 'node:path';
import { type FoundImport, importsOf } from './imports.ts';

export interface Layer {
  /** The files this row is about: a folder, or one file without its ending. The longest one that fits a file wins. */
  readonly of: string;
  /** Folders, or files without their ending, that may be imported. Its own folder always may. */
  readonly mayImport: readonly string[];
  /** Packages. `node:` stands for all that Node itself brings. */
  readonly packages: readonly string[];
  /** These may be imported for their types only. */
  readonly typesOnly?: readonly string[];
}

const SCREEN_PACKAGES = ['react', 'react-dom', 'zustand', 'qrcode', '@fontsource-variable/inter'];

const LAYERS: readonly Layer[] = [
  { of: 'app', mayImport: ['app'], packages: ['zod', 'libphonenumber-js'] },
  {
    of: 'hardware',
    mayImport: ['hardware', 'app/till/ports', 'app/receipt'],
    typesOnly: ['app/journal'],
    packages: ['serialport', 'better-sqlite3', '@point-of-sale/receipt-printer-encoder', 'qrcode', 'pngjs', 'node:'],
  },
  {
    of: 'renderer',
    mayImport: ['app/till/contract', 'app/money', 'app/text', 'app/receipt/receipt-code', 'app/refund/shares'],
    typesOnly: ['app/head-office', 'app/refund/contract', 'app/till/desktop-bridge', 'app/till/settings', 'app/till/settings-devices'],
    packages: SCREEN_PACKAGES,
  },
  { of: 'renderer/vite.config', mayImport: [], packages: ['vite', '@vitejs/plugin-react', 'node:'] },
  {
    of: 'main',
    mayImport: ['main/channels', 'app', 'hardware', 'server/web', 'package'],
    packages: ['electron', 'electron-updater', 'node:'],
  },
  { of: 'main/vite.config', mayImport: [], packages: ['vite', 'node:'] },
  {
    of: 'main/preload',
    mayImport: ['main/channels'],
    typesOnly: ['app/till/contract', 'app/till/desktop-bridge'],
    packages: ['electron'],
  },
  { of: 'main/channels', mayImport: [], typesOnly: ['app/till/contract', 'app/till/desktop-bridge'], packages: [] },
  {
    of: 'server/web',
    mayImport: ['app', 'hardware', 'server/sandbox/sandbox', 'package'],
    packages: ['fastify', '@fastify/static', 'ws', 'fflate', 'node:'],
  },
  {
    of: 'server/head-office',
    mayImport: [
      'app/catalog',
      'app/head-office',
      'app/money',
      'app/refund',
      'app/text/catalogue',
      'app/till/settings-operators',
      'app/vipps',
      'app/journal',
      'app/till/ports',
      'hardware/clock',
      'hardware/http',
      'hardware/crypto',
      'server/web/built-screens',
      'server/web/guard',
      'server/web/parent-watch',
    ],
    packages: ['fastify', '@fastify/static', 'kysely', 'pg', 'better-sqlite3', 'node:'],
  },
  { of: 'server/sandbox', mayImport: [], packages: ['fastify', 'ws', 'zod', 'qrcode', 'pngjs', 'node:'] },
];

/** Not held to the table, because they stand outside the house and look in. Nobody inside may look out at them. */
const OUTSIDE = ['scripts', 'test', 'vitest.config'];

const within = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
const withoutEnding = (path: string) => path.replace(/\.(d\.)?[a-z]+$/, '');

function layerOf(path: string): Layer | null {
  const name = withoutEnding(path);
  return LAYERS.filter((layer) => within(name, layer.of)).sort((a, b) => b.of.length - a.of.length)[0] ?? null;
}

/** `@scope/name/deep` → `@scope/name`. */
function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** The file a relative import means, from the checkout's root; `null` for a package. */
function resolveImport(path: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.normalize(posix.join(dirname(path), specifier)) : null;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What is wrong with a file's imports, each as a sentence. `exists` tells whether a path is in the project; `packages` are those the program is installed with. */
export function layerViolations(file: SourceFile, exists: (path: string) => boolean, packages: ReadonlySet<string>): string[] {
  const layer = layerOf(file.path);
  const outside = OUTSIDE.some((place) => within(withoutEnding(file.path), place));
  if (layer === null && !outside) return [`${file.path} is in no room of the house.`];
  return importsOf(file.path, file.text).flatMap((found) => {
    const why = outside || layer === null ? forOutside(file.path, found, exists) : forLayer(file.path, layer, found, exists, packages);
    return why === null ? [] : [`${file.path} imports ${found.specifier ?? 'something computed'}: ${why}`];
  });
}

function forOutside(path: string, found: FoundImport, exists: (path: string) => boolean): string | null {
  const target = found.specifier === null ? null : resolveImport(path, found.specifier);
  if (target !== null && !exists(target)) return 'there is no such file.';
  // The double is held to Electron's own types; no test ever runs Electron in its own process.
  const isDouble = path.startsWith('test/electron/') && found.typeOnly;
  if (found.specifier !== null && packageName(found.specifier) === 'electron' && !isDouble) return 'only main/ may have Electron.';
  return null;
}

function forLayer(
  path: string,
  layer: Layer,
  found: FoundImport,
  exists: (path: string) => boolean,
  packages: ReadonlySet<string>,
): string | null {
  const { specifier } = found;
  if (specifier === null) return 'nobody can check it.';
  if (specifier.startsWith('reference:')) return 'a reference brings in globals that the room must not have.';
  const target = resolveImport(path, specifier);
  if (target === null) {
    const name = specifier.startsWith('node:') ? 'node:' : packageName(specifier);
    if (!layer.packages.includes(name)) return `${layer.of}/ may not have this package.`;
    if (name !== 'node:' && !found.typeOnly && !packages.has(name)) return 'the package is not among the dependencies.';
    return null;
  }
  if (!exists(target)) return 'there is no such file.';
  const name = withoutEnding(target);
  if (!/\.[a-z]+$/.test(posix.basename(target))) return 'the name needs its ending.';
  if (within(name, layer.of) && layerOf(target)?.of === layer.of) return null;
  if (layer.mayImport.some((place) => within(name, place)) && (layerOf(target)?.of !== 'main' || layer.of === 'main')) return null;
  if (layer.typesOnly?.some((place) => within(name, place)) === true) return found.typeOnly ? null : 'only its types may be imported here.';
  return `${layer.of}/ may not look into ${dirname(target)}/.`;
}

/**
 * The rooms of app/. `app/till` holds the shapes that all rooms agree on (leaves) and the till that wires all rooms (the
 * top), so its files count one by one.
 */
function roomOf(path: string): string | null {
  const [house, room] = path.split('/');
  if (house !== 'app' || room === undefined) return null;
  return room === 'till' ? withoutEnding(path) : `app/${room}`;
}

/** Circles of rooms in app/ that need each other when the program runs, each as `a → b → a`. Types need nobody then. */
export function roomCycles(files: readonly SourceFile[]): string[] {
  const needs = new Map<string, Set<string>>();
  for (const file of files) {
    const from = roomOf(file.path);
    if (from === null) continue;
    for (const found of importsOf(file.path, file.text)) {
      const target = found.typeOnly || found.specifier === null ? null : resolveImport(file.path, found.specifier);
      const to = target === null ? null : roomOf(target);
      if (to !== null && to !== from) needs.set(from, (needs.get(from) ?? new Set()).add(to));
    }
  }
  return cyclesIn(needs);
}

/** Every circle once, found from its alphabetically first member. */
export function cyclesIn(needs: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const cycles = new Set<string>();
  const visit = (start: string, path: readonly string[]): void => {
    for (const next of needs.get(path.at(-1) ?? '') ?? []) {
      if (next === start) cycles.add([...path, start].join(' → '));
      else if (next > start && !path.includes(next)) visit(start, [...path, next]);
    }
  };
  for (const start of needs.keys()) visit(start, [start]);
  return [...cycles].sort();
}

export const isSource = (path: string) => /\.(ts|tsx|mts|cts)$/.test(path) && !path.endsWith('.d.ts');
