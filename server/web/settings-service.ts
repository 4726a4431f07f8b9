/**
 * Answers the settings' requests: reads and writes the configuration file, keeps keys, checks what can be checked. It
 * never answers with a secret. What was saved is taken up by a new start of the till, between sales.
 */

import { fill } from '../../app/text/screen.ts';
import { mistakeText, type SettingsTexts, settingsTexts } from '../../app/text/settings.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { Clock, HttpSend, Log, Printer, SecretStore } from '../../app/till/ports.ts';
import { SecretStoreError } from '../../app/till/ports.ts';
import {
  type ConnectedDisplay,
  type ParsedSettingsRequest,
  parseSettingsRequest,
  type SectionValues,
  type SettingsAnswer,
  type SettingsRefusal,
  type SettingsRefusalCode,
} from '../../app/till/settings.ts';
import { type Environment, type ProviderSecrets, readConfiguration } from './configuration-file.ts';
import { askSandbox, bringsSandbox } from './practice.ts';
import type { Purpose } from './purpose.ts';
import { makeRoomForPurpose } from './purpose.ts';
import { checkProvider, printTestPage } from './settings-checks.ts';
import { CannotWriteSettingsError, CorruptSettingsError, type RawSettings, readSettingsFile, writeSettingsFile } from './settings-file.ts';
import { SOFTWARE } from './software.ts';
import { makeSupportBundle } from './support-bundle.ts';
import type { ShownTill } from './till.ts';

/** The displays of the machine, where the program can reach them. */
export interface DisplayDesk {
  list(): readonly ConnectedDisplay[];
  /** Shows each its number for some seconds; gives on how many. */
  showNumbers(): Promise<number>;
  /** Takes a saved choice up at once. `false`: it needs a new start. */
  take(value: SectionValues['display']): boolean;
  /** Takes the numbers away. */
  close(): void;
}

export interface SettingsServiceOptions {
  readonly configFile: string;
  readonly environment: Environment;
  /** `--data`. */
  readonly dataDir: string;
  /** The open register's own folder, where its log is. */
  readonly directory: string;
  /** As the till runs with it: shown when the file cannot be read. */
  readonly configuration: Configuration;
  readonly till: Pick<ShownTill, 'cashierView'>;
  readonly printer: Pick<Printer, 'print'>;
  readonly secrets: SecretStore;
  /** `null` where the program has no displays of its own. */
  readonly displays: DisplayDesk | null;
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly log: Log;
  /** Something was saved that a new start takes up. Called after the answer is made; waits for the end of the sale itself. */
  readonly saved: () => void;
  readonly restartWaits: () => boolean;
  /** Why the register started with the settings of before, as a sentence. */
  readonly notTakenUp: string | null;
  /** Where the manager's own window finds the cashier's screen; `null` where that needs the cashier's token. */
  readonly cashierAddress: string | null;
}

export interface SettingsService {
  /** Parses and answers one request; never throws. Requests are answered one after the other. */
  handle(request: unknown): Promise<SettingsAnswer>;
}

class Refused extends Error {
  override readonly name = 'Refused';
  readonly answer: SettingsRefusal;
  constructor(code: SettingsRefusalCode, message: string, field: string | null = null) {
    super(message);
    this.answer = { ok: false, code, field, message };
  }
}

