import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../../server/sandbox/sandbox.ts';
import { readUnits } from '../../../server/sandbox/units-file.ts';
import { epaymentOf } from './epayment-merchant.ts';
import { type Merchant, merchantOf, request, startMerchant } from './merchant.ts';

let merchant: Merchant;
const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));

beforeAll(async () => {
  merchant = await startMerchant();
});
afterAll(async () => {
  await merchant.sandbox.close();
  rmSync(folder, { recursive: true });
});

describe('the control API', () => {
  it('does over HTTP what the customer does', async () => {
    await merchant.initiate('control-1');
    expect((await merchant.send('POST', '/sandbox/payments/control-1/open')).json.openedAtMs).not.toBeNull();
    expect((await merchant.send('POST', '/sandbox/payments/control-1/approve')).json.phase).toBe('reserved');
    const again = await merchant.send('POST', '/sandbox/payments/control-1/reject');
    expect([again.status, String(again.json.error)]).toEqual([409, 'the payment is reserved, nobody waits for the customer']);
    expect((await merchant.send('POST', '/sandbox/payments/control-0/approve')).status).toBe(404);
    expect((await merchant.send('POST', '/sandbox/payments/control-1/sing')).status).toBe(400);
  });

  it('changes what a sales unit may do, as the provider’s people would', async () => {
    const msn = merchant.sandbox.salesUnits[0]?.msn ?? '';
    expect((await merchant.send('POST', `/sandbox/sales-units/${msn}`, { partialCapture: false })).status).toBe(200);
    expect(merchant.sandbox.salesUnits.find((unit) => unit.msn === msn)).toMatchObject({ partialCapture: false });
    await merchant.send('POST', `/sandbox/sales-units/${msn}`, { partialCapture: true });
    expect((await merchant.send('POST', '/sandbox/sales-units/000000', {})).status).toBe(404);
    expect((await merchant.send('POST', `/sandbox/sales-units/${msn}`, { market: 'DK' })).status).toBe(400);
  });

  it('moves its clock forward and never back', async () => {
    const before = Number((await merchant.send('GET', '/sandbox/clock')).json.nowMs);
    expect(Number((await merchant.send('POST', '/sandbox/clock', { advanceMs: 600_000 })).json.nowMs)).toBeGreaterThanOrEqual(
      before + 600_000,
    );
    expect((await merchant.send('POST', '/sandbox/clock', { advanceMs: -1 })).status).toBe(400);
  });

  it('counts requests by route and payment, with our request id and no secret', async () => {
    await merchant.send('DELETE', '/sandbox/requests');
    await merchant.initiate('control-2');
    await merchant.details('control-2');
    await merchant.capture('control-2', 'our-key');
    const answer = await merchant.send('GET', '/sandbox/requests?reference=control-2');
    expect(answer.json.requests).toMatchObject([
      { method: 'POST', path: '/ecomm/v2/payments', route: 'initiate', status: 200 },
      { method: 'GET', path: '/ecomm/v2/payments/control-2/details', route: 'details', status: 200 },
      { method: 'POST', route: 'capture', requestId: 'our-key', status: 400 },
    ]);
    expect((await merchant.send('GET', '/sandbox/requests?route=capture')).json.requests).toHaveLength(1);
    expect(answer.text).toContain('"authorization"');
    for (const secret of [merchant.headers.Authorization, merchant.headers['Ocp-Apim-Subscription-Key']]) {
      expect(answer.text).not.toContain((secret ?? '').replace('Bearer ', ''));
    }
    expect(answer.text).not.toContain(merchant.sandbox.control.payment('control-2').token);
  });

  it('adds up its ledger per payment and in all', async () => {
    const own = await startMerchant();
    for (const orderId of ['a-1', 'a-2', 'a-3']) await own.initiate(orderId, 10_000);
    own.sandbox.control.customer('approve', 'a-1');
    own.sandbox.control.customer('approve', 'a-2');
    await own.capture('a-1', 'c', 8_000);
    await own.cancel('a-1', true);
    await own.refund('a-1', 'r', 3_000);
    const ledger = await own.send('GET', '/sandbox/ledger');
    expect(ledger.json.payments).toMatchObject([
      { reference: 'a-3', authorisedOre: 0 },
      { reference: 'a-2', authorisedOre: 10_000, capturedOre: 0 },
      { reference: 'a-1', authorisedOre: 10_000, capturedOre: 8_000, releasedOre: 2_000, refundedOre: 3_000 },
    ]);
    expect(ledger.json.total).toEqual({ authorisedOre: 20_000, capturedOre: 8_000, releasedOre: 2_000, refundedOre: 3_000 });
    await own.sandbox.close();
  });

  it('closes while requests wait and pages watch', async () => {
    const own = await startMerchant({ legLatencyMs: 0 });
    const stream = await fetch(`${own.sandbox.url}/sandbox/stream`);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    await own.send('POST', '/sandbox/latency', { legLatencyMs: 600_000 });
    const waiting = own.details('nothing').catch(() => 'cut');
    await own.sandbox.close();
    await waiting;
    await stream.body?.cancel();
    await expect(fetch(own.sandbox.url)).rejects.toThrow();
  });
});

