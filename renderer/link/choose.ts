/** Which link this page has: the desktop program's bridge where there is one, else a WebSocket with the pairing token. */
import { bridgedCashierLink, bridgedCustomerLink, findBridge } from './desktop-link.ts';
import type { CashierLink, CustomerLink } from './link.ts';
import { takeToken } from './token.ts';
import { openCashierLink, openCustomerLink, socketAddress } from './web-link.ts';

const webOptions = (token: string) => ({ address: socketAddress(window.location), token });

/** `null`: this page is paired with no register. */
export function chooseCashierLink(): CashierLink | null {
  const bridge = findBridge();
  if (bridge !== null) return bridge.role === 'cashier' ? bridgedCashierLink(bridge) : null;
  const token = takeToken('cashier');
  return token === null ? null : openCashierLink(webOptions(token));
}

/** `null`: this page is paired with no register. */
export function chooseCustomerLink(): CustomerLink | null {
  const bridge = findBridge();
  if (bridge !== null) return bridge.role === 'customer' ? bridgedCustomerLink(bridge) : null;
  const token = takeToken('customer');
  return token === null ? null : openCustomerLink(webOptions(token));
}
