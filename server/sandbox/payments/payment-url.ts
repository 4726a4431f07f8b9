import type { Payment } from './payment.ts';

export const landingPath = '/dwo-api-application/v1/deeplink/vippsgateway';

/** The address of a payment, which the QR leads to. Short, so that its QR stays coarse enough to scan at 100 pixels. */
export function paymentUrl(baseUrl: string, payment: Payment): string {
  return `${baseUrl}${landingPath}?v=2&token=${payment.token}`;
}

/** The token in a payment's address, or `null` if it is not such an address of this sandbox. */
export function tokenInUrl(baseUrl: string, url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.origin !== URL.parse(baseUrl)?.origin || parsed.pathname !== landingPath) return null;
  return parsed.searchParams.get('token');
}
