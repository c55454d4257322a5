/** What could not be forgotten, as on a full disk, is tried again this often, in milliseconds. */
const AGAIN_MS = 2_000;
/** Events forgotten in one go. */
const AT_ONCE = 200;

/** Forgets what its owner took back, however long the log refuses. */
export interface Retracting {
  /** Takes the id of an event; returns at once. */
  take(event: string): void;
  /** Tries once more what is still owed. */
  close(): Promise<void>;
}

/** `onForgotten` is told after each success; `onError` of the first failure of a row of them. */
export function createRetracting(options: {
  readonly forget: (events: string[]) => Promise<unknown>;
  readonly onForgotten: () => void;
  readonly onError: (thrown: unknown) => void;
  readonly againMs?: number;
}): Retracting {
  const owed = new Set<string>();
  let working: Promise<void> | null = null;
  let failing = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function work(): Promise<void> {
    try {
      while (owed.size > 0) {
        const events = [...owed].slice(0, AT_ONCE);
        await options.forget(events);
        for (const each of events) owed.delete(each);
        failing = false;
        options.onForgotten();
      }
    } catch (thrown) {
      if (!failing) options.onError(thrown);
      failing = true;
      if (!closed) timer = setTimeout(begin, options.againMs ?? AGAIN_MS);
    }
    working = null;
  }

  function begin(): void {
    clearTimeout(timer);
    working ??= work();
  }

  return {
    take(event) {
      owed.add(event);
      begin();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await working;
      await work();
    },
  };
}
