/** Trying the cash drawer from the settings, and learning which level of its switch means open. */
import { drawerTexts } from '../../app/text/drawer.ts';
import { calibrate, levelOf } from '../../app/till/drawer-switch.ts';
import type { DrawerLevel, DrawerPin } from '../../app/till/ports.ts';
import type { DevicesView } from '../../app/till/settings-devices.ts';
import { sameLine } from './same-line.ts';
import { printerTroubleText } from './settings-look.ts';
import type { PrinterTrials } from './settings-printer.ts';
import { refuse, type TrialOptions, wordsOf } from './settings-trial.ts';

export interface DrawerTrials {
  look(): DevicesView['drawer'];
  /** These give the sentence of what went well. @throws Refused */
  open(pin: DrawerPin): Promise<string>;
  calibrate(step: 'shut' | 'open'): Promise<string>;
}

export function createDrawerTrials(options: TrialOptions, printers: PrinterTrials): DrawerTrials {
  const { configuration, till, log } = options;
  let whileShut: DrawerLevel | null = null;
  const words = () => wordsOf(options);

  /** The register that runs has this drawer: what is done to it goes through the register, on record. */
  const isRegisters = (): boolean => configuration.drawer.connected && sameLine(options.saved().printer, configuration.printer);

  return {
    look() {
      const { drawer } = words().devices;
      const printer = printers.savedNow();
      const state = printers.drawerOf(printer);
      if (state !== 'unknown') return { state, tone: state === 'open' ? 'care' : 'good', text: drawer.states[state], facts: [] };
      const status = printer?.status() ?? null;
      if (status?.state === 'gone' || status?.state === 'offline') {
        return { state, tone: 'bad', text: printerTroubleText(status, status.state, words()), facts: [] };
      }
      const isSilent = status === null || levelOf(status) === null;
      return { state, tone: 'wait', text: isSilent ? drawer.silent : drawer.states.unknown, facts: [] };
    },
    async open(pin) {
      const { language, devices } = words();
      if (isRegisters() && pin === configuration.drawer.pin) {
        const answer = await till.dispatch({ type: 'open-drawer', reason: 'check' });
        if (!answer.ok) throw refuse(answer.message);
        return devices.drawer.sent;
      }
      const printer = await printers.saved();
      log.write('info', 'settings.drawer-tried', { pin });
      const outcome = await printer.openDrawer(pin);
      if (outcome.kind === 'unknown') throw refuse(drawerTexts[language].unknown);
      if (outcome.kind === 'not-printed') throw refuse(printerTroubleText(printer.status(), outcome.reason, words()));
      return devices.drawer.sent;
    },
    async calibrate(step) {
      const { drawer } = words().devices;
      const printer = await printers.saved();
      const level = levelOf(printer.status());
      if (level === null) throw refuse(drawer.levelSilent);
      const takenUp = isRegisters();
      if (takenUp) {
        const answer = await till.dispatch({ type: 'calibrate-drawer', step });
        if (!answer.ok) throw refuse(answer.message);
      }
      if (step === 'shut') {
        whileShut = level;
        return drawer.readShut;
      }
      if (whileShut === null) throw refuse(drawer.shutFirst);
      const found = calibrate(whileShut, level);
      if ('trouble' in found) throw refuse(drawer.same);
      whileShut = null;
      options.keepOpenWhen(found.openWhen, takenUp);
      return drawer.learnt;
    },
  };
}
