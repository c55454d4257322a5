/**
 * What the assistant costs while nothing happens (TARGETS.md F6).
 *
 *     node test/bench/idle.ts [seconds]      60 unless told; a table, then one JSON line
 *
 * A display of its own, the real core without a window, every monitor on, a folder watched, the default model chosen
 * but not asked. It settles, then processor time and wake-ups of each process are counted.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCore, writeSettings } from '../desktop/core.ts';
import { startDisplay } from '../desktop/display.ts';
import { modelsFolder } from '../model/defaultModel.ts';
import { treeOf, usageOf, type Usage } from './processes.ts';

/** One process over the time. `cpu` in per cent of one core, `wakes` a second, memory in bytes at the end. */
export interface IdleRow extends Omit<Usage, 'pid'> {}

/** What was found, with the sum over all processes. */
export interface IdleReport {
  readonly seconds: number;
  readonly sources: Readonly<Record<string, string>>;
  readonly model: string;
  readonly processes: readonly IdleRow[];
  readonly total: {
    readonly cpu: number;
    readonly wakes: number;
    readonly rss: number;
    readonly pss: number;
  };
}

const SETTLE_MS = 5000;
const FILES = 200;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the bench for `seconds`. */
export async function idleBench(seconds: number, settleMs = SETTLE_MS): Promise<IdleReport> {
  const home = mkdtempSync(join(tmpdir(), 'idle-'));
  const [folder, runtime] = [join(home, 'notes'), join(home, 'run')];
  for (const each of [folder, runtime]) mkdirSync(each, { mode: 0o700 });
  for (let n = 0; n < FILES; n++) writeFileSync(join(folder, `note-${n}.md`), `note ${n}\n`);
  writeSettings(home, { folders: [folder] });
  const display = await startDisplay();
  try {
    const env = { ...display.env, XDG_RUNTIME_DIR: runtime, BEFOREHAND_MODELS: modelsFolder };
    const core = await startCore({ home, env, args: ['--host', 'headless'] });
    try {
      await sleep(settleMs);
      const began = performance.now();
      const before = take(core.process.pid!);
      await sleep(seconds * 1000);
      const after = take(core.process.pid!);
      const took = (performance.now() - began) / 1000;
      const state = await core.client.call('state.get', {});
      const processes = after.map((each) => {
        const start = before.find((one) => one.pid === each.pid);
        const { pid: _, ...row } = each;
        return {
          ...row,
          cpu: (100 * (each.cpu - (start?.cpu ?? 0))) / took,
          wakes: (each.wakes - (start?.wakes ?? 0)) / took,
        };
      });
      const sum = (pick: (row: IdleRow) => number) => processes.reduce((total, row) => total + pick(row), 0);
      return {
        seconds: took,
        sources: Object.fromEntries(state.sources.map((each) => [each.name, each.state])),
        model: state.model.state,
        processes,
        total: {
          cpu: sum((row) => row.cpu),
          wakes: sum((row) => row.wakes),
          rss: sum((row) => row.rss),
          pss: sum((row) => row.pss),
        },
      };
    } finally {
      await core.stop();
    }
  } finally {
    await display.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

const take = (root: number) =>
  treeOf(root)
    .map(usageOf)
    .filter((each) => each !== null);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = await idleBench(Number(process.argv[2] ?? 60));
  const line = (name: string, row: Pick<IdleRow, 'cpu' | 'wakes' | 'rss' | 'pss'>, threads: string) =>
    [
      name.padEnd(18),
      `${row.cpu.toFixed(2)} %`,
      `${row.wakes.toFixed(2)}/s`,
      megabytes(row.rss),
      megabytes(row.pss),
      threads,
    ]
      .map((cell, at) => (at === 0 ? cell : cell.padStart(10)))
      .join('');
  console.log(
    [
      'process'.padEnd(18),
      ...['CPU', 'wake-ups', 'RSS', 'PSS', 'threads'].map((each) => each.padStart(10)),
    ].join(''),
  );
  for (const row of report.processes) console.log(line(row.name, row, String(row.threads)));
  console.log(line('all', report.total, ''));
  console.log(JSON.stringify(report));
}
