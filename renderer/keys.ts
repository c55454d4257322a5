const mac = /Mac/.test(navigator.userAgent);

/** How a chord is printed on this platform, from `mod`, `shift` and a key. */
export function chord(...keys: readonly string[]): string {
  const names: Readonly<Record<string, string>> = mac
    ? { mod: '⌘', shift: '⇧', enter: '⏎', esc: 'esc' }
    : { mod: 'Ctrl', shift: '⇧', enter: '⏎', esc: 'Esc' };
  return keys.map((key) => names[key] ?? key).join(mac ? '' : ' ');
}

/** An accelerator of the core (Electron's spelling) as it is printed on this platform's keys. */
export function printed(accelerator: string): string {
  const names: Readonly<Record<string, string>> = mac
    ? { CommandOrControl: '⌘', Command: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧', Super: '⌘' }
    : { CommandOrControl: 'Ctrl', Control: 'Ctrl', Command: 'Super' };
  const keys = accelerator.split('+');
  return keys.map((key) => names[key] ?? key).join(mac ? '' : ' ');
}

/** True while keys belong to a text field, an open dialog or a menu, so that single keys must not act. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog[open], [role=menu], [role=dialog]')) return true;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** True where Enter already means something: on a control outside the card. */
export function onControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, input, [role=slider], summary') !== null;
}

/** Ctrl, or Command on a Mac, without Alt. */
export const withMod = (event: KeyboardEvent): boolean =>
  (mac ? event.metaKey : event.ctrlKey) && !event.altKey;
