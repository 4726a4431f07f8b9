/** Which register is speaking, and what its key opens: codes, keys, limits, TLS. On both databases. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { makeCode, revoke } from '../../../server/head-office/registers.ts';
import { startServer } from '../../../server/head-office/server.ts';
import { testCertificate, testKey } from '../../hardware/http/test-certificate.ts';
import { onBothDatabases, startChain, type TestChain } from './test-chain.ts';
import type { TestRegister } from './test-register.ts';

const STORES = [
  { storeId: 'nord', msn: '100001' },
  { storeId: 'syd', msn: '100002' },
] as const;

async function enrols(chain: TestChain, code: string) {
  const response = await fetch(`${chain.server.url}/v1/enrol`, { method: 'POST', body: JSON.stringify({ code, software: 'tillit-test' }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const asksWhoItIs = (register: TestRegister) => register.call<Record<string, unknown>>('/v1/register');

onBothDatabases((newDatabase) => {
  describe('a code from head office', () => {
    it('becomes one key, once, however it is typed', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const code = await makeCode(chain.office, 'nord', '3');
      expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
      const first = await enrols(chain, code.toLowerCase().replaceAll('-', ' '));
      expect(first).toMatchObject({ status: 200, body: { storeId: 'nord', registerId: '3', storeName: 'Butikken nord', position: null } });
      expect(await enrols(chain, code)).toMatchObject({ status: 403, body: { code: 'bad-code' } });
    });

    it('ends after a day, and a wrong one opens nothing', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const code = await makeCode(chain.office, 'nord', '3');
      expect(await enrols(chain, 'AAAA-BBBB-CCCC')).toMatchObject({ status: 403, body: { code: 'bad-code' } });
      chain.clock.atMs += 24 * 3_600_000;
      expect(await enrols(chain, code)).toMatchObject({ status: 403, body: { code: 'bad-code' } });
    });

    it('is not made for a store that is not there', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      await expect(makeCode(chain.office, 'vest', '1')).rejects.toThrow('There is no store "vest"');
    });

    it('for a register that has one ends the key of the machine before it', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [old, new_] = [await chain.register('nord'), await chain.register('nord')];
      expect(await asksWhoItIs(old)).toMatchObject({ status: 401, body: { code: 'key-revoked' } });
      expect((await asksWhoItIs(new_)).status).toBe(200);
    });
  });

  describe('a key', () => {
    it('says which register of which store is asking', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const syd = await chain.register('syd', 'b');
      expect((await asksWhoItIs(syd)).body).toMatchObject({ storeId: 'syd', registerId: 'b' });
      syd.key = '';
      expect(await asksWhoItIs(syd)).toMatchObject({ status: 401, body: { code: 'no-key' } });
    });

    it('is not in the database, nor is the code that it came from', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const code = await makeCode(chain.office, 'nord', '3');
      const { body } = await enrols(chain, code);
      const { db } = chain.office.store;
      const kept = JSON.stringify([
        await db.selectFrom('register_keys').selectAll().execute(),
        await db.selectFrom('enrolment_codes').selectAll().execute(),
        await db.selectFrom('audit').selectAll().execute(),
      ]);
      for (const secret of [String(body.key), code, code.replaceAll('-', '')]) {
        expect(kept).not.toContain(secret);
        // Nor as a plain hash, which a list of codes could be held against without knowing what it is of.
        expect(kept).not.toContain(nodeHasher.sha256Hex(secret));
      }
    });

    it('is changed for another one, and the old one ends when the new one is first used', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord');
      const lost = await nord.call<{ key: string }>('/v1/key');
      const { body } = await nord.call<{ key: string }>('/v1/key');
      const old = nord.key;
      expect((await asksWhoItIs(nord)).status).toBe(200);
      nord.key = body.key;
      expect((await asksWhoItIs(nord)).status).toBe(200);
      for (const over of [old, lost.body.key]) {
        nord.key = over;
        expect((await asksWhoItIs(nord)).status).toBe(401);
      }
    });

    it('of a stolen register is taken back at once', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord');
      await revoke(chain.office, 'nord', '1');
      expect(await asksWhoItIs(nord)).toMatchObject({ status: 401, body: { code: 'key-revoked' } });
    });
  });

  describe('who asks too much', () => {
    it('is told how long to wait, register by register', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
      const { server } = await chain.beside({ limit: { burst: 3, perMinute: 6 } });
      for (const register of [nord, syd]) register.url = server.url;
      const statuses = [];
      for (let count = 0; count < 4; count += 1) statuses.push((await asksWhoItIs(nord)).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
      expect((await asksWhoItIs(nord)).body).toMatchObject({ code: 'too-many', retryAfterSeconds: 10 });
      expect((await asksWhoItIs(syd)).status).toBe(200);
      chain.clock.atMs += 10_000;
      expect((await asksWhoItIs(nord)).status).toBe(200);
    });

    it('cannot try codes or keys one after the other', async () => {
      const chain = await startChain(await newDatabase(), STORES);
      const nord = await chain.register('nord');
      const { server } = await chain.beside({ strangers: { burst: 2, perMinute: 2 } });
      nord.url = server.url;
      nord.key = `tr_${'A'.repeat(43)}`;
      const codes = [];
      for (let count = 0; count < 3; count += 1) codes.push((await asksWhoItIs(nord)).body.code);
      expect(codes).toEqual(['no-key', 'no-key', 'too-many']);
    });
  });
});

describe('a head office that others can reach', () => {
  it('answers under TLS only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tillit-tls-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const chain = await startChain({ file: join(folder, 'chain.db') }, STORES);
    const options = { port: 0, host: '0.0.0.0', tls: null, sweeps: false };
    await expect(startServer(chain.office, options)).rejects.toThrow('Without a certificate head office listens on this machine only');
    const tls = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
    writeFileSync(tls.certFile, testCertificate);
    writeFileSync(tls.keyFile, testKey);
    const server = await startServer(chain.office, { ...options, tls });
    onTestFinished(() => server.close());
    const send = createHttpSend({ certificateAuthorities: testCertificate });
    onTestFinished(() => send.close());
    const url = server.url.replace('0.0.0.0', 'localhost');
    const answer = await send({ method: 'GET', url: `${url}/health`, headers: {} });
    expect(answer).toMatchObject({ kind: 'answered', response: { status: 200 } });
  });
});
