import { createWriteStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { AppError } from '../errors.ts';

/** How to fetch one address into one file. Times are milliseconds. */
export interface FetchFileOptions {
  readonly url: string;
  /** Grows here; a later call with the same file goes on where this one stopped. */
  readonly part: string;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch;
  /** Until the answer begins. */
  readonly connectMs: number;
  /** Without a single byte. */
  readonly stallMs: number;
}

/** Attempts that bring no new byte, in a row, before giving up. */
const FRUITLESS = 2;

/**
 * Fetches a file with HTTP ranges, going on after a cut connection and after a restart. Whether the rest still
 * belongs to the same file is left to the server (`If-Range` with its ETag): a changed file starts afresh.
 * Throws `download-failed`, or `aborted`; the part stays for the next call.
 */
export async function fetchFile(options: FetchFileOptions): Promise<void> {
  let fruitless = 0;
  for (;;) {
    const before = await sizeOf(options.part);
    try {
      await attempt(options, before);
      return;
    } catch (thrown) {
      if (options.signal.aborted) throw new AppError('aborted', '[llm] the download was stopped', thrown);
      if (thrown instanceof Fatal) throw failure(options.url, thrown.message, thrown);
      fruitless = (await sizeOf(options.part)) > before ? 0 : fruitless + 1;
      const why = thrown instanceof Error ? reasonOf(thrown) : String(thrown);
      // Nobody answering at all is not worth a second time-out: the next source may be near.
      if (before === 0 && fruitless > 0) throw failure(options.url, why, thrown);
      if (fruitless >= FRUITLESS) throw failure(options.url, why, thrown);
    }
  }
}

/** Trying again is pointless: the server said no. */
class Fatal extends Error {}

async function attempt(options: FetchFileOptions, have: number): Promise<void> {
  const tagFile = `${options.part}.etag`;
  const tag = have > 0 ? await readFile(tagFile, 'utf8').catch(() => '') : '';
  // Without a tag nobody can say that the rest belongs to what is here.
  const from = tag ? have : 0;
  const watch = new AbortController();
  const stop = () => watch.abort(new Error('stopped'));
  options.signal.addEventListener('abort', stop);
  if (options.signal.aborted) stop();
  let timer = setTimeout(
    () => watch.abort(new Error(`no answer within ${options.connectMs / 1000} s`)),
    options.connectMs,
  );
  try {
    const response = await options.fetch(options.url, {
      signal: watch.signal,
      // Compression would make ranges and sizes those of another file.
      headers: {
        'accept-encoding': 'identity',
        ...(from > 0 && { range: `bytes=${from}-`, 'if-range': tag }),
      },
    });
    const start = startOf(response, from);
    const total = start + Number(response.headers.get('content-length') ?? 0);
    if (start === from && from > 0 && response.status === 416) return;
    const etag = response.headers.get('etag');
    // A weak tag does not promise equal bytes (RFC 9110, section 8.8.1).
    if (etag && !etag.startsWith('W/')) await writeFile(tagFile, etag, { mode: 0o600 });
    else await rm(tagFile, { force: true });
    if (!response.body) throw new Fatal('the answer was empty');

    const out = createWriteStream(options.part, { flags: start > 0 ? 'a' : 'w', mode: 0o600 });
    const failed = new Promise<never>((_, reject) => out.once('error', reject));
    failed.catch(() => {});
    let done = start;
    const rearm = () => {
      clearTimeout(timer);
      timer = setTimeout(
        () => watch.abort(new Error(`nothing came for ${options.stallMs / 1000} s`)),
        options.stallMs,
      );
    };
    try {
      rearm();
      for await (const chunk of response.body) {
        rearm();
        if (!out.write(chunk)) {
          await Promise.race([new Promise<void>((resolve) => out.once('drain', resolve)), failed]);
        }
        done += chunk.byteLength;
        options.onProgress(done, total);
      }
    } finally {
      await Promise.race([new Promise<void>((resolve) => out.end(resolve)), failed]);
    }
    if (total > start && done < total) throw new Error('the connection was cut');
  } catch (thrown) {
    throw watch.signal.aborted && watch.signal.reason instanceof Error ? watch.signal.reason : thrown;
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', stop);
  }
}

/** Where the body begins in the file. */
function startOf(response: Response, asked: number): number {
  if (response.status === 206) {
    const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
    if (Number(range?.[1]) === asked) return asked;
    throw new Fatal('it answered with another part than the one asked for');
  }
  if (response.status === 200) return 0;
  // Asked to go on behind the last byte: it was whole already.
  if (response.status === 416 && asked > 0) return asked;
  if (response.status >= 500) throw new Error(`it answered ${response.status}`);
  throw new Fatal(`it answered ${response.status}`);
}

/** undici hides the reason behind "fetch failed". */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function failure(url: string, why: string, cause: unknown): AppError {
  return new AppError('download-failed', `[llm] ${new URL(url).host} did not give the model: ${why}`, cause);
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}
