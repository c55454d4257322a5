import { z } from 'zod';
import { AppError, asAppError } from '../errors.ts';
import type { Spawn } from '../model/ports.ts';
import type { KeysAdapter } from './keyboard.ts';
import { Stroke, strokeOf, type Pressed } from './strokes.ts';

/** The child's end of the channel to its parent. */
export interface KeysPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** What the child tells: categories of keys, that it watches, or why it cannot. */
const FromKeys = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('alive') }),
  z.object({ kind: z.literal('pressed'), stroke: Stroke }),
  z.object({ kind: z.literal('failed'), reason: z.string().max(300) }),
]);

/** The hook delivers nothing for this long after a start that went wrong silently. */
const READY_MS = 20_000;

/** What the parent asks: that it stops, or whether it is still there. */
const ToKeys = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('ask') }),
]);

const nobody = (): void => {};

/** A child that is there answers in a few milliseconds. */
const ALIVE_MS = 1_500;

/** Key codes of libuiohook (uiohook.h, virtual codes are set-1 scan codes) that are not part of words. */
const ROLES: Readonly<Record<number, Pressed['role']>> = {
  14: 'correction',
  3667: 'correction',
  57: 'space',
  15: 'tab',
  28: 'enter',
  3612: 'enter',
  ...Object.fromEntries(
    [29, 3613, 56, 3640, 42, 54, 3675, 3676, 58, 69, 70].map((code) => [code, 'modifier' as const]),
  ),
};
/** Main block of a keyboard: digits, letters and punctuation, and the digits of the number pad. */
const isLetter = (code: number) =>
  (code >= 2 && code <= 13) ||
  (code >= 16 && code <= 27) ||
  (code >= 30 && code <= 41) ||
  (code >= 43 && code <= 53) ||
  (code >= 71 && code <= 83) ||
  code === 86;
/** Scan codes of the keys that name chords on a Latin layout. */
const LATIN: Readonly<Record<number, string>> = { 31: 's', 46: 'c', 45: 'x', 47: 'v', 44: 'z', 33: 'f' };

/** The Stroke of one key-down event of libuiohook; null for a modifier alone. */
export function strokeOfHook(
  event: {
    readonly keycode: number;
    readonly ctrlKey: boolean;
    readonly altKey: boolean;
    readonly metaKey: boolean;
  },
  platform: NodeJS.Platform,
): Stroke | null {
  const mac = platform === 'darwin';
  const role = ROLES[event.keycode] ?? (isLetter(event.keycode) ? 'letter' : 'other');
  const latin = LATIN[event.keycode];
  // AltGr is Control and Alt at once on Windows, and types letters; Option types letters on macOS.
  const typing = mac ? event.altKey && !event.metaKey : event.ctrlKey && event.altKey;
  return strokeOf({
    role,
    ...(latin && { latin }),
    command: !typing && (mac ? event.metaKey : event.ctrlKey),
    other: !typing && (mac ? event.ctrlKey : event.altKey || event.metaKey),
  });
}

/**
 * Body of the child process: hosts the native hook, because that ends its whole process where there is no display
 * (libuiohook, XOpenDisplay), and tells the parent categories only. Whatever the parent says ends the hook, but for
 * the question whether it is there.
 */
export async function runKeys(port: KeysPort): Promise<void> {
  try {
    const { uIOhook } = await import('uiohook-napi');
    uIOhook.on('keydown', (event) => {
      const stroke = strokeOfHook(event, process.platform);
      if (stroke) port.send({ kind: 'pressed', stroke });
    });
    port.onMessage((message) => {
      if (ToKeys.safeParse(message).data?.kind === 'ask') port.send({ kind: 'alive' });
      else uIOhook.stop();
    });
    uIOhook.start();
    port.send({ kind: 'ready' });
  } catch (thrown) {
    port.send({
      kind: 'failed',
      reason: asAppError(thrown, 'missing-program', 'keys').message.slice(0, 300),
    });
  }
}

/** Keys by the child process, for Windows and macOS (and any platform with libuiohook). */
export function createChildKeys(spawn: Spawn): KeysAdapter {
  return {
    // Its codes are scan codes: without the layout they are not what a field shows.
    reads: false,
    open: (listener) =>
      new Promise((resolve, reject) => {
        const child = spawn('keys');
        let state: 'starting' | 'ready' | 'over' = 'starting';
        /** Who waits for the child's answer that it is there. */
        let answered: () => void = nobody;
        const { promise: gone, resolve: ended } = Promise.withResolvers<void>();
        const fail = (error: AppError) => {
          const before = state;
          state = 'over';
          clearTimeout(timer);
          child.kill();
          if (before === 'starting') reject(error);
          else if (before === 'ready') listener.died(error);
        };
        const timer = setTimeout(
          () => fail(new AppError('timeout', '[monitor:keyboard] the keyboard hook did not start in time')),
          READY_MS,
        );
        child.onMessage((message) => {
          const told = FromKeys.safeParse(message);
          if (!told.success || state === 'over') return;
          if (told.data.kind === 'pressed') listener.pressed(told.data.stroke);
          else if (told.data.kind === 'alive') answered();
          else if (told.data.kind === 'failed')
            fail(new AppError('permission', `[monitor:keyboard] ${told.data.reason}`));
          else {
            clearTimeout(timer);
            state = 'ready';
            listener.proves?.({
              proof: 'the process of the keyboard hook answers',
              run: () =>
                new Promise((done) => {
                  const reason = 'the process of the keyboard hook does not answer';
                  const late = setTimeout(() => done({ ok: false, restart: true, reason }), ALIVE_MS);
                  answered = () => {
                    clearTimeout(late);
                    done({ ok: true });
                  };
                  child.send({ kind: 'ask' });
                }),
            });
            resolve(async () => {
              state = 'over';
              child.send({ kind: 'stop' });
              child.kill();
              await gone;
            });
          }
        });
        child.onExit((code, signal) => {
          ended();
          const how = signal ?? `exit ${code ?? 'unknown'}`;
          const why = `[monitor:keyboard] the keyboard hook ended (${how}); it needs a display and, on macOS, the Accessibility permission`;
          fail(new AppError(state === 'starting' ? 'permission' : 'internal', why));
        });
      }),
  };
}
