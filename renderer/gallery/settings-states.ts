/** The settings with a fixed register behind them. */
import { doctorTexts } from '../../app/text/doctor.ts';
import { fill } from '../../app/text/screen.ts';
import type { Language } from '../../app/till/contract.ts';
import type { SettingsAnswer, SettingsRequest, SettingsView } from '../../app/till/settings.ts';
import type { DevicesView } from '../../app/till/settings-devices.ts';
import { PAGES, type SettingsPage } from '../settings/app.tsx';
import type { SettingsLink } from '../settings/settings-link.ts';
import { chainOf, chainStates } from './chain-states.ts';
import { deviceStates, devicesOf, SERIAL_PRINTER } from './device-states.ts';
import { LOGO_PNG } from './logo-png.ts';
import { settlementDays, settlementTrouble } from './settlement-data.ts';
import { noSigns, renamedSign, signsOf, silentSigns } from './sign-states.ts';

export interface SettingsState {
  readonly link: SettingsLink;
  readonly start: { readonly page?: SettingsPage; readonly step?: 'shop' | 'provider' | 'printer' | 'done' };
}

function settingsOf(language: Language): SettingsView {
  return {
    firstStart: false,
    sections: {
      shop: {
        name: 'Kolonialen på hjørnet AS',
        address: ['Storgata 1', '0155 Oslo'],
        orgNumber: '999999999',
        vatRegistered: true,
        foretaksregisteret: true,
      },
      register: { name: 'Kasse 1' },
      operators: {
        operators: [
          { id: '12', name: 'Kari N.', role: 'manager', pin: null },
          { id: '13', name: 'Ola H.', role: 'cashier', pin: null },
        ],
      },
      languages: { cashier: language, customer: 'nb' },
      provider: {
        environment: 'test',
        baseUrl: 'https://apitest.vipps.no',
        merchantSerialNumber: '123456',
        clientId: 'fb492b5e-7907',
        api: 'epayment',
        keys: 'merchant',
      },
      printer: SERIAL_PRINTER,
      drawer: { connected: true, pin: 2, openWhen: 'high', alarmAfterSeconds: 30, alarmTone: false },
      scanner: { kind: 'keyboard' },
      display: { customer: 'screen', screenId: null },
      receipt: { footer: 'Takk for handelen!', afterVipps: 'ask' },
      returns: { approvalAboveOre: 100_000, offlineMostOre: 50_000 },
      reachable: { on: true, publicUrl: 'https://kasse1.kolonialen.example', port: 8450, checkIns: 'ask' },
    },
    storeId: 'kolo',
    registerId: '1',
    secrets: { clientSecret: true, subscriptionKey: true },
    withCode: ['12'],
    inChain: false,
    keyStore: { kind: 'system', trouble: null },
    displays: [
      { screenId: 'a', number: 1, label: 'Dell', widthPx: 1920, heightPx: 1080, shows: 'cashier' },
      { screenId: 'b', number: 2, label: 'Elo', widthPx: 1024, heightPx: 768, shows: 'customer' },
    ],
    canShowNumbers: true,
    printerModels: [{ id: 'epson-tm-t88', name: 'Epson TM-T88', columns: 42 }],
    hasLogo: true,
    bringsSandbox: true,
    notTakenUp: null,
    restartWaits: false,
    cashierAddress: null,
    software: 'tillit 0.1.0',
  };
}

function fixed(settings: SettingsView, seen: Partial<DevicesView> = {}, told?: SettingsAnswer): SettingsLink {
  const devices = { ...devicesOf(settings.sections.languages.cashier), ...seen };
  return {
    ask(request) {
      // Pages look by themselves; what people do is what a test asks for.
      const looks = request.type === 'look' || request.type === 'settlement' || request.type === 'signs' || request.type === 'chain';
      if (!looks) document.documentElement.dataset.command = JSON.stringify(request);
      return Promise.resolve(answerOf(request));
    },
  };
  function answerOf(request: SettingsRequest): SettingsAnswer {
    if (request.type === 'look') return { ok: true, type: 'devices', devices };
    if (request.type === 'check' && request.what === 'all') return diagnosisIn(settings.sections.languages.cashier);
    if (request.type === 'settlement' && told !== undefined) return told;
    if (request.type === 'signs') return told ?? { ok: true, type: 'signs', signs: signsOf(settings.sections.languages.cashier) };
    if (request.type === 'chain') return told ?? { ok: true, type: 'chain', chain: chainOf(settings.sections.languages.cashier) };
    if (request.type === 'sign-picture') return { ok: true, type: 'sign-picture', png: LOGO_PNG };
    if (request.type === 'show-logo') return { ok: true, type: 'logo', png: LOGO_PNG };
    return { ok: true, type: 'settings', settings };
  }
}

