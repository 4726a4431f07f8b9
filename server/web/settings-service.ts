/**
 * Answers the settings' requests: reads and writes the configuration file, keeps keys, tries what can be tried. It never
 * answers with a secret. What was saved is taken up by a new start of the till, between sales.
 */
import { findingText, summaryOf } from '../../app/doctor/finding.ts';
import type { Reconciled } from '../../app/report/reconcile-day.ts';
import { doctorTexts } from '../../app/text/doctor.ts';
import { fill } from '../../app/text/screen.ts';
import { mistakeText, type SettingsTexts, settingsTexts } from '../../app/text/settings.ts';
import { mayApprove } from '../../app/till/approval.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { Clock, HttpSend, Log, SecretStore } from '../../app/till/ports.ts';
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
import { scryptHasher } from '../../hardware/crypto/slow-hash.ts';
import type { SerialPortChoice } from '../../hardware/line/serial-ports.ts';
import type { Environment } from './configuration-file.ts';
import { diagnose } from './doctor.ts';
import { bringsSandbox } from './practice.ts';
import { makeRoomForPurpose } from './purpose.ts';
import { type ChainSettingsOptions, createChainSettings } from './settings-chain.ts';
import { assertMayMove, assertOfCountry } from './settings-country.ts';
import { createDeviceDesk } from './settings-devices.ts';
import { CannotWriteSettingsError, CorruptSettingsError, type RawSettings, readSettingsFile, writeSettingsFile } from './settings-file.ts';
import { createPaperSettings } from './settings-paper.ts';
import { createProviderSettings, purposeOf } from './settings-provider.ts';
import { Refused } from './settings-refused.ts';
import { insideOf, merged, operatorsOf, PRINTER_MODEL_CHOICES, type SaveRequest, sectionsOf } from './settings-sections.ts';
import { createSettlementDesk } from './settings-settlement.ts';
import { createSigns, type SignsOptions } from './settings-signs.ts';
import type { RunningDevices } from './settings-trial.ts';
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
  readonly till: Pick<ShownTill, 'cashierView' | 'dispatch'>;
  readonly devices: RunningDevices;
  /** The shop's printed codes and the address from outside, as the till runs with them; `secrets` are left out of what leaves. */
  readonly signs: Pick<SignsOptions, 'codes' | 'outside'> & { readonly secrets: () => readonly string[] };
  /** The register's place in a chain, as the till runs with it. */
  readonly chain: Pick<ChainSettingsOptions, 'memory' | 'line' | 'published'>;
  /** Default: the machine's own. */
  readonly listPorts?: () => Promise<readonly SerialPortChoice[]>;
  readonly secrets: SecretStore;
  /** Compares a day with the provider; `null` where there is none. */
  readonly settle: ((date: string) => Promise<Reconciled>) | null;
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
  /** Parses and answers one request; never throws. What writes is answered one after the other; looks and trials wait for no one. */
  handle(request: unknown): Promise<SettingsAnswer>;
  /** Lets go of every device that was opened for a trial. */
  close(): Promise<void>;
}

