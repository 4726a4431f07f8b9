/**
 * From a bad answer to one of *refused*, *retryable* and *unknown*. It knows the shapes in which the provider's services and
 * its gateways complain, and keys on codes, never on words (one exception, named where it stands); what a code means stands in
 * `error-table.ts`.
 */
import { z } from 'zod';
import type { Answer, ProviderError } from '../payment/provider.ts';
import { BODY_TOO_LARGE, type HttpOutcome, type HttpResponse, type Log } from '../till/ports.ts';
import { type ErrorClass, ecomGroup, epaymentCodeOfType, meaningOf } from './error-table.ts';
import { readRetryAfterMs } from './retry-after.ts';
import { type Redact, withoutPeople } from './secrets.ts';
import { decodeUtf8, readBody } from './wire.ts';

const LONGEST_SAID = 2_000;

/** Whose answer it is: QR errors have a form of their own. */
export type ApiName = 'token' | 'ecom' | 'epayment' | 'qr' | 'order-management' | 'webhooks' | 'report' | 'management' | 'relay';

/** A complaint, by its form. */
type Complaint =
  | {
      readonly kind: 'ecom';
      readonly errors: readonly { readonly group: string; readonly code: string; readonly message: string }[];
      readonly traceId: string | null;
    }
  | { readonly kind: 'gateway'; readonly message: string; readonly traceId: string | null }
  | { readonly kind: 'oauth'; readonly error: string; readonly message: string; readonly traceId: string | null }
  | { readonly kind: 'problem'; readonly code: string | null; readonly message: string; readonly traceId: string | null }
  | { readonly kind: 'head-office'; readonly code: string; readonly message: string; readonly traceId: null }
  | { readonly kind: 'other'; readonly message: string; readonly traceId: null };

const text = z.union([z.string(), z.number()]).transform(String);
const optionalText = text.nullish().transform((value) => value ?? null);

/** The gateway's `{errorCode: "Unauthorized", errorMessage, contextId}` has no group: it is tried after this. */
const ecomError = z.object({ errorGroup: z.string(), errorCode: text, errorMessage: optionalText, contextId: optionalText });
const ecomErrors = z.union([z.array(ecomError).min(1), ecomError.transform((error) => [error])]);
const azureGateway = z.object({ statusCode: z.number(), message: z.string(), activityId: optionalText });
const azureResponse = z.object({
  responseInfo: z.object({ responseCode: z.number(), responseMessage: optionalText }),
  result: z.object({ message: optionalText }).nullish(),
});
const namedGateway = z.object({ errorCode: text, errorMessage: z.string(), contextId: optionalText });
const oauth = z.object({ error: z.string(), error_description: optionalText, trace_id: optionalText });
/** RFC 9457. ePayment keeps an error's identity among the details, under the name `ErrorCode`; other details are fields. */
const problem = z.object({
  type: z.string().nullish().catch(null),
  title: z.string(),
  detail: optionalText,
  instance: optionalText,
  traceId: optionalText,
  extraDetails: z
    .array(z.object({ name: text, reason: optionalText }))
    .nullish()
    .catch(null),
});

/** Head office says under this name that an answer is its own, and which: the provider's go through it unchanged. */
const HEAD_OFFICE = 'x-tillit-head-office';
const headOffice = z.object({ message: z.string() });

