import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isHolding,
  WEDGE_AFTER_SCAN_MS,
  WEDGE_GAP_MS,
  WEDGE_MIN_LENGTH,
  type WedgeKey,
  type WedgeState,
  wedgeIdle,
  wedgeKey,
  wedgeSilence,
  wedgeStroke,
} from '../../../renderer/shared/wedge.ts';

function press(key: string, atMs: number, more: Partial<WedgeKey> = {}): WedgeKey {
  const code = /^\d$/.test(key) ? `Digit${key}` : /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  return { key, code, shift: false, ctrl: false, alt: false, meta: false, altGraph: false, capsLock: false, repeat: false, atMs, ...more };
}

interface Outcome {
  readonly scans: readonly string[];
  readonly typed: string;
  readonly passed: readonly string[];
  readonly state: WedgeState;
}

/** Presses keys one after the other, with the page's own timer in between. */
function play(keys: readonly WedgeKey[]): Outcome {
  let state = wedgeIdle;
  let typed = '';
  const scans: string[] = [];
  const passed: string[] = [];
  for (const key of keys) {
    if (isHolding(state) && key.atMs - state.lastAtMs > WEDGE_GAP_MS) {
      const silent = wedgeSilence(state);
      state = silent.state;
      typed += silent.release;
    }
    const step = wedgeKey(state, key);
    state = step.state;
    typed += step.release;
    if (step.scan !== null) scans.push(step.scan);
    if (!step.swallow) passed.push(key.key);
  }
  return { scans, typed, passed, state };
}

const scanOf = (code: string, startMs: number, gapMs: number, end = 'Enter') =>
  [...code, end].map((key, index) => press(key, startMs + index * gapMs));

describe('A scanner that types', () => {
  it('is heard as one code, and nothing of it goes further', () => {
    const heard = play(scanOf('7038010000123', 1_000, 8));
    expect(heard).toMatchObject({ scans: ['7038010000123'], typed: '', passed: [] });
  });

  it('may end with Tab instead of Enter', () => {
    expect(play(scanOf('7038010000123', 0, 20, 'Tab')).scans).toEqual(['7038010000123']);
  });

  it('may end with Enter twice, and the second one presses nothing', () => {
    const keys = scanOf('7038010000123', 0, 10);
    const last = keys.at(-1)?.atMs ?? 0;
    expect(play([...keys, press('Enter', last + 5)])).toMatchObject({ scans: ['7038010000123'], passed: [] });
  });

  it('may end with a line feed as Ctrl+J, which opens no window', () => {
    const keys = scanOf('7038010000123', 0, 10);
    const last = keys.at(-1)?.atMs ?? 0;
    expect(play([...keys, press('j', last + 5, { ctrl: true, code: 'KeyJ' })]).passed).toEqual([]);
  });

  it('may end with a line feed as Ctrl+J alone', () => {
    expect(play([...scanOf('7038010000123', 0, 10).slice(0, -1), press('j', 130, { ctrl: true, code: 'KeyJ' })])).toMatchObject({
      scans: ['7038010000123'],
      passed: [],
    });
  });

  it('is understood under a keyboard layout that has its digits elsewhere', () => {
    const french = [...'7038010000123'].map((digit, index) => press('à', index * 10, { code: `Digit${digit}` }));
    expect(play([...french, press('Enter', 130)]).scans).toEqual(['7038010000123']);
  });

  it('may press Shift in between', () => {
    const keys = [
      press('Shift', 0),
      press('A', 5, { shift: true }),
      press('1', 20),
      press('Shift', 30),
      press('B', 35, { shift: true }),
      press('Enter', 50),
    ];
    expect(play(keys).scans).toEqual(['A1B']);
  });

  it('may send the group separator of GS1 codes', () => {
    const keys = [...'0112', press(']', 45, { ctrl: true, code: 'BracketRight' })].map((key, index) =>
      typeof key === 'string' ? press(key, index * 10) : key,
    );
    expect(play([...keys, press('7', 55), press('Enter', 65)]).scans).toEqual(['0112\u001d7']);
  });

  it('scans twice in a row', () => {
    expect(play([...scanOf('5001', 0, 10), ...scanOf('5002', 400, 10)]).scans).toEqual(['5001', '5002']);
  });
});

