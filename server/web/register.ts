/**
 * A whole register in plain Node: configuration, data folder, till, web shell and, when there is no sales unit, the
 * sandbox to practise against. `npm run web` and `npm start` both run this.
 */
import { join } from 'node:path';
import { keyFor, type MembershipMemory } from '../../app/chain/membership.ts';
import type { Reconciled } from '../../app/report/reconcile-day.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { Log, SecretStore } from '../../app/till/ports.ts';
import { nodeClock } from '../../hardware/clock/node-clock.ts';
import { type DataFolder, DataFolderInUseError, openDataFolder } from '../../hardware/store/data-folder.ts';
import { CannotEnrolError, enrolmentSentence, enrolRegister } from './chain.ts';
import { openChainMemory } from './chain-memory.ts';
import { type ComposedTill, composeTill } from './compose.ts';
import { type Environment, readConfiguration } from './configuration-file.ts';
import { Ending } from './ending.ts';
import { openHeadOfficeSend } from './head-office-send.ts';
import { UsageError, type WebOptions } from './options.ts';
import { bringsSandbox, startPractice } from './practice.ts';
import { claimPurpose, folderForPurpose } from './purpose.ts';
import { settlementOf } from './settlement.ts';
import { watchForSleep } from './sleep-watch.ts';
import { openTechnicalLog } from './technical-log.ts';
import { openTokens, type Tokens } from './tokens.ts';
import { startWebShell, type WebShellOptions } from './web-shell.ts';

/** What is printed when the register answers: where everything is, and the tokens that open it. */
export interface ReadyLine {
  readonly ready: true;
  /** Pages, with their token in the fragment: open them as they are. */
  readonly cashier: string;
  readonly customer: string;
  /** The practice printer's page; `null` where a real printer stands. */
  readonly printer: string | null;
  /** The manager's page. */
  readonly settings: string;
  /** The page that plays the customer's phone; `null` when the provider is a real one. */
  readonly phone: string | null;
  /** Where the provider's webhooks are listened for on this machine; `null` where none are. */
  readonly outside: string | null;
  /** What the paths of `docs/protocol.md` come after. */
  readonly api: string;
  /** The provider that is practised against; `null` when it is a real one. */
  readonly sandbox: string | null;
  readonly tokens: Tokens;
}

export interface RunningRegister {
  readonly ready: ReadyLine;
  /** Further addresses of this machine, when the network may come in. */
  readonly addresses: readonly string[];
  /** Stops selling, closes the journal and gives the data folder up. */
  close(): Promise<void>;
}

export interface RegisterSurroundings {
  readonly environment: Environment;
  /** The built screens. */
  readonly rendererDir: string;
  /** Where warnings and errors of the technical log are shown. */
  readonly show: (line: string) => void;
  /** Where keys are that were entered in the settings. */
  readonly secrets?: SecretStore | undefined;
}

/** What it takes to open a register; the web shell's address is `showOnTheWeb`'s. */
export type OpeningOptions = Pick<WebOptions, 'configFile' | 'dataDir' | 'sandbox' | 'enrolCode'>;

/** A register that sells, before anyone can see it: windows or the web shell show it. */
export interface OpenedRegister {
  readonly configuration: Configuration;
  readonly till: ComposedTill;
  readonly tokens: Tokens;
  readonly log: Log;
  /** Where its journal and its log are: the data folder, or one inside it for another purpose. */
  readonly directory: string;
  /** The page that plays the customer's phone; `null` when the provider is a real one. */
  readonly phone: string | null;
  /** The provider that is practised against; `null` when it is a real one. */
  readonly sandbox: string | null;
  /** Compares a day with the provider, `YYYY-MM-DD`; `null` without one. */
  readonly settle: ((date: string) => Promise<Reconciled>) | null;
  /** What was started later and must be stopped sooner. */
  addEnd(end: () => void | Promise<void>): void;
  /** Stops selling, closes the journal and gives the data folder up. */
  close(): Promise<void>;
}

const NO_SANDBOX =
  'This program brings no sandbox to practise against. Start one with "npm run sandbox" in a checkout, and enter its address in the settings.';

/**
 * Opens the data folder and the till, and the sandbox when there is no sales unit and the program brings one.
 * @throws ConfigurationError, DataFolderInUseError, WrongPurposeError, UsageError, CannotEnrolError, StorageError
 */
