import type { Payment } from './payment.ts';

export const landingPath = '/dwo-api-application/v1/deeplink/vippsgateway';

/** The address of a payment, which the QR leads to. Short, so that its QR stays coarse enough to scan at 100 pixels. */
export function paymentUrl(baseUrl: string, payment: Payment): string {
  return `${baseUrl}${landingPath}?v=2&token=${payment.token}`;
}

/** What opens the app on the phone that the merchant's own app is on. */
export function appSwitchUrl(payment: Payment): string {
  return `vippsmt://?token=${payment.token}`;
}

/** The address of a picture of the payment's code. */
export function qrImageUrl(baseUrl: string, payment: Payment, format: 'png' | 'svg', sizePx: number): string {
  return `${baseUrl}/qr/generate/qr.${format}?token=${payment.token}&size=${sizePx}`;
}

/** The token in a payment's address, or `null` if it is not such an address of this sandbox. */
export function tokenInUrl(baseUrl: string, url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.origin !== URL.parse(baseUrl)?.origin || parsed.pathname !== landingPath) return null;
  return parsed.searchParams.get('token');
}
