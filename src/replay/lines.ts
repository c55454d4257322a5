import { createReadStream } from 'node:fs';
import { AppError } from '../errors.ts';

/** Characters of one line at most: a file without line ends must not fill the memory. */
const LONGEST = 4_000_000;

/** One line of a text file. `whole` is false for a last line without its line end. */
export interface Line {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  readonly whole: boolean;
}

/** Lines of a UTF-8 file without their line ends or a byte order mark; `not-found` or `unreadable` when it cannot be read. */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let rest = '';
  let number = 0;
  try {
    for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
      const parts = (rest + (number === 0 && rest === '' ? chunk.replace(/^\uFEFF/, '') : chunk)).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) yield { text: part.replace(/\r$/, ''), number: ++number, whole: true };
      if (rest.length > LONGEST) {
        throw new AppError('bad-input', `[replay] ${file} line ${number + 1} is too long to be a record`);
      }
    }
  } catch (thrown) {
    throw readError(thrown, file);
  }
  if (rest) yield { text: rest, number: ++number, whole: false };
}

/** Says in one sentence why a file could not be read. */
export function readError(thrown: unknown, file: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ENOENT') return new AppError('not-found', `[replay] there is no file ${file}`, thrown);
  if (code === 'EISDIR')
    return new AppError('bad-input', `[replay] ${file} is a folder: name its files`, thrown);
  if (code === 'EACCES') {
    return new AppError('permission', `[replay] ${file} may not be read: change its permissions`, thrown);
  }
  return new AppError('unreadable', `[replay] ${file} cannot be read (${code || 'unknown reason'})`, thrown);
}
