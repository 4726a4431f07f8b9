/** The register's key at head office, in the place of a token: it is there, or it is not, and no request makes another. */
import type { Answer } from '../payment/provider.ts';
import type { RelayAccess } from './headers.ts';
import type { TokenSource } from './token.ts';

/** Builds the source for a register that sells through head office. `onKey` is told of each key: from then on it is a secret. */
export function createRelayKeySource({ registerKey }: RelayAccess, onKey: (key: string) => void): TokenSource {
  async function get(): Promise<Answer<string>> {
    const key = registerKey();
    if (key !== null) {
      onKey(key);
      return { kind: 'ok', value: key };
    }
    const message = 'the register is not enrolled at head office';
    return { kind: 'refused', error: { code: 'head-office:no-key', message, httpStatus: null, traceId: null } };
  }
  return {
    get,
    // Changed while the request was under way; the same one would be refused again.
    replace: async (refused) => (registerKey() === refused ? null : get()),
    accepted: () => {},
  };
}
