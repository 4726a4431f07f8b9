/** The desktop program, start to end: one till in this process, two windows that show it, and nobody else let in. */
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { type DesktopTexts, desktopTexts } from '../app/text/desktop.ts';
import type { Language } from '../app/till/contract.ts';
import { nodeTimers } from '../hardware/clock/node-clock.ts';
import { rendererDir } from '../server/web/built-screens.ts';
import { failureOf } from '../server/web/failure.ts';
import { changeableConfiguration, demoShop, ownConfiguration } from '../server/web/own-configuration.ts';
import { type OpenedRegister, openRegister, type ReadyLine, showOnTheWeb } from '../server/web/register.ts';
import { settingsOf } from '../server/web/restarting.ts';
import { restorePreviousSettings } from '../server/web/settings-file.ts';
import { claimScheme, serveScreens } from './app-protocol.ts';
import type { WindowRole } from './channels.ts';
import { openDisplayDesk } from './display-desk.ts';
import { type DisplayFacts, readScreenId, screenIdOf } from './displays.ts';
import type { Electron } from './electron.ts';
import { startIpc } from './ipc.ts';
import { isAtRest } from './life.ts';
import { holdLocked } from './locked.ts';
import { openMemory } from './memory.ts';
import { menuTemplate } from './menu.ts';
import { type DesktopOptions, readDesktopOptions } from './options.ts';
import { keepAwake, watchWake } from './power.ts';
import { type Quitting, watchQuitting } from './quitting.ts';
import { openSystemSecrets } from './secrets.ts';
import { closePages, closeSession, HOST, type KnownAddresses, knownAddress, pageAddress, SCHEME, SETTINGS_PAGE } from './security.ts';
import { settingsOpener } from './settings-window.ts';
import { keepBundle } from './support-file.ts';
import { loadElectronUpdater, startUpdates } from './updates.ts';
import { type DesktopWindows, openWindows } from './windows.ts';

/** The web shell's own, as `npm start` takes it. */
const TABLET_PORT = 8420;

const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs the program. Never throws: what cannot start says so in one sentence and ends. */
export async function startDesktop(electron: Electron): Promise<void> {
  const { app, dialog } = electron;
  try {
    const options = readDesktopOptions(process.argv.slice(app.isPackaged ? 1 : 2));
    app.enableSandbox();
    claimScheme(electron.protocol);
    // Browser data lives with the register's own, so that each register is a single instance for itself.
    if (options.dataDir !== null) app.setPath('userData', join(options.dataDir, 'desktop'));
    if (!app.requestSingleInstanceLock()) {
      complain('Tillit is open already: its window has been brought to the front.');
      app.exit(0);
      return;
    }
    await app.whenReady();
    await runRegister(electron, options);
  } catch (error) {
    const { sentence, exitCode } = failureOf(error);
    complain(sentence);
    if (app.isReady() && app.isPackaged) dialog.showErrorBox(desktopTexts[languageOf(app.getLocale())].cannotStart, sentence);
    app.exit(exitCode);
  }
}

