/**
 * One load of the burst bench, in a process of its own: the real assistant without a window, and a source that brings
 * `rate` events a second for `seconds`, each through the guard.
 *
 *     node test/bench/burstApp.ts HOME RATE SECONDS      one JSON line; HOME/acknowledged.bits says which are on disk
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createApp } from '../../src/app.ts';
import type { Event } from '../../src/model/event.ts';
import type { Guard } from '../../src/model/guard.ts';
import { newId } from '../../src/model/id.ts';
import type { EventLog } from '../../src/model/log.ts';
import type { Emit, Monitor } from '../../src/model/monitor.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createPaths } from '../../src/paths.ts';
import { createGuard } from '../../src/privacy/privacy.ts';

/** What one load found. Times are milliseconds, memory bytes, `lag` what the loop was late by, timers' own 1 ms included. */
export interface LoadReport {
  readonly rate: number;
  readonly seconds: number;
  readonly offered: number;
  /** Turned away by the guard before anything was read. */
  readonly refused: number;
  readonly acknowledged: number;
  /** Of `seconds`, from the first event to the last acknowledgement. */
  readonly took: number;
  readonly perSecond: number;
  /** As `state.get` shows them. */
  readonly shownDropped: number;
  readonly observations: number;
  readonly lag: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly rss: { readonly before: number; readonly peak: number; readonly after: number };
  readonly cpuSeconds: number;
  /** Of it, the main thread's: what a rate needs of the one core that watches, whatever else the machine does. */
  readonly mainCpuSeconds: number;
}

/** Slices in which the source brings what is due, in milliseconds, and the longest it works at a stretch. */
const TICK_MS = 5;
const STRETCH_MS = 10;

const APPS = ['Code', 'Chromium', 'Writer', 'xterm', 'Thunderbird'] as const;
const WORDS = 'report draft chapter budget invoice notes meeting plan review travel garden recipe'.split(' ');

/** The id of event `n`, from which `n` can be read again. */
export function idOf(n: number): string {
  return newId().slice(0, -12) + n.toString(16).padStart(12, '0');
}

/** The number of an id that `idOf` made, or -1. */
export function numberOf(id: string): number {
  return id[24] === '0' ? Number.parseInt(id.slice(-12), 16) : -1;
}

const word = (n: number) => WORDS[n % WORDS.length]!;

/** Event `n` as a monitor makes it; null when the guard lets nothing through. No two have the same text. */
export function through(guard: Guard, n: number): Event | null {
  const app = APPS[Math.trunc(n / 7) % APPS.length]!;
  const base = { id: idOf(n), at: Date.now(), duration: 0, app };
  if (n % 10 === 3) {
    const path = `/home/someone/work/${word(n)}/${word(n * 5)}-${n}.md`;
    if (guard.before({ source: 'file', path }).allow !== 'content') return null;
    const name = guard.redact(`${word(n * 5)}-${n}.md`, 'file').text;
    const folder = guard.redact(word(n), 'file').text;
    return {
      ...base,
      monitor: 'files',
      kind: 'file',
      data: { action: 'modified', name, folder, type: 'markdown', size: n, binary: false },
    };
  }
  if (n % 10 === 7) {
    const targets = ['TARGETS', 'UTF8_STRING'];
    const context = { source: 'clipboard', app, title: 'notes', private: false, targets } as const;
    if (guard.before(context).allow !== 'content') return null;
    const raw = `${word(n)} ${word(n * 3)} number ${n} for ${word(n * 5)}@example.org, ${word(n * 7)} ${word(n * 11)} by Friday`;
    const { text } = guard.redact(raw, 'clipboard');
    return {
      ...base,
      monitor: 'clipboard',
      kind: 'clipboard',
      data: { content: 'text', size: raw.length, words: 9, text },
    };
  }
  const raw = `${word(n)} ${word(n * 5)} ${n} - ${word(n * 7)} - ${app}`;
  if (guard.before({ source: 'window', app, title: raw, private: false }).allow !== 'content') return null;
  return { ...base, monitor: 'window', kind: 'window', data: { title: guard.redact(raw, 'window').text } };
}

