import { type Sandbox, type SandboxOptions, startSandbox } from '../../../server/sandbox/sandbox.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, or `null`. */
  readonly json: Json;
}

/** A JSON value that tests look into freely. */
export type Json = { readonly [name: string]: Json } & { readonly length: number } & (string | number | boolean | null | object);

type Headings = Readonly<Record<string, string>>;

/** A merchant written from the provider's documents alone, with real HTTP. */
export interface Merchant {
  readonly sandbox: Sandbox;
  readonly msn: string;
  readonly headers: Headings;
  send(method: string, path: string, body?: unknown, headers?: Headings): Promise<Answer>;
  initiate(orderId: string, amount?: number, transaction?: object): Promise<Answer>;
  details(orderId: string): Promise<Answer>;
  capture(orderId: string, key: string, amount?: number): Promise<Answer>;
  refund(orderId: string, key: string, amount?: number): Promise<Answer>;
  cancel(orderId: string, shouldReleaseRemainingFunds?: boolean): Promise<Answer>;
  /** The history's operations, newest first: `RESERVE`, or `RESERVE failed`. */
  history(orderId: string): Promise<string[]>;
}

export async function request(url: string, method: string, body?: unknown, headers: Headings = {}): Promise<Answer> {
  const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const answer = await fetch(url, { method, headers, redirect: 'manual', ...text });
  const content = await answer.text();
  let json: unknown = null;
  try {
    json = JSON.parse(content);
  } catch {
    // Not every answer is JSON.
  }
  return { status: answer.status, headers: answer.headers, text: content, json: json as Json };
}

export function initiateBody(msn: string, orderId: string, amount: number, transaction: object = {}): Record<string, unknown> {
  return {
    customerInfo: {},
    merchantInfo: { merchantSerialNumber: msn, callbackPrefix: 'https://example.com/callbacks', fallBack: 'https://example.com/done' },
    transaction: { orderId, amount, transactionText: 'Two loaves', skipLandingPage: false, ...transaction },
  };
}

/** The token headers of one sales unit. */
export function tokenHeaders(sandbox: Sandbox, msn: string): Headings {
  const unit = sandbox.salesUnits.find((each) => each.msn === msn);
  if (unit === undefined) throw new Error(`no unit ${msn}`);
  return {
    client_id: unit.clientId,
    client_secret: unit.clientSecret,
    'Ocp-Apim-Subscription-Key': unit.subscriptionKey,
    'Merchant-Serial-Number': msn,
  };
}

export async function merchantOf(sandbox: Sandbox, msn: string): Promise<Merchant> {
  const keys = tokenHeaders(sandbox, msn);
  const token = await request(`${sandbox.url}/accesstoken/get`, 'POST', undefined, keys);
  const headers: Headings = {
    Authorization: `Bearer ${String(token.json.access_token)}`,
    'Ocp-Apim-Subscription-Key': keys['Ocp-Apim-Subscription-Key'] ?? '',
    'Merchant-Serial-Number': msn,
    'Content-Type': 'application/json',
  };
  const send = (method: string, path: string, body?: unknown, more: Headings = {}): Promise<Answer> =>
    request(sandbox.url + path, method, body, { ...headers, ...more });
  const action = (amount: number | undefined): object => ({
    merchantInfo: { merchantSerialNumber: msn },
    transaction: { transactionText: 'Two loaves', ...(amount === undefined ? {} : { amount }) },
  });
  const base = '/ecomm/v2/payments';
  const details = (orderId: string): Promise<Answer> => send('GET', `${base}/${orderId}/details`);
  return {
    sandbox,
    msn,
    headers,
    send,
    details,
    initiate: (orderId, amount = 14_770, transaction = {}) => send('POST', base, initiateBody(msn, orderId, amount, transaction)),
    capture: (orderId, key, amount) => send('POST', `${base}/${orderId}/capture`, action(amount), { 'X-Request-Id': key }),
    refund: (orderId, key, amount) => send('POST', `${base}/${orderId}/refund`, action(amount), { 'X-Request-Id': key }),
    cancel: (orderId, shouldReleaseRemainingFunds) =>
      send('PUT', `${base}/${orderId}/cancel`, {
        ...action(undefined),
        ...(shouldReleaseRemainingFunds === undefined ? {} : { shouldReleaseRemainingFunds }),
      }),
    async history(orderId) {
      const answer = await details(orderId);
      const rows = answer.json.transactionLogHistory as unknown as { operation: string; operationSuccess: boolean }[];
      return rows.map((row) => (row.operationSuccess ? row.operation : `${row.operation} failed`));
    },
  };
}

/** Starts a sandbox of its own for one test file, with a merchant on its first unit. */
export async function startMerchant(options: SandboxOptions = {}): Promise<Merchant> {
  const sandbox = await startSandbox(options);
  return merchantOf(sandbox, sandbox.salesUnits[0]?.msn ?? '');
}

/** `Payment/61`, as the first error of an eCom answer. */
export function code(answer: Answer): string {
  const first = (answer.json as unknown as { errorGroup?: string; errorCode?: string }[])[0];
  return `${first?.errorGroup}/${first?.errorCode}`;
}
