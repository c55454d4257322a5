import { assertNever } from '../../errors.ts';
import type { Event } from '../../model/event.ts';
import type { Replaced } from '../../model/exporting.ts';
import type { Feedback } from '../../model/feedback.ts';
import type { Observation } from '../../model/observation.ts';
import { operationText } from '../../model/operationText.ts';
import type { FileRef, Operation, Proposal } from '../../model/proposal.ts';
import { topicOf } from '../../model/topic.ts';
import type { Place, PseudonymBook, Pseudonyms } from './book.ts';

/** Fields that hold the name of a file or folder, by kind of event. */
const PLACE: Readonly<Record<string, Place>> = {
  'file name': 'file',
  'file from': 'file',
  'file folder': 'folder',
  'editor file': 'file',
  'editor project': 'folder',
};
/** Fields that hold one word of a closed list. */
const CLOSED: ReadonlySet<string> = new Set([
  'status',
  'content',
  'action',
  'type',
  'state',
  'language',
  'source',
]);

/** Lets the book look through one answer. */
export function takeFeedback(book: PseudonymBook, feedback: Feedback): void {
  for (const { event, site } of feedback.seen) {
    book.take(event);
    if (site !== undefined) book.note('host', site);
  }
  const { proposal, study } = feedback;
  for (const { value } of study?.replies ?? []) if (typeof value === 'string') book.take(value);
  if (!proposal) return;
  const { purpose, task, message, why, operation } = proposal;
  for (const text of [purpose, task, message, why, argumentOf(operation)])
    if (text !== undefined) book.take(text);
}

/** Lets the book look through one event. */
export function takeEvent(book: PseudonymBook, event: Event): void {
  switch (event.kind) {
    case 'file':
      for (const name of [event.data.name, event.data.from]) if (name !== undefined) book.note('file', name);
      if (event.data.folder !== undefined) book.note('folder', event.data.folder);
      return;
    case 'editor':
      if (event.data.file !== undefined) book.note('file', event.data.file);
      if (event.data.project !== undefined) book.note('folder', event.data.project);
      return;
    default:
      for (const text of textsOf(event)) book.take(text);
  }
}

/** An answer with every value replaced and every id another one. */
export function pseudonymousFeedback(
  feedback: Feedback,
  pseudonyms: Pseudonyms,
  heard?: (replaced: Replaced) => void,
): Feedback {
  const text = (given: string) => pseudonyms.replace(given, heard);
  const { id, suggestion, proposal, seen, model, study, ...rest } = feedback;
  return {
    ...rest,
    id: pseudonyms.id(id),
    ...(suggestion !== undefined && { suggestion: pseudonyms.id(suggestion) }),
    ...(proposal && { proposal: pseudonymousProposal(proposal, text) }),
    ...(model !== undefined && { model: text(model) }),
    ...(study && {
      study: {
        ...study,
        ...(study.replies && {
          replies: study.replies.map(({ question, value }) => ({
            question,
            value: typeof value === 'string' ? text(value) : value,
          })),
        }),
      },
    }),
    seen: seen.map((each): Observation => {
      const { id: own, sources, event, app, site, ...other } = each;
      return {
        ...other,
        id: pseudonyms.id(own),
        sources: sources.map((source) => pseudonyms.id(source)),
        event: text(event),
        ...(app !== undefined && { app: text(app) }),
        ...(site !== undefined && { site: text(site) }),
      };
    }),
  };
}

/** An event's data with every text replaced. */
export function pseudonymousEvent(
  event: Event,
  pseudonyms: Pseudonyms,
  heard?: (replaced: Replaced) => void,
): Event {
  const text = (value: string, place?: Place) => pseudonyms.replace(value, heard, place);
  const data = Object.fromEntries(
    Object.entries(event.data).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && !CLOSED.has(name) ? text(value, PLACE[`${event.kind} ${name}`]) : value,
    ]),
  );
  return {
    ...event,
    id: pseudonyms.id(event.id),
    ...(event.app !== undefined && { app: text(event.app) }),
    data,
  } as Event;
}

function pseudonymousProposal(proposal: Proposal, text: (given: string) => string): Proposal {
  const { purpose, task, message, why, topic: _, operation, model, ...rest } = proposal;
  const other = operation && pseudonymousOperation(operation, text);
  return {
    ...rest,
    ...(purpose !== undefined && { purpose: text(purpose) }),
    task: text(task),
    message: text(message),
    why: text(why),
    // A topic has lost the marks by which a name is known, so it is made anew.
    topic: topicOf(other?.kind === 'search' ? other.query : text(task)),
    ...(other && { operation: other }),
    ...(model !== undefined && { model: text(model) }),
  };
}

function pseudonymousOperation(operation: Operation, text: (given: string) => string): Operation {
  switch (operation.kind) {
    case 'search':
      return { kind: 'search', query: text(operation.query) };
    case 'chat':
      return { kind: 'chat', instruction: text(operation.instruction) };
    case 'read':
    case 'open':
      return { kind: operation.kind, file: named(operation.file, text) };
    case 'rename':
      return {
        kind: 'rename',
        files: operation.files.map(({ file, to }) => ({
          file: named(file, text),
          to: text(to).slice(0, 255),
        })),
      };
    case 'remind':
      return { ...operation, text: text(operation.text).slice(0, 300) };
    case 'mcp':
      return { ...operation, arguments: { text: text(JSON.stringify(operation.arguments)) } };
    default:
      return assertNever(operation, 'export');
  }
}

function named(file: FileRef, text: (given: string) => string): FileRef {
  return { ...file, name: text(file.name).slice(0, 255) };
}

function argumentOf(operation: Operation | undefined): string | undefined {
  return operation && operationText(operation);
}

function textsOf(event: Event): readonly string[] {
  switch (event.kind) {
    case 'window':
      return [event.data.title, event.data.page].filter((text) => text !== undefined);
    case 'clipboard':
    case 'keyboard':
      return event.data.text === undefined ? [] : [event.data.text];
    case 'described':
      return [event.data.sentence];
    default:
      return [];
  }
}
