import { closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { AppError } from '../errors.ts';
import type { EventLog, LogState } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import { countOf, makeDurable, observationsIn, openCipher, truncateWal } from './cipher.ts';
import { asLogError } from './failure.ts';
import { createForget } from './forget.ts';
import { migrate } from './migrations.ts';
import { createQueue } from './queue.ts';
import { createReader } from './read.ts';
import { createRetain } from './retention.ts';
import { createWriter } from './write.ts';

/** Page cache in kilobytes: the library's own, and what forgetting may take while it works. */
const CACHE_KB = 16_000;
const FORGET_CACHE_KB = 200_000;

/** Options of the durable log. `key` is 64 hex digits; `batchMs` is at most 100 milliseconds (50 unless told). */
export interface SqliteOptions {
  readonly file: string;
  readonly key: string;
  readonly keyPlace: 'keyring' | 'file';
  readonly clock: Clock;
  readonly batchMs?: number;
  /** Rows after which a batch is committed without waiting. */
  readonly batchRows?: number;
  /** Shown in the state, e.g. that an older file was kept beside. */
  readonly warning?: string;
}

/**
 * Opens the encrypted log and brings its schema up to date. Rejects with AppError `already-running`, `log-damaged`
 * (also for a key that doesn't fit), `refused` (a newer schema), `permission` or `disk-full`.
 */
export async function openSqliteLog(options: SqliteOptions): Promise<EventLog> {
  const { file } = options;
  const db = openCipher(file, options.key);
  let schema: number;
  try {
    schema = migrate(db, options.clock, file);
    makeDurable(db);
  } catch (thrown) {
    db.close();
    throw asLogError(thrown, file);
  }
  const batchMs = Math.min(100, Math.max(0, options.batchMs ?? 50));
  const queue = createQueue(db, { place: file, batchMs, batchRows: options.batchRows ?? 1000 });
  const writer = createWriter(db);
  const reader = createReader(db);
  const remove = createForget(db);
  const retain = createRetain(db);
  let open = true;

  /** Runs at once, or rejects: SQLite's errors never reach a caller unnamed. */
  async function guarded<T>(work: () => T): Promise<T> {
    if (!open) throw new AppError('not-running', '[log] the log is closed');
    try {
      return work();
    } catch (thrown) {
      throw asLogError(thrown, file);
    }
  }

  /** Rows went, but their old pages could not be overwritten yet. */
  let owed = false;

  /**
   * Removes rows and overwrites where they were. The WAL is emptied before as well, so that it never holds an old page
   * of what goes. Overwriting takes room of its own; who wants to forget must hear what became of that wish.
   */
  function overwriting(work: () => number): number {
    let gone: number;
    try {
      queue.flush(); // what waits was written before the user asked
      truncateWal(db);
      // Rows to be forgotten lie all over the file: with the usual cache each page is decrypted and encrypted many times.
      db.pragma(`cache_size=-${FORGET_CACHE_KB}`);
      gone = work();
    } catch (thrown) {
      const error = asLogError(thrown, file);
      if (error.code !== 'disk-full') throw error;
      throw new AppError(
        'disk-full',
        `[log] the disk that holds ${file} is full, so nothing was forgotten: free some space and forget again, or forget everything, which needs none`,
        thrown,
      );
    } finally {
      lean();
    }
    owed = true;
    payOwed();
    return gone;
  }

  /** Back to the usual cache; what the larger one held is given back. */
  function lean(): void {
    db.pragma(`cache_size=-${CACHE_KB}`);
    db.pragma('shrink_memory');
  }

  /** Tried whenever somebody looks. */
  function payOwed(): void {
    if (!owed) return;
    try {
      truncateWal(db);
      owed = false;
    } catch {
      // Still no room.
    }
  }

  async function write<T>(rows: readonly T[], one: (row: T) => void): Promise<void> {
    if (!open) throw new AppError('not-running', '[log] the log is closed');
    if (rows.length === 0) return;
    await queue.push(rows.length, () => {
      for (const row of rows) one(row);
    });
  }

  return {
    append: (events) => write(events, writer.event),
    observe: (observations) => write(observations, writer.observation),
    suggest: (suggestion) => write([suggestion], writer.suggestion),
    answer: (answer) => write([answer], writer.answer),
    feedback: (feedback) => write([feedback], writer.feedback),
    async reply(feedback, at, replies) {
      let found = false;
      await write([feedback], (id) => void (found = writer.reply(id, at, replies)));
      return found;
    },
    decide: (decision) => write([decision], writer.decision),
    audit: (entry) => write([entry], writer.audit),
    mute: (mute) => write([mute], writer.mute),

    events: (range) => guarded(() => reader.events(range)),
    observations: (range) => guarded(() => reader.observations(range)),
    suggestions: (range) => guarded(() => reader.suggestions(range)),
    suggestion: (id) => guarded(() => reader.suggestion(id)),
    answerOf: (suggestion) => guarded(() => reader.answerOf(suggestion)),
    feedbacks: (range) => guarded(() => reader.feedbacks(range)),
    decisions: (range) => guarded(() => reader.decisions(range)),
    audits: (range) => guarded(() => reader.audits(range)),
    moments: (range) => guarded(() => reader.moments(range)),
    offered: (range) => guarded(() => reader.offered(range)),
    told: (range) => guarded(() => reader.told(range)),
    captured: (range) => guarded(() => reader.captured(range)),
    mutes: () => guarded(() => reader.mutes()),
    quarters: (of) => guarded(() => reader.quarters(of)),
    byTime: (stretch) => guarded(() => reader.byTime(stretch)),
    stays: (from) => guarded(() => reader.stays(from)),

    forget: (filter) => guarded(() => overwriting(() => remove(filter))),
    retain: (from, limit) => guarded(() => overwriting(() => retain(from, limit))),
    rotateKey: ownersOnly,
    copies: ownersOnly,
    noteCopy: ownersOnly,
    keepBackup: ownersOnly,
    backup: (copy) =>
      guarded(() => {
        queue.flush();
        copyInto(copy, (place) => db.prepare('VACUUM INTO ?').run(place));
      }),
    check: () =>
      guarded(() => {
        const found = db.prepare<[], string>('PRAGMA integrity_check(20)').pluck().all();
        if (found.join() === 'ok') db.prepare("INSERT INTO search (search) VALUES ('integrity-check')").run();
        return found.join('; ');
      }),
    state: () =>
      guarded((): LogState => {
        const lost = reader.unreadable();
        payOwed();
        const warnings = [
          options.warning,
          owed
            ? `The disk is full: what was forgotten is gone from the log, but not overwritten in ${file} until there is some space`
            : undefined,
          lost > 0 ? `${lost} rows of ${file} could not be read and were left out` : undefined,
        ].filter((each) => each !== undefined);
        return {
          place: file,
          encrypted: true,
          key: options.keyPlace,
          events: countOf(db, 'events'),
          observations: observationsIn(db),
          bytes: sizeOf(file) + sizeOf(`${file}-wal`),
          schema,
          ...(warnings.length > 0 ? { warning: warnings.join('. ') } : {}),
        };
      }),
    async close() {
      if (!open) return;
      open = false;
      queue.flush();
      db.close();
    },
  };
}

/** What concerns the whole data folder is the owner's: `owned.ts`. */
async function ownersOnly(): Promise<never> {
  throw new AppError(
    'refused',
    '[log] this log was opened as a single file, which has no key or copies of its own',
  );
}

/** The copy is 0600 from its first byte, whole or absent. */
function copyInto(copy: string, write: (place: string) => void): void {
  try {
    closeSync(openSync(copy, 'wx', 0o600));
  } catch (thrown) {
    throw thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST'
      ? new AppError('refused', `[log] ${copy} exists already: name a new file for the backup`, thrown)
      : asLogError(thrown, copy);
  }
  try {
    write(copy);
    const handle = openSync(copy, 'r+');
    fsyncSync(handle);
    closeSync(handle);
  } catch (thrown) {
    rmSync(copy, { force: true });
    throw asLogError(thrown, copy);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
