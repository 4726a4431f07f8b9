/** The check of a register without keys: whether it is let in at head office, and whether that could sell for it now. */
import { type Finding, found } from '../../app/doctor/finding.ts';
import { hostOf } from '../../app/doctor/provider-examination.ts';
import type { HttpSend, Log } from '../../app/till/ports.ts';
import { createAdapter } from '../../app/vipps/adapter.ts';
import type { RelayAccess } from '../../app/vipps/headers.ts';
import { nodeClock } from '../../hardware/clock/node-clock.ts';
import { CALLING_SYSTEM } from './software.ts';

/** Asks head office once; nothing has an effect. */
export async function examineRelay(
  access: RelayAccess,
  ports: { readonly send: HttpSend; readonly log: Log },
): Promise<{ readonly findings: readonly Finding[]; readonly answers: boolean }> {
  const host = hostOf(access.baseUrl);
  const { caller } = createAdapter({ configuration: { ...access, ...CALLING_SYSTEM }, ...ports, clock: nodeClock });
  const answer = await caller.warm();
  const keys = found('keys', 'ok', 'keys-head-office', { environment: access.environment });
  const reached = found('reach', 'ok', 'reach-good', { host });
  if (answer.kind === 'ok') return { findings: [keys, reached, found('token', 'ok', 'relay-good')], answers: true };
  const trouble = (code: 'relay-not-enrolled' | 'relay-refused' | 'relay-later') =>
    found('token', 'todo', code, { code: answer.error.code });
  switch (answer.error.code) {
    case 'head-office:no-key':
    case 'head-office:key-revoked':
      return { findings: [keys, trouble('relay-not-enrolled')], answers: false };
    case 'not-sent':
    case 'lost':
      return { findings: [keys, found('reach', 'todo', 'relay-silent', { host })], answers: false };
  }
  return { findings: [keys, reached, trouble(answer.kind === 'refused' ? 'relay-refused' : 'relay-later')], answers: false };
}
