/**
 * The shop's own printed codes (`qr.yaml`): one kind opens a page of the shop's, the other hangs at a register and tells it
 * who stands there. Neither is a payment, and both stay until they are deleted.
 */
import { z } from 'zod';
import type { Answer } from '../payment/provider.ts';
import type { Clock, HttpSend } from '../till/ports.ts';
import type { ApiCaller, ApiRequest } from './call.ts';
import { badAnswer } from './errors.ts';
import { fetchPicture, isSafeAddress } from './qr.ts';
import type { Redact } from './secrets.ts';

/** A code that opens a page. */
export interface RedirectCode {
  /** The shop's own name for it: `vindu`. */
  readonly id: string;
  readonly redirectUrl: string;
}

/** A code at a register. */
export interface RegisterSign {
  readonly merchantQrId: string;
  /** What the customer reads in the app: `Kasse 1`. */
  readonly location: string;
}

export interface MerchantQrApi {
  redirects(): Promise<Answer<readonly RedirectCode[]>>;
  /** `refused` with `qr:409` where there is one of that name already. */
  createRedirect(code: RedirectCode): Promise<Answer<null>>;
  /** Where it leads from now on; the printed code stays good. */
  updateRedirect(code: RedirectCode): Promise<Answer<null>>;
  deleteRedirect(id: string): Promise<Answer<null>>;
  /** `null`: there is none of that name. */
  sign(merchantQrId: string): Promise<Answer<RegisterSign | null>>;
  /** Makes it, or gives it another location. The code stays the same, however often. */
  putSign(sign: RegisterSign): Promise<Answer<null>>;
  deleteSign(merchantQrId: string): Promise<Answer<null>>;
  /** The provider's own picture, as a PNG of this many pixels (100 to 2 000). `null`: there is no such code. */
  redirectPicture(id: string, sizePixels: number): Promise<Answer<Uint8Array | null>>;
  signPicture(merchantQrId: string, sizePixels: number): Promise<Answer<Uint8Array | null>>;
}

/** `MerchantCallbackPutRequest`. */
const LONGEST_LOCATION = 36;

const READ_TIMEOUT_MS = 10_000;
const REDIRECTS = '/qr/v1/merchant-redirect';
const SIGNS = '/qr/v1/merchant-callback';

const redirect = z.object({ id: z.string().min(1).max(128), url: z.string().max(8_192), redirectUrl: z.string().max(8_192) });
const redirects = z.array(redirect);
const sign = z.object({ merchantQrId: z.string().min(1), locationDescription: z.string(), qrImageUrl: z.string().max(8_192) });
const anything = z.unknown().transform(() => null);

/** Builds the API over a sales unit's caller. */
export function createMerchantQrApi(options: {
  readonly caller: Pick<ApiCaller, 'call'>;
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly baseUrl: string;
}): MerchantQrApi {
  const { caller } = options;
  const asPng = (sizePixels: number) => ({ Accept: 'image/png', Size: String(sizePixels) });
  const pathOf = (base: string, id: string) => `${base}/${encodeURIComponent(id)}`;

  function call<Schema extends z.ZodType>(
    operation: string,
    method: ApiRequest['method'],
    path: string,
    schema: Schema,
    rest: Pick<ApiRequest, 'body' | 'headers' | 'mayBeEmpty'> = {},
  ): Promise<Answer<z.output<Schema>>> {
    return caller.call({ api: 'qr', operation, method, path, readTimeoutMs: READ_TIMEOUT_MS, reference: '', ...rest }, schema);
  }

  async function picture(url: string): Promise<Answer<Uint8Array>> {
    if (!isSafeAddress(url, options.baseUrl)) return badAnswer("the picture's address is not https", 200);
    return fetchPicture(options, url, 'png');
  }

  return {
    async redirects() {
      const answer = await call('list-redirects', 'GET', REDIRECTS, redirects, { headers: asPng(200) });
      if (answer.kind !== 'ok') return answer;
      return { kind: 'ok', value: answer.value.map(({ id, redirectUrl }) => ({ id, redirectUrl })) };
    },
    createRedirect: ({ id, redirectUrl }) =>
      call('create-redirect', 'POST', REDIRECTS, anything, { headers: asPng(200), body: { id, redirectUrl } }),
    updateRedirect: ({ id, redirectUrl }) =>
      call('update-redirect', 'PUT', pathOf(REDIRECTS, id), anything, { headers: asPng(200), body: { redirectUrl } }),
    deleteRedirect: (id) => call('delete-redirect', 'DELETE', pathOf(REDIRECTS, id), anything, { mayBeEmpty: true }),
    async sign(merchantQrId) {
      const answer = await call('get-sign', 'GET', pathOf(SIGNS, merchantQrId), sign);
      if (isAbsent(answer)) return { kind: 'ok', value: null };
      if (answer.kind !== 'ok') return answer;
      return { kind: 'ok', value: { merchantQrId: answer.value.merchantQrId, location: answer.value.locationDescription } };
    },
    putSign: ({ merchantQrId, location }) =>
      call('put-sign', 'PUT', pathOf(SIGNS, merchantQrId), anything, {
        body: { locationDescription: location.slice(0, LONGEST_LOCATION) },
        mayBeEmpty: true,
      }),
    deleteSign: (merchantQrId) => call('delete-sign', 'DELETE', pathOf(SIGNS, merchantQrId), anything, { mayBeEmpty: true }),
    async redirectPicture(id, sizePixels) {
      const answer = await call('get-redirect', 'GET', pathOf(REDIRECTS, id), redirect, { headers: asPng(sizePixels) });
      if (isAbsent(answer)) return { kind: 'ok', value: null };
      return answer.kind === 'ok' ? picture(answer.value.url) : answer;
    },
    async signPicture(merchantQrId, sizePixels) {
      const path = `${pathOf(SIGNS, merchantQrId)}?QrImageFormat=PNG&QrImageSize=${sizePixels}`;
      const answer = await call('get-sign', 'GET', path, sign);
      if (isAbsent(answer)) return { kind: 'ok', value: null };
      return answer.kind === 'ok' ? picture(answer.value.qrImageUrl) : answer;
    },
  };
}

function isAbsent(answer: Answer<unknown>): boolean {
  return answer.kind === 'refused' && answer.error.httpStatus === 404;
}
