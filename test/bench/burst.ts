/**
 * Bursts of events (TARGETS.md L1 and L2), and the pipeline beside SQLite alone (section 5, item 4).
 *
 *     node test/bench/burst.ts [--short] [RATExSECONDS ...]      a table, then one JSON line; exit 1 when missed
 *
 * 1,667 events a second for 10 minutes and 20,000 a second for 60 seconds, each event through the guard, the observer
 * and durable commits of the real assistant, with a listening window. Then the log is opened again: every event that was
 * acknowledged must be there, and every one that is not must have been counted as dropped. `--short`: 2 s of each. Loads
 * that are named, such as 1667x60, run instead, without the ratio.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openLog } from '../../src/log/open.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import { writeSettings } from '../desktop/core.ts';
import { numberOf, type LoadReport } from './burstApp.ts';
import { ratioBench, type RatioReport } from './ratio.ts';

/** A load, and what the log held when it was opened again. */
export interface BurstReport extends LoadReport {
  readonly stored: number;
  /** Acknowledged and not there. */
  readonly lost: number;
  /** Neither there nor counted. */
  readonly unexplained: number;
  /** Sum of the `dropped` events. */
  readonly told: number;
  readonly integrity: string;
}

// As scripts/setup.mjs starts the assistant.
const lean = ['--max-semi-space-size=4'];
const app = fileURLToPath(new URL('burstApp.ts', import.meta.url));

/** Runs one load in a folder and a process of its own. */
export async function burst(rate: number, seconds: number): Promise<BurstReport> {
  const home = mkdtempSync(join(tmpdir(), 'burst-'));
  try {
    writeSettings(home, { model: { use: 'none' }, notifications: false });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...lean, app, home, String(rate), String(seconds)],
      {
        maxBuffer: 1e7,
      },
    );
    const load = JSON.parse(stdout.trim().split('\n').at(-1)!) as LoadReport;
    return { ...load, ...(await recount(home, load)) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function recount(home: string, load: LoadReport) {
  const paths = createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } });
  const bits = readFileSync(join(home, 'acknowledged.bits'));
  const { log } = await openLog({ paths, clock: systemClock });
  let stored = 0;
  let told = 0;
  let before: number | undefined;
  do {
    const page = await log.events({ limit: 1000, ...(before !== undefined && { before }) });
    for (const event of page.rows) {
      if (event.kind === 'dropped' && event.monitor === 'log') told += event.data.count;
      const n = event.monitor === 'capture' || event.kind === 'dropped' ? -1 : numberOf(event.id);
      if (n < 0) continue;
      stored += 1;
      bits[n >> 3]! &= ~(1 << (n & 7));
    }
    before = page.next;
  } while (before !== undefined);
  const integrity = await log.check();
  await log.close();
  let lost = 0;
  for (const byte of bits) for (let bit = byte; bit > 0; bit &= bit - 1) lost += 1;
  return {
    stored,
    lost,
    told,
    integrity,
    unexplained: load.offered - load.refused - stored - load.shownDropped,
  };
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

function rows(report: BurstReport): (readonly [string, string, string])[] {
  const { lag, rss } = report;
  return [
    ['offered', `${report.offered} (${report.rate}/s, ${report.seconds} s)`, ''],
    [
      'acknowledged',
      `${report.acknowledged} in ${report.took.toFixed(1)} s = ${report.perSecond}/s`,
      `${report.rate}/s`,
    ],
    ['found on opening again', `${report.stored}, integrity ${report.integrity}`, ''],
    ['acknowledged and lost', String(report.lost), '0'],
    [
      'dropped, shown, told',
      `${report.offered - report.refused - report.stored}, ${report.shownDropped}, ${report.told}`,
      '0',
    ],
    ['observations', String(report.observations), 'few'],
    ['loop lag p50 / p99 / max', `${lag.p50} / ${lag.p99} / ${lag.max} ms`, 'p99 <= 50 ms'],
    ['RSS before / peak / after', [rss.before, rss.peak, rss.after].map(megabytes).join(' / '), ''],
    ['CPU, main thread / all', `${report.mainCpuSeconds.toFixed(1)} / ${report.cpuSeconds.toFixed(1)} s`, ''],
  ];
}

function kept(report: BurstReport): boolean {
  return report.lost === 0 && report.unexplained === 0 && report.integrity === 'ok' && report.lag.p99 <= 50;
}

if (process.argv[1] === import.meta.filename) {
  const short = process.argv.includes('--short');
  const named = process.argv.flatMap((word) => {
    const [, rate, seconds] = /^(\d+)x(\d+)$/.exec(word) ?? [];
    return rate ? [[Number(rate), Number(seconds)] as const] : [];
  });
  const both = [
    [1667, short ? 2 : 600],
    [20_000, short ? 2 : 60],
  ] as const;
  const loads: BurstReport[] = [];
  for (const [rate, seconds] of named.length > 0 ? named : both) loads.push(await burst(rate, seconds));
  for (const report of loads) {
    for (const row of rows(report)) console.log(`${row[0].padEnd(28)}${row[1].padEnd(44)}${row[2]}`);
    console.log('');
  }
  const ratio: RatioReport | null =
    named.length > 0 ? null : await ratioBench(short ? 3 : 9, short ? 2000 : 20_000);
  for (const [name, each] of Object.entries(ratio?.perSecond ?? {})) {
    const share = each.median / ratio!.perSecond.sqlite.median;
    console.log(
      `${name.padEnd(28)}${`${each.median}/s (${each.min} to ${each.max}), ${share.toFixed(2)} of SQLite alone`.padEnd(60)}`,
    );
  }
  console.log(JSON.stringify({ loads, ratio }));
  // Under a burst the rate is kept too, but for the time of the last commits.
  const fast = loads.every((load) => load.seconds < 10 || load.perSecond >= 0.95 * load.rate);
  process.exitCode = loads.every(kept) && fast ? 0 : 1;
}
