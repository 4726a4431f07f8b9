/** Every error that has been published is found, by itself, with its class and words for both people in both languages. */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../app/payment/provider.ts';
import { texts } from '../../../app/text/index.ts';
import type { Reason } from '../../../app/text/refusals.ts';
import { refusalWords } from '../../../app/till/refusal-words.ts';
import { type ErrorClass, KNOWN_CODES, meaningOf } from '../../../app/vipps/error-table.ts';
import { type ApiName, answerFromResponse, answerFromSilence, badAnswer } from '../../../app/vipps/errors.ts';
import { createRedact } from '../../../app/vipps/secrets.ts';
import { projectFiles, readProjectFile } from '../../support/source-files.ts';
import { ASKED, ECOM, EPAYMENT, TITLES } from './published-errors.ts';

const redact = createRedact([]);
const LANGUAGES = ['nb', 'en'] as const;

type Bad = Exclude<Answer<never>, { kind: 'ok' }>;

function answer(api: ApiName, status: number, body: unknown): Bad {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return answerFromResponse(api, { status, headers: {}, body: new TextEncoder().encode(text) }, redact, 0);
}

const classOf = ({ kind }: Bad): ErrorClass => (kind === 'refused' ? 'final' : kind);
const problem = (code: string | null, type = 'https://httpstatuses.io/400') => ({
  type,
  title: 'Some words',
  detail: 'that say nothing',
  traceId: 't',
  extraDetails: code === null ? [] : [{ name: 'ErrorCode', reason: code }],
});
/** What both people read for it, in both languages. */
const said = (code: string | null) =>
  LANGUAGES.map((language) => {
    const words = refusalWords(code, texts(language).payment.refusals, 'Vipps');
    return { why: words.why, whatNext: words.whatNext, ...words.customer };
  });

describe('eCom’s errors', () => {
  it.each(ECOM)('%s/%s is found, and is %s', (group, code, errorClass) => {
    const field = code.startsWith('<') ? 'transaction.amount' : code;
    const told = answer('ecom', 400, [{ errorGroup: group, errorCode: field, errorMessage: 'words' }]);
    expect(told.error.code).toBe(`ecom:${group}/${field}`);
    expect(classOf(told)).toBe(errorClass);
    expect(meaningOf(told.error.code)).toMatchObject({ isKnown: true, class: errorClass });
    expect(answer('ecom', 400, { errorGroup: group.toLowerCase(), errorCode: field }).error.code).toBe(told.error.code);
  });

  it('mean what their group says: 51, 93 and 98 are two things each', () => {
    expect(meaningOf('ecom:Payment/51').reason).not.toBe(meaningOf('ecom:Merchant/51').reason);
    expect(meaningOf('ecom:Payment/93').means).not.toBe(meaningOf('ecom:VippsError/93').means);
    expect([meaningOf('ecom:Payment/98').class, meaningOf('ecom:VippsError/98').class]).toEqual(['final', 'retryable']);
  });
});

describe('ePayment’s errors', () => {
  it.each(EPAYMENT)('%s (%s) is found, and is %s', (code, _title, errorClass) => {
    const told = answer('epayment', 400, problem(code));
    expect(told.error.code).toBe(`epayment:${code}`);
    expect(classOf(told)).toBe(errorClass);
    expect(meaningOf(told.error.code)).toMatchObject({ isKnown: true, class: errorClass });
  });

  it.each([...EPAYMENT.map(([code, title]) => [title, code] as const), ...TITLES])(
    'of the name "%s" is %s where its type says so',
    (title, code) => {
      const hyphens = title.toLowerCase().replaceAll(' ', '-');
      const joined = title
        .split(' ')
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join('');
      for (const type of [
        `https://example.com/errors/${hyphens}`,
        `urn:epayment:${joined}`,
        `https://example.com/#${hyphens}`,
        `https://example.com/problems/${code}`,
      ]) {
        expect([type, answer('epayment', 400, problem(null, type)).error.code]).toEqual([type, `epayment:${code}`]);
      }
    },
  );

  it('are never known by their title or their detail, which may change any day', () => {
    for (const [, title] of EPAYMENT) {
      const told = answer('epayment', 400, { type: 'https://httpstatuses.io/400', title, detail: title });
      expect(told.error.code).toBe('epayment:400');
    }
  });
});

