import { describe, expect, it } from 'vitest';
import { Turns } from '../../../server/head-office/turns.ts';

const PATIENT_MS = 60_000;

/** Work that goes on until it is told to end. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      ends.set(name, (error) => (error === undefined ? resolve(name) : reject(error)));
    });
  return { begun, work, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

describe('turns', () => {
  it('let so much begin at once, and the next in the order of asking', async () => {
    const { begun, work, end } = works();
    const turns = new Turns(2, 10, PATIENT_MS);
    const all = ['a', 'b', 'c', 'd'].map((name) => turns.run(work(name)));
    await Promise.resolve();
    expect(begun).toEqual(['a', 'b']);
    end('b');
    expect(await all[1]).toBe('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    end('c');
    expect(await all[2]).toBe('c');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('go on after work that fails', async () => {
    const { begun, work, end } = works();
    const turns = new Turns(1, 10, PATIENT_MS);
    const [first, second] = [turns.run(work('a')), turns.run(work('b'))];
    await Promise.resolve();
    end('a', new Error('the disk is full'));
    await expect(first).rejects.toThrow('the disk is full');
    end('b');
    expect(await second).toBe('b');
    expect(begun).toEqual(['a', 'b']);
  });

  it('are refused to whoever has waited too long, and the work is not done afterwards', async () => {
    const { begun, work, end } = works();
    const turns = new Turns(1, 10, 0);
    const first = turns.run(work('a'));
    await expect(turns.run(work('b'))).rejects.toMatchObject({ code: 'try-later' });
    end('a');
    expect(await first).toBe('a');
    const third = turns.run(work('c'));
    await Promise.resolve();
    end('c');
    expect(await third).toBe('c');
    expect(begun).toEqual(['a', 'c']);
  });

  it('are refused to whoever would be one too many, with a time to come again', async () => {
    const { begun, work, end } = works();
    const turns = new Turns(1, 1, PATIENT_MS);
    const [first, second, third] = ['a', 'b', 'c'].map((name) => turns.run(work(name)));
    await expect(third).rejects.toMatchObject({ code: 'try-later', facts: { retryAfterSeconds: expect.any(Number) } });
    end('a');
    expect(await first).toBe('a');
    end('b');
    expect(await second).toBe('b');
    expect(begun).toEqual(['a', 'b']);
  });

  it('say that they are full before the work is brought along', async () => {
    const { work, end } = works();
    const turns = new Turns(1, 1, PATIENT_MS);
    expect(() => turns.refuseWhenFull()).not.toThrow();
    const [first, second] = [turns.run(work('a')), turns.run(work('b'))];
    await Promise.resolve();
    expect(() => turns.refuseWhenFull()).toThrow(expect.objectContaining({ code: 'try-later' }));
    end('a');
    expect(await first).toBe('a');
    expect(() => turns.refuseWhenFull()).not.toThrow();
    end('b');
    expect(await second).toBe('b');
  });
});
