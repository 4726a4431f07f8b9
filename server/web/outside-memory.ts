/**
 * What must outlive a start of whoever can be reached from outside: eCom's `authToken`, and the webhooks' secrets, which the
 * provider shows once. In the data folder's `keys`, for this user alone (0600), beside the signing key.
 */
import { join } from 'node:path';
import type { Random } from '../../app/till/ports.ts';
import type { WebhookMemory } from '../../app/vipps/webhooks/keeper.ts';
import type { KeptWebhook } from '../../app/vipps/webhooks/plan.ts';
import { readWholeFile, writeWholeFile } from '../../hardware/store/whole-file.ts';

export interface OutsideMemory extends WebhookMemory {
  /** 32 random bytes in base64url, made once. */
  readonly callbackToken: string;
  /** Everything in here that must never be shown. */
  secrets(): readonly string[];
}

const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

interface Kept {
  readonly salesUnit: string;
  readonly callbackToken: string;
  readonly webhooks: readonly KeptWebhook[];
}

/**
 * Opens the memory for one sales unit at one address of the provider's. What is kept for another, or cannot be read, is
 * forgotten: the provider deletes by itself what nobody answers. Errors of the disk are thrown as they come.
 */
export function openOutsideMemory(keysDirectory: string, salesUnit: string, random: Random): OutsideMemory {
  const path = join(keysDirectory, 'outside.json');
  let kept = readKept(path, salesUnit);
  if (kept === null) {
    kept = { salesUnit, callbackToken: Buffer.from(random.bytes(32)).toString('base64url'), webhooks: [] };
    write(kept);
  }
  let now: Kept = kept;

  function write(next: Kept): void {
    writeWholeFile(path, `${JSON.stringify(next, null, 2)}\n`);
  }

  return {
    callbackToken: now.callbackToken,
    secrets: () => [now.callbackToken, ...now.webhooks.map(({ secret }) => secret)],
    read: () => now.webhooks,
    write(webhooks) {
      now = { ...now, webhooks };
      write(now);
    },
  };
}

function readKept(path: string, salesUnit: string): Kept | null {
  const text = readWholeFile(path);
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as { readonly [Name in keyof Kept]?: unknown } | null;
    const { callbackToken, webhooks } = value ?? {};
    if (value?.salesUnit !== salesUnit || typeof callbackToken !== 'string' || !TOKEN_FORM.test(callbackToken)) return null;
    return { salesUnit, callbackToken, webhooks: Array.isArray(webhooks) ? webhooks.filter(isWebhook) : [] };
  } catch {
    return null;
  }
}

function isWebhook(value: unknown): value is KeptWebhook {
  const one = value as { readonly [Name in keyof KeptWebhook]?: unknown } | null;
  return (
    (one?.kind === 'payments' || one?.kind === 'check-ins') &&
    [one.id, one.url, one.secret].every((text) => typeof text === 'string' && text !== '')
  );
}
