/** Who may see head office's page, and who may act there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PAGE_ASKS, type PageAsk } from '../../../app/head-office/page-contract.ts';
import { runCommand } from '../../../server/head-office/commands.ts';
import { Said } from '../../../server/head-office/options.ts';
import { removePerson } from '../../../server/head-office/page/people.ts';
import { PASSWORD, PagePerson, personAt, sampleChain, signedIn } from './page-person.ts';
import { TWO_STORES } from './refund-wishes.ts';
import { onBothDatabases, startChain } from './test-chain.ts';

/** A sensible request of every question; what it is about need not be there. */
const REQUESTS: Readonly<Record<PageAsk, object>> = {
  'sign-in': { name: 'nobody', password: 'nothing at all' },
  'sign-out': {},
  me: {},
  overview: {},
  stores: {},
  store: { storeId: 'nord' },
  orders: { by: 'reference', reference: 'nord-1-2611-abcd-1-1' },
  order: { orderId: 'nord-1-2611-abcd-1' },
  refunds: {},
  refund: { refundId: 'nord-1-abcd-1' },
  settlement: { fromDate: '2026-11-01', toDate: '2026-11-30' },
  settled: { fromDate: '2026-11-01', toDate: '2026-11-30', refundedBy: 'nord', soldBy: 'syd', currency: 'NOK' },
  open: {},
  alarms: { closed: false },
  published: {},
  publication: { version: 1 },
  'make-code': { storeId: 'nord', registerId: '7' },
  revoke: { storeId: 'nord', registerId: '7' },
  withdraw: { refundId: 'nord-1-abcd-1', why: 'kunden gikk' },
  'close-alarm': { alarmNo: 1, note: 'sett' },
};
const ASKS = Object.entries(PAGE_ASKS).filter(([, { by }]) => by !== 'nobody') as [PageAsk, { readonly by: 'reader' | 'manager' }][];

