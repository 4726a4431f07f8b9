import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Timers } from '../../app/till/ports.ts';
import { QUIET_MINUTES, startUpdates, type Updater, type Updates, whyOff } from '../../main/updates.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SIGNED = 'provider: generic\nurl: https://updates.example/tillit\npublisherName:\n  - Tillit AS\n';

/** Time that passes when it is told to. */
function handTimers() {
  let nowMs = 0;
  let pending: { atMs: number; run: () => void }[] = [];
  const timers: Timers = {
    after(delayMs, run) {
      const entry = { atMs: nowMs + delayMs, run };
      pending.push(entry);
      return {
        cancel: () => {
          pending = pending.filter((one) => one !== entry);
        },
      };
    },
  };
  const passMinutes = (minutes: number): void => {
    const untilMs = nowMs + minutes * 60_000;
    for (;;) {
      const next = pending.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      pending = pending.filter((one) => one !== next);
      nowMs = next.atMs;
      next.run();
    }
    nowMs = untilMs;
  };
  return { timers, passMinutes, count: () => pending.length };
}

/** Electron's updater as far as it is used; it tells what was asked of it. */
class RecordedUpdater implements Updater {
  autoDownload = false;
  autoInstallOnAppQuit = true;
  allowDowngrade = true;
  allowPrerelease = true;
  disableWebInstaller = false;
  logger: unknown = console;
  looks = 0;
  installs: readonly unknown[][] = [];
  fails = false;
  readonly #listeners = new Map<string, (value: never) => void>();
  on(event: string, listener: (value: never) => void): void {
    this.#listeners.set(event, listener);
  }
  emit(event: 'update-downloaded' | 'error', value: unknown): void {
    this.#listeners.get(event)?.(value as never);
  }
  checkForUpdates(): Promise<unknown> {
    this.looks += 1;
    if (!this.fails) return Promise.resolve(null);
    const error = new Error('net::ERR_INTERNET_DISCONNECTED\n<html>a whole page</html>');
    this.emit('error', error);
    return Promise.reject(error);
  }
  quitAndInstall(...args: unknown[]): void {
    this.installs = [...this.installs, args];
  }
}

interface Started {
  readonly updates: Updates;
  readonly updater: RecordedUpdater;
  readonly time: ReturnType<typeof handTimers>;
  readonly log: string[];
  rests: boolean;
}

async function started(platform: NodeJS.Platform = 'win32', updateFile: string | null = SIGNED): Promise<Started> {
  const resourcesPath = temporaryFolder();
  if (updateFile !== null) writeFileSync(join(resourcesPath, 'app-update.yml'), updateFile);
  const time = handTimers();
  const updater = new RecordedUpdater();
  const log: string[] = [];
  const state = { rests: true };
  const updates = await startUpdates({
    platform,
    isPackaged: true,
    resourcesPath,
    mayRestart: () => state.rests,
    log: { write: (level, event, facts) => log.push(`${level} ${event} ${JSON.stringify(facts)}`) },
    timers: time.timers,
    loadUpdater: () => Promise.resolve(updater),
  });
  return Object.assign(state, { updates, updater, time, log });
}

