import type { AppError } from '../errors.ts';
import { asAppError } from '../errors.ts';
import type { Event } from '../model/event.ts';
import type { EventLog } from '../model/log.ts';
import type { Observation } from '../model/observation.ts';

/** What waits for a full disk at most; beyond it events are counted as lost, never silently. */
const WAITING_MAX = 20_000;
/** A full disk is tried again this often, in milliseconds: soon enough to resume within TARGETS.md D2's 5 s. */
const RETRY_MS = 2_000;

/** Keeps events and observations durable, and holds them in memory while the disk is full. */
export interface Keeper {
  keep(event: Event, observation: Observation | null): void;
  /** In words while the log can't be written, else undefined. */
  trouble(): string | undefined;
  /** Events that could not be held while the disk was full. */
  lost(): number;
  /** Resolves when all that was kept is on disk, or the log refuses it. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Piece {
  readonly event: Event;
  readonly observation: Observation | null;
}

/** `onTrouble` is told when writing begins to fail and when it works again. */
export function createKeeper(log: EventLog, onTrouble: (error: AppError | null) => void): Keeper {
  let waiting: Piece[] = [];
  let trouble: AppError | null = null;
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  const writing = new Set<Promise<void>>();

  async function write(pieces: readonly Piece[]): Promise<void> {
    const seen = pieces.flatMap((piece) => (piece.observation ? [piece.observation] : []));
    await Promise.all([log.append(pieces.map((piece) => piece.event)), seen.length > 0 && log.observe(seen)]);
  }

  function failed(pieces: readonly Piece[], thrown: unknown): void {
    const room = Math.max(0, WAITING_MAX - waiting.length);
    waiting.push(...pieces.slice(0, room));
    lost += Math.max(0, pieces.length - room);
    if (!trouble) onTrouble(asAppError(thrown, 'internal', 'log'));
    trouble = asAppError(thrown, 'internal', 'log');
    timer ??= setTimeout(() => {
      timer = undefined;
      void retry();
    }, RETRY_MS);
  }

  async function retry(): Promise<void> {
    const pieces = waiting;
    waiting = [];
    try {
      await write(pieces);
      trouble = null;
      onTrouble(null);
    } catch (thrown) {
      failed(pieces, thrown);
    }
  }

  return {
    keep(event, observation) {
      const pieces = [{ event, observation }];
      if (trouble) {
        // Behind what waits already: order in the log is order of arrival.
        failed(pieces, trouble);
        return;
      }
      const work = write(pieces).catch((thrown: unknown) => failed(pieces, thrown));
      writing.add(work);
      void work.finally(() => writing.delete(work));
    },
    trouble: () => trouble?.message,
    lost: () => lost,
    async flush() {
      await Promise.all(writing);
    },
    async close() {
      clearTimeout(timer);
      await Promise.all(writing);
      if (waiting.length > 0) await retry();
      clearTimeout(timer);
    },
  };
}