describe('what stands before the APIs', () => {
  const bodies: readonly (readonly [form: string, body: (status: number) => unknown])[] = [
    ['the gateway', (statusCode) => ({ statusCode, message: 'Words' })],
    ['the older gateway', (responseCode) => ({ responseInfo: { responseCode, responseMessage: 'Words' }, result: { message: 'Words' } })],
    ['a gateway with names', () => ({ errorCode: 'Unauthorized', errorMessage: 'Subscription not found', contextId: 'f' })],
    ['a problem without a code', () => ({ type: 'https://httpstatuses.io/4', title: 'Words' })],
    ['a page', () => '<html><body><h1>Words</h1></body></html>'],
    ['nothing', () => ''],
  ];
  it.each<[number, ErrorClass, Reason]>([
    [400, 'final', 'bad-request'],
    [401, 'final', 'keys-refused'],
    [403, 'final', 'no-access'],
    [404, 'final', 'wrong-address'],
    [405, 'final', 'wrong-address'],
    [408, 'unknown', 'answer-lost'],
    [409, 'final', 'sent-before'],
    [413, 'final', 'bad-request'],
    [415, 'final', 'bad-request'],
    [422, 'final', 'bad-request'],
    [423, 'retryable', 'busy'],
    [429, 'retryable', 'too-fast'],
    [500, 'unknown', 'provider-trouble'],
    [502, 'unknown', 'provider-trouble'],
    [503, 'unknown', 'provider-trouble'],
    [504, 'unknown', 'provider-trouble'],
    [599, 'unknown', 'provider-trouble'],
    [302, 'unknown', 'someone-else'],
  ])('%i is %s: %s, in every form it comes in', (status, errorClass, reason) => {
    for (const api of ['token', 'ecom', 'epayment', 'qr', 'webhooks'] as const) {
      for (const [form, body] of bodies) {
        const told = answer(api, status, body(status));
        // The service that makes the codes has two of its own.
        const isOwn = api === 'qr' && form === 'a problem without a code' && (status === 400 || status === 404);
        const expected = isOwn ? (status === 400 ? 'code-over' : 'code-gone') : reason;
        expect([api, form, classOf(told), meaningOf(told.error.code).reason]).toEqual([api, form, errorClass, expected]);
        expect(meaningOf(told.error.code).isKnown).toBe(true);
      }
    }
  });

  it.each(ASKED)('a common question: %s', (words, code) => {
    const said = /^Merchant Not Allowed/.test(words)
      ? answer('ecom', 403, { statusCode: 403, message: words })
      : words.startsWith('Invalid MSN')
        ? answer('ecom', 401, `"${words}. Check your API keys on portal.vipps.no and see the eCom FAQ for tips."`)
        : words === 'unauthorized_client'
          ? answer('token', 400, { error: words, error_description: 'AADSTS70001', error_codes: [70001] })
          : null;
    if (said !== null) expect(said.error.code).toBe(code);
    if (code !== null) expect(meaningOf(code).isKnown).toBe(true);
  });

  it('401 of the gateway, in each of its words, says that the keys are wrong', () => {
    for (const message of ['Access denied due to invalid subscription key.', 'Access denied due to missing subscription key.']) {
      expect(meaningOf(answer('ecom', 401, { statusCode: 401, message }).error.code).reason).toBe('keys-refused');
    }
  });
});

