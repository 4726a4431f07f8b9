import { describe, expect, it } from 'vitest';
import { post, registerForTest, writeConfiguration } from './attacked-register.ts';

const DEEP = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

/** What is sent, and what the refusal must name. */
const NONSENSE: readonly (readonly [string, string, RegExp])[] = [
  ['nothing', '', /not JSON/],
  ['a number that is none', '{"type":"pay-cash","receivedOre":NaN}', /not JSON/],
  ['a part of an øre', '{"type":"pay-cash","receivedOre":1.5}', /"receivedOre"/],
  ['an amount beyond all numbers', '{"type":"pay-cash","receivedOre":1e400}', /"receivedOre"/],
  ['an amount beyond whole numbers', '{"type":"pay-cash","receivedOre":9007199254740993}', /"receivedOre"/],
  ['a negative amount', '{"type":"pay-cash","receivedOre":-100}', /"receivedOre"/],
  ['an amount as text', '{"type":"pay-cash","receivedOre":"100"}', /"receivedOre"/],
  ['an unknown type', '{"type":"give-money"}', /"type"/],
  ['a type of the language’s own', '{"type":"__proto__"}', /"type"/],
  ['a prototype', '{"type":"park-sale","__proto__":{"receivedOre":1}}', /"__proto__"/],
  ['a constructor', '{"type":"park-sale","constructor":{"prototype":{"ok":true}}}', /"constructor"/],
  ['a deep nest', DEEP, /The message/],
  ['a deep nest in a field', `{"type":"park-sale","more":${DEEP}}`, /"more"/],
  [
    'half a character as a reason',
    '{"type":"discount-sale","discount":{"kind":"percent","basisPoints":1,"reason":"a\\ud800"}}',
    /"discount.reason"/,
  ],
  [
    'an order to the printer as a reason',
    '{"type":"discount-sale","discount":{"kind":"percent","basisPoints":1,"reason":"a\\u001b@b"}}',
    /"discount.reason"/,
  ],
  ['half a character as a terminal’s reference', '{"type":"pay-card","terminalReference":"\\udfff"}', /"terminalReference"/],
  ['half a character as a file’s name', '{"type":"import-catalogue","fileName":"\\ud800","base64":"YQ=="}', /"fileName"/],
  ['base64 that is none', '{"type":"import-catalogue","fileName":"a","base64":"@@@@"}', /"base64"/],
  ['ten megabytes of code', `{"type":"scan","code":"${'x'.repeat(10_000_000)}"}`, /at most 1 MB/],
];

describe('nonsense sent to a register', () => {
  it('is refused by name, each, and the sale goes on', async () => {
    const register = await registerForTest({ configFile: writeConfiguration(null) });
    await register.must({ type: 'add-article', articleNumber: '1001' });
    for (const [what, body, names] of NONSENSE) {
      const answer = await post(register, '/api/commands', body);
      expect([what, answer.status, answer.body.message]).toEqual([what, expect.toBeOneOf([400, 413]), expect.stringMatching(names)]);
    }
    await register.must({ type: 'pay-cash', receivedOre: 10_000 });
    await register.until((view) => view.stage.kind === 'finished' && view.stage.receipt.state === 'printed');
    expect((await register.stop()).stderr).toBe('');
  });

  it('cannot make a sale so large that no number holds it', async () => {
    const register = await registerForTest({ configFile: writeConfiguration(null) });
    const csv = Buffer.from('varenr;navn;pris;mva\n1;Bil;1000000,00;25\n2;Pose;0;25\n').toString('base64');
    await register.must({ type: 'import-catalogue', fileName: 'biler.csv', base64: csv });
    await register.must({ type: 'add-article', articleNumber: '1' });
    for (const quantityMilli of [1_000, 9_999_000]) {
      const answer = await register.command({ type: 'add-article', articleNumber: '1', quantityMilli });
      expect(answer).toMatchObject({ ok: false, code: 'sale-too-large', message: expect.stringMatching(/1\s000\s000,00\skr/) });
    }
    await register.must({ type: 'add-article', articleNumber: '2', quantityMilli: 9_999_000 });
    expect(await register.command({ type: 'add-article', articleNumber: '2' })).toMatchObject({ ok: false, code: 'sale-too-large' });
    expect((await register.cashierView()).basket).toMatchObject({
      totalOre: 100_000_000,
      lines: [{ quantityMilli: 1_000 }, { quantityMilli: 9_999_000 }],
    });
  });
});
