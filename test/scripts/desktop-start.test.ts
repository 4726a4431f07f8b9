import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, needsBuild } from '../../scripts/build.ts';
import { desktopProgram, type Machine, runDesktop, whyNotHere } from '../../scripts/desktop-start.ts';
import { type ElectronPackage, fetchElectron, findElectron } from '../../scripts/electron-binary.ts';
import { root } from '../support/source-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const machine = (facts: Partial<Machine> = {}): Machine => ({ platform: 'linux', environment: { DISPLAY: ':0' }, userId: 1000, ...facts });

/** A package of Electron's form whose program is a shell script, put there by an `install.js` that does `install`. */
function electronPackage(install: string, program = 'echo \'{"ready":true}\''): ElectronPackage {
  const directory = join(temporaryFolder(), 'node_modules', 'electron');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'electron', version: '45.4.1' }));
  const lines = [
    "const fs = require('node:fs');",
    "fs.appendFileSync('runs', '.');",
    'function unpack() {',
    "  fs.mkdirSync('dist', { recursive: true });",
    "  fs.writeFileSync('dist/version', 'v45.4.1');",
    `  fs.writeFileSync('dist/electron', ${JSON.stringify(`#!/bin/sh\n${program}\n`)}, { mode: 0o755 });`,
    "  fs.writeFileSync('path.txt', 'electron');",
    '}',
    install,
  ];
  writeFileSync(join(directory, 'install.js'), lines.join('\n'));
  return { directory, overrideDist: undefined };
}
const runsOf = ({ directory }: ElectronPackage) => readFileSync(join(directory, 'runs'), 'utf8').length;
const lockOf = ({ directory }: ElectronPackage) => join(directory, '..', '.cache', 'tillit', 'electron-fetch.lock');