export function createSettingsService(options: SettingsServiceOptions): SettingsService {
  const { secrets, log } = options;
  /** Keys entered since the provider was last saved: they may go to a new address. */
  const entered = new Set<keyof ProviderSecrets>();
  let queue: Promise<unknown> = Promise.resolve();

  const texts = (): SettingsTexts => settingsTexts[options.till.cashierView().language];

  function onDisk() {
    return readSettingsFile(options.configFile);
  }

  /** What the file itself, or the environment, gives; nothing where it cannot be had. */
  function configuredSecrets(): Partial<ProviderSecrets> {
    try {
      return readConfiguration(options.configFile, options.environment, secrets).secrets ?? {};
    } catch {
      return {};
    }
  }

  function has(name: keyof ProviderSecrets): boolean {
    return secrets.has(name) || configuredSecrets()[name] !== undefined;
  }

  function view(): SettingsAnswer {
    let configuration = options.configuration;
    try {
      configuration = onDisk().configuration;
    } catch (error) {
      if (!(error instanceof CorruptSettingsError)) throw error;
    }
    return {
      ok: true,
      type: 'settings',
      settings: {
        firstStart: !configuration.setUp,
        sections: sectionsOf(configuration),
        storeId: configuration.store.id,
        registerId: configuration.register.id,
        secrets: { clientSecret: has('clientSecret'), subscriptionKey: has('subscriptionKey') },
        keyStore: { kind: secrets.kind, trouble: secrets.trouble() },
        displays: options.displays?.list() ?? [],
        canShowNumbers: options.displays !== null,
        bringsSandbox: bringsSandbox(),
        notTakenUp: options.notTakenUp,
        restartWaits: options.restartWaits(),
        cashierAddress: options.cashierAddress,
        software: `${SOFTWARE.name} ${SOFTWARE.version}`,
      },
    };
  }

  async function save(request: Extract<ParsedSettingsRequest, { type: 'save' }>): Promise<SettingsAnswer> {
    const { raw, configuration } = onDisk();
    const next = { ...raw, ...(isPractice(request) ? { provider: await practice(request.value) } : merged(raw, configuration, request)) };
    if (request.section === 'provider') makeRoomForPurpose(options.dataDir, purposeOf(request.value));
    writeSettingsFile(options.configFile, next);
    if (request.section === 'provider') entered.clear();
    log.write('info', 'settings.saved', { section: request.section });
    if (request.section === 'display' && options.displays?.take(request.value) === true) return view();
    // The guided first start takes everything up at its end, in one go.
    if (configuration.setUp) options.saved();
    return view();
  }

  async function practice({ address }: PracticeValue): Promise<object | null> {
    if (address === null && bringsSandbox()) return null;
    if (address === null) throw new Refused('bad-field', texts().service.practiceNeedsAddress, 'address');
    const found = await askSandbox(address, options.send);
    if (found === null) throw new Refused('check-failed', texts().service.practiceSilent, 'address');
    return found;
  }

  function merged(raw: RawSettings, configuration: Configuration, request: SaveRequest): RawSettings {
    const inside = (name: string) => {
      const found = raw[name];
      return typeof found === 'object' && found !== null ? found : {};
    };
    switch (request.section) {
      case 'shop':
        return { shop: { ...inside('shop'), ...request.value } };
      case 'register':
        return { register: { ...inside('register'), name: request.value.name }, operators: request.value.operators };
      case 'languages':
        return { language: request.value };
      case 'provider':
        return { provider: request.value.environment === 'practice' ? null : provider(inside('provider'), configuration, request.value) };
      case 'printer':
      case 'display':
      case 'receipt':
        return { [request.section]: { ...inside(request.section), ...request.value } };
    }
  }

  function provider(
    raw: object,
    configuration: Configuration,
    value: Exclude<SectionValues['provider'], { readonly environment: 'practice' }>,
  ): object {
    // Kept keys go to the address that they were entered for; to another one only when they are entered anew.
    const known = configuration.provider?.baseUrl === value.baseUrl;
    const setting = (name: keyof ProviderSecrets) => {
      const old = (raw as Partial<Record<string, unknown>>)[name];
      if (entered.has(name) || (secrets.has(name) && known)) return { fromKeyStore: true };
      if (known && old !== undefined) return old;
      throw new Refused('secrets-missing', texts().service.secretsMissing, name);
    };
    const before = configuration.provider?.environment === 'sandbox' ? {} : raw;
    return { ...before, ...value, clientSecret: setting('clientSecret'), subscriptionKey: setting('subscriptionKey') };
  }

  async function check(request: Extract<ParsedSettingsRequest, { type: 'check' }>): Promise<SettingsAnswer> {
    const words = texts().service;
    switch (request.what) {
      case 'org-number':
        return { ok: true, type: 'checked', message: fill(words.orgNumberGood, { number: request.orgNumber }) };
      case 'provider': {
        const known = configuredAddress() === request.baseUrl;
        const kept = (name: keyof ProviderSecrets) => {
          const value = request[name] ?? (entered.has(name) || known ? (secrets.read(name) ?? configuredSecrets()[name]) : undefined);
          if (value === undefined) throw new Refused('secrets-missing', words.secretsMissing, name);
          return value;
        };
        const { baseUrl, merchantSerialNumber, clientId } = request;
        const keys = { merchantSerialNumber, clientId, clientSecret: kept('clientSecret'), subscriptionKey: kept('subscriptionKey') };
        const found = await checkProvider({ keys: { ...keys, baseUrl: baseUrl.replace(/\/+$/, '') }, words, ...options });
        if (found.works) return { ok: true, type: 'checked', message: found.message };
        throw new Refused('check-failed', found.message);
      }
      case 'printer': {
        const found = await printTestPage({ configuration: options.configuration, printer: options.printer, words });
        if (found.works) return { ok: true, type: 'checked', message: found.message };
        throw new Refused('check-failed', found.message);
      }
      case 'display': {
        if (options.displays === null) throw new Refused('not-here', words.displayNone);
        const count = await options.displays.showNumbers();
        return {
          ok: true,
          type: 'checked',
          message: count === 1 ? words.displayGood.one : fill(words.displayGood.more, { count: String(count) }),
        };
      }
    }
  }

  function configuredAddress(): string | null {
    try {
      return onDisk().configuration.provider?.baseUrl ?? null;
    } catch {
      return options.configuration.provider?.baseUrl ?? null;
    }
  }

  function bundle(): SettingsAnswer {
    const nowMs = options.clock.nowMs();
    let raw: RawSettings | null = null;
    try {
      raw = onDisk().raw;
    } catch {
      // The bundle says so in the file's place.
    }
    const bytes = makeSupportBundle({
      dataDir: options.directory,
      configuration: raw,
      versions: { software: `${SOFTWARE.name} ${SOFTWARE.version}`, ...versions(), platform: `${process.platform} ${process.arch}` },
      secrets: [...Object.values(configuredSecrets()), ...storedSecrets()],
      nowMs,
    });
    log.write('info', 'settings.bundle', { bytes: bytes.length });
    const day = new Date(nowMs).toISOString().slice(0, 10);
    return { ok: true, type: 'bundle', fileName: `tillit-${day}.zip`, base64: Buffer.from(bytes).toString('base64') };
  }

  function storedSecrets(): readonly string[] {
    return (['clientSecret', 'subscriptionKey'] as const).flatMap((name) => {
      try {
        return secrets.read(name) ?? [];
      } catch {
        return [];
      }
    });
  }

  async function answer(request: ParsedSettingsRequest): Promise<SettingsAnswer> {
    switch (request.type) {
      case 'read':
        return view();
      case 'save':
        return save(request);
      case 'set-secret':
        secrets.write(request.name, request.value);
        entered.add(request.name);
        log.write('info', 'settings.secret-kept', { name: request.name });
        return view();
      case 'allow-weak-store':
        secrets.allowWeak(request.allowed);
        log.write('warn', 'settings.weak-store', { allowed: request.allowed });
        return view();
      case 'finish-first-start':
        writeSettingsFile(options.configFile, { ...onDisk().raw, setUp: true });
        options.saved();
        return view();
      case 'check':
        return check(request);
      case 'support-bundle':
        return bundle();
    }
  }

  function refusal(error: unknown): SettingsRefusal {
    const words = texts().service;
    const plain = (code: SettingsRefusalCode, message: string): SettingsRefusal => ({ ok: false, code, field: null, message });
    if (error instanceof Refused) return error.answer;
    if (error instanceof SecretStoreError) {
      log.write('warn', 'settings.key-store', { trouble: error.trouble, message: error.message });
      return plain('key-store', words.keyStore[error.trouble]);
    }
    if (error instanceof CorruptSettingsError) return plain('file-corrupt', words.corrupt);
    if (error instanceof CannotWriteSettingsError) return plain('cannot-write', words.cannotWrite);
    // Its name only: nobody knows what such an error's message quotes.
    log.write('error', 'settings.failed', { error: error instanceof Error ? error.name : 'not an error' });
    return plain('internal', words.internal);
  }

  return {
    handle(value) {
      const run = async (): Promise<SettingsAnswer> => {
        const parsed = parseSettingsRequest(value);
        if ('mistake' in parsed) {
          const { field, mistake } = parsed;
          if (field === null || field === 'type') return new Refused('bad-request', texts().service.badRequest).answer;
          return new Refused('bad-field', mistakeText(texts(), mistake), field).answer;
        }
        try {
          return await answer(parsed.request);
        } catch (error) {
          return refusal(error);
        }
      };
      const answered = queue.then(run);
      queue = answered;
      return answered;
    },
  };
}

