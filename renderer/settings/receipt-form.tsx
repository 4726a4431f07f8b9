/** What stands on a receipt: its last line, and the shop's logo as the printer burns it. */
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import { ChoiceField, Sheet, TextField } from './fields.tsx';
import { useAsking, useSection, useSettings } from './use-section.ts';

export function ReceiptForm() {
  const { texts } = useSettings();
  const { draft, change, save, said, busy } = useSection('receipt');
  const keepChosenLogo = useRef<KeepLogo | null>(null);
  // Whoever saves the page means the logo on it too.
  const saveAll = async () => {
    if ((await keepChosenLogo.current?.()) !== false) await save();
  };
  return (
    <Sheet said={said} busy={busy} onSave={() => void saveAll()}>
      <TextField label={texts.fields.footer} value={draft.footer} onChange={(footer) => change({ footer })} field="footer" said={said} />
      <ChoiceField
        label={texts.fields.afterVipps}
        value={draft.afterVipps}
        options={[
          { value: 'ask' as const, label: texts.fields.ask },
          { value: 'print' as const, label: texts.fields.print },
        ]}
        onChange={(afterVipps) => change({ afterVipps: afterVipps === 'print' ? 'print' : 'ask' })}
      />
      <Logo keepChosen={keepChosenLogo} />
    </Sheet>
  );
}

const MOST_BYTES = 600_000;

interface Shown {
  /** As it prints, in base64. */
  readonly png: string;
  /** The file that was chosen and is not kept yet; `null` for the kept one. */
  readonly chosen: string | null;
}

/** Keeps the logo that was chosen; `false` when it was refused. */
type KeepLogo = () => Promise<boolean>;

function Logo({ keepChosen }: { readonly keepChosen: RefObject<KeepLogo | null> }) {
  const { texts, settings, link } = useSettings();
  const words = texts.devices.logo;
  const { ask, said, setSaid, busy } = useAsking();
  const [shown, setShown] = useState<Shown | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    if (!settings.hasLogo) return;
    link.ask({ type: 'show-logo' }).then(
      (answer) => {
        if (answer.ok && answer.type === 'logo' && answer.png !== null) setShown({ png: answer.png, chosen: null });
      },
      () => {},
    );
  }, [link, settings.hasLogo]);

  const choose = async (chosen: File) => {
    if (chosen.size > MOST_BYTES) {
      const message = fill(words.tooHeavy, { size: Math.ceil(chosen.size / 1_000), most: MOST_BYTES / 1_000 });
      setSaid({ tone: 'bad', field: null, message });
      return;
    }
    const base64 = await toBase64(chosen);
    const answer = await ask({ type: 'show-logo', base64 }, texts.checking);
    if (answer?.ok !== true || answer.type !== 'logo' || answer.png === null) return;
    setShown({ png: answer.png, chosen: base64 });
    setSaid(null);
  };
  const keep = async (base64: string | null): Promise<boolean> => {
    const answer = await ask({ type: 'keep-logo', base64 }, texts.saving);
    if (answer?.ok !== true) return false;
    setShown((old) => (base64 === null || old === null ? null : { png: old.png, chosen: null }));
    setSaid({ tone: 'good', field: null, message: base64 === null ? words.removed : words.kept });
    return true;
  };
  useEffect(() => {
    const chosen = shown?.chosen ?? null;
    keepChosen.current = chosen === null ? null : () => keep(chosen);
  });
  return (
    <section className="device" aria-labelledby={id}>
      <h3 id={id}>{words.label}</h3>
      {shown === null ? (
        <p>{words.none}</p>
      ) : (
        <div className="logo-paper">
          <img src={`data:image/png;base64,${shown.png}`} alt={words.preview} />
        </div>
      )}
      <p className="said" role="status" data-tone={said?.tone}>
        {said?.message ?? ''}
      </p>
      <div className="device-buttons">
        <input
          ref={file}
          type="file"
          accept="image/png"
          hidden
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            // The same file may be chosen again, after it was saved anew.
            event.target.value = '';
            if (chosen !== undefined) void choose(chosen);
          }}
        />
        <button type="button" className="button" aria-disabled={busy} onClick={() => (busy ? undefined : file.current?.click())}>
          {words.choose}
        </button>
        {shown?.chosen == null ? null : (
          <button type="button" className="button" data-weight="primary" aria-disabled={busy} onClick={() => void keep(shown.chosen)}>
            {words.keep}
          </button>
        )}
        {settings.hasLogo && shown?.chosen === null ? (
          <button type="button" className="button" data-weight="quiet" aria-disabled={busy} onClick={() => void keep(null)}>
            {words.remove}
          </button>
        ) : null}
      </div>
    </section>
  );
}

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
