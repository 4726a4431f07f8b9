/** The settings with a fixed register behind them. */
import type { Language } from '../../app/till/contract.ts';
import type { SettingsAnswer, SettingsView } from '../../app/till/settings.ts';
import type { SettingsPage } from '../settings/app.tsx';
import type { SettingsLink } from '../settings/settings-link.ts';

export interface SettingsState {
  readonly link: SettingsLink;
  readonly start: { readonly page?: SettingsPage; readonly step?: 'shop' | 'provider' | 'done' };
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
      register: {
        name: 'Kasse 1',
        operators: [
          { id: '12', name: 'Kari N.' },
          { id: '13', name: 'Ola H.' },
        ],
      },
      languages: { cashier: language, customer: 'nb' },
      provider: { environment: 'test', baseUrl: 'https://apitest.vipps.no', merchantSerialNumber: '123456', clientId: 'fb492b5e-7907' },
      printer: { columns: 42 },
      display: { customer: 'screen', screenId: null },
      receipt: { footer: 'Takk for handelen!', afterVipps: 'ask' },
    },
    storeId: 'kolo',
    registerId: '1',
    secrets: { clientSecret: true, subscriptionKey: true },
    keyStore: { kind: 'system', trouble: null },
    displays: [
      { screenId: 'a', number: 1, label: 'Dell', widthPx: 1920, heightPx: 1080, shows: 'cashier' },
      { screenId: 'b', number: 2, label: 'Elo', widthPx: 1024, heightPx: 768, shows: 'customer' },
    ],
    canShowNumbers: true,
    bringsSandbox: true,
    notTakenUp: null,
    restartWaits: false,
    cashierAddress: null,
    software: 'tillit 0.1.0',
  };
}

function fixed(settings: SettingsView): SettingsLink {
  const answer: SettingsAnswer = { ok: true, type: 'settings', settings };
  return {
    ask(request) {
      document.documentElement.dataset.command = JSON.stringify(request);
      return Promise.resolve(answer);
    },
  };
}

/** Every page, the first start at its beginning, middle and end, and a machine without a real key store. */
export function settingsStates(language: Language): Readonly<Record<string, SettingsState>> {
  const settings = settingsOf(language);
  const first = { ...settings, firstStart: true, secrets: { clientSecret: false, subscriptionKey: false } };
  const pages: readonly SettingsPage[] = ['shop', 'register', 'languages', 'provider', 'printer', 'display', 'receipt', 'support'];
  return {
    ...Object.fromEntries(pages.map((page) => [page, { link: fixed(settings), start: { page } }])),
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
    'not-taken-up': { link: fixed({ ...settings, notTakenUp: 'configuration.json: "shop.name" …' }), start: { page: 'shop' } },
    'first-shop': { link: fixed(first), start: { step: 'shop' } },
    'first-provider': { link: fixed(first), start: { step: 'provider' } },
    'first-done-elsewhere': { link: fixed(first), start: { step: 'done' } },
    'first-done': { link: fixed({ ...first, cashierAddress: 'cashier.html' }), start: { step: 'done' } },
  };
}
