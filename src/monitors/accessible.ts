import type { AppError } from '../errors.ts';
import type { Field } from '../model/guard.ts';
import type { Focus, FocusListener, FocusNote, WindowAdapter } from './focus.ts';

/** What an accessibility service knows about the window in focus. Absent fields are unknown. */
export interface FocusDetails {
  readonly field?: Field;
  readonly page?: string;
  readonly private?: boolean;
}

/** What an accessibility service calls. It never ends by itself: without a connection it says so and tries again. */
export interface AccessibilityListener {
  /** Another control of this process may have the keyboard now, or the service came or went. */
  moved(pid: number | null): void;
  noted(note: FocusNote | null): void;
}

/** Knows what a window's title does not tell: the control in focus, the page, whether the window is private. */
export interface Accessibility {
  /** Returns at once; connecting goes on behind. */
  open(listener: AccessibilityListener): OpenAccessibility;
}

/** An accessibility service that listens. */
export interface OpenAccessibility {
  /** False while nothing can be asked. */
  ready(): boolean;
  /** What is known about this focus now; empty where nothing is. May be slow where the application is. */
  describe(focus: Focus): Promise<FocusDetails>;
  close(): Promise<void>;
}

/**
 * Milliseconds after which an unknown field is asked for again: an application that opens its first window speaks to the
 * service a little later, and says nothing about the focus it had by then.
 */
const AGAIN_MS = [300, 1200];

/** Milliseconds that the telling of a focus waits for its details; after them it is told without. */
const WAIT_MS = 300;

/**
 * A window source whose focus carries what accessibility knows. Each move, of the window or of the control in it, is told
 * at once as `pending`, so that nothing is ever taken for what it was before; then again with its details. A service that is slow,
 * dead or absent costs at most `WAIT_MS`, and leaves the details unknown.
 */
export function withAccessibility(adapter: WindowAdapter, accessibility: Accessibility): WindowAdapter {
  return {
    async open(listener) {
      const watching = watch(listener, accessibility);
      try {
        const close = await adapter.open({
          changed: watching.changed,
          died(error: AppError) {
            void watching.end();
            listener.died(error);
          },
          noted: (note) => listener.noted?.(note),
          proves: (probe) => listener.proves?.(probe),
        });
        return async () => {
          await Promise.all([watching.end(), close()]);
        };
      } catch (thrown) {
        await watching.end();
        throw thrown;
      }
    },
  };
}

function watch(listener: FocusListener, accessibility: Accessibility) {
  let base: Focus | null = null;
  /** What is known about `base` and still holds. */
  let known: FocusDetails = {};
  let over = false;
  /** The last move; what was asked for an earlier one is not told. */
  let round = 0;
  let asking = false;
  /** How often an unknown field was asked for since the last move. */
  let tries = 0;
  /** The focus that was told as pending last, while it is. */
  let waiting: Focus | null = null;
  let timer: NodeJS.Timeout | undefined;

  const tell = (focus: Focus) => {
    if (!over) listener.changed(focus);
  };

  const askable = (focus: Focus) =>
    focus.window !== 0 && !focus.own && focus.pid !== undefined && service.ready();

  /** One question at a time; moves that come meanwhile are one more. */
  const ask = async (): Promise<void> => {
    const [focus, mine] = [base, round];
    if (asking || over || !focus || !askable(focus)) return;
    asking = true;
    const details = await service.describe(focus).catch((): FocusDetails => ({}));
    asking = false;
    if (mine !== round) return ask();
    clearTimeout(timer);
    const news = waiting !== null || JSON.stringify(details) !== JSON.stringify(known);
    waiting = null;
    known = details;
    if (news) tell({ ...focus, ...details });
    const after = AGAIN_MS[tries++];
    if (details.field === undefined && after !== undefined) timer = setTimeout(() => void ask(), after);
  };

  const move = () => {
    if (over || !base) return;
    round++;
    known = {};
    clearTimeout(timer);
    const focus = base;
    if (!askable(focus)) {
      waiting = null;
      tell(focus);
      return;
    }
    if (waiting !== focus) tell({ ...focus, pending: true });
    waiting = focus;
    tries = 0;
    timer = setTimeout(() => {
      waiting = null;
      tell(focus);
    }, WAIT_MS);
    void ask();
  };

  const service = accessibility.open({
    moved(pid) {
      if (pid === null || (base && pid === base.pid)) move();
    },
    noted(note) {
      if (!over) listener.noted?.(note);
    },
  });

  return {
    changed(focus: Focus) {
      const retitled = base?.window === focus.window && base.pid === focus.pid;
      base = focus;
      // An editor puts a mark into its title at the first key; the control in focus is still the same. In a browser a
      // new title is a new page.
      const holds = retitled && known.field !== undefined && known.page === undefined;
      if (holds && known.private === undefined && service.ready() && !waiting) tell({ ...focus, ...known });
      else move();
    },
    async end() {
      over = true;
      clearTimeout(timer);
      await service.close();
    },
  };
}
