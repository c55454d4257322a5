import x11, { type XEvent } from 'x11';
import { asAppError } from '../errors.ts';
import type { Refusals, ShortcutsPort } from '../model/ports.ts';
import { chordWords, readChord, type Chord, type Modifier, type Refusal } from '../model/chord.ts';
import { connectX, type Connection } from '../monitors/linux/connection.ts';

/** Milliseconds until a display that went away is tried again. */
const AGAIN = 5000;
/** AnyKey and AnyModifier (X11 protocol, GrabKey). */
const ANY_KEY = 0;
const ANY_MODIFIER = 0x8000;
/** The grab lets everything else go on: GrabModeAsync. */
const ASYNC = 1;
const SHIFT = 1;
const LOCK = 2;
const CONTROL = 4;
/** Keysyms of the keys that make a modifier what it is (X11/keysymdef.h). */
const NUM_LOCK = [0xff7f];
const SCROLL_LOCK = [0xff14];
const ALT = [0xffe9, 0xffea];
const SUPER = [0xffeb, 0xffec];

/** What a keyboard is at the moment: where its keys are and which bit each modifier has. */
interface Keyboard {
  readonly keycodes: ReadonlyMap<number, number>;
  readonly bits: Readonly<Record<Modifier, number>>;
  /** Every combination of the locks, which must make no difference. */
  readonly locks: readonly number[];
}

/**
 * Takes keys from the X server by XGrabKey on the root window: in every combination of the lock keys, again after each
 * change of the layout, and given back when the connection ends, however the program does.
 */
export function createX11Shortcuts(options: { readonly env: NodeJS.ProcessEnv }): ShortcutsPort {
  const pressed: ((accelerator: string) => void)[] = [];
  const changed: ((refusals: Refusals) => void)[] = [];
  let wanted: readonly string[] = [];
  let link: Connection | null = null;
  let grabs = new Map<string, string>();
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let released = { keycode: 0, time: -1 };

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = tail.then(work);
    tail = next.catch(() => {});
    return next;
  };

  const onEvent = (event: XEvent) => {
    if (event.name === 'MappingNotify') again(0);
    const { keycode = 0, time = 0 } = event;
    if (event.name === 'KeyRelease') released = { keycode, time };
    if (event.name !== 'KeyPress') return;
    // A key that is held is told as released and pressed again at one moment.
    if (released.keycode === keycode && released.time === time) return;
    const accelerator = grabs.get(`${keycode}:${(event.buttons ?? 0) & 0xff}`);
    if (accelerator) for (const listener of pressed) listener(accelerator);
  };

  /** Takes all anew, soon, and tells what became of it. */
  function again(ms: number): void {
    clearTimeout(timer);
    if (over) return;
    timer = setTimeout(() => void renew(), ms);
    timer.unref();
  }

  async function renew(): Promise<void> {
    const refusals = await inOrder(grab);
    if (over) return;
    for (const listener of changed) listener(refusals);
  }

  async function connection(): Promise<Connection> {
    if (link) return link;
    const opened = await connectX('shortcuts', options.env, () => {
      link = null;
      again(AGAIN);
    });
    opened.onEvent(onEvent);
    link = opened;
    return opened;
  }

  async function grab(): Promise<Refusals> {
    if (over || (wanted.length === 0 && !link)) return {};
    let here: Connection;
    try {
      here = await connection();
      here.X.UngrabKey(here.root, ANY_KEY, ANY_MODIFIER);
      grabs = new Map();
      const keyboard = await readKeyboard(here);
      const refusals: Record<string, Refusal> = {};
      for (const accelerator of wanted) {
        const why = await grabOne(here, keyboard, accelerator);
        if (why) refusals[accelerator] = why;
      }
      return refusals;
    } catch (thrown) {
      if (!over) again(AGAIN);
      const reason = asAppError(thrown, 'no-display', 'shortcuts').message.replace(/^\[\w+\] /, '');
      return Object.fromEntries(wanted.map((each) => [each, { code: 'noDisplay', reason }]));
    }
  }

  /** Why it could not be taken, or undefined. */
  async function grabOne(
    here: Connection,
    board: Keyboard,
    accelerator: string,
  ): Promise<Refusal | undefined> {
    const chord = readChord(accelerator);
    const keycode = chord ? board.keycodes.get(keysymOf(chord)) : undefined;
    if (!chord || keycode === undefined) {
      return { code: 'noKey', reason: `this keyboard has no key for ${chordWords(accelerator)}` };
    }
    const modifiers = [...chord.modifiers].reduce((sum, each) => sum | board.bits[each], 0);
    const states = board.locks.map((lock) => modifiers | lock);
    const taken = await Promise.all(
      states.map(
        (state) =>
          new Promise<boolean>((resolve) => {
            here.X.GrabKey(here.root, 1, state, keycode, ASYNC, ASYNC, (error) => {
              resolve(!error);
              return true;
            });
          }),
      ),
    );
    if (taken.every(Boolean)) {
      for (const state of states) grabs.set(`${keycode}:${state}`, accelerator);
      return undefined;
    }
    // Half a shortcut, which works only while a lock is on, is none.
    states.forEach((state, at) => taken[at] && here.X.UngrabKey(here.root, keycode, state));
    return { code: 'held', reason: `another program holds ${chordWords(accelerator)}` };
  }

  return {
    take(accelerators) {
      return inOrder(() => {
        wanted = [...accelerators];
        return grab();
      });
    },
    onPressed: (listener) => void pressed.push(listener),
    onChanged: (listener) => void changed.push(listener),
    async close() {
      over = true;
      clearTimeout(timer);
      await tail;
      await link?.close();
      link = null;
    },
  };
}

