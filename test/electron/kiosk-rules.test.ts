import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDLE, type Key, kioskKey, lockedForMs, type Typing } from '../../main/kiosk.ts';
import { hashCode, isCode } from '../../main/manager-code.ts';
import { openMemory, readMemory } from '../../main/memory.ts';
import { readDesktopOptions } from '../../main/options.ts';
import { UsageError } from '../../server/web/options.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const key = (name: string, more: Partial<Key> = {}): Key => ({
  type: 'keyDown',
  key: name,
  code: /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : '',
  control: false,
  alt: false,
  shift: false,
  meta: false,
  ...more,
});
const chord = key('M', { control: true, alt: true, shift: true });
const press = (keys: readonly Key[], from: Typing = IDLE, nowMs = 0) =>
  keys.reduce((state, one) => kioskKey(state.typing, one, nowMs), { typing: from, act: 'pass' } as ReturnType<typeof kioskKey>);

describe('a locked register', () => {
  it('opens with the manager’s keys, the code’s digits and Enter, and the page sees none of them', () => {
    const seen: string[] = [];
    let typing: Typing = IDLE;
    for (const one of [chord, ...'4711'.split('').map((digit) => key(digit)), key('Enter')]) {
      const step = kioskKey(typing, one, 0);
      typing = step.typing;
      seen.push(step.act);
    }
    expect(seen).toEqual(['take', 'take', 'take', 'take', 'take', 'check']);
    expect(typing).toMatchObject({ kind: 'typing', digits: '4711' });
  });

  it('leaves every key of ordinary work to the page', () => {
    for (const name of ['a', '1', 'Enter', 'Escape', 'F8', 'F9', '/', '×'])
      expect([name, kioskKey(IDLE, key(name), 0).act]).toEqual([name, 'pass']);
  });

  it('takes the keys that would lead out', () => {
    for (const one of [
      key('F4', { alt: true }),
      key('F11'),
      key('F12'),
      key('F5'),
      key('w', { control: true }),
      key('q', { meta: true }),
      key('r', { control: true }),
    ]) {
      expect([one.key, kioskKey(IDLE, one, 0).act]).toEqual([one.key, 'take']);
    }
  });

  it('forgets a half-typed code after fifteen seconds, and at any other key', () => {
    const half = press([chord, key('4')]).typing;
    expect(kioskKey(half, key('7'), 20_000)).toEqual({ typing: IDLE, act: 'pass' });
    expect(press([chord, key('4'), key('a')]).typing).toEqual(IDLE);
    expect(press([chord, key('4'), key('Backspace'), key('5')]).typing).toMatchObject({ digits: '5' });
  });

  it('checks nothing that was not begun with the manager’s keys', () => {
    const plain = fc.array(fc.constantFrom('1', '2', 'Enter', 'Backspace', 'a').map((name) => key(name)));
    fc.assert(fc.property(plain, (keys) => void expect(press(keys).act).toBe('pass')));
  });

  it('makes whoever guesses wait', () => {
    expect([0, 2, 3, 4, 20].map(lockedForMs)).toEqual([0, 0, 2_000, 4_000, 60_000]);
  });

  it('knows its code by a salted hash', () => {
    const kept = hashCode('4711');
    expect([isCode('4711', kept), isCode('4712', kept), isCode('', kept)]).toEqual([true, false, false]);
    expect(hashCode('4711').hash).not.toBe(kept.hash);
  });
});

describe('what the program remembers of the machine', () => {
  const silent = { write: () => undefined };

  it('is kept, and is there at the next start', () => {
    const path = join(temporaryFolder(), 'new', 'desktop.json');
    openMemory(path, silent).change({ customerDisplay: { id: 7, label: 'Elo' } });
    expect(openMemory(path, silent).read()).toEqual({ customerDisplay: { id: 7, label: 'Elo' }, kiosk: false, managerCode: null });
  });

  it('holds a code that was written by hand only as its hash from then on', () => {
    const path = join(temporaryFolder(), 'desktop.json');
    writeFileSync(path, '{"kiosk": true, "managerCode": "471147"}');
    const { kiosk, managerCode } = openMemory(path, silent).read();
    expect(kiosk).toBe(true);
    expect(managerCode !== null && isCode('471147', managerCode)).toBe(true);
    expect(readFileSync(path, 'utf8')).not.toContain('471147');
  });

  it('is empty when the file is damaged, and the log says so', () => {
    const path = join(temporaryFolder(), 'desktop.json');
    const said: string[] = [];
    for (const text of ['', '{', '[]', 'null', '{"customerDisplay": {"id": "x"}, "kiosk": 1, "managerCode": 5}']) {
      writeFileSync(path, text);
      expect(openMemory(path, { write: (_level, event) => said.push(event) }).read()).toEqual({
        customerDisplay: null,
        kiosk: false,
        managerCode: null,
      });
    }
    expect(said).toEqual(Array(4).fill('desktop.memory-damaged'));
  });

  it('reads any text at all without falling over', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void expect(() => readMemory(text)).not.toThrow()));
  });
});

describe('the command line', () => {
  it('leaves Chromium’s own switches alone', () => {
    expect(readDesktopOptions(['--no-sandbox', '--disable-gpu', '--data', '/d', '--lang=nb', '--kiosk', '.'])).toEqual({
      configFile: null,
      dataDir: '/d',
      sandbox: false,
      kiosk: true,
      tablet: null,
      port: 0,
      afterSettings: false,
      ready: false,
    });
  });

  it('refuses nonsense with a sentence', () => {
    for (const args of [['--port', 'x'], ['--port', '70000'], ['--tablet', 'a b'], ['--data']])
      expect(() => readDesktopOptions(args)).toThrow(UsageError);
  });
});
