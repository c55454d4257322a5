import { z } from 'zod';

/** Keys that a shortcut may end with, as Electron spells them. */
const KEY =
  '(?:[A-Z0-9]|F(?:[1-9]|1[0-9]|2[0-4])|Space|Tab|Backspace|Delete|Insert|Return|Up|Down|Left|Right|Home|End|PageUp|PageDown)';

/**
 * Keys as Electron's accelerators spell them: `CommandOrControl+Alt+P`. A key that writes or moves needs one of Ctrl,
 * Command, Alt or Super, or it could no longer be typed anywhere; a function key may stand alone.
 */
export const Accelerator = z
  .string()
  .max(60)
  .regex(
    new RegExp(
      String.raw`^(?:(?:Shift\+)?F(?:[1-9]|1[0-9]|2[0-4])|(?:(?:CommandOrControl|Command|Control|Alt|Super)\+)(?:(?:Alt|Shift|Super)\+)*${KEY})$`,
    ),
    'a shortcut is one of Ctrl, Command, Alt or Super with a key, or a function key: CommandOrControl+Alt+P',
  );
export type Accelerator = z.infer<typeof Accelerator>;

/** What keys that work in every app can do: pause or resume, "I needed help here", accept the card, show the window. */
export const SHORTCUTS = ['pause', 'need', 'accept', 'show'] as const;
export type ShortcutName = (typeof SHORTCUTS)[number];

const keys = Accelerator.nullable();

/** The keys of each, null for none. */
export const Shortcuts = z.object({
  pause: keys.default('CommandOrControl+Alt+P'),
  need: keys.default('CommandOrControl+Alt+H'),
  accept: keys.default('CommandOrControl+Alt+Y'),
  show: keys.default('CommandOrControl+Alt+B'),
});
export type Shortcuts = z.infer<typeof Shortcuts>;

/** The first two that have the same keys, or null. */
export function clash(shortcuts: Shortcuts): readonly [ShortcutName, ShortcutName] | null {
  for (const [at, first] of SHORTCUTS.entries())
    for (const second of SHORTCUTS.slice(at + 1))
      if (shortcuts[first] !== null && shortcuts[first] === shortcuts[second]) return [first, second];
  return null;
}
