import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../errors.ts';
import { readCommitted } from './committed.ts';
import { createOddities, type Oddity, type OddityKind, type Place } from './oddities.ts';
import { namesIn, placeIn, rootOf, SPEAKER } from './place.ts';
import { createRowSurvey, type RowSurvey } from './rowOddities.ts';
import type { CommittedResult, Observed, RewardRow, TraceStep } from './rows.ts';
import { rewardRows, traceSteps } from './stream.ts';
import { createTraceSurvey } from './traceOddities.ts';
import { readScenes, readSeedTasks, type Scene, type SeedTasks } from './yamlFile.ts';

/** Hears of everything in a data folder, in the order of its files. */
export interface Visitor {
  row?(part: 'train' | 'test', row: RewardRow): void;
  /** `model` is null for an annotated trace. `trace` follows its steps; where it does not, they are void. */
  step?(model: string | null, step: TraceStep): void;
  trace?(model: string | null, name: string, whole: boolean): void;
  results?(name: string, rows: readonly CommittedResult[]): void;
  scenes?(scenes: readonly Scene[]): void;
  seedTasks?(tasks: SeedTasks): void;
}

/** How a folder is walked. */
export interface WalkOptions {
  /** What is damaged is `bad-input` naming file and line, and not left out. */
  readonly strict?: boolean;
  readonly intern?: (seen: Observed) => Observed;
  /** Bytes read and bytes there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a walk tells beside what the visitor heard. `digest` is the SHA-256 over every file read. */
export interface Walked {
  readonly oddities: readonly Oddity[];
  readonly digest: string;
  readonly counts: ReturnType<RowSurvey['counts']>;
  /** Bytes of all files read. */
  readonly bytes: number;
}

/**
 * Reads a folder in ProactiveBench's layout once, in the memory of one record and a few bytes a window: `reward_data`,
 * `test_data`, `traces/<model>`, `results`, `new_scenes_good.yaml`, `seedtask.yaml`, whichever are there. Rejects with
 * `not-found` or `bad-input` where there is no such folder or nothing of that layout in it.
 */
export async function walkFolder(
  folder: string,
  visitor: Visitor,
  options: WalkOptions = {},
): Promise<Walked> {
  const root = await rootOf(folder);
  const oddities = createOddities();
  const whole = createHash('sha256');
  const rows = createRowSurvey(oddities);
  const traces = createTraceSurvey(oddities, rows.neededAfter);
  const files = await filesOf(root);
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  let found = 0;

  const damaged = (kind: OddityKind, where: Place, detail: string) => {
    if (options.strict) {
      const line = where.place === '' ? '' : ` ${where.place}`;
      throw new AppError('bad-input', `[${SPEAKER}] ${root}/${where.file}${line}: ${detail}`);
    }
    oddities.add(kind, where, detail);
  };

  for (const { file, path, refused, role } of files) {
    if (path === null) {
      damaged('not a plain file', { file, place: '' }, refused);
      continue;
    }
    const hash = createHash('sha256');
    const stream = {
      ...(options.intern && { intern: options.intern }),
      onChunk: (chunk: Buffer) => {
        hash.update(chunk);
        done += chunk.length;
        options.onProgress?.(done, total);
      },
    };
    try {
      if (role.kind === 'rows') {
        for await (const each of rewardRows(path, stream)) {
          const where = { file, place: `line ${each.line}` };
          if ('bad' in each) damaged('damaged row', where, each.bad);
          else {
            found += 1;
            rows.look(role.part, each.value, where);
            visitor.row?.(role.part, each.value);
          }
        }
      } else if (role.kind === 'trace') {
        for await (const each of traceSteps(path, stream)) {
          const where = { file, place: `line ${each.line}` };
          if ('bad' in each) damaged('damaged step', where, each.bad);
          else {
            found += 1;
            traces.step(role.model, each.value, where);
            visitor.step?.(role.model, each.value);
          }
        }
        const name = basename(file, '.json');
        traces.trace(role.model, name, file);
        visitor.trace?.(role.model, name, true);
      } else if (role.kind === 'results') {
        const { results, bad } = await readCommitted(path, stream.onChunk);
        for (const each of bad) damaged('damaged result', { file, place: `line ${each.line}` }, each.bad);
        visitor.results?.(basename(file, '.csv'), results);
      } else if (role.kind === 'scenes') visitor.scenes?.(await readScenes(path, stream.onChunk));
      else visitor.seedTasks?.(await readSeedTasks(path, stream.onChunk));
    } catch (thrown) {
      if (
        role.kind !== 'trace' ||
        options.strict ||
        !(thrown instanceof AppError) ||
        thrown.code !== 'bad-input'
      )
        throw thrown;
      // A trace of which a part is missing would be measured as if that were all of it.
      oddities.add(
        'damaged trace',
        { file, place: '' },
        thrown.message.replace(/^\[\w+\] .* (line \d+)/, '$1'),
      );
      traces.drop();
      visitor.trace?.(role.model, basename(file, '.json'), false);
    }
    whole.update(`${file} ${hash.digest('hex')}\n`);
  }
  if (found === 0) {
    throw new AppError(
      'bad-input',
      `[${SPEAKER}] ${folder} holds no reward_data, test_data or traces: name a folder in ProactiveBench's layout`,
    );
  }
  traces.finish();
  return { oddities: oddities.list(), digest: whole.digest('hex'), counts: rows.counts(), bytes: done };
}

/** What a file is for. */
type Role =
  | { readonly kind: 'rows'; readonly part: 'train' | 'test' }
  | { readonly kind: 'trace'; readonly model: string | null }
  | { readonly kind: 'results' }
  | { readonly kind: 'scenes' }
  | { readonly kind: 'seedTasks' };

interface Listed {
  readonly file: string;
  /** Null where it is no plain file of the folder; `refused` says why. */
  readonly path: string | null;
  readonly refused: string;
  readonly bytes: number;
  readonly role: Role;
}

async function filesOf(root: string): Promise<readonly Listed[]> {
  const wanted: { readonly file: string; readonly role: Role }[] = [
    { file: 'reward_data/train_data.jsonl', role: { kind: 'rows', part: 'train' } },
    { file: 'reward_data/test_data.jsonl', role: { kind: 'rows', part: 'test' } },
  ];
  const traces = async (folder: string, model: string | null) => {
    for (const name of await namesIn(root, folder))
      if (name.endsWith('.json')) wanted.push({ file: `${folder}/${name}`, role: { kind: 'trace', model } });
  };
  await traces('test_data', null);
  for (const model of await namesIn(root, 'traces')) await traces(`traces/${model}`, model);
  for (const name of await namesIn(root, 'results'))
    if (name.endsWith('.csv')) wanted.push({ file: `results/${name}`, role: { kind: 'results' } });
  wanted.push(
    { file: 'new_scenes_good.yaml', role: { kind: 'scenes' } },
    { file: 'seedtask.yaml', role: { kind: 'seedTasks' } },
  );
  const listed: Listed[] = [];
  for (const { file, role } of wanted) {
    const place = await placeIn(root, file);
    if (!place) continue;
    if ('refused' in place) listed.push({ file, path: null, refused: place.refused, bytes: 0, role });
    else listed.push({ file, path: place.path, refused: '', bytes: (await stat(place.path)).size, role });
  }
  return listed;
}
