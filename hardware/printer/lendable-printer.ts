/** A printer that can let go of its line for a while: somebody tries it with other settings, which no second opening allows. */
import type { Printer, PrinterStatus, PrintOutcome } from '../../app/till/ports.ts';
import type { EscposPrinter } from './escpos-printer.ts';

export interface LendablePrinter extends EscposPrinter {
  /**
   * Lets go of the line between two jobs, and gives back what takes it again; `null` while a job is under way. What is handed
   * in meanwhile is given back as `not-printed`, so that it waits where it came from.
   */
  lend(): Promise<(() => void) | null>;
}

const AWAY: PrinterStatus = { state: 'offline' };
const NOT_NOW: PrintOutcome = { kind: 'not-printed', reason: 'offline' };

/** @param open makes the printer, at once and after each loan. */
export function lendablePrinter(open: () => EscposPrinter): LendablePrinter {
  const listeners = new Set<(status: PrinterStatus) => void>();
  let current: EscposPrinter | null = null;
  let underWay = 0;
  let closed = false;

  const tell = (status: PrinterStatus): void => {
    for (const listener of [...listeners]) listener(status);
  };
  function take(): void {
    if (closed) return;
    const printer = open();
    current = printer;
    printer.onStatus((status) => {
      if (current === printer) tell(status);
    });
  }
  async function doing(work: (printer: Printer) => Promise<PrintOutcome>): Promise<PrintOutcome> {
    if (current === null) return NOT_NOW;
    underWay += 1;
    try {
      return await work(current);
    } finally {
      underWay -= 1;
    }
  }

  take();
  return {
    status: () => current?.status() ?? AWAY,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    print: (bytes) => doing((printer) => printer.print(bytes)),
    openDrawer: (pin) => doing((printer) => printer.openDrawer(pin)),
    async lend() {
      const printer = current;
      if (printer === null || underWay > 0) return null;
      current = null;
      tell(AWAY);
      await printer.close();
      let isBack = false;
      return () => {
        if (isBack) return;
        isBack = true;
        take();
        tell(current?.status() ?? AWAY);
      };
    },
    async close() {
      closed = true;
      await current?.close();
    },
  };
}
