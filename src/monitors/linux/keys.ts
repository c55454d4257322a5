import type { Record as RecordExtension } from 'x11';
import { AppError } from '../../errors.ts';
import type { KeysAdapter } from '../keyboard.ts';
import { strokeOf, type Pressed } from '../strokes.ts';
import { connectX, type Connection } from './connection.ts';

/** X11 protocol: code of KeyPress, size of an event, bits of its state, first keysym of the function keys. */
const KEY_PRESS = 2;
const EVENT_BYTES = 32;
const CONTROL = 4;
/** Mod1 (Alt) and Mod4 (Super); Mod2 is Num Lock and Mod5 is AltGr, which types letters. */
const ALT_OR_SUPER = 8 | 64;

/** Role of a key by its first keysym (X11/keysymdef.h), and its Latin letter in whichever group has one. */
export function roleOf(keysyms: readonly number[]): Pick<Pressed, 'role' | 'latin'> {
  const letter = keysyms.find((each) => (each >= 0x61 && each <= 0x7a) || (each >= 0x41 && each <= 0x5a));
  const latin = letter === undefined ? undefined : String.fromCharCode(letter).toLowerCase();
  const first = keysyms.find((each) => each !== 0) ?? 0;
  if (first === 0x20) return { role: 'space' };
  if (first === 0xff0d || first === 0xff8d) return { role: 'enter' };
  if (first === 0xff09) return { role: 'tab' };
  if (first === 0xff08 || first === 0xffff) return { role: 'correction' };
  if ((first >= 0xffe1 && first <= 0xffee) || (first >= 0xfe01 && first <= 0xfe13) || first === 0xff7f)
    return { role: 'modifier' };
  // Keysyms below 0xfe00 and the Unicode range are characters; dead keys (0xfe50 ff.) start one.
  const character = (first > 0x20 && first < 0xfe00) || first >= 0x1000000;
  return { role: character || (first >= 0xffaa && first <= 0xffb9) ? 'letter' : 'other', latin };
}

/**
 * Key presses of the whole X11 session by the RECORD extension, in this process: the child that other platforms need
 * would cost 50 MB for nothing. The key code becomes a category in the same call that reads it.
 */
export function createX11Keys(env: NodeJS.ProcessEnv): KeysAdapter {
  return {
    async open(listener) {
      let done = false;
      const died = (error: AppError) => {
        if (!done) listener.died(error);
        done = true;
      };
      // Two connections, because one that records can ask for nothing else.
      const control = await connectX('monitor:keyboard', env, died);
      const close = async (...links: Connection[]) => {
        done = true;
        await Promise.all(links.map((each) => each.close()));
      };
      try {
        const data = await connectX('monitor:keyboard', env, died);
        try {
          const roles = await readRoles(control);
          await record(data, (code, state) => {
            const stroke = strokeOf({
              ...(roles.get(code) ?? { role: 'other' }),
              command: (state & CONTROL) !== 0,
              other: (state & ALT_OR_SUPER) !== 0,
            });
            if (stroke && !done) listener.pressed(stroke);
          });
          return () => close(data, control);
        } catch (thrown) {
          await close(data);
          throw thrown;
        }
      } catch (thrown) {
        await close(control);
        throw thrown;
      }
    },
  };
}

/** Roles by key code, read again whenever the layout changes. */
async function readRoles(
  link: Connection,
): Promise<{ get(code: number): ReturnType<typeof roleOf> | undefined }> {
  const { first, last } = link.keycodes;
  let roles = new Map<number, ReturnType<typeof roleOf>>();
  const read = async () => {
    const rows = await link.ask<readonly (readonly number[])[]>((reply) =>
      link.X.GetKeyboardMapping(first, last - first + 1, reply),
    );
    if (rows) roles = new Map(rows.map((row, index) => [first + index, roleOf(row)]));
  };
  let again: NodeJS.Immediate | null = null;
  link.onEvent((event) => {
    // One change of layout is told key by key.
    if (event.name === 'MappingNotify')
      again ??= setImmediate(() => {
        again = null;
        read().catch(() => {});
      });
  });
  await read();
  return { get: (code) => roles.get(code) };
}

async function record(link: Connection, pressed: (code: number, state: number) => void): Promise<void> {
  const { X } = link;
  const extension = await link.ask<RecordExtension>((reply) => X.require('record', reply));
  if (!extension) {
    throw new AppError(
      'missing-program',
      '[monitor:keyboard] this X server has no RECORD extension, so keys cannot be counted; use an X.Org server',
    );
  }
  const context = X.AllocID();
  const deviceEvents = { first: KEY_PRESS, last: KEY_PRESS };
  extension.CreateContext(context, 0, [extension.CS.AllClients], [{ deviceEvents }]);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 1000);
    extension.EnableContext(
      context,
      (reply) => {
        clearTimeout(timer);
        // The first reply says that recording began; it carries no event.
        resolve();
        if (reply.category !== extension.Category.FromServer) return;
        for (let at = 0; at + EVENT_BYTES <= reply.data.length; at += EVENT_BYTES) {
          // The high bit marks events that a program made up.
          if ((reply.data[at]! & 0x7f) === KEY_PRESS)
            pressed(reply.data[at + 1]!, reply.data.readUInt16LE(at + 28));
        }
      },
      () => true,
    );
    // The package keeps every reply of a series in an array until the series ends, which here is never: a day of
    // typing would stay in memory, key codes included. Its fourth slot takes any object with `push`.
    const series = X.replies[X.seq_num];
    if (series) series[3] = { push: () => 0 };
  });
}
