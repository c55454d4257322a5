/**
 * The window over a real core and a real log: how it comes up, how the timeline opens and scrolls, how a flood is drawn.
 *
 *     npm run bench:window [-- --rows N] [--headed] [--home FOLDER] [--turns N]      a table, then one JSON line
 *
 * A log of N observations (1,000,000 unless told) is filled once and kept in FOLDER (a temporary one unless told). The
 * page is the built one, in a Chromium of the system: headless, or with `--headed` a real window on a display of its own.
 * Either way everything is drawn in software here. No figure is asserted: docs/experiments.md says what was found.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createPaths } from '../../src/paths.ts';
import { assistant } from '../../src/contract.ts';
import { connect } from '../../src/rpc.ts';
import { dial } from '../../src/socket.ts';
import { startDisplay } from '../desktop/display.ts';
import type { Ask } from './windowApp.ts';
import { fill } from './windowFill.ts';
import { framesWhile, openTimeline, startPage, type Frames, type Start } from './windowPage.ts';

const APP = fileURLToPath(new URL('windowApp.ts', import.meta.url));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const spread = (list: readonly number[]) =>
  `${median(list).toFixed(0)} ms (${Math.min(...list).toFixed(0)} to ${Math.max(...list).toFixed(0)})`;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Served {
  readonly process: ChildProcess;
  ask(ask: Ask): Promise<{ readonly url?: string; readonly sent?: number }>;
  readonly url: string;
}

async function serve(home: string): Promise<Served> {
  const child = fork(APP, [home], { execArgv: ['--max-semi-space-size=4'] });
  const next = () =>
    new Promise<{ url?: string; sent?: number }>((resolve, reject) => {
      child.once('message', (message) => resolve(message as { url?: string }));
      child.once('exit', (code) => reject(new Error(`the assistant ended with ${code}`)));
    });
  const { url = '' } = await next();
  return {
    process: child,
    url,
    ask(ask) {
      const answer = next();
      child.send(ask);
      return answer;
    },
  };
}

/** How long the core takes for what the timeline asks, ms, over its own socket. */
async function askCore(home: string, turns: number): Promise<Record<string, number[]>> {
  const { socket } = createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } });
  const transport = (await dial(socket, 'assistant'))!;
  const client = connect(assistant, transport);
  const took: Record<string, number[]> = {};
  const time = async (name: string, call: () => Promise<unknown>) => {
    const began = performance.now();
    await call();
    (took[name] ??= []).push(performance.now() - began);
  };
  const call = client.call as (channel: string, input: unknown) => Promise<unknown>;
  const others = ['observations.hours'].filter((name) => name in assistant.channels);
  for (let turn = 0; turn < turns; turn++) {
    await time('page', () => call('observations.list', { limit: 200 }));
    await time('search', () => call('observations.list', { limit: 200, text: 'budget draft' }));
    for (const name of others) await time(name, () => call(name, {}));
  }
  transport.close();
  return took;
}

/** Scrolls the timeline by wheel, by keys and by jumps, as far as each is meant to go. */
async function scroll(page: Page, how: 'wheel' | 'fling' | 'jumps'): Promise<void> {
  await page.mouse.move(600, 500);
  if (how === 'jumps') {
    for (const share of [0.5, 0.9, 0.1, 0.7, 0.3, 1, 0]) {
      await page.evaluate((to) => {
        const box = document.querySelector('[role=list][aria-label]')?.parentElement;
        if (box) box.scrollTop = to * box.scrollHeight;
      }, share);
      await sleep(400);
    }
    return;
  }
  const step = how === 'wheel' ? 60 : 1200;
  const end = performance.now() + 4000;
  while (performance.now() < end) {
    await page.mouse.wheel(0, step);
    await sleep(12);
  }
}

/** Everything that was measured. */
export interface WindowReport {
  readonly rows: number;
  readonly headed: boolean;
  readonly starts: readonly Start[];
  readonly opens: readonly number[];
  readonly core: Readonly<Record<string, readonly number[]>>;
  readonly scrolls: Readonly<Record<string, Frames>>;
  readonly floods: Readonly<Record<string, Frames & { readonly heapMb: number }>>;
}

