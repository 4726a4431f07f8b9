import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, posix, relative } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, needsBuild } from '../../scripts/build.ts';
import { packageIt } from '../../scripts/dist-package.ts';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { RunningDesktop } from '../electron/running-desktop.ts';
import { EmulatedPrinter } from '../emulated/emulated-printer.ts';
import { ptyPrinter } from '../emulated/pty-printer.ts';
import { emulatedScanner } from '../emulated/scanner.ts';
import { importsOf } from '../support/imports.ts';
import { sandboxConfiguration } from '../support/sandbox-configuration.ts';
import { projectFiles, root } from '../support/source-files.ts';
import { fusesOf, makeStandInElectron } from './stand-in-electron.ts';

// One package for all of these tests: electron-builder really makes it, around a stand-in for Electron.
const folder = mkdtempSync(join(tmpdir(), 'tillit-package-'));
const output = join(folder, 'out');
const installed = join(output, 'linux-unpacked');
const resources = join(installed, 'resources');
const unpacked = join(resources, 'app.asar.unpacked');
/** The archive's content, with what stands beside it put back: what the program sees. */
const seen = join(folder, 'seen');
let inside: readonly string[] = [];
let program: { readonly files: readonly string[]; readonly packages: readonly string[] } = { files: [], packages: [] };

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();

beforeAll(async () => {
  if (needsBuild() && !build()) throw new Error('The program could not be built.');
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')) as { version: string };
  const electronDist = join(folder, 'electron');
  makeStandInElectron(electronDist, version);
  const nobody = { homepage: null, maintainer: null };
  await packageIt({
    root,
    platform: 'linux',
    directoryOnly: true,
    updatesUrl: 'https://updates.example/tillit',
    ...nobody,
    electronDist,
    output,
  });
  program = programReachable();
  const archive = join(resources, 'app.asar');
  extractAll(archive, seen);
  inside = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').replace(/^\//, ''));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that the built screens lead to, from their pages on. */
function screensReachable(): string[] {
  const reached = new Set<string>();
  // The gallery is for development.
  const pages = projectFiles().filter((path) => /^renderer\/[a-z-]+\.html$/.test(path) && path !== 'renderer/gallery.html');
  const waiting = pages.map((path) => `dist/${path}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    if (!/\.(?:html|js|css)$/.test(path)) continue;
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, name = ''] of text.matchAll(/["'`(/]([A-Za-z0-9_.-]+\.(?:js|css|svg|png|woff2))\b/g)) {
      const asset = `dist/renderer/assets/${posix.basename(name)}`;
      if (existsSync(join(root, asset))) waiting.push(asset);
    }
  }
  return [...reached];
}

/** Everything that the built program leads to inside `dist/main`, and the packages that it wants. */
function programReachable(): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string };
  const waiting = [main, posix.join(posix.dirname(main), 'preload.cjs')];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path)) continue;
    files.add(path);
    for (const { specifier } of importsOf(path, readFileSync(join(root, path), 'utf8'))) {
      if (specifier === null || specifier.startsWith('node:') || specifier === 'electron') continue;
      // Practice is outside of the package, and a program that has none does without.
      if (specifier === '../sandbox/sandbox.js') continue;
      if (specifier.startsWith('.')) waiting.push(posix.join(posix.dirname(path), specifier));
      else if (!isBuiltin(specifier)) packages.add(specifier);
    }
  }
  return { files: [...files], packages: [...packages] };
}

