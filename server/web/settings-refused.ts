/** A request of the settings that is answered with a sentence instead of what it asked for. */
import type { SettingsRefusal, SettingsRefusalCode } from '../../app/till/settings.ts';

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly answer: SettingsRefusal;
  constructor(code: SettingsRefusalCode, message: string, field: string | null = null) {
    super(message);
    this.answer = { ok: false, code, field, message };
  }
}
