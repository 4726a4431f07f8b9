/** A purchase as it was sold: its goods with the prices of then, how it was paid, and everything that has come back. */
import type { OrderStory } from '../../app/head-office/page-contract.ts';
import { formatOre, formatQuantityMilli } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import { Heading } from './heading.tsx';
import { Answered, CurrencyMark, Money, momentText, StoreLink, Table, useRegisterName } from './parts.tsx';
import { RefundTable } from './refund-table.tsx';
import { useAnswer, useOffice } from './use-office.ts';

export function OrderPage({ orderId }: { readonly orderId: string }) {
  const { shown, reload } = useAnswer('order', { orderId });
  return (
    <Answered shown={shown} reload={reload}>
      {(order) => <Order order={order} />}
    </Answered>
  );
}

function Order({ order }: { readonly order: OrderStory }) {
  const { texts, language } = useOffice();
  const words = texts.order;
  const registerName = useRegisterName();
  const register = registerName(order.soldBy.registerId);
  const facts = { when: momentText(order.completedAtMs, language), store: order.soldBy.storeName, register, operator: order.operator };
  return (
    <>
      <Heading title={fill(words.title, { receipt: order.receiptNumber })} intro={fill(words.sold, facts)} />
      <div className="stack">
        <section className="card">
          <h3>{words.lines}</h3>
          <Lines order={order} />
        </section>
        <section className="card">
          <h3>{words.paid}</h3>
          <ul className="tenders">
            {order.tenders.map((tender) => (
              <li key={tender.tenderNo}>
                <span className="tender-what">
                  <strong>{words.kinds[tender.kind]}</strong>
                  {tender.reference === null ? null : <code>{tender.reference}</code>}
                  {tender.refundedOre === 0 ? null : (
                    <span className="hint figures">{fill(words.refunded, { amount: formatOre(tender.refundedOre, language) })}</span>
                  )}
                  {tender.reservedOre === 0 ? null : (
                    <span className="hint figures">{fill(words.held, { amount: formatOre(tender.reservedOre, language) })}</span>
                  )}
                </span>
                <Money ore={tender.amountOre} />
              </li>
            ))}
          </ul>
        </section>
        <section className="card">
          <h3>{words.refunds}</h3>
          {order.refunds.length === 0 ? (
            <p className="hint">{words.noRefunds}</p>
          ) : (
            <RefundTable name={words.refunds} refunds={order.refunds} ofOneOrder />
          )}
        </section>
        <dl className="facts">
          <div>
            <dt>{texts.search.store}</dt>
            <dd>
              <StoreLink store={order.soldBy} />
            </dd>
          </div>
          <div>
            <dt>{words.journal}</dt>
            <dd>
              {order.journal.seq === null
                ? fill(words.journalEpoch, { register, epoch: order.journal.epoch })
                : fill(words.journalPlace, { register, epoch: order.journal.epoch, seq: order.journal.seq })}
            </dd>
          </div>
          <div>
            <dt>{words.orderId}</dt>
            <dd>
              <code>{order.orderId}</code>
            </dd>
          </div>
        </dl>
      </div>
    </>
  );
}

function Lines({ order }: { readonly order: OrderStory }) {
  const { texts, language } = useOffice();
  const words = texts.order;
  const { columns } = words;
  const quantity = (milli: number) => formatQuantityMilli(milli, language, { weighed: false });
  return (
    <Table
      name={words.lines}
      columns={[
        { label: columns.article },
        { label: columns.quantity, right: true },
        { label: columns.price, right: true },
        { label: columns.returned, right: true },
        { label: columns.sum, right: true },
      ]}
      foot={
        <tr>
          <th scope="row" colSpan={4}>
            {words.total} <CurrencyMark currency={order.currency} />
          </th>
          <td data-right="">
            <Money ore={order.totalOre} />
          </td>
        </tr>
      }
    >
      {order.lines.map((line) => (
        <tr key={line.lineNo}>
          <th scope="row">
            {line.name} <span className="hint figures">{line.articleNumber}</span>
          </th>
          <td data-right="">
            {quantity(line.quantityMilli)} {line.unit}
          </td>
          <td data-right="">
            <Money ore={line.unitPriceOre} />
          </td>
          <td data-right="" data-tone={line.reservedMilli > 0 ? 'care' : undefined}>
            {line.returnedMilli === 0 && line.reservedMilli > 0 ? null : line.returnedMilli === 0 ? '–' : quantity(line.returnedMilli)}
            {line.reservedMilli === 0 ? null : ` ${fill(words.reserved, { quantity: quantity(line.reservedMilli) })}`}
          </td>
          <td data-right="">
            <Money ore={line.netOre} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
