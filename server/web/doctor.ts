/**
 * Checks a register's whole set-up, from the configuration to the paper, and says of each thing that it is in order or what
 * to do. `npm run doctor` and the settings' page show the same lines, from here.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS, type Finding, findingText, found } from '../../app/doctor/finding.ts';
import { forceApproval } from '../../app/doctor/force-approve.ts';
import { type Probed, type ProbeNote, type ProbeNotes, type ProbeOptions, parseProbeNote, probe } from '../../app/doctor/probe.ts';
import { type ExaminationOptions, examineProvider, examineQr, examineWebhooks, hostOf } from '../../app/doctor/provider-examination.ts';
import { formatOre } from '../../app/money/format.ts';
import { doctorTexts } from '../../app/text/doctor.ts';
import { fill } from '../../app/text/screen.ts';
import { settingsTexts } from '../../app/text/settings.ts';
import { currencyOf } from '../../app/till/brand.ts';
import { type Configuration, ownProviderOf } from '../../app/till/configuration.ts';
import type { Language } from '../../app/till/contract.ts';
import type { HttpSend, Log, Printer, PrinterStatus, SecretStore } from '../../app/till/ports.ts';
import { createAdapter } from '../../app/vipps/adapter.ts';
import { isRelayed } from '../../app/vipps/headers.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { nodeRandom } from '../../hardware/crypto/random.ts';
import { connectPrinter } from '../../hardware/printer/connect.ts';
import { writeWholeFile } from '../../hardware/store/whole-file.ts';
import { type AccessSurroundings, accessOf } from './access.ts';
import { openChainMemory } from './chain-memory.ts';
import { makeProvider } from './compose.ts';
import {
  ConfigurationError,
  type Environment,
  type ProviderSecrets,
  type ReadConfiguration,
  readConfiguration,
} from './configuration-file.ts';
import { examineFolder } from './doctor-folder.ts';
import { examineRelay } from './doctor-relay.ts';
import { openHeadOfficeSend } from './head-office-send.ts';
import { folderForPurpose, type Purpose } from './purpose.ts';
import { printerTroubleText } from './settings-look.ts';
import { until } from './settings-trial.ts';
import { CALLING_SYSTEM } from './software.ts';

export interface DoctorOptions {
  readonly configFile: string;
  readonly environment: Environment;
  /** Where keys are that were entered in the settings; `null` where there is no such place. */
  readonly secrets: SecretStore | null;
  /** `--data`; `null`: the folder is not looked at. */
  readonly dataDir: string | null;
  /** `null`: no test payment. */
  readonly probe: {
    /** Who approves by force in the test environment, as digits with the country's; `null`: nobody. */
    readonly msisdn: string | null;
    /** Tells a person, in the diagnosis' language, where the code is; `null`: nobody is there. */
    readonly show: { readonly withinMs: number; readonly tell: (sentence: string) => void } | null;
  } | null;
  /** The register that this process runs, with what it runs with; `null` beside one. */
  readonly running: { readonly configuration: Configuration; readonly printer: Printer } | null;
  readonly language: Language | null;
  readonly send: HttpSend;
  readonly log: Log;
}

export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly language: Language;
  /** 0: all in order. 1: something is to be done. 2: the configuration cannot be used, so hardly anything was looked at. */
  readonly exitCode: 0 | 1 | 2;
}

/** Looks at everything; never throws for what it finds. The findings come in the order of `CHECKS`. */
export async function diagnose(options: DoctorOptions): Promise<Diagnosis> {
  let read: ReadConfiguration;
  try {
    read = readConfiguration(options.configFile, options.environment, options.secrets);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const findings = [
      found('configuration', 'todo', 'configuration-bad', { file: options.configFile, problem: sentences(error.problems) }),
    ];
    return { findings, language: options.language ?? 'nb', exitCode: 2 };
  }
  const { shop, register, language: languages, provider } = read.configuration;
  const language = options.language ?? languages.cashier;
  const purpose: Purpose = provider?.environment ?? 'practice';
  const findings: Finding[] = [found('configuration', 'ok', 'configuration-good', { shop: shop.name, register: register.name })];
  const directory = options.dataDir === null ? null : folderForPurpose(options.dataDir, purpose);

  const practised = provider === null ? practiceOf(options.running?.configuration ?? null) : read;
  if (provider === null) findings.push(found('keys', 'note', 'practice'));
  if (provider?.through === 'head-office') findings.push(...(await throughHeadOffice(options, read, directory, language)));
  if (practised?.configuration.provider != null && practised.secrets !== null) {
    findings.push(...(await throughProvider(options, practised.configuration, practised.secrets, directory, language)));
    findings.push(...(await distanceLine(options, read, language)));
  }
  const folder = directory === null ? null : examineFolder(directory, purpose, options.running !== null);
  if (folder !== null) findings.push(...folder.findings);
  findings.push(await printerLine(options, read.configuration, folder?.isRunning ?? false, language));
  findings.sort((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check));
  return { findings, language, exitCode: findings.some(({ tone }) => tone === 'todo') ? 1 : 0 };
}

