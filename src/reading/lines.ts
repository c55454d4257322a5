import { createReadStream } from 'node:fs';
import { AppError } from '../errors.ts';

/** Bytes of one line at most: a file without line ends must not fill the memory. */
const LONGEST = 4_000_000;

/** One line of a text file. `whole` is false for a last line without its line end. */
export interface Line {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  readonly whole: boolean;
  /** What is wrong with it, with `lenient`: another encoding, or longer than a record. Its text is empty then. */
  readonly bad?: string;
}

/** Who is speaking in what is thrown, and who hears of bytes read. */
export interface LineOptions {
  readonly speaker?: string;
  readonly onBytes?: (bytes: number) => void;
  /** Hears every chunk, for a digest that needs no second reading. */
  readonly onChunk?: (chunk: Buffer) => void;
  /** One bad line is given as `bad` and the rest is read; else it ends the reading. */
  readonly lenient?: boolean;
}

/**
 * Lines of a UTF-8 file of any size without their line ends or a byte order mark, in the memory of one line. Rejects with
 * `bad-input` naming the line for another encoding or a line that is too long, and as `readError` says when it cannot be read.
 */
export async function* linesOf(file: string, options: LineOptions = {}): AsyncGenerator<Line> {
  const speaker = options.speaker ?? 'replay';
  let parts: Buffer[] = [];
  let held = 0;
  let number = 0;
  /** The line at hand is longer than a record: the rest of it is passed over. */
  let tooLong = false;
  const bad = (why: string) => new AppError('bad-input', `[${speaker}] ${file} line ${number}: ${why}`);
  const refuse = (why: string, mend: string, whole: boolean): Line => {
    if (options.lenient) return { text: '', number, whole, bad: why };
    throw bad(`${why}${mend}`);
  };
  const take = (whole: boolean): Line => {
    number += 1;
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    const long = tooLong || bytes.length > LONGEST;
    parts = [];
    held = 0;
    tooLong = false;
    if (long) return refuse('this is too long to be a record', '', whole);
    try {
      // What a crash leaves may end in the middle of a character.
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
      return { text: text.replace(/\r$/, ''), number, whole };
    } catch {
      return refuse('this is not UTF-8', '; save the file as UTF-8 and name it again', whole);
    }
  };
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      options.onBytes?.(chunk.length);
      options.onChunk?.(chunk);
      if (number === 0 && held === 0 && ['fffe', 'feff'].includes(chunk.subarray(0, 2).toString('hex'))) {
        number = 1;
        throw bad('this is UTF-16; save the file as UTF-8 and name it again');
      }
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        parts.push(chunk.subarray(from, end));
        from = end + 1;
        yield take(true);
      }
      if (!tooLong) parts.push(chunk.subarray(from));
      held += chunk.length - from;
      if (held > LONGEST) {
        if (!options.lenient) take(true);
        tooLong = true;
        parts = [];
      }
    }
  } catch (thrown) {
    throw readError(thrown, file, speaker);
  }
  if (held > 0) yield take(false);
}

/** Says in one sentence why a file could not be read. */
export function readError(thrown: unknown, file: string, speaker = 'replay'): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ENOENT') return new AppError('not-found', `[${speaker}] there is no file ${file}`, thrown);
  if (code === 'EISDIR')
    return new AppError('bad-input', `[${speaker}] ${file} is a folder: name its files`, thrown);
  if (code === 'EACCES') {
    return new AppError('permission', `[${speaker}] ${file} may not be read: change its permissions`, thrown);
  }
  return new AppError(
    'unreadable',
    `[${speaker}] ${file} cannot be read (${code || 'unknown reason'})`,
    thrown,
  );
}
