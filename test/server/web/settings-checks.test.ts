/** What the manager reads of keys that do not work, or of a provider that does not. */
import { expect, it, onTestFinished } from 'vitest';
import { texts } from '../../../app/text/index.ts';
import { settingsTexts } from '../../../app/text/settings.ts';
import { refusalWords } from '../../../app/till/refusal-words.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { checkProvider } from '../../../server/web/settings-checks.ts';
import { keptLog, movableClock, type Scripted, SECRETS, startScriptedProvider } from '../../support/scripted-provider.ts';

async function said(answer: Scripted, language: 'nb' | 'en'): Promise<string> {
  const server = await startScriptedProvider();
  const send = createHttpSend();
  onTestFinished(() => {
    send.close();
    return server.close();
  });
  server.on('POST /accesstoken/get', answer);
  const found = await checkProvider({
    keys: { ...SECRETS, baseUrl: server.url, merchantSerialNumber: '123456', clientId: 'fb492b5e-7907-4d83-ba20-c7fb60ca35de' },
    send,
    clock: movableClock(),
    log: keptLog(),
    words: settingsTexts[language].service,
    refusalWords: (code) => refusalWords(code, texts(language).payment.refusals, 'Vipps'),
  });
  expect(found.works).toBe(false);
  return found.message;
}

it.each<[string, Scripted, string, string]>([
  [
    'keys that are unknown',
    { status: 400, body: { error: 'unauthorized_client', error_description: 'AADSTS70001' } },
    'Nøklene ble ikke godtatt (HTTP 400)',
    'The keys were not accepted (HTTP 400)',
  ],
  [
    'a subscription key that is wrong',
    { status: 401, body: { statusCode: 401, message: 'Access denied' } },
    'Nøklene ble ikke godtatt (HTTP 401)',
    'The keys were not accepted (HTTP 401)',
  ],
  ['a number that is not of these keys', { status: 403, body: 'Invalid MSN: 123456.' }, 'Salgsstedets nummer', 'The sales unit’s number'],
  ['another address', { status: 404, body: '' }, 'Tjenesten finnes ikke på adressen', 'There is no such service'],
  [
    'too many trials',
    { status: 429, body: '' },
    'Vipps ber kassen vente litt. Prøv igjen om litt.',
    'Vipps asks the register to wait a little. Try again in a while.',
  ],
  ['a provider with a fault', { status: 503, body: '<html>' }, 'Vipps har feil hos seg', 'Vipps has a fault'],
  [
    'a page to log in on',
    { status: 302, body: '', headers: { location: 'https://login.example' } },
    'Det var ikke Vipps som svarte.',
    'It was not Vipps',
  ],
  ['nonsense', { status: 200, body: '<html>' }, 'Svaret fra Vipps var ikke til å forstå.', 'made no sense'],
  ['no answer', { hangUp: true }, 'Fikk ikke svar', 'No answer from'],
])('%s', async (_what, answer, nb, en) => {
  expect(await said(answer, 'nb')).toContain(nb);
  expect(await said(answer, 'en')).toContain(en);
});
