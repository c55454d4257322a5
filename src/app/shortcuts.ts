import type { Refusals, ShortcutsPort } from '../model/ports.ts';
import { chordWords, type Refusal, type ShortcutState } from '../model/chord.ts';
import { SHORTCUTS, type ShortcutName, type Shortcuts } from '../model/shortcut.ts';

const SAME: Refusal = { code: 'same', reason: 'another of these shortcuts has the same keys' };

/** The keys that work in every app, as they are in force. */
export interface ShortcutKeys {
  /** Takes what the settings say now. */
  follow(): Promise<void>;
  /** Absent before the host was asked, and where it has no such keys at all. */
  state(): ShortcutState[] | undefined;
  close(): Promise<void>;
}

/** Keeps the host's keys as the settings want them and does what is pressed; a press that fails ends nothing. */
export function createShortcuts(options: {
  readonly port: ShortcutsPort | undefined;
  readonly wanted: () => Shortcuts;
  readonly act: Readonly<Record<ShortcutName, () => unknown>>;
  readonly onChange: () => void;
  readonly onError: (thrown: unknown) => void;
}): ShortcutKeys {
  const { port, wanted } = options;
  let refused: Refusals | null = null;
  let taken = '';
  let last: Promise<unknown> = Promise.resolve();

  const ofKeys = (keys: string): ShortcutName | undefined =>
    SHORTCUTS.find((name) => wanted()[name] === keys);

  port?.onPressed((keys) => {
    const name = ofKeys(keys);
    if (name) void (async () => options.act[name]())().catch(options.onError);
  });
  port?.onChanged((now) => {
    refused = now;
    options.onChange();
  });

  /** Two settings with the same keys, however they are spelled: the first in the list has them. */
  const doubled = (name: ShortcutName, keys: string) =>
    SHORTCUTS.find((each) => chordWords(wanted()[each] ?? '') === chordWords(keys)) !== name;

  const stateOf = (name: ShortcutName, refusals: Refusals): ShortcutState => {
    const keys = wanted()[name];
    if (keys === null) return { name, keys, state: 'off' };
    const refusal = doubled(name, keys) ? SAME : refusals[keys];
    return refusal === undefined
      ? { name, keys, state: 'works' }
      : { name, keys, state: 'refused', code: refusal.code, reason: refusal.reason.slice(0, 300) };
  };

  async function take(): Promise<void> {
    const keys = [...new Set(SHORTCUTS.map((name) => wanted()[name]).filter((each) => each !== null))];
    if (!port || (refused && taken === JSON.stringify(keys))) return;
    refused = await port.take(keys);
    taken = JSON.stringify(keys);
    options.onChange();
  }

  return {
    follow() {
      const next = last.then(take).catch(options.onError);
      last = next;
      return next;
    },
    state: () => (refused ? SHORTCUTS.map((name) => stateOf(name, refused!)) : undefined),
    async close() {
      await last;
      await port?.close();
    },
  };
}
