import { describe, expect, it } from 'vitest';
import { PRINTER_MODELS } from '../../hardware/printer/models.ts';
import { counter, eventually, isReady, LINES, noSerial, PRINTED, receipt, shows } from './counter.ts';

it('has a serial line to be tested on, where everything must be tested', () => {
  if (process.env.CI) expect(noSerial).toBeNull();
});

// They wait for lines and paper: each has its own.
describe.each(LINES)('a printer on a %s line', { concurrent: true }, (line) => {
  it('is known to be ready before anything is printed', async (test) => {
    const { printer } = await counter(test, line);
    await isReady(printer);
    expect(printer.status()).toEqual({ state: 'ready', drawerLevel: 'low' });
  });

  it('prints a receipt, whole and once', async (test) => {
    const { printer, emulated } = await counter(test, line);
    expect(await printer.print(receipt('Kvittering 1'))).toEqual(PRINTED);
    expect(emulated.refusal).toBeNull();
    expect(emulated.papers).toHaveLength(1);
    expect(emulated.papers[0]).toContain('Kvittering 1 vare 3');
  });

  it('prints jobs in the order they were given, and mixes no lines', async (test) => {
    const { printer, emulated } = await counter(test, line, { baud: 115_200 });
    const titles = Array.from({ length: 6 }, (_, index) => `Nr ${index + 1}`);
    expect(await Promise.all(titles.map((title) => printer.print(receipt(title, 8))))).toEqual(titles.map(() => PRINTED));
    expect(emulated.papers.map((text) => new Set(text.match(/Nr \d/g)))).toEqual(titles.map((title) => new Set([title])));
  });

  it('may be as slow as it likes: a receipt that takes seconds is printed, not unknown', async (test) => {
    const { printer, emulated } = await counter(test, line, { baud: 9_600, printingBytesPerSecond: 400 });
    expect(await printer.print(receipt('Langsom', 20))).toEqual(PRINTED);
    expect(emulated.papers).toHaveLength(1);
  });

  it.for(['response', 'sensor', 'no'] as const)('is believed by what its model tells: %s', async (tellsDone, test) => {
    const { printer, emulated } = await counter(test, line, {}, { model: { ...PRINTER_MODELS['generic-80'], tellsDone } });
    expect(await printer.print(receipt('Ferdig'))).toEqual(PRINTED);
    await eventually(() => expect(emulated.papers).toHaveLength(1));
  });

  it('that answers, but never says that it is done, is believed for its status, and not waited for again', async (test) => {
    const { printer, emulated } = await counter(test, line, { tellsDone: false });
    expect(await printer.print(receipt('En'))).toEqual(PRINTED);
    expect(await printer.print(receipt('To'))).toEqual(PRINTED);
    await eventually(() => expect(emulated.papers).toHaveLength(2));
  });

  it('without paper is seen before the customer pays, and nothing is sent to it', async (test) => {
    const { printer, emulated } = await counter(test, line);
    await isReady(printer);
    emulated.setPaper('out');
    await shows(printer, { state: 'paper-out' });
    expect(await printer.print(receipt('Uten papir'))).toEqual({ kind: 'not-printed', reason: 'paper-out' });
    emulated.setPaper('near-end');
    await shows(printer, { state: 'paper-low' });
    expect(await printer.print(receipt('Lite papir'))).toEqual(PRINTED);
    expect(emulated.papers.join()).not.toContain('Uten papir');
  });

  it('with its cover open, or with a fault, says which', async (test) => {
    const { printer, emulated } = await counter(test, line);
    await isReady(printer);
    emulated.setCover(true);
    await shows(printer, { state: 'cover-open' });
    emulated.setCover(false);
    emulated.setFault(true);
    await shows(printer, { state: 'error' });
    emulated.setFault(false);
    await isReady(printer);
  });

  it('whose paper ends in the middle of a receipt leaves it unknown; the rest comes with the new roll, and then the next one', async (test) => {
    const { printer, emulated } = await counter(test, line, { baud: 38_400 });
    await isReady(printer);
    emulated.endPaperAfter(400);
    expect(await printer.print(receipt('Halv', 30))).toEqual({ kind: 'unknown', reason: 'paper-out' });
    expect(await printer.print(receipt('Neste'))).toEqual({ kind: 'not-printed', reason: 'paper-out' });
    emulated.setPaper('present');
    await isReady(printer);
    expect(await printer.print(receipt('Neste'))).toEqual(PRINTED);
    expect(emulated.refusal).toBeNull();
    expect(emulated.papers).toHaveLength(2);
    expect(emulated.papers[0]).toContain('Halv vare 30');
    expect(emulated.papers[1]).not.toContain('Halv');
  });

  it('whose line goes in the middle leaves the receipt unknown, and is used again as soon as it is back', async (test) => {
    const { printer, emulated, plugIn } = await counter(test, line, { baud: 38_400 });
    await isReady(printer);
    emulated.breakLineAfter(500);
    expect(await printer.print(receipt('Avbrutt', 30))).toEqual({ kind: 'unknown', reason: 'gone' });
    await shows(printer, { state: 'gone', cause: line === 'network' ? 'refused' : 'no-such-port' });
    expect(await printer.print(receipt('Ingen der'))).toEqual({ kind: 'not-printed', reason: 'gone' });
    await plugIn();
    await isReady(printer);
    expect(await printer.print(receipt('Etterpå'))).toEqual(PRINTED);
    const [half, next] = emulated.papers.slice(-2);
    expect(half).toContain('Avbrutt');
    expect(next).not.toContain('Avbrutt');
    expect(next).toContain('Etterpå');
  });

  it('that answers nothing is known not to, and prints all the same', async (test) => {
    const { printer, emulated } = await counter(test, line, { answers: 'nothing' });
    await shows(printer, { state: 'ready', known: false });
    expect(await printer.print(receipt('Døv'))).toEqual(PRINTED);
    await eventually(() => expect(emulated.papers).toHaveLength(1));
    expect(await printer.print(receipt('Døv igjen'))).toEqual(PRINTED);
    await eventually(() => expect(emulated.papers).toHaveLength(2));
  });

  it('that answers nothing, and whose line goes in the middle, leaves the receipt unknown', async (test) => {
    const { printer, emulated } = await counter(test, line, { answers: 'nothing', baud: 38_400 });
    await shows(printer, { known: false });
    emulated.breakLineAfter(500);
    expect(await printer.print(receipt('Døv', 60))).toEqual({ kind: 'unknown', reason: 'gone' });
  });

  it('that answered once, and is silent now, is offline: nothing is sent to it', async (test) => {
    const { printer, emulated } = await counter(test, line);
    await isReady(printer);
    emulated.answers = 'nothing';
    await shows(printer, { state: 'offline' });
    expect(await printer.print(receipt('Av'))).toEqual({ kind: 'not-printed', reason: 'offline' });
    emulated.answers = 'as-a-printer';
    await isReady(printer);
    expect(emulated.papers).toEqual([]);
  });

  it('that always answers as a model is never taken for one that cannot', async (test) => {
    const { printer } = await counter(test, line, { answers: 'nothing' }, { model: PRINTER_MODELS['epson-tm-t88'] });
    expect(await printer.print(receipt('Av'))).toEqual({ kind: 'not-printed', reason: 'offline' });
  });

  it('that is no printer gets no receipt, and the status says so', async (test) => {
    const { printer } = await counter(test, line, { answers: 'as-a-modem' });
    await shows(printer, { state: 'error', cause: 'not-a-printer' });
    expect(await printer.print(receipt('Modem'))).toEqual({ kind: 'not-printed', reason: 'error' });
  });

  it('whose own reports come by halves is still understood by its answers', async (test) => {
    const { printer, emulated } = await counter(test, line, { halfStatus: true });
    expect(await printer.print(receipt('Halvveis'))).toEqual(PRINTED);
    emulated.setPaper('out');
    await shows(printer, { state: 'paper-out' });
    emulated.setPaper('present');
    await isReady(printer);
    expect(await printer.print(receipt('Halvveis'))).toEqual(PRINTED);
  });

  it('opens the drawer, and tells when it is pushed shut', async (test) => {
    const { printer, emulated } = await counter(test, line);
    await isReady(printer);
    expect(await printer.openDrawer(2)).toEqual(PRINTED);
    await shows(printer, { drawerLevel: 'high' });
    emulated.pushDrawerShut();
    await shows(printer, { drawerLevel: 'low' });
  });

  it('without paper still gives change, where the model can', async (test) => {
    const { printer, emulated } = await counter(test, line, {}, { model: PRINTER_MODELS['epson-tm-t88'] });
    await isReady(printer);
    emulated.setPaper('out');
    await shows(printer, { state: 'paper-out' });
    expect(await printer.openDrawer(2)).toEqual(PRINTED);
    await eventually(() => expect(emulated.kicks).toBe(1));
  });

  it('takes only so many jobs at a time, and says so at once', async (test) => {
    const { printer, emulated } = await counter(test, line);
    await isReady(printer);
    emulated.setCover(true);
    await shows(printer, { state: 'cover-open' });
    const outcomes = await Promise.all(Array.from({ length: 80 }, () => printer.print(receipt('Mange'))));
    expect(outcomes.every((outcome) => outcome.kind === 'not-printed')).toBe(true);
    expect(outcomes.filter((outcome) => outcome.kind === 'not-printed' && outcome.reason === 'error').length).toBeGreaterThan(10);
  });
});
