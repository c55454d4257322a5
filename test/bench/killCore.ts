/**
 * Kill -9 of the whole assistant at random points of real capture (TARGETS.md D1).
 *
 *     node test/bench/killCore.ts [n]      n kills, 50 unless told; one JSON line; exit 1 when a promise was broken
 *
 * On a display of its own somebody types, copies and saves files without a pause. A second process reads the log through
 * the core's socket: what it sees there is on disk. The core is killed without warning and started again; every id ever
 * seen must be there, the integrity check clean, and the start quick.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectLog } from '../../src/log/owner.ts';
import type { EventLog } from '../../src/model/log.ts';
import { startCore, writeSettings, type Core } from '../desktop/core.ts';
import { startDisplay } from '../desktop/display.ts';
import { modelsFolder } from '../model/defaultModel.ts';
import { until } from '../until.ts';
import { beBusy } from './busy.ts';
import { nameOf, treeOf } from './processes.ts';

/** What was found. `ready` in milliseconds, from the start of the process to its socket's first answer. */
export interface KillCoreReport {
  readonly kills: number;
  readonly events: number;
  readonly observations: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly badIntegrity: number;
  /** Sentences said at a start: a sound log gives no reason for any. */
  readonly notes: number;
  /** Files set aside as damaged. */
  readonly aside: number;
  /** Processes of a killed core that were still there 2 s later. */
  readonly orphans: number;
  readonly readyMs: { readonly median: number; readonly p95: number; readonly max: number };
}

const LONGEST_LIFE_MS = 2500;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the bench in a folder and on a display of its own. */
export async function killCoreBench(kills: number): Promise<KillCoreReport> {
  const home = mkdtempSync(join(tmpdir(), 'kill-core-'));
  const [folder, runtime] = [join(home, 'notes'), join(home, 'run')];
  for (const each of [folder, runtime]) mkdirSync(each, { mode: 0o700 });
  writeSettings(home, { folders: [folder], afkSeconds: 3600 });
  const display = await startDisplay();
  const env = { ...display.env, XDG_RUNTIME_DIR: runtime, BEFOREHAND_MODELS: modelsFolder };
  const seen = { events: new Set<string>(), observations: new Set<string>() };
  const kinds: Record<string, number> = {};
  const ready: number[] = [];
  let [lost, badIntegrity, notes, orphans] = [0, 0, 0, 0];
  const busy = await beBusy(display, folder);
  try {
    for (let n = 0; n <= kills; n++) {
      const began = performance.now();
      const core = await startCore({ home, env, args: ['--host', 'headless'] });
      ready.push(performance.now() - began);
      if (core.talk() !== '') notes++;
      const log = (await connectLog(core.paths.socket))!;
      lost = await missing(log, seen);
      if ((await log.check()) !== 'ok') badIntegrity++;
      if (n === kills) {
        await log.close();
        await core.stop();
        break;
      }
      orphans += await watchAndKill(core, log, seen, kinds);
    }
  } finally {
    await busy.stop();
    await display.stop();
  }
  const aside = readdirSync(home).filter((name) => /^log\.(damaged|locked)/.test(name)).length;
  rmSync(home, { recursive: true, force: true });
  ready.sort((a, b) => a - b);
  const part = (share: number) => Math.round(ready[Math.floor(share * (ready.length - 1))]!);
  return {
    kills,
    events: seen.events.size,
    observations: seen.observations.size,
    kinds,
    lost,
    badIntegrity,
    notes,
    aside,
    orphans,
    readyMs: { median: part(0.5), p95: part(0.95), max: part(1) },
  };
}

/** Notes what is in the log until the kill at a random time; gives how many processes outlived it. */
async function watchAndKill(
  core: Core,
  log: EventLog,
  seen: { readonly events: Set<string>; readonly observations: Set<string> },
  kinds: Record<string, number>,
): Promise<number> {
  const family = treeOf(core.process.pid!);
  const gone = new Promise((resolve) => core.process.once('exit', resolve));
  setTimeout(() => core.process.kill('SIGKILL'), Math.random() * LONGEST_LIFE_MS);
  while (core.process.exitCode === null && core.process.signalCode === null) {
    try {
      const [events, observations] = await Promise.all([
        log.events({ limit: 200 }),
        log.observations({ limit: 200 }),
      ]);
      for (const row of events.rows) {
        if (!seen.events.has(row.id)) kinds[row.kind] = (kinds[row.kind] ?? 0) + 1;
        seen.events.add(row.id);
      }
      for (const row of observations.rows) seen.observations.add(row.id);
    } catch {
      break; // the kill came in between
    }
    await sleep(5);
  }
  await gone;
  await log.close();
  const left = () => family.filter((pid) => /^(cli|llmProcess|keysProcess)\.[jt]s$/.test(nameOf(pid)));
  await until('the children to end', () => left().length === 0, 2000).catch(() => {});
  return left().length;
}

/** How many of the ids seen before are not there any more. */
async function missing(
  log: EventLog,
  seen: { readonly events: ReadonlySet<string>; readonly observations: ReadonlySet<string> },
): Promise<number> {
  const left = [new Set(seen.events), new Set(seen.observations)] as const;
  for (const [ids, read] of [
    [left[0], log.events],
    [left[1], log.observations],
  ] as const) {
    let before: number | undefined;
    do {
      const page = await read({ limit: 1000, ...(before === undefined ? {} : { before }) });
      for (const row of page.rows) ids.delete(row.id);
      before = page.next;
    } while (before !== undefined && ids.size > 0);
  }
  return left[0].size + left[1].size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = await killCoreBench(Number(process.argv[2] ?? 50));
  console.log(JSON.stringify(report));
  const kept = report.lost + report.badIntegrity + report.notes + report.aside + report.orphans === 0;
  process.exitCode = kept && report.readyMs.max <= 2000 ? 0 : 1;
}
