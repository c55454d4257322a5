import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildAnswer, readPrompt } from '../agent/prompt.ts';
import { buildReading } from '../agent/reading.ts';
import type { Event } from '../model/event.ts';
import type { AuditEntry } from '../model/feedback.ts';
import type { FilePlaces } from '../model/files.ts';
import type { Guard } from '../model/guard.ts';
import type { EventLog } from '../model/log.ts';
import type { McpTools } from '../model/mcp.ts';
import type { Clock, OpenPort } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { isIgnored } from '../monitors/fileKinds.ts';
import { watchedFolders } from '../monitors/folders.ts';
import { inOwnWords } from '../operations/edited.ts';
import { createFileFinder } from '../operations/files.ts';
import { createJournal } from '../operations/journal.ts';
import { createOperations, type Operations } from '../operations/operation.ts';
import { createReminders, type Due } from '../operations/remind.ts';
import { createRenaming } from '../operations/rename.ts';
import type { Paths } from '../paths.ts';
import type { Announcer } from './announce.ts';
import { createEventOf } from './eventOf.ts';
import type { Models } from './models.ts';
import { writes } from './speaker.ts';

const DAY = 86_400_000;

/** What accepted suggestions do, and taking it back. */
export interface Carrying {
  readonly operations: Operations;
  /** Suggestions whose operation runs. */
  readonly atWork: Set<string>;
  /** Runs the operation of an accepted suggestion; never rejects. */
  carryOut(suggestion: Suggestion): Promise<void>;
  /** Takes it back; rejects where nothing can be. */
  undo(suggestion: string): Promise<AuditEntry>;
}

/** Wires the operations to files, model and log. `onDue` offers a reminder whose time has come. */
export function createCarrying(parts: {
  readonly paths: Paths;
  readonly open: OpenPort;
  /** Tools of the MCP servers that the user configured. */
  readonly tools: Pick<McpTools, 'call'>;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly settings: () => Settings;
  readonly models: Models;
  readonly announcer: Announcer;
  readonly guard: Guard;
  readonly places: FilePlaces;
  /** Events in memory. */
  readonly events: () => readonly Event[];
  /** The files of a recorded day are not there. */
  readonly demo: boolean;
  readonly onDue: (due: Due) => Promise<void>;
}): Carrying {
  const { paths, clock, log, settings, models, announcer, guard, places } = parts;
  const prompts = {
    answer: readPrompt(join(paths.assets, 'prompts', 'answer-1.json')),
    read: readPrompt(join(paths.assets, 'prompts', 'read-1.json')),
  };
  const bounds = () => ({
    timeoutMs: settings().model.timeoutSeconds * 1000,
    contextTokens: settings().model.contextTokens,
  });
  const atWork = new Set<string>();
  const journal = createJournal(paths.renames);
  const finder = createFileFinder({
    places,
    guard,
    event: createEventOf(log, (id) => parts.events().find((each) => each.id === id)),
    // Files may be touched where they are watched, while they are.
    roots: () =>
      settings().sources.files && !parts.demo
        ? watchedFolders(settings().folders, homedir(), process.env)
        : [],
    ...(parts.demo && { rootless: 'A recorded day has no files of its own, so none is read or renamed.' }),
    ignored: isIgnored,
  });
  const operations = createOperations({
    open: parts.open,
    tools: parts.tools,
    llm: () => models.llm,
    log,
    clock,
    guard,
    finder,
    journal,
    renaming: createRenaming({ finder, journal, places }),
    reminders: createReminders({
      clock,
      log,
      keepMs: () => settings().retentionDays.suggestions * DAY,
      onAnswer: (answer) => announcer.publish('answer', answer),
      say: parts.onDue,
    }),
    ask: (file) => buildReading(prompts.read, file, bounds()),
    prompt: (suggestion) => {
      const { task, operation } = suggestion.proposal;
      const instruction = operation?.kind === 'chat' ? operation.instruction : task;
      return buildAnswer(prompts.answer, { task, instruction }, suggestion.seen, bounds());
    },
    onAnswer: (answer) => atWork.has(answer.suggestion) && announcer.publish('answer', answer),
    shows: () => writes(settings(), models),
  });

  /** Undo may begin while what it takes back is still being written down: then the first to end is not the last. */
  const works = new Map<string, number>();
  const working = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    atWork.add(id);
    works.set(id, (works.get(id) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (works.get(id) ?? 1) - 1;
      if (left > 0) works.set(id, left);
      else {
        works.delete(id);
        atWork.delete(id);
      }
    }
  };

  return {
    operations,
    atWork,
    carryOut: (suggestion) => working(suggestion.id, () => operations.run(inOwnWords(suggestion))),
    undo: (suggestion) => working(suggestion, () => operations.undo(suggestion)),
  };
}