/** The built-in sandbox's keys are in the running configuration, for everybody to see. */
function practiceOf(configuration: Configuration | null) {
  const { clientSecret, subscriptionKey } = (configuration === null ? null : ownProviderOf(configuration)) ?? {};
  if (configuration === null || typeof clientSecret !== 'string' || typeof subscriptionKey !== 'string') return null;
  return { configuration, secrets: { clientSecret, subscriptionKey } };
}

async function throughProvider(
  options: DoctorOptions,
  configuration: Configuration,
  secrets: ProviderSecrets,
  directory: string | null,
  language: Language,
): Promise<readonly Finding[]> {
  const provider = ownProviderOf(configuration);
  if (provider === null) return [];
  const { send, log } = options;
  const examined: ExaminationOptions = {
    provider,
    secrets,
    system: CALLING_SYSTEM,
    send,
    clock: nodeClock,
    log,
    proxy: proxyOf(options.environment, provider.baseUrl),
  };
  const { findings: first, answers } = await examineProvider(examined);
  const findings = [...first];
  if (!answers) return findings;
  findings.push(await examineWebhooks(examined, configuration.reachable !== null));
  if (options.probe === null) return [...findings, await examineQr(examined)];
  if (directory === null) return [...findings, found('probe', 'todo', 'probe-needs-folder'), await examineQr(examined)];
  const probed = await probeWith(options, { configuration, secrets }, directory, language);
  // What the payment showed goes before what was not told.
  const kept = probed.capture === null ? findings : findings.filter(({ check }) => check !== 'capture');
  return [...kept, ...captureLine(probed.capture), ...probed.findings];
}

/** A register without keys: head office is asked in the place of the provider. Its key there is with the journal. */
async function throughHeadOffice(
  options: DoctorOptions,
  { configuration, secrets, folder }: ReadConfiguration,
  directory: string | null,
  language: Language,
): Promise<readonly Finding[]> {
  const chainMemory = directory === null ? null : openChainMemory(join(directory, 'keys'));
  const surroundings = { configuration, secrets, chainMemory };
  const access = accessOf(surroundings);
  if (access === null || !isRelayed(access)) return [];
  const send = openHeadOfficeSend(configuration, folder);
  try {
    const { findings, answers } = await examineRelay(access, { send, log: options.log });
    if (!answers || options.probe === null) return findings;
    if (directory === null) return [...findings, found('probe', 'todo', 'probe-needs-folder')];
    const probed = await probeWith({ ...options, send }, surroundings, directory, language);
    return [...findings, ...captureLine(probed.capture), ...probed.findings];
  } finally {
    send.close();
  }
}

/** The sales unit for customers who are not there: its first trouble, in one line. */
async function distanceLine(
  options: DoctorOptions,
  { configuration, distanceSecrets }: Omit<ReadConfiguration, 'folder'>,
  language: Language,
): Promise<readonly Finding[]> {
  const { distance } = configuration;
  const provider = ownProviderOf(configuration);
  if (provider === null || distance === null || distanceSecrets === null) return [];
  const { merchantSerialNumber, clientId } = distance;
  const { findings } = await examineProvider({
    provider: { ...provider, merchantSerialNumber, clientId: clientId ?? provider.clientId },
    secrets: distanceSecrets,
    system: CALLING_SYSTEM,
    send: options.send,
    clock: nodeClock,
    log: options.log,
    proxy: null,
  });
  const trouble = findings.find(({ tone, check }) => tone === 'todo' && check !== 'clock');
  if (trouble === undefined) return [found('distance', 'ok', 'distance-good', { msn: merchantSerialNumber })];
  return [found('distance', 'todo', 'distance-bad', { msn: merchantSerialNumber, problem: findingText(trouble, language) })];
}