describe('A page that was busy', () => {
  it('takes back what it let through too early, and hears the whole code', () => {
    let state = wedgeIdle;
    for (const [index, key] of [...'7038'].entries()) state = wedgeKey(state, press(key, index * 10)).state;
    const silent = wedgeSilence(state);
    expect(silent.release).toBe('7038');
    const late = wedgeKey(silent.state, press('0', 40));
    expect(late).toMatchObject({ takeBack: true, release: '', swallow: true });
    expect(wedgeKey(late.state, press('Enter', 50))).toMatchObject({ scan: '70380', takeBack: false });
  });

  it('hears the whole code even when only its Enter was late to be handled', () => {
    let state = wedgeIdle;
    for (const [index, key] of [...'7038'].entries()) state = wedgeKey(state, press(key, index * 10)).state;
    expect(wedgeKey(wedgeSilence(state).state, press('Enter', 45))).toMatchObject({ scan: '7038', takeBack: true });
  });
});

describe('A person who types', () => {
  it('reaches the field with every character, in order', () => {
    const heard = play([...'kneipp'].map((key, index) => press(key, index * 120)));
    expect(heard.typed + heard.state.held.typed).toBe('kneipp');
    expect(heard.scans).toEqual([]);
  });

  it('may roll two keys over each other and press Enter', () => {
    const heard = play([press('k', 0), press('a', 30), press('Enter', 220)]);
    expect(heard).toMatchObject({ scans: [], typed: 'ka', passed: ['Enter'] });
  });

  it('has what was typed in the field before Backspace comes', () => {
    const heard = play([press('k', 0), press('Backspace', 40)]);
    expect(heard).toMatchObject({ typed: 'k', passed: ['Backspace'] });
  });

  it('keeps the shortcuts of the browser and the register', () => {
    expect(play([press('r', 0, { ctrl: true }), press('F9', 10), press('Escape', 20)]).passed).toEqual(['r', 'F9', 'Escape']);
  });

  it('presses a button with the space bar', () => {
    expect(wedgeKey(wedgeIdle, press(' ', 0), false)).toMatchObject({ swallow: false, release: '' });
  });

  it('gets the signs of the own layout, whatever a scanner would mean by the same keys', () => {
    expect(wedgeStroke(press('!', 0, { code: 'Digit1', shift: true }))?.typed).toBe('!');
    expect(wedgeStroke(press('@', 0, { code: 'Digit2', altGraph: true, ctrl: true, alt: true }))?.typed).toBe('@');
    expect(wedgeStroke(press('é', 0, { code: 'Digit2' }))).toMatchObject({ typed: 'é', own: '2' });
  });
});

describe('Any mixture of typing and scanning', () => {
  const character = fc.constantFrom(...'0123456789abcXYZ-.');
  const gap = fc.integer({ min: 1, max: 400 });

  it('loses no character and invents none', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(character, gap), { maxLength: 40 }), (presses) => {
        let atMs = 0;
        const keys = presses.map(([key, wait]) => {
          atMs += wait;
          return press(key, atMs);
        });
        const heard = play(keys);
        expect(heard.typed + heard.state.held.typed).toBe(presses.map(([key]) => key).join(''));
      }),
    );
  });

  it('hears every code that comes fast enough, after any typing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: character, maxLength: 6 }),
        fc.string({ unit: character, minLength: WEDGE_MIN_LENGTH, maxLength: 40 }),
        fc.integer({ min: 1, max: WEDGE_GAP_MS }),
        (typed, code, gapMs) => {
          const typing = [...typed].map((key, index) => press(key, index * 200));
          const heard = play([...typing, ...scanOf(code, typed.length * 200 + 200, gapMs)]);
          expect(heard.scans).toEqual([code]);
          expect(heard.typed).toBe(typed);
        },
      ),
    );
  });

  it('never takes a slow code for a scan', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: character, minLength: 1, maxLength: 20 }),
        fc.integer({ min: WEDGE_GAP_MS + 1, max: 500 }),
        (code, gapMs) => {
          expect(play(scanOf(code, 0, gapMs)).scans).toEqual([]);
        },
      ),
    );
  });

  it('lets an Enter through again once the scan is over', () => {
    const keys = scanOf('5001', 0, 10);
    const last = keys.at(-1)?.atMs ?? 0;
    expect(play([...keys, press('Enter', last + WEDGE_AFTER_SCAN_MS + 1)]).passed).toEqual(['Enter']);
  });

  it('an Enter after another key is a person’s, however soon it comes', () => {
    const keys = scanOf('5001', 0, 10);
    const last = keys.at(-1)?.atMs ?? 0;
    expect(play([...keys, press('F8', last + 20), press('Enter', last + 40)]).passed).toEqual(['F8', 'Enter']);
    expect(play([...keys, press('7', last + 20), press('Enter', last + 40)]).passed).toContain('Enter');
  });
});
