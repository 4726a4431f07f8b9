/**
 * A register that takes new settings up by itself: after a save it waits until no sale is open, closes the till and
 * opens it again, at the same address and with the same tokens. If it will not start, the settings of before come back.
 */
import { dirname, join } from 'node:path';
import type { CashierView } from '../../app/till/contract.ts';
import type { SecretStore } from '../../app/till/ports.ts';
import { nodeClock } from '../../hardware/clock/node-clock.ts';
import { createHttpSend } from '../../hardware/http/send.ts';
import { openFileSecrets } from '../../hardware/secrets/file-store.ts';
import type { Environment } from './configuration-file.ts';
import { failureOf } from './failure.ts';
import { openHeadOfficeSend } from './head-office-send.ts';
import type { WebOptions } from './options.ts';
import { type OpenedRegister, openRegister, type RegisterSurroundings, type RunningRegister, showOnTheWeb } from './register.ts';
import { restorePreviousSettings } from './settings-file.ts';
import type { PublishedStatus } from './settings-published.ts';
import { createSettingsService, type DisplayDesk, type SettingsService } from './settings-service.ts';
import type { ShownTill } from './till.ts';

/** Long enough for the answer that says "saved" to be on its way. */
const AFTER_ANSWER_MS = 200;

/** The web shell's key store: a file in the data folder, opened by what the environment names. */
export function webSecrets(dataDir: string, environment: Environment): SecretStore {
  const { TILLIT_SECRETS_PASSPHRASE: passphrase, TILLIT_SECRETS_KEY_FILE: keyFile } = environment;
  const opener =
    passphrase !== undefined && passphrase !== '' ? { passphrase } : keyFile !== undefined && keyFile !== '' ? { keyFile } : null;
  return openFileSecrets(join(dataDir, 'secrets.json'), opener);
}

/** Whether nothing is under way that a new start would interrupt. */
function isBetweenSales(view: CashierView): boolean {
  const nothingOpen = view.stage.kind === 'selling' && (view.basket === null || view.basket.lines.length === 0);
  return nothingOpen && !view.printQueue.some((job) => job.state === 'sending');
}

/** Calls `run` once, at the first moment between sales. Returns how to give up waiting. */
function whenBetweenSales(till: Pick<ShownTill, 'cashierView' | 'onChange'>, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const look = (): void => {
    if (timer !== null || !isBetweenSales(till.cashierView())) return;
    timer = setTimeout(() => {
      timer = null;
      // A sale may have begun in the meantime.
      if (!isBetweenSales(till.cashierView())) return;
      end();
      run();
    }, AFTER_ANSWER_MS);
  };
  const stop = till.onChange(look);
  const end = (): void => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
  look();
  return end;
}

/** The settings of an opened register. `restart` is called between sales, after something was saved. */
export function settingsOf(
  register: OpenedRegister,
  options: Pick<WebOptions, 'configFile' | 'dataDir'> & {
    readonly environment: Environment;
    readonly secrets: SecretStore;
    readonly displays: DisplayDesk | null;
    readonly cashierAddress: string | null;
    readonly notTakenUp: string | null;
    readonly restart: () => void;
  },
): SettingsService {
  const send = createHttpSend();
  register.addEnd(() => send.close());
  const toHeadOffice = openHeadOfficeSend(register.configuration, dirname(options.configFile));
  register.addEnd(() => toHeadOffice.close());
  let giveUp: (() => void) | null = null;
  register.addEnd(() => giveUp?.());
  const service = createSettingsService({
    ...options,
    directory: register.directory,
    configuration: register.configuration,
    till: register.till.till,
    devices: register.till.devices,
    signs: {
      codes: register.till.codes,
      outside: () => register.till.outside?.state() ?? null,
      secrets: () => register.till.outside?.secrets() ?? [],
    },
    chain: { memory: register.till.chainMemory, line: register.till.chain, published: () => publishedStatus(register) },
    settle: register.settle,
    send,
    clock: nodeClock,
    log: register.log,
    saved: () => {
      giveUp ??= whenBetweenSales(register.till.till, options.restart);
    },
    restartWaits: () => giveUp !== null && !isBetweenSales(register.till.till.cashierView()),
  });
  register.addEnd(() => service.close());
  return service;
}

function publishedStatus({ till: { till, published } }: OpenedRegister): PublishedStatus | null {
  const view = till.published();
  return published === null || view === null ? null : { fetched: published.view(), till: view };
}

/**
 * Starts a register with settings, and resolves when it answers.
 * @throws ConfigurationError, DataFolderInUseError, WrongPurposeError, PortInUseError, CannotListenError, StorageError
 */
export async function startRestartingRegister(options: WebOptions, surroundings: RegisterSurroundings): Promise<RunningRegister> {
  const secrets = surroundings.secrets ?? webSecrets(options.dataDir, surroundings.environment);
  const { environment, rendererDir, show } = surroundings;
  let port = options.port;
  let current: OpenedRegister;
  let stopped = false;
  let restarting: Promise<void> = Promise.resolve();
  /** A code is good once. */
  let { enrolCode } = options;

  async function start(notTakenUp: string | null = null) {
    const register = await openRegister({ ...options, enrolCode }, { environment, show, secrets });
    enrolCode = null;
    try {
      const { configFile, dataDir, host } = options;
      const restart = () => {
        restarting = startAgain().catch((error: unknown) =>
          show(error instanceof Error ? error.message : 'The register could not start again.'),
        );
      };
      const surroundings = { environment, secrets, displays: null, cashierAddress: null, notTakenUp };
      const service = settingsOf(register, { configFile, dataDir, ...surroundings, restart });
      const shown = await showOnTheWeb(register, { port, host, rendererDir, settings: (request) => service.handle(request) });
      current = register;
      return shown;
    } catch (error) {
      await register.close().catch(() => {});
      throw error;
    }
  }

  async function startAgain(): Promise<void> {
    if (stopped) return;
    await current.close().catch(() => {});
    if (stopped) return;
    try {
      await start();
    } catch (error) {
      const { sentence } = failureOf(error);
      show(`The new settings were not taken up. ${sentence}`);
      if (!restorePreviousSettings(options.configFile)) throw error;
      await start(sentence);
    }
  }

  const shown = await start();
  // Screens come back to the address that they know.
  port = Number(new URL(shown.ready.api).port);
  return {
    ...shown,
    async close() {
      stopped = true;
      await restarting;
      await current.close();
    },
  };
}
