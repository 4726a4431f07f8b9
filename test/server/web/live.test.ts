import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openShell, Screen, type Shell } from './shell.ts';

const protocols = (token: string) => ['tillit', `token.${token}`];
const views = (screen: Screen) =>
  screen.messages.filter((message) => message.type === 'view').map((message) => message.view as { version: number });
const cashierScreen = (shell: Shell) => Screen.open(shell, protocols(shell.tokens.cashier));

describe('views', () => {
  it('gives each role its own view at once and after each change', async () => {
    const shell = await openShell();
    const cashier = await cashierScreen(shell);
    const customer = await Screen.open(shell, protocols(shell.tokens.customer));
    expect(cashier.socket.protocol).toBe('tillit');
    expect(await cashier.until(() => views(cashier)[0])).toMatchObject({ registerName: 'Kasse 1', version: 1 });
    expect(await customer.until(() => views(customer)[0])).toMatchObject({ screen: { kind: 'idle' }, version: 1 });
    shell.till.change();
    expect(await cashier.until(() => views(cashier)[1])).toMatchObject({ version: 2 });
    expect(await customer.until(() => views(customer)[1])).toMatchObject({ version: 2 });
    expect(JSON.stringify(customer.messages)).not.toContain('operator');
  });

  it('sends many changes of one moment as one view, the latest', async () => {
    const shell = await openShell();
    const cashier = await cashierScreen(shell);
    await cashier.until(() => views(cashier)[0]);
    for (let change = 0; change < 1_000; change += 1) shell.till.change();
    expect(await cashier.until(() => views(cashier)[1])).toMatchObject({ version: 1_001 });
    shell.till.change();
    await cashier.until(() => views(cashier)[2]);
    expect(views(cashier).map((view) => view.version)).toEqual([1, 1_001, 1_002]);
  });

  it('does not pile up views for a screen that reads nothing, and gives it the latest when it reads again', async () => {
    const shell = await openShell();
    shell.till.greeting = 'x'.repeat(400_000);
    const slow = await Screen.open(shell, protocols(shell.tokens.customer));
    await slow.until(() => views(slow)[0]);
    slow.socket.pause();
    for (let change = 0; change < 60; change += 1) {
      shell.till.change();
      await new Promise((resolve) => setImmediate(resolve));
    }
    slow.socket.resume();
    const latest = await slow.until(() => views(slow).find((view) => view.version === 61));
    expect(latest.version).toBe(61);
    expect(views(slow).length).toBeLessThan(60);
    const versions = views(slow).map((view) => view.version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('beats, so that a screen knows that the line is alive', async () => {
    const shell = await openShell({ beatMs: 10 });
    const customer = await Screen.open(shell, protocols(shell.tokens.customer));
    expect(await customer.until(() => customer.messages.find((message) => message.type === 'beat'))).toEqual({ type: 'beat' });
  });

  it('says goodbye when the register stops', async () => {
    const shell = await openShell();
    const customer = await Screen.open(shell, protocols(shell.tokens.customer));
    await shell.close();
    expect(await customer.until(() => customer.closed)).toEqual({ code: 1001, reason: 'The register is stopping.' });
  });
});

describe('a cashier’s messages', () => {
  it('answers commands and queries under their own id', async () => {
    const shell = await openShell();
    const cashier = await cashierScreen(shell);
    cashier.socket.send(JSON.stringify({ type: 'command', id: 7, command: { type: 'park-sale' } }));
    cashier.socket.send(JSON.stringify({ type: 'query', id: 'q', query: { type: 'recent-sales' } }));
    const answerTo = (id: unknown) =>
      cashier.until(() => cashier.messages.find((message) => message.type === 'answer' && message.id === id));
    expect(await answerTo(7)).toEqual({ type: 'answer', id: 7, answer: { ok: true } });
    expect(await answerTo('q')).toEqual({ type: 'answer', id: 'q', answer: { type: 'recent-sales', sales: [] } });
    expect(shell.till.dispatched).toEqual([{ type: 'park-sale' }]);
  });

  it('names what is wrong with a bad one, does nothing and stays connected', async () => {
    const shell = await openShell();
    const cashier = await cashierScreen(shell);
    const bad = [
      'not json',
      'null',
      '[]',
      '{"type":"command"}',
      JSON.stringify({ type: 'command', id: 1, command: { type: 'scan', code: 5 } }),
      JSON.stringify({ type: 'query', id: 1, query: { type: 'scan', code: '5' } }),
      JSON.stringify({ type: 'shout', id: 1 }),
      JSON.stringify({ type: 'command', id: { toString: 1 }, command: { type: 'park-sale' } }),
      JSON.stringify({ type: 'command', id: 1, command: { type: 'scan', code: 'x'.repeat(2_000_000) } }),
    ];
    for (const text of bad) cashier.socket.send(text);
    cashier.socket.send(Buffer.from([1, 2, 3]), { binary: true });
    const answers = await cashier.until(() => {
      const found = cashier.messages.filter((message) => message.type === 'answer');
      return found.length === bad.length + 1 && found;
    });
    for (const message of answers) expect(message.answer).toMatchObject({ ok: false, message: expect.stringMatching(/\.$|: /) });
    expect(shell.till.dispatched).toEqual([]);
    expect(cashier.socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('who is let in', () => {
  it('closes a customer’s display that says anything at all', async () => {
    const shell = await openShell();
    for (const message of ['{"type":"command","id":1,"command":{"type":"park-sale"}}', '', 'hello', Buffer.from([0])]) {
      const customer = await Screen.open(shell, protocols(shell.tokens.customer));
      customer.socket.send(message);
      expect(await customer.until(() => customer.closed)).toMatchObject({ code: 1008 });
    }
    expect(shell.till.dispatched).toEqual([]);
  });

  it('refuses a missing, wrong or printer’s token before the line opens', async () => {
    const shell = await openShell();
    await expect(Screen.open(shell, ['tillit'])).rejects.toThrow('401');
    await expect(Screen.open(shell, protocols('AAAA'))).rejects.toThrow('401');
    await expect(Screen.open(shell, protocols(shell.tokens.printer))).rejects.toThrow('403');
  });

  it('takes the token as a header from a program', async () => {
    const shell = await openShell();
    const screen = await Screen.open(shell, ['tillit'], { authorization: `Bearer ${shell.tokens.cashier}` });
    expect(await screen.until(() => views(screen)[0])).toMatchObject({ registerName: 'Kasse 1' });
  });

  it('refuses another site’s page and another site’s name', async () => {
    const shell = await openShell();
    const mine = protocols(shell.tokens.cashier);
    await expect(Screen.open(shell, mine, { origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(Screen.open(shell, mine, { origin: 'null' })).rejects.toThrow('403');
    await expect(Screen.open(shell, mine, { host: 'evil.example' })).rejects.toThrow('403');
    const own = await Screen.open(shell, mine, { origin: shell.url });
    expect(own.socket.protocol).toBe('tillit');
  });

  it('answers a refused line with a sentence', async () => {
    const shell = await openShell();
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(shell.port, '127.0.0.1', () => {
        socket.write(
          `GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
        );
      });
      let read = '';
      socket.on('data', (chunk) => {
        read += String(chunk);
      });
      socket.on('end', () => resolve(read));
      socket.on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
    expect(text).toContain('"code":"no-token","message":"A token is needed');
  });

  it('lets no more than 32 screens of a kind in, and the cashier in however many displays there are', async () => {
    const shell = await openShell();
    for (let count = 0; count < 32; count += 1) await Screen.open(shell, protocols(shell.tokens.customer));
    await expect(Screen.open(shell, protocols(shell.tokens.customer))).rejects.toThrow('503');
    const cashier = await cashierScreen(shell);
    expect(await cashier.until(() => views(cashier)[0])).toMatchObject({ registerName: 'Kasse 1' });
  });

  it('lets a sender go who never reads the answers', async () => {
    const shell = await openShell();
    shell.till.answer = async () => ({ ok: false, code: 'storage', message: 'x'.repeat(900_000) });
    const cashier = await cashierScreen(shell);
    cashier.socket.pause();
    for (let id = 0; id < 60; id += 1) cashier.socket.send(JSON.stringify({ type: 'command', id, command: { type: 'dismiss' } }));
    while (shell.till.dispatched.length < 40) await new Promise((resolve) => setImmediate(resolve));
    cashier.socket.resume();
    await cashier.until(() => cashier.closed);
    expect(cashier.messages.filter((message) => message.type === 'answer').length).toBeLessThan(60);
  });
});
