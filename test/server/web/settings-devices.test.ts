/** The settings' trials over real HTTP: a real register, and emulated devices behind real lines. */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingsAnswer } from '../../../app/till/settings.ts';
import type { DevicesView, PrinterSection, ScannerSection } from '../../../app/till/settings-devices.ts';
import { startRestartingRegister } from '../../../server/web/restarting.ts';
import { LINES } from '../../emulated/counter.ts';
import { EmulatedPrinter, type EmulatedPrinterOptions } from '../../emulated/emulated-printer.ts';
import { ptyPrinter } from '../../emulated/pty-printer.ts';
import { emulatedScanner } from '../../emulated/scanner.ts';
import { tcpPrinter } from '../../emulated/tcp-printer.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** None where this machine cannot make a serial line; that is said aloud. */
const CABLES = LINES.filter((line) => line === 'serial');
const LETTERS = 'æøåÆØÅéüäö€';
const SERIAL = { baudRate: 9_600, dataBits: 8, stopBits: 1, parity: 'none', flowControl: 'none' } as const;

const network = (port: number): PrinterSection => ({
  kind: 'network',
  host: '127.0.0.1',
  port,
  shared: false,
  model: null,
  columns: 42,
});
const cable = (path: string, baudRate: 9_600 | 19_200 = 9_600): PrinterSection => ({
  kind: 'serial',
  path,
  ...SERIAL,
  baudRate,
  model: null,
  columns: 42,
});

