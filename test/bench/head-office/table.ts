/** What the benchmark prints: Markdown that reads well in a terminal too. */
export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function tableText({ title, columns, rows }: BenchTable): string {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => (row[index] ?? '').length)));
  const line = (cells: readonly string[]) => `| ${widths.map((width, index) => (cells[index] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [`${title}\n`, line(columns), rule, ...rows.map(line)].join('\n');
}

const GROUPED = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
export const whole = (value: number): string => GROUPED.format(value);
export const millis = (ms: number): string => (ms < 10 ? ms.toFixed(1) : whole(ms));
