/** One version of what is published: what is in it, and which registers have it. */
import { useState } from 'react';
import type { PublicationStory, PublishedItem } from '../../app/head-office/page-contract.ts';
import { fill } from '../../app/text/screen.ts';
import { Heading } from './heading.tsx';
import { Answered, Moment, Money, MoreButton, momentText, StoreLink, Table, useRegisterName } from './parts.tsx';
import { StartText, StateTag, StoresText } from './published-page.tsx';
import { useAnswer, useMore, useOffice } from './use-office.ts';

export function PublicationPage({ version }: { readonly version: number }) {
  const { shown, reload } = useAnswer('publication', { version });
  return (
    <Answered shown={shown} reload={reload}>
      {(publication) => <Publication publication={publication} />}
    </Answered>
  );
}

function Publication({ publication }: { readonly publication: PublicationStory }) {
  const { texts, language } = useOffice();
  const words = texts.published;
  const { version, kind, name, by, publishedMs, withdrawn } = publication;
  return (
    <>
      <Heading
        title={fill(words.title, { version, kind: words.kinds[kind] })}
        intro={fill(words.publishedBy, { who: by, when: momentText(publishedMs, language) })}
      >
        <StateTag row={publication} />
      </Heading>
      <div className="stack">
        {withdrawn === null ? null : <p>{fill(words.withdrawnBy, { who: withdrawn.by, when: momentText(withdrawn.atMs, language) })}</p>}
        <dl className="facts">
          <div>
            <dt>{words.columns.stores}</dt>
            <dd>
              <StoresText row={publication} />
            </dd>
          </div>
          <div>
            <dt>{words.columns.from}</dt>
            <dd>
              <StartText row={publication} />
            </dd>
          </div>
          <div>
            <dt>{words.file}</dt>
            <dd>{name}</dd>
          </div>
        </dl>
        <Holders publication={publication} />
        <Items publication={publication} />
      </div>
    </>
  );
}

function Holders({ publication: { holders } }: { readonly publication: PublicationStory }) {
  const words = useOffice().texts.published;
  const registerName = useRegisterName();
  return (
    <section className="card">
      <h3>{words.holders}</h3>
      {holders.length === 0 ? (
        <p className="hint">{words.noHolders}</p>
      ) : (
        <Table name={words.holders} columns={[{ label: words.holderColumns.register }, { label: words.holderColumns.fetched }]}>
          {holders.map((holder) => (
            <tr key={`${holder.storeId} ${holder.registerId}`}>
              <th scope="row">
                <StoreLink store={holder} />, {registerName(holder.registerId)}
              </th>
              <td data-tone={holder.fetchedMs === null ? 'care' : undefined}>
                {holder.fetchedMs === null ? words.notYet : <Moment atMs={holder.fetchedMs} />}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

function Items({ publication }: { readonly publication: PublicationStory }) {
  const { link, texts } = useOffice();
  const words = texts.published;
  const { kind, version } = publication;
  const columns = words.itemColumns;
  const [busy, setBusy] = useState(false);
  const { rows, next, add } = useMore<PublishedItem, number>(publication.items, publication.next);
  const more = async () => {
    if (next === null || busy) return;
    setBusy(true);
    const told = await link.ask('publication', { version, page: next });
    setBusy(false);
    if (told.ok) add(told.answer.items, told.answer.next);
  };
  const isPeople = kind === 'operators';
  const isNamed = isPeople || kind === 'catalogue';
  return (
    <section className="card">
      <h3>{fill(words.rows, { n: publication.rows })}</h3>
      <Table
        name={words.kinds[kind]}
        columns={[
          { label: isPeople ? columns.person : columns.article },
          ...(isNamed ? [{ label: columns.name }] : []),
          ...(kind === 'catalogue' ? [{ label: columns.group }, { label: columns.ean }] : []),
          ...(isPeople ? [{ label: columns.role }] : []),
          ...(kind === 'catalogue' || kind === 'prices' ? [{ label: columns.price, right: true }] : []),
        ]}
      >
        {rows.map((item) => (
          <tr key={item.id}>
            <th scope="row" className="figures">
              {item.id}
            </th>
            {isNamed ? <td>{item.name}</td> : null}
            {kind === 'catalogue' ? (
              <>
                <td>{item.group}</td>
                <td className="figures">{item.ean}</td>
              </>
            ) : null}
            {isPeople ? <td>{item.role === null ? null : words.roles[item.role]}</td> : null}
            {item.priceOre === null ? null : (
              <td data-right="">
                <Money ore={item.priceOre} />
              </td>
            )}
          </tr>
        ))}
      </Table>
      {next === null ? null : <MoreButton busy={busy} onMore={() => void more()} />}
    </section>
  );
}
