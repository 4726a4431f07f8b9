/** Putting text into fields the way a key press would. */

/** An event on the window, with the text as its `detail`: typed where no field could take it. */
export const TYPED = 'typed';

const TEXT_TYPES = new Set(['text', 'search', 'tel', 'url', 'password']);

/** A field that takes characters. Checkboxes, files and buttons do not. */
export function isEditable(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  if (element instanceof HTMLTextAreaElement) return !element.disabled && !element.readOnly;
  return element instanceof HTMLInputElement && TEXT_TYPES.has(element.type) && !element.disabled && !element.readOnly;
}

/** Where typing goes when no field has the focus: a prompt's field, else the open pane's, else the search. */
export function typingTarget(): HTMLInputElement | null {
  for (const place of ['prompt', 'pane', 'search']) {
    const found = document.querySelector<HTMLInputElement>(`input[data-typing="${place}"]`);
    if (found !== null) return found.matches(':disabled') || found.closest('[inert]') !== null ? null : found;
  }
  return null;
}

/** Replaces a part of a field's text and tells the page, as a key press does. */
function replace(field: HTMLInputElement | HTMLTextAreaElement, text: string, start: number, end: number): void {
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}

/** Inserts at the selection. Text beyond the field's longest length is dropped. Gives the way to take it back. */
export function insertText(field: HTMLInputElement | HTMLTextAreaElement, text: string): () => void {
  const before = field.value;
  const start = field.selectionStart ?? before.length;
  const end = field.selectionEnd ?? start;
  const room = field.maxLength < 0 ? text.length : Math.max(0, field.maxLength - (before.length - (end - start)));
  const fitting = text.slice(0, room);
  if (fitting !== '' || start !== end) replace(field, fitting, start, end);
  return () => {
    if (field.value === before) return;
    replace(field, before, 0, field.value.length);
    field.setSelectionRange(start, end);
  };
}
