/** The settings' pages about devices, in the states that a counter gets into. */
import { deviceTexts } from '../../app/text/devices.ts';
import { printerTexts } from '../../app/text/printer.ts';
import { settingsTexts } from '../../app/text/settings.ts';
import type { Language } from '../../app/till/contract.ts';
import type { SettingsView } from '../../app/till/settings.ts';
import type { DeviceFact, DevicesView } from '../../app/till/settings-devices.ts';
import type { SettingsLink } from '../settings/settings-link.ts';
import type { SettingsState } from './settings-states.ts';

const EPSON = '/dev/serial/by-id/usb-EPSON_TM-T88VI_584C-if00';

export const SERIAL_PRINTER: Extract<SettingsView['sections']['printer'], { kind: 'serial' }> = {
  kind: 'serial',
  path: EPSON,
  baudRate: 38_400,
  dataBits: 8,
  stopBits: 1,
  parity: 'none',
  flowControl: 'hardware',
  model: 'epson-tm-t88',
  columns: 42,
};

type Value = Omit<DeviceFact, 'label'>;

function facts(language: Language, line: Value, paper: Value, cover: Value, drawer: Value): readonly DeviceFact[] {
  const { labels } = deviceTexts[language].printer;
  return [
    { label: labels.line, ...line },
    { label: labels.paper, ...paper },
    { label: labels.cover, ...cover },
    { label: labels.drawer, ...drawer },
  ];
}

/** A counter where all is well. */
export function devicesOf(language: Language): DevicesView {
  const { printer, drawer, scanner } = deviceTexts[language];
  const { values } = printer;
  const good = (value: string): Value => ({ value, tone: 'good' });
  return {
    ports: [
      { path: EPSON, name: 'EPSON TM-T88VI (ttyUSB0)', usedBy: 'printer' },
      { path: '/dev/ttyS0', name: 'ttyS0', usedBy: null },
    ],
    printer: {
      tone: 'good',
      text: printer.ready,
      facts: facts(language, good(values.online), good(values.enough), good(values.shut), good(values.shut)),
    },
    drawer: { state: 'closed', tone: 'good', text: drawer.states.closed, facts: [] },
    scanner: { tone: 'good', text: scanner.keyboardReady, facts: [] },
    heard: [],
  };
}

/** What differs from that. */
export function deviceStates(
  language: Language,
  settings: SettingsView,
  fixed: (settings: SettingsView, seen?: Partial<DevicesView>) => SettingsLink,
): Readonly<Record<string, SettingsState>> {
  const { printer, drawer, scanner } = deviceTexts[language];
  const { values } = printer;
  const notTold: Value = { value: values.notTold, tone: 'plain' };
  const state = (page: 'printer' | 'drawer' | 'scanner', sections: Partial<SettingsView['sections']>, seen: Partial<DevicesView>) => ({
    link: fixed({ ...settings, sections: { ...settings.sections, ...sections } }, seen),
    start: { page },
  });
  const bad = (text: string, line: string): DevicesView['printer'] => ({
    tone: 'bad',
    text,
    facts: facts(language, { value: line, tone: 'bad' }, notTold, notTold, notTold),
  });
  const serialScanner = {
    kind: 'serial',
    path: '/dev/ttyACM0',
    baudRate: 9_600,
    dataBits: 8,
    stopBits: 1,
    parity: 'none',
    flowControl: 'none',
    suffix: 'cr',
    prefix: '',
  } as const;
  return {
    'printer-virtual': state(
      'printer',
      { printer: { kind: 'virtual', columns: 42 } },
      { ports: [], printer: { tone: 'good', text: printer.virtualReady, facts: [] } },
    ),
    'printer-network-silent': state(
      'printer',
      { printer: { kind: 'network', host: '192.168.1.87', port: 9_100, shared: true, model: null, columns: 42 } },
      {
        printer: {
          tone: 'care',
          text: printerTexts[language].notKnown,
          facts: facts(language, { value: values.sent, tone: 'care' }, notTold, notTold, notTold),
        },
      },
    ),
    'printer-no-paper': state(
      'printer',
      {},
      {
        printer: {
          tone: 'bad',
          text: settingsTexts[language].service.printerTroubles['paper-out'],
          facts: facts(
            language,
            { value: values.offline, tone: 'care' },
            { value: values.out, tone: 'bad' },
            { value: values.shut, tone: 'good' },
            { value: values.open, tone: 'care' },
          ),
        },
      },
    ),
    'printer-not-a-printer': state('printer', {}, { printer: bad(printerTexts[language].causes['not-a-printer'], values.gone) }),
    'printer-unplugged': state('printer', {}, { ports: [], printer: bad(printerTexts[language].causes['no-such-port'], values.gone) }),
    'printer-nothing-chosen': state(
      'printer',
      { printer: { ...SERIAL_PRINTER, path: '', model: null } },
      { ports: [], printer: { tone: 'wait', text: printer.notTried, facts: [] } },
    ),
    'drawer-unknown': state(
      'drawer',
      { drawer: { connected: true, pin: 2, openWhen: null, alarmAfterSeconds: 30, alarmTone: false } },
      { drawer: { state: 'unknown', tone: 'wait', text: drawer.states.unknown, facts: [] } },
    ),
    'drawer-none': state('drawer', { drawer: { connected: false, pin: 2, openWhen: null, alarmAfterSeconds: 30, alarmTone: false } }, {}),
    'scanner-serial': state(
      'scanner',
      { scanner: serialScanner },
      {
        ports: [{ path: '/dev/ttyACM0', name: 'Honeywell HF680 (ttyACM0)', usedBy: 'scanner' }],
        scanner: { tone: 'good', text: scanner.connected, facts: [] },
        heard: [
          {
            id: 2,
            shown: ']C10107038010000010<GS>3922004990<CR>',
            said: language === 'nb' ? 'GS1-kode for vare 07038010000010, 49,90 kr' : 'GS1 code of article 07038010000010, 49.90 kr',
          },
          {
            id: 1,
            shown: '7038010000010<CR>',
            said: language === 'nb' ? 'Vare med strekkode 7038010000010' : 'Article with barcode 7038010000010',
          },
        ],
      },
    ),
    'scanner-unplugged': state(
      'scanner',
      { scanner: serialScanner },
      { scanner: { tone: 'bad', text: scanner.causes['no-such-port'], facts: [] } },
    ),
  };
}
