/** What has happened, what happens now and what comes, row by row; its list belongs to whoever shows it. */
import type { TimelineRow } from '../../app/till/contract.ts';
import { clockTextWithSeconds } from '../shared/till-clock.ts';
import { useTill } from './use-till.ts';

export function TimelineRows({ rows }: { readonly rows: readonly TimelineRow[] }) {
  const { texts } = useTill();
  return rows.map((row) => (
    <li
      key={`${row.text}-${row.atMs ?? row.state}`}
      className="timeline-row"
      data-state={row.state}
      aria-current={row.state === 'now' ? 'step' : undefined}
    >
      <span className="timeline-dot" />
      <span className="timeline-text">{row.text}</span>
      <span className="timeline-time">
        {row.atMs !== null ? clockTextWithSeconds(row.atMs) : row.state === 'now' ? texts.payment.now : ''}
      </span>
    </li>
  ));
}
