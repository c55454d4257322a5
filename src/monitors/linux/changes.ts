import type { ClipboardListener } from '../clipboard.ts';
import type { Copied } from '../copied.ts';
import type { Focus } from '../focus.ts';

/** Changes of a clipboard in their order, handed on one at a time. */
export interface Changes<T> {
  copy(what: T): void;
  cleared(): void;
  left(): void;
  /** Resolves when nothing is handed on any more; what waits is let go. */
  stop(): Promise<void>;
}

type Change<T> =
  | { readonly kind: 'copy'; readonly what: T; readonly turn: number; readonly where: Focus | undefined }
  | { readonly kind: 'cleared' | 'left'; readonly turn: number };

/** A program gone wild may copy thousands of times: of so many waiting copies the oldest is counted as missed. */
const WAITING = 100;

/**
 * Lines up changes for a listener that takes one after the other. `copied` makes what the listener gets; it may ask
 * `superseded` whether something newer came, and then must not answer with content of that. `same` says that two
 * copies are one, set twice; `lost` that nothing of one can be asked any more because its owner answers for the other.
 */
export function createChanges<T>(options: {
  readonly listener: Pick<ClipboardListener, 'copied' | 'cleared' | 'left' | 'missed' | 'where'>;
  readonly copied: (what: T, superseded: () => boolean) => Promise<Copied>;
  readonly same: (one: T, other: T) => boolean;
  readonly lost: (one: T, other: T) => boolean;
}): Changes<T> {
  const { listener } = options;
  let waiting: Change<T>[] = [];
  let newest = 0;
  let latest: { readonly what: T; readonly turn: number } | null = null;
  let missed = 0;
  let working: Promise<void> | null = null;
  let stopped = false;

  const hand = async (change: Change<T>) => {
    if (change.kind !== 'copy') {
      listener[change.kind]();
      return;
    }
    const { what, turn, where } = change;
    if (latest && latest.turn !== turn) {
      if (options.same(what, latest.what)) return;
      if (options.lost(what, latest.what)) {
        missed++;
        return;
      }
    }
    await listener.copied(await options.copied(what, () => stopped || turn !== newest), where);
  };

  const work = async () => {
    // A stop empties what waits.
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      // Rejects only with the connection, and then the listener has been told.
      await hand(next).catch(() => {});
      if (missed > 0 && (waiting[0]?.kind !== 'copy' || missed >= WAITING)) {
        listener.missed(missed);
        missed = 0;
      }
    }
    working = null;
  };

  const push = (change: Change<T>) => {
    if (stopped) return;
    // Emptied twice is emptied once.
    if (change.kind !== 'copy' && waiting.at(-1)?.kind === change.kind) return;
    if (waiting.length >= WAITING) {
      const oldest = waiting.findIndex(({ kind }) => kind === 'copy');
      waiting.splice(Math.max(oldest, 0), 1);
      if (oldest >= 0) missed++;
    }
    waiting.push(change);
    working ??= work();
  };

  return {
    copy(what) {
      newest++;
      latest = { what, turn: newest };
      push({ kind: 'copy', what, turn: newest, where: listener.where?.() });
    },
    cleared: () => push({ kind: 'cleared', turn: ++newest }),
    left: () => push({ kind: 'left', turn: ++newest }),
    async stop() {
      stopped = true;
      waiting = [];
      await working;
    },
  };
}
