/** Takes up again a sale that was set aside, once nothing is in the basket. */
import { useTill } from './use-till.ts';

/** @param title which sale, for who cannot see the row that the button stands in. */
export function ResumeButton({ saleId, title }: { readonly saleId: string; readonly title: string }) {
  const { till, view, texts, state } = useTill();
  const command = { type: 'resume-sale', saleId } as const;
  const busy = view.basket !== null && view.basket.lines.length > 0;
  return (
    <button
      type="button"
      className="button"
      data-size="small"
      disabled={busy || state.underWay.has(JSON.stringify(command))}
      aria-label={`${texts.parked.resume}: ${title}`}
      onClick={() => void till.send(command)}
    >
      {texts.parked.resume}
    </button>
  );
}
