/** The test payment: what it shows, and that it never leaves money behind, whatever happens on the way. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forceApproval } from '../../../app/doctor/force-approve.ts';
import { type ProbeNote, type ProbeOptions, parseProbeNote, probe } from '../../../app/doctor/probe.ts';
import { formatOre } from '../../../app/money/format.ts';
import type { Timers } from '../../../app/till/ports.ts';
import { createAdapter } from '../../../app/vipps/adapter.ts';
import { createEcomProvider } from '../../../app/vipps/ecom/provider.ts';
import { createEpaymentProvider } from '../../../app/vipps/epayment/provider.ts';
import { nodeClock } from '../../../hardware/clock/node-clock.ts';
import { nodeRandom } from '../../../hardware/crypto/random.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { type Sandbox, startSandbox } from '../../../server/sandbox/sandbox.ts';

const UNITS = [
  { msn: '123456', capture: 'reserve', migrated: true },
  { msn: '654321', capture: 'direct', migrated: true },
  { msn: '222222', standing: 'deactivated' },
  { msn: '333333', market: 'DK' },
] as const;
type Msn = (typeof UNITS)[number]['msn'];

/** No test waits: a pause is over at once, and others get their turn. */
const atOnce: Timers = {
  after(_, run) {
    setImmediate(run);
    return { cancel: () => undefined };
  },
};

let sandbox: Sandbox;
const send = createHttpSend();
beforeAll(async () => {
  sandbox = await startSandbox({ salesUnits: UNITS, rateLimits: false });
});
afterAll(async () => {
  send.close();
  await sandbox.close();
});

/** Notes on a disk that survives whoever wrote them. */
function notes() {
  let text: string | null = null;
  return {
    read: (): ProbeNote | null => (text === null ? null : parseProbeNote(JSON.parse(text))),
    write: (note: ProbeNote) => {
      text = JSON.stringify(note);
    },
    clear: () => {
      text = null;
    },
  };
}

function optionsFor(api: 'ecom' | 'epayment', msn: Msn = '123456', more: Partial<ProbeOptions> = {}): ProbeOptions {
  const unit = sandbox.salesUnits.find((each) => each.msn === msn);
  if (unit === undefined) throw new RangeError('The sandbox has no such sales unit.');
  const { clientId, clientSecret, subscriptionKey, market, currency } = unit;
  const configuration = {
    baseUrl: sandbox.url,
    merchantSerialNumber: msn,
    clientId,
    clientSecret,
    subscriptionKey,
    systemName: 'tillit',
    systemVersion: '0',
    fallBack: 'https://shop.example/',
    callbackPrefix: 'https://shop.example/callback',
  };
  const common = { configuration, send, clock: nodeClock, log: { write: () => undefined }, qrSize: 300 };
  const msisdn = market === 'DK' ? '4521234567' : '4791234567';
  return {
    provider: api === 'ecom' ? createEcomProvider(common) : createEpaymentProvider(common),
    notes: notes(),
    clock: nodeClock,
    timers: atOnce,
    random: nodeRandom,
    prefix: 'kolo-1',
    currency,
    text: 'Kolonial: test',
    amountText: (amountOre) => formatOre(amountOre, 'nb', currency),
    host: 'the provider',
    approve: forceApproval(createAdapter(common).caller, api, msisdn),
    show: null,
    ...more,
  };
}

/** What is still out of everybody's pocket, over all payments of the sandbox. */
function out(): number {
  const { authorisedOre, releasedOre, refundedOre } = sandbox.control.ledger().total;
  return authorisedOre - releasedOre - refundedOre;
}

const codesOf = ({ findings }: Awaited<ReturnType<typeof probe>>) => findings.map(({ code }) => code);

