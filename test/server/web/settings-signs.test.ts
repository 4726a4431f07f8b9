/** The shop's printed codes, from the settings to the provider and back, over real HTTP. */
import { expect, it, onTestFinished } from 'vitest';
import type { SettingsAnswer, SettingsRequest } from '../../../app/till/settings.ts';
import { inspectPng } from '../../../app/vipps/png.ts';
import { startRestartingRegister } from '../../../server/web/restarting.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { providerOf, sandboxForTest, writeConfiguration } from './attacks/attacked-register.ts';

async function open(reachable: object | null = { port: 0, checkIns: 'ask' }, api = 'epayment') {
  const sandbox = await sandboxForTest();
  const folder = temporaryFolder();
  const register = await startRestartingRegister(
    {
      configFile: writeConfiguration({ ...providerOf(sandbox), api }, { reachable }),
      dataDir: folder,
      port: 0,
      host: '127.0.0.1',
      sandbox: false,
    },
    { environment: { TILLIT_SECRETS_PASSPHRASE: 'en lang nok frase' }, rendererDir: folder, show: () => {} },
  );
  onTestFinished(() => register.close());
  const ask = async (request: SettingsRequest) => {
    const response = await fetch(`${register.ready.api}/api/settings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${register.ready.tokens.manager}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await response.json()) as SettingsAnswer;
  };
  const signs = async (request: SettingsRequest = { type: 'signs' }) => {
    const answer = await ask(request);
    if (!answer.ok || answer.type !== 'signs') throw new Error(answer.ok ? answer.type : answer.message);
    return answer.signs;
  };
  return { sandbox, ask, signs };
}

const MSN = '123456';

it('the register’s sign is made with its name, as often as anybody likes, and deleted', async () => {
  const { sandbox, signs } = await open();
  expect(await signs()).toMatchObject({ sign: null, location: 'Kasse 1', brand: 'Vipps' });
  expect((await signs({ type: 'put-sign' })).sign).toEqual({ merchantQrId: 'kolo-1', location: 'Kasse 1' });
  await signs({ type: 'put-sign' });
  expect(sandbox.control.counterCodes()).toEqual([{ msn: MSN, shop: expect.any(String), merchantQrId: 'kolo-1', location: 'Kasse 1' }]);
  expect((await signs({ type: 'delete-sign' })).sign).toBeNull();
  expect(sandbox.control.counterCodes()).toEqual([]);
});

it('a code that opens a page is made, led elsewhere and deleted; a name that is taken is refused', async () => {
  const { ask, signs } = await open();
  const make = { type: 'save-redirect', id: 'bord 4 blå', redirectUrl: 'https://example.com/meny', isNew: true } as const;
  expect((await signs(make)).redirects).toEqual([{ id: 'bord 4 blå', redirectUrl: 'https://example.com/meny' }]);
  expect(await ask(make)).toMatchObject({ ok: false, code: 'bad-field', field: 'id', message: 'Det finnes en kode med dette navnet.' });
  const elsewhere = await signs({ ...make, redirectUrl: 'https://example.com/ny', isNew: false });
  expect(elsewhere.redirects).toEqual([{ id: 'bord 4 blå', redirectUrl: 'https://example.com/ny' }]);
  expect((await signs({ type: 'delete-redirect', id: 'bord 4 blå' })).redirects).toEqual([]);
  expect(await ask({ ...make, redirectUrl: 'http://example.com' })).toMatchObject({ ok: false, code: 'bad-field', field: 'redirectUrl' });
});

it('each can be printed with the provider’s own picture, large enough for paper', async () => {
  const { ask, signs } = await open();
  await signs({ type: 'put-sign' });
  await signs({ type: 'save-redirect', id: 'vindu', redirectUrl: 'https://example.com', isNew: true });
  for (const redirect of [null, 'vindu']) {
    const answer = await ask({ type: 'sign-picture', redirect });
    if (!answer.ok || answer.type !== 'sign-picture') throw new Error('no picture');
    expect(inspectPng(new Uint8Array(Buffer.from(answer.png, 'base64')))).toMatchObject({ sizePixels: 1_063 });
  }
  expect(await ask({ type: 'sign-picture', redirect: 'borte' })).toMatchObject({
    ok: false,
    message: expect.stringContaining('finnes ikke'),
  });
});

it('says how the register is reached, and what keeps the sign from being heard', async () => {
  const reached = await open();
  await expect.poll(async () => (await reached.signs()).outside?.facts.map(({ value }) => value)).toContain('Meldt inn');
  expect((await reached.signs()).signProblem).toBeNull();
  expect((await (await open(null)).signs()).signProblem).toContain('ingen adresse utenfra');
  expect((await (await open({ port: 0 })).signs()).signProblem).toContain('slå det på under Nettadresse');
  const ecom = await (await open({ port: 0 }, 'ecom')).signs();
  expect([ecom.signProblem, ecom.outside?.tone]).toEqual(['Skiltet trenger ePayment. Kassen bruker eCom.', 'good']);
});

it('says that the provider does not answer, and gives it again when it does', async () => {
  const { sandbox, ask, signs } = await open(null);
  sandbox.control.addFault({ kind: 'server-error', route: 'qr-merchant', times: null });
  expect(await signs()).toMatchObject({ trouble: 'Betalingstjenesten svarte ikke. Prøv igjen om litt.' });
  expect(await ask({ type: 'put-sign' })).toMatchObject({ ok: false, code: 'check-failed' });
  sandbox.control.clearFaults();
  expect(await signs()).toMatchObject({ trouble: null });
});

it('the address from outside is saved, and must be one that the provider can call', async () => {
  const { ask } = await open(null);
  const value = { on: true, publicUrl: null, port: 0, checkIns: 'ask' } as const;
  expect(await ask({ type: 'save', section: 'reachable', value: { ...value, publicUrl: 'http://kasse.example' } })).toMatchObject({
    ok: false,
    field: 'publicUrl',
  });
  expect(await ask({ type: 'save', section: 'reachable', value })).toMatchObject({
    ok: true,
    settings: { sections: { reachable: value } },
  });
});