async function shop(configured: object = {}) {
  const folder = temporaryFolder();
  const configFile = join(folder, 'configuration.json');
  copyFileSync('demo-shop/articles.csv', join(folder, 'articles.csv'));
  const demo = JSON.parse(readFileSync('demo-shop/configuration.json', 'utf8')) as object;
  writeFileSync(configFile, JSON.stringify({ ...demo, ...configured }));
  const register = await startRestartingRegister(
    { configFile, dataDir: join(folder, 'data'), port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: folder, show: () => {} },
  );
  onTestFinished(() => register.close());
  const post = async (path: string, token: string, body: unknown): Promise<unknown> => {
    const response = await fetch(register.ready.api + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json();
  };
  const ask = async (request: unknown) => (await post('/api/settings', register.ready.tokens.manager, request)) as SettingsAnswer;
  return {
    folder,
    ask,
    command: (command: object) => post('/api/commands', register.ready.tokens.cashier, command),
    practicePrinter: (path: string, body: object) => post(`/api/printer/${path}`, register.ready.tokens.printer, body),
    configuration: () => JSON.parse(readFileSync(configFile, 'utf8')) as Record<string, Record<string, unknown>>,
    test: (printer: PrinterSection) => ask({ type: 'check', what: 'printer', printer }),
    async look(asked: { printer?: PrinterSection; scanner?: ScannerSection; open?: boolean } = {}): Promise<DevicesView> {
      const answer = await ask({ type: 'look', ...asked });
      if (!answer.ok || answer.type !== 'devices') throw new Error(`There is no look: ${JSON.stringify(answer)}`);
      return answer.devices;
    },
  };
}

async function onNetwork(options: EmulatedPrinterOptions = {}) {
  const emulated = new EmulatedPrinter(options);
  const plugged = await tcpPrinter(emulated);
  onTestFinished(() => plugged.close());
  return { emulated, ...plugged };
}

async function onCable(options: EmulatedPrinterOptions = {}) {
  const emulated = new EmulatedPrinter(options);
  const plugged = await ptyPrinter(emulated);
  onTestFinished(() => plugged.close());
  return { emulated, ...plugged };
}

describe('a printer that is not the register’s yet', () => {
  it('prints the test paper with every letter before anything is saved', async () => {
    const { emulated, port } = await onNetwork();
    const counter = await shop();
    expect(await counter.test(network(port))).toMatchObject({ ok: true, message: expect.stringContaining('Prøven er skrevet ut') });
    expect(emulated.papers).toHaveLength(1);
    expect(emulated.papers[0]).toContain(LETTERS);
    expect(emulated.refusal).toBeNull();
    expect(counter.configuration().printer).toBeUndefined();
  });

  it('says how it is while the page looks, and every change of it', async () => {
    const { emulated, port } = await onNetwork();
    const counter = await shop();
    expect((await counter.look({ printer: network(port) })).printer.text).toContain('Trykk på Prøv');
    expect(emulated.connections).toBe(0);
    await counter.test(network(port));
    expect((await counter.look({ printer: network(port) })).printer).toMatchObject({ tone: 'good', text: 'Skriveren er klar.' });
    emulated.setCover(true);
    await expect
      .poll(async () => (await counter.look({ printer: network(port) })).printer, { timeout: 15_000 })
      .toMatchObject({ tone: 'bad', facts: expect.arrayContaining([{ label: 'Lokk', value: 'Åpent', tone: 'bad' }]) });
    emulated.setCover(false);
    emulated.setPaper('out');
    await expect
      .poll(async () => (await counter.look({ printer: network(port) })).printer.text, { timeout: 15_000 })
      .toBe('Skriveren er tom for papir.');
    expect(await counter.test(network(port))).toMatchObject({ ok: false, message: 'Skriveren er tom for papir.' });
  });

  it('that answers nothing prints all the same, and the page says so', async () => {
    const { emulated, port } = await onNetwork({ answers: 'nothing' });
    const counter = await shop();
    expect(await counter.test(network(port))).toMatchObject({ ok: true, message: expect.stringContaining('svarer ikke') });
    expect(emulated.papers).toHaveLength(1);
    expect((await counter.look({ printer: network(port) })).printer.facts[0]).toMatchObject({ value: 'Svarer ikke, skriver likevel' });
  });

  it('that is no printer is named as that, and gets no paper', async () => {
    const { emulated, port } = await onNetwork({ answers: 'as-a-modem' });
    const counter = await shop();
    expect(await counter.test(network(port))).toMatchObject({ ok: false, message: expect.stringContaining('ikke en kvitteringsskriver') });
    expect(emulated.papers).toEqual([]);
  });

  it('that is not there is told with the way out, for an address and for a port', async () => {
    const counter = await shop();
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const address = free.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => free.close(resolve));
    expect(await counter.test(network(port))).toMatchObject({ ok: false, message: expect.stringContaining('Skriveren tar ikke imot') });
    expect(await counter.test(cable('/dev/tty-not-there'))).toMatchObject({
      ok: false,
      message: expect.stringContaining('sitter ingenting'),
    });
    expect(await counter.test(cable(''))).toMatchObject({ ok: false, field: 'path', message: 'Velg en port først.' });
    expect(await counter.test({ ...network(9_100), host: 'http://skriver' } as PrinterSection)).toMatchObject({ ok: false, field: 'host' });
  });

  it.each(CABLES)('on a %s cable that another program holds is told so', async () => {
    const { path } = await onCable();
    const [first, second] = [await shop(), await shop()];
    expect(await first.test(cable(path))).toMatchObject({ ok: true });
    expect(await second.test(cable(path))).toMatchObject({ ok: false, message: expect.stringContaining('Et annet program bruker porten') });
  });
});

