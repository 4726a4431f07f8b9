/** Refunds, one a row. */
import type { RefundRowView } from '../../app/head-office/page-contract.ts';
import { fill } from '../../app/text/screen.ts';
import { CurrencyMark, Moment, Money, RefundState, Table, useRegisterName } from './parts.tsx';
import { addressOf } from './place.ts';
import { useOffice } from './use-office.ts';

interface RefundTableProps {
  readonly name: string;
  readonly refunds: readonly RefundRowView[];
  /** Where it was sold stands above the table already. */
  readonly ofOneOrder?: boolean;
}

export function RefundTable({ name, refunds, ofOneOrder = false }: RefundTableProps) {
  const { texts } = useOffice();
  const { columns, receipt } = texts.refunds;
  const reasons: Readonly<Record<string, string>> = texts.reasons;
  const registerName = useRegisterName();
  return (
    <Table
      name={name}
      columns={[
        { label: columns.asked },
        { label: columns.where },
        ...(ofOneOrder ? [] : [{ label: columns.sold }]),
        { label: columns.why },
        { label: columns.state },
        { label: columns.amount, right: true },
      ]}
    >
      {refunds.map((refund) => (
        <tr key={refund.refundId}>
          <th scope="row">
            <a className="link" href={addressOf('refund', refund.refundId)}>
              <Moment atMs={refund.askedMs} />
            </a>
          </th>
          <td>
            {refund.refundedBy.storeName}, {registerName(refund.refundedBy.registerId)}
          </td>
          {ofOneOrder ? null : (
            <td>
              {refund.soldBy.storeName}
              {refund.receiptNumber === null ? null : (
                <>
                  {', '}
                  <a className="link" href={addressOf('order', refund.orderId)}>
                    {fill(receipt, { receipt: refund.receiptNumber })}
                  </a>
                </>
              )}
            </td>
          )}
          <td>{refund.reason}</td>
          <td>
            <RefundState state={refund.state} />
            {refund.code === null ? null : <span className="hint"> {reasons[refund.code] ?? refund.code}</span>}
          </td>
          <td data-right="" data-tone={refund.askedOre === null ? undefined : 'quiet'}>
            <Money ore={refund.askedOre ?? refund.amountOre} /> <CurrencyMark currency={refund.currency} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