const captureLine = (capture: Probed['capture']): readonly Finding[] => {
  if (capture === null) return [];
  return [capture === 'direct' ? found('capture', 'note', 'capture-direct') : found('capture', 'ok', 'capture-reserve')];
};

/** The invitation to scan, as a sentence. */
function showIn(show: NonNullable<DoctorOptions['probe']>['show'], language: Language): ProbeOptions['show'] {
  if (show === null) return null;
  const { withinMs, tell } = show;
  const seconds = Math.round(withinMs / 1000);
  return { withinMs, tell: (url, amount) => tell(fill(doctorTexts[language].scan, { seconds, amount, url })) };
}

/** Who approves by force in a sandbox, by market: server/sandbox/README.md names them. */
const SANDBOX_PEOPLE = { NO: '4791234567', DK: '4521234567', FI: '358401234567' } as const;

async function probeWith(options: DoctorOptions, surroundings: AccessSurroundings, directory: string, language: Language): Promise<Probed> {
  const { provider, shop, store, register } = surroundings.configuration;
  const access = accessOf(surroundings);
  const payments = makeProvider({ ...surroundings, log: options.log }, options.send);
  if (provider === null || access === null || payments === null || options.probe === null) return { findings: [], capture: null };
  const { environment, api } = provider;
  const msisdn = options.probe.msisdn ?? (environment === 'sandbox' ? SANDBOX_PEOPLE[shop.market] : null);
  const { caller } = createAdapter({
    configuration: { ...access, ...CALLING_SYSTEM },
    send: options.send,
    clock: nodeClock,
    log: options.log,
  });
  const currency = currencyOf(shop.market);
  return probe({
    provider: payments,
    notes: notesIn(directory),
    clock: nodeClock,
    timers: nodeTimers,
    random: nodeRandom,
    prefix: `${store.id}-${register.id}`,
    currency,
    text: `${shop.name}: test`,
    amountText: (amountOre) => formatOre(amountOre, language, currency),
    host: hostOf(access.baseUrl),
    approve: environment === 'production' || msisdn === null ? null : forceApproval(caller, api, msisdn),
    show: showIn(options.probe.show, language),
  });
}

function notesIn(directory: string): ProbeNotes {
  const path = join(directory, 'test-payment.json');
  return {
    read(): ProbeNote | null {
      try {
        return parseProbeNote(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return null;
      }
    },
    write(note) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeWholeFile(path, `${JSON.stringify(note)}\n`);
    },
    clear: () => rmSync(path, { force: true }),
  };
}

/** How long a printer that was just opened may take to answer. */
const MEETING_MS = 6_000;

async function printerLine(
  options: DoctorOptions,
  { printer: configured }: Configuration,
  isRunningElsewhere: boolean,
  language: Language,
): Promise<Finding> {
  if (configured.kind === 'virtual') return found('printer', 'ok', 'printer-virtual');
  if (options.running !== null) return printerFinding(options.running.printer.status(), language);
  if (isRunningElsewhere) return found('printer', 'note', 'printer-elsewhere');
  const printer = connectPrinter(configured, { clock: nodeClock, timers: nodeTimers, log: options.log });
  try {
    return printerFinding(await until(printer, ({ state, cause }) => state !== 'offline' || cause !== undefined, MEETING_MS), language);
  } finally {
    await printer.close();
  }
}

function printerFinding(status: PrinterStatus, language: Language): Finding {
  if (status.known === false) return found('printer', 'note', 'printer-silent');
  if (status.state === 'ready') return found('printer', 'ok', 'printer-good');
  if (status.state === 'paper-low') return found('printer', 'note', 'printer-low');
  const { devices, service } = settingsTexts[language];
  const trouble = printerTroubleText(status, status.state, { language, devices, troubles: service.printerTroubles });
  return found('printer', 'todo', 'printer-trouble', { trouble });
}

/** The proxy that the machine is told to use on the way to this address, without who logs in to it. */
function proxyOf(environment: Environment, baseUrl: string): string | null {
  if (!/^https:/i.test(baseUrl)) return null;
  const set = environment.HTTPS_PROXY ?? environment.https_proxy ?? environment.ALL_PROXY ?? environment.all_proxy ?? '';
  return set === ''
    ? null
    : set
        .replace(/^[^@]*@/, '')
        .replace(/^\w+:\/\//, '')
        .slice(0, 80);
}

const sentences = (problems: readonly string[]): string => problems.join(' ');
