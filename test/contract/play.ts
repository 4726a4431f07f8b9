import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { type EpaymentMerchant, epaymentOf } from '../server/sandbox/epayment-merchant.ts';
import { initiateBody, type Merchant } from '../server/sandbox/merchant.ts';

/** Everything a register does with the provider, the refusals too, so that each answer can be held against the documents. */

const dayMs = 86_400_000;
const line = { name: 'Loaf', id: '1', totalAmount: 14_770, totalAmountExcludingTax: 12_843, totalTaxAmount: 1_927, taxRate: 1500 };
const receipt = { orderLines: [line], bottomLine: { currency: 'NOK', receiptNumber: '17' } };

export async function playEcom(merchant: Merchant): Promise<void> {
  const { control } = merchant.sandbox;
  const approved = async (orderId: string): Promise<void> => {
    await merchant.initiate(orderId);
    control.customer('approve', orderId);
  };
  await approved('contract-1');
  await merchant.details('contract-1');
  await merchant.capture('contract-1', 'k1', 10_000);
  await merchant.capture('contract-1', 'k1', 9_000);
  await merchant.cancel('contract-1', true);
  await merchant.refund('contract-1', 'r1', 1_000);
  await merchant.refund('contract-1', 'r2', 20_000);
  await merchant.details('contract-1');
  await merchant.initiate('contract-1');
  await merchant.initiate('contract-2');
  await merchant.details('contract-2');
  await merchant.capture('contract-2', 'k1', 14_770);
  await merchant.cancel('contract-2');
  await merchant.cancel('contract-2');
  await merchant.details('contract-nobody');
  for (const [action, orderId] of [
    ['reject', 'contract-3'],
    ['no-cover', 'contract-4'],
  ] as const) {
    await merchant.initiate(orderId);
    control.customer(action, orderId);
    await merchant.details(orderId);
  }
  await merchant.initiate('contract-5', 14_770, { skipLandingPage: true });
  const { url } = (await merchant.initiate('contract-6')).json;
  const token = new URL(String(url)).searchParams.get('token');
  await merchant.send('POST', '/ecomm/v2/integration-test/payments/contract-6/approve', { customerPhoneNumber: '91234567', token });
  for (const accept of ['image/png', 'image/svg+xml', 'text/targetUrl']) {
    await merchant.send('POST', '/qr/v1', { url }, { Accept: accept, Size: '400' });
  }
  await merchant.send('POST', '/qr/v1', { url: 'https://example.com' }, { Accept: 'image/png' });
  await merchant.send('POST', '/ecomm/v2/payments', initiateBody(merchant.msn, 'contract-7', 99));
}

export async function playEpayment(shop: EpaymentMerchant): Promise<void> {
  const { control } = shop;
  const expiresAt = new Date(control.nowMs() + 3_600_000).toISOString();
  const returnUrl = 'https://example.com/done';
  await shop.create('contract-qr-svg');
  await shop.create('contract-qr-png', { qrFormat: { format: 'IMAGE/PNG', size: 400 }, receipt, metadata: { order: '17' } });
  await shop.create('contract-qr-text', { qrFormat: { format: 'TEXT/TARGETURL' }, expiresAt, receipt });
  await shop.create('contract-push', { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber: '4791234567' }, profile: { scope: 'name' } });
  const { content } = control.personalCode();
  await shop.create('contract-personal', { userFlow: 'PUSH_MESSAGE', customer: { personalQr: content } });
  await shop.create('contract-card', { userFlow: 'WEB_REDIRECT', paymentMethod: { type: 'CARD' }, returnUrl });
  await shop.create('contract-app', { userFlow: 'NATIVE_REDIRECT', returnUrl });
  await shop.create('contract-qr-svg', {}, 'other-key');
  await shop.create('contract-other', {}, 'create-contract-qr-svg');
  for (const reference of ['contract-qr-svg', 'contract-qr-png', 'contract-push', 'contract-card', 'contract-app'])
    await shop.get(reference);
  control.customer('approve', 'contract-push');
  await shop.get('contract-push');
  await shop.capture('contract-push', 20_000, 'too-much');
  await shop.capture('contract-push', 10_000, 'k1');
  await shop.capture('contract-push', 9_000, 'k1');
  await shop.cancel('contract-push', 'c1');
  await shop.refund('contract-push', 1_000, 'r1');
  await shop.refund('contract-push', 20_000, 'r2');
  await shop.get('contract-push');
  await shop.events('contract-push');
  await shop.cancel('contract-qr-svg', 'c1', { cancelTransactionOnly: true });
  await shop.cancel('contract-qr-svg', 'c2');
  await shop.events('contract-qr-svg');
  for (const [action, reference] of [
    ['reject', 'contract-qr-png'],
    ['no-cover', 'contract-personal'],
  ] as const) {
    control.customer(action, reference);
    await shop.get(reference);
    await shop.events(reference);
  }
  await shop.forceApprove('contract-qr-text', { customer: { phoneNumber: '4791234567' } });
  await shop.get('contract-nobody');
  await shop.capture('contract-nobody', 100, 'k');
}

