import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type AnnotationTrace, traceOf } from '../annotation/trace.ts';
import { AppError } from '../errors.ts';
import { MOST_CANDIDATES } from '../model/annotation.ts';
import { tasksOf, TraceStep } from '../proactivebench/rows.ts';
import { problem } from '../reading/json.ts';
import { type Choose, elementsOf } from '../reading/jsonElements.ts';
import { readError } from '../reading/lines.ts';

/** A folder of traces as read: those that can be annotated, and one sentence for each file that cannot. */
export interface TraceFolder {
  /** Real path. */
  readonly folder: string;
  readonly traces: readonly AnnotationTrace[];
  readonly odd: readonly string[];
}

/** Files of one folder, bytes of one file, events of one trace and characters of one text at most: one window holds a trace. */
const MOST_FILES = 500;
const MOST_BYTES = 16_000_000;
const MOST_EVENTS = 5000;
const LONGEST = 8000;

const SPEAKER = 'annotation';

/**
 * Every `*.json` file of a folder, in the order of names. The folder is resolved first, and a link that leads out of
 * it is not followed. A file that is no whole trace is left out with one sentence. Rejects with `not-found`,
 * `permission` or `bad-input` when there is no trace at all.
 */
export async function readTraceFolder(asked: string): Promise<TraceFolder> {
  const folder = await realpath(asked).catch((thrown: unknown) => {
    throw folderError(thrown, asked);
  });
  const names = await readdir(folder).catch((thrown: unknown) => {
    throw folderError(thrown, asked);
  });
  const files = names.filter((name) => /\.json$/i.test(name) && !name.startsWith('.')).toSorted(byName);
  if (files.length > MOST_FILES) {
    throw new AppError(
      'bad-input',
      `[${SPEAKER}] ${folder} holds more than ${MOST_FILES} JSON files: name a folder of traces alone`,
    );
  }
  const traces: AnnotationTrace[] = [];
  const odd: string[] = [];
  for (const name of files) {
    try {
      traces.push(await readTraceFile(folder, name));
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      odd.push(thrown.message);
    }
  }
  if (traces.length > 0) return { folder, traces, odd };
  const hint = names.includes('test_data')
    ? `name ${join(asked, 'test_data')} or one folder under ${join(asked, 'traces')}`
    : 'name a folder with trace files such as test_data/code_11.json';
  throw new AppError('bad-input', odd[0] ?? `[${SPEAKER}] ${asked} holds no trace: ${hint}`);
}

/** Every member of the list, whole. */
const members: Choose = (path) => (path.length === 0 ? 'enter' : 'take');

/** One trace of a real folder by its file's name; rejects as `readTraceFolder` says of one file. */
export async function readTraceFile(folder: string, name: string): Promise<AnnotationTrace> {
  const shown = JSON.stringify(name);
  const bad = (why: string) => new AppError('bad-input', `[${SPEAKER}] ${shown} ${why}`);
  const file = await realpath(join(folder, name)).catch((thrown: unknown) => {
    throw readError(thrown, join(folder, name), SPEAKER);
  });
  if (dirname(file) !== folder) {
    throw new AppError(
      'refused',
      `[${SPEAKER}] ${shown} leads out of its folder and is not read: copy the file`,
    );
  }
  const found = await stat(file);
  if (!found.isFile()) throw bad('is no file: leave it out');
  if (found.size > MOST_BYTES) throw bad(`is larger than ${MOST_BYTES / 1e6} MB: cut it in parts`);
  const steps: { time: string | number; event: string; tasks: readonly string[] }[] = [];
  for await (const { path, value, line } of elementsOf(file, members, undefined, SPEAKER)) {
    if (typeof path[0] !== 'number') throw bad('is no list of observations: name a folder of traces');
    const where = `line ${line}, entry ${path[0] + 1}`;
    const step = TraceStep.safeParse(value);
    if (!step.success)
      throw bad(`${where} is no step of a trace (${problem(step.error)}): mend or remove it`);
    const { observation, agent_response } = step.data;
    const tasks = tasksOf(agent_response);
    if (tasks.length > MOST_CANDIDATES)
      throw bad(`${where} has more than ${MOST_CANDIDATES} tasks: shorten the list`);
    if ([String(observation.time), observation.event, ...tasks].some((text) => text.length > LONGEST)) {
      throw bad(`${where} has a text of more than ${LONGEST} characters: shorten it`);
    }
    steps.push({ time: observation.time, event: observation.event, tasks });
    if (steps.length > MOST_EVENTS) throw bad(`has more than ${MOST_EVENTS} events: cut it in parts`);
  }
  if (steps.length === 0) throw bad('holds no observation: leave it out');
  return traceOf(name, basename(folder), steps);
}

function folderError(thrown: unknown, asked: string): AppError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const where = JSON.stringify(asked);
  if (code === 'ENOENT') {
    return new AppError('not-found', `[${SPEAKER}] there is no ${where}: name a folder of traces`, thrown);
  }
  if (code === 'ENOTDIR') {
    return new AppError('bad-input', `[${SPEAKER}] ${where} is no folder: name the one it lies in`, thrown);
  }
  return readError(thrown, asked, SPEAKER);
}

/** code_2 before code_10, as a person counts. */
const byName = new Intl.Collator('en', { numeric: true }).compare;
