/** A register's printer in a process of its own: prints three receipts on a shared printer, and tells what became of them. */
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { tcpEnd } from '../../hardware/line/tcp-line.ts';
import { encodeDocument } from '../../hardware/printer/encode.ts';
import { createEscposPrinter } from '../../hardware/printer/escpos-printer.ts';

const [port, register] = process.argv.slice(2);
const printer = createEscposPrinter({
  end: tcpEnd({ host: '127.0.0.1', port: Number(port) }),
  clock: nodeClock,
  timers: nodeTimers,
  shared: true,
});
const outcomes = await Promise.all(
  [1, 2, 3].map((number) => {
    const title = `${register} nr ${number}`;
    const lines = Array.from({ length: 12 }, (_, index) => ({
      kind: 'text' as const,
      text: `${title} linje ${index}`,
      align: 'left' as const,
    }));
    return printer.print(encodeDocument({ series: 'sale', title, blocks: lines }, { columns: 42 }));
  }),
);
process.send?.(outcomes);
await printer.close();
