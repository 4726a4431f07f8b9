import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from './contract.ts';

/** Stands between a client and the provider, passes everything on, and keeps it. */
export interface Recorder {
  readonly url: string;
  readonly exchanges: Exchange[];
  close(): Promise<void>;
}

const text = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));

/** `keep` says which paths are the provider's; the rest is only passed on. */
export async function startRecorder(target: string, keep: (path: string) => boolean): Promise<Recorder> {
  const exchanges: Exchange[] = [];
  const server = createServer((incoming, reply) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      const path = incoming.url ?? '/';
      const onward = forward(target + path, { method: incoming.method, headers: incoming.headers }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => {
          const content = Buffer.concat(pieces);
          if (keep(path)) {
            exchanges.push({
              method: incoming.method ?? '',
              path,
              headers: text(incoming.headers),
              body: body.toString('utf8'),
              status: answer.statusCode ?? 0,
              answerType: answer.headers['content-type'] ?? '',
              answer: content.toString('utf8'),
            });
          }
          reply.writeHead(answer.statusCode ?? 500, answer.headers).end(content);
        });
      });
      onward.on('error', () => incoming.socket.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
