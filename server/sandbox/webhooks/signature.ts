import { createHash, createHmac } from 'node:crypto';

/** What a webhook is signed with: the registration's secret, and the address exactly as it was registered. */
export interface ToSign {
  readonly secret: string;
  readonly url: URL;
  readonly body: string;
  readonly date: Date;
}

/** The headers that prove a webhook: the body's hash, the date, and an HMAC over method, path, date, host and hash. */
export function signedHeaders({ secret, url, body, date }: ToSign): Record<string, string> {
  const hash = createHash('sha256').update(body).digest('base64');
  const dateText = date.toUTCString();
  const text = `POST\n${url.pathname}${url.search}\n${dateText};${url.host};${hash}`;
  const signature = createHmac('sha256', secret).update(text).digest('base64');
  return {
    'x-ms-date': dateText,
    'x-ms-content-sha256': hash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  };
}
