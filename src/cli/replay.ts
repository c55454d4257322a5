import { InvalidArgumentError, Option, type Command } from 'commander';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createAgent } from '../agent/agent.ts';
import { readGate } from '../agent/gate.ts';
import { readOwnPrompt, readPrompt } from '../agent/prompt.ts';
import { createModelProposer } from '../agent/proposers/model.ts';
import { createPatterns } from '../agent/proposers/patterns/index.ts';
import { openReward } from '../app/rewardHere.ts';
import { AppError } from '../errors.ts';
import type { Decision } from '../model/decision.ts';
import type { Event } from '../model/event.ts';
import type { Llm } from '../model/llm.ts';
import { createObserver } from '../observations/window.ts';
import { createPaths } from '../paths.ts';
import { readTraces } from '../replay/proactivebench.ts';
import { createScore } from '../reward/score.ts';
import { NO_TASTE } from '../reward/taste.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { thresholdOf } from '../suggestions/policy.ts';
import { openModel } from './openModel.ts';
import { progressBar, result, say } from './output.ts';

/** Observations a decision looks at. A recorded trace is short, so that the whole of it is seen. */
const WINDOW = 64;

/** One decision of a replay, as `--json` prints it. Tokens are counts, `ms` is model and agent time. */
interface Row {
  readonly file: string;
  readonly event: string;
  readonly outcome: Decision['outcome'];
  readonly reason: string;
  readonly task?: string;
  readonly need?: number;
  /** P(the offer is taken now), where there was one. */
  readonly score?: number;
  /** Tokens really evaluated, and what a full re-prompt would have cost. */
  readonly prefillTokens: number;
  readonly naivePrefillTokens: number;
  readonly outputTokens: number;
  readonly ms: number;
}

/** One recorded day. */
interface Day {
  readonly name: string;
  readonly events: readonly Event[];
}

interface Options {
  readonly gate: 'on' | 'off';
  readonly model: string;
  readonly proposers: 'all' | 'patterns' | 'model';
  readonly prompt?: string;
  readonly limit?: number;
  readonly json: boolean;
}

/** `beforehand replay`: what the agent would have done on recorded days. Nothing is kept. */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description(
      'decide on every event of recorded days: our own log format (JSON lines) or ProactiveBench traces',
    )
    .argument('<files...>', 'recorded days')
    .addOption(
      new Option('--gate <gate>', 'off: every event reaches the proposers')
        .choices(['on', 'off'])
        .default('on'),
    )
    .addOption(
      new Option('--proposers <which>', 'who may propose')
        .choices(['all', 'patterns', 'model'])
        .default('all'),
    )
    .option('--model <alias>', 'a model of the catalogue, or `none`', 'none')
    .option('--prompt <file>', 'a prompt file with other words than ours; else that of the settings')
    .option('--limit <n>', 'stop after so many events of each file', whole)
    .option('--json', 'print {decisions, summary}', false)
    .action(async (files: string[], options: Options) => {
      const days: Day[] = [];
      for (const file of files) {
        const traces = await readTraces(file);
        days.push(
          ...traces.map((events, n) => ({ name: traces.length > 1 ? `${file}#${n + 1}` : file, events })),
        );
      }
      const llm = options.model === 'none' ? null : await openModel(options.model);
      const rows = await replay(days, options, llm).finally(() => llm?.close());
      const summary = summarise(rows);
      result(options.json, { decisions: rows, summary }, [
        ...rows.map(line),
        '',
        ...Object.entries(summary).map(entry),
      ]);
    });
}

