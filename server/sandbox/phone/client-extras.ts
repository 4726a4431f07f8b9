import type { CounterCode } from '../control/control.ts';
import type { PaymentView } from '../control/describe.ts';
import type { Customer } from '../customers/customers.ts';
import type { PhoneTexts } from './texts.ts';

/** What the phone knows besides payments. */
export interface PhoneState {
  readonly holder: Customer;
  readonly customers: readonly Customer[];
  readonly counterCodes: readonly CounterCode[];
}

type Child = Node | string;
type Attributes = Readonly<Record<string, string>>;

/** What the phone's program lends to its other pages. */
export interface PhoneTools {
  readonly el: (tag: string, attributes: Attributes, ...children: readonly Child[]) => HTMLElement;
  readonly button: (action: string, className: string, label: string, run: () => void, extra?: Attributes) => HTMLElement;
  readonly amount: (payment: PaymentView, className: string, amountOre?: number) => HTMLElement;
  readonly t: () => PhoneTexts;
  readonly go: (token: string | null) => void;
  readonly show: (address: string) => void;
  readonly refresh: () => Promise<void>;
  readonly send: (payment: PaymentView, action: string) => Promise<void>;
}

/** Who holds the phone, their own code, signs at the counter, age limits, cards, receipts and messages that come in. */
export interface PhoneExtras {
  list(state: PhoneState): readonly HTMLElement[];
  code(state: PhoneState | null): readonly HTMLElement[];
  asking(payment: PaymentView): readonly HTMLElement[];
  approveState(payment: PaymentView): Attributes;
  result(payment: PaymentView): readonly HTMLElement[];
  showPush(place: HTMLElement, payments: readonly PaymentView[]): void;
}

/** The phone's other half. It is sent to the browser as its source too, so it uses nothing from outside but types. */
export function phoneExtras({ el, button, amount, t, go, show, refresh, send }: PhoneTools): PhoneExtras {
  let checkedIn = '';

  async function post(path: string, body: object): Promise<Response> {
    return await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  }

  function tooYoung(payment: PaymentView): boolean {
    return payment.minimumAge !== null && payment.payerAgeYears < payment.minimumAge;
  }

  function holderCard({ holder, customers }: PhoneState): HTMLElement {
    const select = el('select', { id: 'holder', 'data-field': 'holder' });
    for (const each of customers) {
      const chosen = each.msisdn === holder.msisdn ? { selected: '' } : {};
      select.append(el('option', { value: each.msisdn, ...chosen }, `${each.name}, ${each.ageYears} ${t().years}`));
    }
    select.addEventListener('change', () => {
      void post('/sandbox/people/holder', { msisdn: (select as HTMLSelectElement).value }).then(refresh);
    });
    return el(
      'section',
      { class: 'holder' },
      el('label', { for: 'holder' }, t().heldBy),
      select,
      button('my-code', 'plain', t().showCode, () => show('/phone?code=mine')),
    );
  }

  function counterCard(codes: readonly CounterCode[]): HTMLElement {
    const rows = codes.map((code) => {
      const scan = button('check-in', 'plain', t().checkIn, () => {
        void post('/sandbox/check-in', { msn: code.msn, merchantQrId: code.merchantQrId }).then(async (answer) => {
          checkedIn = answer.ok ? code.merchantQrId : '';
          told.textContent = answer.ok ? t().checkedIn : t().refused;
          await refresh();
        });
      });
      const told = el('div', { class: 'quiet', role: 'status' }, checkedIn === code.merchantQrId ? t().checkedIn : '');
      return el(
        'li',
        { class: 'card' },
        el('div', { class: 'row' }, el('strong', {}, code.location), el('span', { class: 'quiet' }, code.shop)),
        told,
        scan,
      );
    });
    return el('section', {}, el('h2', {}, t().atTheCounter), el('ul', {}, ...rows));
  }

  function back(): HTMLElement {
    return button('back', 'back', '‹', () => go(null), { 'aria-label': t().back });
  }

  /** A fresh code each time the page is opened, as the app does it. */
  function codePage(state: PhoneState | null): readonly HTMLElement[] {
    const picture = el('img', { class: 'myCode', alt: t().codeTitle, width: '280', height: '280' });
    const content = el('p', { class: 'content', 'data-content': '' });
    const copy = button('copy', 'plain', t().copy, () => {
      void navigator.clipboard.writeText(content.textContent ?? '').then(() => {
        copy.textContent = t().copied;
      });
    });
    void post('/sandbox/people/personal-code', {}).then(async (answer) => {
      const made: { readonly content: string; readonly svg: string } = await answer.json();
      picture.setAttribute('src', `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.svg)}`);
      content.textContent = made.content;
    });
    return [
      back(),
      el('h1', {}, t().codeTitle),
      el('p', { class: 'quiet' }, state === null ? '' : state.holder.name),
      picture,
      el('p', { class: 'text' }, t().codeText),
      el('div', { class: 'grow' }),
      content,
      copy,
    ];
  }

  function receipt(payment: PaymentView): readonly HTMLElement[] {
    if (payment.receiptLines.length === 0) return [];
    const rows = payment.receiptLines.map((line) =>
      el('div', { class: 'row' }, el('span', {}, line.name), amount(payment, 'small', line.totalOre)),
    );
    return [el('section', { class: 'paper' }, el('h2', {}, t().receipt), ...rows)];
  }

  return {
    list: (state) => [...(state.counterCodes.length === 0 ? [] : [counterCard(state.counterCodes)]), holderCard(state)],
    code: codePage,
    asking(payment) {
      const age = payment.minimumAge === null ? [] : [el('p', { class: 'age' }, `${t().ageLimit}: ${payment.minimumAge} ${t().years}`)];
      const stop = tooYoung(payment) ? [el('p', { class: 'age stop', 'data-too-young': '' }, t().tooYoung)] : [];
      const card = payment.method === 'card' ? [el('p', { class: 'age' }, t().card)] : [];
      return [...age, ...stop, ...card, ...receipt(payment)];
    },
    approveState: (payment) => (tooYoung(payment) ? { disabled: '' } : {}),
    result(payment) {
      const href = payment.returnUrl;
      const shop = href === null ? [] : [el('a', { class: 'shop', href, 'data-action': 'return' }, t().backToShop)];
      return [...receipt(payment), ...shop];
    },
    showPush(place, payments) {
      const asked = payments.find(
        (each) => each.phase === 'waiting' && each.pushedTo !== null && each.openedAtMs === null && !each.ignored,
      );
      const shown = place.dataset.push ?? '';
      if (shown === (asked?.token ?? '')) return;
      place.dataset.push = asked?.token ?? '';
      place.hidden = asked === undefined;
      place.replaceChildren();
      if (asked === undefined) return;
      const open = button('open-push', '', '', () => {
        void send(asked, 'open').then(() => go(asked.token));
      });
      open.append(el('strong', {}, `${asked.shop} ${t().asksFor}`), amount(asked, 'medium'));
      place.append(open);
    },
  };
}
