/** A support bundle leaves the program as a file where the owner says. Pages download nothing: main writes it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DesktopTexts } from '../app/text/desktop.ts';
import type { SettingsAnswer } from '../app/till/settings.ts';
import type { Electron } from './electron.ts';

/** Any answer but a bundle is passed on as it is; a bundle becomes a file, and a sentence that says where it is. */
export async function keepBundle(
  { app, dialog }: Pick<Electron, 'app' | 'dialog'>,
  texts: DesktopTexts,
  answer: SettingsAnswer,
): Promise<SettingsAnswer> {
  if (!answer.ok || answer.type !== 'bundle') return answer;
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: join(app.getPath('downloads'), answer.fileName) });
  if (canceled || filePath === '') return { ok: true, type: 'checked', message: texts.bundleNotKept };
  try {
    writeFileSync(filePath, Buffer.from(answer.base64, 'base64'), { mode: 0o600, flush: true });
  } catch {
    return { ok: false, code: 'cannot-write', field: null, message: texts.bundleNotWritten(filePath) };
  }
  return { ok: true, type: 'checked', message: texts.bundleKept(filePath) };
}
