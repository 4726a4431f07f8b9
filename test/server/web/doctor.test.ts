/** The doctor as a whole: configuration, folder, printer and exit code, from the command line and from the settings' page. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FindingCode, findingText } from '../../../app/doctor/finding.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { type Sandbox, startSandbox } from '../../../server/sandbox/sandbox.ts';
import { type DoctorOptions, diagnose } from '../../../server/web/doctor.ts';
import { startRestartingRegister } from '../../../server/web/restarting.ts';
import { sandboxConfiguration } from '../../support/sandbox-configuration.ts';
import { root } from '../../support/source-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const running: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.close();
});

interface Place {
  readonly sandbox: Sandbox;
  readonly configFile: string;
  readonly dataDir: string;
  configure(changes: object): void;
  diagnose(more?: Partial<DoctorOptions>): Promise<readonly string[]>;
}

async function aPlace(): Promise<Place> {
  const folder = temporaryFolder();
  const sandbox = await startSandbox();
  const send = createHttpSend();
  running.push(sandbox, send);
  const configFile = join(folder, 'tillit.json');
  const dataDir = join(folder, 'data');
  const configure = (changes: object) =>
    writeFileSync(configFile, JSON.stringify({ ...sandboxConfiguration(sandbox, 'epayment'), ...changes }));
  configure({});
  return {
    sandbox,
    configFile,
    dataDir,
    configure,
    async diagnose(more = {}) {
      const options = { configFile, dataDir, environment: {}, secrets: null, probe: null, running: null, language: null, send } as const;
      const { findings, language } = await diagnose({ ...options, log: { write: () => undefined }, ...more });
      for (const finding of findings) expect(findingText(finding, language)).not.toMatch(/[{}]|undefined/);
      return findings.map(({ tone, code }) => (tone === 'todo' ? `! ${code}` : code));
    },
  };
}

/** A register on the place's configuration and data, over real HTTP. */
async function aRegister({ configFile, dataDir }: Place) {
  const options = { configFile, dataDir, port: 0, host: '127.0.0.1', sandbox: false };
  const register = await startRestartingRegister(options, { environment: {}, rendererDir: dataDir, show: () => undefined });
  running.push(register);
  return register;
}

function command(...words: string[]): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'scripts', 'doctor.ts'), ...words]);
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      said.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said.stderr += chunk.toString();
    });
    child.on('close', (code) => resolve({ code, ...said }));
  });
}

describe('the data folder', () => {
  it('that is not there yet is made by the register', async () => {
    const place = await aPlace();
    expect(await place.diagnose()).toContain('folder-new');
    expect(existsSync(place.dataDir)).toBe(false);
  });

  it('of a running register is looked at beside it, its journal too', async () => {
    const place = await aPlace();
    const register = await aRegister(place);
    expect(await place.diagnose()).toEqual(expect.arrayContaining(['folder-running', 'journal-good']));
    expect(
      (await fetch(`${register.ready.api}/api/views/cashier`, { headers: { authorization: `Bearer ${register.ready.tokens.cashier}` } }))
        .status,
    ).toBe(200);
    await register.close();
    expect(await place.diagnose()).toEqual(expect.arrayContaining(['folder-good', 'journal-good']));
  });

  it('of a register for something else is refused', async () => {
    const place = await aPlace();
    mkdirSync(place.dataDir);
    writeFileSync(join(place.dataDir, 'purpose.txt'), 'production\n');
    expect(await place.diagnose()).toContain('! folder-purpose');
  });

  it('that is a file is said to be one', async () => {
    const place = await aPlace();
    writeFileSync(place.dataDir, 'x');
    expect(await place.diagnose()).toContain('! folder-not-one');
  });

  it('whose last entries are gone is not to be sold on', async () => {
    const place = await aPlace();
    await (await aRegister(place)).close();
    const database = openDatabase(join(place.dataDir, 'journal.db'));
    const triggers = database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
    for (const { name } of triggers) database.exec(`DROP TRIGGER "${String(name)}"`);
    database.exec('DELETE FROM entries WHERE seq = (SELECT MAX(seq) FROM entries)');
    database.close();
    expect(await place.diagnose()).toContain('! journal-bad');
  });
});