/** Brings what is due, never for longer than a stretch; what is late comes as soon as it can. */
async function flow(rate: number, seconds: number, one: (n: number) => void): Promise<number> {
  const total = Math.round(rate * seconds);
  const began = performance.now();
  let n = 0;
  while (n < total) {
    const due = Math.min(total, Math.round(((performance.now() - began) / 1000) * rate));
    const stretch = performance.now() + STRETCH_MS;
    while (n < due && performance.now() < stretch) one(n++);
    await new Promise((resolve) => (n < due ? setImmediate(resolve) : setTimeout(resolve, TICK_MS)));
  }
  return total;
}

async function run(home: string, rate: number, seconds: number): Promise<LoadReport> {
  const settings = Settings.parse({});
  const guard = createGuard({ settings: () => settings });
  let emit: Emit = () => {};
  const monitor: Monitor = {
    name: 'burst',
    start: async (to) => {
      emit = to;
      return async () => {};
    },
    health: () => ({ name: 'burst', state: 'healthy', events: 0, restarts: 0 }),
  };
  const unused = () => {
    throw new Error('not in this bench');
  };
  const app = await createApp({
    paths: createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } }),
    ports: {
      clock: systemClock,
      spawn: unused,
      notify: { available: async () => false, show: unused, close: async () => {} },
      open: { search: async () => {}, open: async () => {} },
    },
    host: 'headless',
    demo: false,
    version: '0.0.0',
    sense: () => ({ monitors: [monitor], focus: () => ({ source: 'window' }) }),
  });
  // A window is open and is told everything.
  app.subscribe(() => {});
  const bits = new Uint8Array(Math.ceil((rate * seconds) / 8) + 1);
  let acknowledged = 0;
  let last = 0;
  const log = app.log as { -readonly [K in keyof EventLog]: EventLog[K] };
  const append = log.append;
  log.append = async (events) => {
    await append(events);
    last = performance.now();
    for (const { id, monitor, kind } of events) {
      // The program's own marks have ids of their own, which may look like a number.
      const n = monitor === 'capture' || kind === 'dropped' ? -1 : numberOf(id);
      if (n < 0) continue;
      bits[n >> 3]! |= 1 << (n & 7);
      acknowledged += 1;
    }
  };

  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 250);
  const lag = monitorEventLoopDelay({ resolution: 1 });
  const cpu = process.cpuUsage();
  const own = process.threadCpuUsage();
  let refused = 0;
  lag.enable();
  const began = performance.now();
  const offered = await flow(rate, seconds, (n) => {
    const event = through(guard, n);
    if (event) emit(event);
    else refused += 1;
  });
  const flowed = performance.now() - began;
  for (let waited = 0, seen = -1; waited < 40 && seen !== acknowledged; waited += 1) {
    seen = acknowledged;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  lag.disable();
  clearInterval(watch);
  const used = process.cpuUsage(cpu);
  const main = process.threadCpuUsage(own);
  const state = await app.handlers['state.get']({});
  const { observations } = await app.log.state();
  await app.close();
  const took = (Math.max(last, began + flowed) - began) / 1000;
  const ms = (nanoseconds: number) => Math.round(nanoseconds / 1e4) / 100;
  writeFileSync(join(home, 'acknowledged.bits'), bits);
  return {
    rate,
    seconds,
    offered,
    refused,
    acknowledged,
    took,
    perSecond: Math.round(acknowledged / took),
    shownDropped: state.counts.dropped,
    observations,
    lag: { p50: ms(lag.percentile(50)), p99: ms(lag.percentile(99)), max: ms(lag.max) },
    rss: { before, peak, after: process.memoryUsage.rss() },
    cpuSeconds: (used.user + used.system) / 1e6,
    mainCpuSeconds: (main.user + main.system) / 1e6,
  };
}

if (process.argv[1] === import.meta.filename) {
  const [home = '', rate, seconds] = process.argv.slice(2);
  console.log(JSON.stringify(await run(home, Number(rate), Number(seconds))));
  process.exit(0);
}
