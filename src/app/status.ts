import type { AppState } from '../contract.ts';
import type { GuardCounts } from '../model/guard.ts';
import { captureDetails } from '../model/captureLine.ts';
import { holding, resting, type Holds } from '../model/hold.ts';
import type { Language } from '../model/language.ts';
import type { EventLog, LogState } from '../model/log.ts';
import type { Health } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import type { ShortcutState } from '../model/chord.ts';
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
  readonly language: () => Language;
  /** The keys that work in every app, once the host was asked for them. */
  readonly shortcuts?: () => ShortcutState[] | undefined;
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
    const capture = paused ? ('paused' as const) : wrong ? ('wrong' as const) : ('watching' as const);
    const quietUntil = parts.quietUntil();
    const study = parts.study();
    const holds = parts.holds();
    const hold = capture === 'watching' ? holding(holds) : null;
    const shortcuts = parts.shortcuts?.();
    const rests = resting(holds)?.why;
    const state = {
      version: parts.version,
      host: parts.host,
      demo: parts.demo,
      now: parts.clock.now(),
      capture,
      ...(wrong && { reason: wrong }),
      pausedUntil: paused && paused.by !== 'welcome' ? paused.until : null,
      pausedBy: paused?.by ?? null,
      quietUntil,
      ...(hold && {
        held: hold.why,
        hold: { kind: hold.kind, ...(hold.app !== undefined && { app: hold.app }) },
      }),
      ...(rests && { resting: rests }),
      afk: parts.afk(),
      ...(shortcuts && { shortcuts }),
      sources,
      model: parts.models.state(),
      store: { place, encrypted, key, bytes, events, warning },
      counts: { ...counts, dropped: counts.dropped + parts.keeper.lost(), reasons: { ...counts.reasons } },
      today: parts.today.counts(),
      ...(study && { study }),
      current: parts.lifecycle.current(),
      waiting: parts.lifecycle.waiting(),
      language: parts.language(),
    } satisfies Omit<AppState, 'says'>;
    return { ...state, says: captureDetails(state, 'en', parts.wall.now()) };
  };
}

/** Names what is wrong with the sources in one sentence, or undefined when all are well. */
function unwell(sources: readonly Health[]): string | undefined {
  const ill = sources.filter((each) => each.state === 'unhealthy' || each.state === 'missing');
  if (ill.length === 0) return undefined;
  const first = ill[0]!;
  const more = ill.length > 1 ? ` (and ${ill.length - 1} more)` : '';
  return `${first.name}: ${first.reason ?? 'does not answer'}${more}`;
}
