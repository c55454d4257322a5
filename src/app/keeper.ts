import type { AppError } from '../errors.ts';
import { asAppError } from '../errors.ts';
import type { Event, EventKind } from '../model/event.ts';
import type { EventLog } from '../model/log.ts';
import type { Observation } from '../model/observation.ts';
import type { Forgetting } from './forgetting.ts';

/** What waits for a full disk at most; beyond it events are counted as lost, never silently. */
const WAITING_MAX = 20_000;
/** A full disk is tried again this often, in milliseconds: soon enough to resume within TARGETS.md D2's 5 s. */
const RETRY_MS = 2_000;
/** Rows are written in portions, so that neither catching up nor a burst blocks the program for long. */
const PORTION = 500;
/** Rows sent together in a burst: what grows, such as the observation of a flood, is written once in as many. */
const BATCH = 1000;
/** Rows on their way to the disk at most; what comes beyond them lines up, so that a slow disk is not buried. */
const FLYING_MAX = 10_000;
/** What was lost is told at most this often, in milliseconds: a count each, never a second flood. */
const TELL_MS = 1000;

/** Keeps events and observations durable, and holds them in memory while the disk is full. */
export interface Keeper {
  keep(event: Event, observation: Observation | null): void;
  /** In words while the log can't be written, else undefined. */
  trouble(): string | undefined;
  /** Events that could not be held while the disk was full, or that the log can't take at all. */
  lost(): number;
  /** Drops what waits and is forgotten, of the first `first` that were given; of all unless told. */
  forget(what: Forgetting, first?: number): void;
  /** How many were given so far. */
  given(): number;
  /** Resolves when all that was kept is on disk, or the log refuses it. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Piece {
  readonly number: number;
  readonly event: Event;
  /** Moves on to the next piece that has a later form of it, so that what waits holds each once. */
  observation: Observation | null;
}

/**
 * `onTrouble` is told when writing begins to fail and when it works again, `onLost` which kinds of events could not be
 * held and how many, once there is room again.
 *
 *     few    each piece is written at once
 *     many   what comes in one go, or while a batch is on its way, is written together
 *     more   at most FLYING_MAX rows are on their way, at most WAITING_MAX wait, the rest is counted
 */
