/**
 * Tokens for the relay: one for each set of keys, shared by every register that sells under it, whichever unit it sells for.
 * Neither a token nor a key ever leaves this file but on its way to the provider.
 */
import { apiHeaders, type CallingSystem, type SalesUnitKeys } from '../../../app/vipps/headers.ts';
import { createRedact, type Redact } from '../../../app/vipps/secrets.ts';
import { createTokenSource, type TokenSource } from '../../../app/vipps/token.ts';
import type { Office } from '../office.ts';
import type { UnitRow } from '../providers.ts';
import type { Credentials } from '../vault.ts';

export interface KeySet {
  readonly tokens: TokenSource;
  /** Hides the keys, the token, and whatever has the look of one. */
  readonly redact: Redact;
  /** Every secret of it, as it would stand in an answer that repeats what it was asked with. */
  secrets(): readonly string[];
  /** The headers of a call for one of its units. */
  headers(msn: string, token: string): Record<string, string>;
}

const SYSTEM: CallingSystem = { systemName: 'Tillit head office', systemVersion: '1' };
/** Sets that were changed leave theirs behind; a chain has few. */
const MOST_SETS = 1_000;

export interface KeySets {
  /** The set that speaks for a unit. @throws VaultError when it cannot be opened. */
  of(unit: UnitRow): KeySet;
}

export function createKeySets(office: Office): KeySets {
  const kept = new Map<string, KeySet>();
  return {
    of(unit) {
      const name = [unit.base_url, unit.credential_id, unit.key_id, unit.sealed].join('\n');
      const known = kept.get(name);
      if (known !== undefined) return known;
      if (kept.size >= MOST_SETS) kept.clear();
      const made = makeKeySet(office, unit, office.vault().open(unit.sealed, unit.key_id, unit.credential_id));
      kept.set(name, made);
      return made;
    },
  };
}

function makeKeySet({ send, clock, log }: Office, unit: UnitRow, credentials: Credentials): KeySet {
  const keys: SalesUnitKeys = { baseUrl: unit.base_url.replace(/\/+$/, ''), merchantSerialNumber: unit.msn, ...credentials };
  const secrets = [credentials.clientSecret, credentials.subscriptionKey, credentials.clientId];
  const fixed = secrets.length;
  const redact = createRedact(secrets);
  const onToken = (token: string): void => {
    // The newest and the one before it, which a late answer may still repeat.
    secrets.splice(fixed, Math.max(0, secrets.length - fixed - 1));
    secrets.push(token);
  };
  return {
    tokens: createTokenSource({ keys, system: SYSTEM, send, clock, log, redact, onToken }),
    redact,
    secrets: () => secrets,
    headers: (msn, token) => apiHeaders({ ...keys, merchantSerialNumber: msn }, SYSTEM, token),
  };
}
