import { SingleBar } from 'cli-progress';
import { AppError } from '../errors.ts';

/**
 * What a terminal would obey instead of showing: control characters (and with them every escape sequence) and what turns
 * the direction of writing. Names of files and sentences of a log may hold anything.
 */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text as it may stand on a terminal; its lines and tabs stay. */
export function shown(text: string): string {
  return text.replace(OBEYED, (sign) => (sign === '\n' || sign === '\t' ? sign : ''));
}

/** Writes the one result of a verb to stdout: JSON with `--json`, else the lines for a person. */
export function result(json: boolean, value: unknown, lines: readonly string[]): void {
  process.stdout.write(
    json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${shown(line)}\n`).join(''),
  );
}

/** Says one line to the person on stderr; stdout stays for results. */
export function say(line: string): void {
  process.stderr.write(`${shown(line)}\n`);
}

/** 1 for a failure, 2 for wrong usage or bad input on the command line. */
export function exitCode(error: AppError): number {
  return error.code === 'usage' ? 2 : 1;
}

/** Bytes as a person reads them: `98.4 MB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(count) / 3), units.length);
  return `${(count / 1000 ** power).toFixed(1)} ${units[power - 1] ?? 'B'}`;
}

/** Seconds as a person reads them: `40 s`, `3 min`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Steps whose pace says how long the rest takes: what came from a cache at the beginning soon counts no more. */
const PACE = 10;
/** Without a terminal a line is said at every tenth, and when nothing was said for so many milliseconds. */
const QUIET_MS = 30_000;

/** Says how far the work is, line by line, with the time left as the last steps went. Times in milliseconds. */
export function progressLines(
  title: string,
  unit: (n: number) => string,
  tell: (line: string) => void = say,
  now: () => number = () => performance.now(),
): { update(done: number, total: number): void; stop(): void } {
  const began = now();
  const steps: { readonly done: number; readonly at: number }[] = [{ done: 0, at: began }];
  let told = -1;
  let toldAt = began;
  return {
    update(done, total) {
      const at = now();
      steps.push({ done, at });
      if (steps.length > PACE + 1) steps.shift();
      const tenth = total > 0 ? Math.floor((10 * done) / total) : 0;
      if (tenth <= told && at - toldAt < QUIET_MS) return;
      told = Math.max(told, tenth);
      toldAt = at;
      const from = steps[0]!;
      const pace = (at - from.at) / (done - from.done);
      const left =
        done < total && done > from.done ? `, ${duration((pace * (total - done)) / 1000)} left` : '';
      const percent = total > 0 ? Math.floor((100 * done) / total) : 0;
      tell(`${title}: ${percent} % of ${unit(total)}${left}`);
    },
    stop() {},
  };
}

/** A progress bar on stderr, with the time left; without a terminal, lines. `update` takes amounts done and total. */
export function progressBar(
  title: string,
  unit: (n: number) => string,
): {
  update(done: number, total: number): void;
  stop(): void;
} {
  if (!process.stderr.isTTY) return progressLines(title, unit);
  const bar = new SingleBar({
    format: `${title} {bar} {percentage} %  {amount}  {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: false,
    barsize: 24,
  });
  let started = false;
  return {
    update(done, total) {
      const amount = `${unit(done)} of ${unit(total)}`;
      if (!started) bar.start(total, done, { amount });
      else bar.update(done, { amount });
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

/** A table with aligned columns, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
