/** The settings' page about the chain, over real HTTP: a real register, a real head office. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingsAnswer } from '../../../app/till/settings.ts';
import type { ChainView } from '../../../app/till/settings-chain.ts';
import { revoke } from '../../../server/head-office/registers.ts';
import { startRestartingRegister } from '../../../server/web/restarting.ts';
import { testCertificate } from '../../hardware/http/test-certificate.ts';
import { DEMO_CONFIGURATION } from '../../support/running-register.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../head-office/test-chain.ts';
import { chainConfiguration, codeFor, startShopChain } from './chain-shop.ts';

async function open(configFile: string) {
  const dataDir = temporaryFolder();
  const register = await startRestartingRegister(
    { configFile, dataDir, port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: dataDir, show: () => {} },
  );
  onTestFinished(() => register.close());
  const ask = async (request: unknown): Promise<SettingsAnswer> => {
    const response = await fetch(`${register.ready.api}/api/settings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${register.ready.tokens.manager}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await response.json()) as SettingsAnswer;
  };
  const chain = async (request: unknown = { type: 'chain' }): Promise<ChainView> => {
    const answer = await ask(request);
    if (!answer.ok || answer.type !== 'chain') throw new Error(answer.ok ? answer.type : answer.message);
    return answer.chain;
  };
  /** The register is away for a moment while it takes new settings up. */
  const says = (tone: ChainView['look']['tone']) => until(async () => (await chain().catch(() => null))?.look.tone === tone);
  return { register, dataDir, ask, chain, says };
}

describe('the page about the chain', () => {
  it('takes a code, after which the register sends by itself, and never shows the key', async () => {
    const head = await startShopChain();
    const configFile = chainConfiguration(head, false);
    const { dataDir, ask, chain, says } = await open(configFile);
    expect(await chain()).toMatchObject({
      address: null,
      isEnrolled: false,
      canEnrol: true,
      look: { text: 'Kassen er ikke i noen kjede.' },
    });
    await chain({ type: 'enrol', address: `${head.server.url}/`, code: (await codeFor(head)).toLowerCase() });
    expect(JSON.parse(readFileSync(configFile, 'utf8'))).toMatchObject({ headOffice: { address: head.server.url } });
    await says('good');
    const well = await chain();
    expect(well).toMatchObject({ address: head.server.url, isEnrolled: true, canRetry: false });
    expect(well.look.facts[0]).toMatchObject({ value: 'Kasse 1 i Butikken kolo' });
    const { key } = JSON.parse(readFileSync(join(dataDir, 'keys', 'head-office.json'), 'utf8')) as { key: string };
    const bundle = await ask({ type: 'support-bundle' });
    const files = bundle.ok && bundle.type === 'bundle' ? Object.values(unzipSync(Buffer.from(bundle.base64, 'base64'))) : [];
    expect(files.length).toBeGreaterThan(0);
    for (const text of [
      JSON.stringify(well),
      JSON.stringify(await ask({ type: 'read' })),
      ...files.map((file) => Buffer.from(file).toString()),
    ]) {
      expect(text).not.toContain(key);
    }
  });

  it('says what is wrong with a code or an address, at its field, and changes nothing', async () => {
    const head = await startShopChain();
    const configFile = chainConfiguration(head, false);
    const before = readFileSync(configFile, 'utf8');
    const { ask } = await open(configFile);
    const enrol = { type: 'enrol', address: head.server.url, code: 'AAAA-BBBB-CCCC' };
    expect(await ask(enrol)).toMatchObject({ ok: false, field: 'code', message: expect.stringContaining('Be hovedkontoret om en ny') });
    expect(await ask({ ...enrol, code: await codeFor(head, 'nabo', '2') })).toMatchObject({
      ok: false,
      field: 'code',
      message: expect.stringContaining('Koden var for kasse 2 i nabo'),
    });
    expect(await ask({ ...enrol, address: 'http://hovedkontor.example.no' })).toMatchObject({ ok: false, field: 'address' });
    expect(await ask({ ...enrol, address: head.sandbox.url })).toMatchObject({
      ok: false,
      field: 'address',
      message: expect.stringContaining('Fikk ikke noe svar'),
    });
    await head.server.close();
    expect(await ask(enrol)).toMatchObject({ ok: false, field: 'address', message: expect.stringContaining('Fikk ikke kontakt') });
    expect(readFileSync(configFile, 'utf8')).toBe(before);
  });

  it('says that a key was taken back, and takes a new code at once', async () => {
    const head = await startShopChain();
    const { register, chain, says } = await open(chainConfiguration(head));
    expect((await chain()).look.text).toBe('Kassen har ingen nøkkel til hovedkontoret. Skriv inn en kode under.');
    await chain({ type: 'enrol', address: head.server.url, code: await codeFor(head) });
    await says('good');
    await revoke(head.office, 'kolo', '1');
    await fetch(`${register.ready.api}/api/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${register.ready.tokens.cashier}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'add-article', articleNumber: '1001' }),
    });
    await says('bad');
    expect(await chain()).toMatchObject({ canRetry: true, look: { text: expect.stringContaining('Be om en ny kode') } });
    await chain({ type: 'retry-chain' });
    await says('bad');
    await chain({ type: 'enrol', address: head.server.url, code: await codeFor(head) });
    await says('good');
  });

  it('under another address keeps what else stands in the configuration about head office', async () => {
    const head = await startShopChain();
    const configFile = chainConfiguration(head);
    const caFile = 'chain-ca.pem';
    const { headOffice, ...rest } = JSON.parse(readFileSync(configFile, 'utf8')) as { readonly headOffice: object };
    writeFileSync(join(dirname(configFile), caFile), testCertificate);
    writeFileSync(configFile, JSON.stringify({ ...rest, headOffice: { ...headOffice, caFile, address: 'http://127.0.0.1:9' } }));
    const { chain, says } = await open(configFile);
    await chain({ type: 'enrol', address: head.server.url, code: await codeFor(head) });
    expect(JSON.parse(readFileSync(configFile, 'utf8'))).toMatchObject({ headOffice: { address: head.server.url, caFile } });
    await says('good');
  });

  it('takes no code where the register practises by itself', async () => {
    const { ask, chain } = await open(DEMO_CONFIGURATION);
    expect(await chain()).toMatchObject({ canEnrol: false });
    const refused = await ask({ type: 'enrol', address: 'http://127.0.0.1:9', code: 'AAAA-BBBB-CCCC' });
    expect(refused).toMatchObject({ ok: false, code: 'not-here' });
  });
});
