import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { Event } from '../model/event.ts';
import type { Emit, Health, Monitor } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import type { Paths } from '../paths.ts';

/** A recorded hour passes in about a minute of the watcher's time. */
const SPEED = 60;
/** No event waits longer than this for the one before it, in real milliseconds: lunch is not worth watching. */
const LONGEST_MS = 1500;
/** Two events never come closer than this, so that a person can see them arrive. */
const SHORTEST_MS = 120;

/** A recorded day as a source, and the clock that runs inside it. */
export interface Demo {
  /** Shows the time of the recorded day, so that durations, cool-downs and lifetimes are the day's own. */
  readonly clock: Clock;
  readonly monitor: Monitor;
  /** While true, the day stands still: a person reads a card at their own pace. */
  hold(on: boolean): void;
}

/** Reads assets/demo/day.jsonl. The recorded day is moved to today, so that the window shows it as today. */
export async function createDemo(paths: Paths, now: number): Promise<Demo> {
  const events = await readDay(join(paths.assets, 'demo', 'day.jsonl'), now);
  let virtual = events[0]!.at;
  let since = performance.now();
  let held = false;
  let release: (() => void) | null = null;
  let health: Health = { name: 'demo', state: 'off', events: 0, restarts: 0 };

  const clock: Clock = { now: () => Math.round(virtual + (performance.now() - since)) };
  const jump = (at: number) => {
    // The day never runs backwards, even when its reader was slower than the record.
    virtual = Math.max(at, clock.now());
    since = performance.now();
  };

  async function released(signal: AbortSignal): Promise<void> {
    if (!held || signal.aborted) return;
    await new Promise<void>((resolve) => (release = resolve));
    await released(signal);
  }

  async function play(emit: Emit, signal: AbortSignal): Promise<void> {
    // A pause stops the play and a resume goes on where it was.
    for (const event of events.slice(health.events)) {
      const gap = Math.max(0, event.at - clock.now());
      await sleep(Math.min(LONGEST_MS, Math.max(SHORTEST_MS, gap / SPEED)), signal);
      await released(signal);
      if (signal.aborted) return;
      jump(event.at);
      health = { ...health, events: health.events + 1, lastEventAt: event.at };
      emit(event);
    }
  }

  return {
    clock,
    hold(on) {
      held = on;
      if (!on) release?.();
    },
    monitor: {
      name: 'demo',
      health: () => health,
      async start(emit) {
        const ending = new AbortController();
        health = { ...health, state: 'healthy' };
        const playing = play(emit, ending.signal);
        return async () => {
          ending.abort();
          release?.();
          await playing;
          health = { ...health, state: 'off' };
        };
      },
    },
  };
}

async function readDay(file: string, now: number): Promise<readonly Event[]> {
  try {
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    const events = lines.map((line) => Event.parse(JSON.parse(line)));
    const first = new Date(events[0]!.at);
    const today = new Date(now);
    const start = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
    const shift = start - new Date(first.getFullYear(), first.getMonth(), first.getDate()).getTime();
    return events.map((event) => ({ ...event, at: event.at + shift }));
  } catch (thrown) {
    throw new AppError('unreadable', `[demo] the recorded day ${file} cannot be read.`, thrown);
  }
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
