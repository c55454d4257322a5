import { z } from 'zod';
import { SHORTCUTS } from './shortcut.ts';

/** A modifier of an accelerator, whatever it is called there. */
export type Modifier = 'control' | 'alt' | 'shift' | 'super';

/** An accelerator taken apart: `key` is one capital letter, a digit, a name (`Space`) or `F1` to `F24`. */
export interface Chord {
  readonly modifiers: ReadonlySet<Modifier>;
  readonly key: string;
}

/** Electron's names of modifiers (its accelerator page); `Command` is the key beside the space bar of a Mac. */
const MODIFIERS: Readonly<Record<string, Modifier>> = {
  commandorcontrol: 'control',
  cmdorctrl: 'control',
  control: 'control',
  ctrl: 'control',
  alt: 'alt',
  option: 'alt',
  shift: 'shift',
  super: 'super',
  meta: 'super',
  command: 'super',
  cmd: 'super',
};

/** Named keys beside letters, digits and F-keys. */
export const NAMED_KEYS = [
  'Space',
  'Tab',
  'Backspace',
  'Delete',
  'Insert',
  'Return',
  'Up',
  'Down',
  'Left',
  'Right',
  'Home',
  'End',
  'PageUp',
  'PageDown',
] as const;

/**
 * Takes an accelerator in Electron's spelling apart, or returns null where it is none. A key that writes needs a modifier
 * beside Shift: taken alone, no app could write it any more.
 */
export function readChord(accelerator: string): Chord | null {
  const parts = accelerator.split('+');
  const last = parts.pop() ?? '';
  const modifiers = new Set<Modifier>();
  for (const part of parts) {
    const modifier = MODIFIERS[part.toLowerCase()];
    if (!modifier) return null;
    modifiers.add(modifier);
  }
  const functional = /^f(?:[1-9]|1\d|2[0-4])$/i.test(last);
  const named = NAMED_KEYS.find((each) => each.toLowerCase() === last.toLowerCase());
  const key = /^[a-z0-9]$/i.test(last) || functional ? last.toUpperCase() : named;
  if (!key) return null;
  const strong = modifiers.has('control') || modifiers.has('alt') || modifiers.has('super');
  return strong || functional ? { modifiers, key } : null;
}

/** An accelerator as a person reads it, e.g. `Ctrl+Alt+P`; the text itself where it is none. */
export function chordWords(accelerator: string): string {
  const chord = readChord(accelerator);
  if (!chord) return accelerator;
  const names = { control: 'Ctrl', alt: 'Alt', shift: 'Shift', super: 'Super' } as const;
  const order = ['control', 'alt', 'shift', 'super'] as const;
  return [...order.filter((each) => chord.modifiers.has(each)).map((each) => names[each]), chord.key].join(
    '+',
  );
}

/**
 * Why keys cannot be taken: another program holds them, the system did not lend them, the keyboard has no such key, another
 * shortcut here has the same, there is no graphical session, it is Wayland, the display does not answer, this system lends
 * keys to the desktop app alone, or the program runs without a window.
 */
export const REFUSALS = [
  'held',
  'notLent',
  'noKey',
  'same',
  'noSession',
  'wayland',
  'noDisplay',
  'desktopApp',
  'noWindow',
] as const;

/** Keys that could not be taken: the kind, for who says it in another language, and one English sentence. */
export const Refusal = z.object({ code: z.enum(REFUSALS), reason: z.string().max(300) });
export type Refusal = Readonly<z.infer<typeof Refusal>>;

/** One shortcut as it is in force: `off` was not wanted, `refused` is held by another program or unknown here. */
export const ShortcutState = z.object({
  name: z.enum(SHORTCUTS),
  keys: z.string().max(64).nullable(),
  state: z.enum(['works', 'off', 'refused']),
  /** Why it is refused, one sentence, and its kind. */
  reason: Refusal.shape.reason.optional(),
  code: Refusal.shape.code.optional(),
});
export type ShortcutState = z.infer<typeof ShortcutState>;
