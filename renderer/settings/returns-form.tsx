/** What a cashier may take back alone, and what a manager may approve while head office is away. */
import { useState } from 'react';
import { formatOrePlain } from '../../app/money/format.ts';
import { parseKronerToOre } from '../../app/money/parse.ts';
import { Sheet, TextField } from './fields.tsx';
import { useSection, useSettings } from './use-section.ts';

export function ReturnsForm() {
  const { texts, settings } = useSettings();
  const { draft, change, save, said, setSaid, busy } = useSection('returns');
  const language = settings.sections.languages.cashier;
  const plain = (amountOre: number | null) => (amountOre === null ? '' : formatOrePlain(amountOre, language));
  const [above, setAbove] = useState(plain(draft.approvalAboveOre));
  const [most, setMost] = useState(plain(draft.offlineMostOre));

  /** What was typed goes into the draft as far as it is an amount, so that leaving the page asks first. */
  const type = (field: 'approvalAboveOre' | 'offlineMostOre', text: string) => {
    (field === 'approvalAboveOre' ? setAbove : setMost)(text);
    const read = parseKronerToOre(text);
    if (field === 'approvalAboveOre' && text.trim() === '') change({ approvalAboveOre: null });
    else if (read.ok) change({ [field]: read.amountOre });
    else setSaid(null);
  };
  const saveAll = async () => {
    const wrong = [
      ...(above.trim() === '' || parseKronerToOre(above).ok ? [] : ['approvalAboveOre']),
      ...(parseKronerToOre(most).ok ? [] : ['offlineMostOre']),
    ][0];
    if (wrong === undefined) await save();
    else setSaid({ tone: 'bad', field: wrong, message: texts.mistakes['not-an-amount'] });
  };
  return (
    <Sheet said={said} busy={busy} onSave={() => void saveAll()}>
      <TextField
        label={texts.fields.approvalAbove}
        hint={texts.fields.approvalAboveHint}
        value={above}
        onChange={(text) => type('approvalAboveOre', text)}
        field="approvalAboveOre"
        said={said}
        figures
      />
      {settings.inChain ? (
        <TextField
          label={texts.fields.offlineMost}
          hint={texts.fields.offlineMostHint}
          value={most}
          onChange={(text) => type('offlineMostOre', text)}
          field="offlineMostOre"
          said={said}
          figures
        />
      ) : null}
    </Sheet>
  );
}
