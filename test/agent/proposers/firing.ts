import type { Proposer } from '../../../src/model/agent.ts';
import type { Event } from '../../../src/model/event.ts';
import type { Observation } from '../../../src/model/observation.ts';
import type { Proposal } from '../../../src/model/proposal.ts';
import { contextOf } from '../../suites/proposer.ts';

const silent = new AbortController().signal;

/** What all proposers say of a moment, in their order. */
export async function proposalsAt(
  proposers: readonly Proposer[],
  moment: {
    readonly now: number;
    readonly events: readonly Event[];
    readonly observations: readonly Observation[];
  },
): Promise<readonly Proposal[]> {
  const context = contextOf(moment);
  const made: Proposal[] = [];
  for (const each of proposers) made.push(...(await each.propose(context, silent)));
  return made;
}

/** Names of the patterns that speak between two moments of a day, when turns come with each event and each idle minute. */
export async function firedDuring(
  patterns: readonly Proposer[],
  events: readonly Event[],
  from: number,
  until: number,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const last = events.at(-1)!.at;
  for (const [at, event] of events.entries()) {
    if (event.at < from || event.at > until) continue;

    const next = events[at + 1]?.at ?? last + 60_000;
    for (let now = event.at; now <= next && now <= until; now += 60_000) {
      const window = { now, events: events.slice(Math.max(0, at - 199), at + 1), observations: [] };
      for (const { proposer } of await proposalsAt(patterns, window))
        names.add(proposer.replace('pattern:', ''));
    }
  }
  return names;
}
