/** Who sells here, over real HTTP: names and roles into the file, codes never out of it. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SettingsAnswer } from '../../../app/till/settings.ts';
import { scryptHasher } from '../../../hardware/crypto/slow-hash.ts';
import { startRestartingRegister } from '../../../server/web/restarting.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PIN = '470129';

async function openCounter() {
  const folder = temporaryFolder();
  const configFile = join(folder, 'configuration.json');
  for (const name of ['configuration.json', 'articles.csv']) copyFileSync(join('demo-shop', name), join(folder, name));
  const register = await startRestartingRegister(
    { configFile, dataDir: join(folder, 'data'), port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: folder, show: () => {} },
  );
  onTestFinished(() => register.close());
  const get = async (path: string, token: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return (await fetch(register.ready.api + path, { ...init, headers })).json() as Promise<unknown>;
  };
  const answers: string[] = [];
  return {
    answers,
    async save(...operators: readonly object[]): Promise<SettingsAnswer> {
      const body = JSON.stringify({ type: 'save', section: 'operators', value: { operators } });
      const answer = await get('/api/settings', register.ready.tokens.manager, { method: 'POST', body });
      answers.push(JSON.stringify(answer));
      return answer as SettingsAnswer;
    },
    kept: () => (JSON.parse(readFileSync(configFile, 'utf8')) as { operators: { id: string; role: string; pinHash?: string }[] }).operators,
    operators: async () =>
      ((await get('/api/views/cashier', register.ready.tokens.cashier).catch(() => ({}))) as { operators?: unknown }).operators,
  };
}

const kari = { id: '12', name: 'Kari N.', role: 'manager', pin: PIN };
const ola = { id: '13', name: 'Ola H.', role: 'cashier', pin: null };

it('A manager’s code is kept so that it can be compared, and is told to nobody', async () => {
  const counter = await openCounter();
  const saved = await counter.save(kari, ola);
  expect(saved).toMatchObject({ ok: true, settings: { withCode: ['12'], sections: { operators: { operators: [{ pin: null }, ola] } } } });
  const [{ pinHash = '' } = {}, cashier] = counter.kept();
  expect(await scryptHasher.matches(PIN, pinHash)).toBe(true);
  expect(cashier).toEqual({ id: '13', name: 'Ola H.', role: 'cashier' });
  expect(counter.answers.join()).not.toContain(PIN);
  expect(counter.answers.join()).not.toContain(pinHash);
});

it('the cashier’s screen learns who may approve, and nothing else of it', async () => {
  const counter = await openCounter();
  await counter.save(kari, ola, { id: '14', name: 'Ida', role: 'manager', pin: null });
  const people = [
    { operatorId: '12', name: 'Kari N.', isManager: true },
    { operatorId: '13', name: 'Ola H.' },
    { operatorId: '14', name: 'Ida' },
  ];
  await expect.poll(() => counter.operators(), { timeout: 20_000 }).toEqual(people);
});

it('a code stays where the person is only called otherwise, and goes with the role', async () => {
  const counter = await openCounter();
  await counter.save(kari, ola);
  const before = counter.kept()[0]?.pinHash;
  await counter.save({ ...kari, name: 'Kari Nordmann', pin: null }, ola);
  expect(counter.kept()[0]).toEqual({ id: '12', name: 'Kari Nordmann', role: 'manager', pinHash: before });
  await counter.save({ ...kari, role: 'cashier', pin: null }, ola);
  await counter.save({ ...kari, pin: null }, ola);
  expect(counter.kept()[0]).toEqual({ id: '12', name: 'Kari N.', role: 'manager' });
});

it('a code that is no code is refused without a word of it, and nothing is kept', async () => {
  const counter = await openCounter();
  const before = counter.kept();
  expect(await counter.save({ ...kari, pin: '47-0129' })).toMatchObject({ ok: false, field: 'operators.0.pin' });
  expect(counter.answers.join()).not.toContain('47-0129');
  expect(counter.kept()).toEqual(before);
});
