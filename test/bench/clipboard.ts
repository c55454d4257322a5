/**
 * What a large copy costs (TARGETS.md L3): peak memory beside the payload, and how long the event loop stood still.
 *
 *     npm run bench:clipboard [-- RUNS [MEGABYTES]]      7 runs of 10 MB unless told; a table, then one JSON line
 *
 * Its own display, the real adapter, monitor and Guard in a fresh process for each row and run; the owner is xclip in
 * its own process. `naive` is the same copy read by `xclip -o` into one string, as clipboard libraries do.
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
import { createGuard } from '../../src/privacy/privacy.ts';
import { startDisplay } from '../desktop/display.ts';
import { until } from '../until.ts';

/** What one copy cost: bytes of memory above the rest, milliseconds of the longest standstill and of the whole. */
export interface ClipboardCost {
  readonly payload: number;
  readonly peak: number;
  readonly block: number;
  readonly took: number;
}

/** Texts of `size` characters; `line` has no space in it, so that nothing of it can be cut at a word. */
const TEXTS = {
  prose: (size: number) => 'some words that follow each other, '.repeat(size / 35 + 1).slice(0, size),
  umlauts: (size: number) => 'wörter für größere Überlegungen. '.repeat(size / 33 + 1).slice(0, size),
  line: (size: number) => 'abcdefgh01'.repeat(size / 10 + 1).slice(0, size),
} as const;
type Text = keyof typeof TEXTS;

const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;
const highest = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;

/** Measures in this process, which has done nothing else; the text was made by the parent. */
async function measure(how: 'ours' | 'naive', payload: number): Promise<ClipboardCost> {
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
  const adapter = createX11Clipboard(process.env);
  const monitor = createClipboardMonitor({ adapter, guard, clock: systemClock, focus });
  const stop = how === 'ours' ? await monitor.start((event) => events.push(event)) : null;
  globalThis.gc?.();
  writeFileSync('/proc/self/clear_refs', '5');
  const before = rss();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  process.send!('ready');
  const { promise: copied, resolve } = Promise.withResolvers<void>();
  process.once('message', () => resolve());
  let began = 0;
  if (how === 'ours') {
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
  const cost = { payload, peak: highest() - before, block: delay.max / 1e6, took };
  await stop?.();
  return cost;
}

/** One row in a process of its own. */
export async function clipboardBench(
  how: 'ours' | 'naive',
  kind: Text,
  characters: number,
  env: NodeJS.ProcessEnv,
): Promise<ClipboardCost> {
  const text = TEXTS[kind](characters);
  const payload = Buffer.byteLength(text);
  const child = spawn(
    process.execPath,
    ['--expose-gc', fileURLToPath(import.meta.url), 'child', how, String(payload)],
    {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the measuring process ended with ${code}`)));
    child.on('message', (message) => {
      if (message !== 'ready') {
        resolve(message as ClipboardCost);
        return;
      }
      const done = spawn('xclip', ['-selection', 'clipboard'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
      done.on('exit', () => child.send('copied'));
      done.stdin.end(text);
    });
  });
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === 'child') {
    const cost = await measure(process.argv[3] as 'ours' | 'naive', Number(process.argv[4]));
    process.send!(cost, () => process.exit(0));
  } else {
    const runs = Number(process.argv[2] ?? 7);
    const characters = Number(process.argv[3] ?? 10) * 1e6;
    const display = await startDisplay();
    const rows: Record<string, ClipboardCost[]> = {};
    try {
      // Interleaved, so that a busy minute of the machine meets all rows.
      for (let run = 0; run < runs; run++)
        for (const kind of Object.keys(TEXTS) as Text[])
          for (const how of ['ours', 'naive'] as const)
            (rows[`${how} ${kind}`] ??= []).push(await clipboardBench(how, kind, characters, display.env));
    } finally {
      await display.stop();
    }
    const summary = Object.entries(rows).map(([row, costs]) => ({
      row,
      peakRatio: median(costs.map((each) => each.peak / each.payload)),
      worstRatio: Math.max(...costs.map((each) => each.peak / each.payload)),
      block: median(costs.map((each) => each.block)),
      worstBlock: Math.max(...costs.map((each) => each.block)),
      took: median(costs.map((each) => each.took)),
    }));
    console.log('row              peak/payload (worst)   longest block ms (worst)   took ms');
    for (const each of summary)
      console.log(
        `${each.row.padEnd(16)} ${each.peakRatio.toFixed(2).padStart(8)} (${each.worstRatio.toFixed(2)})` +
          `${each.block.toFixed(1).padStart(16)} (${each.worstBlock.toFixed(1)})${each.took.toFixed(0).padStart(14)}`,
      );
    console.log(JSON.stringify({ runs, characters, rows: summary }));
  }
}
