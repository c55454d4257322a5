import { createPatterns } from '../../agent/proposers/patterns/index.ts';
import { createModelProposer } from '../../agent/proposers/model.ts';
import { factsFromSentences } from '../../agent/facts.ts';
import type { PromptFile } from '../../agent/prompt.ts';
import { refusals } from '../../llm/tier.ts';
import type { Measured, TierFigures } from '../../llm/measured.ts';
import type { Gate, Judge, Proposer } from '../../model/agent.ts';
import type { Receipt } from '../../model/decision.ts';
import type { Llm } from '../../model/llm.ts';
import type { Observation } from '../../model/observation.ts';
import type { JudgedWindow } from '../../proactivebench/windows.ts';
import { countsOf, figuresOf } from '../metrics.ts';
import { observationsOf } from '../protocol/traces.ts';
import { type BenchRun, eachInTurn } from '../run.ts';
import { fits, repeated, type Scene } from './scenes.ts';

/** Who watches and may stop it. */
type Watched = Pick<BenchRun, 'signal' | 'progress'>;

/** Milliseconds between two events of a scene. */
const STEP = 20_000;
/** Unix seconds of the first scene: any day will do. */
const FIRST = 1_760_000_000;

/** A moment to measure at, and whether a task would be right there. */
export interface TierMoment {
  readonly needed: boolean;
  readonly observations: readonly Observation[];
  readonly fits: (task: string) => Promise<boolean> | boolean;
}

/** What is measured, with what. */
export interface TierOptions {
  readonly llm: Llm;
  readonly prompt: PromptFile;
  readonly gate: Gate;
  /** P(need) from which the gate passes. */
  readonly threshold: number;
  /** P(help) from which the model offers, as the settings have it. */
  readonly modelThreshold: number;
  readonly scenes: readonly Scene[];
  /** Judged moments of a data folder, where one was named. */
  readonly bench: readonly TierMoment[] | null;
  readonly now: number;
}

/** Measures a model and says whether its proposals may be shown. Null when interrupted; rejects as the model does. */
export async function measureTier(run: Watched, options: TierOptions): Promise<Measured | null> {
  const receipts: Receipt[] = [];
  const scenes = await figuresOn(run, 'Our own scenes', sceneMoments(options.scenes), options, receipts);
  if (!scenes) return null;
  const bench = options.bench && (await figuresOn(run, 'The data named', options.bench, options, receipts));
  if (options.bench && !bench) return null;
  const { alias, digest } = options.llm.info();
  const offers = receipts.filter(({ outputTokens }) => outputTokens > 12);
  const found = { scenes, bench, offerSeconds: middle(offers.map(({ totalMs }) => totalMs / 1000)) };
  const reasons = [...refusals(found)];
  return {
    digest: digest || alias,
    alias,
    promptVersion: options.prompt.version,
    at: options.now,
    ...found,
    tokensPerSecond: middle(
      offers.flatMap(({ outputTokens, totalMs, firstTokenMs }) =>
        totalMs > firstTokenMs ? [((outputTokens - 1) * 1000) / (totalMs - firstTokenMs)] : [],
      ),
    ),
    shows: reasons.length === 0,
    reasons,
  };
}

/** Our own scenes as moments. */
function sceneMoments(scenes: readonly Scene[]): readonly TierMoment[] {
  return scenes.map((scene, n) => ({
    needed: scene.need,
    observations: observationsOf(
      scene.events.map((event, at) => ({ time: FIRST + (n * 3_600_000 + at * STEP) / 1000, event })),
    ),
    fits: (task) => fits(task, scene),
  }));
}

/** Judged windows as moments: a task fits where the judge accepts it. `judgeOf` may leave the window's own trace out. */
export function benchMoments(
  windows: readonly JudgedWindow[],
  judgeOf: (window: JudgedWindow) => Judge,
): readonly TierMoment[] {
  return windows.map((window) => {
    const observations = observationsOf(window.obs);
    return {
      needed: window.needed,
      observations,
      fits: async (task) =>
        (await judgeOf(window).judge(observations, proposalOf(task))).judgement === 'accepted',
    };
  });
}

async function figuresOn(
  run: Watched,
  title: string,
  moments: readonly TierMoment[],
  options: TierOptions,
  receipts: Receipt[],
): Promise<TierFigures | null> {
  let unread = 0;
  const model = createModelProposer({
    llm: options.llm,
    prompt: options.prompt,
    threshold: options.modelThreshold,
    onSilence: (reason) => (unread += /no JSON|named no task|stopped/.test(reason) ? 1 : 0),
  });
  const said = await eachInTurn(
    run,
    title,
    (n) => `${n} moments`,
    moments,
    async ({ observations }) => {
      const now = observations.at(-1)!.time;
      const need = options.gate.need(factsFromSentences(observations, now));
      const ask = async (proposer: Proposer) =>
        (
          await proposer.propose(
            { now, observations, events: [], need, onReceipt: (each) => void receipts.push(each) },
            run.signal,
          )
        )[0]?.task ?? null;
      let pattern: string | null = null;
      for (const each of createPatterns()) pattern ??= await ask(each);
      return { passes: need.probability >= options.threshold, task: await ask(model), pattern };
    },
  );
  if (!said || run.signal.aborted) return null;
  const always = repeated(
    said.flatMap(({ task }) => task ?? []),
    moments.length,
  );
  const decided = (of: (at: number) => boolean) =>
    figuresOf(countsOf(moments.map(({ needed }, at) => ({ needed, proposed: of(at) })))).f1;
  const fitting = async (of: (at: number) => string | null) => {
    const offered = moments.flatMap((moment, at) => {
      const task = of(at);
      return moment.needed && task !== null ? [{ moment, task }] : [];
    });
    let right = 0;
    for (const { moment, task } of offered) if (!always.has(task) && (await moment.fits(task))) right += 1;
    return { offers: offered.length, share: offered.length === 0 ? null : right / offered.length };
  };
  const own = await fitting((at) => said[at]!.task);
  return {
    moments: moments.length,
    needed: moments.filter(({ needed }) => needed).length,
    parsed: moments.length === 0 ? 1 : 1 - unread / moments.length,
    f1: decided((at) => said[at]!.passes && said[at]!.task !== null),
    gateF1: decided((at) => said[at]!.passes),
    fitting: own.share,
    patternsFitting: (await fitting((at) => said[at]!.pattern)).share,
    offers: own.offers,
  };
}

function proposalOf(task: string) {
  return { task, message: task, why: 'measured', topic: task, proposer: 'model', lifetime: 60_000 };
}

function middle(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
