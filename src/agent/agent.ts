import type { Fact, Gate, Judge, Proposer, Score } from '../model/agent.ts';
import type { Decision, Outcome, Receipt } from '../model/decision.ts';
import type { Event } from '../model/event.ts';
import { newId } from '../model/id.ts';
import type { Judgement, Need } from '../model/judgement.ts';
import type { Observation } from '../model/observation.ts';
import type { Clock } from '../model/ports.ts';
import type { Proposal } from '../model/proposal.ts';
import { ask, type Asked } from './ask.ts';
import { factsFromEvents, factsFromSentences } from './facts.ts';
import { rank, type Candidate } from './rank.ts';
import { rule, type RuleState } from './rules.ts';

/** A model may take its own time-out (60 s) and then some; what is slower hangs. */
const PROPOSER_TIMEOUT_MS = 90_000;
const LONGEST_REASON = 500;

/** How a turn ended. `proposal` is null for silence; `need` is absent where a rule stopped it. */
export interface TurnResult {
  readonly decision: Decision;
  readonly proposal: Proposal | null;
  readonly need?: Need;
  readonly judgement?: Judgement;
  /** Exactly the observations behind the proposal. */
  readonly seen?: readonly Observation[];
  /** The best candidate where its score held it back (outcome `judge`): for the digest, never for the screen. */
  readonly candidate?: Proposal;
}

/** What a turn looks at, newest last. `events` may be empty: an imported trace has sentences alone. */
export interface TurnContext {
  readonly events: readonly Event[];
  readonly observations: readonly Observation[];
  readonly signal?: AbortSignal;
  /** What a study's arm does to this turn; absent fields change nothing. */
  readonly arm?: ArmOfTurn;
}

/** How one turn differs from the rest, for a study that compares. */
export interface ArmOfTurn {
  /** Every event that the rules let pass reaches the proposers, and no score holds a candidate back. */
  readonly gateOff?: boolean;
  /** Need from which the model is asked, and score from which a candidate is offered, in place of the agent's own. */
  readonly threshold?: number;
  readonly proposers?: 'all' | 'patterns' | 'model' | 'none';
}

/**
 * Decides, turn by turn, whether to propose one task or to stay silent.
 *
 *     rules -> gate -> proposers -> suppressed topics go -> judge and score rank -> the best, from the threshold up, or silence
 *
 * Contract: `turn` never rejects; it ends with an outcome and a reason in words. Turns are the caller's to serialise.
 */
export interface Agent {
  turn(context: TurnContext): Promise<TurnResult>;
}

/**
 * What the agent is made of. `gateOff` and `rulesOff` are for replays that must reach the model at every event. Without a
 * `score` every candidate is good enough.
 */
export interface AgentOptions {
  readonly clock: Clock;
  readonly gate: Gate;
  /** In order of preference where no judge ranks them. Those named `pattern:…` are grounded and cost nothing. */
  readonly proposers: readonly Proposer[];
  readonly judge?: Judge;
  readonly score?: Score;
  /** Need from which the model is asked, and score from which a candidate is offered, 0 to 1. */
  readonly threshold: () => number;
  readonly rules: () => RuleState;
  /** True for a topic that the user said no to, or for what this proposer is muted for. */
  readonly suppressed: (topic: string, proposer: string) => boolean;
  readonly gateOff?: boolean;
  readonly rulesOff?: boolean;
  readonly proposerTimeoutMs?: number;
  readonly leastObservations?: number;
}

/**
 * The agent. Patterns are asked in every turn that the rules let pass: they speak from evidence and cost nothing. The
 * model is asked only when the gate passes. The score binds them all.
 */
