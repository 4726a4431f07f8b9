/** A provider whose every answer a test can change: for what the sandbox's own rules would never say. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { qrPng } from '../../../../server/sandbox/qr/image.ts';

export type Leg = 'token' | 'create' | 'qr' | 'picture' | 'details' | 'capture' | 'cancel' | 'refund';

export interface Asked {
  readonly leg: Leg;
  readonly body: { readonly transaction?: { readonly orderId?: string; readonly amount?: number } };
  /** The right answer, which `answer` sends. */
  readonly right: unknown;
  readonly response: ServerResponse;
  answer(body: unknown, status?: number, headers?: Readonly<Record<string, string>>): void;
}

export interface Row {
  readonly operation: 'INITIATE' | 'RESERVE' | 'CAPTURE' | 'CANCEL' | 'VOID' | 'REFUND' | 'SALE';
  readonly amount: number;
  readonly operationSuccess: boolean;
  readonly requestId?: string;
  readonly transactionId?: string;
}

/** One payment after the other, kept in `history` (newest first) as eCom tells it. */
export class HandMadeProvider {
  url = '';
  readonly history = new Map<string, Row[]>();
  readonly counts = new Map<Leg, number>();
  /** Answers in the right answer's place; what it returns `false` for is answered rightly. */
  lie: (asked: Asked) => boolean | Promise<boolean> = () => false;

  static async start(): Promise<HandMadeProvider> {
    const provider = new HandMadeProvider();
    const server = createServer((request, response) => void provider.#serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return provider;
  }

  /** Keys that nobody else has, so that a search for them means something. */
  readonly keys = {
    clientId: '11111111-2222-4333-8444-555555555555',
    clientSecret: 'c2VjcmV0LW9mLXRoZS1jbGllbnQ=',
    subscriptionKey: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    token: 'no-jwt-but-an-access-token-all-the-same',
  };

  get configuration() {
    const { clientId, clientSecret, subscriptionKey } = this.keys;
    return { environment: 'sandbox', baseUrl: this.url, merchantSerialNumber: '123456', clientId, clientSecret, subscriptionKey };
  }

  /** Adds a row to the payment's history, as the newest. */
  add(reference: string, row: Row): void {
    this.history.get(reference)?.unshift(row);
  }

  count(leg: Leg): number {
    return this.counts.get(leg) ?? 0;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = (text === '' ? {} : JSON.parse(text)) as Asked['body'];
    const path = request.url ?? '';
    const reference = decodeURIComponent(/^\/ecomm\/v2\/payments\/([^/]+)\//.exec(path)?.[1] ?? '');
    const leg = legOf(request.method ?? '', path);
    this.counts.set(leg, this.count(leg) + 1);
    const key = String(request.headers['x-request-id'] ?? '');
    const right = this.#right(leg, reference || (body.transaction?.orderId ?? ''), body, key);
    const answer: Asked['answer'] = (what, status = 200, headers = {}) => {
      const isBytes = typeof what === 'string' || what instanceof Uint8Array;
      response.writeHead(status, { 'content-type': what instanceof Uint8Array ? 'image/png' : 'application/json', ...headers });
      response.end(isBytes ? what : JSON.stringify(what));
    };
    if (await this.lie({ leg, body, right, response, answer })) return;
    if (right === null) answer([{ errorGroup: 'Merchant', errorCode: '35', errorMessage: 'Requested Order not found' }], 404);
    else answer(right);
  }

  /** Does it, and gives the answer. */
  #right(leg: Leg, reference: string, body: Asked['body'], requestId: string): unknown {
    const rows = this.history.get(reference);
    const amount = rows?.at(-1)?.amount ?? 0;
    const transactionInfo = { amount, status: 'Captured' };
    switch (leg) {
      case 'token':
        return { access_token: this.keys.token, expires_in: '3600' };
      case 'create':
        this.history.set(reference, [{ operation: 'INITIATE', amount: body.transaction?.amount ?? 0, operationSuccess: true }]);
        return { orderId: reference, url: `${this.url}/dwo-api-application/v1/deeplink/vippsgateway?v=2&token=${reference}` };
      case 'qr':
        return { url: `${this.url}/picture.png`, expiresIn: 600 };
      case 'picture':
        return qrPng('https://qr.example/1', 720);
      case 'details':
        return rows === undefined ? null : { orderId: reference, transactionLogHistory: rows };
      case 'capture':
        if (rows !== undefined && !rows.some((row) => row.requestId === requestId))
          rows.unshift({ operation: 'CAPTURE', amount: body.transaction?.amount ?? 0, operationSuccess: true, requestId });
        return { orderId: reference, transactionInfo };
      case 'cancel':
        rows?.unshift({
          operation: rows.some((row) => row.operation === 'RESERVE' && row.operationSuccess) ? 'VOID' : 'CANCEL',
          amount,
          operationSuccess: true,
        });
        return { orderId: reference, transactionInfo: { amount, status: 'Cancelled' } };
      case 'refund':
        rows?.unshift({ operation: 'REFUND', amount: body.transaction?.amount ?? 0, operationSuccess: true, requestId });
        return { orderId: reference, transaction: { amount: body.transaction?.amount ?? 0, status: 'Refund' } };
    }
  }
}

function legOf(method: string, path: string): Leg {
  if (path === '/accesstoken/get') return 'token';
  if (path === '/qr/v1') return 'qr';
  if (path.startsWith('/picture')) return 'picture';
  if (path.endsWith('/details')) return 'details';
  if (path.endsWith('/capture')) return 'capture';
  if (path.endsWith('/cancel')) return 'cancel';
  if (path.endsWith('/refund')) return 'refund';
  if (method === 'POST' && path === '/ecomm/v2/payments') return 'create';
  throw new Error(`Nobody knows ${method} ${path}.`);
}
