import { createAgent } from '../../agent/agent.ts';
import { AppError } from '../../errors.ts';
import type { Gate, Proposer } from '../../model/agent.ts';
import type { AgentResponse } from '../../proactivebench/rows.ts';
import { type BenchRun, eachInTurn } from '../run.ts';
import type { ProtocolTrace } from './traces.ts';

/** What an agent is made of, joined with `+`. */
export const PARTS = ['gate', 'patterns', 'model', 'always', 'never'] as const;
export type Part = (typeof PARTS)[number];

/** Observations a decision looks at: a recorded trace is short, so that the whole of it is seen. */
const WINDOW = 64;
/** What a reference says that proposes without looking. */
export const FIXED_TASK = 'Help the user with what they are doing now.';

/** What agents are made from. `proposers` are made anew for each trace, for what one user did is no history of another. */
export interface AgentParts {
  readonly gate: Gate;
  /** Need from which the gate passes. */
  readonly threshold: number;
  readonly patterns: () => readonly Proposer[];
  /** Null where no model is in use. */
  readonly model: (() => Proposer) | null;
}

/** The parts of a name such as `gate+patterns`, or `usage` for one that is none. */
export function partsOf(name: string): readonly Part[] {
  const parts = name.split('+').map((each) => each.trim());
  for (const part of parts) {
    if (!(PARTS as readonly string[]).includes(part)) {
      throw new AppError(
        'usage',
        `[bench] ${name} is no agent: join some of ${PARTS.join(', ')} with +, such as gate+patterns`,
      );
    }
  }
  return parts as Part[];
}

/**
 * Replays traces turn by turn with every agent named: at each step it sees the trace up to there. Responses by the agent's
 * and the trace's name, one a step. Null when interrupted; `model-failed` when a turn fails, since a failure is no silence.
 */
export async function replayAgents(
  run: BenchRun,
  names: readonly string[],
  parts: AgentParts,
  traces: readonly ProtocolTrace[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly AgentResponse[]>> | null> {
  const answers = new Map(
    names.map((name) => [name, new Map(traces.map((trace): [string, AgentResponse[]] => [trace.name, []]))]),
  );
  let turn: ((at: number) => Promise<readonly string[]>) | null = null;
  const items = names.flatMap((name) =>
    traces.flatMap((trace) => trace.steps.map((_, at) => ({ name, trace, at }))),
  );
  const done = await eachInTurn(
    run,
    'Replaying',
    (n) => `${n} turns`,
    items,
    async ({ name, trace, at }) => {
      if (at === 0 || !turn) turn = createReplay(name, parts, trace, run.signal);
      answers
        .get(name)!
        .get(trace.name)!
        .push([...(await turn(at))]);
    },
  );
  return done && !run.signal.aborted ? answers : null;
}

function createReplay(
  name: string,
  parts: AgentParts,
  trace: ProtocolTrace,
  signal: AbortSignal,
): (at: number) => Promise<readonly string[]> {
  const chosen = partsOf(name);
  let now = 0;
  const proposers = [
    ...(chosen.includes('patterns') ? parts.patterns() : []),
    ...(chosen.includes('model') && parts.model ? [parts.model()] : []),
    ...(chosen.includes('always') || chosen.every((part) => part === 'gate') ? [FIXED] : []),
  ];
  const gated = chosen.includes('gate');
  const agent = createAgent({
    clock: { now: () => now },
    gate: parts.gate,
    // Patterns speak in every turn of the product; behind a name that begins otherwise the gate holds them too.
    proposers:
      gated && !chosen.includes('model')
        ? proposers.map((each) => ({ ...each, name: `gated ${each.name}` }))
        : proposers,
    threshold: () => parts.threshold,
    suppressed: () => false,
    rules: () => {
      throw new AppError('internal', '[bench] rules are off');
    },
    rulesOff: true,
    gateOff: !gated,
  });
  return async (at) => {
    now = trace.observations[at]!.time;
    const observations = trace.observations.slice(Math.max(0, at + 1 - WINDOW), at + 1);
    const { decision, proposal } = await agent.turn({ observations, events: [], signal });
    if (decision.outcome === 'error' && !signal.aborted) {
      throw new AppError(
        'model-failed',
        `[bench] ${name} failed at step ${at + 1} of ${trace.name}: ${decision.reason}; mend it and run the same command again`,
      );
    }
    return proposal ? [proposal.task] : [];
  };
}

const FIXED: Proposer = {
  name: 'fixed',
  propose: async () => [
    {
      task: FIXED_TASK,
      message: FIXED_TASK,
      why: 'it proposes without looking',
      topic: 'fixed',
      proposer: 'fixed',
      lifetime: 60_000,
    },
  ],
};