function readComplaint(response: HttpResponse): Complaint {
  const body = readBody(response);
  const code = response.headers[HEAD_OFFICE];
  if (code !== undefined) {
    const said = headOffice.safeParse(body.kind === 'json' ? body.value : null);
    return { kind: 'head-office', code, message: said.data?.message ?? '', traceId: null };
  }
  if (body.kind === 'empty') return { kind: 'other', message: 'an answer without a body', traceId: null };
  if (body.kind === 'text') return { kind: 'other', message: withoutMarkup(body.text), traceId: null };
  if (typeof body.value === 'string') return { kind: 'other', message: body.value, traceId: null };
  const ecom = ecomErrors.safeParse(body.value);
  if (ecom.success) {
    return {
      kind: 'ecom',
      errors: ecom.data.map((error) => ({ group: ecomGroup(error.errorGroup), code: error.errorCode, message: error.errorMessage ?? '' })),
      traceId: ecom.data.find((error) => error.contextId !== null)?.contextId ?? null,
    };
  }
  const azure = azureGateway.safeParse(body.value);
  if (azure.success) return { kind: 'gateway', message: azure.data.message, traceId: azure.data.activityId };
  const info = azureResponse.safeParse(body.value);
  if (info.success) {
    return { kind: 'gateway', message: info.data.result?.message ?? info.data.responseInfo.responseMessage ?? '', traceId: null };
  }
  const named = namedGateway.safeParse(body.value);
  if (named.success) return { kind: 'gateway', message: named.data.errorMessage, traceId: named.data.contextId };
  const token = oauth.safeParse(body.value);
  if (token.success) {
    return {
      kind: 'oauth',
      error: token.data.error,
      message: token.data.error_description ?? token.data.error,
      traceId: token.data.trace_id,
    };
  }
  const described = problem.safeParse(body.value);
  if (described.success) {
    const { title, detail, instance, traceId, extraDetails, type } = described.data;
    const details = extraDetails ?? [];
    const fields = details.filter(({ name }) => name !== 'ErrorCode').map(({ name, reason }) => `${name}: ${reason ?? ''}`);
    const message = [title, ...(detail === null ? [] : [detail]), ...fields].join(': ');
    return { kind: 'problem', code: codeOf(details, type ?? ''), message, traceId: traceId ?? instance };
  }
  return { kind: 'other', message: 'JSON in a form nobody has described', traceId: null };
}

/** The problem's own code: among its details, else what its type names, if that is one that the API has. */
function codeOf(details: readonly { readonly name: string; readonly reason: string | null }[], type: string): string | null {
  const told = details.find(({ name }) => name === 'ErrorCode')?.reason ?? null;
  return told ?? epaymentCodeOfType(type);
}

