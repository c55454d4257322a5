import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { createFileCache } from '../../bench/cache.ts';
import { appendResult, type ResultRow } from '../../bench/results.ts';
import type { BenchRun } from '../../bench/run.ts';
import { createPaths } from '../../paths.ts';
import { version } from '../../version.ts';
import { interruptible } from '../interrupt.ts';
import { progressBar, say } from '../output.ts';

/** Options that every bench has. */
export interface BenchOptions {
  readonly seed: number;
  readonly results: string;
  readonly cache: string;
  readonly fresh: boolean;
  readonly json: boolean;
}

/** Adds `--seed`, `--results`, `--cache`, `--fresh` and `--json` to a bench's verb. */
export function withBenchOptions(command: Command): Command {
  const home = join(createPaths().data, 'bench');
  return command
    .option('--seed <n>', 'seed of everything random', whole, 1)
    .option('--results <file>', 'one row is appended here', join(home, 'results.jsonl'))
    .option('--cache <folder>', 'what was worked out before', join(home, 'cache'))
    .option('--fresh', 'work everything out again', false)
    .option('--json', 'print the rows as JSON', false);
}

/** What a bench says of its run beside its result. */
export type RunFacts = Pick<ResultRow, 'model'> & {
  readonly data: { readonly digest: string; readonly folder: string } | null;
};

/**
 * Runs a bench: gives it seed, cache, progress and a signal that Ctrl-C aborts, and appends its result as one row. `work`
 * resolves to null when it was interrupted; then nothing is appended, a line says how to go on, and the exit code is 1.
 */
export async function runBench<T extends Record<string, unknown>>(
  name: string,
  options: BenchOptions,
  work: (run: BenchRun) => Promise<{ readonly result: T; readonly facts: RunFacts } | null>,
): Promise<T | null> {
  const began = performance.now();
  return interruptible(async (signal) => {
    const cache = createFileCache(options.cache, { fresh: options.fresh });
    const done = await work({ seed: options.seed, signal, cache, progress: progressBar });
    if (!done) {
      say('Interrupted. What was done is kept: the same command goes on there.');
      process.exitCode = 1;
      return null;
    }
    const { model, data } = done.facts;
    await appendResult(options.results, {
      at: new Date().toISOString(),
      bench: name,
      version,
      commit: commit(),
      command: commandLine(process.argv.slice(2)),
      seed: options.seed,
      seconds: Math.round((performance.now() - began) / 10) / 100,
      model,
      data: data && { digest: data.digest, name: basename(resolve(data.folder)) },
      machine: { cores: cpus().length, processor: cpus()[0]?.model ?? 'unknown', memoryBytes: totalmem() },
      result: done.result,
    });
    say(`Kept as one row in ${options.results}.`);
    return done.result;
  });
}

/** Characters of a command that a row holds: hundreds of archives may be named. */
const LONGEST = 2000;

/** The command as the results have it, which are made to be shown. */
export function commandLine(words: readonly string[]): string {
  const line = ['beforehand', ...words.map(withoutPlace)].join(' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 2)} …` : line;
}

/** A path is the person's own business: of one only the last part is told. */
function withoutPlace(argument: string): string {
  const [, option = '', value = ''] = /^(--[\w-]+=)?([\s\S]*)$/.exec(argument) ?? [];
  const path = /[/\\]/.test(value) && !/^https?:\/\//.test(value);
  return option + (path ? basename(value.replaceAll('\\', '/')) : value);
}

/** The commit of the checkout the program runs from; null in a package. */
function commit(): string | null {
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+');
  } catch {
    return null;
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', import.meta.dirname, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** A whole number from 0, for commander. */
export function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('It must be a whole number from 0.');
  return value;
}
