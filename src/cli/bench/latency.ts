import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { readGate } from '../../agent/gate.ts';
import { readPrompt } from '../../agent/prompt.ts';
import { benchLatency } from '../../bench/latency/latency.ts';
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
import { openEndpoint, openModel } from '../openModel.ts';
import { result } from '../output.ts';
import { linesOfLatency } from './latencyLines.ts';
import { type BenchOptions, runBench, whole, withBenchOptions } from './options.ts';

/** A session longer than this is a week. */
const LONGEST = 5000;

interface Options extends BenchOptions {
  readonly model?: string;
  readonly endpoint?: string;
  readonly endpointModel?: string;
  readonly turns: readonly number[];
  readonly data?: string;
  readonly budget: number;
}

/** `beforehand bench latency`: what a decision costs, naive beside ours, always asking beside gated. */
export function addBenchLatency(bench: Command): void {
  withBenchOptions(
    bench
      .command('latency')
      .description('what a decision costs: naive full re-prompt beside ours, always asking beside gated')
      .option('--model <alias>', 'a model of the catalogue; the one in use when none is named')
      .option('--endpoint <url>', 'a model behind an OpenAI-compatible endpoint: the session is sent there')
      .option('--endpoint-model <name>', 'its name there')
      .option('--turns <lengths>', 'lengths of sessions, in turns', lengths, [20, 100, 500])
      .option('--budget <seconds>', 'time for new calls; what is left over is counted in tokens', whole, 420)
      .option('--data <folder>', "sessions of its test_data, in ProactiveBench's layout; else the demo day"),
  ).action(async (options: Options) => {
    const { assets } = createPaths();
    const settings = createSettingsStore(createPaths()).get();
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

async function open(
  options: Options,
  inUse: string,
): Promise<{ readonly name: string; readonly llm: Llm; readonly where: string | null }> {
  const { endpoint, endpointModel } = options;
  if ((endpoint === undefined) !== (endpointModel === undefined))
    throw new AppError('usage', '[bench] --endpoint and --endpoint-model go together: name both');
  if (endpoint !== undefined && endpointModel !== undefined)
    return { name: endpointModel, llm: await openEndpoint(endpoint, endpointModel), where: endpoint };
  const name = options.model ?? inUse;
  if (name === 'none' || name === 'remote')
    throw new AppError(
      'usage',
      '[bench] the settings use no model of this machine: name one with --model ALIAS or --endpoint URL',
    );
  return { name, llm: await openModel(name), where: null };
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