export function createAgent(options: AgentOptions): Agent {
  const { clock, gate, judge } = options;
  const timeoutMs = options.proposerTimeoutMs ?? PROPOSER_TIMEOUT_MS;
  let lastSeen: string | null = null;

  async function turn(context: TurnContext, started: number): Promise<TurnResult> {
    const { observations, events, signal, arm = {} } = context;
    const receipts: Receipt[] = [];
    const last = observations.at(-1);
    const end: End = (outcome, reason, need, best) => ({
      id: newId(),
      at: started,
      outcome,
      reason: reason.slice(0, LONGEST_REASON),
      ...(last && { observation: last.id }),
      ...(need && { gate: need }),
      ...(best?.score !== undefined && { score: best.score }),
      ...(best && { task: best.proposal.task }),
      receipts: [...receipts],
      ms: Math.max(0, clock.now() - started),
    });

    try {
      const seen = markOf(observations, events);
      const stopped = options.rulesOff
        ? null
        : rule({
            ...options.rules(),
            now: started,
            observations: observations.length,
            leastObservations: options.leastObservations ?? 1,
            seen,
            lastSeen,
          });
      if (stopped !== null) return { decision: end('rule', stopped), proposal: null };
      lastSeen = seen;

      const need = gate.need(factsOf(context, started));
      const threshold = arm.threshold ?? options.threshold();
      const ungated = options.gateOff === true || arm.gateOff === true;
      const passes = ungated || need.probability >= threshold;
      const proposers = options.proposers.filter(
        ({ name }) => (passes || grounded(name)) && mayPropose(name, arm.proposers),
      );
      const asked = await ask(
        proposers,
        {
          now: started,
          observations,
          events,
          need,
          onReceipt: (receipt) => void receipts.push(receipt),
        },
        { timeoutMs, ...(signal && { signal }) },
      );
      if (signal?.aborted)
        return { decision: end('error', 'the turn was stopped', need), proposal: null, need };

      const wanted = asked.proposals.filter((each) => !options.suppressed(each.topic, each.proposer));
      const { score } = options;
      const [best] = await rank(wanted, observations, { need, judge, score });
      if (!best) return { decision: silence(end, { asked, need, threshold, passes }), proposal: null, need };
      const { proposal, judgement } = best;
      const found = {
        need,
        seen: asked.seen.get(proposal.proposer) ?? observations,
        ...(judgement && { judgement }),
      };
      if (!ungated && best.score !== undefined && best.score < threshold) {
        const decision = end('judge', `${refusal(best, threshold)}${failures(asked)}`, need, best);
        return { decision, proposal: null, candidate: proposal, ...found };
      }
      const reason = `${proposal.proposer}: ${proposal.why}${failures(asked)}`;
      return { decision: end('proposal', reason, need, best), proposal, ...found };
    } catch (thrown) {
      return { decision: end('error', `the turn failed: ${kindOfError(thrown)}`), proposal: null };
    }
  }

  return { turn: (context) => turn(context, clock.now()) };
}

type End = (outcome: Outcome, reason: string, need?: Need, best?: Candidate) => Decision;

/** Why the best candidate was held back. */
function refusal({ proposal, score }: Candidate, threshold: number): string {
  return `${proposal.proposer}: chance of a yes ${score!.toFixed(2)} is below the threshold ${threshold.toFixed(2)}`;
}

/** Why nobody spoke. */
function silence(
  end: End,
  turn: { readonly asked: Asked; readonly need: Need; readonly threshold: number; readonly passes: boolean },
): Decision {
  const { asked, need, threshold, passes } = turn;
  const dropped = asked.proposals[0];
  if (dropped) {
    return end('policy', `the user said no to this topic: ${dropped.task}${failures(asked)}`, need, {
      proposal: dropped,
    });
  }
  if (!passes) {
    const against = need.reasons.find((each) => each.startsWith('against: ')) ?? need.reasons[0];
    const because = against ? `; ${against.replace('against: ', '')}` : '';
    const score = `need ${need.probability.toFixed(2)} is below the threshold ${threshold.toFixed(2)}`;
    return end('gate', `${score}${because}${failures(asked)}`, need);
  }
  if (asked.failed.length > 0) return end('error', failures(asked).replace(/^; /, ''), need);
  return end('silence', 'no proposer had anything to offer', need);
}

function failures(asked: Asked): string {
  return asked.failed.map((each) => `; ${each.name} failed: ${each.reason}`).join('');
}

/** Whether a proposer speaks from evidence alone, without a model. */
function grounded(name: string): boolean {
  return name.startsWith('pattern:');
}

function factsOf(context: TurnContext, now: number): readonly Fact[] {
  return context.events.length > 0
    ? factsFromEvents(context.events, now)
    : factsFromSentences(context.observations, now);
}

/** Changes with the last event and, while one goes on, with every minute of it: reading is news too. */
function markOf(observations: readonly Observation[], events: readonly Event[]): string {
  const last = observations.at(-1);
  const minutes = Math.floor((last?.duration ?? 0) / 60_000);
  return `${last?.id ?? ''}:${last?.sources.length ?? 0}:${minutes}:${events.at(-1)?.id ?? ''}`;
}

function mayPropose(name: string, proposers: ArmOfTurn['proposers'] = 'all'): boolean {
  if (proposers === 'patterns') return grounded(name);
  if (proposers === 'model') return !grounded(name);
  return proposers === 'all';
}

/** Names the error without its text, which may carry captured content. */
function kindOfError(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