type SaveRequest = Extract<ParsedSettingsRequest, { type: 'save' }>;
type PracticeValue = Extract<SectionValues['provider'], { environment: 'practice' }>;

const isPractice = (request: SaveRequest): request is SaveRequest & { section: 'provider'; value: PracticeValue } =>
  request.section === 'provider' && request.value.environment === 'practice';

const purposeOf = (value: SectionValues['provider']): Purpose =>
  value.environment === 'practice' && value.address !== null ? 'sandbox' : value.environment;

function versions(): Readonly<Record<string, string>> {
  const { node, electron, chrome, v8 } = process.versions;
  return Object.fromEntries(
    Object.entries({ node, electron, chrome, v8 }).flatMap(([name, version]) => (version ? [[name, version]] : [])),
  );
}

/** The configuration as the pages show it. */
function sectionsOf(configuration: Configuration): SectionValues {
  const { shop, register, operators, language, provider, printer, display, receipt } = configuration;
  const { name, address, orgNumber, vatRegistered, foretaksregisteret } = shop;
  return {
    shop: { name, address, orgNumber, vatRegistered, foretaksregisteret },
    register: { name: register.name, operators },
    languages: language,
    provider:
      provider === null || provider.environment === 'sandbox'
        ? { environment: 'practice', address: provider?.baseUrl ?? null }
        : {
            environment: provider.environment,
            baseUrl: provider.baseUrl,
            merchantSerialNumber: provider.merchantSerialNumber,
            clientId: provider.clientId,
          },
    printer: { columns: printer.columns },
    display,
    receipt,
  };
}
