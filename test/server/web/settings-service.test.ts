/** The settings over real HTTP: a real register, a real file, the sandbox as the provider whose keys are checked. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, expect, it } from 'vitest';
import { settingsTexts } from '../../../app/text/settings.ts';
import type { SettingsAnswer } from '../../../app/till/settings.ts';
import { type Sandbox, startSandbox } from '../../../server/sandbox/sandbox.ts';
import type { RunningRegister } from '../../../server/web/register.ts';
import { startRestartingRegister } from '../../../server/web/restarting.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const WRONG = 'wrong-secret-0123456789';
const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.close();
});

interface Counter {
  readonly register: RunningRegister;
  readonly configFile: string;
  readonly dataDir: string;
  readonly shown: string[];
  ask(request: unknown): Promise<SettingsAnswer>;
  sell(command: object): Promise<void>;
  configuration(): Record<string, unknown>;
  shopName(): Promise<string | null>;
}

async function openCounter(environment: Record<string, string> = { TILLIT_SECRETS_PASSPHRASE: 'en lang nok frase' }): Promise<Counter> {
  const folder = temporaryFolder();
  const configFile = join(folder, 'configuration.json');
  for (const name of ['configuration.json', 'articles.csv']) copyFileSync(join('demo-shop', name), join(folder, name));
  const dataDir = join(folder, 'data');
  const shown: string[] = [];
  const register = await startRestartingRegister(
    { configFile, dataDir, port: 0, host: '127.0.0.1', sandbox: false },
    { environment, rendererDir: folder, show: (line) => shown.push(line) },
  );
  running.push(register);
  const post = async (path: string, token: string, body: unknown) => {
    const response = await fetch(register.ready.api + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as unknown;
  };
  return {
    register,
    configFile,
    dataDir,
    shown,
    ask: async (request) => (await post('/api/settings', register.ready.tokens.manager, request)) as SettingsAnswer,
    sell: async (command) => expect(await post('/api/commands', register.ready.tokens.cashier, command)).toMatchObject({ ok: true }),
    configuration: () => JSON.parse(readFileSync(configFile, 'utf8')) as Record<string, unknown>,
    async shopName() {
      const headers = { authorization: `Bearer ${register.ready.tokens.cashier}` };
      const response = await fetch(`${register.ready.api}/api/views/cashier`, { headers }).catch(() => null);
      return response === null ? null : ((await response.json()) as { shopName: string }).shopName;
    },
  };
}

async function openSandbox(): Promise<{
  sandbox: Sandbox;
  keys: Record<'clientSecret' | 'subscriptionKey', string>;
  unit: Record<string, string>;
}> {
  const sandbox = await startSandbox({});
  running.push(sandbox);
  const [unit] = sandbox.salesUnits;
  if (unit === undefined) throw new Error('The sandbox has no sales unit.');
  return {
    sandbox,
    keys: { clientSecret: unit.clientSecret, subscriptionKey: unit.subscriptionKey },
    unit: { baseUrl: sandbox.url, merchantSerialNumber: unit.msn, clientId: unit.clientId },
  };
}

const shop = { name: 'Brød & Co', address: ['Storgata 2'], orgNumber: '974760673', vatRegistered: true, foretaksregisteret: false };

/** Everything that a register has written. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path).toString('latin1'))
    .join('\n');
}

it('lets nobody in but the manager', async () => {
  const { register } = await openCounter();
  for (const role of ['cashier', 'customer', 'printer'] as const) {
    const response = await fetch(`${register.ready.api}/api/settings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${register.ready.tokens[role]}`, 'content-type': 'application/json' },
      body: '{"type":"read"}',
    });
    expect(response.status).toBe(403);
  }
});

it('keeps what a cashier may take back alone', async () => {
  const counter = await openCounter();
  const value = { approvalAboveOre: null, offlineMostOre: 20_000 };
  expect(await counter.ask({ type: 'save', section: 'returns', value })).toMatchObject({
    ok: true,
    settings: { sections: { returns: value } },
  });
  expect(counter.configuration()).toMatchObject({ returns: value });
  const wrong = await counter.ask({ type: 'save', section: 'returns', value: { ...value, offlineMostOre: 12.5 } });
  expect(wrong).toMatchObject({ ok: false, field: 'offlineMostOre' });
});

it('saves a section, keeps the file of before, and takes it up with a new start of the till', async () => {
  const counter = await openCounter();
  const before = readFileSync(counter.configFile, 'utf8');
  expect(await counter.ask({ type: 'save', section: 'shop', value: shop })).toMatchObject({ ok: true, settings: { sections: { shop } } });
  expect(counter.configuration()).toMatchObject({ shop: { ...shop, market: 'NO' }, register: { id: '1' } });
  expect(readFileSync(`${counter.configFile}.previous`, 'utf8')).toBe(before);
  await expect.poll(() => counter.shopName(), { timeout: 20_000 }).toBe('Brød & Co');
});

it('chooses the country in the guided first start, and never after it: the journal is kept in one currency', async () => {
  const counter = await openCounter();
  const danish = { ...shop, market: 'DK', orgNumber: '10150817' };
  expect(await counter.ask({ type: 'save', section: 'shop', value: danish })).toMatchObject({ ok: false, field: 'market' });
  writeFileSync(counter.configFile, JSON.stringify({ ...counter.configuration(), setUp: false }));
  expect(await counter.ask({ type: 'save', section: 'shop', value: danish })).toMatchObject({
    ok: true,
    settings: { sections: { shop: danish } },
  });
  expect(counter.configuration()).toMatchObject({ shop: { market: 'DK', orgNumber: '10150817' } });
  expect(await counter.ask({ type: 'check', what: 'org-number', orgNumber: '974760673', market: 'NO' })).toMatchObject({ ok: true });
});

it('never starts anew in a sale: it waits until the sale is over', async () => {
  const counter = await openCounter();
  await counter.sell({ type: 'add-article', articleNumber: '1001' });
  expect(await counter.ask({ type: 'save', section: 'shop', value: shop })).toMatchObject({ settings: { restartWaits: true } });
  expect(await counter.shopName()).toBe('Kolonialen på hjørnet AS');
  await counter.sell({ type: 'add-article', articleNumber: '1001' });
  expect(await counter.ask({ type: 'read' })).toMatchObject({ settings: { restartWaits: true } });
  await counter.sell({ type: 'abort-sale' });
  await expect.poll(() => counter.shopName(), { timeout: 20_000 }).toBe('Brød & Co');
});

it('answers in the language that its page is written in, whatever the cashier chose from the menu', async () => {
  const { ask, sell } = await openCounter();
  await sell({ type: 'set-language', screen: 'cashier', language: 'en' });
  const listening = { type: 'check', what: 'scanner', scanner: { kind: 'keyboard' } };
  expect(await ask(listening)).toMatchObject({ ok: true, message: settingsTexts.nb.devices.scanner.keyboardReady });
  await ask({ type: 'save', section: 'languages', value: { cashier: 'en', customer: 'nb' } });
  await expect
    .poll(() => ask(listening).catch(() => null))
    .toMatchObject({ ok: true, message: settingsTexts.en.devices.scanner.keyboardReady });
});

it('answers a wrong field with its name and a sentence, and writes nothing', async () => {
  const counter = await openCounter();
  const before = readFileSync(counter.configFile, 'utf8');
  const value = { ...shop, orgNumber: '974760674' };
  expect(await counter.ask({ type: 'save', section: 'shop', value })).toMatchObject({ ok: false, code: 'bad-field', field: 'orgNumber' });
  expect(await counter.ask({ type: 'check', what: 'org-number', orgNumber: '974760674' })).toMatchObject({ ok: false, code: 'bad-field' });
  expect(await counter.ask('nonsense')).toMatchObject({ ok: false, code: 'bad-request' });
  expect(readFileSync(counter.configFile, 'utf8')).toBe(before);
});

it('refuses to save over a corrupt file, shows what the till runs with, and quotes nothing of the file', async () => {
  const counter = await openCounter();
  writeFileSync(counter.configFile, `{"provider": {"clientSecret": "${WRONG}" `);
  const read = await counter.ask({ type: 'read' });
  expect(read).toMatchObject({ ok: true, settings: { sections: { shop: { name: 'Kolonialen på hjørnet AS' } } } });
  const saved = await counter.ask({ type: 'save', section: 'shop', value: shop });
  expect(saved).toMatchObject({ ok: false, code: 'file-corrupt' });
  expect(JSON.stringify([read, saved])).not.toContain(WRONG);
});

it('fetches a token to check the keys, and says which way they are wrong', async () => {
  const counter = await openCounter();
  const { keys, unit } = await openSandbox();
  const check = { type: 'check', what: 'provider', ...unit };
  expect(await counter.ask({ ...check, ...keys })).toMatchObject({ ok: true, type: 'checked' });
  expect(await counter.ask({ ...check, ...keys, clientSecret: WRONG })).toMatchObject({ ok: false, code: 'check-failed' });
  expect(await counter.ask({ ...check, ...keys, baseUrl: 'http://127.0.0.1:1' })).toMatchObject({ ok: false, code: 'check-failed' });
  expect(await counter.ask(check)).toMatchObject({ ok: false, code: 'secrets-missing' });
});

it('prints a test page, and says what a printer without paper is short of', async () => {
  const counter = await openCounter();
  expect(await counter.ask({ type: 'check', what: 'printer' })).toMatchObject({ ok: true });
  await fetch(`${counter.register.ready.api}/api/printer/condition`, {
    method: 'POST',
    headers: { authorization: `Bearer ${counter.register.ready.tokens.printer}`, 'content-type': 'application/json' },
    body: '{"condition":"paper-out"}',
  });
  expect(await counter.ask({ type: 'check', what: 'printer' })).toMatchObject({
    code: 'check-failed',
    message: 'Skriveren er tom for papir.',
  });
});

it('moves to a sales unit with kept keys, in a journal of its own, and the keys are nowhere in what it wrote or said', async () => {
  const counter = await openCounter();
  const { keys, unit } = await openSandbox();
  const said: SettingsAnswer[] = [];
  const value = { environment: 'test', api: 'epayment', keys: 'merchant', ...unit };
  said.push(await counter.ask({ type: 'save', section: 'provider', value }));
  expect(said[0]).toMatchObject({ ok: false, code: 'secrets-missing' });
  for (const [name, secret] of Object.entries(keys)) said.push(await counter.ask({ type: 'set-secret', name, value: secret }));
  said.push(await counter.ask({ type: 'save', section: 'provider', value }));
  expect(said.at(-1)).toMatchObject({ ok: true, settings: { secrets: { clientSecret: true, subscriptionKey: true } } });
  expect(counter.configuration().provider).toMatchObject({ clientSecret: { fromKeyStore: true }, subscriptionKey: { fromKeyStore: true } });
  expect(counter.configuration().provider).toMatchObject({ api: 'epayment', keys: 'merchant' });
  await expect.poll(() => readdirSync(counter.dataDir), { timeout: 20_000 }).toContain('test');
  await expect.poll(() => counter.shopName(), { timeout: 20_000 }).toBe('Kolonialen på hjørnet AS');
  await expect.poll(() => readdirSync(join(counter.dataDir, 'test')), { timeout: 20_000 }).toContain('journal.db');
  await expect
    .poll(() => counter.ask({ type: 'check', what: 'provider', ...unit }).catch(() => null), { timeout: 20_000 })
    .toMatchObject({ ok: true });
  // Kept keys are sent to nobody else.
  const elsewhere = { ...value, baseUrl: 'https://example.invalid' };
  expect(await counter.ask({ type: 'check', what: 'provider', ...unit, baseUrl: elsewhere.baseUrl })).toMatchObject({
    code: 'secrets-missing',
  });
  expect(await counter.ask({ type: 'save', section: 'provider', value: elsewhere })).toMatchObject({ code: 'secrets-missing' });

  const bundle = await counter.ask({ type: 'support-bundle' });
  if (!bundle.ok || bundle.type !== 'bundle') throw new Error('There is no bundle.');
  const files = unzipSync(Buffer.from(bundle.base64, 'base64'));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['versions.json', 'configuration.json', 'failures.json', 'log/tillit.log']));
  const inBundle = Object.values(files)
    .map((bytes) => Buffer.from(bytes).toString('utf8'))
    .join('\n');
  const ownFiles = everything(join(counter.dataDir, 'test'));
  const written = [JSON.stringify(said), inBundle, ownFiles, counter.shown.join('\n'), readFileSync(counter.configFile, 'utf8')].join('\n');
  for (const secret of Object.values(keys)) expect(written).not.toContain(secret);
  expect(inBundle).not.toContain('Kari');
});

it('lets nobody choose what the provider does not give: partner keys in the test environment, eCom outside Norway', async () => {
  const counter = await openCounter();
  const { keys, unit } = await openSandbox();
  for (const [name, secret] of Object.entries(keys)) await counter.ask({ type: 'set-secret', name, value: secret });
  const save = (more: object) => counter.ask({ type: 'save', section: 'provider', value: { ...unit, ...more } });
  expect(await save({ environment: 'test', api: 'epayment', keys: 'partner' })).toMatchObject({
    code: 'bad-field',
    field: 'keys',
    message: 'I testmiljøet finnes det ingen partnernøkler. Bruk nøklene til et testsalgssted.',
  });
  const danish = { ...counter.configuration(), shop: { ...(counter.configuration().shop as object), market: 'DK', orgNumber: '12345674' } };
  writeFileSync(counter.configFile, JSON.stringify(danish));
  expect(await save({ environment: 'production', api: 'ecom', keys: 'partner' })).toMatchObject({
    code: 'bad-field',
    field: 'api',
    message: 'eCom finnes bare i Norge. Velg ePayment.',
  });
});

it('stays with its sales unit while money is reserved there, because no other one could take it or give it back', async () => {
  const counter = await openCounter();
  const { sandbox, keys, unit } = await openSandbox();
  for (const [name, secret] of Object.entries(keys)) await counter.ask({ type: 'set-secret', name, value: secret });
  const value = { environment: 'test', api: 'epayment', keys: 'merchant', ...unit };
  expect(await counter.ask({ type: 'save', section: 'provider', value })).toMatchObject({ ok: true });
  const journal = join(counter.dataDir, 'test', 'journal.db');
  await expect.poll(() => existsSync(journal), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => counter.shopName(), { timeout: 20_000 }).toBe('Kolonialen på hjørnet AS');
  await counter.sell({ type: 'add-article', articleNumber: '1001' });
  await counter.sell({ type: 'pay-vipps', hold: { reserveOre: 50_000 } });
  await expect.poll(() => sandbox.control.payments().length).toBe(1);
  sandbox.control.customer('approve', sandbox.control.payments()[0]?.reference ?? '');
  await expect
    .poll(
      () =>
        counter.sell({ type: 'park-sale' }).then(
          () => 'aside',
          () => 'not yet',
        ),
      { timeout: 20_000 },
    )
    .toBe('aside');
  const other = { type: 'save', section: 'provider', value: { ...value, merchantSerialNumber: '654321' } };
  expect(await counter.ask(other)).toMatchObject({
    code: 'bad-field',
    field: 'merchantSerialNumber',
    message: expect.stringContaining('Det står penger reservert'),
  });
  // The same unit by the other API, or with other keys: what was begun is finished.
  expect(await counter.ask({ type: 'save', section: 'provider', value: { ...value, api: 'ecom' } })).toMatchObject({ ok: true });
});

it('takes the company’s number of the shop’s own country, and no other’s', async () => {
  const counter = await openCounter();
  const save = (orgNumber: string) => counter.ask({ type: 'save', section: 'shop', value: { ...shop, orgNumber } });
  expect(await save('12345674')).toMatchObject({ code: 'bad-field', field: 'orgNumber', message: 'Et organisasjonsnummer har ni sifre.' });
  const { shop: kept, ...rest } = counter.configuration();
  writeFileSync(counter.configFile, JSON.stringify({ ...rest, shop: { ...(kept as object), market: 'DK', orgNumber: '12345674' } }));
  expect(await save('974760673')).toMatchObject({ code: 'bad-field', message: 'Et dansk CVR-nummer har åtte sifre.' });
  expect(await save('12345675')).toMatchObject({ code: 'bad-field', message: expect.stringContaining('Nummeret stemmer ikke') });
  expect(await save('DK 12 34 56 74')).toMatchObject({ ok: true, settings: { sections: { shop: { orgNumber: '12345674' } } } });
});

it('leaves keys that stand in the log by mistake out of the bundle', async () => {
  const counter = await openCounter();
  await counter.ask({ type: 'set-secret', name: 'clientSecret', value: WRONG });
  mkdirSync(join(counter.dataDir, 'log'), { recursive: true });
  writeFileSync(
    join(counter.dataDir, 'log', 'tillit.1.log'),
    `{"level":"error","event":"x","traceId":"t-1","message":"${WRONG} Bearer abcdefgh"}\n`,
  );
  const bundle = await counter.ask({ type: 'support-bundle' });
  if (!bundle.ok || bundle.type !== 'bundle') throw new Error('There is no bundle.');
  const files = unzipSync(Buffer.from(bundle.base64, 'base64'));
  const failures = Buffer.from(files['failures.json'] ?? new Uint8Array()).toString('utf8');
  expect(failures).toContain('t-1');
  expect(
    Object.values(files)
      .map((bytes) => Buffer.from(bytes).toString('utf8'))
      .join('\n'),
  ).not.toMatch(/wrong-secret|abcdefgh/);
});

it('leaves the other sales unit’s keys out of the bundle too', async () => {
  const counter = await openCounter();
  const provider = { environment: 'sandbox', api: 'epayment', baseUrl: 'http://127.0.0.1:1', merchantSerialNumber: '123456' };
  const keys = { clientId: 'client-1', clientSecret: 'counter-secret-01', subscriptionKey: 'counter-key-01' };
  const distance = { merchantSerialNumber: '222333', clientId: 'client-2', clientSecret: WRONG, subscriptionKey: 'distant-key-01' };
  writeFileSync(counter.configFile, JSON.stringify({ ...counter.configuration(), provider: { ...provider, ...keys }, distance }));
  mkdirSync(join(counter.dataDir, 'log'), { recursive: true });
  writeFileSync(join(counter.dataDir, 'log', 'tillit.1.log'), `{"level":"error","event":"x","message":"${WRONG} distant-key-01"}\n`);
  const bundle = await counter.ask({ type: 'support-bundle' });
  if (!bundle.ok || bundle.type !== 'bundle') throw new Error('There is no bundle.');
  const texts = Object.values(unzipSync(Buffer.from(bundle.base64, 'base64'))).map((bytes) => Buffer.from(bytes).toString('utf8'));
  expect(texts.join('\n')).toContain('[hidden] [hidden]');
  expect(texts.join('\n')).not.toMatch(/wrong-secret|distant-key|counter-secret|counter-key/);
});

it('keeps no key where there is no passphrase, and says how to get one', async () => {
  const counter = await openCounter({});
  const answer = await counter.ask({ type: 'set-secret', name: 'clientSecret', value: WRONG });
  expect(answer).toMatchObject({ ok: false, code: 'key-store' });
  expect(JSON.stringify(answer)).not.toContain(WRONG);
  expect(everything(counter.dataDir)).not.toContain(WRONG);
});

it('practises against a sandbox elsewhere when its address is entered, in a folder of its own, and says when nothing answers there', async () => {
  const counter = await openCounter();
  const { sandbox } = await openSandbox();
  const practise = (address: string | null) =>
    counter.ask({ type: 'save', section: 'provider', value: { environment: 'practice', address } });
  expect(await practise('http://127.0.0.1:9')).toMatchObject({ ok: false, code: 'check-failed', field: 'address' });
  expect(await practise('http://sandbox.example')).toMatchObject({ ok: false, code: 'bad-field', field: 'address' });
  expect(counter.configuration()).toMatchObject({ provider: null });

  expect(await practise(sandbox.url)).toMatchObject({
    ok: true,
    settings: { sections: { provider: { environment: 'practice', address: sandbox.url } } },
  });
  const [unit] = sandbox.salesUnits;
  expect(counter.configuration()).toMatchObject({ provider: { environment: 'sandbox', merchantSerialNumber: unit?.msn } });
  await expect.poll(() => readdirSync(counter.dataDir), { timeout: 20_000 }).toContain('sandbox');
  await expect.poll(() => counter.shopName(), { timeout: 20_000 }).not.toBeNull();
});
