/**
 * Looks at everything between this register and the payment service, from the cable to the sales unit, with nothing that
 * has an effect: reach and TLS, keys, clock, and what the Management API tells. The first thing that stops all the rest
 * ends it: what comes after would only repeat it.
 */
import type { ProviderError } from '../payment/provider.ts';
import type { OwnProvider } from '../till/configuration.ts';
import type { Clock, HttpSend, Log } from '../till/ports.ts';
import { createApiCaller } from '../vipps/call.ts';
import type { CallingSystem, SalesUnitKeys } from '../vipps/headers.ts';
import { readSalesUnit, type SalesUnitFacts } from '../vipps/management/sales-unit.ts';
import { createMerchantQrApi } from '../vipps/merchant-qr.ts';
import { createRedact } from '../vipps/secrets.ts';
import { createTokenSource } from '../vipps/token.ts';
import { createWebhookClient } from '../vipps/webhooks/client.ts';
import { type Finding, type FindingCode, found } from './finding.ts';
import { isWebPage, watchSend } from './watched-send.ts';

export interface ExaminationOptions {
  readonly provider: Pick<OwnProvider, 'environment' | 'baseUrl' | 'keys' | 'merchantSerialNumber' | 'clientId'>;
  readonly secrets: { readonly clientSecret: string; readonly subscriptionKey: string };
  readonly system: CallingSystem;
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly log: Log;
  /** The proxy that the machine is set up with, without its password; `null` without one. */
  readonly proxy: string | null;
}

export interface Examination {
  readonly findings: readonly Finding[];
  /** Whether the API can be asked at all: without this a test payment makes no sense. */
  readonly answers: boolean;
  /** What the unit may do, where the provider told it. */
  readonly unit: SalesUnitFacts | null;
}

/** A token that takes longer than this says something about the network. */
const SLOW_TOKEN_MS = 3_000;
const TOKEN_TIMEOUT_SECONDS = 10;
/** A register's clock may be this wrong before anybody should mind: the `Date` header has whole seconds. */
const CLOCK_TOLERANCE_MS = 30_000;

/** Asks, one thing after the other, and answers with lines. It never throws, and nothing it does moves money. */
export async function examineProvider(options: ExaminationOptions): Promise<Examination> {
  const { provider, clock } = options;
  const host = hostOf(provider.baseUrl);
  const watched = watchSend(options.send, clock);
  const keys: SalesUnitKeys = { ...provider, ...options.secrets, baseUrl: provider.baseUrl.replace(/\/+$/, '') };
  const redact = createRedact([keys.clientSecret, keys.subscriptionKey, keys.clientId]);
  const common = { ...options, keys, send: watched.send, redact };
  const tokens = createTokenSource(common);

  const { environment, merchantSerialNumber: msn } = provider;
  const findings: Finding[] = [found('keys', 'ok', provider.keys === 'partner' ? 'keys-partner' : 'keys-merchant', { environment, msn })];
  if (options.proxy !== null) findings.push(found('reach', 'note', 'proxy-not-used', { proxy: options.proxy, host }));

  const beganMs = clock.monotonicMs();
  const token = await tokens.get();
  const ms = Math.round(clock.monotonicMs() - beganMs);
  if (token.kind !== 'ok') {
    const facts = { host, environment, msn, ms, seconds: TOKEN_TIMEOUT_SECONDS };
    const trouble = troubleOf(token.error, watched.last(), provider.keys === 'partner', facts);
    if (trouble.check === 'token') findings.push(found('reach', 'ok', 'reach-good', { host }));
    return { findings: [...findings, trouble, ...clockLines(watched.aheadMs())], answers: false, unit: null };
  }
  findings.push(found('reach', 'ok', 'reach-good', { host }));
  findings.push(ms > SLOW_TOKEN_MS ? found('token', 'note', 'token-slow', { ms }) : found('token', 'ok', 'token-good', { ms }));
  findings.push(...clockLines(watched.aheadMs()));

  const caller = createApiCaller({ ...common, tokens });
  const unit = await readSalesUnit(caller, msn);
  if (unit.kind === 'ok')
    return { findings: [...findings, ...unitLines(unit.value)], answers: unit.value.paymentAllowed !== false, unit: unit.value };
  const { code, httpStatus } = unit.error;
  const isUnknown = httpStatus === 404 && !isWebPage(watched.last());
  findings.push(
    isUnknown ? found('unit', 'todo', 'unit-unknown', { msn }) : found('unit', 'note', 'unit-not-told', { msn, code: redact(code) }),
  );
  return { findings, answers: !isUnknown, unit: null };
}

/** A caller of its own, with a token of its own: a check wants to know how it is now. */
function callerFor(options: ExaminationOptions) {
  const { provider } = options;
  const keys: SalesUnitKeys = { ...provider, ...options.secrets, baseUrl: provider.baseUrl.replace(/\/+$/, '') };
  const redact = createRedact([keys.clientSecret, keys.subscriptionKey, keys.clientId]);
  const common = { ...options, keys, redact };
  return { keys, redact, caller: createApiCaller({ ...common, tokens: createTokenSource(common) }) };
}

/**
 * Which notifications the provider sends, and where. `wanted`: the register has an address that can be called, and
 * registers by itself; without one it only asks, and needs none.
 */
