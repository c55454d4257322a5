/**
 * How soon a pause is one (TARGETS.md P5), with every real monitor on a busy desktop.
 *
 *     node test/bench/pause.ts [n]     n pauses by the socket, then n / 4 by the command line; 40 unless told; one JSON line
 *
 * Each time: somebody types, copies, switches windows and saves files; the pause is asked for; the log is read for what
 * came after its mark. Every fourth pause is followed at once by kill -9, and the next start must be paused. Exit 1 when
 * a promise was broken.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectLog } from '../../src/log/owner.ts';
import type { Event } from '../../src/model/event.ts';
import { cli, startCore, writeSettings, type Core } from '../desktop/core.ts';
import { startDisplay } from '../desktop/display.ts';
import { modelsFolder } from '../model/defaultModel.ts';
import { until } from '../until.ts';
import { beBusy } from './busy.ts';

/** Milliseconds. */
interface Spread {
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** What was found. */
export interface PauseReport {
  readonly pauses: number;
  /** From asking to the moment after which nothing is taken. */
  readonly effective: Spread;
  /** From asking to the answer: it is on disk and every source is closed. */
  readonly acknowledged: Spread;
  /** From the start of `beforehand pause` to the moment after which nothing is taken: mostly the start of Node. */
  readonly commandLine: Spread;
  /** Events taken between a pause and its end, and events of after a resume that began before it: none may be. */
  readonly during: number;
  readonly carriedOver: number;
  /** Events that came in between, so that there was something to stop. */
  readonly before: number;
  /** Starts after kill -9 behind an acknowledged pause, and those that were not paused. */
  readonly kills: number;
  readonly unpaused: number;
}

/** How long the desktop stays busy before and during each pause, milliseconds. */
const BUSY_MS = 700;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the bench in a folder and on a display of its own. */
export async function pauseBench(pauses: number): Promise<PauseReport> {
  const home = mkdtempSync(join(tmpdir(), 'pause-'));
  const [folder, runtime] = [join(home, 'notes'), join(home, 'run')];
  for (const each of [folder, runtime]) mkdirSync(each, { mode: 0o700 });
  writeSettings(home, { folders: [folder], afkSeconds: 3600 });
  const display = await startDisplay();
  const env = { ...display.env, XDG_RUNTIME_DIR: runtime, BEFOREHAND_MODELS: modelsFolder };
  const busy = await beBusy(display, folder);
  const start = () => startCore({ home, env, args: ['--host', 'headless'] });
  const [effective, acknowledged, commandLine]: number[][] = [[], [], []];
  let [during, carriedOver, before, kills, unpaused] = [0, 0, 0, 0, 0];
  let core = await start();
  try {
    for (let n = 0; n < pauses; n++) {
      await sleep(BUSY_MS);
      const asked = Date.now();
      const began = performance.now();
      await core.client.call('capture.pause', { minutes: 5 });
      acknowledged!.push(performance.now() - began);
      if (n % 4 === 3) {
        await kill(core);
        core = await start();
        kills++;
        if ((await core.client.call('state.get', {})).capture !== 'paused') unpaused++;
      }
      await sleep(BUSY_MS);
      await core.client.call('capture.resume', {});
      await sleep(BUSY_MS);
      const found = await read(core, asked);
      // A kill may take the mark of the pause with it; that nothing was taken after it shows all the same.
      if (n % 4 !== 3) effective!.push(found.paused - asked);
      before += found.before;
      during += found.during;
      carriedOver += found.carriedOver;
    }
    for (let n = 0; n < Math.ceil(pauses / 4); n++) {
      const asked = Date.now();
      await cli(core.env, ['pause', '--json']);
      commandLine!.push((await read(core, asked)).paused - asked);
      await cli(core.env, ['resume']);
      await sleep(BUSY_MS);
    }
  } finally {
    await busy.stop();
    await core.stop();
    await display.stop();
    rmSync(home, { recursive: true, force: true });
  }
  return {
    pauses,
    effective: spread(effective!),
    acknowledged: spread(acknowledged!),
    commandLine: spread(commandLine!),
    during,
    carriedOver,
    before,
    kills,
    unpaused,
  };
}

async function kill(core: Core): Promise<void> {
  core.process.kill('SIGKILL');
  await until('its end', () => core.process.exitCode !== null || core.process.signalCode !== null);
}

/** Around the last pause in the log: when it came, what was taken before and in it, what of later began before its end. */
async function read(core: Core, asked: number) {
  const log = (await connectLog(core.paths.socket))!;
  // Newest first, in the order in which they were taken.
  const events = (await log.events({ limit: 1000 })).rows.toReversed();
  await log.close();
  const last = (state: string) => events.findLastIndex((each) => isMark(each) && each.data.state === state);
  const [paused, resumed] = [last('paused'), last('resumed')];
  const end = resumed > paused ? resumed : events.length;
  const inside = events.slice(paused + 1, end).filter((each) => !isMark(each) && endOf(each) >= asked);
  const after = events.slice(end).filter((each) => !isMark(each) && each.at < (events[end]?.at ?? 0));
  const earlier = events.slice(0, paused).findLastIndex(isMark);
  return {
    paused: events[paused]!.at,
    before: paused - earlier - 1,
    during: inside.length,
    carriedOver: after.length,
  };
}

const endOf = ({ at, duration }: Event) => at + duration;
const isMark = (event: Event) => event.kind === 'capture';

function spread(values: number[]): Spread {
  values.sort((a, b) => a - b);
  const part = (share: number) =>
    Math.round(10 * (values[Math.floor(share * (values.length - 1))] ?? 0)) / 10;
  return { median: part(0.5), p95: part(0.95), max: part(1) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = await pauseBench(Number(process.argv[2] ?? 40));
  console.log(JSON.stringify(report));
  const kept = report.during + report.carriedOver + report.unpaused === 0;
  process.exitCode = kept && report.effective.max <= 100 ? 0 : 1;
}
