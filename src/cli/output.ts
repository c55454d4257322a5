import { SingleBar } from 'cli-progress';
import { AppError } from '../errors.ts';

/** Writes the one result of a verb to stdout: JSON with `--json`, else the lines for a person. */
export function result(json: boolean, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''));
}

/** Says one line to the person on stderr; stdout stays for results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
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

/** A progress bar on stderr that a pipe sees as nothing. `update` takes amounts done and total. */
export function progressBar(
  title: string,
  unit: (n: number) => string,
): {
  update(done: number, total: number): void;
  stop(): void;
} {
  if (!process.stderr.isTTY) {
    // Without a terminal a line every ten per cent says as much as a bar.
    let told = -1;
    return {
      update(done, total) {
        const tenth = total > 0 ? Math.floor((10 * done) / total) : 0;
        if (tenth <= told) return;
        told = tenth;
        say(`${title}: ${10 * tenth} % of ${unit(total)}`);
      },
      stop() {},
    };
  }
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
