import { AppError } from '../errors.ts';
import type { Context, Field } from '../model/guard.ts';
import type { Probe, Proof } from '../model/monitor.ts';

/** The window in focus, as the platform tells. Kept in memory only: a title leaves this stage redacted or not at all. */
export interface Focus {
  /** The application as the platform names it; absent when nobody knows. */
  readonly app?: string;
  readonly title?: string;
  /** A window of the assistant itself. */
  readonly own: boolean;
  /** Address of the page in front, where a source tells. Memory only. */
  readonly page?: string;
  /** Whether it is a private window; absent when nobody knows. */
  readonly private?: boolean;
  /** What kind of control has the keyboard focus; absent when nobody knows. */
  readonly field?: Field;
  /**
   * More about this window is being asked for and comes within a moment: until then nothing of it is known well enough
   * to be kept, not even its title.
   */
  readonly pending?: boolean;
  /** Process that owns the window, as it says itself; absent when it does not. */
  readonly pid?: number;
  /** Tells windows of one application apart; 0 when no window has the focus. */
  readonly window: number;
  /** It fills the screen; absent when it does not, or nobody tells. */
  readonly fullScreen?: true;
  /** A window, in front or not, says that the screen is shared. */
  readonly sharing?: true;
}

/** Nothing known, so everything protected. */
export const NO_FOCUS: Focus = { own: false, window: 0 };

/** What a platform's window adapter calls. After `died` it calls nothing more. */
export interface FocusListener {
  /** The focus moved, or the title of the focused window changed. */
  changed(focus: Focus): void;
  died(error: AppError): void;
  /** Something that helps to know the focus is missing or back (null); the focus itself is still told. */
  noted?(note: FocusNote | null): void;
  /** A self-test of the source that is open now. */
  proves?(probe: Probe): void;
}

/** What is missing, and how to mend it; `unhealthy` where it was there before. */
export interface FocusNote {
  readonly state: 'healthy' | 'unhealthy';
  readonly reason: string;
  readonly mend: string;
}

/** Opens the platform's window source; resolves once the present focus was told. Rejects with an AppError. */
export interface WindowAdapter {
  open(listener: FocusListener): Promise<() => Promise<void>>;
}

/** One window source for all monitors that need to know the focus, open while any of them is. */
export interface FocusTracker extends WindowAdapter {
  current(): Focus;
  /**
   * Another source knows more about the window in front, such as the browser's own extension: it holds while that window
   * has that title, is told like a change, and never replaces what the platform says itself.
   */
  learn?(more: Pick<Focus, 'page' | 'private'>): void;
}

/** Shares one adapter among several listeners: the first opens it, the last to leave closes it. */
export function createFocusTracker(adapter: WindowAdapter): FocusTracker {
  let focus = NO_FOCUS;
  let learnt: { readonly of: Focus; readonly more: Pick<Focus, 'page' | 'private'> } | null = null;
  let note: FocusNote | null = null;
  let shared: {
    readonly listeners: Set<FocusListener>;
    readonly probes: readonly Probe[];
    readonly close: Promise<() => Promise<void>>;
  } | null = null;

  /** With what was learnt about this very window and title. */
  const complete = (now: Focus): Focus => {
    if (!learnt || learnt.of.window !== now.window || learnt.of.title !== now.title) return now;
    return { ...learnt.more, ...now };
  };

  const begin = () => {
    const listeners = new Set<FocusListener>();
    const probes: Probe[] = [];
    const forget = () => {
      if (shared?.listeners === listeners) shared = null;
      focus = NO_FOCUS;
      note = null;
    };
    const close = adapter.open({
      changed(now) {
        focus = complete(now);
        // A listener may learn more while it is told: the others then hear of that.
        for (const listener of listeners) listener.changed(focus);
      },
      noted(now) {
        note = now;
        for (const listener of listeners) listener.noted?.(now);
      },
      died(error) {
        forget();
        for (const listener of listeners) listener.died(error);
      },
      proves: (probe) => void probes.push(asked(probe)),
    });
    close.catch(forget);
    return { listeners, probes, close };
  };

  return {
    current: () => focus,
    learn(more) {
      if (focus.window === 0) return;
      learnt = { of: focus, more };
      const now = complete(focus);
      if (JSON.stringify(now) === JSON.stringify(focus)) return;
      focus = now;
      for (const listener of shared?.listeners ?? []) listener.changed(focus);
    },
    async open(listener) {
      shared ??= begin();
      const mine = shared;
      mine.listeners.add(listener);
      await mine.close;
      for (const probe of mine.probes) listener.proves?.(probe);
      // Who joins later has missed the telling of the present focus.
      if (shared === mine) {
        if (note) listener.noted?.(note);
        listener.changed(focus);
      }
      return async () => {
        if (!mine.listeners.delete(listener) || mine.listeners.size > 0) return;
        if (shared === mine) {
          shared = null;
          focus = NO_FOCUS;
        }
        const close = await mine.close;
        await close();
      };
    },
  };
}

/** Several monitors ask at the same moment: one question answers them all. */
function asked({ proof, run }: Probe): Probe {
  let running: Promise<Proof> | null = null;
  return { proof, run: () => (running ??= run().finally(() => (running = null))) };
}

/**
 * Opens the tracker for a monitor that only wants to know where it is. Without a permission to see the focus, or where
 * the desktop shows it to nobody, it goes on with none known, which the Guard protects; without a display nothing else
 * works either, so that rejects.
 */
export async function joinFocus(
  tracker: FocusTracker | null,
  listener: FocusListener,
): Promise<() => Promise<void>> {
  try {
    const proves = listener.proves && ((probe: Probe) => listener.proves!(orUnknown(probe)));
    return (await tracker?.open({ ...listener, ...(proves && { proves }) })) ?? (async () => {});
  } catch (thrown) {
    if (thrown instanceof AppError && ['permission', 'missing-program'].includes(thrown.code))
      return async () => {};
    throw thrown;
  }
}

/** A desktop that tells nobody the focus is no fault of who only asks for it: unknown is protected. A deaf source is. */
function orUnknown({ proof, run }: Probe): Probe {
  return {
    proof,
    async run() {
      const found = await run();
      return found.ok || found.restart ? found : { ok: true };
    },
  };
}

/** The focus as the Guard wants it. */
export function contextOf(focus: Focus, source: Context['source']): Context {
  if (focus.pending) return { source, ...(focus.app !== undefined && { app: focus.app }) };
  return {
    source,
    ...(focus.app !== undefined && { app: focus.app }),
    ...(focus.title !== undefined && { title: focus.title }),
    ...(focus.page !== undefined && { page: focus.page }),
    ...(focus.private !== undefined && { private: focus.private }),
    ...(focus.field !== undefined && { field: focus.field }),
  };
}

/** Name under which windows of the assistant itself appear. */
export const OWN_APP = 'Beforehand';

/** The name an event carries for the focused application. */
export function appOf(focus: Focus): { readonly app?: string } {
  if (focus.own) return { app: OWN_APP };
  return focus.app ? { app: focus.app.slice(0, 256) } : {};
}

/** Whether a window class or program name is the assistant's own, in any case. */
export function isOwn(...names: readonly (string | undefined)[]): boolean {
  return names.some((name) => name?.toLowerCase().replace(/\.(exe|app)$/, '') === 'beforehand');
}