export async function openRegister(
  options: OpeningOptions,
  surroundings: Pick<RegisterSurroundings, 'environment' | 'show' | 'secrets'>,
): Promise<OpenedRegister> {
  const read = readConfiguration(options.configFile, surroundings.environment, surroundings.secrets ?? null);
  if (options.sandbox && !bringsSandbox()) throw new UsageError(NO_SANDBOX);
  const practises = options.sandbox || read.configuration.provider === null;
  const purpose = practises ? 'practice' : (read.configuration.provider?.environment ?? 'practice');
  const ending = new Ending();
  try {
    const dataFolder = await takeDataFolder(folderForPurpose(options.dataDir, purpose));
    ending.add(() => dataFolder.release());
    claimPurpose(dataFolder.directory, purpose);
    const log = openTechnicalLog(dataFolder.directory, nodeClock, surroundings.show);
    const tokens = openTokens(options.dataDir);

    const practice =
      practises && bringsSandbox() ? await startPractice(join(dataFolder.directory, 'sandbox.json'), read.configuration) : null;
    if (practice !== null) ending.add(() => practice.close());
    const configuration = practice?.configuration ?? read.configuration;
    const secrets = practice?.secrets ?? read.secrets;
    const phone = configuration.provider?.phoneUrl ?? null;

    const chainMemory = openChainMemory(dataFolder.keys);
    const { enrolCode } = options;
    if (enrolCode !== undefined && enrolCode !== null)
      await enrolFirst(enrolCode, {
        configuration,
        configurationFolder: read.folder,
        practises,
        chainMemory,
        log,
      });

    const till = await composeTill({
      configuration,
      // What is only practice is nothing for a chain to know.
      chainMemory: practises ? null : chainMemory,
      secrets,
      distanceSecrets: practice?.distanceSecrets ?? read.distanceSecrets,
      configurationFolder: read.folder,
      dataFolder,
      log,
      phoneUrl: phone,
      printerUrl: `/printer#token=${tokens.printer}`,
    });
    ending.add(() => till.close());
    const wake = () => {
      till.till.wake();
      till.chain?.wake();
    };
    ending.add(watchForSleep(wake));
    return {
      configuration,
      till,
      tokens,
      log,
      directory: dataFolder.directory,
      phone,
      sandbox: practice?.url ?? null,
      settle: secrets === null ? null : (date) => settlementOf({ configuration, secrets, journal: dataFolder.journal, log }, date),
      addEnd: (end) => ending.add(end),
      close: () => ending.run(),
    };
  } catch (error) {
    await ending.run().catch(() => {});
    throw error;
  }
}

/**
 * Shows an opened register over HTTP and WebSocket, until it is closed.
 * @throws PortInUseError, CannotListenError
 */
export async function showOnTheWeb(
  register: OpenedRegister,
  options: Pick<WebOptions, 'port' | 'host'> & Pick<RegisterSurroundings, 'rendererDir'> & Pick<WebShellOptions, 'settings'>,
): Promise<Pick<RunningRegister, 'ready' | 'addresses'>> {
  const { tokens, log, till } = register;
  const shell = await startWebShell({ ...options, till: till.till, virtualPrinter: till.devices.virtualPrinter, tokens, log });
  register.addEnd(() => shell.close());
  const [api = ''] = shell.addresses;
  return {
    ready: {
      ready: true,
      cashier: `${api}/cashier#token=${tokens.cashier}`,
      customer: `${api}/customer#token=${tokens.customer}`,
      phone: register.phone,
      printer: till.devices.virtualPrinter === null ? null : `${api}/printer#token=${tokens.printer}`,
      settings: `${api}/settings#token=${tokens.manager}`,
      outside: till.outside?.state().listeningAt ?? null,
      api,
      sandbox: register.sandbox,
      tokens,
    },
    addresses: shell.addresses,
  };
}

/** A code that was used before does no harm where its key is: the same command may start a register every day. */
async function enrolFirst(
  code: string,
  {
    configuration,
    configurationFolder,
    practises,
    chainMemory,
    log,
  }: {
    readonly configuration: Configuration;
    readonly configurationFolder: string;
    readonly practises: boolean;
    readonly chainMemory: MembershipMemory;
    readonly log: Log;
  },
): Promise<void> {
  const address = configuration.headOffice?.address;
  if (address === undefined) throw new UsageError('--enrol needs "headOffice" in the configuration: where the code is from.');
  if (practises) throw new UsageError('--enrol is for a register that sells: this one practises by itself.');
  const send = openHeadOfficeSend(configuration, configurationFolder);
  try {
    const enrolment = await enrolRegister({ address, code }, { configuration, memory: chainMemory, send });
    log.write('info', 'chain.enrolment', { what: enrolment.kind });
    if (enrolment.kind === 'enrolled' || keyFor(chainMemory, address) !== null) return;
    throw new CannotEnrolError(enrolmentSentence(enrolment, configuration));
  } finally {
    send.close();
  }
}

/** A register that was just told to stop needs a moment to let go of its folder. */
async function takeDataFolder(directory: string): Promise<DataFolder> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return openDataFolder(directory);
    } catch (error) {
      if (!(error instanceof DataFolderInUseError) || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
