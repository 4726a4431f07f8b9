/** One file for whoever helps. */
import { fill } from '../../app/text/screen.ts';
import { useAsking, useSettings } from './use-section.ts';

/** Hands a file to the browser, which keeps it where downloads go. */
function keepFile(fileName: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

export function SupportPage() {
  const { texts, settings } = useSettings();
  const { ask, said, setSaid, busy } = useAsking();
  const make = async () => {
    const answer = await ask({ type: 'support-bundle' }, texts.saving);
    if (answer?.ok !== true || answer.type !== 'bundle') return;
    keepFile(answer.fileName, answer.base64);
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