describe('the packed program', () => {
  it('holds exactly what the program and its screens lead to, and nothing else', () => {
    const expected = new Set([
      'package.json',
      ...program.files,
      ...screensReachable(),
      ...projectFiles().filter((path) => path.startsWith('demo-shop/')),
    ]);
    const own = filesBelow(seen).filter((path) => !path.startsWith('node_modules/'));
    expect(own).toEqual([...expected].sort());
  });

  it('brings the packages that stay outside the bundle, and no others', () => {
    const packages = program.packages.map((name) => name.split('/')[0]);
    expect([...new Set(packages)]).toEqual(['better-sqlite3']);
    // Of serialport the native part alone: the rest of it is in the bundle.
    const brought = filesBelow(join(seen, 'node_modules')).map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    );
    expect([...new Set(brought)]).toEqual(['@serialport/bindings-cpp', 'better-sqlite3']);
  });

  it('has no sandbox in it: neither its bundle, nor a line of its code in the program’s', () => {
    expect(inside.filter((path) => /sandbox/i.test(path))).toEqual([]);
    // What only a sandbox says; each is in its own bundle, so that this test finds what it looks for.
    const sandbox = readFileSync(join(root, 'dist', 'sandbox', 'sandbox.js'), 'utf8');
    const texts = filesBelow(seen)
      .filter((path) => path.startsWith('dist/main/'))
      .map((path) => readFileSync(join(seen, path), 'utf8'));
    for (const word of ['/sandbox/payments/:reference/:action', 'startSandbox(options', 'NoSuchPayment', 'Kiosken']) {
      expect([word, sandbox.includes(word)]).toEqual([word, true]);
      expect([word, texts.some((text) => text.includes(word))]).toEqual([word, false]);
    }
  });

  it('leaves the head office, the tests, the documents and the sources at home', () => {
    expect(inside.filter((path) => /^(?:app|docs|hardware|main|renderer|scripts|server|test|out|build)\//.test(path))).toEqual([]);
    expect(inside.filter((path) => /\.(?:ts|tsx|map|md)$/.test(path))).toEqual([]);
  });

  it('has the native part of this platform alone, outside the archive where it can be loaded', () => {
    const flavour = process.arch === 'arm64' ? '.armv8.glibc' : '.glibc';
    expect(filesBelow(unpacked)).toEqual([
      `node_modules/@serialport/bindings-cpp/prebuilds/linux-${process.arch}/@serialport+bindings-cpp${flavour}.node`,
      `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
    ]);
  });

  it('opens a database with nothing but what it brings', () => {
    const script = [
      "const Database = require('better-sqlite3');",
      "const database = new Database(':memory:');",
      "process.stdout.write(String(database.prepare('select 40 + 2 as answer').get().answer));",
    ].join('\n');
    cpSync(unpacked, seen, { recursive: true });
    expect(execFileSync(process.execPath, ['-e', script], { cwd: seen, encoding: 'utf8' })).toBe('42');
  });

  it('prints over a serial port and hears a serial scanner with nothing but what it brings', async () => {
    cpSync(unpacked, seen, { recursive: true });
    const emulated = new EmulatedPrinter();
    const [printer, scanner, sandbox] = await Promise.all([ptyPrinter(emulated), emulatedScanner(), startSandbox()]);
    const configFile = join(folder, 'serial.json');
    const devices = { printer: { kind: 'serial', path: printer.path }, scanner: { kind: 'serial', path: scanner.path } };
    writeFileSync(configFile, JSON.stringify({ ...sandboxConfiguration(sandbox), drawer: { connected: false }, ...devices }));
    const desktop = await RunningDesktop.start({
      main: join(seen, 'dist', 'main', 'main.js'),
      args: ['--ready', '--config', configFile, '--data', join(folder, 'serial-data')],
      choices: { isPackaged: true, appPath: seen },
      waitForOwnLine: true,
    });
    try {
      const cashier = await desktop.page('/cashier');
      await cashier.getByText('Skriver: ikke tilkoblet').waitFor({ state: 'detached' });
      await cashier.getByText('Skanner: ikke tilkoblet').waitFor({ state: 'detached' });
      await scanner.scan('7090000010010');
      await cashier.getByRole('list', { name: 'Varer i salget' }).getByText('Kneipp, grovt').waitFor();
      await cashier.evaluate(`window.tillit.send({ type: 'pay-cash', receivedOre: 4_000 })`);
      await expect.poll(() => emulated.papers.at(-1), { timeout: 20_000 }).toContain('Kneipp, grovt');
    } finally {
      await desktop.kill();
      await Promise.all([printer.close(), scanner.close(), sandbox.close()]);
    }
  }, 90_000);

  it('starts without keys, asks for them or for the address of a sandbox, and practises against one that is started elsewhere', async () => {
    cpSync(unpacked, seen, { recursive: true });
    const sandbox = await startSandbox();
    const start = {
      main: join(seen, 'dist', 'main', 'main.js'),
      args: ['--ready', '--data', join(folder, 'data')],
      choices: { isPackaged: true, appPath: seen },
      waitForOwnLine: true,
    };
    const first = await RunningDesktop.start(start);
    try {
      expect(first.ownLine).toBe('{"ready":true}');
      const page = await first.page('/settings');
      const step = (name: string) => page.getByRole('heading', { name, level: 2 }).waitFor();
      const next = () => page.getByRole('button', { name: 'Lagre og fortsett' }).click();
      await step('Butikk');
      await page.getByLabel('Organisasjonsnummer').fill('974760673');
      await next();
      await step('Språk');
      await next();
      await step('Betaling');
      await next();
      await page.getByRole('status').getByText('Dette programmet har ingen øvelse innebygd.').waitFor();
      await page.getByLabel('Adressen til øvelsen').fill(sandbox.url);
      await next();
      await step('Skriver');
      await next();
      await step('Pengeskuff');
      await next();
      await step('Skanner');
      await next();
      await step('Kundeskjerm');
      await next();
      // All of it is taken up by starting anew.
      expect(await first.ended).toMatchObject({ code: 0 });

      const second = await RunningDesktop.start(start);
      try {
        const cashier = await second.page('/cashier');
        for (const command of [{ type: 'add-article', articleNumber: '1001' }, { type: 'pay-vipps' }])
          expect(await cashier.evaluate(`window.tillit.send(${JSON.stringify(command)})`)).toMatchObject({ ok: true });
        await expect.poll(() => sandbox.control.payments().length).toBe(1);
      } finally {
        await second.kill();
      }
    } finally {
      await first.kill();
      await sandbox.close();
    }
  }, 120_000);

  it('says nothing of how it was made', () => {
    const facts = JSON.parse(readFileSync(join(seen, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(facts).toMatchObject({ name: 'tillit', main: 'dist/main/main.js', type: 'module' });
    expect([facts.scripts, facts.devDependencies]).toEqual([undefined, undefined]);
  });

  it('has its fuses set in the program itself', () => {
    expect(fusesOf(readFileSync(join(installed, 'tillit')))).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      nodeCliInspect: false,
      embeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      wasmTrapHandlers: true,
    });
  });

  it('speaks the languages of its screens', () => {
    expect(readdirSync(join(installed, 'locales')).sort()).toEqual(['en-GB.pak', 'en-US.pak', 'nb.pak']);
  });

  it('knows where its updates come from', () => {
    expect(readFileSync(join(resources, 'app-update.yml'), 'utf8')).toMatch(/^url: https:\/\/updates\.example\/tillit$/m);
  });
});
