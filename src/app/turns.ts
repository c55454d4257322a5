import type { Agent } from '../agent/agent.ts';
import type { Decision } from '../model/decision.ts';
import type { EventLog } from '../model/log.ts';
import type { Observer } from '../observations/window.ts';
import type { Lifecycle } from '../suggestions/lifecycle.ts';
import { thresholdOf, type Policy } from '../suggestions/policy.ts';
import type { StudyTurn } from './studying.ts';

/** Observations a turn looks at: enough for every pattern, few enough for the smallest context. */
export const WINDOW = 40;
/** Raw events behind them: heartbeats make several of one observation. */
const EVENTS = 200;

/** Runs one turn of the agent at a time; what arrives meanwhile is looked at in the next one. */
export interface Turns {
  /** Something new was observed. */
  trigger(): void;
  /** Resolves when no turn runs and none waits. */
  idle(): Promise<void>;
  /** Drops the running turn without a trace, and begins no other until `work` has ended: what it saw is forgotten. */
  without<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the running turn and starts no more. */
  close(): Promise<void>;
}

/** Every turn is recorded with its reason, silence included. `onOffer` is told when a suggestion is held. */
export function createTurns(options: {
  readonly agent: Agent;
  readonly observer: Observer;
  readonly lifecycle: Lifecycle;
  readonly policy: Policy;
  readonly log: EventLog;
  readonly promptVersion: () => string;
  /** The study in force at the beginning of a turn holds to its end. */
  readonly study?: () => StudyTurn | null;
  /** No turn begins while this says so. */
  readonly paused?: () => boolean;
  readonly onDecision: (decision: Decision) => void;
  readonly onOffer: () => void;
}): Turns {
  const { agent, observer, lifecycle, policy, log } = options;
  const ending = new AbortController();
  let running: Promise<void> | null = null;
  let again = false;
  let dropping = new AbortController();
  let held = 0;

  async function turn(dropped: AbortSignal): Promise<void> {
    const observations = observer.window(WINDOW);
    const signal = AbortSignal.any([ending.signal, dropped]);
    const study = options.study?.() ?? null;
    const eagerness = study?.arm?.eagerness;
    const dial = eagerness === undefined ? {} : { eagerness, threshold: thresholdOf(eagerness) };
    const result = await agent.turn({
      observations,
      events: observer.events(EVENTS),
      signal,
      ...(study?.arm && {
        arm: { ...dial, gateOff: study.arm.gate === 'off', proposers: study.arm.proposers },
      }),
    });
    if (dropped.aborted) return;
    const mark = study ? { study: study.mark } : {};
    let decision: Decision = { ...result.decision, ...mark };
    if (result.proposal && result.need && !ending.signal.aborted) {
      const suggestion = await lifecycle.offer({
        proposal: result.proposal,
        seen: result.seen ?? observations,
        gate: result.need,
        ...(result.judgement && { reward: result.judgement }),
        reasons: [result.proposal.why, ...result.need.reasons].slice(0, 3),
        policy: { ...policy.snapshot(), ...dial },
        promptVersion: options.promptVersion(),
        ...mark,
      });
      decision = suggestion
        ? { ...decision, suggestion: suggestion.id }
        : { ...decision, outcome: 'policy', reason: 'the same topic already waits' };
      if (dropped.aborted) return;
      if (suggestion) options.onOffer();
    }
    options.onDecision(decision);
    await log.decide(decision);
  }

  const due = () => again && held === 0 && !ending.signal.aborted && !options.paused?.();

  async function loop(): Promise<void> {
    while (due()) {
      again = false;
      // A full disk must not stop the watching: the keeper tells of it.
      await turn(dropping.signal).catch(() => {});
    }
    running = null;
  }

  function begin(): void {
    if (due()) running ??= loop();
  }

  return {
    trigger() {
      again = true;
      begin();
    },
    async idle() {
      // What came in meanwhile is looked at in the same run; one may follow it at once.
      await running;
      if (running) await this.idle();
    },
    async without(work) {
      held += 1;
      dropping.abort();
      try {
        await running;
        return await work();
      } finally {
        held -= 1;
        dropping = new AbortController();
        begin();
      }
    },
    async close() {
      ending.abort();
      await running;
    },
  };
}
