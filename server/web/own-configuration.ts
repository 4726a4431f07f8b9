/** The shop that comes with the program is never changed: settings write into a working copy of it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the demo shop is inside a checkout or a package. */
export const demoShop = (appPath: string): string => join(appPath, 'demo-shop');

/**
 * The working copy in `folder`, as the path of its configuration. At the first start it is made of `demo`, marked as not
 * set up, so that the guided first start asks for the owner's own; ever after it is the owner's and stays as it is.
 * Throws Node's own error when the folder cannot be written.
 */
export function ownConfiguration(folder: string, demo: string): string {
  return workingCopy(folder, demo, { setUp: false });
}

/**
 * What a register with `--config` works with: the file itself, unless it is the one of the program's own demo shop. That
 * one gets a working copy in the data folder, which keeps what the settings change.
 */
export function changeableConfiguration(configFile: string, dataDir: string, appPath: string): string {
  const demo = demoShop(appPath);
  return resolve(configFile) === resolve(demo, 'configuration.json') ? workingCopy(join(dataDir, 'shop'), demo, {}) : configFile;
}

function workingCopy(folder: string, demo: string, more: object): string {
  const own = join(folder, 'configuration.json');
  if (existsSync(own)) return own;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The configuration comes last: without it the next start copies anew. Read and written, since a package is an archive.
  const names = readdirSync(demo).filter((name) => name !== 'configuration.json');
  for (const name of names) writeFileSync(join(folder, name), readFileSync(join(demo, name)));
  const shop = JSON.parse(readFileSync(join(demo, 'configuration.json'), 'utf8')) as object;
  writeFileSync(own, `${JSON.stringify({ ...shop, ...more }, null, 2)}\n`, { mode: 0o600 });
  return own;
}