describe('the configuration', () => {
  it('that cannot be used ends it, with the reason', async () => {
    const place = await aPlace();
    place.configure({ register: {} });
    expect(await place.diagnose()).toEqual(['! configuration-bad']);
    expect((await command('--config', place.configFile)).stdout).toContain(`Oppsettet ${place.configFile} kan ikke brukes.`);
  });

  it('without a key says which, and where it was looked for', async () => {
    const place = await aPlace();
    const { provider } = sandboxConfiguration(place.sandbox) as { provider: object };
    place.configure({ provider: { ...provider, clientSecret: { fromEnv: 'SHOP_SECRET' } } });
    const { code, stdout } = await command('--config', place.configFile);
    expect([code, stdout]).toEqual([
      2,
      expect.stringContaining('"provider.clientSecret" is to be read from the environment variable SHOP_SECRET'),
    ]);
  });

  it('without a sales unit practises', async () => {
    const place = await aPlace();
    place.configure({ provider: null });
    expect(await place.diagnose()).toEqual(['configuration-good', 'practice', 'printer-virtual', 'folder-new']);
  });

  it('with a printer that is away says so, in the printer’s own words', async () => {
    const place = await aPlace();
    place.configure({ printer: { kind: 'network', host: '127.0.0.1', port: 1 } });
    expect(await place.diagnose({ dataDir: null })).toContain('! printer-trouble');
  });
});

it('a second sales unit, for customers who are not there, gets a line of its own', async () => {
  const place = await aPlace();
  const [, second] = place.sandbox.salesUnits;
  const unit = { merchantSerialNumber: second?.msn, clientId: second?.clientId, clientSecret: second?.clientSecret };
  place.configure({ distance: { ...unit, subscriptionKey: second?.subscriptionKey } });
  expect(await place.diagnose()).toContain('distance-good');
  place.configure({ distance: { ...unit, subscriptionKey: 'wrong-key-01234567' } });
  expect(await place.diagnose()).toContain('! distance-bad');
});

describe('npm run doctor', () => {
  it('prints a line for each thing, makes its test payment, and ends with 0 when all is in order', async () => {
    const place = await aPlace();
    const { code, stdout, stderr } = await command('--config', place.configFile, '--data', place.dataDir, '--probe');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('ok     Prøvebetaling  En prøvebetaling på 2,00\u00a0kr ble godkjent, reservert og frigitt.');
    expect(stdout.trimEnd().endsWith('Alt er i orden.')).toBe(true);
    expect(place.sandbox.control.ledger().total).toMatchObject({ authorisedOre: 200, releasedOre: 200, capturedOre: 0 });
  });

  it('ends with 1 and says what to do, as one object too', async () => {
    const place = await aPlace();
    place.sandbox.control.addFault({ kind: 'html', route: 'token', times: null });
    const { code, stdout } = await command('--config', place.configFile, '--json', '--language', 'en');
    const said = JSON.parse(stdout) as { ok: boolean; exitCode: number; findings: { code: FindingCode; tone: string; text: string }[] };
    expect([code, said.ok, said.exitCode]).toEqual([1, false, 1]);
    expect(said.findings.filter(({ tone }) => tone === 'todo')).toMatchObject([
      { code: 'reach-web-page', text: expect.stringContaining('A web page answered in the place of 127.0.0.1') },
    ]);
  });

  it('tells no key, and says what it can be told', async () => {
    const place = await aPlace();
    const [unit] = place.sandbox.salesUnits;
    const { stdout } = await command('--config', place.configFile, '--json');
    for (const secret of [unit?.clientSecret ?? '', unit?.subscriptionKey ?? '']) expect(stdout).not.toContain(secret);
    for (const [words, why] of [
      [[], '--config is missing'],
      [['--config', 'x', '--language', 'sv'], '--language must be nb or en'],
      [['--config', 'x', '--wait', '9'], '--wait and --phone are for --probe'],
      [['--config', 'x', '--fast'], "Unknown option '--fast'"],
    ] as const) {
      const { code, stderr } = await command(...words);
      expect([words, code]).toEqual([words, 2]);
      expect(stderr).toContain(why);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  });

  it('needs a folder to note its test payment in', async () => {
    const place = await aPlace();
    expect(await place.diagnose({ dataDir: null, probe: { msisdn: null, show: null } })).toContain('! probe-needs-folder');
    expect(place.sandbox.control.payments()).toEqual([]);
  });
});

it('the settings’ page shows the same lines, of the running register', async () => {
  const place = await aPlace();
  const { ready } = await aRegister(place);
  const ask = async (probe: boolean) => {
    const headers = { authorization: `Bearer ${ready.tokens.manager}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ type: 'check', what: 'all', probe });
    return (await fetch(`${ready.api}/api/settings`, { method: 'POST', headers, body })).json() as Promise<{
      summary: string;
      lines: { check: string; tone: string; label: string; text: string }[];
    }>;
  };
  const plain = await ask(false);
  expect(plain.lines.map(({ check }) => check)).toEqual([
    'configuration',
    'keys',
    'reach',
    'token',
    'clock',
    'unit',
    'capture',
    'push',
    'qr',
    'webhooks',
    'printer',
    'folder',
    'journal',
  ]);
  expect(plain.summary).toBe('Alt er i orden.');
  const probed = await ask(true);
  expect(probed.lines.find(({ check }) => check === 'probe')).toMatchObject({ tone: 'ok', label: 'Prøvebetaling' });
});
