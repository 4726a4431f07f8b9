import { describe, expect, it } from 'vitest';
import { PortInUseError, startWebShell } from '../../../server/web/web-shell.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { call, callAs, openShell, print } from './shell.ts';

describe('pages', () => {
  it('serves each screen at a clean address, and the register’s root leads to the cashier', async () => {
    const shell = await openShell();
    for (const page of ['cashier', 'customer', 'printer']) {
      const answer = await call(shell, `/${page}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.text).toContain(`<title>${page}</title>`);
    }
    expect((await call(shell, '/')).headers.get('location')).toBe('/cashier');
  });

  it('sends a policy under which a page loads nothing from elsewhere and runs no inline script', async () => {
    const shell = await openShell();
    for (const path of ['/cashier', '/assets/cashier-abc123.js', '/api/views/cashier', '/nothing']) {
      const { headers } = await call(shell, path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("img-src 'self' data:");
      expect(policy).toContain("connect-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('lets built files be kept for ever, pages be asked for again and views never be stored', async () => {
    const shell = await openShell();
    expect((await call(shell, '/assets/cashier-abc123.js')).headers.get('cache-control')).toContain('immutable');
    expect((await call(shell, '/cashier')).headers.get('cache-control')).toBe('no-cache');
    expect((await call(shell, '/api/views/cashier', { token: shell.tokens.cashier })).headers.get('cache-control')).toBe('no-store');
  });

  it('serves nothing from outside its folder', async () => {
    const shell = await openShell();
    for (const path of ['/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/assets/..%2f..%2foutside.txt', '/.hidden']) {
      const answer = await callAs(shell, `127.0.0.1:${shell.port}`, path, '');
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('not for the network');
    }
  });
});

describe('who may do what', () => {
  it('answers 401 with a sentence when there is no token, and when it is a wrong one', async () => {
    const shell = await openShell();
    const wrong = `${shell.tokens.cashier.slice(0, -1)}${shell.tokens.cashier.endsWith('A') ? 'B' : 'A'}`;
    for (const token of [undefined, wrong, 'x', '']) {
      for (const path of ['/api/views/cashier', '/api/views/customer', '/api/printer/papers']) {
        const answer = await call(shell, path, token === undefined ? {} : { token });
        expect(answer.status).toBe(401);
        expect(answer.json()).toMatchObject({ ok: false, code: 'no-token', message: expect.stringMatching(/token.*\.$/) });
      }
    }
  });

  it('lets a cashier command, ask and see both views', async () => {
    const shell = await openShell();
    const { cashier: token } = shell.tokens;
    const answer = await call(shell, '/api/commands', { token, body: { type: 'scan', code: '7038010000010' } });
    expect([answer.status, answer.json()]).toEqual([200, { ok: true }]);
    expect(shell.till.dispatched).toEqual([{ type: 'scan', code: '7038010000010' }]);
    expect((await call(shell, '/api/queries', { token, body: { type: 'receipt-text', saleId: 's1' } })).json()).toEqual({
      type: 'receipt-text',
      text: 'Kvittering s1',
    });
    expect((await call(shell, '/api/views/cashier', { token })).json()).toMatchObject({ registerName: 'Kasse 1' });
    expect((await call(shell, '/api/views/customer', { token })).json()).toMatchObject({ offlineText: 'Et øyeblikk' });
  });

  it('lets a customer’s display see its own view and nothing else', async () => {
    const shell = await openShell();
    const { customer: token } = shell.tokens;
    expect((await call(shell, '/api/views/customer', { token })).status).toBe(200);
    for (const [path, body] of [
      ['/api/views/cashier', undefined],
      ['/api/commands', { type: 'next-customer' }],
      ['/api/queries', { type: 'recent-sales' }],
      ['/api/printer/papers', undefined],
      ['/api/printer/papers/000001.png', undefined],
      ['/api/printer/events', undefined],
      ['/api/printer/condition', { condition: 'ready' }],
      ['/api/printer/drawer', { drawer: 'shut' }],
    ] as const) {
      const answer = await call(shell, path, { token, body });
      expect([path, answer.status, answer.json().code]).toEqual([path, 403, 'wrong-role']);
    }
    expect(shell.till.dispatched).toEqual([]);
  });

  it('lets the printer’s page see paper and change the printer’s condition, and nothing else', async () => {
    const shell = await openShell();
    const { printer: token } = shell.tokens;
    await print(shell.printer, 'Første kvittering');
    await print(shell.printer, 'Andre kvittering');
    const papers = (await call(shell, '/api/printer/papers', { token })).json();
    expect(papers).toMatchObject({
      state: 'ready',
      condition: 'ready',
      practice: null,
      language: 'nb',
      papers: [{ id: '000002', torn: false, pngUrl: '/api/printer/papers/000002.png' }, { id: '000001' }],
    });
    expect(papers.papers[1].text).toContain('Første kvittering');
    expect((await call(shell, '/api/printer/condition', { token, body: { condition: 'paper-out' } })).json()).toEqual({ ok: true });
    expect(shell.printer.status()).toEqual({ state: 'paper-out' });
    expect((await call(shell, '/api/printer/papers', { token })).json()).toMatchObject({ state: 'paper-out', condition: 'paper-out' });
    expect((await call(shell, '/api/printer/drawer', { token, body: { drawer: 'open' } })).json()).toEqual({ ok: true });
    expect((await call(shell, '/api/printer/papers', { token })).json()).toMatchObject({ drawer: 'none' });
    for (const path of ['/api/views/cashier', '/api/views/customer']) expect((await call(shell, path, { token })).status).toBe(403);
    expect((await call(shell, '/api/commands', { token, body: { type: 'next-customer' } })).status).toBe(403);
  });

  it('takes a token in the address for the printer’s pictures only', async () => {
    const shell = await openShell();
    await print(shell.printer, 'Kvittering');
    const picture = await fetch(`${shell.url}/api/printer/papers/000001.png?token=${shell.tokens.printer}`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(shell.printer.papers()[0]?.png);
    expect((await call(shell, `/api/views/cashier?token=${shell.tokens.cashier}`)).status).toBe(401);
    expect((await call(shell, `/api/printer/papers?token=${shell.tokens.cashier}`)).status).toBe(401);
    expect((await call(shell, `/api/printer/condition?token=${shell.tokens.printer}`, { body: { condition: 'ready' } })).status).toBe(401);
  });

  it('refuses a Host that is a name somebody else could point here', async () => {
    const shell = await openShell();
    for (const host of [
      'evil.example',
      `evil.example:${shell.port}`,
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'evil.example:80@127.0.0.1',
    ]) {
      const answer = await callAs(shell, host, '/api/views/cashier', shell.tokens.cashier);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('Kasse 1');
    }
    for (const host of [`localhost:${shell.port}`, `127.0.0.1:${shell.port}`, `[::1]:${shell.port}`, `192.168.1.20:${shell.port}`]) {
      expect((await callAs(shell, host, '/api/views/cashier', shell.tokens.cashier)).status).toBe(200);
    }
  });

  it('refuses a command that comes from another site’s page', async () => {
    const shell = await openShell();
    const { cashier: token } = shell.tokens;
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${shell.port + 1}`, `https://127.0.0.1:${shell.port}`]) {
      const answer = await call(shell, '/api/commands', { token, body: { type: 'park-sale' }, headers: { origin } });
      expect([answer.status, answer.json().code]).toEqual([403, 'bad-origin']);
    }
    expect(shell.till.dispatched).toEqual([]);
    expect((await call(shell, '/api/commands', { token, body: { type: 'park-sale' }, headers: { origin: shell.url } })).status).toBe(200);
  });
});