describe('a sandbox with a memory file', () => {
  const memoryFile = join(folder, 'memory.json');

  it('knows its payments, its keys and its clock after a restart', async () => {
    const first = await startSandbox({ memoryFile });
    const before = await merchantOf(first, '123456');
    await before.initiate('kept-1');
    first.control.customer('approve', 'kept-1');
    const captured = await before.capture('kept-1', 'k', 10_000);
    first.control.advance(3_600_000);
    await first.close();

    const second = await startSandbox({ memoryFile });
    const after = await merchantOf(second, '123456');
    expect(second.salesUnits).toEqual(first.salesUnits);
    expect(second.control.nowMs()).toBeGreaterThan(Date.now() + 3_500_000);
    expect(await after.history('kept-1')).toEqual(['CAPTURE', 'RESERVE', 'INITIATE']);
    expect((await after.capture('kept-1', 'k', 10_000)).text).toBe(captured.text);
    expect((await after.initiate('kept-1')).status).toBe(400);
    await second.close();
  });

  it('knows payments from before there was more than eCom', async () => {
    const file = join(folder, 'older.json');
    const first = await startSandbox({ memoryFile: file });
    const before = await merchantOf(first, '123456');
    await before.initiate('older-1');
    first.control.customer('approve', 'older-1');
    await first.close();
    const content = JSON.parse(readFileSync(file, 'utf8')) as { payments: Record<string, unknown>[] };
    for (const payment of content.payments) {
      for (const name of ['api', 'currency', 'pspReference', 'flow', 'method', 'minimumAge', 'extras', 'callback', 'told'])
        delete payment[name];
    }
    writeFileSync(file, JSON.stringify(content));
    const second = await startSandbox({ memoryFile: file });
    const shop = epaymentOf(await merchantOf(second, '123456'));
    expect(await shop.sums('older-1')).toBe('AUTHORIZED 14770/0/0/0');
    await second.close();
  });

  it('refuses a file that is something else, and leaves it alone', async () => {
    writeFileSync(memoryFile, '{"half');
    await expect(startSandbox({ memoryFile })).rejects.toThrow(`${memoryFile} is not the memory of a sandbox`);
    expect(readFileSync(memoryFile, 'utf8')).toBe('{"half');
  });
});

describe('the program', () => {
  it('prints one line with addresses and keys, serves, and ends when asked', async () => {
    const program = spawn(process.execPath, ['server/sandbox/main.ts', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(program.stdout), 'line')) as [string];
    const told = JSON.parse(line) as {
      url: string;
      phoneUrl: string;
      salesUnits: { clientId: string; clientSecret: string; subscriptionKey: string }[];
    };
    const [unit] = told.salesUnits;
    const token = await request(`${told.url}/accesstoken/get`, 'POST', undefined, {
      client_id: unit?.clientId ?? '',
      client_secret: unit?.clientSecret ?? '',
      'Ocp-Apim-Subscription-Key': unit?.subscriptionKey ?? '',
    });
    expect(token.status).toBe(200);
    expect((await fetch(told.phoneUrl)).status).toBe(200);
    program.kill('SIGTERM');
    expect(await once(program, 'exit')).toEqual([0, null]);
  });

  it('serves the sales units and partners of a file, each with what it may do', async () => {
    const file = join(folder, 'units.json');
    writeFileSync(
      file,
      JSON.stringify({ salesUnits: [{ msn: '222222', market: 'DK', partialCapture: false }], partners: [{ msns: ['222222'] }] }),
    );
    const program = spawn(process.execPath, ['server/sandbox/main.ts', '--units', file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(program.stdout), 'line')) as [string];
    expect(JSON.parse(line)).toMatchObject({
      salesUnits: [{ msn: '222222', currency: 'DKK', partialCapture: false, capture: 'reserve' }],
      partners: [{ msns: ['222222'], subscriptionKey: expect.any(String) }],
    });
    program.kill('SIGTERM');
    await once(program, 'exit');
  });

  it('names what it does not understand in such a file', () => {
    const file = join(folder, 'wrong-units.json');
    writeFileSync(file, JSON.stringify({ salesUnits: [{ msn: '222222', market: 'SE' }] }));
    expect(() => readUnits(file)).toThrow(/wrong-units\.json does not describe sales units[\s\S]*market/);
    expect(() => readUnits(join(folder, 'nowhere.json'))).toThrow('nowhere.json cannot be read as JSON');
  });

  it('names an option that it cannot use', async () => {
    const program = spawn(process.execPath, ['server/sandbox/main.ts', '--port', 'many'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    program.stderr.on('data', (part: Buffer) => {
      errors += part.toString();
    });
    expect(await once(program, 'close')).toEqual([2, null]);
    expect(errors).toContain('--port must be a whole number');
  });
});