async function readKeyboard(link: Connection): Promise<Keyboard> {
  const { X, keycodes } = link;
  const { first, last } = keycodes;
  const [symbols, modifiers] = await Promise.all([
    link.ask<readonly (readonly number[])[]>((reply) => X.GetKeyboardMapping(first, last - first + 1, reply)),
    link.ask<readonly (readonly number[])[]>((reply) => X.GetModifierMapping(reply)),
  ]);
  const codes = new Map<number, number>();
  // The first level of each group: what a key types without Shift, the layout in front first.
  for (const column of [0, 2, 4, 6]) {
    (symbols ?? []).forEach((row, at) => {
      const symbol = row[column];
      if (symbol && !codes.has(symbol)) codes.set(symbol, first + at);
    });
  }
  const bit = (of: readonly number[]): number =>
    (modifiers ?? []).reduce((sum, keys, at) => {
      const has = keys.some(
        (code) => code !== 0 && symbols?.[code - first]?.some((each) => of.includes(each)),
      );
      return has ? sum | (1 << at) : sum;
    }, 0);
  const locks = [LOCK, bit(NUM_LOCK), bit(SCROLL_LOCK)].filter(
    (each, at, all) => each && all.indexOf(each) === at,
  );
  return {
    keycodes: codes,
    bits: { shift: SHIFT, control: CONTROL, alt: bit(ALT) || 8, super: bit(SUPER) || 64 },
    locks: locks.reduce<number[]>((sums, lock) => [...sums, ...sums.map((each) => each | lock)], [0]),
  };
}

/** Keys that X calls otherwise (X11/keysymdef.h). */
const NAMES: Readonly<Record<string, string>> = {
  Space: 'space',
  Backspace: 'BackSpace',
  PageUp: 'Page_Up',
  PageDown: 'Page_Down',
};

/** Keysym of an accelerator's key; letters by their small form, which is what a key is listed under. */
function keysymOf({ key }: Chord): number {
  if (/^[A-Z]$/.test(key)) return key.toLowerCase().charCodeAt(0);
  if (/^\d$/.test(key)) return key.charCodeAt(0);
  const name = `XK_${NAMES[key] ?? key}`;
  return x11.keySyms[name]?.code ?? -1;
}
