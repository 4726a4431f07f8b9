/** The provider's section: its keys come and go by the key store alone, and a sandbox is asked before it is kept. */
import { texts } from '../../app/text/index.ts';
import type { SettingsTexts } from '../../app/text/settings.ts';
import { brandOf } from '../../app/till/brand.ts';
import { type Configuration, ECOM_MARKET, ownProviderOf } from '../../app/till/configuration.ts';
import type { Language } from '../../app/till/contract.ts';
import type { Clock, HttpSend, Log, SecretStore } from '../../app/till/ports.ts';
import { refusalWords } from '../../app/till/refusal-words.ts';
import type { ParsedSettingsRequest, SectionValues } from '../../app/till/settings.ts';
import { type Environment, type ProviderSecrets, readConfiguration } from './configuration-file.ts';
import { askSandbox, bringsSandbox } from './practice.ts';
import type { Purpose } from './purpose.ts';
import { checkProvider } from './settings-checks.ts';
import { type RawSettings, readSettingsFile } from './settings-file.ts';
import { Refused } from './settings-refused.ts';
import { insideOf } from './settings-sections.ts';

export interface ProviderSettingsOptions {
  readonly configFile: string;
  readonly environment: Environment;
  readonly configuration: Configuration;
  readonly secrets: SecretStore;
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly log: Log;
  readonly words: () => SettingsTexts['service'];
  readonly language: () => Language;
  /** How many sales wait aside with a payment that is not over. */
  readonly reservations: () => number;
}

export interface ProviderSettings {
  has(name: keyof ProviderSecrets): boolean;
  /** A key was entered: it may go to a new address. */
  keep(name: keyof ProviderSecrets, value: string): void;
  /** What to write as `provider`. @throws Refused */
  merged(raw: RawSettings, configuration: Configuration, value: SectionValues['provider']): Promise<object | null>;
  /** It was written. */
  saved(): void;
  /** The sentence of keys that work. @throws Refused */
  check(request: Extract<ParsedSettingsRequest, { type: 'check'; what: 'provider' }>): Promise<string>;
  /** Every secret that is known here, to be left out of what leaves. */
  all(): readonly string[];
}

export function purposeOf(value: SectionValues['provider']): Purpose {
  if (value.environment === 'head-office') return value.money;
  return value.environment === 'practice' && value.address !== null ? 'sandbox' : value.environment;
}

