import { expect, it, onTestFinished } from 'vitest';
import { configurationSchema } from '../../app/till/configuration.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { type ConfiguredPrinter, connectPrinter, modelOf } from '../../hardware/printer/connect.ts';
import { LINES, PRINTED, receipt } from './counter.ts';
import { EmulatedPrinter } from './emulated-printer.ts';
import { ptyPrinter } from './pty-printer.ts';
import { tcpPrinter } from './tcp-printer.ts';

/** The printer of a register's configuration, with everything left out filled in. */
function configured(printer: object): ConfiguredPrinter {
  const parsed = configurationSchema.shape.printer.parse(printer);
  if (parsed.kind === 'virtual') throw new Error('A virtual printer has no line.');
  return parsed;
}

it.each(LINES)('a printer that a configuration names on a %s line prints', async (line) => {
  const emulated = new EmulatedPrinter();
  const plugged = line === 'serial' ? await ptyPrinter(emulated) : await tcpPrinter(emulated);
  const named = 'path' in plugged ? { kind: 'serial', path: plugged.path } : { kind: 'network', host: '127.0.0.1', port: plugged.port };
  const printer = connectPrinter(configured(named), { clock: nodeClock, timers: nodeTimers });
  onTestFinished(async () => {
    await printer.close();
    await plugged.close();
  });
  expect(await printer.print(receipt('Oppsatt'))).toEqual(PRINTED);
  expect(emulated.papers).toHaveLength(1);
});

it('a printer that is not there is a status, not an error', async () => {
  const printer = connectPrinter(configured({ kind: 'serial', path: '/dev/tty-not-there' }), { clock: nodeClock, timers: nodeTimers });
  onTestFinished(() => printer.close());
  await expect.poll(() => printer.status()).toEqual({ state: 'gone', cause: 'no-such-port' });
});

it('a printer of no named model is a common one of its paper', () => {
  expect(modelOf({ model: null, columns: 32 }).id).toBe('generic-58');
  expect(modelOf({ model: 'epson-tm-t88', columns: 42 }).id).toBe('epson-tm-t88');
});
