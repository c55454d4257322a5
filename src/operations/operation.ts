import { AppError, asAppError } from '../errors.ts';
import type { Answer, AuditEntry } from '../model/feedback.ts';
import { newId } from '../model/id.ts';
import type { EventLog } from '../model/log.ts';
import { operationText } from '../model/operationText.ts';
import type { Operation } from '../model/proposal.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { carryOut, type Means, writtenOf } from './carryOut.ts';
import type { Written } from './chat.ts';
import { type Ended, plain } from './ended.ts';
import { type Journal, pruneJournal } from './journal.ts';

/** Characters of an audit entry's arguments at most: what the schema takes. */
const ARGUMENTS = 40_000;

/** Runs what was accepted. */
export interface Operations {
  /**
   * Runs the operation of an accepted suggestion and resolves when it has ended and its audit entry is on disk; a
   * second call while it runs is the same run. Never rejects: what fails ends in the audit entry and in an answer whose
   * note says why. A suggestion without an operation has nothing to run, and of one that was forgotten meanwhile
   * nothing is kept.
   */
  run(suggestion: Suggestion): Promise<void>;
  /**
   * Takes back what an accepted suggestion did, as far as it can be; the entry says how far. Rejects with `refused` where
   * there is nothing to take back, with `not-found` for a suggestion that is not there.
   */
  undo(suggestion: string): Promise<AuditEntry>;
  /** Stops an answer that is being written; what it has stays. Nothing happens when none is. */
  stop(suggestion: string): void;
  /** Takes up what an earlier run left: a rename that was cut off is taken back, reminders wait on. */
  resume(): Promise<void>;
  /** Drops what belongs to suggestions that are gone: call after a forget. */
  forgotten(): Promise<void>;
  /** Stops all and waits until they have ended. */
  close(): Promise<void>;
}

/** Makes the operations. */
export function createOperations(
  options: Means & {
    readonly log: EventLog;
    readonly journal: Journal;
    readonly onAnswer: (answer: Answer) => void;
  },
): Operations {
  const { clock, log, journal, renaming, reminders } = options;
  const running = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void> }>();

  const answer = (suggestion: Suggestion, written: Written): Answer => ({
    suggestion: suggestion.id,
    at: clock.now(),
    ...written,
  });

  /** Forgetting wins over an answer that is still being written. */
  const forgotten = async (suggestion: Suggestion) => (await log.suggestion(suggestion.id)) === null;

  const save = async (suggestion: Suggestion, written: Written) => {
    if (!(await forgotten(suggestion))) await log.answer(answer(suggestion, written));
  };
  /** What of each running answer is on screen, so that a failure of the log does not wipe it. */
  const texts = new Map<string, string>();
  const show = (suggestion: Suggestion, written: Written) => {
    texts.set(suggestion.id, written.text);
    options.onAnswer(answer(suggestion, written));
  };

  /** The log itself may refuse the entry: then the user is told, and nobody has to catch. */
  const tellFailure = (suggestion: Suggestion, thrown: unknown) => {
    const { message } = asAppError(thrown, 'internal', 'operation');
    const text = texts.get(suggestion.id) ?? '';
    show(suggestion, { text, state: 'failed', note: plain(message).slice(0, 500) });
  };

  /** Writes what was done, with its arguments as they were previewed. */
  const audit = async (
    suggestion: Suggestion,
    kind: AuditEntry['operation'],
    ended: Ended,
    undoable: boolean,
  ) => {
    const { operation } = suggestion.proposal;
    const at = clock.now();
    const entry: AuditEntry = {
      id: newId(at),
      at,
      suggestion: suggestion.id,
      operation: kind,
      arguments: (operation ? operationText(operation) : '').slice(0, ARGUMENTS),
      result: ended.result,
      ...(undoable && { undoable }),
      ...(ended.detail ? { detail: ended.detail.slice(0, 1000) } : {}),
      ...(ended.receipts && { receipts: [...ended.receipts] }),
    };
    await log.audit(entry);
    return entry;
  };

  const start = async (suggestion: Suggestion, operation: Operation, signal: AbortSignal) => {
    let undoable = false;
    const ended = await carryOut(options, suggestion, operation, {
      signal,
      show: (written) => show(suggestion, written),
      save: async (written) => {
        undoable = written.undoable ?? false;
        await save(suggestion, written);
      },
    });
    // A save may have crossed the forgetting: forgetting again takes it along.
    if (await forgotten(suggestion)) {
      await log.forget({ suggestion: suggestion.id });
      return dropGone();
    }
    await audit(suggestion, operation.kind, ended, undoable);
  };

  const takeBack = async (id: string): Promise<AuditEntry> => {
    const suggestion = await log.suggestion(id);
    if (!suggestion) throw new AppError('not-found', '[operations] this suggestion was forgotten.');
    const { operation } = suggestion.proposal;
    const came =
      operation?.kind === 'rename'
        ? await renaming.undo(suggestion.id)
        : operation?.kind === 'remind'
          ? await reminders.cancel(suggestion.id)
          : null;
    if (!came) throw new AppError('refused', '[operations] there is nothing here that can be taken back.');
    await save(suggestion, writtenOf(came));
    const entry = await audit(suggestion, 'undo', came.ended, came.undoable);
    show(suggestion, writtenOf(came));
    return entry;
  };

  const dropGone = async () => {
    await reminders.forgotten();
    await pruneJournal(journal, async (id) => running.has(id) || (await log.suggestion(id)) !== null);
  };

  /** One thing at a time for each suggestion. */
  const alone = <T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const stop = new AbortController();
    const worked = work(stop.signal).finally(() => {
      running.delete(id);
      texts.delete(id);
    });
    const ended = (async () => void (await worked))();
    // Whoever waits for the end alone has nothing to catch.
    ended.catch(() => {});
    running.set(id, { stop, ended });
    return worked;
  };

  return {
    run(suggestion) {
      const known = running.get(suggestion.id);
      if (known) return known.ended;
      const { operation } = suggestion.proposal;
      if (!operation) return Promise.resolve();
      return alone(suggestion.id, (signal) =>
        start(suggestion, operation, signal).catch((thrown: unknown) => tellFailure(suggestion, thrown)),
      );
    },
    async undo(id) {
      // Undo may be pressed while the entry of what is taken back is still on its way to the disk.
      for (let under = running.get(id); under; under = running.get(id)) await under.ended.catch(() => {});
      return alone(id, () => takeBack(id));
    },
    stop: (suggestion) => running.get(suggestion)?.stop.abort(),
    async resume() {
      for (const id of await journal.list()) {
        const record = await journal.read(id);
        if (!record || record.state === 'done') continue;
        const came = await renaming.undo(id);
        const suggestion = await log.suggestion(id);
        if (!came || !suggestion) continue;
        const cut: Ended = { result: came.undoable ? 'failed' : 'stopped', detail: came.ended.detail };
        const told = `Beforehand ended while it was at work. ${came.told}`;
        await save(suggestion, writtenOf({ ...came, told, ended: cut }));
        await audit(suggestion, record.state === 'begun' ? 'rename' : 'undo', cut, came.undoable);
      }
      await dropGone();
      await reminders.resume();
    },
    forgotten: dropGone,
    async close() {
      for (const each of running.values()) each.stop.abort();
      await Promise.allSettled([...running.values()].map((each) => each.ended));
      await reminders.close();
    },
  };
}
