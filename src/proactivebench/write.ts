import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Pieces, writeError, writeWhole } from '../writing.ts';
import { SPEAKER } from './place.ts';
import type { CommittedResult, RewardRow, TraceStep } from './rows.ts';
import type { Scene, SeedTasks } from './yamlFile.ts';

/** Writes reward data, one row a line. All writers write a whole file (0600) or nothing, and reject with `disk-full` or `permission`. */
export async function writeRewardRows(
  file: string,
  rows: Iterable<RewardRow> | AsyncIterable<RewardRow>,
): Promise<void> {
  await write(file, linesFrom(rows));
}

/** Writes a trace as one JSON list, a step a line. */
export async function writeTrace(
  file: string,
  steps: Iterable<TraceStep> | AsyncIterable<TraceStep>,
): Promise<void> {
  await write(file, listFrom(steps));
}

/** Writes scenes as YAML. */
export async function writeScenes(file: string, scenes: readonly Scene[]): Promise<void> {
  await writeYaml(file, scenes);
}

/** Writes seed tasks as YAML. */
export async function writeSeedTasks(file: string, tasks: SeedTasks): Promise<void> {
  await writeYaml(file, tasks);
}

/** Heads of a committed results file, in their order. */
const HEADS = [
  'Category',
  'Recall',
  'Precision',
  'Accuracy',
  'False-Alarm',
  'F1-Score',
  'Accept Rate',
  'Total Events',
];

/** Writes committed results as CSV with the released heads. */
export async function writeResults(file: string, results: readonly CommittedResult[]): Promise<void> {
  const { stringify } = await import('csv-stringify/sync');
  const rows = results.map((row) => [
    row.category,
    row.recall,
    row.precision,
    row.accuracy,
    row.falseAlarm,
    row.f1,
    row.acceptRate,
    row.events,
  ]);
  await write(file, [stringify([HEADS, ...rows])]);
}

async function writeYaml(file: string, value: unknown): Promise<void> {
  const { stringify } = await import('yaml');
  await write(file, [stringify(value, { schema: 'core', aliasDuplicateObjects: false })]);
}

async function* linesFrom(rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* listFrom(steps: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = '[';
  for await (const step of steps) {
    yield `${before}\n${JSON.stringify(step)}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

async function write(file: string, pieces: Pieces): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeWhole(file, pieces);
  } catch (thrown) {
    throw writeError(thrown, file, SPEAKER);
  }
}
