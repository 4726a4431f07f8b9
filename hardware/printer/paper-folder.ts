/** Papers kept in a folder: for each its bytes (`.bin`), its picture (`.png`) and its text (`.txt`), the oldest removed. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeptPaper {
  readonly id: string;
  readonly atMs: number;
  readonly bytes: Uint8Array;
  /** What came out before the paper was cut off; false for a whole job. */
  readonly torn: boolean;
}

const NAME = /^(\d{6,})(-torn)?\.bin$/;

function baseName(paper: KeptPaper): string {
  return paper.torn ? `${paper.id}-torn` : paper.id;
}

/** The papers of a folder, oldest first, at most `keep`. The folder is made when it is missing. */
export function readPaperFolder(directory: string, keep: number): KeptPaper[] {
  mkdirSync(directory, { recursive: true });
  const papers = readdirSync(directory).flatMap((name): KeptPaper[] => {
    const match = NAME.exec(name);
    if (match === null) return [];
    const path = join(directory, name);
    return [
      {
        id: match[1] ?? '',
        atMs: Math.round(statSync(path).mtimeMs),
        bytes: new Uint8Array(readFileSync(path)),
        torn: match[2] !== undefined,
      },
    ];
  });
  return papers.sort((a, b) => Number(a.id) - Number(b.id)).slice(-keep);
}

export function writePaper(directory: string, paper: KeptPaper, picture: { readonly png: Uint8Array; readonly text: string }): void {
  const base = join(directory, baseName(paper));
  writeFileSync(`${base}.png`, picture.png);
  writeFileSync(`${base}.txt`, `${picture.text}\n`);
  writeFileSync(`${base}.bin`, paper.bytes);
  utimesSync(`${base}.bin`, new Date(paper.atMs), new Date(paper.atMs));
}

export function removePaper(directory: string, paper: KeptPaper): void {
  for (const ending of ['bin', 'png', 'txt']) rmSync(join(directory, `${baseName(paper)}.${ending}`), { force: true });
}
