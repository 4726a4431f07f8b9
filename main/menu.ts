/** The program's menu: quitting, editing, and the choice of the customer's display. None in a locked register. */
import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopTexts } from '../app/text/desktop.ts';
import type { DisplayFacts } from './displays.ts';

export interface MenuFacts {
  readonly displays: readonly DisplayFacts[];
  /** Where the customer's window fills a display; `null` when it is a window. */
  readonly customerDisplayId: number | null;
  readonly onChoose: (display: DisplayFacts) => void;
  readonly onSettings: () => void;
  readonly onQuit: () => void;
}

export function menuTemplate(texts: DesktopTexts, facts: MenuFacts): MenuItemConstructorOptions[] {
  const displays: MenuItemConstructorOptions[] =
    facts.displays.length < 2
      ? [{ label: texts.onlyOneDisplay, enabled: false }]
      : facts.displays.map((display, index) => ({
          label: texts.displayName(index + 1, display.label),
          type: 'radio',
          checked: display.id === facts.customerDisplayId,
          click: () => facts.onChoose(display),
        }));
  return [
    {
      label: texts.program,
      submenu: [
        { label: texts.customerDisplay, submenu: displays },
        { label: texts.settings, click: () => facts.onSettings() },
        { type: 'separator' },
        { label: texts.quit, accelerator: 'CmdOrCtrl+Q', click: () => facts.onQuit() },
      ],
    },
    { label: texts.edit, role: 'editMenu' },
  ];
}
