/**
 * What a large copy costs (TARGETS.md L3): peak memory beside the payload, and how long the event loop stood still.
 *
 *     npm run bench:clipboard [-- RUNS [MEGABYTES]]      7 runs of 10 MB unless told; a table, then one JSON line
 *
 * Its own display, the real adapter, monitor and Guard in a fresh process for each row and run; the owner is xclip,
 * or wl-copy under sway, in its own process. `naive` is the same copy read by `xclip -o` into one string, as clipboard libraries do.
 */
import { execFile, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Event } from '../../src/model/event.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createClipboardMonitor } from '../../src/monitors/clipboard.ts';
import { createFocusTracker } from '../../src/monitors/focus.ts';
import { createX11Clipboard } from '../../src/monitors/linux/clipboard.ts';
import { createWaylandClipboard } from '../../src/monitors/linux/wayland/clipboard.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { startDisplay } from '../desktop/display.ts';
import { startSway } from '../desktop/sway.ts';
import { program } from '../needs.ts';
import { until } from '../until.ts';

/** What one copy cost: bytes of memory above the rest, milliseconds of the longest standstill and of the whole. */
export interface ClipboardCost {
  readonly payload: number;
  readonly peak: number;
  readonly block: number;
  /** The same in processor time of the main thread, which other programs of a busy machine do not lengthen. */
  readonly computing: number;
  readonly took: number;
}

/** Our monitor on X11, our monitor under sway, and the naive way. */
type How = 'ours' | 'wayland' | 'naive';

/** Texts of `size` characters; `line` has no space in it, so that nothing of it can be cut at a word. */
const TEXTS = {
  prose: (size: number) => 'some words that follow each other, '.repeat(size / 35 + 1).slice(0, size),
  umlauts: (size: number) => 'wörter für größere Überlegungen. '.repeat(size / 33 + 1).slice(0, size),
  line: (size: number) => 'abcdefgh01'.repeat(size / 10 + 1).slice(0, size),
} as const;
type Text = keyof typeof TEXTS;

/** Milliseconds of processor time this thread has used. */
const spent = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;
const highest = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;

/** Measures in this process, which has done nothing else; the text was made by the parent. */
async function measure(how: How, payload: number): Promise<ClipboardCost> {
  const events: Event[] = [];
  const focus = createFocusTracker({
    async open(listener) {
      listener.changed({ app: 'code', title: 'main.ts', own: false, window: 1 });
      return async () => {};
    },
  });
  const person = { home: '/home/ada', user: 'ada' };
  const guard = createGuard({ settings: () => Settings.parse({}), person });
  // The first use of the rules compiles them; that is start-up, not the copy.
  guard.redact('warm up', 'clipboard');
  const adapter = how === 'wayland' ? createWaylandClipboard(process.env) : createX11Clipboard(process.env);
  const monitor = createClipboardMonitor({ adapter, guard, clock: systemClock, focus });
  const stop = how !== 'naive' ? await monitor.start((event) => events.push(event)) : null;
  globalThis.gc?.();
  writeFileSync('/proc/self/clear_refs', '5');
  const before = rss();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let computing = 0;
  let last = spent();
  const ticks = setInterval(() => {
    const now = spent();
    computing = Math.max(computing, now - last);
    last = now;
  }, 1);
  process.send!('ready');
  const { promise: copied, resolve } = Promise.withResolvers<void>();
  process.once('message', () => resolve());
  let began = 0;
  if (how !== 'naive') {
    await copied;
    began = performance.now();
    await until(
      'the copy',
      () => events.some((each) => each.kind === 'clipboard' && each.data.size > 0),
      60_000,
    );
  } else {
    await copied;
    began = performance.now();
    const text = await new Promise<string>((done, failed) =>
      execFile('xclip', ['-selection', 'clipboard', '-o'], { maxBuffer: 1e9 }, (error, out) =>
        error ? failed(error) : done(out),
      ),
    );
    guard.redact(text.slice(0, 20_000), 'clipboard');
    text.match(/\S+/g);
  }
  const took = performance.now() - began;
  await new Promise((done) => setTimeout(done, 20));
  delay.disable();
  clearInterval(ticks);
  const cost = { payload, peak: highest() - before, block: delay.max / 1e6, computing, took };
  await stop?.();
  return cost;
}

/** One row in a process of its own, on the desktop that `env` names; `copy` puts the text there. */
export async function clipboardBench(
  how: How,
  kind: Text,
  characters: number,
  env: NodeJS.ProcessEnv,
  copy: (text: string) => Promise<unknown>,
): Promise<ClipboardCost> {
  const text = TEXTS[kind](characters);
  const args = ['--expose-gc', fileURLToPath(import.meta.url), 'child', how, `${Buffer.byteLength(text)}`];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the measuring process ended with ${code}`)));
    child.on('message', (message) => {
      if (message !== 'ready') resolve(message as ClipboardCost);
      // Told once the owner offers it; whatever the monitor does by then is measured all the same.
      else copy(text).then(() => child.send('copied'), reject);
    });
  });
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === 'child') {
    const cost = await measure(process.argv[3] as How, Number(process.argv[4]));
    process.send!(cost, () => process.exit(0));
  } else {
    const runs = Number(process.argv[2] ?? 7);
    const characters = Number(process.argv[3] ?? 10) * 1e6;
    const display = await startDisplay();
    const sway = program('sway') && program('wl-copy') ? await startSway() : null;
    const rows: Record<string, ClipboardCost[]> = {};
    try {
      // Interleaved, so that a busy minute of the machine meets all rows.
      for (let run = 0; run < runs; run++) {
        for (const kind of Object.keys(TEXTS) as Text[]) {
          for (const how of ['ours', 'wayland', 'naive'] as const) {
            if (how === 'wayland' && !sway) continue;
            const on = how === 'wayland' ? sway! : display;
            const copy = (text: string) =>
              how === 'wayland'
                ? on.call('wl-copy', [], text)
                : on.call('xclip', ['-selection', 'clipboard'], text);
            (rows[`${how} ${kind}`] ??= []).push(await clipboardBench(how, kind, characters, on.env, copy));
          }
        }
      }
    } finally {
      await Promise.all([display.stop(), sway?.stop()]);
    }
    const summary = Object.entries(rows).map(([row, costs]) => ({
      row,
      peakRatio: median(costs.map((each) => each.peak / each.payload)),
      worstRatio: Math.max(...costs.map((each) => each.peak / each.payload)),
      block: median(costs.map((each) => each.block)),
      computing: median(costs.map((each) => each.computing)),
      worstComputing: Math.max(...costs.map((each) => each.computing)),
      worstBlock: Math.max(...costs.map((each) => each.block)),
      took: median(costs.map((each) => each.took)),
    }));
    console.log(
      'row              peak/payload (worst)   block ms (worst)   of it computing (worst)   took ms',
    );
    for (const each of summary)
      console.log(
        `${each.row.padEnd(16)} ${each.peakRatio.toFixed(2).padStart(8)} (${each.worstRatio.toFixed(2)})` +
          `${each.block.toFixed(1).padStart(16)} (${each.worstBlock.toFixed(1)})` +
          `${each.computing.toFixed(1).padStart(16)} (${each.worstComputing.toFixed(1)})` +
          `${each.took.toFixed(0).padStart(12)}`,
      );
    console.log(JSON.stringify({ runs, characters, rows: summary }));
  }
}
