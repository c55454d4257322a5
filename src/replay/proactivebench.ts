import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError, assertNever } from '../errors.ts';
import type { Event } from '../model/event.ts';
import { newId } from '../model/id.ts';
import { parseJson, problem } from '../reading/json.ts';
import { linesOf, readError } from '../reading/lines.ts';
import { detect, readEvents } from './read.ts';
import { timesOf } from './time.ts';

const Time = z.union([z.string(), z.number()]);
const Seen = z.object({ time: Time, event: z.string().min(1) });
type Seen = z.infer<typeof Seen>;

/** One step of a trace (`test_data/*.json`, `traces/<model>/*.json`): only what was observed is replayed. */
const Step = z.object({ observation: Seen });

/** One row of reward data: the window is what counts here. */
const Row = z.object({ obs: z.array(Seen).min(1) });

/** Sentences are kept as they are, up to what an event may hold. */
const LONGEST = 4000;

/**
 * The events of any recorded file, in order and each trace by itself: the project's own log, a ProactiveBench trace, or
 * reward data, whose windows are put together to the traces they were cut from: it holds several, and what one user did is
 * no history of another. Imported observations become `described` events.
 * Rejects with `bad-input`, `not-found`, `permission` or `unreadable`, in one sentence with the file and the place.
 */
export async function readTraces(file: string): Promise<readonly Event[][]> {
  const format = await detect(file);
  switch (format) {
    case 'events': {
      const events: Event[] = [];
      for await (const event of readEvents(file)) events.push(event);
      return [events];
    }
    case 'trace':
      return [described(await readSteps(file))];
    case 'reward': {
      const windows: (readonly Seen[])[] = [];
      for await (const window of readWindows(file)) windows.push(window);
      return tracesOf(windows).map(described);
    }
    default:
      return assertNever(format, 'replay');
  }
}

/** Observations as events of their own kind, with times that never go back. */
function described(trace: readonly Seen[]): Event[] {
  const times = timesOf(trace.map((each) => each.time));
  return trace.map((each, index) => {
    const at = times[index]!;
    const data = { sentence: each.event.slice(0, LONGEST) };
    return { id: newId(at), at, duration: 0, monitor: 'replay', kind: 'described', data };
  });
}

async function readSteps(file: string): Promise<readonly Seen[]> {
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw readError(thrown, file);
  });
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (!Array.isArray(value)) throw new AppError('bad-input', `[replay] ${file} is not whole JSON`);
  return value.map((each, index) => {
    const step = Step.safeParse(each);
    if (step.success) return step.data.observation;
    throw new AppError(
      'bad-input',
      `[replay] ${file} entry ${index + 1}: not a step of a trace, ${problem(step.error)}`,
    );
  });
}

async function* readWindows(file: string): AsyncGenerator<readonly Seen[]> {
  for await (const line of linesOf(file)) {
    if (line.text.trim() === '') continue;
    const value = parseJson(line.text);
    if (value === undefined && !line.whole) return;
    const row = Row.safeParse(value);
    if (!row.success) {
      throw new AppError(
        'bad-input',
        `[replay] ${file} line ${line.number}: not a row of reward data, ${problem(row.error)}`,
      );
    }
    yield row.data.obs;
  }
}

/** One observation is the same in two windows when time and sentence are. */
function keyOf(seen: Seen): string {
  return JSON.stringify([seen.time, seen.event]);
}

/**
 * Puts windows together to traces, in order of first sight. All windows with the same first observation are cut from
 * one trace (the data's README), so the longest is its beginning, and what only others hold follows.
 */
export function tracesOf(windows: readonly (readonly Seen[])[]): readonly (readonly Seen[])[] {
  const traces = new Map<string, (readonly Seen[])[]>();
  for (const window of windows) {
    const key = keyOf(window[0]!);
    traces.set(key, [...(traces.get(key) ?? []), window]);
  }
  return [...traces.values()].map((cuts) => {
    const longest = cuts.reduce((a, b) => (b.length > a.length ? b : a));
    const known = new Set(longest.map(keyOf));
    const more: Seen[] = [];
    for (const seen of cuts.flat()) {
      if (known.has(keyOf(seen))) continue;
      known.add(keyOf(seen));
      more.push(seen);
    }
    return [...longest, ...more];
  });
}
