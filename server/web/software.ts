import packageFacts from '../../package.json' with { type: 'json' };

/** What this program calls itself, to the provider and in the journal. */
export const SOFTWARE = { name: packageFacts.name, version: packageFacts.version };
