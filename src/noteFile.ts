import { chmod, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Bytes of one log file, and how many older ones stay beside it. */
const SIZE = '1m';
const OLDER = 4;
/** Characters of one line. */
const LONGEST = 1000;
/** Lines that wait while the file is being opened. */
const WAITING = 200;

/** Who speaks: the core, its model process, or the desktop app's main process. */
export type Speaker = 'core' | 'llm' | 'main';

/** Keeps what went wrong in files that turn over. Writing never throws and never waits. */
export interface NoteFile {
  write(from: Speaker, line: string): void;
  /** Resolves once what was written so far is on disk. */
  close(): Promise<void>;
}

/**
 * Log files `beforehand.N.log` in `folder` (0700, files 0600): lines of JSON with time, speaker and one sentence, by
 * pino and pino-roll, loaded with the first line. One process writes: the core, for itself and its children. Every
 * line is cleaned first, and `redact` is the program's own redactor.
 */
export function createNoteFile(options: {
  readonly folder: string;
  readonly redact: (text: string) => string;
  readonly size?: string;
}): NoteFile {
  let opening: Promise<{ write(from: Speaker, line: string): void; end(): Promise<void> } | null> | null =
    null;
  let waiting = 0;
  return {
    write(from, line) {
      if (waiting >= WAITING) return;
      waiting += 1;
      const text = cleanNote(line, options.redact, options.folder);
      opening ??= open(options.folder, options.size ?? SIZE).catch(() => null);
      void opening.then((file) => {
        waiting -= 1;
        return file?.write(from, text);
      });
    },
    async close() {
      const file = await opening?.catch(() => null);
      await file?.end();
    },
  };
}

async function open(folder: string, size: string) {
  const [{ pino }, { default: roll }] = await Promise.all([import('pino'), import('pino-roll')]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const stream = await roll({
    file: join(folder, 'beforehand'),
    extension: '.log',
    size,
    limit: { count: OLDER, removeOtherLogFiles: true },
    mode: 0o600,
    // Few lines, and the last before a crash is the one that is wanted.
    sync: true,
  });
  // A full disk costs lines and nothing else.
  stream.on('error', () => {});
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return {
    write(from: Speaker, line: string) {
      log.info({ from }, line);
    },
    end: () =>
      new Promise<void>((resolve) => {
        stream.once('close', () => resolve());
        stream.end();
      }),
  };
}

/** Where a text of somebody else's begins: an absolute path, or an address. */
const PATH = /(?:\b[a-z][a-z+.-]{0,20}:\/\/|(?<![\w:/.])(?:~|[A-Za-z]:)?[\\/](?![\s\\/]))/i;
const ERROR_CODE = /\bE[A-Z]{3,14}\b/g;

/**
 * One line as it may be kept. What stands in quotes is somebody's text (a title, a name, a file's first letters) and
 * goes; a path ends the line, since names hold spaces, but for the system's error code; the rest is redacted as
 * everything else that the program keeps. The program's own folder stays readable.
 */
export function cleanNote(line: string, redact: (text: string) => string, own?: string): string {
  let text = line
    .slice(0, LONGEST)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  text = withoutQuotes(text);
  const data = own?.replace(/[\\/][^\\/]+$/, '');
  if (data) text = text.replaceAll(data, '<data>');
  text = text.replaceAll(homedir(), '~');
  const at = PATH.exec(text);
  if (at) {
    const rest = text.slice(at.index);
    text = `${text.slice(0, at.index)}[PATH] ${(rest.match(ERROR_CODE) ?? []).join(' ')}`.trim();
  }
  return redact(text);
}

const PAIRS: readonly (readonly [string, string])[] = [
  ['“', '”'],
  ['"', '"'],
  ['`', '`'],
  ['«', '»'],
];

/** From the first mark to the last, so that one inside a title lets nothing out; without an end, the rest goes. */
function withoutQuotes(text: string): string {
  let result = text;
  for (const [from, to] of PAIRS) {
    const start = result.indexOf(from);
    if (start < 0) continue;
    const end = result.lastIndexOf(to);
    result = `${result.slice(0, start)}[…]${end > start ? result.slice(end + 1) : ''}`;
  }
  // An apostrophe inside a word opens nothing.
  return result.replace(/(^|[^\p{L}\p{N}])'(?:.*'(?![\p{L}\p{N}])|.*$)/u, '$1[…]');
}
