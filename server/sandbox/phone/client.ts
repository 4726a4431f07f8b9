import type { PaymentView } from '../control/describe.ts';
import type { PhoneExtras, PhoneState, PhoneTools } from './client-extras.ts';
import type { PhoneLanguage, PhoneTexts } from './texts.ts';

/**
 * The phone's own program. It is sent to the browser as its source, so it uses nothing from outside but types.
 */
export function phoneClient(
  texts: Readonly<Record<PhoneLanguage, PhoneTexts>>,
  firstLanguage: PhoneLanguage,
  makeExtras: (tools: PhoneTools) => PhoneExtras,
): void {
  const screen = document.querySelector<HTMLElement>('main');
  const clock = document.querySelector<HTMLElement>('[data-clock]');
  const notice = document.querySelector<HTMLElement>('[data-notice]');
  const push = document.querySelector<HTMLElement>('[data-push]');
  if (screen === null || clock === null || notice === null || push === null) return;

  let language: PhoneLanguage = localStorage.getItem('language') === 'en' ? 'en' : firstLanguage;
  let payments: readonly PaymentView[] = [];
  let state: PhoneState | null = null;
  let clockAheadMs = 0;
  let shown = '';
  let loaded = false;
  let problem = '';
  let streaming = false;

  const t = (): PhoneTexts => texts[language];
  const nowMs = (): number => Date.now() + clockAheadMs;
  const selectedToken = (): string | null => new URLSearchParams(location.search).get('payment');
  const selected = (): PaymentView | undefined => payments.find((each) => each.token === selectedToken());

  function el(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly (Node | string)[]): HTMLElement {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function button(
    action: string,
    className: string,
    label: string,
    run: () => void,
    extra: Readonly<Record<string, string>> = {},
  ): HTMLElement {
    const element = el('button', { type: 'button', class: className, 'data-action': action, ...extra }, label);
    element.addEventListener('click', run);
    return element;
  }

  /** Kroner large, øre small. */
  function amount(payment: PaymentView, className: string, amountOre: number = payment.amountOre): HTMLElement {
    const parts = new Intl.NumberFormat(language === 'no' ? 'nb-NO' : 'en-GB', { minimumFractionDigits: 2 }).formatToParts(amountOre / 100);
    const small = (type: string): boolean => type === 'decimal' || type === 'fraction';
    const unit = payment.currency === 'NOK' || payment.currency === 'DKK' ? 'kr' : payment.currency;
    return el(
      'span',
      { class: `amount ${className}` },
      ...parts.map(({ type, value }) => (small(type) ? el('small', {}, value) : value)),
      el('small', { class: 'unit' }, ` ${unit}`),
    );
  }

  function deadlineOf(payment: PaymentView): number {
    return payment.openedAtMs === null ? payment.openByMs : payment.approveByMs;
  }

  function left(payment: PaymentView): HTMLElement {
    return el('span', { class: 'left', 'data-deadline': String(deadlineOf(payment)) });
  }

  function tick(): void {
    if (clock !== null) clock.textContent = new Date(nowMs()).toLocaleTimeString('nb-NO', { hour: '2-digit', minute: '2-digit' });
    for (const element of document.querySelectorAll<HTMLElement>('[data-deadline]')) {
      const seconds = Math.max(0, Math.ceil((Number(element.dataset.deadline) - nowMs()) / 1000));
      element.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} ${t().left}`;
      element.classList.toggle('soon', seconds < 60);
      if (seconds === 0 && element.dataset.asked === undefined) {
        element.dataset.asked = 'yes';
        void refresh();
      }
    }
  }

  function go(token: string | null): void {
    show(token === null ? '/phone' : `/phone?payment=${token}`);
  }

  function show(address: string): void {
    history.pushState(null, '', address);
    problem = '';
    shown = '';
    render();
  }

  async function send(payment: PaymentView, action: string): Promise<void> {
    const address = `/sandbox/payments/${encodeURIComponent(payment.reference)}/${action}?msn=${payment.msn}`;
    try {
      const answer = await fetch(address, { method: 'POST' });
      problem = answer.ok ? '' : t().refused;
    } catch {
      problem = t().offline;
    }
    await refresh();
  }

  async function refresh(): Promise<void> {
    try {
      const answer = await fetch('/sandbox/payments');
      const body: PhoneState & { readonly nowMs: number; readonly payments: readonly PaymentView[] } = await answer.json();
      clockAheadMs = body.nowMs - Date.now();
      payments = body.payments;
      state = { holder: body.holder, customers: body.customers, counterCodes: body.counterCodes };
      loaded = true;
      if (problem === t().offline) problem = '';
    } catch {
      problem = t().offline;
    }
    render();
  }

  function card(payment: PaymentView): HTMLElement {
    const tooOld = payment.openedAtMs === null && nowMs() >= payment.openByMs;
    const label = payment.openedAtMs !== null ? t().resume : payment.pushedTo !== null ? t().openPush : t().scan;
    const note = payment.ignored ? t().ignored : payment.pushedTo !== null ? `${t().pushed} ${payment.pushedTo}` : '';
    return el(
      'li',
      { class: 'card', 'data-reference': payment.reference },
      el('div', { class: 'row' }, el('strong', {}, payment.shop), amount(payment, 'medium')),
      el('div', { class: 'row quiet' }, el('span', {}, payment.text), tooOld ? el('span', {}, t().tooOld) : left(payment)),
      ...(note === '' ? [] : [el('div', { class: 'quiet' }, note)]),
      ...(tooOld
        ? []
        : [
            button('scan', 'primary', label, () => {
              void send(payment, 'open').then(() => go(payment.token));
            }),
          ]),
    );
  }

  /** What became of it, in the customer's words: a captured reservation is simply paid. */
  function outcome(payment: PaymentView): { readonly title: string; readonly text: string } {
    const phase = payment.phase === 'reserved' && payment.capturedOre > 0 ? 'sold' : payment.phase;
    return t().phases[phase] ?? { title: phase, text: '' };
  }

  function doneRow(payment: PaymentView): HTMLElement {
    const kind = payment.phase === 'reserved' || payment.phase === 'sold' ? 'good' : 'over';
    const title = payment.refundedOre > 0 ? t().refunded : outcome(payment).title;
    const row = button('show', 'done', '', () => go(payment.token), { 'data-reference': payment.reference, 'data-phase': payment.phase });
    row.append(
      el('span', { class: 'row' }, el('span', { class: 'shop' }, payment.shop), amount(payment, 'small')),
      el('span', { class: 'row quiet' }, el('span', {}, payment.text), el('span', { class: `state ${kind}` }, title)),
    );
    return el('li', {}, row);
  }

  function list(): readonly HTMLElement[] {
    const waiting = payments.filter((payment) => payment.phase === 'waiting');
    const done = payments.filter((payment) => payment.phase !== 'waiting').slice(0, 6);
    const head =
      waiting.length === 0
        ? el(
            'div',
            { class: 'empty' },
            el('div', { class: 'code', 'aria-hidden': 'true' }),
            el('h1', {}, t().emptyTitle),
            el('p', {}, t().emptyText),
          )
        : el('section', {}, el('h1', {}, t().waiting), el('ul', {}, ...waiting.map(card)));
    const others = state === null ? [] : extras.list(state);
    return done.length === 0
      ? [head, ...others]
      : [head, ...others, el('section', {}, el('h2', {}, t().done), el('ul', { class: 'doneList' }, ...done.map(doneRow)))];
  }

  function top(payment: PaymentView): readonly HTMLElement[] {
    return [
      button('back', 'back', '‹', () => go(null), { 'aria-label': t().back }),
      el('div', { class: 'avatar', 'aria-hidden': 'true' }, payment.shop.slice(0, 1).toUpperCase()),
    ];
  }

  function asking(payment: PaymentView): readonly HTMLElement[] {
    const act = (action: string): (() => void) => {
      return () => void send(payment, action).then(() => (action === 'ignore' ? go(null) : undefined));
    };
    return [
      ...top(payment),
      el('p', { class: 'quiet' }, t().payTo),
      el('h1', { class: 'payee' }, payment.shop),
      amount(payment, payment.amountOre < 1_000_000 ? 'large' : 'large long'),
      el('p', { class: 'text' }, payment.text),
      el('p', { class: 'quiet reference' }, payment.reference),
      ...extras.asking(payment),
      ...(payment.threeDSecure ? [el('p', { class: 'bank' }, t().authenticating)] : []),
      el('div', { class: 'grow' }),
      left(payment),
      button(
        'approve',
        'primary big',
        payment.method === 'card' ? t().payByCard : t().approve,
        act('approve'),
        extras.approveState(payment),
      ),
      button('reject', 'plain big', t().reject, act('reject')),
      el('h2', { class: 'other' }, t().other),
      el(
        'div',
        { class: 'pair' },
        button('no-cover', 'plain', t().noCover, act('no-cover')),
        button('ignore', 'plain', t().ignore, act('ignore')),
      ),
      ...(payment.threeDSecure ? [] : [button('authenticate', 'link', t().authenticate, act('authenticate'))]),
    ];
  }

  function result(payment: PaymentView): readonly HTMLElement[] {
    const good = payment.phase === 'reserved' || payment.phase === 'sold';
    const pending = payment.phase === 'processing';
    const words = outcome(payment);
    const lines: [string, number][] = [];
    if (payment.capturedOre > 0 && payment.capturedOre < payment.amountOre) lines.push([t().captured, payment.capturedOre]);
    if (payment.refundedOre > 0) lines.push([t().refunded, payment.refundedOre]);
    return [
      ...top(payment),
      el('h1', { class: 'payee' }, payment.shop),
      amount(payment, payment.amountOre < 1_000_000 ? 'large' : 'large long'),
      el('div', { class: `mark ${good ? 'good' : pending ? 'pending' : 'over'}`, 'aria-hidden': 'true' }, good ? '✓' : pending ? '…' : '–'),
      el('p', { class: 'outcome', 'data-phase': payment.phase }, words.title),
      el('p', { class: 'text' }, words.text),
      ...lines.map(([label, ore]) => el('p', { class: 'row line' }, el('span', {}, label), amount(payment, 'small', ore))),
      ...extras.result(payment),
      el('div', { class: 'grow' }),
      button('close', 'plain big', t().close, () => go(null)),
    ];
  }

  function render(): void {
    if (screen === null || notice === null || push === null) return;
    notice.textContent = problem;
    notice.hidden = problem === '';
    if (!loaded) return;
    const token = selectedToken();
    const payment = selected();
    const code = new URLSearchParams(location.search).get('code') === 'mine';
    // On the list a pushed payment has a card of its own; anywhere else it comes in from above.
    extras.showPush(push, code || token !== null ? payments.filter((each) => each.token !== token) : []);
    // Only what is seen is compared, so that a button does not move away under a finger for nothing.
    const now = JSON.stringify([language, token, code, code ? state?.holder : token === null ? [payments, state] : payment]);
    if (now === shown) return;
    shown = now;
    document.documentElement.lang = language === 'no' ? 'nb' : 'en';
    document.title = t().title;
    for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
      element.textContent = element.dataset.text === 'title' ? t().title : t().practice;
    }
    for (const element of document.querySelectorAll<HTMLElement>('[data-language]')) {
      element.setAttribute('aria-pressed', String(element.dataset.language === language));
    }
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.action : undefined;
    screen.className = token === null && !code ? 'list' : 'payment';
    if (code) screen.replaceChildren(...extras.code(state));
    else if (token === null) screen.replaceChildren(...list());
    else if (payment === undefined) {
      screen.replaceChildren(
        button('back', 'back', '‹', () => go(null), { 'aria-label': t().back }),
        el('div', { class: 'empty' }, el('h1', {}, t().unknownPayment)),
      );
    } else screen.replaceChildren(...(payment.phase === 'waiting' ? asking(payment) : result(payment)));
    if (focused !== undefined) document.querySelector<HTMLElement>(`main [data-action="${focused}"]`)?.focus();
    tick();
  }

  const extras = makeExtras({ el, button, amount, t, go, show, refresh, send: (payment, action) => send(payment, action) });
  for (const element of document.querySelectorAll<HTMLElement>('[data-language]')) {
    element.addEventListener('click', () => {
      language = element.dataset.language === 'en' ? 'en' : 'no';
      localStorage.setItem('language', language);
      render();
    });
  }
  window.addEventListener('popstate', () => {
    shown = '';
    render();
  });
  const stream = new EventSource('/sandbox/stream');
  stream.addEventListener('message', () => {
    streaming = true;
    void refresh();
  });
  stream.addEventListener('error', () => {
    streaming = false;
  });
  setInterval(tick, 250);
  setInterval(() => {
    if (!streaming) void refresh();
  }, 2000);
}