/** Most of it in order, something worth knowing, and a key that somebody copied from the wrong place. */
function diagnosisIn(language: Language): SettingsAnswer {
  const { labels, findings, toDo } = doctorTexts[language];
  const facts = { host: 'apitest.vipps.no', msn: '123456', free: '78 GB', seq: 1042, environment: doctorTexts[language].environments.test };
  const line = (check: keyof typeof labels, tone: 'ok' | 'note' | 'todo', code: keyof typeof findings) => ({
    check,
    label: labels[check],
    tone,
    text: fill(findings[code], facts),
  });
  const lines = [
    line('keys', 'ok', 'keys-merchant'),
    line('reach', 'ok', 'reach-good'),
    line('token', 'todo', 'token-subscription'),
    line('clock', 'ok', 'clock-good'),
    line('push', 'note', 'push-off'),
    line('printer', 'ok', 'printer-good'),
    line('folder', 'ok', 'folder-good'),
    line('journal', 'ok', 'journal-good'),
  ];
  return { ok: true, type: 'diagnosis', summary: toDo.one, lines };
}

/** Every page, the first start at its beginning, middle and end, and a machine without a real key store. */
export function settingsStates(language: Language): Readonly<Record<string, SettingsState>> {
  const settings = settingsOf(language);
  const first = { ...settings, firstStart: true, secrets: { clientSecret: false, subscriptionKey: false } };
  // A day's settlement has pictures of its own, below.
  const pages = PAGES.filter((page) => page !== 'settlement');
  return {
    ...Object.fromEntries(pages.map((page) => [page, { link: fixed(settings), start: { page } }])),
    ...deviceStates(language, settings, fixed),
    ...Object.fromEntries(
      Object.entries(settlementDays(language)).map(([name, settlement]) => [
        `settlement-${name}`,
        { link: fixed(settings, {}, { ok: true, type: 'settlement', settlement }), start: { page: 'settlement' } },
      ]),
    ),
    'settlement-not-ready': { link: fixed(settings, {}, settlementTrouble(language)), start: { page: 'settlement' } },
    'weak-store': { link: fixed({ ...settings, keyStore: { kind: 'system', trouble: 'weak' } }), start: { page: 'provider' } },
    practice: {
      link: fixed({ ...settings, sections: { ...settings.sections, provider: { environment: 'practice', address: null } } }),
      start: { page: 'provider' },
    },
    'practice-elsewhere': {
      link: fixed({
        ...settings,
        bringsSandbox: false,
        sections: { ...settings.sections, provider: { environment: 'practice', address: 'http://127.0.0.1:8430' } },
      }),
      start: { page: 'provider' },
    },
    'head-office': {
      link: fixed({
        ...settings,
        inChain: true,
        sections: { ...settings.sections, provider: { environment: 'head-office', money: 'production', api: 'epayment' } },
      }),
      start: { page: 'provider' },
    },
    'signs-none': { link: fixed(settings, {}, { ok: true, type: 'signs', signs: noSigns(language) }), start: { page: 'signs' } },
    'signs-renamed': { link: fixed(settings, {}, { ok: true, type: 'signs', signs: renamedSign(language) }), start: { page: 'signs' } },
    'signs-silent': { link: fixed(settings, {}, { ok: true, type: 'signs', signs: silentSigns(language) }), start: { page: 'signs' } },
    ...Object.fromEntries(
      Object.entries(chainStates(language)).map(([name, chain]) => [
        `chain-${name}`,
        { link: fixed(settings, {}, { ok: true, type: 'chain', chain }), start: { page: 'chain' } },
      ]),
    ),
    'not-taken-up': { link: fixed({ ...settings, notTakenUp: 'configuration.json: "shop.name" …' }), start: { page: 'shop' } },
    'first-shop': { link: fixed(first), start: { step: 'shop' } },
    'first-printer': { link: fixed(first), start: { step: 'printer' } },
    'first-provider': { link: fixed(first), start: { step: 'provider' } },
    'first-done-elsewhere': { link: fixed(first), start: { step: 'done' } },
    'first-done': { link: fixed({ ...first, cashierAddress: 'cashier.html' }), start: { step: 'done' } },
  };
}
