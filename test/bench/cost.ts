/**
 * The cost of watching (TARGETS.md F6), beside a poll of xprop and xprintidle once a second, which is what ActivityWatch's
 * window and AFK watchers do.
 *
 *     node test/bench/cost.ts [rounds] [seconds]      7 rounds of 60 s unless told; a table, then one JSON line
 *
 * Every round each contender in turn watches the same scripted work on a display of its own, then as long a rest; the
 * order changes from round to round. `alike` watches what the poll watches, `all` every source.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectLog } from '../../src/log/owner.ts';
import { startCore, writeSettings } from '../desktop/core.ts';
import { startDisplay, type Display } from '../desktop/display.ts';
import { until } from '../until.ts';
import { openDesk, type Desk } from './desk.ts';
import { deadCpuOf, treeOf, usageOf } from './processes.ts';

/** One contender over one round. Shares of one core in per cent, wake-ups a second, bytes, milliseconds. */
export interface CostRow {
  readonly work: { readonly cpu: number; readonly wakes: number };
  readonly rest: { readonly cpu: number; readonly wakes: number };
  /** Processor seconds over work and rest. */
  readonly cpuSeconds: number;
  readonly rss: number;
  readonly pss: number;
  /** From a title's change until it can be read again from disk: median. */
  readonly delay: number;
}

const CONTENDERS = ['poll', 'alike', 'all'] as const;
type Contender = (typeof CONTENDERS)[number];

/** What was found, in the order of the rounds, and the median of each. */
export interface CostReport {
  readonly rounds: Readonly<Record<Contender, readonly CostRow[]>>;
  readonly median: Readonly<Record<Contender, CostRow>>;
}

interface Used {
  readonly cpu: number;
  readonly wakes: number;
  readonly rss: number;
  readonly pss: number;
}

/** Something that watches: what it has used so far, and whether it has stored a title. */
interface Watcher {
  used(): Promise<Used>;
  stored(title: string): Promise<boolean>;
  stop(): Promise<void>;
}

const SETTLE_MS = 3000;
const PROBES = 9;
const poll = fileURLToPath(new URL('poll.py', import.meta.url));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** All processes under `root`, and those below that have ended. */
function usedBy(root: number): Used {
  const all = treeOf(root);
  const rows = all.map(usageOf).filter((each) => each !== null);
  const sum = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    cpu: sum((row) => row.cpu) + all.map(deadCpuOf).reduce((total, each) => total + each, 0),
    wakes: sum((row) => row.wakes),
    rss: sum((row) => row.rss),
    pss: sum((row) => row.pss),
  };
}

