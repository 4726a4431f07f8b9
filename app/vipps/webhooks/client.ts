/** The Webhooks API of one sales unit (`webhooks.yaml`): register, list, delete. */
import { z } from 'zod';
import type { Answer } from '../../payment/provider.ts';
import type { ApiCaller } from '../call.ts';

/** A registration as the provider lists it: without its secret, which is shown once. */
export interface ListedWebhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
}

export interface WebhookClient {
  /** Every registration of the sales unit, also those of other systems. */
  list(): Promise<Answer<readonly ListedWebhook[]>>;
  /** Not idempotent: after a lost answer the list shows it, and its secret is lost. */
  register(url: string, events: readonly string[]): Promise<Answer<{ readonly id: string; readonly secret: string }>>;
  remove(id: string): Promise<Answer<null>>;
}

const PATH = '/webhooks/v1/webhooks';
const READ_TIMEOUT_MS = 10_000;

const id = z.string().min(1).max(100);
const listAnswer = z.object({ webhooks: z.array(z.object({ id, url: z.string(), events: z.array(z.string()) })) });
const registerAnswer = z.object({ id, secret: z.string().min(1).max(1_000) });

/** Builds the client over a sales unit's caller. */
export function createWebhookClient(caller: Pick<ApiCaller, 'call'>): WebhookClient {
  const common = { api: 'webhooks', readTimeoutMs: READ_TIMEOUT_MS, reference: '' } as const;
  return {
    async list() {
      const answer = await caller.call({ ...common, operation: 'list-webhooks', method: 'GET', path: PATH }, listAnswer);
      return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.webhooks } : answer;
    },
    register: (url, events) =>
      caller.call({ ...common, operation: 'register-webhook', method: 'POST', path: PATH, body: { url, events } }, registerAnswer),
    remove: (webhookId) =>
      caller.call(
        {
          ...common,
          operation: 'delete-webhook',
          method: 'DELETE',
          path: `${PATH}/${encodeURIComponent(webhookId)}`,
          mayBeEmpty: true,
        },
        z.unknown().transform(() => null),
      ),
  };
}