export function createSettingsService(options: SettingsServiceOptions): SettingsService {
  const { secrets, log } = options;
  let queue: Promise<unknown> = Promise.resolve();

  // The page is written in the language that is saved: the cashier may have chosen another one from the menu, for a while.
  const language = () => saved().language.cashier;
  const texts = (): SettingsTexts => settingsTexts[language()];
  const onDisk = () => readSettingsFile(options.configFile);
  const provider = createProviderSettings({
    ...options,
    language,
    words: () => texts().service,
    reservations: () => options.till.cashierView().reservations.length,
  });
  const settlement = createSettlementDesk({
    ...options,
    language,
    market: () => saved().shop.market,
    isRelayed: () => options.configuration.provider?.through === 'head-office',
  });
  const paper = createPaperSettings({ configFile: options.configFile, saved, language });
  const signs = createSigns({ ...options.signs, configuration: options.configuration, words: texts });
  const chain = createChainSettings({
    ...options,
    ...options.chain,
    words: texts,
    language,
    keepAddress(address) {
      const { raw, configuration } = onDisk();
      writeSettingsFile(options.configFile, { ...raw, headOffice: { ...insideOf(raw, 'headOffice'), address } });
      log.write('info', 'settings.saved', { section: 'chain' });
      takeUp(configuration);
    },
  });
  const devices = createDeviceDesk({
    ...options,
    running: options.devices,
    saved,
    keepOpenWhen(openWhen, takenUp) {
      const { raw, configuration } = onDisk();
      writeSettingsFile(options.configFile, { ...raw, drawer: { ...insideOf(raw, 'drawer'), openWhen } });
      log.write('info', 'settings.drawer-calibrated', { openWhen });
      if (!takenUp && configuration.setUp) options.saved();
    },
    testPaper: paper.testPaper,
  });

  /** What is saved; what the till runs with, where the file cannot be read. */
  function saved(): Configuration {
    try {
      return onDisk().configuration;
    } catch (error) {
      if (!(error instanceof CorruptSettingsError)) throw error;
      return options.configuration;
    }
  }

  function view(): SettingsAnswer {
    const configuration = saved();
    return {
      ok: true,
      type: 'settings',
      settings: {
        firstStart: !configuration.setUp,
        sections: sectionsOf(configuration),
        storeId: configuration.store.id,
        registerId: configuration.register.id,
        secrets: { clientSecret: provider.has('clientSecret'), subscriptionKey: provider.has('subscriptionKey') },
        keyStore: { kind: secrets.kind, trouble: secrets.trouble() },
        displays: options.displays?.list() ?? [],
        canShowNumbers: options.displays !== null,
        printerModels: PRINTER_MODEL_CHOICES,
        withCode: configuration.operators.filter(mayApprove).map(({ id }) => id),
        hasLogo: configuration.receipt.logo !== null,
        bringsSandbox: bringsSandbox(),
        inChain: configuration.headOffice !== null,
        notTakenUp: options.notTakenUp,
        restartWaits: options.restartWaits(),
        cashierAddress: options.cashierAddress,
        software: `${SOFTWARE.name} ${SOFTWARE.version}`,
      },
    };
  }

  async function save(request: SaveRequest): Promise<SettingsAnswer> {
    const { raw, configuration } = onDisk();
    const { provider: known } = configuration;
    if (request.section === 'reachable' && request.value.on && request.value.publicUrl === null && known !== null) {
      if (known.environment !== 'sandbox') throw new Refused('bad-field', mistakeText(texts(), 'missing'), 'publicUrl');
    }
    if (request.section === 'shop') {
      const { market = configuration.shop.market, orgNumber } = request.value;
      assertMayMove(market, configuration, texts());
      assertOfCountry(orgNumber, market, texts());
    }
    const isProvider = request.section === 'provider';
    const part = await partOf(request, raw, configuration);
    if (isProvider) makeRoomForPurpose(options.dataDir, purposeOf(request.value));
    writeSettingsFile(options.configFile, { ...raw, ...part });
    if (isProvider) provider.saved();
    log.write('info', 'settings.saved', { section: request.section });
    if (request.section === 'display' && options.displays?.take(request.value) === true) return view();
    takeUp(configuration);
    return view();
  }

  async function partOf(request: SaveRequest, raw: RawSettings, configuration: Configuration): Promise<RawSettings> {
    switch (request.section) {
      case 'provider':
        return { provider: await provider.merged(raw, configuration, request.value) };
      case 'operators':
        return { operators: await operatorsOf(request.value, configuration.operators, scryptHasher) };
      default:
        return merged(raw, request);
    }
  }

  /** The guided first start takes everything up at its end, in one go. */
  function takeUp({ setUp }: Configuration): void {
    if (setUp) options.saved();
  }

  async function check(request: Extract<ParsedSettingsRequest, { type: 'check' }>): Promise<SettingsAnswer> {
    switch (request.what) {
      case 'org-number':
        assertOfCountry(request.orgNumber, request.market ?? saved().shop.market, texts());
        return checked(fill(texts().service.orgNumberGood, { number: request.orgNumber }));
      case 'provider':
        return checked(await provider.check(request));
      case 'printer':
        return checked(await devices.testPrinter(request.printer ?? saved().printer));
      case 'drawer':
        return checked(await devices.openDrawer(request.pin));
      case 'scanner':
        return checked(await devices.listen(request.scanner));
      case 'code':
        return { ok: true, type: 'heard', heard: devices.hear(request.code) };
      case 'display':
        return showNumbers();
      case 'all':
        return checkAll(request.probe);
    }
  }

  async function checkAll(withPayment: boolean): Promise<SettingsAnswer> {
    const diagnosis = await diagnose({
      ...options,
      probe: withPayment ? { msisdn: null, show: null } : null,
      running: { configuration: options.configuration, printer: options.devices.printer },
      language: language(),
    });
    const { labels } = doctorTexts[diagnosis.language];
    const lines = diagnosis.findings.map((finding) => ({
      check: finding.check,
      label: labels[finding.check],
      tone: finding.tone,
      text: findingText(finding, diagnosis.language),
    }));
    return { ok: true, type: 'diagnosis', summary: summaryOf(diagnosis.findings, diagnosis.language), lines };
  }

  async function showNumbers(): Promise<SettingsAnswer> {
    const words = texts().service;
    if (options.displays === null) throw new Refused('not-here', words.displayNone);
    const count = await options.displays.showNumbers();
    return checked(count === 1 ? words.displayGood.one : fill(words.displayGood.more, { count: String(count) }));
  }

  function keepLogo(base64: string | null): SettingsAnswer {
    const { raw, configuration } = onDisk();
    const logo = base64 === null ? null : paper.writeLogo(Buffer.from(base64, 'base64'));
    writeSettingsFile(options.configFile, { ...raw, receipt: { ...insideOf(raw, 'receipt'), logo } });
    log.write('info', 'settings.logo', { kept: logo !== null });
    takeUp(configuration);
    return view();
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
      secrets: [...provider.all(), ...options.signs.secrets(), ...chain.secrets()],
      nowMs,
    });
    log.write('info', 'settings.bundle', { bytes: bytes.length });
    const day = new Date(nowMs).toISOString().slice(0, 10);
    return { ok: true, type: 'bundle', fileName: `tillit-${day}.zip`, base64: Buffer.from(bytes).toString('base64') };
  }

  async function answer(request: ParsedSettingsRequest): Promise<SettingsAnswer> {
    switch (request.type) {
      case 'read':
        return view();
      case 'save':
        return save(request);
      case 'set-secret':
        provider.keep(request.name, request.value);
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
      case 'look':
        return { ok: true, type: 'devices', devices: await devices.look(request) };
      case 'calibrate-drawer':
        return checked(await devices.calibrate(request.step));
      case 'show-logo':
        return { ok: true, type: 'logo', png: paper.showLogo(request.base64 ?? null) };
      case 'keep-logo':
        return keepLogo(request.base64);
      case 'check':
        return check(request);
      case 'signs':
      case 'put-sign':
      case 'delete-sign':
      case 'save-redirect':
      case 'delete-redirect':
      case 'sign-picture':
        return signs.answer(request);
      case 'chain':
      case 'enrol':
      case 'retry-chain':
        return chain.answer(request);
      case 'support-bundle':
        return bundle();
      case 'settlement':
        return settlement.show(request.date);
      case 'settlement-file':
        return settlement.file(request.date);
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

  async function answered(request: ParsedSettingsRequest): Promise<SettingsAnswer> {
    try {
      return await answer(request);
    } catch (error) {
      return refusal(error);
    }
  }

  return {
    async handle(value) {
      const parsed = parseSettingsRequest(value);
      if ('mistake' in parsed) {
        const { field, mistake } = parsed;
        if (field === null || field === 'type') return new Refused('bad-request', texts().service.badRequest).answer;
        return new Refused('bad-field', mistakeText(texts(), mistake), field).answer;
      }
      const { request } = parsed;
      // A paper or a provider that takes its time keeps no look and no save waiting.
      if (PATIENT.has(request.type)) return answered(request);
      const done = queue.then(() => answered(request));
      queue = done;
      return done;
    },
    close: () => devices.release(),
  };
}

const PATIENT: ReadonlySet<ParsedSettingsRequest['type']> = new Set(['look', 'chain', 'check', 'settlement', 'settlement-file']);

const checked = (message: string): SettingsAnswer => ({ ok: true, type: 'checked', message });

function versions(): Readonly<Record<string, string>> {
  const { node, electron, chrome, v8 } = process.versions;
  return Object.fromEntries(
    Object.entries({ node, electron, chrome, v8 }).flatMap(([name, version]) => (version ? [[name, version]] : [])),
  );
}
