import { createAgent } from '../../src/agent/agent.ts';
import type { Gate, Proposer } from '../../src/model/agent.ts';
import type { Event } from '../../src/model/event.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { createObserver } from '../../src/observations/window.ts';

/** Everybody is asked: what is measured is what could be said, not what the dial lets through. */
const open: Gate = { version: 'open', need: () => ({ probability: 1, reasons: [] }) };

/** What a scene looks like to the agent. */
export function seenOf(events: readonly Event[]): { observations: readonly Observation[]; now: number } {
  const observer = createObserver({});
  for (const event of events) observer.observe(event);
  const last = events.at(-1)!;
  return { observations: observer.window(64), now: last.at + last.duration + 1000 };
}

/** What the agent would say of a scene when it asks this proposer alone; null for silence. */
export async function offerOf(events: readonly Event[], proposer: Proposer): Promise<Proposal | null> {
  const { observations, now } = seenOf(events);
  const agent = createAgent({
    clock: { now: () => now },
    gate: open,
    proposers: [proposer],
    threshold: () => 0,
    suppressed: () => false,
    rules: () => ({}) as never,
    rulesOff: true,
    gateOff: true,
  });
  return (await agent.turn({ events, observations })).proposal;
}