export function createProviderSettings(options: ProviderSettingsOptions): ProviderSettings {
  const { secrets, words } = options;
  /** Keys entered since the provider was last saved: they may go to a new address. */
  const entered = new Set<keyof ProviderSecrets>();

  /** What the file itself, or the environment, gives; nothing where it cannot be had. */
  function configuredSecrets(whose: 'secrets' | 'distanceSecrets' = 'secrets'): Partial<ProviderSecrets> {
    try {
      return readConfiguration(options.configFile, options.environment, secrets)[whose] ?? {};
    } catch {
      return {};
    }
  }

  function configuredAddress(): string | null {
    try {
      return ownProviderOf(readSettingsFile(options.configFile).configuration)?.baseUrl ?? null;
    } catch {
      return ownProviderOf(options.configuration)?.baseUrl ?? null;
    }
  }

  async function practice(address: string | null, { shop, provider }: Configuration): Promise<object | null> {
    if (address === null && bringsSandbox()) return null;
    if (address === null) throw new Refused('bad-field', words().practiceNeedsAddress, 'address');
    const found = await askSandbox(address, options.send);
    if (found === null) throw new Refused('check-failed', words().practiceSilent, 'address');
    const api = provider?.environment === 'sandbox' ? provider.api : shop.market === ECOM_MARKET ? 'ecom' : 'epayment';
    return { ...found, api };
  }

  /** The keys are not the register's any more: they are left out of the file, and what is in the key store is not asked for. */
  function throughHeadOffice(
    raw: RawSettings,
    configuration: Configuration,
    { money, api }: Extract<SectionValues['provider'], { environment: 'head-office' }>,
  ): object {
    const { headOffice, distance, reachable } = configuration;
    if (headOffice === null) throw new Refused('bad-field', words().headOfficeMissing, 'environment');
    if (distance !== null || reachable !== null) throw new Refused('bad-field', words().headOfficeAlone, 'environment');
    const isOther = configuration.provider?.through !== 'head-office' && configuration.provider?.environment === money;
    if (isOther && options.reservations() > 0) throw new Refused('bad-field', words().reservationsWait, 'environment');
    const { fallBack, profileScope } = insideOf(raw, 'provider') as { readonly fallBack?: unknown; readonly profileScope?: unknown };
    const kept = { ...(fallBack === undefined ? {} : { fallBack }), ...(profileScope === undefined ? {} : { profileScope }) };
    return { ...kept, through: 'head-office', environment: money, api };
  }

  return {
    has: (name) => secrets.has(name) || configuredSecrets()[name] !== undefined,
    keep(name, value) {
      secrets.write(name, value);
      entered.add(name);
    },
    async merged(raw, configuration, value) {
      if (value.environment === 'practice') return practice(value.address, configuration);
      if (value.api === 'ecom' && configuration.shop.market !== ECOM_MARKET)
        throw new Refused('bad-field', words().ecomOnlyInNorway, 'api');
      if (value.environment === 'head-office') return throughHeadOffice(raw, configuration, value);
      if (value.keys === 'partner' && value.environment === 'test') throw new Refused('bad-field', words().noPartnerKeysInTest, 'keys');
      // What is reserved can be taken and given back by the sales unit alone that it was reserved for.
      const before = ownProviderOf(configuration);
      const isOtherUnit = before?.merchantSerialNumber !== value.merchantSerialNumber || before.baseUrl !== value.baseUrl;
      if (configuration.provider?.environment === value.environment && isOtherUnit && options.reservations() > 0)
        throw new Refused('bad-field', words().reservationsWait, 'merchantSerialNumber');
      // Kept keys go to the address that they were entered for; to another one only when they are entered anew.
      const known = before?.baseUrl === value.baseUrl;
      const inFile = insideOf(raw, 'provider');
      const setting = (name: keyof ProviderSecrets) => {
        const old = (inFile as Partial<Record<string, unknown>>)[name];
        if (entered.has(name) || (secrets.has(name) && known)) return { fromKeyStore: true };
        if (known && old !== undefined) return old;
        throw new Refused('secrets-missing', words().secretsMissing, name);
      };
      const kept = before === null || before.environment === 'sandbox' ? {} : inFile;
      return { ...kept, ...value, clientSecret: setting('clientSecret'), subscriptionKey: setting('subscriptionKey') };
    },
    saved: () => entered.clear(),
    async check(request) {
      const known = configuredAddress() === request.baseUrl;
      const kept = (name: keyof ProviderSecrets) => {
        const value = request[name] ?? (entered.has(name) || known ? (secrets.read(name) ?? configuredSecrets()[name]) : undefined);
        if (value === undefined) throw new Refused('secrets-missing', words().secretsMissing, name);
        return value;
      };
      const { baseUrl, merchantSerialNumber, clientId } = request;
      const keys = { merchantSerialNumber, clientId, clientSecret: kept('clientSecret'), subscriptionKey: kept('subscriptionKey') };
      const found = await checkProvider({
        ...options,
        keys: { ...keys, baseUrl: baseUrl.replace(/\/+$/, '') },
        words: words(),
        refusalWords: (code) =>
          refusalWords(code, texts(options.language()).payment.refusals, brandOf(options.configuration.shop.market).name),
      });
      if (!found.works) throw new Refused('check-failed', found.message);
      return found.message;
    },
    all() {
      const stored = (['clientSecret', 'subscriptionKey'] as const).flatMap((name) => {
        try {
          return secrets.read(name) ?? [];
        } catch {
          return [];
        }
      });
      return [...Object.values(configuredSecrets()), ...Object.values(configuredSecrets('distanceSecrets')), ...stored];
    },
  };
}