export function createKeeper(
  log: Pick<EventLog, 'append' | 'observe'>,
  onTrouble: (error: AppError | null) => void,
  retryMs: number = RETRY_MS,
  onLost: (kind: EventKind, count: number) => void = () => {},
): Keeper {
  /** Behind the disk: tried again by time. */
  let waiting: Piece[] = [];
  /** Came in one go, or is held back while much is on its way. */
  let gathered: Piece[] = [];
  let gathering = false;
  /** Observation -> the piece of those gathered or waiting that has its last form. */
  const latest = new Map<string, Piece>();
  let flying = 0;
  const untold = new Map<EventKind, number>();
  let told = -Infinity;
  let trouble: AppError | null = null;
  let lost = 0;
  let given = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let retrying: Promise<void> | null = null;
  const writing = new Set<Promise<void>>();

  async function write(pieces: readonly Piece[]): Promise<void> {
    // Of an observation that grew meanwhile only the last form counts.
    const seen = new Map<string, Observation>();
    for (const { observation } of pieces) if (observation) seen.set(observation.id, observation);
    await Promise.all([
      log.append(pieces.map((piece) => piece.event)),
      seen.size > 0 && log.observe([...seen.values()]),
    ]);
  }

  function send(pieces: readonly Piece[]): void {
    flying += pieces.length;
    const work = write(pieces).then(
      () => landed(pieces.length),
      (thrown: unknown) => failed(pieces, thrown),
    );
    writing.add(work);
    void work.finally(() => writing.delete(work));
  }

  /** Held in memory for now: an earlier form of the same observation is not needed any more. */
  function hold(pieces: Piece[], piece: Piece): void {
    if (pieces.length >= WAITING_MAX) {
      lose(piece.event.kind);
      return;
    }
    pieces.push(piece);
    if (!piece.observation) return;
    const before = latest.get(piece.observation.id);
    if (before && before !== piece) before.observation = null;
    latest.set(piece.observation.id, piece);
  }

  function landed(count: number): void {
    flying -= count;
    if (!gathering) sendGathered();
    tell();
  }

  function sendGathered(): void {
    gathering = false;
    if (trouble) {
      lineUp();
      return;
    }
    // While a batch is on its way the next one fills: what lands sends it, so nothing waits for time.
    if (flying >= BATCH && gathered.length < BATCH) return;
    let from = 0;
    for (; from < gathered.length && flying < FLYING_MAX; from += BATCH) {
      send(gathered.slice(from, from + BATCH));
    }
    if (from > 0) gathered = gathered.slice(from);
    if (gathered.length === 0) latest.clear();
  }

  /** Behind all that is on its way, so that what fails there stays in front: order in the log is order of arrival. */
  function lineUp(): void {
    if (flying > 0) return;
    for (const piece of gathered) hold(waiting, piece);
    gathered = [];
    later();
  }

  function failed(pieces: readonly Piece[], thrown: unknown): void {
    const error = asAppError(thrown, 'internal', 'log');
    if (!trouble) onTrouble(error);
    trouble = error;
    flying -= pieces.length;
    for (const piece of pieces) hold(waiting, piece);
    lineUp();
  }

  function lose(kind: EventKind): void {
    lost += 1;
    untold.set(kind, (untold.get(kind) ?? 0) + 1);
  }

  /** Only once writing works: before, the telling would be lost as well. */
  function tell(): void {
    if (untold.size === 0 || trouble || performance.now() - told < TELL_MS) return;
    told = performance.now();
    const all = [...untold];
    untold.clear();
    for (const [kind, count] of all) onLost(kind, count);
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
    latest.clear();
    onTrouble(null);
    told = -Infinity;
    tell();
  }

  /** One row that the log can't take must not hold up all behind it. False when the trouble is another. */
  async function oneByOne(portion: readonly Piece[]): Promise<boolean> {
    const refused: EventKind[] = [];
    for (const piece of portion) {
      // Forgotten meanwhile.
      if (!waiting.includes(piece)) continue;
      try {
        await write([piece]);
      } catch (thrown) {
        if (asAppError(thrown, 'internal', 'log').code !== 'internal') return false;
        refused.push(piece.event.kind);
      }
    }
    for (const kind of refused) lose(kind);
    return true;
  }

  async function flush(): Promise<void> {
    // No further than what was there when this was asked: a burst may go on for minutes.
    const last = gathered.at(-1);
    for (;;) {
      sendGathered();
      await Promise.all(writing);
      if (!last || !gathered.includes(last)) return;
    }
  }

  function done(portion: readonly Piece[]): void {
    const written = new Set(portion);
    waiting = waiting.filter((piece) => !written.has(piece));
  }

  return {
    keep(event, observation) {
      given += 1;
      const piece = { number: given, event, observation };
      if (trouble && flying === 0) {
        // Behind what waits already.
        hold(waiting, piece);
        return;
      }
      if (!gathering && !trouble) {
        gathering = true;
        queueMicrotask(sendGathered);
        // The first goes at once: alone, it is on disk no later than it could be.
        if (flying < FLYING_MAX && gathered.length === 0) {
          send([piece]);
          return;
        }
      }
      hold(gathered, piece);
    },
    trouble: () => trouble?.message,
    lost: () => lost,
    given: () => given,
    forget(what, first = Infinity) {
      const stays = ({ number, event, observation }: Piece) =>
        number > first || (!what.event(event) && !(observation && what.observation(observation)));
      waiting = waiting.filter(stays);
      gathered = gathered.filter(stays);
    },
    flush,
    async close() {
      closed = true;
      clearTimeout(timer);
      await flush();
      await retrying;
      if (waiting.length > 0) await retry();
      // What was lost may have been told just now.
      await flush();
      clearTimeout(timer);
    },
  };
}
