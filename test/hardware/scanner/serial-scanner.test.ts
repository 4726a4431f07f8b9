/** A serial scanner behind a real pty, with what goes wrong at a counter. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../../app/till/ports.ts';
import { nodeTimers } from '../../../hardware/clock/node-clock.ts';
import { serialEnd } from '../../../hardware/line/serial-line.ts';
import type { Heard } from '../../../hardware/scanner/codes.ts';
import { createSerialScanner, type ScannerStatus, type SerialScanner } from '../../../hardware/scanner/serial-scanner.ts';
import { type EmulatedScanner, emulatedScanner } from '../../emulated/scanner.ts';

const MILK = '7038010000123';
const JUICE = '7090000010010';

let device: EmulatedScanner;
let scanner: SerialScanner;
let codes: string[];
let heard: Heard[];
let states: ScannerStatus['state'][];
let logged: string[];

const log: Log = {
  write: (level, event, facts = {}) => {
    logged.push(`${level} ${event} ${Object.values(facts).join(' ')}`);
  },
};

function listen(): void {
  scanner = createSerialScanner({ end: serialEnd({ path: device.path, baud: 9_600 }), timers: nodeTimers, log });
  scanner.onCode((code) => codes.push(code));
  scanner.onHeard((one) => heard.push(one));
  scanner.onStatus((status) => states.push(status.state));
}
const connected = () => expect.poll(() => scanner.status().state, { timeout: 10_000 }).toBe('connected');
const hears = (...wanted: readonly string[]) => expect.poll(() => codes, { timeout: 10_000 }).toEqual(wanted);

beforeEach(() => {
  codes = [];
  heard = [];
  states = [];
  logged = [];
});

afterEach(async () => {
  await scanner.close();
  await device.close();
});

describe('A serial scanner', () => {
  beforeEach(async () => {
    device = await emulatedScanner();
    listen();
    await connected();
  });

  it('is heard', async () => {
    await device.scan(MILK);
    await hears(MILK);
    expect(heard).toMatchObject([{ kind: 'code', raw: Uint8Array.from(Buffer.from(MILK)), ending: 'suffix' }]);
  });

  it('is heard twice when two codes come in one portion', async () => {
    await device.send(Buffer.from(`${MILK}\r\n${JUICE}\r\n`));
    await hears(MILK, JUICE);
  });

  it('is heard with letters that are not English', async () => {
    await device.scan('BLÅBÆR-Ø');
    await hears('BLÅBÆR-Ø');
  });

  it('that ends its codes with nothing is heard after silence', async () => {
    await device.scan(MILK, '');
    await hears(MILK);
    expect(heard).toMatchObject([{ ending: 'silence' }]);
  });

  it('that stops in the middle of a code is not believed, and is heard again afterwards', async () => {
    await device.scan(MILK);
    await hears(MILK);
    await device.send(Buffer.from('70900'));
    await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toMatchObject({ kind: 'dropped', why: 'cut-off', byteCount: 5 });
    await device.scan(JUICE);
    await hears(MILK, JUICE);
    expect(logged).toContain(`warn scanner.dropped ${device.path} cut-off 5`);
  });

  it('that sends garbage without end is dropped with a line in the log, which does not repeat it', async () => {
    await device.send(Buffer.concat([Buffer.alloc(6_000, 0xaa), Buffer.from('\r')]));
    await expect.poll(() => heard, { timeout: 10_000 }).toMatchObject([{ kind: 'dropped', why: 'too-long', byteCount: 6_000 }]);
    await device.scan(MILK);
    await hears(MILK);
    expect(logged.filter((line) => line.includes('dropped'))).toEqual([`warn scanner.dropped ${device.path} too-long 6000`]);
  });

  it('that is pulled out is said to be gone, and is heard again when it is back', async () => {
    await device.send(Buffer.from('7038010'));
    await device.unplug();
    await expect.poll(() => scanner.status().state, { timeout: 10_000 }).toBe('gone');
    const gone = scanner.status();
    expect(gone.state === 'gone' && gone.why).toContain(device.path);
    await device.plugIn();
    await connected();
    await device.scan(JUICE);
    await hears(JUICE);
  });

  it('can be pulled out again and again', async () => {
    for (let round = 0; round < 8; round += 1) {
      await device.unplug();
      await expect.poll(() => scanner.status().state, { timeout: 10_000 }).toBe('gone');
      await device.plugIn();
      await connected();
      await device.scan(`${MILK}-${round}`);
      await expect.poll(() => codes.at(-1), { timeout: 10_000 }).toBe(`${MILK}-${round}`);
    }
    expect(codes).toHaveLength(8);
  });

  it('that was let go of is not opened again', async () => {
    await scanner.close();
    const before = states.length;
    await device.unplug();
    await device.plugIn();
    expect(states).toHaveLength(before);
    expect(codes).toEqual([]);
  });
});

describe('A scanner that is not there when the register starts', () => {
  it('is named in a sentence, once in the log, and is heard as soon as it is plugged in', async () => {
    device = await emulatedScanner(false);
    listen();
    await expect.poll(() => scanner.status()).toMatchObject({ state: 'gone', trouble: 'no-such-port' });
    const status = scanner.status();
    expect(status.state === 'gone' && status.why).toContain(device.path);
    await device.plugIn();
    await connected();
    await device.scan(MILK);
    await hears(MILK);
    expect(logged.filter((line) => line.includes('scanner.gone'))).toHaveLength(1);
  });
});
