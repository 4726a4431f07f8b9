/** How the settings' pages reach the register: over HTTP with the manager's token, or over the desktop's bridge. */
import type { SettingsAnswer, SettingsRequest } from '../../app/till/settings.ts';

/** Nobody answered; the request may or may not have arrived. Every request can be made again. */
export class SettingsLostError extends Error {
  override readonly name = 'SettingsLostError';
}

export interface SettingsLink {
  /** Rejects with `SettingsLostError` only. */
  ask(request: SettingsRequest): Promise<SettingsAnswer>;
}

const RETRIES = 12;
const RETRY_MS = 400;

function isAnswer(value: unknown): value is SettingsAnswer {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
}

/** A register that takes new settings up is away for a moment, so a lost request is made again for some seconds. */
export function webSettingsLink(token: string): SettingsLink {
  return {
    async ask(request) {
      for (let attempt = 0; ; attempt += 1) {
        try {
          const response = await fetch('/api/settings', {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify(request),
          });
          const value: unknown = await response.json();
          if (isAnswer(value)) return value;
          throw new SettingsLostError('The answer is of no known form.');
        } catch {
          if (attempt >= RETRIES) throw new SettingsLostError('The register does not answer.');
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    },
  };
}

/** The cashier's window of the desktop program. */
export function bridgeSettingsLink(bridge: { settings(request: unknown): Promise<unknown> }): SettingsLink {
  return {
    async ask(request) {
      const value = await bridge.settings(request).catch(() => null);
      if (isAnswer(value)) return value;
      throw new SettingsLostError('The program does not answer.');
    },
  };
}
