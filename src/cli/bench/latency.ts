import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { readGate } from '../../agent/gate.ts';
import { readPrompt } from '../../agent/prompt.ts';
import { benchLatency } from '../../bench/latency/latency.ts';
import type { Asked } from '../../bench/need/ask.ts';
import { type Session, sessionOfDay, sessionOfTraces } from '../../bench/latency/session.ts';
import { turnsOf } from '../../bench/latency/turns.ts';
import { AppError } from '../../errors.ts';
import type { Event } from '../../model/event.ts';
import type { Llm } from '../../model/llm.ts';
import { createPaths } from '../../paths.ts';
import { readBenchFolder } from '../../proactivebench/folder.ts';
import { readEvents } from '../../replay/read.ts';
import { createSettingsStore } from '../../settingsFile.ts';
import { thresholdOf } from '../../suggestions/policy.ts';
import { result } from '../output.ts';
import { linesOfLatency } from './latencyLines.ts';
import { checkModelOptions, type ModelOptions, openModels, withModelOptions } from './models.ts';
import { type BenchOptions, runBench, whole, withBenchOptions } from './options.ts';

/** A session longer than this is a week. */
const LONGEST = 5000;

interface Options extends BenchOptions, ModelOptions {
  readonly turns: readonly number[];
  readonly data?: string;
  readonly budget: number;
}

/** `beforehand bench latency`: what a decision costs, naive beside ours, always asking beside gated. */
export function addBenchLatency(bench: Command): void {
  withBenchOptions(
    withModelOptions(
      bench
        .command('latency')
        .description('what a decision costs: naive full re-prompt beside ours, always asking beside gated'),
      {
        model: 'a model of the catalogue; the one in use when none is named',
        endpoint: 'a model behind an OpenAI-compatible endpoint: the session is sent there',
      },
    )
      .option('--turns <lengths>', 'lengths of sessions, in turns', lengths, [20, 100, 500])
      .option('--budget <seconds>', 'time for new calls; what is left over is counted in tokens', whole, 420)
      .option('--data <folder>', "sessions of its test_data, in ProactiveBench's layout; else the demo day"),
  ).action(async (options: Options) => {
    const { assets } = createPaths();
    const settings = createSettingsStore(createPaths()).get();
    checkModelOptions(options);
    const { session, data } = await sessionOf(options, assets);
    const { name, llm, where } = await open(options, settings.model.use);
    try {
      const done = await runBench('latency', options, async (run) => {
        // The first call loads the model, which then tells how much it holds; its time is nobody's.
        await wake(llm, run.signal).catch((thrown: unknown) => {
          if (!run.signal.aborted) throw thrown;
        });
        if (run.signal.aborted) return null;
        const { alias, digest, context } = llm.info();
        const turns = await turnsOf(session, options.turns.at(-1)!, {
          prompt: readPrompt(join(assets, 'prompts', 'decide-1.json')),
          gate: await readGate(join(assets, 'gate.json')),
          threshold: thresholdOf(settings.eagerness),
          context,
        });
        const { threads, gpu } = settings.model;
        const conditions = where === null ? { threads, context, gpu } : { context, where };
        const figures = await benchLatency(run, {
          llm,
          turns,
          lengths: options.turns,
          budget: options.budget,
          facts: { alias, digest, ...conditions, processor: cpus()[0]?.model ?? 'unknown' },
        });
        return (
          figures && {
            result: { ...figures, session: session.name, conditions, budgetSeconds: options.budget },
            facts: { model: { alias: name, digest }, data },
          }
        );
      });
      if (done) result(options.json, done, linesOfLatency(done));
    } finally {
      await llm.close();
    }
  });
}

async function sessionOf(
  options: Options,
  assets: string,
): Promise<{ session: Session; data: { digest: string; folder: string } | null }> {
  if (options.data !== undefined) {
    const { annotated, digest } = await readBenchFolder(options.data);
    return { session: sessionOfTraces(annotated, options.seed), data: { digest, folder: options.data } };
  }
  const day: Event[] = [];
  for await (const event of readEvents(join(assets, 'demo', 'day.jsonl'))) day.push(event);
  return { session: sessionOfDay(day, options.seed), data: null };
}

/** The one model that is timed: the one named, else the one in use. */
async function open(options: Options, inUse: string): Promise<Asked> {
  if (options.model !== undefined && options.endpoint !== undefined)
    throw new AppError('usage', '[bench] one model is timed at a time: name --model or --endpoint');
  const model = options.model ?? (options.endpoint === undefined ? inUse : undefined);
  if (model === 'none' || model === 'remote')
    throw new AppError(
      'usage',
      '[bench] the settings use no model of this machine: name one with --model ALIAS or --endpoint URL',
    );
  const [asked] = await openModels({ ...options, ...(model !== undefined && { model }) });
  return asked!;
}

async function wake(llm: Llm, signal: AbortSignal): Promise<void> {
  const messages = [{ role: 'user' as const, content: 'Hello' }];
  const request = { messages, maxTokens: 1, temperature: 0, timeoutMs: 600_000, session: 'beside' };
  await llm.complete({ ...request, purpose: 'bench', promptVersion: 'bench-1' }, signal);
}

/** `20,100,500`: rising whole numbers. */
function lengths(text: string): readonly number[] {
  const values = text.split(',').map(Number);
  const rising = values.every((value, at) => at === 0 || value > values[at - 1]!);
  if (!rising || values.some((value) => !Number.isSafeInteger(value) || value < 1 || value > LONGEST))
    throw new InvalidArgumentError(`Rising whole numbers from 1 to ${LONGEST}, such as 20,100,500.`);
  return values;
}