/** What is left of a page when its tags are gone, so that a log shows "502 Bad Gateway" and not a stylesheet. */
function withoutMarkup(page: string): string {
  return page
    .slice(0, 20_000)
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The worst of several: what may have happened outweighs what did not, a refusal outweighs a wait. */
const WEIGHT: Readonly<Record<ErrorClass, number>> = { retryable: 0, final: 1, unknown: 2 };

function judge(
  api: ApiName,
  status: number,
  complaint: Complaint,
): { readonly code: string; readonly class: ErrorClass; readonly message: string } {
  // What the status means where no code says more.
  const byStatus = meaningOf(`http:${status}`).class;
  switch (complaint.kind) {
    case 'ecom': {
      const judged = complaint.errors.map((error) => {
        const code = `ecom:${codePart(error.group)}/${codePart(error.code)}`;
        const meaning = meaningOf(code);
        const field = error.group === 'InvalidRequest' ? `: ${error.code}` : '';
        const words = [`${meaning.means ?? ''}${field}`, error.message].filter((word) => word !== '').join('; ');
        return { code, class: meaning.class, message: words };
      });
      const worst = judged.reduce((a, b) => (WEIGHT[b.class] > WEIGHT[a.class] ? b : a));
      // Too fast is never "failed", whatever else stands beside it.
      return status === 429 ? { ...worst, class: 'retryable' } : worst;
    }
    case 'gateway':
      // The sales unit's number does not belong to the keys. It has no code, so here the words must do.
      if (byStatus === 'final' && /^Invalid MSN\b/i.test(complaint.message.trim())) {
        return { code: 'gateway:invalid-msn', class: 'final', message: complaint.message };
      }
      return { code: status === 429 ? 'http:429' : `gateway:${status}`, class: byStatus, message: complaint.message };
    case 'oauth':
      // Wrong keys stay wrong, whatever status the directory dresses them in.
      return {
        code: `gateway:${codePart(complaint.error)}`,
        class: meaningOf(`gateway:${codePart(complaint.error)}`).isKnown ? 'final' : byStatus,
        message: complaint.message,
      };
    case 'problem':
      if (api === 'epayment' && complaint.code !== null) {
        const code = `epayment:${codePart(complaint.code)}`;
        // Too fast is never "failed"; and what breaks inside the provider may have been done before it broke.
        const judged = status === 429 ? 'retryable' : status >= 500 ? 'unknown' : meaningOf(code).class;
        return { code, class: judged, message: complaint.message };
      }
      return { code: status === 429 ? 'http:429' : `${api}:${status}`, class: byStatus, message: complaint.message };
    case 'head-office': {
      const code = `head-office:${codePart(complaint.code)}`;
      return { code, class: meaningOf(code).isKnown ? meaningOf(code).class : byStatus, message: complaint.message };
    }
    case 'other':
      if (byStatus === 'final' && /^Invalid MSN\b/i.test(complaint.message.trim())) {
        return { code: 'gateway:invalid-msn', class: 'final', message: complaint.message };
      }
      return { code: `http:${status}`, class: byStatus, message: complaint.message };
  }
}

/** A code goes into the journal and onto a support sheet: letters, digits and a little more, not endless. */
function codePart(value: string): string {
  const clean = value.replace(/[^A-Za-z0-9_.[\]-]/g, '_').slice(0, 60);
  return clean === '' ? '_' : clean;
}

/**
 * Writes an answer down that the table has no name for, so that it can get one: all that was said, without secrets and people,
 * at most 2 000 characters of it.
 */
export function logIfUnknown(
  log: Log,
  about: { readonly operation: string; readonly reference: string | null },
  response: HttpResponse,
  answer: Exclude<Answer<never>, { kind: 'ok' }>,
  redact: Redact,
): void {
  const { code, httpStatus, traceId } = answer.error;
  if (meaningOf(code).isKnown) return;
  const said = withoutPeople(redact(decodeUtf8(response.body.slice(0, LONGEST_SAID * 4)), LONGEST_SAID));
  log.write('warn', 'vipps.unknown-error', { ...about, kind: answer.kind, code, httpStatus, traceId, said });
}

/** Turns an answer that is not a success into one of `refused`, `retryable`, `unknown`. */
export function answerFromResponse(
  api: ApiName,
  response: HttpResponse,
  redact: Redact,
  nowMs: number,
): Exclude<Answer<never>, { kind: 'ok' }> {
  const complaint = readComplaint(response);
  const judged = judge(api, response.status, complaint);
  const error: ProviderError = {
    code: judged.code,
    message: redact(`HTTP ${response.status}: ${judged.message}`),
    httpStatus: response.status,
    traceId: complaint.traceId === null ? null : redact(complaint.traceId).slice(0, 100).toWellFormed(),
  };
  return answerOf(judged.class, error, readRetryAfterMs(response.headers, nowMs));
}

/** Turns a request without an answer into one of the three. An answer too large to take is a bad answer, not a lost one. */
export function answerFromSilence(
  outcome: Exclude<HttpOutcome, { kind: 'answered' }>,
  redact: Redact,
): Exclude<Answer<never>, { kind: 'ok' }> {
  const message = redact(outcome.reason);
  switch (outcome.kind) {
    case 'not-sent':
      return {
        kind: 'retryable',
        error: { code: 'not-sent', message, httpStatus: null, traceId: null },
        retryAfterMs: null,
        unsent: true,
      };
    case 'lost': {
      const code = outcome.reason.startsWith(BODY_TOO_LARGE) ? 'bad-answer' : 'lost';
      return answerOf('unknown', { code, message, httpStatus: null, traceId: null }, null);
    }
  }
}

/** A success that does not say what it must: it may have happened, and what happened is not known. */
export function badAnswer(message: string, httpStatus: number | null): Exclude<Answer<never>, { kind: 'ok' }> {
  return { kind: 'unknown', error: { code: 'bad-answer', message, httpStatus, traceId: null } };
}

/** The named class as an answer. */
function answerOf(errorClass: ErrorClass, error: ProviderError, retryAfterMs: number | null): Exclude<Answer<never>, { kind: 'ok' }> {
  switch (errorClass) {
    case 'final':
      return { kind: 'refused', error };
    case 'retryable':
      return { kind: 'retryable', error, retryAfterMs };
    case 'unknown':
      return { kind: 'unknown', error, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  }
}
