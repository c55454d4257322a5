import { assertNever } from '../errors.ts';
import type { Guard } from '../model/guard.ts';
import type { CompletionRequest, Llm } from '../model/llm.ts';
import type { McpTools } from '../model/mcp.ts';
import type { Clock, OpenPort } from '../model/ports.ts';
import type { Operation } from '../model/proposal.ts';
import type { Suggestion } from '../model/suggestion.ts';
import type { Came } from './came.ts';
import { chat, type Written } from './chat.ts';
import { type Ended, plain } from './ended.ts';
import type { FileFinder } from './files.ts';
import { callTool } from './mcp.ts';
import { openFile } from './openFile.ts';
import { type AskAbout, read } from './read.ts';
import type { Reminders } from './remind.ts';
import type { Renaming } from './rename.ts';
import { search } from './search.ts';

/** What the operations are carried out with. */
export interface Means {
  readonly open: OpenPort;
  /** Tools of the MCP servers that the user configured. */
  readonly tools: Pick<McpTools, 'call'>;
  readonly llm: () => Llm;
  readonly clock: Clock;
  readonly guard: Pick<Guard, 'redact'>;
  readonly prompt: (suggestion: Suggestion) => CompletionRequest;
  readonly ask: AskAbout;
  readonly finder: FileFinder;
  readonly renaming: Renaming;
  readonly reminders: Reminders;
  /** Overrules what the model says of its own text (a setting of the user). */
  readonly shows?: () => boolean;
}

/** What one run says and keeps as it goes on. */
export interface Telling {
  readonly signal: AbortSignal;
  readonly show: (written: Written) => void;
  readonly save: (written: Written) => Promise<void>;
}

/** Carries out exactly the operation that was previewed; what it came to is shown, saved and returned for the audit log. */
export async function carryOut(
  means: Means,
  suggestion: Suggestion,
  operation: Operation,
  telling: Telling,
): Promise<Ended> {
  const { signal, show, save } = telling;
  const tell = async (written: Written) => {
    await save(written);
    show(written);
  };
  const writing = () => {
    const llm = means.llm();
    return { llm, shows: means.shows?.() ?? llm.info().shows, signal, show, save };
  };
  /** What is over at once is told only where it failed: else the person sees it. */
  const atOnce = async (ended: Ended) => {
    if (ended.result === 'failed') {
      await tell({ text: '', state: 'failed', note: plain(ended.detail ?? '').slice(0, 500) });
    }
    return ended;
  };

  switch (operation.kind) {
    case 'search':
      return atOnce(await search(means.open, operation.query));
    case 'chat':
      return chat(suggestion, { ...writing(), request: means.prompt(suggestion) });
    case 'read': {
      const { finder, guard, ask } = means;
      return read(suggestion, operation.file, { ...writing(), finder, guard, ask });
    }
    case 'open':
      return atOnce(await openFile(means.finder, means.open, operation.file));
    case 'rename': {
      const all = operation.files.length;
      const came = await means.renaming.run(suggestion.id, operation, {
        at: means.clock.now(),
        signal,
        onDone: (files) => show({ text: `Renamed ${files} of ${all} …`, state: 'writing' }),
      });
      await tell(writtenOf(came));
      return came.ended;
    }
    case 'remind': {
      const came = await means.reminders.start(suggestion, operation);
      await tell(writtenOf(came));
      return came.ended;
    }
    case 'mcp':
      return callTool(operation, { tools: means.tools, signal, show, save });
    default:
      return assertNever(operation, 'operation');
  }
}

/** What an operation came to, as the answer that the window shows. */
export function writtenOf({ ended, told, undoable }: Came): Written {
  const { result } = ended;
  return {
    ...(result === 'failed' ? { text: '', note: told.slice(0, 500) } : { text: told }),
    state: result,
    ...(undoable && { undoable }),
  };
}
