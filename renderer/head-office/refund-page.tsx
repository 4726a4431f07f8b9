/** One refund's whole story: what, how much, and every step with when, where, who and why. */
import type { ReactNode } from 'react';
import type { Deed, RefundStory } from '../../app/head-office/page-contract.ts';
import { formatQuantityMilli } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import { Heading } from './heading.tsx';
import { Answered, Moment, Money, momentText, RefundState, useMoneyText, useRegisterName } from './parts.tsx';
import { addressOf } from './place.ts';
import { useAnswer, useOffice } from './use-office.ts';

export function RefundPage({ refundId }: { readonly refundId: string }) {
  const { shown, reload } = useAnswer('refund', { refundId });
  return (
    <Answered shown={shown} reload={reload}>
      {(refund) => <Refund refund={refund} />}
    </Answered>
  );
}

function Refund({ refund }: { readonly refund: RefundStory }) {
  const { texts, language } = useOffice();
  const words = texts.refund;
  const money = useMoneyText();
  const registerName = useRegisterName();
  const isOwn = refund.refundedBy.storeId === refund.soldBy.storeId;
  const whose = fill(isOwn ? words.ownStore : words.whose, {
    refunding: refund.refundedBy.storeName,
    register: registerName(refund.refundedBy.registerId),
    selling: refund.soldBy.storeName,
  });
  const reasons: Readonly<Record<string, string>> = texts.reasons;
  const why = refund.code === null ? null : (reasons[refund.code] ?? refund.code);
  return (
    <>
      <Heading title={fill(words.title, { amount: money(refund.askedOre ?? refund.amountOre, refund.currency) })} intro={whose}>
        <RefundState state={refund.state} />
      </Heading>
      <div className="stack">
        <p>
          {refund.askedOre === null ? null : `${fill(words.asked, { amount: money(refund.askedOre, refund.currency) })} `}
          {words.explained[refund.state]}
          {why === null ? null : ` ${why}`}
          {refund.inCash ? ` ${words.inCash}` : null}
        </p>
        <dl className="facts">
          <Fact name={words.facts.reason}>{refund.reason}</Fact>
          <Fact name={words.facts.operator}>{refund.operator}</Fact>
          {refund.approvedBy === null ? null : <Fact name={words.facts.approvedBy}>{refund.approvedBy}</Fact>}
          <Fact name={words.facts.asked}>{momentText(refund.askedMs, language)}</Fact>
          {refund.endedMs === null ? null : <Fact name={words.facts.ended}>{momentText(refund.endedMs, language)}</Fact>}
          <Fact name={words.facts.order}>
            <a className="link" href={addressOf('order', refund.orderId)}>
              {refund.receiptNumber === null ? refund.orderId : fill(texts.order.title, { receipt: refund.receiptNumber })}
            </a>
          </Fact>
          <Fact name={words.facts.refundId}>
            <code>{refund.refundId}</code>
          </Fact>
        </dl>
        {refund.lines.length === 0 ? null : (
          <section className="card">
            <h3>{words.goods}</h3>
            <ul className="tenders">
              {refund.lines.map((line) => (
                <li key={line.lineNo}>
                  <span className="figures">
                    {formatQuantityMilli(line.quantityMilli, language, { weighed: false })} × {line.name}
                  </span>
                  <Money ore={line.amountOre} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {refund.parts.length === 0 && refund.creditOre === 0 ? null : (
          <section className="card">
            <h3>{words.money}</h3>
            <ul className="tenders">
              {refund.parts.map((part) => (
                <li key={part.partNo}>
                  <span className="tender-what">
                    <strong>{texts.order.kinds[part.kind]}</strong>
                    <span className="hint">{words.partStates[part.state]}</span>
                    {part.reference === null ? null : <code>{part.reference}</code>}
                    {part.providerCode === null ? null : (
                      <span className="hint">{fill(words.providerCode, { code: part.providerCode })}</span>
                    )}
                    {part.state === 'refused' && refund.state === 'done' ? <span data-tone="bad">{words.paidByPeople}</span> : null}
                  </span>
                  <Money ore={part.amountOre} />
                </li>
              ))}
              {refund.creditOre === 0 ? null : (
                <li>
                  <strong>{words.credit}</strong>
                  <Money ore={refund.creditOre} />
                </li>
              )}
            </ul>
          </section>
        )}
        <section className="card">
          <h3>{words.story}</h3>
          <ol className="deeds">
            {refund.deeds.map((deed) => (
              <DeedRow key={`${deed.atMs} ${deed.what} ${deed.part}`} deed={deed} />
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function DeedRow({ deed }: { readonly deed: Deed }) {
  const { texts } = useOffice();
  const words = texts.refund;
  const registerName = useRegisterName();
  const names: Readonly<Record<string, string>> = words.deeds;
  const { register, operator } = deed;
  const who =
    register === null
      ? (operator ?? texts.nobody)
      : fill(words.by, { who: operator ?? '', store: register.storeName, register: registerName(register.registerId) });
  return (
    <li>
      <Moment atMs={deed.atMs} />
      <span className="deed-what">
        <strong>{fill(names[deed.what] ?? deed.what, { part: deed.part ?? '' })}</strong>
        <span className="hint">{who}</span>
        {deed.why === null ? null : <span>{deed.why}</span>}
        {deed.code === null ? null : <code>{deed.code}</code>}
      </span>
    </li>
  );
}
