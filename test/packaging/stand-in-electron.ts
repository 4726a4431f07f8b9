/** A folder of the form of Electron's own, for packing where the real one cannot be had: no program, but fuses to set. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stands in Electron's program before its fuses. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** In the order in which Electron keeps them. */
const FUSES = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
] as const;
type Fuse = (typeof FUSES)[number];

/** Makes it in `folder`, with every fuse the wrong way round so that one that is not set shows. */
export function makeStandInElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const wire = '100100011';
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([Buffer.alloc(64), Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(wire), Buffer.alloc(64)]),
  );
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), version);
  for (const language of ['en-US', 'en-GB', 'nb', 'de', 'ja']) writeFileSync(join(folder, 'locales', `${language}.pak`), language);
}

/** The fuses inside a program, as its bytes say. */
export function fusesOf(program: Buffer): Readonly<Record<Fuse, boolean>> {
  const at = program.indexOf(SENTINEL) + SENTINEL.length;
  const wire = program.toString('latin1', at + 2, at + 2 + FUSES.length);
  return Object.fromEntries(FUSES.map((name, index) => [name, wire[index] === '1'])) as Record<Fuse, boolean>;
}
