/**
 * The one-time payment QR (`qr.yaml`): the provider draws a picture that leads to a payment's URL. The picture is the
 * product; what can be drawn from text is for when the picture cannot be had.
 */
import { z } from 'zod';
import type { Answer, QrContent, QrImage } from '../payment/provider.ts';
import type { Clock, HttpSend, Log } from '../till/ports.ts';
import type { ApiCaller } from './call.ts';
import { answerFromResponse, answerFromSilence, badAnswer } from './errors.ts';
import { inspectPng } from './png.ts';
import type { Redact } from './secrets.ts';
import { inspectSvg } from './svg.ts';

const READ_TIMEOUT_MS = 5_000;
const MAX_PICTURE_BYTES = 1_048_576;
/** A QR of level M holds 2 331 bytes; the provider's own content is far shorter. */
const LONGEST_CONTENT = 2_000;

const MEDIA_TYPES = { png: 'image/png', svg: 'image/svg+xml' } as const;

const qrAnswer = z.object({ url: z.string().min(1).max(8_192), expiresIn: z.number().int().min(1).max(86_400) });

export interface QrApi {
  /** The provider's picture for a payment's URL. Every step of it may be repeated. */
  fetchPicture(reference: string, paymentUrl: string, kind: 'png' | 'svg'): Promise<Answer<QrImage>>;
  /** Where the last picture stood, on a host of its own; `null` before the first. */
  pictureAddress(): string | null;
  /** The text that the provider's own picture holds (`text/targetUrl`), for drawing. `withinMs` bounds each wait. */
  fetchContent(reference: string, paymentUrl: string, withinMs: number): Promise<Answer<QrContent>>;
}

/** Builds the QR API over a sales unit's caller. `sizePixels` is 100 to 2 000. */
export function createQrApi(options: {
  readonly caller: ApiCaller;
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly log: Log;
  readonly redact: Redact;
  readonly baseUrl: string;
  readonly sizePixels: number;
}): QrApi {
  const { caller, send, clock, log, redact } = options;
  let pictures: string | null = null;

  function create(
    reference: string,
    paymentUrl: string,
    accept: string,
    timeouts: { readonly readTimeoutMs: number; readonly connectTimeoutMs?: number },
  ) {
    return caller.call(
      {
        api: 'qr',
        operation: 'qr',
        method: 'POST',
        path: '/qr/v1',
        headers: { Accept: accept, Size: String(options.sizePixels) },
        body: { url: paymentUrl },
        ...timeouts,
        reference,
      },
      qrAnswer,
    );
  }

  return {
    pictureAddress: () => pictures,

    async fetchPicture(reference, paymentUrl, kind) {
      const made = await create(reference, paymentUrl, MEDIA_TYPES[kind], { readTimeoutMs: READ_TIMEOUT_MS });
      if (made.kind !== 'ok') return made;
      const sinceMs = clock.monotonicMs();
      if (!isSafeAddress(made.value.url, options.baseUrl)) return trouble(reference, badAnswer("the picture's address is not https", 200));
      pictures = made.value.url;
      const picture = await fetchPicture({ send, clock, redact }, made.value.url, kind);
      if (picture.kind !== 'ok') return trouble(reference, picture);
      const expiresInMs = Math.max(made.value.expiresIn * 1_000 - Math.round(clock.monotonicMs() - sinceMs), 0);
      return { kind: 'ok', value: { kind, bytes: picture.value, expiresInMs } };
    },

    async fetchContent(reference, paymentUrl, withinMs) {
      const made = await create(reference, paymentUrl, 'text/targetUrl', { readTimeoutMs: withinMs, connectTimeoutMs: withinMs });
      if (made.kind !== 'ok') return made;
      const { url, expiresIn } = made.value;
      if (!isSafeAddress(url, options.baseUrl) || url.length > LONGEST_CONTENT) {
        return trouble(reference, badAnswer('the QR content is not an address that can be drawn', 200));
      }
      return { kind: 'ok', value: { text: url, expiresInMs: expiresIn * 1_000 } };
    },
  };

  function trouble(reference: string, answer: Exclude<Answer<never>, { kind: 'ok' }>): Answer<never> {
    const { code, message, httpStatus } = answer.error;
    log.write('warn', 'vipps.trouble', { operation: 'qr-picture', reference, kind: answer.kind, code, message, httpStatus, traceId: null });
    return answer;
  }
}

/**
 * The picture at an address of the provider's. No keys go with it: it is public to whoever has its address, and stands on
 * another host. What is no whole picture of its kind is `unknown`.
 */
export async function fetchPicture(
  ports: { readonly send: HttpSend; readonly clock: Clock; readonly redact: Redact },
  url: string,
  kind: 'png' | 'svg',
): Promise<Answer<Uint8Array>> {
  const outcome = await ports.send({
    method: 'GET',
    url,
    headers: { Accept: MEDIA_TYPES[kind] },
    connectTimeoutMs: 3_000,
    readTimeoutMs: READ_TIMEOUT_MS,
    maxBodyBytes: MAX_PICTURE_BYTES,
  });
  if (outcome.kind !== 'answered') return answerFromSilence(outcome, ports.redact);
  const { response } = outcome;
  if (response.status !== 200) return answerFromResponse('qr', response, ports.redact, ports.clock.nowMs());
  const picture = kind === 'png' ? inspectPng(response.body) : inspectSvg(response.body);
  if ('problem' in picture) return badAnswer(`the QR picture: ${picture.problem}`, response.status);
  return { kind: 'ok', value: response.body };
}

/**
 * Whether an address that the provider sent may be fetched or shown: `https`, and `http` on this machine only when the
 * provider itself, or the head office that speaks for it, is on it (practice). Whoever can change a picture on its way could lead the customer's money elsewhere.
 */
export function isSafeAddress(address: string, baseUrl: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(address)) return false;
  if (/^https:\/\/[^/?#@\\]+(?:[/?#]|$)/i.test(address)) return true;
  const loopback = /^https?:\/\/(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?(?:[/?#]|$)/i;
  return loopback.test(address) && loopback.test(baseUrl);
}
