/**
 * Fills a log with made-up observations through the log's own writing, for the window bench.
 *
 *     node test/bench/windowFill.ts HOME ROWS       a log of ROWS observations over 200 days in HOME, unless one is there
 *
 * Every row goes through `observe` of the encrypted log: durable batches, full-text index and all. The events behind them
 * are left out, since the window never reads them.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { openLog } from '../../src/log/open.ts';
import { newId } from '../../src/model/id.ts';
import type { Observation } from '../../src/model/observation.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import { writeSettings } from '../desktop/core.ts';

const DAYS = 200;
const DAY = 86_400_000;
/** Hours of a day that are worked. */
const WORKED = 11;
const BATCH = 1000;

export const APPS = [
  'Code',
  'Firefox',
  'Writer',
  'xterm',
  'Thunderbird',
  'Files',
  'Inkscape',
  'Calc',
] as const;
const WORDS =
  'report draft chapter budget invoice notes meeting plan review travel garden recipe lecture figure'.split(
    ' ',
  );
const word = (n: number) => WORDS[n % WORDS.length]!;

/** Observation `n` of `rows`, oldest first, the last one a few minutes before `until` (epoch ms). */
export function rowOf(n: number, rows: number, until: number): Observation {
  const perDay = Math.ceil(rows / DAYS);
  const back = DAYS - 1 - Math.floor(n / perDay);
  const time = Math.round(until - 300_000 - back * DAY - (1 - (n % perDay) / perDay) * WORKED * 3_600_000);
  const app = APPS[Math.floor(n / 6) % APPS.length]!;
  const id = newId(time);
  return {
    id,
    time,
    duration: (n % 40) * 1000,
    kind: n % 10 === 7 ? 'clipboard' : 'window',
    app,
    event: `The user switches to ${app}, on “${word(n)} ${word(n * 5 + 1)} ${word(n * 3 + 2)}”, number ${n}.`,
    sources: [id],
  };
}

/** Fills `home` once; says how long it took in seconds, or null where a log is there. */
export async function fill(home: string, rows: number): Promise<number | null> {
  const paths = createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } });
  if (existsSync(paths.log)) return null;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeSettings(home, { model: { use: 'none' }, notifications: false });
  const began = performance.now();
  const { log } = await openLog({ paths, clock: systemClock });
  const until = Date.now();
  for (let n = 0; n < rows; n += BATCH) {
    await log.observe(
      Array.from({ length: Math.min(BATCH, rows - n) }, (_, at) => rowOf(n + at, rows, until)),
    );
  }
  await log.close();
  return (performance.now() - began) / 1000;
}

if (process.argv[1] === import.meta.filename) {
  const [home = '', rows = '1000000'] = process.argv.slice(2);
  console.log(`filled in ${(await fill(home, Number(rows)))?.toFixed(1) ?? 'no'} s`);
}
