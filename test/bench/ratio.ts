import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeeper } from '../../src/app/keeper.ts';
import { makeDurable, openCipher } from '../../src/log/cipher.ts';
import { migrate } from '../../src/log/migrations.ts';
import { openLogInThread } from '../../src/log/worker.ts';
import type { Event } from '../../src/model/event.ts';
import type { Guard } from '../../src/model/guard.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createObserver } from '../../src/observations/window.ts';
import { createPaths } from '../../src/paths.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { through } from './burstApp.ts';

/** Events a second: SQLite alone, our pipeline without and with the guard. All rounds interleaved. */
export interface RatioReport {
  readonly rounds: number;
  readonly events: number;
  readonly perSecond: Readonly<Record<'sqlite' | 'pipeline' | 'guarded', Spread>>;
  /** Median of the rounds' own ratios to SQLite alone. */
  readonly ratio: { readonly pipeline: number; readonly guarded: number };
}

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Rows in one transaction of SQLite alone: as many as one batch of the log. */
const BATCH = 1000;
/** Events of which two lots are on their way. */
const STRETCH = 5000;

/** Lets everything through untouched: what the pipeline costs without redaction. */
const open: Guard = {
  before: () => ({ allow: 'content' }),
  redact: (text) => ({ text, found: {} }),
  counts: () => ({ kept: 0, redacted: 0, dropped: 0, reasons: {}, sources: {} }),
};

/** SQLite alone: the same rows, cipher, schema, batch and synchronous FULL, and nothing around it. */
function sqlite(folder: string, events: number): number {
  const db = openCipher(join(folder, 'alone.db'), 'ab'.repeat(32));
  migrate(db, systemClock, folder);
  makeDurable(db);
  const insert = db.prepare(
    'INSERT INTO events (id, at, kind, app, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const commit = db.transaction((rows: readonly Event[]) => {
    for (const row of rows) insert.run(row.id, row.at, row.kind, row.app ?? null, JSON.stringify(row));
  });
  const began = performance.now();
  for (let n = 0; n < events; n += BATCH) {
    commit.immediate(Array.from({ length: Math.min(BATCH, events - n) }, (_, m) => through(open, n + m)!));
  }
  const took = performance.now() - began;
  db.close();
  return (events / took) * 1000;
}

/** Guard, observer, keeper and the log in its thread, as the assistant wires them, until all is on disk. */
async function pipeline(folder: string, events: number, guard: Guard): Promise<number> {
  const paths = createPaths({ env: { BEFOREHAND_HOME: join(folder, 'home'), XDG_RUNTIME_DIR: folder } });
  const none = async () => Promise.reject(new Error('no keyring in this bench'));
  const { log } = await openLogInThread({ paths, clock: systemClock, keyring: { get: none, set: none } });
  const keeper = createKeeper(log, () => {});
  const observer = createObserver();
  let written: Promise<void> = Promise.resolve();
  const began = performance.now();
  for (let n = 0; n < events; n += 1) {
    const event = through(guard, n)!;
    keeper.keep(event, observer.observe(event)?.observation ?? null);
    if (n % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
    // The source waits for the disk, half a stretch behind: what is measured is throughput, not what a burst may lose.
    if (n % STRETCH !== STRETCH - 1) continue;
    const flushed = keeper.flush();
    await written;
    written = flushed;
  }
  await keeper.flush();
  const took = performance.now() - began;
  if (keeper.lost() > 0) throw new Error(`${keeper.lost()} events were lost: this is no measurement`);
  await log.close();
  return (events / took) * 1000;
}

/** Runs each in turn, `rounds` times. */
export async function ratioBench(rounds: number, events: number): Promise<RatioReport> {
  const settings = Settings.parse({});
  const guard = createGuard({ settings: () => settings });
  const found = { sqlite: [] as number[], pipeline: [] as number[], guarded: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'ratio-'));
    found.sqlite.push(sqlite(folder, events));
    for (const [name, each] of [
      ['pipeline', open],
      ['guarded', guard],
    ] as const) {
      found[name].push(await pipeline(join(folder, name), events, each));
    }
    rmSync(folder, { recursive: true, force: true });
  }
  const shares = (which: 'pipeline' | 'guarded') =>
    spread(found[which].map((each, round) => each / found.sqlite[round]!)).median;
  return {
    rounds,
    events,
    perSecond: {
      sqlite: whole(spread(found.sqlite)),
      pipeline: whole(spread(found.pipeline)),
      guarded: whole(spread(found.guarded)),
    },
    ratio: { pipeline: shares('pipeline'), guarded: shares('guarded') },
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, min: sorted[0]!, max: sorted.at(-1)! };
}

function whole({ median, min, max }: Spread): Spread {
  return { median: Math.round(median), min: Math.round(min), max: Math.round(max) };
}
