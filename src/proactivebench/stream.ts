import { AppError } from '../errors.ts';
import { parseJson, problem } from '../reading/json.ts';
import { type Choose, elementsOf } from '../reading/jsonElements.ts';
import { linesOf } from '../reading/lines.ts';
import { SPEAKER } from './place.ts';
import { type Observed, RewardRow, TraceStep } from './rows.ts';

/** What was found at a line: a value, or what is wrong with it; never its content. */
export type Found<T> =
  | { readonly line: number; readonly value: T }
  | { readonly line: number; readonly bad: string };

/** How a file is read. */
export interface StreamOptions {
  /** Hears every chunk in order: for progress, and for a digest without a second reading. */
  readonly onChunk?: (chunk: Buffer) => void;
  /** Gives the same observation for equal ones, so that overlapping windows share their memory. */
  readonly intern?: (seen: Observed) => Observed;
}

/**
 * Rows of reward data (JSON lines) of a file of any size, in the memory of one row. Unknown members stay; a value is the
 * parsed JSON itself, so that nothing is lost. A line that is none is given as `bad`; rejects as `linesOf` does.
 */
export async function* rewardRows(
  file: string,
  options: StreamOptions = {},
): AsyncGenerator<Found<RewardRow>> {
  const { onChunk } = options;
  for await (const line of linesOf(file, { speaker: SPEAKER, lenient: true, ...(onChunk && { onChunk }) })) {
    if (line.bad) yield { line: line.number, bad: line.bad };
    if (line.text.trim() === '') continue;
    const value = parseJson(line.text);
    if (value === undefined) {
      yield { line: line.number, bad: line.whole ? 'not JSON' : 'the file breaks off here' };
      continue;
    }
    const row = RewardRow.safeParse(value);
    if (!row.success) yield { line: line.number, bad: `not a row of reward data, ${problem(row.error)}` };
    else yield { line: line.number, value: interned(value as RewardRow, options.intern) };
  }
}

function interned(row: RewardRow, intern: StreamOptions['intern']): RewardRow {
  return intern ? { ...row, obs: row.obs.map(intern) } : row;
}

/** Every step of the list, whole. */
const members: Choose = (path) => (path.length === 0 ? 'enter' : 'take');

/**
 * Steps of a trace (one JSON list) of a file of any size, in the memory of one step; otherwise as `rewardRows`. Rejects with
 * `bad-input`, naming the place, where the file is no list of JSON or breaks off.
 */
export async function* traceSteps(
  file: string,
  options: StreamOptions = {},
): AsyncGenerator<Found<TraceStep>> {
  const { intern } = options;
  for await (const { value, line, path } of elementsOf(
    file,
    members,
    (_bytes, chunk) => options.onChunk?.(chunk),
    SPEAKER,
  )) {
    if (typeof path[0] !== 'number') {
      throw new AppError('bad-input', `[${SPEAKER}] ${file} line ${line}: a list of steps was expected here`);
    }
    const step = TraceStep.safeParse(value);
    if (!step.success) yield { line, bad: `not a step of a trace, ${problem(step.error)}` };
    else {
      const whole = value as TraceStep;
      yield { line, value: intern ? { ...whole, observation: intern(whole.observation) } : whole };
    }
  }
}

/** An `intern` for one reading: equal observations become one value. */
export function createIntern(): (seen: Observed) => Observed {
  const known = new Map<string, Observed>();
  return (seen) => {
    const key = JSON.stringify(seen);
    const same = known.get(key);
    if (same) return same;
    known.set(key, seen);
    return seen;
  };
}
