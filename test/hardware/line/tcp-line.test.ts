import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LineLostError, LineOpenError } from '../../../hardware/line/line.ts';
import { tcpEnd } from '../../../hardware/line/tcp-line.ts';

async function device(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    serve(socket);
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a line over the network', () => {
  it('carries bytes both ways, as they are', async () => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const port = await device((socket) => socket.pipe(socket));
    const line = await tcpEnd({ host: '127.0.0.1', port }).open();
    const came: number[] = [];
    line.onBytes((bytes) => came.push(...bytes));
    await line.write(every);
    await expect.poll(() => came).toEqual([...every]);
    await line.close();
  });

  it('knows that the other side took everything when that ends the connection too', async () => {
    const port = await device((socket) => socket.resume().on('end', () => socket.end()));
    const line = await tcpEnd({ host: '127.0.0.1', port }).open();
    await line.write(new Uint8Array(5_000));
    expect(await line.close()).toBe(true);
  });

  it('does not claim that when the other side breaks it off, or never ends it', async () => {
    const port = await device((socket) => socket.on('data', () => socket.resetAndDestroy()));
    const broken = await tcpEnd({ host: '127.0.0.1', port }).open();
    await broken.write(new Uint8Array(10)).catch(() => undefined);
    expect(await broken.close()).toBe(false);
    const silent = await tcpEnd({ host: '127.0.0.1', port: await device((socket) => void socket.resume()) }).open();
    expect(await silent.close(50)).toBe(false);
  });

  it('ends a write that nobody took when the other side goes', async () => {
    let other: Socket | null = null;
    const port = await device((socket) => {
      other = socket.pause();
    });
    const line = await tcpEnd({ host: '127.0.0.1', port }).open();
    const written = line.write(new Uint8Array(64 * 1_024 * 1_024));
    await expect.poll(() => other).not.toBeNull();
    (other as Socket | null)?.resetAndDestroy();
    await expect(written).rejects.toBeInstanceOf(LineLostError);
    expect(line.closed()).toContain('127.0.0.1');
    await expect(line.write(new Uint8Array(1))).rejects.toBeInstanceOf(LineLostError);
  });

  it('says in a sentence why it cannot be opened', async () => {
    const port = await device(() => undefined);
    await expect(tcpEnd({ host: '127.0.0.1', port: port === 1 ? 2 : 1 }).open()).rejects.toMatchObject({
      trouble: 'refused',
      message: expect.stringContaining('127.0.0.1:1 refuses the connection'),
    });
    await expect(tcpEnd({ host: 'no-such-printer.invalid' }).open()).rejects.toBeInstanceOf(LineOpenError);
  });
});