describe('the printer that the register uses', () => {
  it('is tried through the register itself, over the one connection that it has', async () => {
    const { emulated, port } = await onNetwork();
    const counter = await shop({ printer: network(port) });
    await expect.poll(async () => (await counter.look({ printer: network(port) })).printer.tone, { timeout: 15_000 }).toBe('good');
    expect(await counter.test(network(port))).toMatchObject({ ok: true });
    expect(emulated.connections).toBe(1);
    expect(emulated.papers).toHaveLength(1);
  });

  it.each(CABLES)('on a %s cable lends its port for a trial at another speed, and has it back afterwards', async () => {
    const { emulated, path } = await onCable();
    const counter = await shop({ printer: cable(path) });
    await expect.poll(async () => (await counter.look({ printer: cable(path) })).printer.tone, { timeout: 15_000 }).toBe('good');
    expect(await counter.test(cable(path, 19_200))).toMatchObject({ ok: true });
    await expect.poll(async () => (await counter.look({ printer: cable(path) })).printer.tone, { timeout: 15_000 }).toBe('good');
    expect(await counter.test(cable(path))).toMatchObject({ ok: true });
    expect(emulated.papers).toHaveLength(2);
  });

  it('on the screen prints its test paper too', async () => {
    const counter = await shop();
    expect(await counter.test({ kind: 'virtual', columns: 42 })).toMatchObject({ ok: true });
  });
});

it('takes a saved printer up, with everything that it was set to', async () => {
  const { emulated, port } = await onNetwork();
  const counter = await shop();
  await counter.test(network(port));
  expect(await counter.ask({ type: 'save', section: 'printer', value: network(port) })).toMatchObject({ ok: true });
  expect(counter.configuration().printer).toEqual(network(port));
  // The trial has let go of the one connection that the printer has, and the register has taken it.
  await expect
    .poll(async () => (await counter.look({ printer: network(port) }).catch(() => null))?.printer.tone, { timeout: 20_000 })
    .toBe('good');
  // The register of before may still have answered that, and it takes what it is asked meanwhile along when it ends.
  await expect.poll(async () => (await counter.test(network(port)).catch(() => null))?.ok, { timeout: 20_000 }).toBe(true);
  expect(emulated.papers.length).toBeGreaterThanOrEqual(2);
});

describe('the drawer', () => {
  const drawer = { connected: true, pin: 2, openWhen: null, alarmAfterSeconds: 30, alarmTone: false };

  it('is opened by the register, on record, and the register learns to see that it is open', async () => {
    const counter = await shop({ drawer });
    expect((await counter.look()).drawer).toMatchObject({ state: 'unknown' });
    await counter.practicePrinter('drawer', { drawer: 'shut' });
    expect(await counter.ask({ type: 'calibrate-drawer', step: 'open' })).toMatchObject({ ok: false });
    expect(await counter.ask({ type: 'calibrate-drawer', step: 'shut' })).toMatchObject({ ok: true });
    expect(await counter.ask({ type: 'calibrate-drawer', step: 'open' })).toMatchObject({ ok: false });
    expect(await counter.ask({ type: 'check', what: 'drawer', pin: 2 })).toMatchObject({ ok: true });
    expect(await counter.ask({ type: 'calibrate-drawer', step: 'open' })).toMatchObject({
      ok: true,
      message: expect.stringContaining('Ferdig'),
    });
    expect((await counter.look()).drawer).toMatchObject({ state: 'open' });
    expect(counter.configuration().drawer).toMatchObject({ openWhen: 'high' });
  });

  it('of a printer that is only saved is tried in the first start too', async () => {
    const { emulated, port } = await onNetwork();
    const counter = await shop({ setUp: false });
    await counter.ask({ type: 'save', section: 'printer', value: network(port) });
    await expect
      .poll(async () => (await counter.look({ open: true, printer: network(port) })).printer.tone, { timeout: 15_000 })
      .toBe('good');
    expect(await counter.ask({ type: 'check', what: 'drawer', pin: 2 })).toMatchObject({ ok: true });
    await expect.poll(() => emulated.kicks).toBe(1);
  });
});

