/** One file for whoever helps. */
import { fill } from '../../app/text/screen.ts';
import { keepFile } from './keep-file.ts';
import { useAsking, useSettings } from './use-section.ts';

export function SupportPage() {
  const { texts, settings } = useSettings();
  const { ask, said, setSaid, busy } = useAsking();
  const make = async () => {
    const answer = await ask({ type: 'support-bundle' }, texts.saving);
    if (answer?.ok !== true || answer.type !== 'bundle') return;
    keepFile(answer.fileName, answer.base64, 'application/zip');
    setSaid({ tone: 'good', field: null, message: fill(texts.support.made, { file: answer.fileName }) });
  };
  return (
    <div className="sheet">
      <div className="sheet-fields">
        <p className="hint figures">{fill(texts.support.version, { version: settings.software })}</p>
      </div>
      <div className="sheet-foot">
        <p className="said" role="status" data-tone={said?.tone}>
          {said?.message ?? ''}
        </p>
        <button type="button" className="button" data-weight="primary" aria-disabled={busy} onClick={() => void (busy ? null : make())}>
          {texts.support.make}
        </button>
      </div>
    </div>
  );
}