async function runRegister(electron: Electron, options: DesktopOptions): Promise<void> {
  const { app, session, screen, Menu } = electron;
  const dataDir = options.dataDir ?? join(app.getPath('userData'), 'register');
  const configFile =
    options.configFile === null
      ? ownConfiguration(join(app.getPath('userData'), 'shop'), demoShop(app.getAppPath()))
      : changeableConfiguration(options.configFile, dataDir, app.getAppPath());
  const secrets = openSystemSecrets({
    safeStorage: electron.safeStorage,
    platform: process.platform,
    path: join(app.getPath('userData'), 'secrets.json'),
  });
  const open = () => openRegister({ configFile, dataDir, sandbox: options.sandbox }, { environment: process.env, show: complain, secrets });
  let notTakenUp: string | null = null;
  const register = await open().catch((error: unknown) => {
    if (!options.afterSettings || !restorePreviousSettings(configFile)) throw error;
    notTakenUp = failureOf(error).sentence;
    complain(`The new settings were not taken up. ${notTakenUp}`);
    return open();
  });
  try {
    const { till, log } = { till: register.till.till, log: register.log };
    const texts = (): DesktopTexts => desktopTexts[till.cashierView().language];
    const { display } = register.configuration;
    const web = await openWeb(register, options);
    const roles = new Map<WebContents, WindowRole>();
    const roleOf = (contents: WebContents) => roles.get(contents) ?? null;
    const memory = openMemory(join(app.getPath('userData'), 'desktop.json'), log);
    // What the owner wrote down counts before what the program chose for itself.
    const named = readScreenId(display.screenId);
    if (named !== null) memory.change({ customerDisplay: named });

    closeSession(session.defaultSession, log, !app.isPackaged);
    closePages(app, roleOf, log);
    serveScreens(electron.protocol, rendererDir);
    let opened: DesktopWindows | null = null;
    const displays = openDisplayDesk({ electron, memory, windows: () => opened, customer: display.customer });
    register.addEnd(() => displays.close());
    const settings = settingsOf(register, {
      configFile,
      dataDir,
      environment: process.env,
      secrets,
      displays,
      cashierAddress: pageAddress('cashier'),
      notTakenUp,
      restart: () => {
        app.relaunch({ args: [...process.argv.slice(1).filter((argument) => argument !== '--after-settings'), '--after-settings'] });
        void quitting.now();
      },
    });
    const openSettings = settingsOpener({ electron, roles, texts, onRegister: () => opened !== null && bringToFront(opened) });
    register.addEnd(
      startIpc({
        ipcMain: electron.ipcMain,
        till,
        log,
        roleOf,
        settings: async (request) => keepBundle(electron, texts(), await settings.handle(request)),
      }),
    );
    register.addEnd(keepAwake(electron.powerSaveBlocker));
    const onWake = () => {
      log.write('info', 'desktop.woke', {});
      till.wake();
      register.till.chain?.wake();
    };
    register.addEnd(watchWake(electron.powerMonitor, onWake));

    const chooseDisplay = async (chosen: DisplayFacts) => {
      const value = { customer: display.customer, screenId: screenIdOf(chosen) };
      const answer = await settings.handle({ type: 'save', section: 'display', value });
      // A file that cannot be written: the choice holds for this machine all the same.
      if (!answer.ok) opened?.remember(chosen);
    };

    const locks = options.kiosk ?? memory.read().kiosk;
    let lock = { isLocked: () => locks };
    const drawMenu = (windows: DesktopWindows): void => {
      if (lock.isLocked()) {
        Menu.setApplicationMenu(null);
        return;
      }
      const shown = windows.customer.isFullScreen() ? screen.getDisplayMatching(windows.customer.getBounds()).id : null;
      const facts = { displays: screen.getAllDisplays(), customerDisplayId: shown };
      const template = menuTemplate(texts(), {
        ...facts,
        onChoose: (chosen) => void chooseDisplay(chosen),
        onSettings: openSettings,
        onQuit: () => void quitting.ask(),
      });
      Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    };
    const windows = openWindows({
      electron,
      roles,
      memory,
      log,
      texts,
      kiosk: locks,
      showsCustomer: display.customer === 'screen',
      onCloseAsked: () => void quitting.ask(),
      onPlaced: () => {
        if (opened !== null) drawMenu(opened);
      },
    });
    opened = windows;
    const quitting = watchQuitting({
      electron,
      log,
      view: () => till.cashierView(),
      texts,
      window: () => windows.cashier,
      isLocked: () => lock.isLocked(),
      close: async () => {
        windows.close();
        await register.close();
      },
    });
    if (locks) {
      lock = holdLocked({
        electron,
        cashier: windows.cashier,
        customer: windows.customer,
        memory,
        texts,
        log,
        nowMs: () => performance.now(),
        onUnlock: () => drawMenu(windows),
        onQuit: () => void quitting.ask(),
      });
    }
    drawMenu(windows);
    // The manager reads why on the settings' page; a locked register has none, and its log says it.
    if ((!register.configuration.setUp || notTakenUp !== null) && !locks) openSettings();
    openLinks(electron, windows, web, log, () => {
      if (!lock.isLocked()) return openSettings();
      const { managerTitle: message, lockedSettings: detail } = texts();
      void electron.dialog.showMessageBox(windows.cashier, { type: 'info', message, detail, buttons: [texts().stay] });
    });
    app.on('second-instance', () => bringToFront(windows));
    app.on('activate', () => bringToFront(windows));
    // The system shuts down or a service manager stops the program: nobody is there to answer a question.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void quitting.now());
    electron.powerMonitor.on('shutdown', () => void quitting.now());
    await takeUpdates(electron, register, quitting);
    if (options.ready) process.stdout.write(`${JSON.stringify(web ?? { ready: true })}\n`);
  } catch (error) {
    await register.close().catch(() => {});
    throw error;
  }
}