describe('a scanner on a line', () => {
  const scanner = (path: string): ScannerSection => ({ kind: 'serial', path, ...SERIAL, suffix: 'cr', prefix: '' });

  it.each(CABLES)('on a %s cable is listened to before it is saved: every byte, and what it is', async () => {
    const emulated = await emulatedScanner();
    onTestFinished(() => emulated.close());
    const counter = await shop();
    expect(await counter.ask({ type: 'check', what: 'scanner', scanner: scanner(emulated.path) })).toMatchObject({ ok: true });
    await emulated.scan('7038010000010');
    await expect
      .poll(async () => (await counter.look({ scanner: scanner(emulated.path) })).heard, { timeout: 15_000 })
      .toMatchObject([{ shown: expect.stringContaining('7038010000010'), said: expect.stringContaining('7038010000010') }]);
  });

  it.each(CABLES)('on a %s cable that the register uses is heard by both: the page and the sale', async () => {
    const emulated = await emulatedScanner();
    onTestFinished(() => emulated.close());
    const own = scanner(emulated.path);
    const counter = await shop({ scanner: own });
    await expect.poll(async () => (await counter.look({ scanner: own })).scanner.tone, { timeout: 15_000 }).toBe('good');
    expect(await counter.ask({ type: 'check', what: 'scanner', scanner: { ...own, baudRate: 19_200 } })).toMatchObject({
      ok: false,
      message: expect.stringContaining('Lagre for å prøve'),
    });
    await emulated.scan('ingen slik vare');
    await expect.poll(async () => (await counter.look({ scanner: own })).heard.length, { timeout: 15_000 }).toBe(1);
    expect(await counter.test(cable(emulated.path))).toMatchObject({ ok: false, field: 'path' });
  });

  it('that is not there is told with the way out', async () => {
    const counter = await shop();
    expect(await counter.ask({ type: 'check', what: 'scanner', scanner: scanner('/dev/tty-not-there') })).toMatchObject({
      ok: false,
      message: expect.stringContaining('sitter ingenting'),
    });
  });
});

it('says what a code is that the page itself heard', async () => {
  const counter = await shop();
  expect(await counter.ask({ type: 'check', what: 'code', code: '7038010000010' })).toMatchObject({
    ok: true,
    type: 'heard',
    heard: { shown: '7038010000010' },
  });
});

describe('a logo', () => {
  const png = (width: number, height: number) => {
    const picture = new PNG({ width, height });
    picture.data.fill(0x40);
    for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 0xff;
    return PNG.sync.write(picture).toString('base64');
  };

  it('is shown as it prints, kept beside the configuration, and removed', async () => {
    const counter = await shop();
    const shown = await counter.ask({ type: 'show-logo', base64: png(200, 80) });
    if (!shown.ok || shown.type !== 'logo' || shown.png === null) throw new Error('There is no picture.');
    // 80 mm paper.
    expect(PNG.sync.read(Buffer.from(shown.png, 'base64')).width).toBe(640);
    expect(readdirSync(counter.folder).filter((name) => name.endsWith('.png'))).toEqual([]);
    expect(await counter.ask({ type: 'keep-logo', base64: png(200, 80) })).toMatchObject({ ok: true, settings: { hasLogo: true } });
    const { logo } = counter.configuration().receipt as { logo: { file: string } };
    expect(readdirSync(counter.folder)).toContain(logo.file);
    await expect
      .poll(async () => counter.ask({ type: 'keep-logo', base64: null }).catch(() => null), { timeout: 20_000 })
      .toMatchObject({ ok: true, settings: { hasLogo: false } });
  });

  it('that is no picture, or has too many points, is refused with a sentence', async () => {
    const counter = await shop();
    const text = Buffer.from('ikke et bilde, men en tekst').toString('base64');
    expect(await counter.ask({ type: 'show-logo', base64: text })).toMatchObject({
      ok: false,
      message: expect.stringContaining('ikke et PNG-bilde'),
    });
    expect(await counter.ask({ type: 'keep-logo', base64: png(5_000, 4_000) })).toMatchObject({
      ok: false,
      code: 'logo-refused',
      message: expect.stringContaining('for stort'),
    });
    expect(readdirSync(counter.folder).filter((name) => name.endsWith('.png'))).toEqual([]);
  });
});