export async function examineWebhooks(options: ExaminationOptions, wanted: boolean): Promise<Finding> {
  const { redact, caller } = callerFor(options);
  const answer = await createWebhookClient(caller).list();
  if (answer.kind !== 'ok') return found('webhooks', 'note', 'webhooks-not-told', { code: redact(answer.error.code) });
  const hosts = [...new Set(answer.value.map(({ url }) => hostOf(url)))].toSorted();
  if (hosts.length > 0)
    return found('webhooks', 'ok', 'webhooks-some', { count: answer.value.length, hosts: hosts.join(', ').slice(0, 200) });
  return wanted ? found('webhooks', 'note', 'webhooks-missing') : found('webhooks', 'ok', 'webhooks-none');
}

/** Whether the QR service takes these keys; without a payment there is no code to make a picture of. */
export async function examineQr(options: ExaminationOptions): Promise<Finding> {
  const { keys, redact, caller } = callerFor(options);
  const codes = createMerchantQrApi({ caller, redact, send: options.send, clock: options.clock, baseUrl: keys.baseUrl });
  const answer = await codes.redirects();
  if (answer.kind === 'ok') return found('qr', 'note', 'qr-answers');
  return found('qr', 'todo', 'qr-bad', { code: redact(answer.error.code), host: hostOf(keys.baseUrl) });
}

export function hostOf(baseUrl: string): string {
  return /^https?:\/\/([^/?#]+)/i.exec(baseUrl)?.[1] ?? baseUrl;
}

function clockLines(aheadMs: number | null): Finding[] {
  if (aheadMs === null) return [found('clock', 'note', 'clock-unknown')];
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS) return [found('clock', 'ok', 'clock-good')];
  return [found('clock', 'todo', aheadMs > 0 ? 'clock-fast' : 'clock-slow', { seconds })];
}

function unitLines({ msn, name, paymentAllowed, capture, skipLandingPage }: SalesUnitFacts): Finding[] {
  if (paymentAllowed === false) return [found('unit', 'todo', 'unit-no-payments', { msn })];
  return [
    found('unit', 'ok', 'unit-good', { msn, name }),
    capture === null
      ? found('capture', 'note', 'capture-not-told')
      : capture === 'direct'
        ? found('capture', 'note', 'capture-direct')
        : found('capture', 'ok', 'capture-reserve'),
    skipLandingPage === null
      ? found('push', 'note', 'push-not-told')
      : skipLandingPage
        ? found('push', 'ok', 'push-good')
        : found('push', 'note', 'push-off'),
  ];
}

/** Which sentence a token that did not come is: who answered, and what they complained of. */
function troubleOf(
  error: ProviderError,
  last: ReturnType<ReturnType<typeof watchSend>['last']>,
  isPartner: boolean,
  facts: { readonly host: string; readonly environment: string; readonly msn: string; readonly ms: number; readonly seconds: number },
): Finding {
  const reach = (code: FindingCode, more: Finding['facts'] = {}) => found('reach', 'todo', code, { ...facts, ...more });
  const token = (code: FindingCode, more: Finding['facts'] = {}) => found('token', 'todo', code, { ...facts, ...more });
  const { code, httpStatus } = error;
  if (httpStatus === null) return silenceOf(last, reach, token);
  const status = httpStatus;
  if (status === 407) return reach('reach-proxy-login', { status });
  if (isWebPage(last)) return reach('reach-web-page', { status });
  switch (code) {
    case 'gateway:unauthorized_client':
      return token('token-client');
    case 'gateway:invalid_client':
      return token('token-secret');
    case 'gateway:invalid-msn':
      return token(isPartner ? 'token-msn-partner' : 'token-msn');
  }
  if (status === 401) return token('token-subscription');
  if (status === 403) return token('token-forbidden');
  if (status === 429) return token('token-busy');
  if (status >= 500) return token('token-trouble', { status });
  // A redirect, a 404: whoever this is, it is not the provider's gateway.
  if ((status >= 300 && status < 400) || status === 404 || status === 405) return reach('reach-other-host', { status });
  return token('token-odd', { code });
}

type Line = (code: FindingCode, more?: Finding['facts']) => Finding;

/** The words of the machine's own network, by their stable codes. */
function silenceOf(last: ReturnType<ReturnType<typeof watchSend>['last']>, reach: Line, token: Line): Finding {
  if (last === null || last.kind === 'answered') return reach('reach-other', { reason: 'bad-answer' });
  const { reason } = last;
  const short = reason.split(':')[0]?.slice(0, 60) ?? '';
  if (/^(?:ENOTFOUND|EAI_AGAIN|ENODATA)\b/.test(reason)) return reach('reach-no-name');
  if (/^ECONNREFUSED\b/.test(reason)) return reach('reach-refused');
  if (/CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ERR_TLS|ERR_SSL|EPROTO/.test(reason)) return reach('reach-certificate', { reason: short });
  if (last.kind === 'lost' && /no (?:whole )?answer|time|late/i.test(reason)) return token('token-late');
  if (/^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN)\b|no connection|connect/i.test(reason)) return reach('reach-silent');
  return reach('reach-other', { reason: short });
}
