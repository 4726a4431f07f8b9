/** What a printer and a scanner say of themselves, as the settings show it. Pure: statuses in, sentences out. */
import type { DeviceTexts } from '../../app/text/devices.ts';
import { printerTexts } from '../../app/text/printer.ts';
import type { SettingsTexts } from '../../app/text/settings.ts';
import type { Language } from '../../app/till/contract.ts';
import type { DrawerState } from '../../app/till/drawer-switch.ts';
import type { PrinterStatus, PrinterTrouble } from '../../app/till/ports.ts';
import type { DeviceFact, DeviceLook } from '../../app/till/settings-devices.ts';
import type { ScannerStatus } from '../../hardware/scanner/serial-scanner.ts';

export interface LookWords {
  readonly language: Language;
  readonly devices: DeviceTexts;
  readonly troubles: SettingsTexts['service']['printerTroubles'];
}

/** Why nothing comes out of the printer, and the way out: the cause, where it is known. */
export function printerTroubleText({ cause }: PrinterStatus, trouble: PrinterTrouble, words: LookWords): string {
  return cause === undefined ? words.troubles[trouble] : printerTexts[words.language].causes[cause];
}

export function printerLook(status: PrinterStatus, drawer: DrawerState, words: LookWords): DeviceLook {
  const { labels } = words.devices.printer;
  const facts: DeviceFact[] = [
    { label: labels.line, ...lineFact(status, words) },
    { label: labels.paper, ...paperFact(status, words) },
    { label: labels.cover, ...coverFact(status, words) },
    { label: labels.drawer, ...drawerFact(status, drawer, words) },
  ];
  return { ...sentence(status, words), facts };
}

function sentence(status: PrinterStatus, words: LookWords): Pick<DeviceLook, 'tone' | 'text'> {
  const { ready, paperLow } = words.devices.printer;
  if (status.known === false) return { tone: 'care', text: printerTexts[words.language].notKnown };
  switch (status.state) {
    case 'ready':
      return { tone: 'good', text: ready };
    case 'paper-low':
      return { tone: 'care', text: paperLow };
    default:
      return { tone: 'bad', text: printerTroubleText(status, status.state, words) };
  }
}

type Value = Omit<DeviceFact, 'label'>;

function lineFact({ state, known, cause }: PrinterStatus, { devices }: LookWords): Value {
  const { values } = devices.printer;
  if (known === false) return { value: values.sent, tone: 'care' };
  switch (state) {
    case 'ready':
    case 'paper-low':
      return { value: values.online, tone: 'good' };
    case 'paper-out':
    case 'cover-open':
      return { value: values.offline, tone: 'care' };
    case 'error':
      return { value: cause === 'not-a-printer' ? values.gone : values.fault, tone: 'bad' };
    case 'offline':
      return { value: values.silent, tone: 'bad' };
    case 'gone':
      return { value: values.gone, tone: 'bad' };
  }
}

function paperFact({ state, known }: PrinterStatus, { devices }: LookWords): Value {
  const { values } = devices.printer;
  if (known !== false && state === 'ready') return { value: values.enough, tone: 'good' };
  if (state === 'paper-low') return { value: values.low, tone: 'care' };
  if (state === 'paper-out') return { value: values.out, tone: 'bad' };
  return { value: values.notTold, tone: 'plain' };
}

function coverFact({ state, known }: PrinterStatus, { devices }: LookWords): Value {
  const { values } = devices.printer;
  if (known === false) return { value: values.notTold, tone: 'plain' };
  if (state === 'cover-open') return { value: values.open, tone: 'bad' };
  if (state === 'ready' || state === 'paper-low' || state === 'paper-out') return { value: values.shut, tone: 'good' };
  return { value: values.notTold, tone: 'plain' };
}

function drawerFact(status: PrinterStatus, drawer: DrawerState, { devices }: LookWords): Value {
  const { values } = devices.printer;
  if (drawer === 'open') return { value: values.open, tone: 'care' };
  if (drawer === 'closed') return { value: values.shut, tone: 'good' };
  return { value: status.drawerLevel === undefined ? values.notTold : values.level[status.drawerLevel], tone: 'plain' };
}

export function scannerLook(status: ScannerStatus, { devices }: LookWords): DeviceLook {
  const { connected, listening, causes } = devices.scanner;
  if (status.state === 'connected') return { tone: 'good', text: connected, facts: [] };
  const { trouble } = status;
  const known = trouble !== null && Object.hasOwn(causes, trouble) ? causes[trouble as keyof typeof causes] : causes.other;
  return trouble === null ? { tone: 'wait', text: listening, facts: [] } : { tone: 'bad', text: known, facts: [] };
}
