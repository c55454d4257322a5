import type { Record as RecordExtension } from 'x11';
import { AppError } from '../../errors.ts';
import type { KeysAdapter, KeysListener } from '../keyboard.ts';
import { strokeOf, type Pressed } from '../strokes.ts';
import { connectX, type Connection } from './connection.ts';
import { followInputMethods, namedInputMethod } from './inputMethod.ts';
import { followKeyboardMap } from './keyboardMap.ts';
import { createKeysProbe, NO_OPERATION, type Recording } from './keysProbe.ts';

/** X11 protocol: codes of KeyPress, KeyRelease and ButtonPress, size of an event, bits of its state. */
const KEY_PRESS = 2;
const KEY_RELEASE = 3;
const BUTTON_PRESS = 4;
/** Buttons 4 to 7 are the wheel, which moves no caret. */
const WHEEL = { first: 4, last: 7 } as const;
const EVENT_BYTES = 32;
const SHIFT = 1;
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
 * would cost 50 MB for nothing. The key code becomes a category in the same call that reads it; what the key means
 * under the layout is looked up only when the listener asks for it within that call.
 */
export function createX11Keys(env: NodeJS.ProcessEnv): KeysAdapter {
  return {
    reads: true,
    async open(listener, options = {}) {
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
          const readable = options.text ? await readKeys(control, env, listener) : null;
          const pressed = (code: number, state: number) => {
            const held = {
              command: (state & CONTROL) !== 0,
              other: (state & ALT_OR_SUPER) !== 0,
            };
            const stroke = strokeOf({ ...(roles.get(code) ?? { role: 'other' }), ...held });
            if (!stroke || done) return;
            if (!readable) {
              listener.pressed(stroke);
              return;
            }
            // The code is gone when this call is over: whoever did not ask by then never can.
            let open = true;
            listener.pressed(stroke, () => {
              const keysym = open ? readable(code, state) : 0;
              if (keysym === 0) return null;
              return { keysym, shift: (state & SHIFT) !== 0, control: held.command, other: held.other };
            });
            open = false;
          };
          const recording = await record(data, pressed, {
            ...(options.text && { pointed: () => void (!done && listener.pointed?.()) }),
          });
          listener.proves?.(await createKeysProbe(control, recording));
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

/** The keysym of a key under the present layout; 0 where nobody can tell what a text field makes of it. */
type ReadKey = (code: number, state: number) => number;

async function readKeys(
  link: Connection,
  env: NodeJS.ProcessEnv,
  listener: KeysListener,
): Promise<ReadKey | null> {
  const named = namedInputMethod(env);
  const tell = () => {
    const method = named ?? methods?.running() ?? null;
    listener.unreadable?.(method === null ? null : { because: 'input method', name: method });
  };
  let methods: Awaited<ReturnType<typeof followInputMethods>> | null = null;
  methods = await followInputMethods(link, tell);
  const map = await followKeyboardMap(link, () => listener.relaid?.());
  if (map) tell();
  else listener.unreadable?.({ because: 'no layout' });
  return (code, state) => {
    if (named !== null || methods.running() !== null) return 0;
    return map?.current()?.keysym(code, state) ?? 0;
  };
}

async function record(
  link: Connection,
  pressed: (code: number, state: number) => void,
  { pointed }: { readonly pointed?: () => void },
): Promise<Recording> {
  const { X } = link;
  const extension = await link.ask<RecordExtension>((reply) => X.require('record', reply));
  if (!extension) {
    throw new AppError(
      'missing-program',
      '[monitor:keyboard] this X server has no RECORD extension, so keys cannot be counted; use an X.Org server',
    );
  }
  const context = X.AllocID();
  const recording = { echoes: 0, lastKey: -Infinity };
  const ranges = [
    { deviceEvents: { first: KEY_PRESS, last: KEY_RELEASE } },
    ...(pointed ? [{ deviceEvents: { first: BUTTON_PRESS, last: BUTTON_PRESS } }] : []),
    // A request that does nothing and that nobody makes: the self-test's.
    { coreRequests: { first: NO_OPERATION, last: NO_OPERATION } },
  ];
  extension.CreateContext(context, 0, [extension.CS.AllClients], ranges);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 1000);
    extension.EnableContext(
      context,
      (reply) => {
        clearTimeout(timer);
        // The first reply says that recording began; it carries no event.
        resolve();
        if (reply.category === extension.Category.FromClient) recording.echoes++;
        if (reply.category !== extension.Category.FromServer) return;
        for (let at = 0; at + EVENT_BYTES <= reply.data.length; at += EVENT_BYTES) {
          // The high bit marks events that a program made up.
          const kind = reply.data[at]! & 0x7f;
          const detail = reply.data[at + 1]!;
          if (kind === KEY_PRESS || kind === KEY_RELEASE) recording.lastKey = performance.now();
          if (kind === KEY_PRESS) pressed(detail, reply.data.readUInt16LE(at + 28));
          else if (kind === BUTTON_PRESS && (detail < WHEEL.first || detail > WHEEL.last)) pointed?.();
        }
        // The keys of this message are in no buffer from here on.
        reply.data.fill(0);
      },
      () => true,
    );
    // The package keeps every reply of a series in an array until the series ends, which here is never: a day of
    // typing would stay in memory, key codes included. Its fourth slot takes any object with `push`.
    const series = X.replies[X.seq_num];
    if (series) series[3] = { push: () => 0 };
  });
  return recording;
}