onBothDatabases((newDatabase) => {
  it('whoever has not signed in sees nothing, a reader sees everything, and only a manager acts', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const nord = await chain.register('nord', '1', false);
    const stranger = new PagePerson(chain.server.url);
    const withKey = new PagePerson(chain.server.url);
    withKey.headers = { authorization: `Bearer ${nord.key}`, cookie: `tillit_session=${nord.key}` };
    const [reader, manager] = [await personAt(chain, 'reader'), await personAt(chain, 'manager')];
    for (const [ask, { by }] of ASKS) {
      const status = async (person: PagePerson) => (await person.send(`/page/${ask}`, REQUESTS[ask])).status;
      expect([ask, await status(stranger), await status(withKey)]).toEqual([ask, 401, 401]);
      const read = await status(reader);
      expect([ask, read === 403]).toEqual([ask, by === 'manager']);
      expect([ask, [200, 404].includes(await status(manager))]).toEqual([ask, true]);
    }
    expect((await stranger.send('/page/settlement.csv?from=2026-11-01&to=2026-11-30')).status).toBe(401);
    expect((await reader.send('/page/settlement.csv?from=2026-11-01&to=2026-11-30')).status).toBe(200);
  });

  it("a person's session is no register's key", async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const manager = await personAt(chain, 'manager');
    for (const path of ['/v1/orders/search', '/v1/refunds', '/v1/journal', '/v1/key']) {
      expect((await manager.send(path, {})).status).toBe(401);
    }
  });

  it('no answer holds a key, a secret or a merchant serial number', async () => {
    const { chain, nord, split, refundIds } = await sampleChain(await newDatabase());
    const manager = await personAt(chain, 'manager');
    const known: Partial<Record<PageAsk, object>> = { order: { orderId: split.orderId }, refund: { refundId: refundIds.split } };
    const { db } = chain.office.store;
    const units = chain.sandbox.salesUnits.flatMap((unit) => [unit.msn, unit.clientId, unit.clientSecret, unit.subscriptionKey]);
    const kept = [
      ...(await db.selectFrom('people').select('password as text').execute()),
      ...(await db.selectFrom('sessions').select('token_hash as text').execute()),
      ...(await db.selectFrom('register_keys').select('key_hash as text').execute()),
      ...(await db.selectFrom('credentials').select('sealed as text').execute()),
    ].map(({ text }) => text);
    for (const [ask] of ASKS) {
      const text = await (await manager.send(`/page/${ask}`, known[ask] ?? REQUESTS[ask])).text();
      expect([ask, [...units, ...kept, nord.key].filter((secret) => text.includes(secret))]).toEqual([ask, []]);
    }
  });

  describe('a session', () => {
    it('is a cookie that no script and no other site can use, and is kept as a hash', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      await signedIn(chain, 'reader', 'kari');
      const person = new PagePerson(chain.server.url);
      const response = await person.send('/page/sign-in', { name: ' KARI ', password: PASSWORD });
      expect(await response.json()).toEqual({ name: 'kari', role: 'reader' });
      const [cookie = ''] = response.headers.getSetCookie();
      expect(cookie).toMatch(/^tillit_session=[\w-]{43}; Path=\/page; Max-Age=43200; HttpOnly; SameSite=Strict$/);
      const sessions = await chain.office.store.db.selectFrom('sessions').select('token_hash').execute();
      for (const { token_hash } of sessions) expect(cookie).not.toContain(token_hash);
      // Behind TLS that stands in front of it, the browser says so itself.
      person.headers = { origin: chain.server.url.replace('http:', 'https:') };
      const secure = await person.send('/page/sign-in', { name: 'kari', password: PASSWORD });
      expect(secure.headers.getSetCookie()[0]).toMatch(/; Secure$/);
    });

    it('ends after hours of rest, at the end of a long day, and at sign-out', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const status = async (person: PagePerson) => (await person.ask('me', {})).status;
      const resting = await personAt(chain, 'reader', 'rest');
      const working = await personAt(chain, 'reader', 'work');
      const leaving = await personAt(chain, 'reader', 'leave');
      // Its page is open and looks by itself, and nobody is there.
      const away = await personAt(chain, 'reader', 'away');
      away.headers = { 'x-by-itself': '1' };
      const { cookie } = leaving;
      await leaving.ask('sign-out', {});
      leaving.cookie = cookie;
      expect(await status(leaving)).toBe(401);
      for (let hours = 0; hours < 9; hours += 3) {
        chain.clock.atMs += 3 * 3_600_000;
        expect(await status(working)).toBe(200);
        expect(await status(away)).toBe(hours === 0 ? 200 : 401);
      }
      expect(await status(resting)).toBe(401);
      chain.clock.atMs += 3 * 3_600_000 + 1;
      expect(await status(working)).toBe(401);
    });

    it('ends when the person is taken away, or gets another password or role', async () => {
      const chain = await startChain(await newDatabase(), TWO_STORES);
      const [gone, changed] = [await personAt(chain, 'manager', 'gone'), await signedIn(chain, 'manager', 'changed')];
      await removePerson(chain.office, 'gone');
      await runCommand(chain.office, new Said('put-user', { name: 'changed', role: 'reader' }), async () => 'et helt annet passord');
      expect([(await gone.ask('me', {})).status, (await changed.ask('me', {})).status]).toEqual([401, 401]);
      expect((await changed.ask('sign-in', { name: 'changed', password: PASSWORD })).body).toMatchObject({ code: 'wrong-password' });
      expect((await changed.ask('sign-in', { name: 'changed', password: 'et helt annet passord' })).body).toEqual({
        name: 'changed',
        role: 'reader',
      });
    });
  });

  it('guessing is slow work: a wrong name and a wrong password are told the same, and soon to wait', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    await signedIn(chain, 'reader', 'kari');
    const guesser = new PagePerson(chain.server.url);
    const wrongName = await guesser.ask('sign-in', { name: 'kåre', password: PASSWORD });
    const wrongPassword = await guesser.ask('sign-in', { name: 'kari', password: `${PASSWORD}!` });
    expect(wrongName).toMatchObject({ status: 403, body: { code: 'wrong-password' } });
    expect(wrongPassword).toEqual(wrongName);
    for (let guess = 0; guess < 7; guess += 1) await guesser.ask('sign-in', { name: `gjest ${guess}`, password: 'feil' });
    expect(await guesser.ask('sign-in', { name: 'kari', password: PASSWORD })).toMatchObject({ status: 429, body: { code: 'too-many' } });
    chain.clock.atMs += 60_000;
    expect((await guesser.ask('sign-in', { name: 'kari', password: PASSWORD })).status).toBe(200);
  });

  it('guessing is as slow where several head offices work on one database', async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const { server } = await chain.beside();
    const doors = [new PagePerson(chain.server.url), new PagePerson(server.url)];
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess += 1)
      for (const door of doors) statuses.push((await door.ask('sign-in', { name: `gjest ${guess}`, password: 'feil' })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429]);
    const kept = JSON.stringify(await chain.office.store.db.selectFrom('sign_in_attempts').selectAll().execute());
    for (const told of ['gjest', '127.0.0.1']) expect(kept).not.toContain(told);
    // A clock that is set back locks nobody out.
    chain.clock.atMs -= 3_600_000;
    expect((await doors[0]?.ask('sign-in', { name: 'gjest 0', password: 'feil' }))?.status).toBe(403);
  });

  it("another site's page cannot act in somebody's name", async () => {
    const chain = await startChain(await newDatabase(), TWO_STORES);
    const manager = await personAt(chain, 'manager');
    const asked = { storeId: 'nord', registerId: '7' };
    for (const [headers, code] of [
      [{ origin: 'https://other.example' }, 'other-site'],
      [{ origin: 'null' }, 'other-site'],
      [{ 'sec-fetch-site': 'cross-site' }, 'other-site'],
      [{ 'sec-fetch-site': 'same-site' }, 'other-site'],
      [{ 'content-type': 'text/plain' }, 'not-json'],
      [{ 'content-type': 'application/x-www-form-urlencoded' }, 'not-json'],
    ] as const) {
      manager.headers = headers;
      expect((await manager.ask('make-code', asked)).body).toMatchObject({ code });
    }
    expect(await chain.office.store.db.selectFrom('registers').select('register_no').execute()).toEqual([]);
  });
});

