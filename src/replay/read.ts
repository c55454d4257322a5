import { open } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { Event } from '../model/event.ts';
import { parseJson, problem } from '../reading/json.ts';
import { linesOf, readError } from '../reading/lines.ts';

/** What a recorded file holds: the project's own log (JSONL), a ProactiveBench trace, or its reward data (JSONL). */
export type RecordFormat = 'events' | 'trace' | 'reward';

/**
 * Events of the project's own log format, one JSON object a line, in the order of the file. Empty lines are skipped; a
 * last line that breaks off is what a crash leaves and is dropped. Any other bad line is `bad-input`, naming the file,
 * the line and the field, never the content.
 */
export async function* readEvents(file: string): AsyncGenerator<Event> {
  for await (const line of linesOf(file)) {
    if (line.text.trim() === '') continue;
    const value = parseJson(line.text);
    if (value === undefined) {
      if (!line.whole) return;
      throw new AppError('bad-input', `[replay] ${file} line ${line.number}: this is not JSON`);
    }
    const event = Event.safeParse(value);
    if (!event.success) {
      throw new AppError(
        'bad-input',
        `[replay] ${file} line ${line.number}: not an event, ${problem(event.error)}`,
      );
    }
    yield event.data;
  }
}

/** How much of a file is looked at to tell its format. */
const HEAD = 256 * 1024;

/** Tells a file's format by its beginning; `bad-input` for anything else, `not-found` or `unreadable` as it is read. */
export async function detect(file: string): Promise<RecordFormat> {
  const head = (await headOf(file)).replace(/^\uFEFF/, '').trimStart();
  if (/^\[\s*(?:\]|\{)/.test(head)) return 'trace';
  const first = parseJson(head.split('\n', 1)[0] ?? '');
  if (typeof first === 'object' && first !== null) {
    if ('obs' in first) return 'reward';
    if ('kind' in first && 'at' in first) return 'events';
  }
  // A first line longer than the head, or a log of which only half a line was written.
  if (/^\{\s*"obs"\s*:/.test(head)) return 'reward';
  if (/^\{\s*"id"\s*:/.test(head)) return 'events';
  throw new AppError(
    'bad-input',
    `[replay] ${file} is neither a log of events, a ProactiveBench trace nor its reward data`,
  );
}

/** The beginning of a file; `not-found`, `permission` or `unreadable` when it cannot be read. */
export async function headOf(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
      return buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw readError(thrown, file);
  }
}