/** Runs the bench. */
export async function windowBench(options: {
  readonly home: string;
  readonly rows: number;
  readonly turns: number;
  readonly headed: boolean;
  readonly seconds: number;
}): Promise<WindowReport> {
  const { home, rows, turns, headed, seconds } = options;
  await fill(home, rows);
  const display = headed ? await startDisplay() : null;
  const app = await serve(home);
  let browser: Browser | null = null;
  try {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [...FLAGS, '--window-size=1120,760', '--enable-precise-memory-info'],
      headless: !headed,
      ...(display && { env: display.env as Record<string, string> }),
    });
    const starts: Start[] = [];
    let last: Page | null = null;
    for (let turn = 0; turn < turns; turn++) {
      const { url = '' } = await app.ask({ link: true });
      const { page, start } = await startPage(browser, url, headed);
      starts.push(start);
      if (last) await last.context().close();
      last = page;
    }
    const page = last!;
    const core = await askCore(home, turns);
    const opens: number[] = [];
    for (let turn = 0; turn < turns; turn++) opens.push(await openTimeline(page));
    const scrolls: Record<string, Frames> = {};
    for (const how of ['wheel', 'fling', 'jumps'] as const) {
      scrolls[how] = await framesWhile(page, () => scroll(page, how));
    }
    const floods: Record<string, Frames & { heapMb: number }> = {};
    for (const flood of ['mixed', 'distinct'] as const) {
      for (const [screen, key] of [
        ['today', '1'],
        ['timeline', '2'],
      ] as const) {
        await page.keyboard.press(`Control+${key}`);
        await sleep(1500);
        const frames = await framesWhile(page, () => app.ask({ flood, rate: 1000, seconds }));
        const heapMb = await page.evaluate(
          () =>
            (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6,
        );
        floods[`${flood}, ${screen}`] = { ...frames, heapMb };
      }
    }
    return { rows, headed, starts, opens, core, scrolls, floods };
  } finally {
    await browser?.close();
    if (app.process.connected) app.process.disconnect();
    await new Promise((resolve) =>
      app.process.exitCode === null ? app.process.once('exit', resolve) : resolve(0),
    );
    await display?.stop();
  }
}

function lines(report: WindowReport): readonly (readonly [string, string])[] {
  const { starts, opens, core, scrolls, floods } = report;
  const frames = (each: Frames) =>
    [
      `${each.perSecond.toFixed(1)} fps`,
      `p50 ${each.p50.toFixed(1)}`,
      `p95 ${each.p95.toFixed(1)}`,
      `p99 ${each.p99.toFixed(1)}`,
      `max ${each.max.toFixed(0)} ms`,
      `late ${(100 * each.late).toFixed(1)} %`,
      `blank ${each.blank}, waiting ${each.waiting} of ${each.frames}`,
      `tasks > 50 ms ${each.long}, longest ${each.longest.toFixed(0)} ms`,
    ].join('  ');
  return [
    ['first paint', spread(starts.map((each) => each.paint))],
    ['content', spread(starts.map((each) => each.content))],
    ['longest task', spread(starts.map((each) => each.longest))],
    ['tasks over 50 ms', starts.map((each) => each.long).join(' ')],
    ['layout shift', median(starts.map((each) => each.shift)).toFixed(4)],
    ['timeline opens', spread(opens)],
    ...Object.entries(core).map(([name, took]) => [`core: ${name}`, spread(took)] as const),
    ...Object.entries(scrolls).map(([how, each]) => [`scroll: ${how}`, frames(each)] as const),
    ...Object.entries(floods).map(
      ([how, each]) => [`flood: ${how}`, `${frames(each)}  heap ${each.heapMb.toFixed(0)} MB`] as const,
    ),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '1000000' },
      turns: { type: 'string', default: '7' },
      seconds: { type: 'string', default: '10' },
      headed: { type: 'boolean', default: false },
      home: { type: 'string' },
    },
  });
  const home = values.home ?? mkdtempSync(join(tmpdir(), 'window-'));
  try {
    const report = await windowBench({
      home,
      rows: Number(values.rows),
      turns: Number(values.turns),
      seconds: Number(values.seconds),
      headed: values.headed,
    });
    for (const [name, text] of lines(report)) console.log(`${name.padEnd(26)}${text}`);
    console.log(JSON.stringify(report));
  } finally {
    if (!values.home) rmSync(home, { recursive: true, force: true });
  }
}