describe('the page itself', () => {
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'tillit-page-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    return path;
  };
  const chainIn = async () => startChain({ file: join(folder(), 'chain.db') }, TWO_STORES);

  it('is served under a strict policy, and its built files for ever', async () => {
    const rendererDir = folder();
    mkdirSync(join(rendererDir, 'assets'));
    writeFileSync(join(rendererDir, 'head-office.html'), '<!doctype html><title>Tillit</title>');
    writeFileSync(join(rendererDir, 'assets', 'page-abc.js'), 'void 0;');
    const { server } = await (await chainIn()).beside({ rendererDir });
    const page = await fetch(`${server.url}/`);
    expect(await page.text()).toContain('<title>Tillit</title>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    const script = await fetch(`${server.url}/assets/page-abc.js`);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${server.url}/assets/..%2fhead-office.html`)).status).not.toBe(200);
  });

  it('says how to build it where it is not built', async () => {
    const { server } = await (await chainIn()).beside({ rendererDir: folder() });
    const page = await fetch(`${server.url}/`);
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  });

  it.each([
    ['kari', 'kort', 'A password has 10 characters or more.'],
    ['', PASSWORD, '--name is missing'],
    ['<kari>', PASSWORD, 'A name is up to 60 letters'],
  ])('nobody is called %j with the password %j', async (name, password, sentence) => {
    const { office } = await chainIn();
    await expect(runCommand(office, new Said('put-user', { name, role: 'reader' }), async () => password)).rejects.toThrow(sentence);
  });
});