describe('what the register says itself', () => {
  it('is known: silence, nonsense, and each code of its own', () => {
    const own = [
      answerFromSilence({ kind: 'not-sent', reason: 'ECONNREFUSED' }, redact),
      answerFromSilence({ kind: 'lost', reason: 'ECONNRESET' }, redact),
      badAnswer('nonsense', 200),
    ];
    for (const told of own) expect(meaningOf(told.error.code)).toMatchObject({ isKnown: true, class: classOf(told) });
  });

  it('is known wherever it stands in the code', () => {
    const written = projectFiles()
      .filter((path) => /^app\/(vipps|payment|till)\/.*\.ts$/.test(path))
      .flatMap((path) => [...readProjectFile(path).matchAll(/\blocal\('([a-z-]+)'|'(local:[a-z-]+)'/g)])
      .map(([, short, whole]) => whole ?? `local:${short}`);
    expect(written).toContain('local:bad-key');
    expect(written.filter((code) => !meaningOf(code).isKnown)).toEqual([]);
  });
});

describe('an error that nobody has listed', () => {
  it('is a refusal before money moves, and unknown where it may have moved', () => {
    const unlisted = (code: string) => [meaningOf(code).isKnown, meaningOf(code).class];
    for (const code of [
      'ecom:Merchant/999',
      'ecom:User/999',
      'ecom:Authentication/1',
      'epayment:4999',
      'epayment:5999',
      'epayment:7999',
      'http:418',
    ])
      expect([code, ...unlisted(code)]).toEqual([code, false, 'final']);
    for (const code of [
      'ecom:Payment/999',
      'ecom:VippsError/999',
      'ecom:Surprise/1',
      'epayment:3999',
      'epayment:6999',
      'epayment:words',
      'nothing-like-it',
      '',
    ])
      expect([code, ...unlisted(code)]).toEqual([code, false, 'unknown']);
  });

  it('has words that promise nothing', () => {
    const [nb, en] = said('epayment:6999');
    expect(nb?.why).toBe('Vipps sa nei, av en grunn som kassen ikke kjenner.');
    expect(nb?.whatNext).toContain('koden under');
    expect(en?.whatNext).toContain('the code below');
  });
});

describe('what people read', () => {
  it('is there for every code, in both languages, whole and short', () => {
    for (const code of KNOWN_CODES) {
      const [nb, en] = said(code);
      for (const sentences of [nb, en]) {
        for (const text of Object.values(sentences ?? {}))
          expect([code, text]).toEqual([code, expect.not.stringMatching(/[{}]|undefined/)]);
        for (const text of [sentences?.why, sentences?.whatNext, sentences?.detail]) expect(text).toMatch(/^[\p{Lu}].{5,160}\.$/u);
      }
      expect([code, nb?.why === en?.why, nb?.whatNext === en?.whatNext, nb?.detail === en?.detail]).toEqual([code, false, false, false]);
    }
  });

  it('no sentence on the stage is longer than 160 characters, whatever stands together there', () => {
    for (const code of KNOWN_CODES) {
      for (const { why, whatNext, detail } of said(code)) {
        for (const sentence of `${why} ${whatNext} ${detail}`.split(/(?<=\.)\s/)) expect(sentence.length).toBeLessThanOrEqual(160);
        expect(`${why} ${whatNext}`.length).toBeLessThanOrEqual(240);
      }
    }
  });

  it('never tells the customer a bank’s reason', () => {
    for (const code of KNOWN_CODES) {
      for (const { title, detail } of said(code)) {
        expect(`${title} ${detail}`).not.toMatch(
          /bank|kort(et)?\b|card|saldo|dekning|balance|funds|utløpt|expired|svindel|fraud|grense|limit/i,
        );
      }
    }
  });

  it('never tells anyone which of unknown number, too young and may not pay businesses it was', () => {
    for (const code of ['ecom:User/81', 'epayment:7010']) {
      expect(meaningOf(code).reason).toBe('cannot-charge');
      for (const { why, whatNext, title, detail } of said(code)) {
        expect(`${why} ${whatNext} ${title} ${detail}`).not.toMatch(
          /nummer|number|alder|age\b|år\b|year|ung|young|bedrift|business|registr/i,
        );
      }
    }
  });

  it('never calls what is not known failed, and never says then that nothing was charged', () => {
    for (const code of KNOWN_CODES.filter((known) => meaningOf(known).class === 'unknown')) {
      for (const language of LANGUAGES) {
        const { reasons } = texts(language).payment.refusals;
        expect([code, reasons[meaningOf(code).reason].customer]).toEqual([code, 'wait']);
        expect(reasons[meaningOf(code).reason].cashier).not.toMatch(/mislyk|fail|ikke belastet|not been charged/i);
      }
    }
  });

  it('of what may be sent again asks nobody to take the money otherwise', () => {
    for (const code of KNOWN_CODES.filter((known) => meaningOf(known).class === 'retryable'))
      expect([code, ['wait', 'try-again', 'owner-portal'].includes(meaningOf(code).next)]).toEqual([code, true]);
  });

  it('tells a customer whose payment was refused, and nothing else, that nothing was charged', () => {
    for (const code of KNOWN_CODES) for (const { detail } of said(code)) expect(detail).toMatch(/ikke belastet|not been charged/);
  });
});
