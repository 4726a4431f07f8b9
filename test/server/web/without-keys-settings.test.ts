/** A register without keys in the settings, in the check of the set-up, and on the way to a head office with a certificate of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingsAnswer, SettingsRequest } from '../../../app/till/settings.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { revoke } from '../../../server/head-office/registers.ts';
import { startServer } from '../../../server/head-office/server.ts';
import { diagnose } from '../../../server/web/doctor.ts';
import { testCertificate, testKey } from '../../hardware/http/test-certificate.ts';
import type { RunningRegister } from '../../support/running-register.ts';
import { sandboxConfiguration } from '../../support/sandbox-configuration.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestChain } from '../head-office/test-chain.ts';
import { codeFor, refusedStart, startEnrolled, startShopChain } from './chain-shop.ts';

const WITHOUT_KEYS = { through: 'head-office', environment: 'sandbox', api: 'epayment' };

function write({ sandbox, server }: TestChain, more: object = {}): { readonly file: string; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'tillit.json');
  writeFileSync(file, JSON.stringify({ ...sandboxConfiguration(sandbox, 'epayment'), headOffice: { address: server.url }, ...more }));
  return { file, folder };
}

async function asksSettings({ ready }: RunningRegister, request: SettingsRequest): Promise<SettingsAnswer> {
  const response = await fetch(`${ready.api}/api/settings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ready.tokens.manager}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  return (await response.json()) as SettingsAnswer;
}

async function findings(configFile: string, dataDir: string, probe = false) {
  const send = createHttpSend();
  onTestFinished(() => send.close());
  const common = { environment: {}, secrets: null, running: null, language: null, send, log: { write: () => undefined } } as const;
  const diagnosis = await diagnose({ configFile, dataDir, probe: probe ? { msisdn: null, show: null } : null, ...common });
  return diagnosis.findings.map(({ tone, code }) => (tone === 'todo' ? `! ${code}` : code));
}

describe('the settings of a register in a chain', () => {
  it('let it sell without keys, and leave the keys out of the file', async () => {
    const chain = await startShopChain();
    const { file } = write(chain);
    const register = await startEnrolled(file, temporaryFolder(), await codeFor(chain));
    const value = { environment: 'head-office', money: 'sandbox', api: 'epayment' } as const;
    const saved = await asksSettings(register, { type: 'save', section: 'provider', value });
    expect(saved).toMatchObject({ ok: true, settings: { inChain: true, sections: { provider: value } } });
    const { provider } = JSON.parse(readFileSync(file, 'utf8')) as { readonly provider: object };
    expect(provider).toEqual(WITHOUT_KEYS);
    const message = (answer: SettingsAnswer | null) => (answer === null || answer.ok ? null : answer.message);
    const settlement = () => asksSettings(register, { type: 'settlement', date: '2026-11-20' }).catch(() => null);
    await expect.poll(async () => message(await settlement()), { timeout: 20_000 }).toContain('Kassen har ingen nøkler, så oppgjøret');
    const signs = await asksSettings(register, { type: 'signs' });
    expect(signs).toMatchObject({ ok: true, signs: { trouble: expect.stringContaining('Kassen har ingen nøkler. Koder lages') } });
  });

  it('say what stands in the way', async () => {
    const chain = await startShopChain();
    const value = { environment: 'head-office', money: 'production', api: 'epayment' } as const;
    const reachable = { publicUrl: null, port: 0 };
    const { file } = write(chain, { reachable });
    const register = await startEnrolled(file, temporaryFolder(), await codeFor(chain));
    expect(await asksSettings(register, { type: 'save', section: 'provider', value })).toMatchObject({
      code: 'bad-field',
      message: 'Gjennom hovedkontoret kan kassen verken ha egen adresse utenfra eller fjernsalg. Slå det av først.',
    });
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), headOffice: null }));
    expect(await asksSettings(register, { type: 'save', section: 'provider', value })).toMatchObject({
      message: 'Kassen er ikke med i en kjede. Hovedkontorets adresse må stå i innstillingene først.',
    });
  });
});

describe('the check of a register without keys', () => {
  it('asks for none, and takes a test payment through head office', async () => {
    const chain = await startShopChain();
    const { file } = write(chain, { provider: WITHOUT_KEYS });
    const dataDir = temporaryFolder();
    expect(await findings(file, dataDir)).toEqual(expect.arrayContaining(['keys-head-office', '! relay-not-enrolled']));
    await (await startEnrolled(file, dataDir, await codeFor(chain))).stop();
    expect(await findings(file, dataDir, true)).toEqual(
      expect.arrayContaining(['keys-head-office', 'reach-good', 'relay-good', 'probe-released', 'capture-reserve']),
    );
    await revoke(chain.office, 'kolo', '1');
    expect(await findings(file, dataDir)).toContain('! relay-not-enrolled');
    await chain.server.close();
    expect(await findings(file, dataDir)).toContain('! relay-silent');
  });
});

describe('a head office with a certificate of the chain’s own', () => {
  it('is spoken to by registers that were given it, and by no others', async () => {
    const chain = await startShopChain();
    const [certFile, keyFile] = [join(temporaryFolder(), 'cert.pem'), join(temporaryFolder(), 'key.pem')];
    writeFileSync(certFile, testCertificate);
    writeFileSync(keyFile, testKey);
    const server = await startServer(chain.office, { port: 0, host: '127.0.0.1', tls: { certFile, keyFile } });
    onTestFinished(() => server.close());
    expect(server.url).toMatch(/^https:/);
    const without = write(chain, { provider: WITHOUT_KEYS, headOffice: { address: server.url } });
    const refused = await refusedStart(without.file, temporaryFolder(), await codeFor(chain));
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('Head office cannot be reached')]);

    const { file, folder } = write(chain, { provider: WITHOUT_KEYS, headOffice: { address: server.url, caFile: 'chain-ca.pem' } });
    const unread = await refusedStart(file, temporaryFolder(), await codeFor(chain));
    expect([unread.code, unread.stderr]).toEqual([
      2,
      expect.stringContaining('"headOffice.caFile" names this file. There is no such file.'),
    ]);
    writeFileSync(join(folder, 'chain-ca.pem'), testCertificate);
    const dataDir = temporaryFolder();
    const register = await startEnrolled(file, dataDir, await codeFor(chain));
    await register.must({ type: 'add-article', articleNumber: '1001' });
    await register.must({ type: 'pay-vipps' });
    const { stage } = await register.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'waiting-for-scan');
    chain.sandbox.control.customer('approve', stage.kind === 'payment' ? stage.reference : '');
    await register.until((view) => view.stage.kind === 'finished');
    await register.stop();
    expect(await findings(file, dataDir)).toContain('relay-good');
  });
});
