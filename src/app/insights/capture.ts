import type { CaptureDay, SourceDay } from '../../model/insights.ts';
import type { Captured, CaptureMark } from '../../model/outcome.ts';
import type { LocalDay } from '../localDays.ts';

/** Which source an event of a kind came from; kinds that are not here are no source of their own. */
const SOURCES: Readonly<Record<string, string>> = {
  window: 'window',
  afk: 'idle',
  clipboard: 'clipboard',
  keyboard: 'keyboard',
  file: 'files',
  editor: 'editor',
  described: 'described',
};

/** Sources in the order of the settings, then by name. */
const ORDER = ['window', 'clipboard', 'keyboard', 'files', 'idle'];

/** How a source stands while time passes. */
interface Standing {
  /** Null: nothing is known of it just now. */
  state: 'healthy' | 'stalled' | null;
  healthyMs: number;
  stalledMs: number;
  restarts: number;
}

/**
 * One day of capture, by walking its marks:
 *
 *     started ───────── paused ······· resumed ──── stopped
 *          window: healthy ── stalled ── healthy ──┘
 *
 * A start while it still watched is the end of a crash: then watching is taken to have ended with the last event before it.
 * `now` (epoch milliseconds) ends a day that is not over. Where nothing is recorded of a source its times are null.
 */
export function captureDay({ day, from, to }: LocalDay, captured: Captured, now: number): CaptureDay {
  const standing = new Map<string, Standing>();
  let mode = 'off' as 'off' | 'on' | 'paused';
  let at = from;
  let [watchedMs, pausedMs, starts, crashes] = [0, 0, 0, 0];

  const pass = (until: number) => {
    const ms = Math.max(0, until - at);
    at = Math.max(at, until);
    if (mode === 'paused') pausedMs += ms;
    if (mode !== 'on') return;
    watchedMs += ms;
    for (const each of standing.values()) {
      if (each.state === 'healthy') each.healthyMs += ms;
      if (each.state === 'stalled') each.stalledMs += ms;
    }
  };
  const take = (mark: CaptureMark) => {
    const { source, state } = mark;
    if (source !== undefined) {
      const known = standing.get(source) ?? { state: null, healthyMs: 0, stalledMs: 0, restarts: 0 };
      const next = state === 'healthy' || state === 'stalled' ? state : null;
      standing.set(source, { ...known, state: next, restarts: known.restarts + (mark.restarts ?? 0) });
      return;
    }
    // Each source is noted anew after such a step.
    for (const each of standing.values()) each.state = null;
    mode = state === 'started' || state === 'resumed' ? 'on' : state === 'paused' ? 'paused' : 'off';
  };

  for (const mark of captured.before) take(mark);
  // What was counted before this day is that day's, and a source that was off by then is of no interest here.
  for (const [name, each] of standing) {
    each.restarts = 0;
    if (each.state === null) standing.delete(name);
  }
  for (const mark of captured.marks) {
    const again = mark.source === undefined && mark.state === 'started' && mode === 'on';
    if (again) {
      crashes += 1;
      pass(Math.max(at, Math.min(mark.at, mark.previous ?? at)));
      mode = 'off';
    }
    if (mark.source === undefined && mark.state === 'started') starts += 1;
    pass(mark.at);
    take(mark);
  }
  pass(Math.min(now, to + 1));
  return { day, watchedMs, pausedMs, starts, crashes, sources: sourcesOf(captured, standing) };
}

const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

function sourcesOf({ kinds, drops }: Captured, standing: ReadonlyMap<string, Standing>): SourceDay[] {
  const events = new Map<string, number>();
  for (const [kind, n] of Object.entries(kinds)) {
    const source = SOURCES[kind];
    if (source !== undefined) events.set(source, (events.get(source) ?? 0) + n);
  }
  const names = new Set([...events.keys(), ...standing.keys(), ...drops.map(({ source }) => source)]);
  return [...names]
    .toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map((source) => {
      const known = standing.get(source);
      return {
        source,
        events: events.get(source) ?? 0,
        healthyMs: known?.healthyMs ?? null,
        stalledMs: known?.stalledMs ?? null,
        restarts: known?.restarts ?? null,
        drops: drops.filter((each) => each.source === source).map(({ reason, count }) => ({ reason, count })),
      };
    });
}
