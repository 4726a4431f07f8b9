/** A store's registers: when each was last in touch, how much of its journal is here, and whether its key is good. */
import type { ReactNode } from 'react';
import type { RegisterRow, StoreRow } from '../../app/head-office/page-contract.ts';
import { fill } from '../../app/text/screen.ts';
import { Moment, Money, momentText, Table, Tag, useAgo, useRegisterName } from './parts.tsx';
import { addressOf } from './place.ts';
import { useOffice } from './use-office.ts';

const KEY_TONES: Readonly<Record<RegisterRow['key'], string>> = { none: 'quiet', waiting: 'waiting', active: 'good', revoked: 'bad' };
/** Longer than a register is quiet by itself. */
const LATE_MS = 10 * 60_000;

interface RegisterTableProps {
  readonly store: StoreRow;
  readonly nowMs: number;
  /** What a manager may do with each; without it the table only shows. */
  readonly acts?: (register: RegisterRow) => ReactNode;
}

export function RegisterTable({ store, nowMs, acts }: RegisterTableProps) {
  const { texts } = useOffice();
  const words = texts.store;
  const ago = useAgo(nowMs);
  const registerName = useRegisterName();
  const { columns } = words;
  return (
    <Table
      name={`${words.registers}, ${store.storeName}`}
      columns={[
        { label: columns.register },
        { label: columns.seen },
        { label: columns.journal },
        { label: columns.key },
        { label: columns.limit, right: true },
        ...(acts === undefined ? [] : [{ label: words.newCode, hidden: true }]),
      ]}
    >
      {store.registers.map((register) => (
        <tr key={register.registerId}>
          <th scope="row">
            {registerName(register.registerId)}
            {register.software === null ? null : <span className="hint"> {register.software}</span>}
            {register.alarms === 0 ? null : (
              <>
                {' '}
                <a className="tag" data-tone="bad" href={addressOf('alarms')}>
                  {register.alarms === 1 ? texts.overview.alarm : fill(texts.overview.alarms, { n: register.alarms })}
                </a>
              </>
            )}
          </th>
          <td
            className="figures"
            data-tone={register.key === 'active' && nowMs - (register.lastSeenMs ?? 0) > LATE_MS ? 'care' : undefined}
          >
            {ago(register.lastSeenMs)}
          </td>
          <td className="figures" data-tone={(register.behind ?? 0) > 0 ? 'care' : undefined}>
            <JournalText register={register} />
          </td>
          <td>
            <Tag tone={KEY_TONES[register.key]}>{words.keys[register.key]}</Tag>
          </td>
          <td data-right="">{register.refundLimitOre === null ? words.noLimit : <Money ore={register.refundLimitOre} />}</td>
          {acts === undefined ? null : <td className="acts">{acts(register)}</td>}
        </tr>
      ))}
    </Table>
  );
}

function JournalText({ register }: { readonly register: RegisterRow }) {
  const words = useOffice().texts.store;
  const { confirmedSeq, behind } = register;
  if (confirmedSeq === 0) return words.nothingYet;
  if (behind === null) return fill(words.received, { n: confirmedSeq });
  return behind === 0 ? words.upToDate : fill(words.behind, { n: behind });
}

/** Whose keys refund for a store, its short name, and whether it is closed and refunded for. */
export function StoreFacts({ store }: { readonly store: StoreRow }) {
  const { texts, language } = useOffice();
  const words = texts.store;
  return (
    <>
      {store.storeId} · {store.currency} · {store.unit === null ? words.noUnit : words.ways[store.unit.way]}
      {store.closedMs === null ? null : (
        <>
          {' · '}
          {fill(words.closed, { date: '' })}
          <Moment atMs={store.closedMs} />
          {' · '}
          {store.refundsUntilMs === null ? words.noRefunds : fill(words.refundsUntil, { date: momentText(store.refundsUntilMs, language) })}
        </>
      )}
    </>
  );
}
