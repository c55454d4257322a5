import type { Event } from '../model/event.ts';
import type { Feedback } from '../model/feedback.ts';
import type { Page } from '../model/log.ts';
import type { CaptureMark, Captured, Offered, Told } from '../model/outcome.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { lastRun } from './outcomes.ts';

/** A page with its rows changed. */
export function mapped<T, U>(page: Page<T>, change: (row: T) => U): Page<U> {
  return { ...page, rows: page.rows.map(change) };
}

/** The part of a suggestion that insights need. */
export function offeredOf({ id, at, state, proposal, score, audit, history }: Suggestion): Offered {
  const shownAt = history.findLast((step) => step.state === 'shown')?.at;
  return {
    id,
    at,
    state,
    task: proposal.task,
    proposer: proposal.proposer,
    ...(score !== undefined && { score }),
    ...(audit && { audit }),
    ...(shownAt !== undefined && { shownAt }),
  };
}

/** The part of an answer that insights need. */
export function toldOf({ id, at, label, via, suggestion, decision, reason, needed }: Feedback): Told {
  return {
    id,
    at,
    label,
    via,
    ...(suggestion !== undefined && { suggestion }),
    ...(decision !== undefined && { decision }),
    ...(reason !== undefined && { reason }),
    ...(needed !== undefined && { needed }),
  };
}

/** Counts what was captured between two moments; `events` in the order they came. */
export function capturedOf(
  events: readonly Event[],
  { from, to }: { readonly from: number; readonly to: number },
): Captured {
  const kinds: Record<string, number> = {};
  const drops = new Map<string, Captured['drops'][number]>();
  for (const event of events) {
    if (event.at < from || event.at > to) continue;
    kinds[event.kind] = (kinds[event.kind] ?? 0) + 1;
    if (event.kind !== 'dropped') continue;
    const { source, reason, count } = event.data;
    const key = JSON.stringify([source, reason]);
    drops.set(key, { source, reason, count: (drops.get(key)?.count ?? 0) + count });
  }
  const marks = events
    .flatMap((event) => (event.kind === 'capture' ? [event] : []))
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, data }): CaptureMark => ({ at, ...data, previous: lastBefore(events, at) }));
  return {
    kinds,
    drops: [...drops.values()].toSorted(
      (a, b) => b.count - a.count || (`${a.source} ${a.reason}` < `${b.source} ${b.reason}` ? -1 : 1),
    ),
    marks: marks.filter(({ at }) => at >= from && at <= to),
    before: lastRun(marks.filter(({ at }) => at < from).toReversed()),
  };
}

function lastBefore(events: readonly Event[], at: number): number | null {
  const times = events.filter((each) => each.kind !== 'capture' && each.at < at).map((each) => each.at);
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
}
