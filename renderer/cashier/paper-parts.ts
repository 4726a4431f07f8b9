/** A receipt's text in the parts that a screen draws: lines, and the codes that stand in it as `[QR …]`. */
export type PaperPart =
  | { readonly kind: 'text'; readonly key: string; readonly text: string }
  | { readonly kind: 'qr'; readonly key: string; readonly content: string };

const QR_LINE = /^\s*\[QR (.+)\]\s*$/;

/** Each part with a key of its own; empty lines at the end are left out. */
export function paperParts(text: string): readonly PaperPart[] {
  const parts: PaperPart[] = [];
  let lines: string[] = [];
  const endText = () => {
    if (lines.length > 0) parts.push({ kind: 'text', key: `text-${parts.length}`, text: lines.join('\n') });
    lines = [];
  };
  for (const line of text.trimEnd().split('\n')) {
    const content = QR_LINE.exec(line)?.[1];
    if (content === undefined) lines.push(line);
    else {
      endText();
      parts.push({ kind: 'qr', key: `qr-${parts.length}`, content });
    }
  }
  endText();
  return parts;
}