async function startPoll(display: Display, home: string): Promise<Watcher> {
  const file = join(home, 'poll.jsonl');
  const child = spawn('python3', [poll, file], { env: display.env, stdio: 'ignore' });
  const rows = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
  const usages = () => rows().filter((row) => row.includes('"wakes"'));
  await until('the poll', () => rows().length > 1);
  return {
    async used() {
      const before = usages().length;
      const { rss, pss } = usedBy(child.pid!);
      child.kill('SIGUSR1');
      await until('its usage', () => usages().length > before);
      return { ...(JSON.parse(usages().at(-1)!) as { cpu: number; wakes: number }), rss, pss };
    },
    stored: async (title) => rows().some((row) => row.includes(title)),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function startOurs(display: Display, home: string, folder: string, all: boolean): Promise<Watcher> {
  const runtime = join(home, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  writeSettings(home, {
    folders: all ? [folder] : [],
    model: { use: 'none' },
    notifications: false,
    sources: { keyboard: all, clipboard: all, files: all },
  });
  const env = { ...display.env, XDG_RUNTIME_DIR: runtime };
  const core = await startCore({ home, env, args: ['--host', 'headless'] });
  const log = (await connectLog(core.paths.socket))!;
  return {
    used: async () => usedBy(core.process.pid!),
    async stored(title) {
      const { rows } = await log.events({ limit: 5, kinds: ['window'] });
      return rows.some((row) => row.kind === 'window' && row.data.title === title);
    },
    async stop() {
      await log.close();
      await core.stop();
    },
  };
}

/** Half of the probes' delays are shorter. */
async function delayOf(watcher: Watcher, desk: Desk, probes: number): Promise<number> {
  const delays: number[] = [];
  for (let n = 0; n < probes; n += 1) {
    // Not in step with anybody's second.
    await sleep(400 + ((n * 370) % 1000));
    const title = `probe number ${n} - desk`;
    await desk.title(title);
    const began = performance.now();
    await until('the title on disk', () => watcher.stored(title), 5000, 5);
    delays.push(performance.now() - began);
  }
  return median(delays);
}

/** Has one contender watch `seconds` of work and as long a rest. */
export async function measure(contender: Contender, seconds: number, probes = PROBES): Promise<CostRow> {
  const home = mkdtempSync(join(tmpdir(), 'cost-'));
  const folder = join(home, 'notes');
  mkdirSync(folder);
  const display = await startDisplay();
  try {
    const desk = await openDesk(display, folder);
    const watcher =
      contender === 'poll'
        ? await startPoll(display, home)
        : await startOurs(display, home, folder, contender === 'all');
    try {
      await sleep(SETTLE_MS);
      const start = await watcher.used();
      const began = performance.now();
      await desk.work(seconds);
      const worked = await watcher.used();
      const between = performance.now();
      await sleep(seconds * 1000);
      const rested = await watcher.used();
      const took = [between - began, performance.now() - between].map((ms) => ms / 1000);
      const share = (from: Used, to: Used, over: number) => ({
        cpu: (100 * (to.cpu - from.cpu)) / over,
        wakes: (to.wakes - from.wakes) / over,
      });
      return {
        work: share(start, worked, took[0]!),
        rest: share(worked, rested, took[1]!),
        cpuSeconds: rested.cpu - start.cpu,
        rss: rested.rss,
        pss: rested.pss,
        delay: await delayOf(watcher, desk, probes),
      };
    } finally {
      await watcher.stop();
    }
  } finally {
    await display.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Runs the bench. */
export async function costBench(rounds: number, seconds: number): Promise<CostReport> {
  const found: Record<Contender, CostRow[]> = { poll: [], alike: [], all: [] };
  for (let round = 0; round < rounds; round += 1) {
    const turn = round % CONTENDERS.length;
    for (const each of [...CONTENDERS.slice(turn), ...CONTENDERS.slice(0, turn)]) {
      found[each].push(await measure(each, seconds));
    }
  }
  const middle = (which: Contender): CostRow => {
    const of = (pick: (row: CostRow) => number) => median(found[which].map(pick));
    return {
      work: { cpu: of((row) => row.work.cpu), wakes: of((row) => row.work.wakes) },
      rest: { cpu: of((row) => row.rest.cpu), wakes: of((row) => row.rest.wakes) },
      cpuSeconds: of((row) => row.cpuSeconds),
      rss: of((row) => row.rss),
      pss: of((row) => row.pss),
      delay: of((row) => row.delay),
    };
  };
  return { rounds: found, median: { poll: middle('poll'), alike: middle('alike'), all: middle('all') } };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

if (process.argv[1] === import.meta.filename) {
  const report = await costBench(Number(process.argv[2] ?? 7), Number(process.argv[3] ?? 60));
  const line = (name: string, pick: (row: CostRow) => number, digits: number, unit: string) => {
    const cells = CONTENDERS.map((each) =>
      `${pick(report.median[each]).toFixed(digits)} ${unit}`.padStart(14),
    );
    const ratio = pick(report.median.alike) / pick(report.median.poll);
    console.log(`${name.padEnd(28)}${cells.join('')}${ratio.toFixed(2).padStart(14)}`);
  };
  console.log(`${''.padEnd(28)}${[...CONTENDERS, 'alike / poll'].map((each) => each.padStart(14)).join('')}`);
  line('CPU, work and rest', (row) => row.cpuSeconds, 3, 's');
  line('CPU at work', (row) => row.work.cpu, 2, '%');
  line('CPU at rest', (row) => row.rest.cpu, 2, '%');
  line('wake-ups at work', (row) => row.work.wakes, 1, '/s');
  line('wake-ups at rest', (row) => row.rest.wakes, 1, '/s');
  line('RSS', (row) => row.rss / 1e6, 0, 'MB');
  line('PSS', (row) => row.pss / 1e6, 0, 'MB');
  line('event to stored', (row) => row.delay, 0, 'ms');
  console.log(JSON.stringify(report));
}
