import { createHash } from 'node:crypto';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { AppError } from '../errors.ts';
import { type Choose, elementsOf } from '../reading/jsonElements.ts';
import { parseJson, problem } from '../reading/json.ts';
import { linesOf, readError } from '../reading/lines.ts';
import { CommittedResult, RewardRow, tasksOf, TraceStep } from './rows.ts';

/** Something that is unusual in the data, or was left out of it. `place` is a line of a file or a step of a trace. */
export interface Oddity {
  readonly file: string;
  readonly place: string;
  readonly what: string;
}

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
  readonly oddities: readonly Oddity[];
  readonly digest: string;
}

const SPEAKER = 'bench';

/**
 * Reads a folder in ProactiveBench's layout: `reward_data`, `test_data`, `traces/<model>`, `results`, whichever are there.
 * A damaged row is left out and reported as an oddity; `strict` makes it `bad-input`, naming file and line. Rejects with
 * `not-found` or `bad-input` when there is no such folder or nothing of that layout in it.
 */
export async function readBenchFolder(
  folder: string,
  options: { readonly strict?: boolean } = {},
): Promise<BenchFolder> {
  const root = await realpath(folder).catch((thrown: unknown) => {
    throw new AppError(
      'not-found',
      `[${SPEAKER}] there is no folder ${folder}: name one with --data DIR`,
      thrown,
    );
  });
  const oddities: Oddity[] = [];
  const hash = createHash('sha256');
  const odd = (file: string, place: string, what: string) => {
    if (options.strict) throw new AppError('bad-input', `[${SPEAKER}] ${join(root, file)} ${place}: ${what}`);
    oddities.push({ file, place, what });
  };
  const reader = {
    root,
    odd,
    note: async (file: string) => hash.update(await digestOf(join(root, file), file)),
  };

  const train = await readRows(reader, 'reward_data/train_data.jsonl');
  const test = await readRows(reader, 'reward_data/test_data.jsonl');
  const annotated = await readTraces(reader, 'test_data');
  const models = new Map<string, readonly Trace[]>();
  for (const name of await namesIn(join(root, 'traces'))) {
    const traces = await readTraces(reader, `traces/${name}`);
    if (traces.length > 0) models.set(name, traces);
  }
  const results = new Map<string, readonly CommittedResult[]>();
  for (const name of await namesIn(join(root, 'results'))) {
    if (name.endsWith('.csv'))
      results.set(basename(name, '.csv'), await readResults(reader, `results/${name}`));
  }
  if (train.length + test.length + annotated.length + models.size === 0) {
    throw new AppError(
      'bad-input',
      `[${SPEAKER}] ${folder} holds no reward_data, test_data or traces: name a folder in ProactiveBench's layout`,
    );
  }
  return { train, test, annotated, models, results, oddities, digest: hash.digest('hex') };
}

interface Reader {
  readonly root: string;
  readonly odd: (file: string, place: string, what: string) => void;
  readonly note: (file: string) => Promise<unknown>;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted();
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && ['ENOENT', 'ENOTDIR'].includes(String(thrown.code)))
      return [];
    throw readError(thrown, folder, SPEAKER);
  }
}

async function digestOf(path: string, name: string): Promise<string> {
  return `${name} ${createHash('sha256')
    .update(await readFile(path))
    .digest('hex')}\n`;
}

async function readRows(reader: Reader, file: string): Promise<readonly RewardRow[]> {
  const path = join(reader.root, file);
  const rows: RewardRow[] = [];
  try {
    for await (const line of linesOf(path, { speaker: SPEAKER })) {
      if (line.text.trim() === '') continue;
      const row = RewardRow.safeParse(parseJson(line.text));
      if (row.success) rows.push(row.data);
      else reader.odd(file, `line ${line.number}`, `not a row of reward data, ${problem(row.error)}`);
    }
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'not-found') return [];
    throw thrown;
  }
  await reader.note(file);
  return rows;
}

/** Every step of the list, whole. */
const members: Choose = (path) => (path.length === 0 ? 'enter' : 'take');

async function readTraces(reader: Reader, folder: string): Promise<readonly Trace[]> {
  const traces: Trace[] = [];
  for (const name of await namesIn(join(reader.root, folder))) {
    if (!name.endsWith('.json')) continue;
    const file = `${folder}/${name}`;
    const steps: TraceStep[] = [];
    for await (const element of elementsOf(join(reader.root, file), members, undefined, SPEAKER)) {
      const step = TraceStep.safeParse(element.value);
      const place = `line ${element.line}`;
      if (!step.success) {
        reader.odd(file, place, `not a step of a trace, ${problem(step.error)}`);
        continue;
      }
      steps.push(step.data);
      const response = step.data.agent_response;
      const shape = Array.isArray(response) ? 'list' : response === null ? 'null' : typeof response;
      const usual = folder === 'test_data' ? 'object' : 'list';
      if (shape !== usual)
        reader.odd(
          file,
          place,
          `the response is ${shape === 'undefined' ? 'missing' : `of the shape ${shape}`}: ${tasksOf(response).length} tasks read from it`,
        );
    }
    await reader.note(file);
    if (steps.length > 0) traces.push({ name: basename(name, '.json'), steps });
  }
  return traces;
}

async function readResults(reader: Reader, file: string): Promise<readonly CommittedResult[]> {
  const path = join(reader.root, file);
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw readError(thrown, path, SPEAKER);
  });
  await reader.note(file);
  const rows: CommittedResult[] = [];
  for (const [index, record] of (
    parseCsv(text, { bom: true, relax_column_count: true }) as string[][]
  ).entries()) {
    if (index === 0) continue;
    const [category, recall, precision, accuracy, falseAlarm, f1, acceptRate, events] = record;
    const row = CommittedResult.safeParse({
      category,
      recall: Number(recall),
      precision: Number(precision),
      accuracy: Number(accuracy),
      falseAlarm: Number(falseAlarm),
      f1: Number(f1),
      acceptRate: Number(acceptRate),
      events: Number(events),
    });
    if (row.success) rows.push(row.data);
    else reader.odd(file, `line ${index + 1}`, `not a line of results, ${problem(row.error)}`);
  }
  return rows;
}
