/** The cashier's screen with a cash drawer: shut, open, open for too long, opened with a reason, and not opened. */
import type { CashierView, DeviceLight, DrawerView, Language } from '../../app/till/contract.ts';
import type { Pane } from '../cashier/pane.ts';
import type { CashierState } from './cashier-states.ts';
import { finishedStages } from './payment-data.ts';
import { wordsOf } from './words.ts';

const SHUT: DrawerView = { state: 'closed', text: null, alarm: false, sound: false };

/** @param make puts a state together from what differs from a register that sells. */
export function drawerStates(
  language: Language,
  make: (more?: Partial<CashierView>, start?: { readonly pane?: Pane }) => CashierState,
  practice: NonNullable<CashierView['practice']>,
): Readonly<Record<string, CashierState>> {
  const words = wordsOf(language);
  const said = words.drawer;
  const lights = (drawer: DeviceLight, printer: Partial<DeviceLight> = {}): readonly DeviceLight[] => [
    { device: 'printer', state: 'ok', text: words.till.lights.printerReady, ...printer },
    drawer,
    { device: 'provider', state: 'ok', text: words.till.lights.provider('Vipps') },
  ];
  const shut = { drawer: SHUT, lights: lights({ device: 'drawer', state: 'ok', text: said.light.closed }) };
  const open: Partial<CashierView> = {
    drawer: { state: 'open', text: said.isOpen, alarm: false, sound: false },
    lights: lights({ device: 'drawer', state: 'care', text: said.light.open }),
  };
  const tooLong: Partial<CashierView> = {
    drawer: { state: 'open', text: said.openTooLong, alarm: true, sound: false },
    lights: lights({ device: 'drawer', state: 'down', text: said.light.openTooLong }),
  };
  const silent: Partial<CashierView> = {
    drawer: { ...SHUT, state: 'unknown' },
    lights: lights(
      { device: 'drawer', state: 'unknown', text: said.light.unknown },
      { state: 'unknown', text: words.till.lights.printerSilent },
    ),
  };
  const paidCash = finishedStages(words)['done-cash-change'];
  const notice = (tone: 'care' | 'bad', text: string): Partial<CashierView> => ({ notice: { id: 'd1', tone, text, support: null } });
  return {
    'drawer-shut': make(shut),
    'drawer-open': make(open),
    'drawer-open-practice': make({ ...open, practice, basket: null }),
    'drawer-open-finished': make(paidCash === undefined ? open : { ...open, stage: paidCash }),
    'drawer-alarm': make(tooLong),
    'drawer-alarm-finished': make(paidCash === undefined ? tooLong : { ...tooLong, stage: paidCash }),
    'drawer-not-opened': make({ ...shut, ...notice('bad', said.didNotOpen.gone) }),
    'drawer-still-shut': make({ ...shut, ...notice('bad', said.stillShut) }),
    'drawer-unknown': make({ ...shut, ...notice('bad', said.unknown) }),
    'drawer-restarted': make({ ...silent, ...notice('care', said.restarted) }),
    'drawer-reason': make(shut, { pane: { kind: 'menu', page: 'drawer' } }),
    'drawer-reason-open': make(open, { pane: { kind: 'menu', page: 'drawer' } }),
    'menu-with-drawer': make(shut, { pane: { kind: 'menu', page: 'root' } }),
    'menu-devices-silent': make(silent, { pane: { kind: 'menu', page: 'devices' } }),
  };
}
