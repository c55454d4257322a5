/**
 * Kill -9 at random points during capture (TARGETS.md D1).
 *
 *     node test/bench/kill.ts [n]      n kills, 50 unless told; one JSON line; exit 1 when a promise was broken
 *
 * A child appends through openLog and prints what was acknowledged. It is killed without warning, the same folder is
 * opened again, and every printed id must be there, in a file whose integrity check is clean.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLog } from '../../src/log/open.ts';
import type { EventLog } from '../../src/model/log.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';

/** What the bench found. Times are milliseconds, `ready` from the call of openLog to the first answer. */
export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly badIntegrity: number;
  readonly notes: number;
  readonly readyMs: { readonly median: number; readonly max: number };
  readonly bytes: number;
}

const noKeyring = {
  get: async () => Promise.reject(new Error('no keyring in this bench')),
  set: async () => Promise.reject(new Error('no keyring in this bench')),
};

const round = (ms: number | undefined) => Math.round((ms ?? 0) * 10) / 10;

/** Runs the bench in a folder of its own, which it removes. */
export async function killBench(kills: number): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-kill-'));
  const paths = createPaths({ env: { BEFOREHAND_HOME: folder } });
  const acknowledged = new Set<string>();
  const ready: number[] = [];
  let [lost, badIntegrity, notes, bytes] = [0, 0, 0, 0];
  try {
    for (let n = 0; n < kills; n++) {
      for (const id of await runAndKill(folder, 20 + Math.random() * 400)) acknowledged.add(id);
      const start = performance.now();
      const { log, note } = await openLog({ paths, clock: systemClock, keyring: noKeyring });
      bytes = (await log.state()).bytes;
      ready.push(performance.now() - start);
      if (note) notes++;
      if ((await log.check()) !== 'ok') badIntegrity++;
      if (n % 10 === 9 || n === kills - 1) lost = await missing(log, acknowledged);
      await log.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  ready.sort((a, b) => a - b);
  return {
    kills,
    acknowledged: acknowledged.size,
    lost,
    badIntegrity,
    notes,
    readyMs: { median: round(ready[Math.floor(ready.length / 2)]), max: round(ready.at(-1)) },
    bytes,
  };
}

/** Starts the writer, kills it `ms` milliseconds after its log is open, and returns the ids it printed. */
async function runAndKill(folder: string, ms: number): Promise<string[]> {
  const writer = fileURLToPath(new URL('writer.ts', import.meta.url));
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    text += chunk;
    if (text.startsWith('ready\n')) timer ??= setTimeout(() => child.kill('SIGKILL'), ms);
  });
  const signal = await new Promise<string | null>((resolve) => {
    child.on('close', (_code, by) => resolve(by));
  });
  if (signal !== 'SIGKILL') throw new Error('the writer ended by itself');
  // The last line may be cut: an id is counted only when its line was ended.
  const lines = text.split('\n').slice(1, -1);
  return lines.flatMap((line) => line.split(' '));
}

/** How many of `ids` have no event or no observation. */
async function missing(log: EventLog, ids: ReadonlySet<string>): Promise<number> {
  const [events, observations] = [new Set(ids), new Set(ids)];
  for (const [left, read] of [
    [events, log.events],
    [observations, log.observations],
  ] as const) {
    let before: number | undefined;
    do {
      const page = await read({ limit: 1000, ...(before === undefined ? {} : { before }) });
      for (const row of page.rows) left.delete(row.id);
      before = page.next;
    } while (before !== undefined);
  }
  return new Set([...events, ...observations]).size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = await killBench(Number(process.argv[2] ?? 50));
  console.log(JSON.stringify(report));
  const kept = report.lost === 0 && report.badIntegrity === 0 && report.notes === 0;
  process.exitCode = kept && report.readyMs.max <= 2000 ? 0 : 1;
}
