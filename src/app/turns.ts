import type { Agent, ArmOfTurn } from '../agent/agent.ts';
import type { Decision, Outcome } from '../model/decision.ts';
import type { Need } from '../model/judgement.ts';
import type { EventLog } from '../model/log.ts';
import type { Proposal } from '../model/proposal.ts';
import type { Observer } from '../observations/window.ts';
import type { Lifecycle } from '../suggestions/lifecycle.ts';
import { drawn } from '../suggestions/audit.ts';
import { thresholdOf, type Policy } from '../suggestions/policy.ts';
import type { StudyTurn } from './studying.ts';

/** Observations a turn looks at: enough for every pattern, few enough for the smallest context. */
export const WINDOW = 40;
/** Raw events behind them: heartbeats make several of one observation. */
const EVENTS = 200;

/** How a turn ends where the policy held something back, or nobody had anything: the digest may ask about those. */
const SUPPRESSED: ReadonlySet<Outcome> = new Set(['gate', 'judge', 'silence']);
/** Where no score was held against a threshold. */
const UNSCORED: ReadonlySet<Outcome> = new Set(['rule', 'error']);
/** The note of a candidate that was kept for the digest. */
const AUDITED = 'drawn for the digest: it was not worth an interruption';

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
  /** Share of the suppressed moments that the digest asks about, 0 to 1; none unless told. */
  readonly auditShare?: () => number;
  /** The model rests: patterns alone propose. */
  readonly modelRests?: () => boolean;
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
    const proposers = proposersOf(study?.arm?.proposers ?? 'all', options.modelRests?.() ?? false);
    const result = await agent.turn({
      observations,
      events: observer.events(EVENTS),
      signal,
      arm: { ...dial, ...(study?.arm && { gateOff: study.arm.gate === 'off' }), proposers },
    });
    if (dropped.aborted) return;
    const mark = study ? { study: study.mark } : {};
    // Nobody is asked about more than the study asks about.
    const share = study ? 0 : (options.auditShare?.() ?? 0);
    const { outcome } = result.decision;
    const propensity = outcome === 'proposal' ? 1 : SUPPRESSED.has(outcome) ? share : 0;
    const inForce = { ...policy.snapshot(propensity), ...dial };
    let decision: Decision = {
      ...result.decision,
      ...(UNSCORED.has(outcome) ? {} : { policy: inForce }),
      ...mark,
    };
    const offer = (proposal: Proposal, need: Need) => ({
      proposal,
      seen: result.seen ?? observations,
      gate: need,
      ...(result.judgement && { reward: result.judgement }),
      ...(decision.score !== undefined && { score: decision.score }),
      reasons: [proposal.why, ...need.reasons].slice(0, 3),
      policy: inForce,
      promptVersion: options.promptVersion(),
      ...mark,
    });
    if (result.proposal && result.need && !ending.signal.aborted) {
      const suggestion = await lifecycle.offer(offer(result.proposal, result.need));
      decision = suggestion
        ? { ...decision, suggestion: suggestion.id }
        : { ...decision, outcome: 'policy', reason: 'the same topic already waits' };
      if (dropped.aborted) return;
      if (suggestion) options.onOffer();
    } else if (SUPPRESSED.has(outcome) && drawn(decision.id, share)) {
      const kept =
        result.candidate && result.need
          ? await lifecycle.audit(offer(result.candidate, result.need), AUDITED)
          : null;
      decision = { ...decision, audit: true, ...(kept && { suggestion: kept.id }) };
      if (dropped.aborted) return;
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

/** Who may propose in a turn; on battery the model may not. */
function proposersOf(wanted: NonNullable<ArmOfTurn['proposers']>, rests: boolean): ArmOfTurn['proposers'] {
  if (!rests) return wanted;
  return wanted === 'all' || wanted === 'patterns' ? 'patterns' : 'none';
}
