/**
 * How long forgetting takes (TARGETS.md P3: at most 1 s), through the log's own thread.
 *
 *     node test/bench/forget.ts [rows...] [--burst]     50000 and 500000 rows unless told; one JSON line for each
 *
 * One log of that many observations, each with its event, over 50 apps and 200 sites; for each way to forget a fresh
 * copy of it is opened and asked once. With --burst events are written all the while, 2,000 a second.
 */
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLogInThread } from '../../src/log/worker.ts';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import type { EventLog, ForgetFilter } from '../../src/model/log.ts';
import type { Observation } from '../../src/model/observation.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import { randomFrom } from '../log/damage.ts';
import { noKeyring } from '../log/noKeyring.ts';

/** Five seconds between two rows: 500,000 are a month of eight-hour days. */
const EVERY = 5000;
const START = 1_700_000_000_000;

async function open(home: string): Promise<EventLog> {
  const paths = createPaths({ env: { BEFOREHAND_HOME: home } });
  const { log, note } = await openLogInThread({ paths, clock: systemClock, keyring: noKeyring });
  if (note) throw new Error(note);
  return log;
}

function words(random: () => number): string {
  const word = () => Math.floor(random() ** 3 * 20_000).toString(36);
  return Array.from({ length: 5 }, () => `w${word()}`).join(' ');
}

function row(n: number, random: () => number): { event: Event; observation: Observation } {
  const at = START + n * EVERY;
  const id = newId(at);
  const app = `App${Math.floor(50 * random() ** 2)}`;
  const site = random() < 0.3 ? `site${Math.floor(random() * 200)}.example` : undefined;
  const title = words(random);
  const data = { title, ...(site && { page: `https://${site}/${title.replaceAll(' ', '-')}` }) };
  return {
    event: { id, at, duration: EVERY, monitor: 'window', app, kind: 'window', data },
    observation: {
      id,
      time: at,
      duration: EVERY,
      kind: 'window',
      app,
      ...(site && { site }),
      event: `The user is reading '${title}' in ${app}.`,
      sources: [id],
    },
  };
}

async function fill(home: string, rows: number): Promise<string> {
  const log = await open(home);
  const random = randomFrom(1);
  let middle = '';
  for (let n = 0; n < rows; n += 2000) {
    const batch = Array.from({ length: Math.min(2000, rows - n) }, (_, m) => row(n + m, random));
    await Promise.all([
      log.append(batch.map((each) => each.event)),
      log.observe(batch.map((each) => each.observation)),
    ]);
    if (n <= rows / 2) middle = batch[0]!.event.id;
  }
  await log.close();
  return middle;
}

/** Milliseconds, and how many observations went. */
export interface Forgot {
  readonly what: string;
  readonly ms: number;
  readonly rows: number;
}

/** Fills a log and forgets in copies of it, one way after the other. */
export async function forgetBench(rows: number, burst = false) {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-forget-'));
  const full = join(folder, 'full');
  try {
    const middle = await fill(full, rows);
    const ways: readonly (readonly [string, ForgetFilter])[] = [
      ['event', { events: [middle] }],
      ['an hour', { from: START + rows * 2500, to: START + rows * 2500 + 3_600_000 }],
      ['a site', { site: 'site7.example' }],
      ['a rare app', { app: 'App49' }],
      ['the commonest app', { app: 'App0' }],
      ['half of the time', { from: 0, to: START + rows * 2500 }],
      ['everything', { everything: true }],
    ];
    const results: Forgot[] = [];
    for (const [what, filter] of ways) {
      const home = join(folder, 'copy');
      cpSync(full, home, { recursive: true });
      const log = await open(home);
      const end = burst ? write(log) : async () => 0;
      await log.events({ limit: 1 });
      const begun = performance.now();
      const gone = await log.forget(filter);
      results.push({ what, ms: Math.round(performance.now() - begun), rows: gone });
      await end();
      if ((await log.check()) !== 'ok') throw new Error(`${what} left a log that is not sound`);
      await log.close();
      rmSync(home, { recursive: true });
    }
    return { rows, bytes: statSync(join(full, 'log.db')).size, burst, results };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes until ended. */
function write(log: EventLog): () => Promise<number> {
  const random = randomFrom(2);
  let n = 0;
  const writing = new Set<Promise<unknown>>();
  const timer = setInterval(() => {
    const batch = Array.from({ length: 20 }, () => row(1e6 + n++, random));
    const work = Promise.all([
      log.append(batch.map((each) => each.event)),
      log.observe(batch.map((each) => each.observation)),
    ]).finally(() => writing.delete(work));
    writing.add(work);
  }, 10);
  return async () => {
    clearInterval(timer);
    await Promise.all(writing);
    return n;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const given = process.argv.slice(2);
  const sizes = given.filter((each) => /^\d+$/.test(each)).map(Number);
  for (const rows of sizes.length > 0 ? sizes : [50_000, 500_000]) {
    console.log(JSON.stringify(await forgetBench(rows, given.includes('--burst'))));
  }
}
