import type { Oddity } from './oddities.ts';
import type { CommittedResult, RewardRow, TraceStep } from './rows.ts';
import { createIntern } from './stream.ts';
import { walkFolder, type WalkOptions } from './walk.ts';
import type { Scene, SeedTasks } from './yamlFile.ts';

/** One trace: its file's name without `.json`, and its steps in order. */
export interface Trace {
  readonly name: string;
  readonly steps: readonly TraceStep[];
}

/** A folder in ProactiveBench's layout. What it lacks is empty. `digest` is the SHA-256 over every file read. */
export interface BenchFolder {
  readonly train: readonly RewardRow[];
  readonly test: readonly RewardRow[];
  /** Annotated traces (`test_data`). */
  readonly annotated: readonly Trace[];
  /** Published models by the name of their folder. */
  readonly models: ReadonlyMap<string, readonly Trace[]>;
  /** Committed results by the name of their file. */
  readonly results: ReadonlyMap<string, readonly CommittedResult[]>;
  readonly scenes: readonly Scene[];
  readonly seedTasks: SeedTasks;
  /** By kind, with counts and the first places; never content. */
  readonly oddities: readonly Oddity[];
  readonly digest: string;
}

/**
 * Reads a folder in ProactiveBench's layout into memory: `reward_data`, `test_data`, `traces/<model>`, `results`, scenes and
 * seed tasks, whichever are there. Equal observations are one value, so that overlapping windows take little room. A damaged
 * row is left out and reported as an oddity; `strict` makes it `bad-input`, naming file and line. Rejects as `walkFolder`.
 */
export async function readBenchFolder(
  folder: string,
  options: Pick<WalkOptions, 'strict' | 'onProgress'> = {},
): Promise<BenchFolder> {
  const rows = { train: [] as RewardRow[], test: [] as RewardRow[] };
  const annotated: Trace[] = [];
  const models = new Map<string, Trace[]>();
  const results = new Map<string, readonly CommittedResult[]>();
  let scenes: readonly Scene[] = [];
  let seedTasks: SeedTasks = {};
  let steps: TraceStep[] = [];
  const { oddities, digest } = await walkFolder(
    folder,
    {
      row: (part, row) => void rows[part].push(row),
      step: (_model, step) => void steps.push(step),
      trace: (model, name, whole) => {
        const trace = { name, steps };
        steps = [];
        if (!whole || trace.steps.length === 0) return;
        if (model === null) annotated.push(trace);
        else models.set(model, [...(models.get(model) ?? []), trace]);
      },
      results: (name, found) => void results.set(name, found),
      scenes: (found) => (scenes = found),
      seedTasks: (found) => (seedTasks = found),
    },
    { ...options, intern: createIntern() },
  );
  return { ...rows, annotated, models, results, scenes, seedTasks, oddities, digest };
}
