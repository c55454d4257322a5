import { type Guard, UNTOLD_PRIVATE } from '../model/guard.ts';
import type { Monitor } from '../model/monitor.ts';
import type { WindowEvent } from '../model/event.ts';
import type { Clock } from '../model/ports.ts';
import { newId } from '../model/id.ts';
import { appFacts } from '../model/app.ts';
import { appOf, contextOf, type Focus, type FocusNote, type WindowAdapter } from './focus.ts';
import { createSupervised, type Life } from './supervised.ts';
import { withoutMarks } from './titleMarks.ts';

/** A title that changes faster than this (progress, clocks) is told once a second, the newest one. */
const TITLE_REST = 1000;

/** Longer titles are cut before they are redacted. */
const LONGEST = 4096;

/** Part of an event that two heartbeats must share to be merged. */
type Seen = Pick<WindowEvent, 'app' | 'data'> | { readonly dropped: string };

/**
 * Emits the focused window: at once with duration 0, and again with the same `at` and data and its real duration when
 * the focus or title moves on or the monitor stops. The Guard decides on the title.
 */
export function createWindowMonitor(options: {
  readonly adapter: WindowAdapter;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): Monitor {
  const { adapter, guard, clock } = options;

  const see = (focus: Focus, untold: (app: string | null) => void, why: (reason: string) => void): Seen => {
    const app = appOf(focus);
    if (focus.own) return { ...app, data: {} };
    const verdict = guard.before(contextOf(focus, 'window'));
    if ('reason' in verdict) why(verdict.reason);
    untold('reason' in verdict && verdict.reason === UNTOLD_PRIVATE ? (focus.app ?? '') : null);
    if (verdict.allow === 'nothing') return { dropped: verdict.reason };
    if (verdict.allow === 'counts' || !focus.title) return { ...app, data: {} };
    const title = guard.redact(withoutMarks(focus.title.slice(0, LONGEST)), 'window').text.slice(0, 1024);
    return { ...app, data: title ? { title } : {} };
  };

  const watch = (life: Life) => {
    let missing: FocusNote | null = null;
    let untoldApp: string | null = null;
    const say = () => {
      if (missing?.state === 'unhealthy') life.note(spoken(missing));
      else if (untoldApp !== null) life.note(untoldNote(untoldApp));
      else life.note(missing && spoken(missing));
    };
    const untold = (app: string | null) => {
      if (app === untoldApp) return;
      untoldApp = app;
      say();
    };
    let shown: {
      readonly seen: Seen;
      readonly key: string;
      readonly at: number;
      readonly window: number;
      /** The event that told of it, the title as the window shows it, and all that was known. */
      readonly id: string;
      readonly title: string | undefined;
      readonly focus: Focus;
    } | null = null;
    let later: { focus: Focus; timer: NodeJS.Timeout } | null = null;

    const emit = (seen: Seen, at: number, duration: number): string => {
      const base = { id: newId(), at, duration, monitor: 'window' };
      if (!('dropped' in seen)) {
        life.emit({ ...base, kind: 'window', ...seen });
      } else if (duration === 0) {
        life.emit({
          ...base,
          kind: 'dropped',
          data: { source: 'window', reason: seen.dropped.slice(0, 128), count: 1 },
        });
      }
      return base.id;
    };

    const titleOf = (seen: Seen) => ('dropped' in seen ? undefined : seen.data.title);

    /** The same window with the same title turns out to be protected: what was told of it is taken back. */
    const takeBack = (event: string, at: number) => {
      shown = null;
      const data = { event, source: 'window', reason: 'found to be protected' };
      life.emit({ id: newId(), at, duration: 0, monitor: 'window', kind: 'retracted', data });
    };

    /** False where a title was excluded while it was in front: it is not told again. */
    const stays = ({ seen, focus }: NonNullable<typeof shown>): boolean =>
      titleOf(seen) === undefined ||
      (guard.again ?? guard.before)(contextOf(focus, 'window')).allow === 'content';

    const leave = (now: number) => {
      // A window that flashed by for no measurable time has said all it had to say.
      if (shown && now > shown.at && stays(shown)) emit(shown.seen, shown.at, now - shown.at);
      shown = null;
    };

    const show = (focus: Focus) => {
      const now = clock.now();
      if (focus.window === 0) {
        leave(now);
        return;
      }
      let protectedBy = '';
      const seen = see(focus, untold, (reason) => (protectedBy = reason));
      const key = JSON.stringify(seen);
      if (shown?.key === key) {
        shown = { ...shown, window: focus.window, title: focus.title, focus };
        return;
      }
      const same = shown?.window === focus.window && shown.title === focus.title;
      if (shown && same && titleOf(shown.seen) !== undefined && isFound(protectedBy)) {
        takeBack(shown.id, now);
      }
      leave(now);
      shown = { seen, key, at: now, window: focus.window, id: emit(seen, now, 0), title: focus.title, focus };
    };

    const forget = () => {
      clearTimeout(later?.timer);
      later = null;
    };

    return {
      noted(note: FocusNote | null) {
        missing = note;
        say();
      },
      changed(focus: Focus) {
        // More about it comes within a moment; what was shown until now lasts so long.
        if (focus.pending) return;
        const rest = shown?.window === focus.window ? shown.at + TITLE_REST - clock.now() : 0;
        if (rest <= 0 || rest > TITLE_REST) {
          forget();
          show(focus);
        } else if (later) {
          later.focus = focus;
        } else {
          const timer = setTimeout(() => {
            const waiting = later;
            later = null;
            if (waiting) show(waiting.focus);
          }, rest);
          later = { focus, timer };
        }
      },
      end() {
        forget();
        leave(clock.now());
      },
    };
  };

  return createSupervised({
    name: 'window',
    clock,
    backOff: options.backOff,
    open: async (life) => {
      const watching = watch(life);
      const { changed, noted } = watching;
      const { died, proves } = life;
      const close = await adapter.open({ changed, noted, died, proves });
      return async () => {
        watching.end();
        await close();
      };
    },
  });
}

/** A reason that somebody found; that nobody knows for a moment takes nothing back. */
function isFound(reason: string): boolean {
  return reason !== '' && reason !== UNTOLD_PRIVATE && !reason.startsWith('unknown');
}

/** The sentence of whoever knows, in the name of this source. */
function spoken(note: FocusNote): FocusNote {
  return { ...note, reason: note.reason.replace(/^\[\w+\]/, '[monitor:window]') };
}

function untoldNote(app: string): FocusNote {
  const name = appFacts(app).name;
  return {
    state: 'healthy',
    reason: `[monitor:window] nobody can tell which windows of ${name} are private, so none of its titles is kept`,
    mend: `in Settings, let the desktop tell private windows and start ${name} again, or choose to keep its titles all the same`,
  };
}
