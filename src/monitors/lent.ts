import { AppError, asAppError } from '../errors.ts';
import type { ClipboardAdapter } from './clipboard.ts';
import type { ClipboardPort, IdlePort } from '../model/ports.ts';
import type { IdleAdapter } from './idle.ts';

/** Neither Windows nor macOS tells a change of the clipboard to a background process without a window. */
const CLIPBOARD_MS = 1000;
/** How soon the return from AFK is noticed. */
const BACK_MS = 1000;

/** Calls `step` again and again, after the milliseconds it returns; its rejection ends it with `died`. */
function repeat(step: () => Promise<number>, died: (thrown: unknown) => void): () => Promise<void> {
  let open = true;
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      const wait = await step();
      if (open) timer = setTimeout(() => (work = run()), wait);
    } catch (thrown) {
      if (open) died(thrown);
    }
  };
  work = run();
  return async () => {
    open = false;
    clearTimeout(timer);
    await work;
  };
}

/** Clipboard through a host's port (Windows, macOS), looked at `every` milliseconds. Not run on these platforms. */
export function createLentClipboard(port: ClipboardPort, every: number = CLIPBOARD_MS): ClipboardAdapter {
  return {
    async open(listener) {
      // What was copied before the start was not copied under our eyes.
      let seen = await port.changes();
      return repeat(
        async () => {
          const now = await port.changes();
          if (now === seen) return every;
          seen = now;
          const targets = await port.formats();
          const current = async () => (await port.changes()) === now;
          if (targets.length === 0) {
            // Nothing on offer: who emptied it, or whether its program ended, neither platform tells.
            listener.cleared();
            return every;
          }
          await listener.copied({
            targets,
            async text(most) {
              const whole = await port.text();
              if (!(await current())) return null;
              return {
                front: whole.slice(0, most),
                size: whole.length,
                words: whole.match(/\S+/g)?.length ?? 0,
              };
            },
            async bytes(target) {
              const bytes = await port.bytes(target);
              return bytes > 0 ? bytes : null;
            },
            ...(port.flag && { flag: (target: string) => port.flag!(target) }),
          });
          return every;
        },
        (thrown) => listener.died(asAppError(thrown, 'internal', 'monitor:clipboard')),
      );
    },
  };
}

/**
 * AFK through a host's port (Windows, macOS): sleeps until the time-out can first be reached, and looks each second
 * only while away. Not run on these platforms.
 */
export function createLentIdle(port: IdlePort): IdleAdapter {
  return {
    async open(threshold, listener) {
      let away: boolean | null = null;
      const step = async () => {
        const idle = await port.idle();
        const now = idle >= threshold;
        if (now !== away) {
          away = now;
          if (now) listener.away(idle);
          else listener.back();
        }
        return now ? BACK_MS : Math.max(BACK_MS, threshold - idle);
      };
      const first = await step();
      let waited = false;
      return repeat(
        async () => {
          if (waited) return step();
          waited = true;
          return first;
        },
        (thrown) => listener.died(asAppError(thrown, 'internal', 'monitor:idle')),
      );
    },
  };
}

/** The error of a source for which this platform or host has nothing. */
export function nothingFor(source: string, why: string): AppError {
  return new AppError('missing-program', `[monitor:${source}] ${why}`);
}
