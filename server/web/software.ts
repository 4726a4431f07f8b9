import type { CallingSystem } from '../../app/vipps/headers.ts';
import packageFacts from '../../package.json' with { type: 'json' };

/** What this program calls itself, in the journal and to people. */
export const SOFTWARE = { name: packageFacts.name, version: packageFacts.version };

/** The same, as the provider is told it with every request. */
export const CALLING_SYSTEM: CallingSystem = { systemName: SOFTWARE.name, systemVersion: SOFTWARE.version };