describe('Electron', () => {
  it('is fetched once and then found', async () => {
    const electron = electronPackage('unpack();');
    expect(findElectron(electron)).toBeNull();
    const program = join(electron.directory, 'dist', 'electron');
    expect(await fetchElectron(20_000, electron)).toEqual({ program });
    expect(await fetchElectron(20_000, electron)).toEqual({ program });
    expect(findElectron(electron)).toBe(program);
    expect(runsOf(electron)).toBe(1);
    expect(existsSync(lockOf(electron))).toBe(false);
  });

  it('is fetched by one of many that want it at once', async () => {
    const electron = electronPackage('setTimeout(unpack, 300);');
    const all = await Promise.all(Array.from({ length: 5 }, () => fetchElectron(20_000, electron)));
    expect(new Set(all.map(({ program }) => program))).toEqual(new Set([join(electron.directory, 'dist', 'electron')]));
    expect(runsOf(electron)).toBe(1);
  });

  it('that cannot be fetched is said to be so, and the next may try again', async () => {
    const electron = electronPackage("throw new Error('no network');");
    expect(await fetchElectron(20_000, electron)).toEqual({ program: null, why: 'failed' });
    expect(await fetchElectron(20_000, electron)).toEqual({ program: null, why: 'failed' });
    expect(runsOf(electron)).toBe(2);
  });

  it('that takes too long is given up, and nothing goes on behind', async () => {
    const electron = electronPackage("fs.writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);");
    expect(await fetchElectron(3_000, electron)).toEqual({ program: null, why: 'late' });
    const pid = Number(readFileSync(join(electron.directory, 'pid'), 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect(existsSync(lockOf(electron))).toBe(false);
  });

  it('is waited for no longer than asked when another process holds the lock', async () => {
    const electron = electronPackage('unpack();');
    mkdirSync(join(lockOf(electron), '..'), { recursive: true });
    writeFileSync(lockOf(electron), String(process.pid));
    expect(await fetchElectron(300, electron)).toEqual({ program: null, why: 'late' });
    expect(existsSync(lockOf(electron))).toBe(true);
  });

  it('is fetched past a lock whose process has gone', async () => {
    const electron = electronPackage('unpack();');
    mkdirSync(join(lockOf(electron), '..'), { recursive: true });
    // Above the largest number that a process can have.
    writeFileSync(lockOf(electron), '4194305');
    expect(await fetchElectron(20_000, electron)).toEqual({ program: join(electron.directory, 'dist', 'electron') });
  });

  it('of another version, or half unpacked, does not count as there', async () => {
    const electron = electronPackage('unpack();');
    await fetchElectron(20_000, electron);
    writeFileSync(join(electron.directory, 'dist', 'version'), 'v44.0.0');
    expect(findElectron(electron)).toBeNull();
    const half = electronPackage("fs.mkdirSync('dist'); fs.writeFileSync('dist/version', '45.4.1');");
    expect(await fetchElectron(20_000, half)).toEqual({ program: null, why: 'failed' });
  });

  it('may be brought along in a folder of its own', () => {
    const overrideDist = temporaryFolder();
    const electron = { ...electronPackage(''), overrideDist };
    expect(findElectron(electron)).toBeNull();
    writeFileSync(join(electron.directory, 'path.txt'), 'electron');
    writeFileSync(join(overrideDist, 'electron'), '');
    expect(findElectron(electron)).toBe(join(overrideDist, 'electron'));
  });
});

describe('npm start', () => {
  it('opens no desktop program without a display, or as root', () => {
    expect(whyNotHere(machine())).toBeNull();
    expect(whyNotHere(machine({ environment: {} }))).toBe('there is no display here');
    expect(whyNotHere(machine({ environment: { DISPLAY: ':0', CI: 'true' } }))).toBe('there is no display here');
    expect(whyNotHere(machine({ userId: 0 }))).toBe('Electron does not run as root');
    expect(whyNotHere(machine({ platform: 'darwin', environment: {} }))).toBeNull();
  });

  it('does not even try to fetch where Electron could not run', async () => {
    const electron = electronPackage('unpack();');
    const found = await desktopProgram(machine({ environment: {} }), () => {}, electron);
    expect(found).toEqual({ program: null, line: expect.stringContaining('there is no display here') });
    expect(existsSync(join(electron.directory, 'runs'))).toBe(false);
  });

  it('says in one line why the screens open in a browser, and how to get the desktop', async () => {
    const missing = { directory: join(temporaryFolder(), 'node_modules', 'electron'), overrideDist: undefined };
    const packages = [missing, electronPackage("throw new Error('no');"), electronPackage('setInterval(() => {}, 1000);')];
    const lines: string[] = [];
    for (const electron of packages) {
      const found = await desktopProgram(machine(), () => {}, electron, 1_500);
      if (found.program === null) lines.push(found.line);
    }
    expect(lines).toEqual([
      'The screens open in a browser, because Electron is not installed. For the desktop program, run "npm ci" and start again.',
      'The screens open in a browser, because Electron could not be fetched. For the desktop program, run "npx install-electron" where the network allows it and start again.',
      'The screens open in a browser, because Electron could not be fetched within 1.5 seconds. For the desktop program, run "npx install-electron" where the network allows it and start again.',
    ]);
  });

  it('says that it fetches, and then runs what came', async () => {
    const electron = electronPackage('unpack();');
    let said = 0;
    const count = () => {
      said += 1;
    };
    const found = await desktopProgram(machine(), count, electron);
    expect(found.program).toBe(join(electron.directory, 'dist', 'electron'));
    await desktopProgram(machine(), count, electron);
    expect(said).toBe(1);
  });
});

describe('the desktop program that npm start runs', () => {
  function run(script: string) {
    const program = join(temporaryFolder(), 'electron');
    writeFileSync(program, `#!/bin/sh\n${script}\n`);
    chmodSync(program, 0o755);
    const complaints: string[] = [];
    return { ...runDesktop(program, ['here', '--data', 'kept'], (text) => complaints.push(text)), complaints };
  }

  it('is ready when it prints its line, and what it complains of afterwards is shown', async () => {
    const desktop = run('echo words; echo \'{"ready":true}\'; sleep 1; echo "$@" >&2; exit 3');
    expect(await desktop.started).toBe('ready');
    expect(await desktop.ended).toBe(3);
    expect(desktop.complaints.at(-1)).toBe('here --data kept --ready');
  });

  it('could not start when it ends badly before that, and nobody reads why', async () => {
    const desktop = run('echo "error while loading shared libraries: libnss3.so" >&2; exit 127');
    expect(await desktop.started).toBe('could-not-start');
    expect(desktop.complaints).toEqual([]);
  });

  it('has refused its configuration when it ends with 2', async () => {
    expect(await run('exit 2').started).toBe('refused');
  });

  it('has only shown a window that was open when it ends well without the line', async () => {
    expect(await run('exit 0').started).toBe('ended');
  });

  it('that cannot be run at all could not start', async () => {
    const desktop = runDesktop(join(temporaryFolder(), 'nothing'), [], () => {});
    expect(await desktop.started).toBe('could-not-start');
    expect(await desktop.ended).toBe(1);
  });

  it('is the register itself: the built program says that it is ready, and stops cleanly', async () => {
    if (needsBuild() && !build()) throw new Error('The program could not be built.');
    const double = join(root, 'test', 'electron', 'run-double.ts');
    const program = join(temporaryFolder(), 'electron');
    // Takes what Electron would take: the program's folder, then the program's own arguments.
    const script = `folder="$1"; shift; exec "${process.execPath}" "${double}" "$folder/dist/main/main.js" "$@"`;
    writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const configuration = join(root, 'demo-shop', 'configuration.json');
    const desktop = runDesktop(program, [root, '--config', configuration, '--data', join(temporaryFolder(), 'data')], () => {});
    expect(await desktop.started).toBe('ready');
    desktop.stop();
    expect(await desktop.ended).toBe(0);
  });

  it('ends when it is told to', async () => {
    const desktop = run('echo \'{"ready":true}\'; exec sleep 60');
    await desktop.started;
    desktop.stop();
    expect(await desktop.ended).toBe(1);
  });
});