/** The web shell inside, with the same till: for a tablet, and to see the practice printer's paper. */
async function openWeb(register: OpenedRegister, options: DesktopOptions): Promise<ReadyLine | null> {
  const tablet = options.tablet ?? (register.configuration.display.customer === 'tablet' ? '0.0.0.0' : null);
  if (tablet === null && register.sandbox === null) return null;
  // A tablet is paired with an address, so that one stays the same from day to day.
  const port = tablet !== null && options.port === 0 && options.tablet === null ? TABLET_PORT : options.port;
  const { ready, addresses } = await showOnTheWeb(register, { port, host: tablet ?? '127.0.0.1', rendererDir });
  if (tablet !== null) for (const address of addresses) complain(`A tablet shows the customer's screen at ${address}/customer`);
  return ready;
}

/** The practice phone and the practice printer open in the system's browser. The page only points; the address is main's own. */
function openLinks(
  electron: Pick<Electron, 'shell'>,
  { cashier }: DesktopWindows,
  web: ReadyLine | null,
  log: OpenedRegister['log'],
  onSettings: () => void,
): void {
  const known: KnownAddresses = [
    ...(web?.phone == null ? [] : [{ asked: (url: string) => url === web.phone, open: web.phone }]),
    ...(web?.printer == null ? [] : [{ asked: (url: string) => url.startsWith(`${SCHEME}://${HOST}/printer`), open: web.printer }]),
  ];
  cashier.webContents.setWindowOpenHandler(({ url }) => {
    const address = knownAddress(known, url);
    if (url === SETTINGS_PAGE) setImmediate(onSettings);
    else if (address === null) log.write('warn', 'desktop.window-refused', {});
    else electron.shell.openExternal(address).catch(() => log.write('warn', 'desktop.link-not-opened', {}));
    return { action: 'deny' };
  });
}

/** Looks for updates where the package may have them; one is installed only when the till is at rest, and after it has been closed. */
async function takeUpdates({ app }: Pick<Electron, 'app'>, register: OpenedRegister, quitting: Quitting): Promise<void> {
  const { till, log } = { till: register.till.till, log: register.log };
  const updates = await startUpdates({
    platform: process.platform,
    isPackaged: app.isPackaged,
    resourcesPath: process.resourcesPath ?? '',
    mayRestart: () => isAtRest(till.cashierView()),
    log,
    timers: nodeTimers,
    loadUpdater: async () => {
      const updater = await loadElectronUpdater();
      const install = updater.quitAndInstall.bind(updater);
      updater.quitAndInstall = (silent, runAfter) => void quitting.leave().then(() => install(silent, runAfter));
      return updater;
    },
  });
  register.addEnd(() => updates.quitting());
  register.addEnd(() => updates.close());
}

function bringToFront({ cashier }: DesktopWindows): void {
  if (cashier.isMinimized()) cashier.restore();
  cashier.show();
  cashier.focus();
}

function languageOf(locale: string): Language {
  return locale.startsWith('en') ? 'en' : 'nb';
}
