/** The virtual printer's page with fixed papers. */
import type { Condition, Drawer, Paper, PrinterService } from '../printer/printer-service.ts';
import { NOW_MS } from './cashier-data.ts';
import { PAPER_PNG } from './paper-png.ts';
import { wordsOf } from './words.ts';

const practice = wordsOf('nb').till.practice;

function fixedPrinter(papers: readonly Paper[], condition: Condition, online = true, drawer: Drawer | null = null): PrinterService {
  return {
    onNews(listener) {
      listener({ papers, condition, drawer, practice, language: 'nb', online });
      return () => undefined;
    },
    setCondition: () => Promise.resolve(true),
    moveDrawer: () => Promise.resolve(true),
  };
}

const paper: Paper = { id: 'p1', atMs: NOW_MS, pngUrl: PAPER_PNG, text: 'Salgskvittering 874, 201,60' };

export const printerStates: Readonly<Record<string, PrinterService>> = {
  paper: fixedPrinter([paper, { ...paper, id: 'p0', atMs: NOW_MS - 60_000 }], 'ready'),
  empty: fixedPrinter([], 'ready'),
  'paper-out': fixedPrinter([paper], 'paper-out'),
  offline: fixedPrinter([], 'offline', false),
  'drawer-shut': fixedPrinter([paper], 'ready', true, 'shut'),
  'drawer-open': fixedPrinter([paper], 'ready', true, 'open'),
  'drawer-stuck': fixedPrinter([], 'ready', true, 'stuck'),
};
