import { vi } from 'vitest';
import { createGuard } from '../../src/privacy/privacy.ts';
import { Settings } from '../../src/model/settings.ts';
import type { Press } from '../../src/monitors/press.ts';
import { createTyping } from '../../src/monitors/typing.ts';
import type { Typed } from '../../src/monitors/said.ts';

/** Names of keys, as xdotool spells them. */
const KEYS: Readonly<Record<string, number>> = {
  BackSpace: 0xff08,
  Delete: 0xffff,
  Tab: 0xff09,
  Return: 0xff0d,
  Escape: 0xff1b,
  Home: 0xff50,
  End: 0xff57,
  Left: 0xff51,
  Right: 0xff53,
  Up: 0xff52,
  Down: 0xff54,
  Multi_key: 0xff20,
  dead_acute: 0xfe51,
  dead_circumflex: 0xfe52,
  dead_diaeresis: 0xfe57,
  F5: 0xffc2,
  Shift_L: 0xffe1,
  KP_7: 0xffb7,
  KP_Decimal: 0xffae,
  Cyrillic_zhe: 0x6d6,
  XF86AudioMute: 0x1008ff12,
};

/** A key by its name with modifiers in front: `ctrl+shift+Left`. */
export function pressOf(name: string): Press {
  const parts = name.split('+').filter(Boolean);
  const key = parts.at(-1) ?? name;
  const code = key.codePointAt(0) ?? 0;
  const keysym = KEYS[key] ?? (code < 256 ? code : 0x1000000 + code);
  return {
    keysym,
    shift: parts.includes('shift'),
    control: parts.includes('ctrl'),
    other: parts.includes('alt') || parts.includes('super'),
  };
}

/** One typed character; a line break is Enter. */
export const characterPress = (character: string): Press =>
  character === '\n' ? pressOf('Return') : character === '+' ? press(0x2b) : pressOf(character);
const press = (keysym: number): Press => ({ keysym, shift: false, control: false, other: false });

/** A guard with the program's real redaction. */
export const realGuard = () => createGuard({ settings: () => Settings.parse({}), person: {}, region: 'DE' });

/** Somebody who types, with a clock of their own: call inside `vi.useFakeTimers()`. */
export function createTypist(guard: Parameters<typeof createTyping>[0]['guard'] = realGuard()) {
  const kept = new Map<string, Typed>();
  const lost: string[] = [];
  const everKept: Typed[] = [];
  let next = 0;
  const typing = createTyping({
    clock: { now: () => Date.now() },
    guard,
    keep(typed) {
      next += 1;
      kept.set(String(next), typed);
      everKept.push(typed);
      return String(next);
    },
    retract: (event) => void kept.delete(event),
    lose: (loss) => void lost.push(loss),
  });
  const wait = (ms: number) => vi.advanceTimersByTime(ms);
  return {
    typing,
    kept,
    lost,
    everKept,
    wait,
    /** Types a text at `every` milliseconds a key. */
    type(text: string, app = 'Mousepad', every = 80) {
      for (const character of text) {
        typing.press(app, characterPress(character));
        wait(every);
      }
    },
    key(...names: string[]) {
      for (const name of names) {
        typing.press('Mousepad', pressOf(name));
        wait(80);
      }
    },
    /** What stands in the log now. */
    texts: () => [...kept.values()].map((typed) => typed.text),
  };
}
