import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { buildReading } from '../../src/agent/reading.ts';
import { createFakeLlm } from '../../src/llm/fake.ts';
import type { Event } from '../../src/model/event.ts';
import { Answer } from '../../src/model/feedback.ts';
import { newId } from '../../src/model/id.ts';
import type { CompletionRequest, Llm } from '../../src/model/llm.ts';
import type { McpTools } from '../../src/model/mcp.ts';
import type { EventLog } from '../../src/model/log.ts';
import type { Clock } from '../../src/model/ports.ts';
import type { FileRef } from '../../src/model/proposal.ts';
import { isIgnored } from '../../src/monitors/fileKinds.ts';
import { createFileFinder } from '../../src/operations/files.ts';
import { createJournal } from '../../src/operations/journal.ts';
import { createOperations } from '../../src/operations/operation.ts';
import { createFilePlaces } from '../../src/operations/places.ts';
import { createReminders, type Due } from '../../src/operations/remind.ts';
import { createRenaming } from '../../src/operations/rename.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { Settings } from '../../src/model/settings.ts';
import { readPrompt } from '../../src/agent/prompt.ts';
import { root } from '../desktop/core.ts';

/** A real folder of a test's own, by its real path. */
export function realFolder(): string {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'beforehand-files-')));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  return place;
}

/** A watched folder with files in it, and what names them as an event would. */
export function watched(place: string = realFolder()) {
  const folder = join(place, 'Papers');
  mkdirSync(folder, { recursive: true });
  const places = createFilePlaces();
  const events = new Map<string, Event>();
  /** As the files source tells of a file that is there; without a place as after a restart. */
  const refTo = (name: string, how: { readonly at?: string; readonly told?: boolean } = {}): FileRef => {
    const id = newId();
    if (how.told !== false) places.note(id, join(folder, how.at ?? '', name));
    const data = {
      action: 'modified' as const,
      name,
      folder: 'Papers',
      type: 'text',
      size: 1,
      binary: false,
    };
    events.set(id, { id, at: 1, duration: 0, monitor: 'files', kind: 'file', data });
    return { event: id, name };
  };
  const put = (name: string, text = name): FileRef => {
    writeFileSync(join(folder, name), text);
    return refTo(name);
  };
  const guard = createGuard({ settings: () => Settings.parse({ excludedTitles: ['hush'] }) });
  const finder = createFileFinder({
    places,
    guard,
    event: async (id) => events.get(id) ?? null,
    roots: () => [folder],
    ignored: isIgnored,
  });
  return { place, folder, places, events, guard, finder, refTo, put };
}

/** Operations over a log, with everything they need; `files` are real. */
export function createTestOperations(options: {
  readonly log: EventLog;
  readonly clock?: Clock;
  readonly llm?: () => Llm;
  readonly tools?: Pick<McpTools, 'call'>;
  readonly search?: (query: string) => Promise<void>;
  readonly open?: (path: string) => Promise<void>;
  readonly request?: CompletionRequest;
  readonly shows?: () => boolean;
  readonly files?: ReturnType<typeof watched>;
  readonly timer?: (call: () => void, ms: number) => { stop(): void };
  readonly onDue?: (due: Due) => Promise<void>;
}) {
  const { log } = options;
  const clock = options.clock ?? { now: () => 5000 };
  const files = options.files ?? watched();
  const shown: Answer[] = [];
  const onAnswer = (answer: Answer) => void shown.push(Answer.parse(answer));
  const journal = createJournal(join(files.place, 'renames'));
  const prompt = readPrompt(join(root, 'src', 'assets', 'prompts', 'read-1.json'));
  const reminders = createReminders({
    clock,
    log,
    onAnswer,
    keepMs: () => 30 * 86_400_000,
    say: options.onDue ?? (async () => {}),
    // Time passes only where a test lets it.
    timer: options.timer ?? (() => ({ stop: () => {} })),
  });
  const operations = createOperations({
    tools: options.tools ?? { call: async () => ({ text: 'never called here', failed: true }) },
    open: { search: options.search ?? (async () => {}), open: options.open ?? (async () => {}) },
    llm: options.llm ?? (() => createFakeLlm()),
    log,
    clock,
    guard: files.guard,
    finder: files.finder,
    journal,
    renaming: createRenaming({ finder: files.finder, journal, platform: 'linux' }),
    reminders,
    ask: (file) => buildReading(prompt, file, { timeoutMs: 1000, contextTokens: 2048 }),
    prompt: () =>
      options.request ?? {
        messages: [],
        maxTokens: 50,
        temperature: 0,
        timeoutMs: 1000,
        session: 'answer',
        purpose: 'answer',
        promptVersion: 'v1',
      },
    onAnswer,
    ...(options.shows ? { shows: options.shows } : {}),
  });
  return { operations, shown, files, journal, reminders };
}