describe('bad input', () => {
  it('answers 400, names the field and does nothing', async () => {
    const shell = await openShell();
    const { cashier: token } = shell.tokens;
    for (const [body, word] of [
      ['{"type": "scan", ', 'JSON'],
      ['', 'JSON'],
      ['null', 'message'],
      [{}, 'type'],
      [{ type: 'open-vault' }, 'type'],
      [{ type: 'scan' }, 'code'],
      [{ type: 'scan', code: 7 }, 'code'],
      [{ type: 'scan', code: '1', extra: true }, 'extra'],
      [{ type: 'pay-cash', receivedOre: 10.5 }, 'receivedOre'],
      [{ type: 'pay-cash', receivedOre: -1 }, 'receivedOre'],
      ['<html>not json</html>', 'JSON'],
    ] as const) {
      const answer = await call(shell, '/api/commands', { token, body });
      expect([body, answer.status]).toEqual([body, 400]);
      expect(answer.json()).toMatchObject({ ok: false, code: expect.stringMatching(/^bad-/), message: expect.stringContaining(word) });
    }
    expect((await call(shell, '/api/queries', { token, body: { type: 'all-secrets' } })).json()).toMatchObject({
      ok: false,
      code: 'bad-query',
    });
    expect(
      (await call(shell, '/api/printer/condition', { token: shell.tokens.printer, body: { condition: 'on fire' } })).json(),
    ).toMatchObject({ ok: false, code: 'bad-condition' });
    expect((await call(shell, '/api/printer/drawer', { token: shell.tokens.printer, body: { drawer: 'ajar' } })).json()).toMatchObject({
      ok: false,
      code: 'bad-drawer',
    });
    expect(shell.till.dispatched).toEqual([]);
  });

  it('takes JSON and nothing else', async () => {
    const shell = await openShell();
    const answer = await call(shell, '/api/commands', {
      token: shell.tokens.cashier,
      body: 'type=scan',
      headers: { 'content-type': 'text/plain' },
    });
    expect([answer.status, answer.json().code]).toEqual([415, 'not-json']);
  });

  it('takes a large catalogue, but no other command above 1 MB and nothing above 60 MB', async () => {
    const shell = await openShell();
    const { cashier: token } = shell.tokens;
    const large = 'QUJD'.repeat(2 * 1024 * 1024);
    const catalogue = await call(shell, '/api/commands', {
      token,
      body: { type: 'import-catalogue', fileName: 'varer.csv', base64: large },
    });
    expect(catalogue.status).toBe(200);
    const scan = await call(shell, '/api/commands', { token, body: { type: 'scan', code: large } });
    expect([scan.status, scan.json().code]).toEqual([413, 'too-large']);
    const query = await call(shell, '/api/queries', { token, body: { type: 'articles', text: large } });
    expect([query.status, query.json().code]).toEqual([413, 'too-large']);
    const huge = await call(shell, '/api/commands', { token, body: 'x'.repeat(60 * 1024 * 1024 + 1) });
    expect([huge.status, huge.json().code]).toEqual([413, 'too-large']);
    expect(shell.till.dispatched.map((command) => command.type)).toEqual(['import-catalogue']);
  });

  it('passes on the register’s own refusal as an answer', async () => {
    const shell = await openShell();
    shell.till.answer = async () => ({ ok: false, code: 'empty-sale', message: 'Salget er tomt.' });
    const answer = await call(shell, '/api/commands', { token: shell.tokens.cashier, body: { type: 'pay-vipps' } });
    expect([answer.status, answer.json()]).toEqual([200, { ok: false, code: 'empty-sale', message: 'Salget er tomt.' }]);
  });

  it('never shows what broke inside: the log has it, the answer does not', async () => {
    const shell = await openShell();
    shell.till.answer = async () => Promise.reject(new Error('disk exploded at /somewhere'));
    shell.till.cashierView = () => {
      throw new Error('view exploded at /somewhere');
    };
    const { cashier: token } = shell.tokens;
    for (const answer of [
      await call(shell, '/api/commands', { token, body: { type: 'park-sale' } }),
      await call(shell, '/api/views/cashier', { token }),
    ]) {
      expect(answer.status).toBe(500);
      expect(answer.json()).toEqual({ ok: false, code: 'internal', message: 'The register could not do that. Its log says why.' });
    }
    expect(shell.logged.join('\n')).toContain('disk exploded');
    expect(shell.logged.join('\n')).toContain('view exploded');
    expect(shell.logged.join('\n')).not.toContain(token);
  });

  it('says what an address that is not there is', async () => {
    const shell = await openShell();
    for (const path of ['/api/nothing', '/nothing', '/gallery']) {
      expect((await call(shell, path)).json()).toMatchObject({ ok: false, code: 'not-found' });
    }
    const paper = await call(shell, '/api/printer/papers/..%2f..%2ftokens.png', { token: shell.tokens.printer });
    expect([paper.status, paper.json().code]).toEqual([404, 'not-found']);
  });
});

it('streams the printer’s papers as they come', async () => {
  const shell = await openShell();
  const response = await fetch(`${shell.url}/api/printer/events`, { headers: { authorization: `Bearer ${shell.tokens.printer}` } });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await next()).toContain('"condition":"ready"');
  await print(shell.printer, 'Kvittering');
  expect(await next()).toContain('"id":"000001"');
  await call(shell, '/api/printer/condition', { token: shell.tokens.printer, body: { condition: 'cut-off' } });
  expect(await next()).toContain('"condition":"cut-off"');
  await shell.close();
  expect((await reader?.read())?.done).toBe(true);
});

it('says which port is taken', async () => {
  const shell = await openShell();
  const second = startWebShell({
    till: shell.till,
    virtualPrinter: shell.printer,
    port: shell.port,
    tokens: shell.tokens,
    rendererDir: temporaryFolder(),
    log: { write: () => {} },
  });
  await expect(second).rejects.toThrow(PortInUseError);
  await expect(second).rejects.toThrow(`Port ${shell.port} on 127.0.0.1 is in use`);
});