async function replay(days: readonly Day[], options: Options, llm: Llm | null): Promise<Row[]> {
  const total = days.reduce((sum, day) => sum + Math.min(day.events.length, options.limit ?? Infinity), 0);
  const bar = progressBar('Replaying', (n) => `${n} events`);
  const rows: Row[] = [];
  let stopped = false;
  // The front door passes Ctrl-C on as SIGTERM, beside the terminal's own SIGINT.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (stopped = true));
  for (const day of days) {
    const decide = await createReplay(options, llm);
    for (const event of day.events.slice(0, options.limit)) {
      if (stopped) {
        say('Stopped; the summary is of what was replayed.');
        break;
      }
      const row = await decide(day.name, event);
      if (row) rows.push(row);
      bar.update(rows.length, total);
      // Without a model nothing else would let Ctrl-C be heard.
      await setImmediate();
    }
  }
  bar.stop();
  return rows;
}

/** An agent with an empty history and the shipped reward model: cool-down, cap and the user's answers are no part of a replay. */
async function createReplay(
  options: Options,
  llm: Llm | null,
): Promise<(file: string, event: Event) => Promise<Row | null>> {
  const paths = createPaths();
  const { eagerness, model } = createSettingsStore(paths).get();
  const own = options.prompt ?? model.prompt;
  const prompt = own ? readOwnPrompt(own) : readPrompt(join(paths.assets, 'prompts', 'decide-1.json'));
  const observer = createObserver({});
  const { judge, weights } = openReward(paths);
  let now = 0;
  const agent = createAgent({
    clock: { now: () => now },
    gate: await readGate(join(paths.assets, 'gate.json')),
    proposers: [
      ...(options.proposers === 'model' ? [] : createPatterns()),
      ...(llm && options.proposers !== 'patterns' ? [createModelProposer({ llm, prompt })] : []),
    ],
    judge,
    score: createScore(weights.score, () => NO_TASTE),
    threshold: () => thresholdOf(eagerness),
    suppressed: () => false,
    rules: () => {
      throw new AppError('internal', '[replay] rules are off');
    },
    rulesOff: true,
    gateOff: options.gate === 'off',
  });

  return async (file, event) => {
    const observed = observer.observe(event);
    if (!observed?.isNew) return null;
    now = event.at + event.duration;
    const began = performance.now();
    const { decision } = await agent.turn({
      observations: observer.window(WINDOW),
      events: event.kind === 'described' ? [] : observer.events(4 * WINDOW),
    });
    const sum = (read: (receipt: Decision['receipts'][number]) => number) =>
      decision.receipts.reduce((total, each) => total + read(each), 0);
    return {
      file,
      event: observed.observation.event,
      outcome: decision.outcome,
      reason: decision.reason,
      task: decision.task,
      need: decision.gate?.probability,
      score: decision.score,
      prefillTokens: sum((each) => each.prefillTokens),
      // A decision read as a probability first asks about the same prompt twice; naively once is enough.
      naivePrefillTokens: Math.max(0, ...decision.receipts.map((each) => each.promptTokens)),
      outputTokens: sum((each) => each.outputTokens),
      ms: Math.round(performance.now() - began),
    };
  };
}

function summarise(rows: readonly Row[]) {
  const sum = (read: (row: Row) => number) => rows.reduce((total, row) => total + read(row), 0);
  const silent = rows.filter((row) => row.outcome === 'silence' && row.outputTokens > 0);
  return {
    windows: rows.length,
    proposals: rows.filter((row) => row.outcome === 'proposal').length,
    silences: rows.filter((row) => row.outcome !== 'proposal').length,
    prefillTokens: sum((row) => row.prefillTokens),
    naivePrefillTokens: sum((row) => row.naivePrefillTokens),
    outputTokens: sum((row) => row.outputTokens),
    /** Of the silences a model was asked about; 0 when none was. */
    medianSilenceTokens: median(silent.map((row) => row.outputTokens)),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function line(row: Row): string {
  const cost =
    row.naivePrefillTokens > 0
      ? ` [${row.prefillTokens}/${row.naivePrefillTokens}+${row.outputTokens} tokens]`
      : '';
  return `${row.outcome.padEnd(8)}  ${row.task ?? row.reason}${cost}  ${row.ms} ms\n          ${row.event}`;
}

const entry = ([name, value]: [string, number]) => `${name}: ${value}`;

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}
