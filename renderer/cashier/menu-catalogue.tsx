import { useRef, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { CatalogueReport } from '../../app/till/contract.ts';
import { useTill } from './use-till.ts';

/** The contract's longest base64, as bytes of a file. */
const MOST_BYTES = 30_000_000;

/** A file's bytes as base64 text. Gives null when it cannot be read. */
function readBase64(file: File): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      const comma = address.indexOf(',');
      resolve(comma < 0 ? null : address.slice(comma + 1));
    };
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}

type Progress =
  | { readonly kind: 'ready' }
  | { readonly kind: 'reading'; readonly name: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'done'; readonly report: CatalogueReport };

/** Reads an article list into the register and says what became of each row. */
export function Catalogue() {
  const { till, texts } = useTill();
  const input = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<Progress>({ kind: 'ready' });

  const take = async (file: File) => {
    if (file.size > MOST_BYTES) {
      setProgress({ kind: 'too-large' });
      return;
    }
    setProgress({ kind: 'reading', name: file.name });
    const base64 = await readBase64(file);
    const answer = await till.send({ type: 'import-catalogue', fileName: file.name.slice(0, 200), base64: base64 ?? '' });
    // A refusal is said in the band below.
    setProgress(answer.ok === true && answer.report !== undefined ? { kind: 'done', report: answer.report } : { kind: 'ready' });
  };

  return (
    <div className="menu">
      <p className="hint">{texts.catalogue.intro}</p>
      <div>
        <button
          type="button"
          className="button"
          data-size="large"
          data-weight={progress.kind === 'done' ? undefined : 'primary'}
          disabled={progress.kind === 'reading'}
          onClick={() => input.current?.click()}
        >
          {progress.kind === 'done' ? texts.catalogue.again : texts.catalogue.choose}
        </button>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file !== undefined) void take(file);
          }}
        />
      </div>
      <div role="status">
        {progress.kind === 'reading' ? <p>{fill(texts.catalogue.reading, { name: progress.name })}</p> : null}
        {progress.kind === 'too-large' ? <p className="hint">{texts.catalogue.tooLarge}</p> : null}
        {progress.kind === 'done' ? <Report report={progress.report} /> : null}
      </div>
    </div>
  );
}

export function Report({ report }: { readonly report: CatalogueReport }) {
  const { texts } = useTill();
  return (
    <div className="report">
      <p className="report-good">
        {fill(report.imported === 1 ? texts.catalogue.oneImported : texts.catalogue.imported, { count: report.imported })}
      </p>
      <p className={report.refused === 0 ? 'hint' : 'report-refused'}>
        {report.refused === 0
          ? texts.catalogue.allGood
          : fill(report.refused === 1 ? texts.catalogue.oneRefused : texts.catalogue.refused, { count: report.refused })}
      </p>
      {report.problems.length === 0 ? null : (
        <ul className="report-problems">
          {report.problems.map((problem) => (
            <li key={`${problem.line}-${problem.message}`}>
              <span>{fill(texts.catalogue.line, { line: problem.line })}</span>
              <span>{problem.message}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
