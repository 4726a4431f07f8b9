/** What comes over the WebSocket, looked at just closely enough to be trusted: the till has built it, the wire may have cut it. */
import type { CommandAnswer, QueryAnswer } from '../../app/till/contract.ts';

export type ServerMessage<View> =
  | { readonly type: 'beat' }
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'answer'; readonly id: string; readonly answer: CommandAnswer | QueryAnswer };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads one message. `null` for what is not one: it is dropped, and the line lives on. */
export function readMessage<View extends { readonly version: number }>(data: unknown): ServerMessage<View> | null {
  if (typeof data !== 'string') return null;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  switch (value.type) {
    case 'beat':
      return { type: 'beat' };
    case 'view':
      return isRecord(value.view) && typeof value.view.version === 'number' ? { type: 'view', view: value.view as unknown as View } : null;
    case 'answer':
      return typeof value.id === 'string' && isRecord(value.answer)
        ? { type: 'answer', id: value.id, answer: value.answer as unknown as CommandAnswer | QueryAnswer }
        : null;
    default:
      return null;
  }
}

/** Whether an answer belongs to a command (and not to a query). */
export function isCommandAnswer(answer: CommandAnswer | QueryAnswer): answer is CommandAnswer {
  return 'ok' in answer && typeof answer.ok === 'boolean';
}
