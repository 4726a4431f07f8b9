/** What head office publishes for the registers: every version, who published it, from when it stands, and how many have it. */
import type { PageAnswers, PublishedRow } from '../../app/head-office/page-contract.ts';
import { fill } from '../../app/text/screen.ts';
import { Heading } from './heading.tsx';
import { Answered, Empty, Moment, MoreButton, Table, Tag } from './parts.tsx';
import { addressOf } from './place.ts';
import { useAnswer, useMore, useOffice } from './use-office.ts';

export function PublishedPage() {
  const { texts } = useOffice();
  const { shown, reload } = useAnswer('published', {}, true);
  return (
    <>
      <Heading title={texts.pages.published} intro={texts.intros.published} />
      <Answered shown={shown} reload={reload}>
        {(answer) => <List answer={answer} />}
      </Answered>
    </>
  );
}

function List({ answer }: { readonly answer: PageAnswers['published'] }) {
  const { link, texts } = useOffice();
  const words = texts.published;
  const { columns } = words;
  const { rows, next, add } = useMore<PublishedRow, number>(answer.versions, answer.next);
  if (rows.length === 0) return <Empty title={words.none} how={words.noneHow} />;
  const more = async () => {
    if (next === null) return;
    const told = await link.ask('published', { after: next });
    if (told.ok) add(told.answer.versions, told.answer.next);
  };
  return (
    <div className="card">
      <Table
        name={texts.pages.published}
        columns={[
          { label: columns.version },
          { label: columns.what },
          { label: columns.stores },
          { label: columns.from },
          { label: columns.by },
          { label: columns.registers, right: true },
        ]}
      >
        {rows.map((row) => (
          <tr key={row.version}>
            <th scope="row">
              <a className="link figures" href={addressOf('publication', String(row.version))}>
                {row.version}
              </a>
            </th>
            <td>
              {words.kinds[row.kind]}, {fill(words.rows, { n: row.rows })} <span className="hint">{row.name}</span>
              <StateTag row={row} />
            </td>
            <td>
              <StoresText row={row} />
            </td>
            <td>
              <StartText row={row} />
            </td>
            <td>
              {row.by} <Moment atMs={row.publishedMs} />
            </td>
            <td className="figures" data-right="" data-tone={isWaiting(row) ? 'care' : undefined}>
              {fill(words.have, { fetched: row.fetched, registers: row.registers })}
            </td>
          </tr>
        ))}
      </Table>
      {next === null ? null : <MoreButton busy={false} onMore={() => void more()} />}
    </div>
  );
}

const isWaiting = ({ withdrawn, coveredBy, fetched, registers }: PublishedRow): boolean =>
  withdrawn === null && coveredBy === null && fetched < registers;

/** What it has come to where it is not simply in force. */
export function StateTag({ row }: { readonly row: PublishedRow }) {
  const words = useOffice().texts.published;
  if (row.withdrawn !== null) return <Tag tone="bad">{words.withdrawn}</Tag>;
  return row.coveredBy === null ? null : <Tag tone="quiet">{fill(words.covered, { version: row.coveredBy })}</Tag>;
}

export function StoresText({ row }: { readonly row: PublishedRow }) {
  const words = useOffice().texts.published;
  return row.stores === null ? words.allStores : row.stores.map(({ storeName }) => storeName).join(', ');
}

/** By the shops' own clocks, so as it was said. */
export function StartText({ row: { from } }: { readonly row: PublishedRow }) {
  const words = useOffice().texts.published;
  return <span className="figures">{from === null ? words.atOnce : from.replace('T', ' ')}</span>;
}
