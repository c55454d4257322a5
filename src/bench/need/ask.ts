import { z } from 'zod';
import { createAgent } from '../../agent/agent.ts';
import type { PromptFile } from '../../agent/prompt.ts';
import { createModelProposer } from '../../agent/proposers/model.ts';
import { AppError } from '../../errors.ts';
import type { Gate } from '../../model/agent.ts';
import { newId } from '../../model/id.ts';
import type { Llm } from '../../model/llm.ts';
import type { Observation } from '../../model/observation.ts';
import type { Observed } from '../../proactivebench/rows.ts';
import type { JudgedWindow } from '../../proactivebench/windows.ts';
import { timesOf } from '../../replay/time.ts';
import { digestOf } from '../digest.ts';
import { type BenchRun, eachInTurn } from '../run.ts';

/** What a model said of one window. */
export const Answer = z.object({
  offers: z.boolean(),
  /** P(help) that the model gives; null where it does not tell. */
  help: z.number().min(0).max(1).nullable(),
  /** Whether its reply could be read; what cannot be read is silence. */
  read: z.boolean(),
  timedOut: z.boolean(),
});
export type Answer = z.infer<typeof Answer>;

/** A model to ask, and the name of its row. `where` is an endpoint's address; null on this machine. */
export interface Asked {
  readonly name: string;
  readonly llm: Llm;
  readonly where: string | null;
}

/**
 * Asks a model about every window as the product would at that moment, by our prompt and without rules, gate or history:
 * one decision a window, answers by the window's id, kept by content. Give windows of one trace by length, so that a model that keeps its prefix evaluates little more than the last sentence. Null when interrupted; rejects
 * with `model-failed` when the model fails, since a failure is no silence.
 */
export async function askModel(
  run: BenchRun,
  windows: readonly JudgedWindow[],
  asked: Asked,
  options: { readonly prompt: PromptFile; readonly gate: Gate },
): Promise<ReadonlyMap<string, Answer> | null> {
  const ids = createIds();
  const { alias, digest, context } = asked.llm.info();
  const reads = asked.where === null ? 'decision' : 'reply';
  const key = {
    bench: 'need',
    reads,
    where: asked.where,
    alias,
    digest,
    context,
    prompt: digestOf(options.prompt),
  };
  const failed = Symbol('interrupted');
  try {
    const answers = await eachInTurn(
      run,
      `Asking ${asked.name}`,
      (n) => `${n} windows`,
      windows,
      async (window) =>
        [
          window.id,
          await run.cache.get({ ...key, obs: window.obs }, Answer, () =>
            answerOf(window, ids(window), asked, options, run.signal).catch((thrown: unknown) => {
              // Ctrl-C reaches the model's process too, and what it ends with then is no failure.
              throw run.signal.aborted ? failed : thrown;
            }),
          ),
        ] as const,
    );
    return answers && new Map(answers);
  } catch (thrown) {
    if (thrown === failed) return null;
    throw thrown;
  }
}

async function answerOf(
  window: JudgedWindow,
  observations: readonly Observation[],
  { name, llm, where }: Asked,
  { prompt, gate }: { readonly prompt: PromptFile; readonly gate: Gate },
  signal: AbortSignal,
): Promise<Answer> {
  let help: number | null = null;
  let read = true;
  const now = observations.at(-1)!.time;
  // A new proposer for each window: what it chose to show of an earlier one must not decide what it shows of this.
  const proposer = createModelProposer({
    llm: where === null && decidesFirst(prompt) ? decisionOnly(llm, (each) => (help = each)) : llm,
    prompt,
    onSilence: (reason) => {
      if (/no JSON|none of the keys/.test(reason)) read = false;
    },
  });
  const agent = createAgent({
    clock: { now: () => now },
    gate,
    proposers: [proposer],
    threshold: () => 0,
    suppressed: () => false,
    rules: () => {
      throw new AppError('internal', '[bench] rules are off');
    },
    rulesOff: true,
    gateOff: true,
  });
  const { decision, proposal } = await agent.turn({ observations, events: [], signal });
  if (decision.outcome === 'error') {
    throw new AppError(
      'model-failed',
      `[bench] ${name} failed at window ${window.id}: ${decision.reason}; mend it and run the same command again`,
    );
  }
  return {
    offers: proposal !== null,
    help,
    read,
    timedOut: decision.receipts.some((receipt) => receipt.stop === 'timeout'),
  };
}

/** A prompt file with other key names has no decision of its own word, so the whole reply is needed. */
function decidesFirst({ keys, format }: PromptFile): boolean {
  return keys === undefined && format !== 'turns';
}

/** Tokens in which the decision is made: `true` or `false`, however they are cut. */
const DECISION_TOKENS = 4;
/** Stands for the prose that nobody reads here. */
const UNWRITTEN = 'true,"task":"an offer","message":"","why":"","operation":"chat","argument":""}';

/**
 * A model on this machine that is stopped once it has decided: its grammar puts the decision before all prose, and an offer
 * is hundreds of tokens. P(help) costs one token more, since the same prompt is evaluated already.
 */
function decisionOnly(llm: Llm, onHelp: (help: number | null) => void): Llm {
  return {
    ...llm,
    async complete(request, signal) {
      const scored = await llm.score({ ...request, purpose: 'score' }, ['true', 'false'], signal);
      onHelp(scored.receipt.stop === 'end' ? (scored.probabilities[0] ?? null) : null);
      const decided = await llm.complete({ ...request, maxTokens: DECISION_TOKENS }, signal);
      return decided.text.trimStart().startsWith('true') ? { ...decided, text: UNWRITTEN } : decided;
    },
  };
}

/** Observations of windows, with the same id for the same observation of one trace. */
function createIds(): (window: JudgedWindow) => readonly Observation[] {
  const known = new Map<string, string>();
  return ({ trace, obs }) => {
    const times = timesOf(obs.map((each) => each.time));
    return obs.map((each, at) => {
      const time = times[at]!;
      const key = placeOf(trace, at, each);
      const id = known.get(key) ?? newId(time);
      known.set(key, id);
      return { id, time, duration: 0, kind: 'described', event: each.event.slice(0, 4000), sources: [id] };
    });
  };
}

function placeOf(trace: string, at: number, { time, event }: Observed): string {
  return JSON.stringify([trace, at, time, event]);
}
