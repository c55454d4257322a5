import type { AppState } from '../contract.ts';
import type { GuardCounts } from '../model/guard.ts';
import { holding, resting, type Holds } from '../model/hold.ts';
import type { EventLog, LogState } from '../model/log.ts';
import type { Health } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import { clockWords } from '../schedule.ts';
import type { StudyState } from '../model/study.ts';
import type { Lifecycle } from '../suggestions/lifecycle.ts';
import type { Keeper } from './keeper.ts';
import type { Models } from './models.ts';
import type { Paused } from './pauses.ts';
import type { Today } from './today.ts';

/** The store's figures are counted by SQLite; this often is often enough, in milliseconds. */
const STORE_MS = 2_000;

/** Puts the whole program at a glance together. */
export function createStatus(parts: {
  readonly version: string;
  readonly host: AppState['host'];
  readonly demo: boolean;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly keeper: Keeper;
  readonly models: Models;
  readonly today: Today;
  readonly lifecycle: Lifecycle;
  readonly counts: () => GuardCounts;
  /** The machine's own clock: pauses and hours go by it, also on a recorded day. */
  readonly wall: Clock;
  readonly paused: () => Paused | null;
  readonly quietUntil: () => number | null;
  readonly holds: Holds;
  readonly afk: () => boolean;
  readonly health: () => readonly Health[];
  readonly study: () => StudyState | null;
}): () => Promise<AppState> {
  let store: LogState | null = null;
  let read = 0;

  async function storeState(): Promise<LogState> {
    if (!store || performance.now() - read > STORE_MS) {
      store = await parts.log.state();
      read = performance.now();
    }
    return store;
  }

  return async () => {
    const { place, encrypted, key, bytes, events, warning } = await storeState();
    const sources = [...parts.health()];
    const counts = parts.counts();
    const wrong = parts.keeper.trouble() ?? unwell(sources);
    const paused = parts.paused();
    const capture = paused ? 'paused' : wrong ? 'wrong' : 'watching';
    const quietUntil = parts.quietUntil();
    const study = parts.study();
    const holds = parts.holds();
    const held = capture === 'watching' ? holding(holds)?.why : undefined;
    const rests = resting(holds)?.why;
    return {
      version: parts.version,
      host: parts.host,
      demo: parts.demo,
      now: parts.clock.now(),
      capture,
      ...(wrong && { reason: wrong }),
      pausedUntil: paused && paused.by !== 'welcome' ? paused.until : null,
      pausedBy: paused?.by ?? null,
      quietUntil,
      ...(held && { held }),
      ...(rests && { resting: rests }),
      says: inWords({ capture, paused, wrong, sources, quietUntil, held, now: parts.wall.now() }),
      afk: parts.afk(),
      sources,
      model: parts.models.state(),
      store: { place, encrypted, key, bytes, events, warning },
      counts: { ...counts, dropped: counts.dropped + parts.keeper.lost(), reasons: { ...counts.reasons } },
      today: parts.today.counts(),
      ...(study && { study }),
      current: parts.lifecycle.current(),
      waiting: parts.lifecycle.waiting(),
    };
  };
}

/** The details of the state in a few words: tray, status line, `doctor` and command line show these and no others. */
export function inWords(state: {
  readonly capture: AppState['capture'];
  readonly paused: Paused | null;
  readonly wrong: string | undefined;
  readonly sources: readonly Health[];
  readonly quietUntil: number | null;
  /** What keeps cards back. */
  readonly held?: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}): string {
  const { paused, now } = state;
  if (paused?.by === 'welcome') return 'until you start it';
  const until = paused?.until ? `until ${clockWords(paused.until, now)}` : '';
  if (paused?.by === 'hours') return `outside your hours ${until}`.trimEnd();
  if (paused) return until || 'until you resume';
  if (state.capture === 'wrong') return (state.wrong ?? '').replace(/^(\w+: )?\[[\w:-]+\] /, '$1');
  const on = state.sources.filter((each) => each.state !== 'off');
  const well = on.filter((each) => each.state === 'healthy').length;
  const silent = state.quietUntil ? `, quiet until ${clockWords(state.quietUntil, now)}` : '';
  const quiet = silent || (state.held ? `, held back: ${state.held}` : '');
  // Nothing is seen: never a count that reads as if all were well.
  if (on.length === 0) return `no source is on${quiet}`;
  return `${well} of ${on.length} ${on.length === 1 ? 'source' : 'sources'}${quiet}`;
}

/** Names what is wrong with the sources in one sentence, or undefined when all are well. */
function unwell(sources: readonly Health[]): string | undefined {
  const ill = sources.filter((each) => each.state === 'unhealthy' || each.state === 'missing');
  if (ill.length === 0) return undefined;
  const first = ill[0]!;
  const more = ill.length > 1 ? ` (and ${ill.length - 1} more)` : '';
  return `${first.name}: ${first.reason ?? 'does not answer'}${more}`;
}