describe.each(['ecom', 'epayment'] as const)('a test payment through %s', (api) => {
  it('that is approved is reserved, released and read back: the unit reserves', async () => {
    const options = optionsFor(api);
    const probed = await probe(options);
    expect([codesOf(probed), probed.capture]).toEqual([['probe-released', 'qr-good'], 'reserve']);
    expect([options.notes.read(), out()]).toEqual([null, 0]);
  });

  it('that is approved on a unit with direct capture is paid back and read back', async () => {
    const probed = await probe(optionsFor(api, '654321'));
    expect([codesOf(probed), probed.capture]).toEqual([['probe-refunded', 'qr-good'], 'direct']);
    expect(out()).toBe(0);
  });

  it('that nobody approves is cancelled, and tells nothing of how the unit takes money', async () => {
    const probed = await probe(optionsFor(api, '123456', { approve: null }));
    expect([codesOf(probed), probed.capture]).toEqual([['probe-cancelled', 'qr-good'], null]);
    expect(sandbox.control.payments()[0]?.phase).toBe('cancelled');
  });

  it('is shown to a person, who approves it on a phone', async () => {
    const told: string[] = [];
    const show: ProbeOptions['show'] = {
      withinMs: 20_000,
      tell: (url, amount) => {
        told.push(url, amount);
        sandbox.control.customer('approve', sandbox.control.payments()[0]?.reference ?? '');
      },
    };
    const probed = await probe(optionsFor(api, '123456', { approve: null, show }));
    expect(codesOf(probed)).toContain('probe-released');
    expect(told[0]).toMatch(/^http/);
    expect(told[1]).toBe('2,00\u00a0kr');
    expect(out()).toBe(0);
  });

  it('is refused by a unit that is closed, with the way to open it, and leaves no note', async () => {
    const options = optionsFor(api, '222222');
    const { findings } = await probe(options);
    expect(findings).toMatchObject([{ tone: 'todo', code: 'probe-refused', facts: { advice: 'deactivated' } }]);
    expect(options.notes.read()).toBeNull();
  });

  it('without a picture says that the customer gets no code', async () => {
    sandbox.control.addFault({ kind: 'not-a-png', route: 'qr-image' });
    expect(codesOf(await probe(optionsFor(api)))).toEqual(['probe-released', 'qr-bad']);
  });

  it('that cannot be taken back now is noted, told, and taken back by the next check', async () => {
    const options = optionsFor(api, '654321');
    sandbox.control.addFault({ kind: 'server-error', route: 'refund', times: null });
    const first = await probe(options);
    expect(first.findings).toMatchObject([{ code: 'qr-good' }, { tone: 'todo', code: 'probe-left' }]);
    expect([out(), options.notes.read()?.order.reference]).toEqual([200, sandbox.control.payments()[0]?.reference]);
    sandbox.control.clearFaults();
    expect(codesOf(await probe(options))).toEqual(['probe-swept', 'probe-refunded', 'qr-good']);
    expect([options.notes.read(), out()]).toEqual([null, 0]);
  });

  it('that another check makes meanwhile stays noted until it is taken back', async () => {
    const first = optionsFor(api, '123456', { approve: null });
    const others: Promise<unknown>[] = [];
    const isShown = new Promise<void>((shown) => {
      // By the same notes it takes the first payment back, makes its own, and waits for a person.
      const other = () => void others.push(probe({ ...first, show: { withinMs: 20_000, tell: () => shown() } }));
      others.push(probe({ ...first, show: { withinMs: 20_000, tell: other } }));
    });
    await isShown;
    await others[0];
    const [newest] = sandbox.control.payments();
    expect(first.notes.read()?.order.reference).toBe(newest?.reference);
    sandbox.control.customer('approve', newest?.reference ?? '');
    await Promise.all(others);
    expect([first.notes.read(), out()]).toEqual([null, 0]);
  });

  it('leaves no money behind, whatever goes wrong and wherever the check is cut off', async () => {
    const route = fc.constantFrom('initiate', 'details', 'events', 'cancel', 'refund', 'force-approve', 'qr', 'qr-image');
    const kind = fc.constantFrom('cut-before', 'cut-after', 'html', 'broken-json', 'rate-limited', 'server-error');
    const fault = fc.record({ kind, route, skip: fc.nat(2), times: fc.integer({ min: 1, max: 4 }) });
    const day = fc.record({
      faults: fc.array(fault, { maxLength: 4 }),
      msn: fc.constantFrom<Msn>('123456', '654321'),
      approved: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(day, async ({ faults, msn, approved }) => {
        const options = optionsFor(api, msn, approved ? {} : { approve: null });
        for (const each of faults) sandbox.control.addFault(each);
        await probe(options);
        sandbox.control.clearFaults();
        // A creation that was lost and never seen is over when its time is; the next check knows.
        const later = { ...options, clock: { ...nodeClock, nowMs: () => Date.now() + 700_000 } };
        await probe(later);
        expect([options.notes.read(), out()]).toEqual([null, 0]);
      }),
      { numRuns: 25, seed: 11 },
    );
  }, 60_000);
});

it('in Denmark is a payment in Danish kroner', async () => {
  expect(codesOf(await probe(optionsFor('epayment', '333333')))).toEqual(['probe-released', 'qr-good']);
  expect(sandbox.control.payments()[0]).toMatchObject({ currency: 'DKK', amountOre: 200 });
});

it('a note that is not one is none', () => {
  expect(parseProbeNote({ order: { reference: '' } })).toBeNull();
});
