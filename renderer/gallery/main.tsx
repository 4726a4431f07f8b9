/** Every state of both screens from fixed data: `gallery.html?screen=customer&state=qr&lang=nb&theme=light`. Without a state: the list. */
import { type ReactNode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import type { Command, Language, Theme } from '../../app/till/contract.ts';
import { fixedCashierLink, fixedCustomerLink } from '../link/fixed-link.ts';
import { stoppedClock } from '../shared/till-clock.ts';
import { answerQuery, NOW_MS } from './cashier-data.ts';
import { cashierStates } from './cashier-states.ts';
import { customerStates } from './customer-states.ts';
import { headOfficeStates } from './head-office-states.ts';
import { printerStates } from './printer-states.ts';
import { settingsStates } from './settings-states.ts';

const clock = stoppedClock(NOW_MS);

/** What was sent last, where a test can read it. */
function remember(command: Command): void {
  document.documentElement.dataset.command = JSON.stringify(command);
}

/** Each screen brings its own styles, so only the one that is shown is loaded. */
async function drawn(asked: URLSearchParams) {
  const screen = asked.get('screen') ?? '';
  const state = asked.get('state') ?? '';
  const language: Language = asked.get('lang') === 'en' ? 'en' : 'nb';
  const theme: Theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
  const cashier = screen === 'cashier' ? cashierStates(language, theme)[state] : undefined;
  if (cashier !== undefined) {
    const { CashierApp } = await import('../cashier/app.tsx');
    return (
      <CashierApp
        link={fixedCashierLink(cashier.view, cashier.link, (query) => answerQuery(query, language), remember)}
        clock={clock}
        start={cashier.start}
      />
    );
  }
  const customer = screen === 'customer' ? customerStates(language, theme)[state] : undefined;
  if (customer !== undefined) {
    const { CustomerApp } = await import('../customer/app.tsx');
    return <CustomerApp link={fixedCustomerLink(customer.view, customer.link)} clock={clock} />;
  }
  const printer = screen === 'printer' ? printerStates[state] : undefined;
  if (printer !== undefined) {
    const { PrinterApp } = await import('../printer/app.tsx');
    return <PrinterApp printer={printer} picture={(address) => address} />;
  }
  const settings = screen === 'settings' ? settingsStates(language)[state] : undefined;
  if (settings !== undefined) {
    const { SettingsApp } = await import('../settings/app.tsx');
    return <SettingsApp link={settings.link} theme={theme} start={settings.start} />;
  }
  const office = screen === 'head-office' ? headOfficeStates()[state] : undefined;
  if (office !== undefined) {
    const { OfficeApp } = await import('../head-office/app.tsx');
    return <OfficeApp link={office.link} look={{ language, theme }} onLook={() => {}} place={office.place} />;
  }
  const { Index } = await import('./gallery-index.tsx');
  return (
    <Index
      screens={{
        customer: Object.keys(customerStates(language, theme)),
        cashier: Object.keys(cashierStates(language, theme)),
        printer: Object.keys(printerStates),
        settings: Object.keys(settingsStates(language)),
        'head-office': Object.keys(headOfficeStates()),
      }}
      language={language}
      theme={theme}
    />
  );
}

/** Says on the page which state has been drawn, for whoever takes its picture. */
function Shown({ address, children }: { readonly address: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.documentElement.dataset.shown = address;
  }, [address]);
  return children;
}

const place = document.getElementById('root');
if (place !== null) {
  const root = createRoot(place);
  const show = async () => {
    const address = window.location.search;
    const screen = await drawn(new URLSearchParams(address));
    root.render(
      <Shown key={address} address={address}>
        {screen}
      </Shown>,
    );
  };
  // Another state of the same screen needs no new page.
  window.addEventListener('popstate', () => void show());
  await show();
}
