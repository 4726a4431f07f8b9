import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { distFailure, overlayOf, releaseFacts } from '../../scripts/dist-package.ts';
import { UsageError } from '../../server/web/options.ts';
import { root } from '../support/source-files.ts';

const folderOnly = { platform: 'linux', directoryOnly: true } as const;
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts', 'dist.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, TILLIT_HOMEPAGE: '', TILLIT_MAINTAINER: '', TILLIT_UPDATES_URL: '' },
  });

describe('npm run dist', () => {
  it('refuses what it does not understand in one sentence', () => {
    for (const args of [['--fax'], ['--win', '--mac']]) {
      const { status, stdout, stderr } = run(...args);
      expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    }
  });

  it('asks for a Debian package’s names before it builds anything', () => {
    const { status, stderr } = run('--linux');
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^A Debian package names who makes it: .*\n$/)]);
  });
});

describe('what a release adds', () => {
  it('is nothing when nothing is said', () => {
    const facts = releaseFacts({}, folderOnly);
    expect(facts).toEqual({ updatesUrl: null, homepage: null, maintainer: null });
    expect(overlayOf({ root, ...folderOnly, ...facts })).toEqual({});
  });

  it('is refused when it is not of its form', () => {
    for (const environment of [
      { TILLIT_UPDATES_URL: 'http://updates.example' },
      { TILLIT_UPDATES_URL: 'updates' },
      { TILLIT_HOMEPAGE: 'tillit' },
      { TILLIT_MAINTAINER: 'till@shop.example' },
    ]) {
      expect(() => releaseFacts(environment, folderOnly)).toThrow(UsageError);
    }
    expect(() => releaseFacts({}, { platform: 'linux', directoryOnly: false })).toThrow(UsageError);
    expect(() => releaseFacts({}, { platform: 'win', directoryOnly: false })).not.toThrow();
  });

  it('makes a signature a must as soon as the program replaces itself', () => {
    const facts = releaseFacts({ TILLIT_UPDATES_URL: 'https://updates.example/tillit' }, folderOnly);
    expect(overlayOf({ root, ...folderOnly, ...facts })).toEqual({
      publish: [{ provider: 'generic', url: 'https://updates.example/tillit' }],
      win: { forceCodeSigning: true },
      mac: { forceCodeSigning: true },
    });
  });
});

describe('a package that could not be made', () => {
  it('for want of a network says so, and what it needs', () => {
    for (const message of [
      'getaddrinfo ENOTFOUND github.com',
      'connect ECONNREFUSED 127.0.0.1:443',
      'Response code 403 (Forbidden) for https://github.com/electron/electron/releases',
      'cannot resolve https://github.com/electron/electron/releases: status code 404',
    ]) {
      const sentence = distFailure(new Error(`${message}\n    at somewhere (file.js:1:1)`));
      expect(sentence).toMatch(/^Electron, or a tool that packs it, could not be fetched from here .*reaches github\.com/);
      expect(sentence).not.toMatch(/\n| at /);
    }
  });

  it('for another reason gives that reason’s first line, and no stack', () => {
    expect(distFailure(new Error('Please specify an icon\n    at x'))).toBe('Please specify an icon');
    expect(distFailure(new UsageError('One platform at a time: --win, --mac or --linux.'))).toBe(
      'One platform at a time: --win, --mac or --linux.',
    );
    expect(distFailure('nothing')).toBe('The program could not be packed.');
  });
});
