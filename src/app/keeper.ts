import type { AppError } from '../errors.ts';
import { asAppError } from '../errors.ts';
import type { Event } from '../model/event.ts';
import type { EventLog } from '../model/log.ts';
import type { Observation } from '../model/observation.ts';
import type { Forgetting } from './forgetting.ts';

/** What waits for a full disk at most; beyond it events are counted as lost, never silently. */
const WAITING_MAX = 20_000;
/** A full disk is tried again this often, in milliseconds: soon enough to resume within TARGETS.md D2's 5 s. */
const RETRY_MS = 2_000;
/** What waited is written in portions, so that catching up never blocks the program for long. */
const PORTION = 500;

/** Keeps events and observations durable, and holds them in memory while the disk is full. */
export interface Keeper {
  keep(event: Event, observation: Observation | null): void;
  /** In words while the log can't be written, else undefined. */
  trouble(): string | undefined;
  /** Events that could not be held while the disk was full, or that the log can't take at all. */
  lost(): number;
  /** Drops what waits and is forgotten. */
  forget(what: Forgetting): void;
  /** Resolves when all that was kept is on disk, or the log refuses it. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Piece {
  readonly event: Event;
  readonly observation: Observation | null;
}

/** `onTrouble` is told when writing begins to fail and when it works again. */
export function createKeeper(
  log: Pick<EventLog, 'append' | 'observe'>,
  onTrouble: (error: AppError | null) => void,
  retryMs: number = RETRY_MS,
): Keeper {
  let waiting: Piece[] = [];
  let trouble: AppError | null = null;
  let lost = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let retrying: Promise<void> | null = null;
  const writing = new Set<Promise<void>>();

  async function write(pieces: readonly Piece[]): Promise<void> {
    const seen = pieces.flatMap((piece) => (piece.observation ? [piece.observation] : []));
    await Promise.all([log.append(pieces.map((piece) => piece.event)), seen.length > 0 && log.observe(seen)]);
  }

  function failed(piece: Piece, thrown: unknown): void {
    const error = asAppError(thrown, 'internal', 'log');
    if (!trouble) onTrouble(error);
    trouble = error;
    wait(piece);
    later();
  }

  function wait(piece: Piece): void {
    if (waiting.length < WAITING_MAX) waiting.push(piece);
    else lost += 1;
  }

  function later(): void {
    if (closed) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void retry();
    }, retryMs);
  }

  function retry(): Promise<void> {
    retrying ??= catchUp().finally(() => (retrying = null));
    return retrying;
  }

  /** Oldest first; what arrives meanwhile lines up behind. */
  async function catchUp(): Promise<void> {
    while (waiting.length > 0) {
      const portion = waiting.slice(0, PORTION);
      try {
        await write(portion);
      } catch (thrown) {
        const error = asAppError(thrown, 'internal', 'log');
        if (error.code !== 'internal' || !(await oneByOne(portion))) {
          trouble = error;
          later();
          return;
        }
      }
      done(portion);
    }
    trouble = null;
    onTrouble(null);
  }

  /** One row that the log can't take must not hold up all behind it. False when the trouble is another. */
  async function oneByOne(portion: readonly Piece[]): Promise<boolean> {
    let refused = 0;
    for (const piece of portion) {
      // Forgotten meanwhile.
      if (!waiting.includes(piece)) continue;
      try {
        await write([piece]);
      } catch (thrown) {
        if (asAppError(thrown, 'internal', 'log').code !== 'internal') return false;
        refused += 1;
      }
    }
    lost += refused;
    return true;
  }

  function done(portion: readonly Piece[]): void {
    const written = new Set(portion);
    waiting = waiting.filter((piece) => !written.has(piece));
  }

  return {
    keep(event, observation) {
      const piece = { event, observation };
      if (trouble) {
        // Behind what waits already: order in the log is order of arrival.
        wait(piece);
        return;
      }
      const work = write([piece]).catch((thrown: unknown) => failed(piece, thrown));
      writing.add(work);
      void work.finally(() => writing.delete(work));
    },
    trouble: () => trouble?.message,
    lost: () => lost,
    forget(what) {
      waiting = waiting.filter(
        ({ event, observation }) => !what.event(event) && !(observation && what.observation(observation)),
      );
    },
    async flush() {
      await Promise.all(writing);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.all(writing);
      await retrying;
      if (waiting.length > 0) await retry();
      clearTimeout(timer);
    },
  };
}
