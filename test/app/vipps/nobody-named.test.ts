/** What the provider answers may repeat whom it was asked about: no message, and so no journal and no log, may hold it. */
import { afterEach, expect, it } from 'vitest';
import { NO_EXTRAS, type Payer, type PaymentFlow } from '../../../app/payment/provider.ts';
import { ecomAt, epaymentAt, startScriptedProvider } from '../../support/scripted-provider.ts';
import { anOrder } from './behaviour.ts';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const PAYERS: readonly { readonly payer: Payer; readonly flow: PaymentFlow; readonly said: string }[] = [
  { payer: { kind: 'phone', msisdn: '4791234567' }, flow: { kind: 'push', shown: '+47 ••••••67' }, said: '91234567' },
  {
    payer: { kind: 'personal-qr', content: 'https://qr.vipps.no/p/8fTqLw' },
    flow: { kind: 'personal-qr' },
    said: 'https://qr.vipps.no/p/8fTqLw',
  },
  { payer: { kind: 'customer-token', token: 'tok-of-somebody' }, flow: { kind: 'checked-in' }, said: 'tok-of-somebody' },
];

it.each(PAYERS)('ePayment’s no repeats the $payer.kind, and it goes no further', async ({ payer, flow, said }) => {
  const server = await startScriptedProvider();
  const { provider, close, log } = epaymentAt(server.url);
  endings.push(() => server.close(), close);
  const body = { title: 'No', status: 400, detail: `${said} is not valid`, extraDetails: [{ name: 'ErrorCode', reason: '4060' }] };
  server.on('POST /epayment/v1/payments', { status: 400, body });
  const answer = await provider.create({ ...anOrder(), flow }, { ...NO_EXTRAS, payer });
  expect(answer).toMatchObject({ kind: 'refused', error: { code: 'epayment:4060', message: expect.stringContaining('[hidden]') } });
  expect(JSON.stringify([answer, log.lines])).not.toContain(said);
});

it.each(PAYERS)('eCom’s no repeats the number of the $payer.kind, and it goes no further', async ({ payer, flow, said }) => {
  const server = await startScriptedProvider();
  const { provider, close, log } = ecomAt(server.url);
  endings.push(() => server.close(), close);
  const known = { status: 200, body: { msisdn: '4791234567', version: '2.0' } };
  server.on('POST /qr/v1/exchange', known);
  server.on('POST /qr/v1/exchange/customer', known);
  const body = [{ errorGroup: 'User', errorCode: '81', errorMessage: `91234567 (${said}) cannot pay` }];
  server.on('POST /ecomm/v2/payments', { status: 400, body });
  const answer = await provider.create({ ...anOrder(), flow }, { ...NO_EXTRAS, payer });
  expect(answer).toMatchObject({ kind: 'refused', error: { code: 'ecom:User/81' } });
  expect(JSON.stringify([answer, log.lines])).not.toMatch(/91234567|8fTqLw|tok-of-somebody/);
});