describe('updates', () => {
  it('are only for a package that knows an https address and can check who signed', () => {
    expect(whyOff('win32', true, SIGNED)).toBeNull();
    expect(whyOff('darwin', true, 'url: https://updates.example\n')).toBeNull();
    expect(whyOff('win32', false, SIGNED)).toBe('not-packaged');
    expect(whyOff('win32', true, null)).toBe('no-update-address');
    expect(whyOff('win32', true, SIGNED.replace('https', 'http'))).toBe('address-is-not-https');
    expect(whyOff('linux', true, SIGNED)).toBe('cannot-be-checked-on-linux');
  });

  it('on Windows need the publisher’s name, without which electron-updater lets everything through', () => {
    const url = 'url: https://updates.example\n';
    expect(whyOff('win32', true, `${url}publisherName: Tillit AS\n`)).toBeNull();
    for (const rest of [
      '',
      'publisherName:\n',
      'publisherName: \nupdaterCacheDirName: tillit\n',
      'publisherName: T\nverifyUpdateCodeSignature: false\n',
    ]) {
      expect([rest, whyOff('win32', true, url + rest)]).toEqual([rest, 'no-publisher-name']);
    }
  });

  it('that are off load nothing, wait for nothing and say why in the log', async () => {
    const { updates, updater, time, log } = await started('linux');
    expect(updates.state()).toEqual({ state: 'off', why: 'cannot-be-checked-on-linux' });
    expect([updater.looks, time.count(), updates.restartNow()]).toEqual([0, 0, false]);
    expect(log).toEqual(['info update.off {"why":"cannot-be-checked-on-linux"}']);
  });

  it('are looked for soon after the start and then four times a day', async () => {
    const { updater, time, updates } = await started();
    expect(updater.looks).toBe(0);
    time.passMinutes(1);
    expect(updater.looks).toBe(1);
    time.passMinutes(24 * 60);
    expect(updater.looks).toBe(5);
    updates.close();
    time.passMinutes(24 * 60);
    expect(updater.looks).toBe(5);
  });

  it('never go back to an older version, to one that is not finished, or to an installer that fetches more', async () => {
    const { updater } = await started();
    expect(updater).toMatchObject({ allowDowngrade: false, allowPrerelease: false, disableWebInstaller: true, autoDownload: true });
  });

  it('come after half an hour of rest', async () => {
    const { updater, time, updates } = await started();
    updater.emit('update-downloaded', { version: '0.2.0' });
    expect(updates.state()).toEqual({ state: 'ready', version: '0.2.0' });
    time.passMinutes(QUIET_MINUTES - 1);
    expect(updater.installs).toEqual([]);
    time.passMinutes(1);
    expect(updater.installs).toEqual([[true, true]]);
    time.passMinutes(600);
    expect(updater.installs.length).toBe(1);
  });

  it('wait as long as anything is unfinished, and a sale begins the half hour anew', async () => {
    const register = await started();
    register.updater.emit('update-downloaded', { version: '0.2.0' });
    register.rests = false;
    register.time.passMinutes(600);
    register.rests = true;
    register.time.passMinutes(QUIET_MINUTES - 1);
    register.rests = false;
    register.time.passMinutes(1);
    register.rests = true;
    register.time.passMinutes(QUIET_MINUTES - 1);
    expect(register.updater.installs).toEqual([]);
    register.time.passMinutes(1);
    expect(register.updater.installs.length).toBe(1);
  });

  it('come at once when they are asked for, but not in the middle of a sale', async () => {
    const register = await started();
    expect(register.updates.restartNow()).toBe(false);
    register.updater.emit('update-downloaded', { version: '0.2.0' });
    register.rests = false;
    expect(register.updates.restartNow()).toBe(false);
    expect(register.updater.installs).toEqual([]);
    register.rests = true;
    expect(register.updates.restartNow()).toBe(true);
    expect(register.updater.installs.length).toBe(1);
  });

  it('are put in place when the program is closed, unless something is unfinished', async () => {
    const register = await started();
    register.rests = false;
    register.updates.quitting();
    expect(register.updater.autoInstallOnAppQuit).toBe(false);
    register.rests = true;
    register.updates.quitting();
    expect(register.updater.autoInstallOnAppQuit).toBe(true);
  });

  it('on macOS are not handed to the system before the register restarts, which would install them at any end', async () => {
    const register = await started('darwin', 'url: https://updates.example\n');
    register.updates.quitting();
    expect(register.updater.autoInstallOnAppQuit).toBe(false);
  });

  it('that cannot be had are one line in the log, and are looked for again', async () => {
    const { updater, time, log } = await started();
    updater.fails = true;
    time.passMinutes(1);
    expect(log).toEqual(['warn update.failed {"reason":"net::ERR_INTERNET_DISCONNECTED"}']);
    updater.fails = false;
    time.passMinutes(6 * 60);
    expect(updater.looks).toBe(2);
  });
});
