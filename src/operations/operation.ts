import { asAppError, assertNever } from '../errors.ts';
import type { Answer } from '../model/feedback.ts';
import { newId } from '../model/id.ts';
import type { CompletionRequest, Llm } from '../model/llm.ts';
import type { EventLog } from '../model/log.ts';
import type { McpTools } from '../model/mcp.ts';
import type { Clock, OpenPort } from '../model/ports.ts';
import { operationText } from '../model/operationText.ts';
import type { Operation } from '../model/proposal.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { chat, type Written } from './chat.ts';
import { type Ended, plain } from './ended.ts';
import { callTool } from './mcp.ts';
import { search } from './search.ts';

/** Runs what was accepted. */
export interface Operations {
  /**
   * Runs the operation of an accepted suggestion and resolves when it has ended and its audit entry is on disk; a
   * second call while it runs is the same run. Never rejects: what fails ends in the audit entry and in an answer whose
   * note says why. A suggestion without an operation has nothing to run, and of one that was forgotten meanwhile
   * nothing is kept.
   */
  run(suggestion: Suggestion): Promise<void>;
  /** Stops an answer that is being written; what it has stays. Nothing happens when none is. */
  stop(suggestion: string): void;
  /** Stops all and waits until they have ended. */
  close(): Promise<void>;
}

/** Makes the operations. `shows` overrules what the model says of its own text (a setting of the user). */
export function createOperations(options: {
  readonly open: OpenPort;
  /** Tools of the MCP servers that the user configured. */
  readonly tools: Pick<McpTools, 'call'>;
  readonly llm: () => Llm;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly prompt: (suggestion: Suggestion) => CompletionRequest;
  readonly onAnswer: (answer: Answer) => void;
  readonly shows?: () => boolean;
}): Operations {
  const { clock, log } = options;
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

  const carryOut = async (
    suggestion: Suggestion,
    operation: Operation,
    signal: AbortSignal,
  ): Promise<Ended> => {
    switch (operation.kind) {
      case 'search': {
        const ended = await search(options.open, operation.query);
        if (ended.result === 'failed') {
          const written: Written = {
            text: '',
            state: 'failed',
            note: plain(ended.detail ?? '').slice(0, 500),
          };
          await save(suggestion, written);
          show(suggestion, written);
        }
        return ended;
      }
      case 'chat': {
        const llm = options.llm();
        return chat(suggestion, {
          llm,
          request: options.prompt(suggestion),
          shows: options.shows?.() ?? llm.info().shows,
          signal,
          show: (written) => show(suggestion, written),
          save: (written) => save(suggestion, written),
        });
      }
      case 'read':
      case 'rename':
      case 'open':
      case 'remind':
        return { result: 'failed', detail: 'being built' };
      case 'mcp':
        return callTool(operation, {
          tools: options.tools,
          signal,
          show: (written) => show(suggestion, written),
          save: (written) => save(suggestion, written),
        });
      default:
        return assertNever(operation, 'operation');
    }
  };

  /** The log itself may refuse the entry: then the user is told, and nobody has to catch. */
  const tellFailure = (suggestion: Suggestion, thrown: unknown) => {
    const { message } = asAppError(thrown, 'internal', 'operation');
    const text = texts.get(suggestion.id) ?? '';
    show(suggestion, { text, state: 'failed', note: plain(message).slice(0, 500) });
  };

  const start = async (suggestion: Suggestion, operation: Operation, signal: AbortSignal) => {
    const ended = await carryOut(suggestion, operation, signal);
    // A save may have crossed the forgetting: forgetting again takes it along.
    if (await forgotten(suggestion)) return void (await log.forget({ suggestion: suggestion.id }));
    const at = clock.now();
    await log.audit({
      id: newId(at),
      at,
      suggestion: suggestion.id,
      operation: operation.kind,
      arguments: operationText(operation),
      result: ended.result,
      ...(ended.detail ? { detail: ended.detail.slice(0, 1000) } : {}),
      ...(ended.receipts && { receipts: [...ended.receipts] }),
    });
  };

  return {
    run(suggestion) {
      const known = running.get(suggestion.id);
      if (known) return known.ended;
      const { operation } = suggestion.proposal;
      if (!operation) return Promise.resolve();
      const stop = new AbortController();
      const ended = start(suggestion, operation, stop.signal)
        .catch((thrown: unknown) => tellFailure(suggestion, thrown))
        .finally(() => {
          running.delete(suggestion.id);
          texts.delete(suggestion.id);
        });
      running.set(suggestion.id, { stop, ended });
      return ended;
    },
    stop: (suggestion) => running.get(suggestion)?.stop.abort(),
    async close() {
      for (const each of running.values()) each.stop.abort();
      await Promise.allSettled([...running.values()].map((each) => each.ended));
    },
  };
}