export async function playShopApis(merchant: Merchant): Promise<void> {
  const { send } = merchant;
  const { control } = merchant.sandbox;
  const orders = '/order-management/v2/ECOM';
  const shop = epaymentOf(merchant);
  await shop.create('contract-order');
  control.customer('approve', 'contract-order');
  await shop.capture('contract-order', 14_770, 'k');
  await send('POST', `${orders}/receipts/contract-order`, receipt);
  await send('POST', `${orders}/receipts/contract-order`, receipt);
  await send('POST', `${orders}/receipts/contract-order`, { ...receipt, bottomLine: {} });
  await send('POST', `${orders}/receipts/contract-nobody`, receipt);
  await send('POST', '/order-management/v1/images', { imageId: 'loaf', type: 'base64', src: 'aGVp' });
  const category = { category: 'RECEIPT', orderDetailsUrl: 'https://example.com/17', imageId: 'loaf' };
  await send('PUT', `${orders}/categories/contract-order`, category);
  await send('GET', `${orders}/contract-order`);
  const hook = await send('POST', '/webhooks/v1/webhooks', { url: 'https://example.com/hook', events: ['epayments.payment.captured.v1'] });
  await send('POST', '/webhooks/v1/webhooks', { url: 'https://example.com/hook', events: [] });
  await send('GET', '/webhooks/v1/webhooks');
  await send('DELETE', `/webhooks/v1/webhooks/${String(hook.json.id)}`);
  await send('DELETE', `/webhooks/v1/webhooks/${String(hook.json.id)}`);
  const today = new Date(control.nowMs()).toISOString().slice(0, 10);
  control.advance(dayMs);
  await send('GET', '/settlement/v1/ledgers');
  for (const topic of ['funds', 'fees']) {
    await send('GET', `/report/v2/ledgers/30${merchant.msn}/${topic}/dates/${today}`);
    await send('GET', `/report/v2/ledgers/30${merchant.msn}/${topic}/feed`);
  }
  await send('GET', `/report/v2/ledgers/30${merchant.msn}/funds/dates/2999-01-01`);
  await send('GET', '/management/v1/sales-units');
  await send('GET', `/management/v1/sales-units/${merchant.msn}`);
  await send('GET', '/management/v1/sales-units/999999');
  await send('GET', '/management/v1/merchants/business:NO:ORG/987654321');
  await send('GET', '/management/v1/merchants/business:NO:ORG/987654321/sales-units');
  const png = { Accept: 'image/png', Size: '400' };
  const redirects = '/qr/v1/merchant-redirect';
  await send('POST', redirects, { id: 'window', redirectUrl: 'https://example.com/a' }, png);
  await send('POST', redirects, { id: 'window', redirectUrl: 'https://example.com/a' }, png);
  await send('GET', redirects, undefined, png);
  await send('GET', `${redirects}/window`, undefined, png);
  await send('PUT', `${redirects}/window`, { redirectUrl: 'https://example.com/b' }, png);
  await send('DELETE', `${redirects}/window`);
  await send('DELETE', `${redirects}/window`);
  const callbacks = '/qr/v1/merchant-callback';
  await send('PUT', `${callbacks}/kasse-1`, { locationDescription: 'Kasse 1' });
  await send('GET', callbacks);
  await send('GET', `${callbacks}/kasse-1?QrImageFormat=PNG&QrImageSize=400`);
  await send('DELETE', `${callbacks}/kasse-1`);
  await send('DELETE', `${callbacks}/kasse-1`);
  await send('POST', '/qr/v1/exchange', { qrCode: control.personalCode().content, requestedData: ['MSISDN'] });
  await send('POST', '/qr/v1/exchange', { qrCode: '7038010000010', requestedData: ['MSISDN'] });
  await send('POST', '/qr/v1/exchange/customer', { customer: { customerToken: 'nobody' }, requestedData: ['MSISDN'] });
}

/** What is refused before an API looks at it: no keys, a token that is made up, another's MSN, another content type, too often. */
export async function playGateway(merchant: Merchant): Promise<void> {
  const calls = [
    ['GET', '/ecomm/v2/payments/contract-1/details'],
    ['GET', '/epayment/v1/payments/contract-1'],
    ['POST', '/epayment/v1/payments/contract-1/capture'],
    ['POST', '/qr/v1'],
    ['GET', '/webhooks/v1/webhooks'],
    ['GET', '/settlement/v1/ledgers'],
    ['GET', '/management/v1/sales-units'],
    ['GET', '/order-management/v2/ECOM/contract-1'],
  ] as const;
  for (const [method, path] of calls) {
    const body = method === 'POST' ? {} : undefined;
    await merchant.send(method, path, body, { 'Ocp-Apim-Subscription-Key': '' });
    await merchant.send(method, path, body, { Authorization: 'Bearer made-up' });
    await merchant.send(method, path, body, { 'Merchant-Serial-Number': '999999' });
    const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'image/png', 'Idempotency-Key': 'k' };
    if (method === 'POST') await merchant.send(method, path, 'a=b', form);
  }
  for (let call = 0; call < 3; call += 1) await merchant.initiate('contract-limited');
}

/** The same sandbox, reached at another address. */
export function through(url: string, sandbox: Sandbox): Sandbox {
  return { ...sandbox, url };
}
