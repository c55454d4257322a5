import type {
  AfkEvent,
  CaptureEvent,
  ClipboardEvent,
  EditorEvent,
  Event,
  FileEvent,
  KeyboardEvent,
} from '../model/event.ts';
import { assertNever } from '../errors.ts';
import { describeWindow } from './describeWindow.ts';
import { count, inApp, listed, quote, span } from './wording.ts';

/**
 * One English sentence for what happened, with what can be named in single quotes; null for an event that says
 * nothing about the user. `previous` is the last event of the same kind, and tells a switch from a stay.
 */
export function describe(event: Event, previous?: Event): string | null {
  switch (event.kind) {
    case 'window':
      return describeWindow(event, previous?.kind === 'window' ? previous : undefined);
    case 'afk':
      return presence(event, previous?.kind === 'afk' ? previous : undefined);
    case 'clipboard':
      return copied(event);
    case 'keyboard':
      return typed(event);
    case 'file':
      return changed(event);
    case 'capture':
      return capture(event);
    case 'dropped':
    case 'retracted':
      return null;
    case 'editor':
      return edited(event);
    case 'described':
      return event.data.sentence.trim() || null;
    default:
      return assertNever(event, 'observations');
  }
}

function presence(event: AfkEvent, previous?: AfkEvent): string {
  if (event.data.status === 'afk') return 'The user stepped away from the computer.';
  if (previous?.data.status !== 'afk' || event.at <= previous.at) return 'The user is at the computer.';
  return `The user came back after ${span(event.at - previous.at)}.`;
}

function copied(event: ClipboardEvent): string {
  const where = inApp(event.app);
  const { content, size, words, text } = event.data;
  switch (content) {
    case 'image':
      return `The user copied an image${where}.`;
    case 'files':
      return `The user copied ${event.data.count === undefined ? 'files' : count(event.data.count, 'file')}${where}.`;
    case 'other':
      return `The user copied something that is not text${where}.`;
    case 'text': {
      const amount = words === undefined ? count(size, 'character') : count(words, 'word');
      if (!text?.trim()) return `The user copied ${amount} of text${where}.`;
      const what = looksLikeError(text) ? `an error message of ${amount}` : `${amount} of text`;
      return `The user copied ${what}${where}: ${quote(text, 300)}.`;
    }
    default:
      return assertNever(content, 'observations');
  }
}

function typed(event: KeyboardEvent): string | null {
  const { keys, words, corrections, chords, text } = event.data;
  const where = inApp(event.app);
  const commands = [...new Set(chords)].filter((chord) => chord !== 'enter');
  const also = commands.length > 0 ? `, using ${listed(commands)}` : '';
  if (text?.trim()) return `The user typed ${quote(text, 300)}${where}${also}.`;
  // A correction in every fourth key is somebody who is searching for words.
  const often = corrections >= 8 && corrections * 4 >= keys ? ', with many corrections' : '';
  if (words > 0) return `The user typed ${count(words, 'word')}${where}${often}${also}.`;
  if (commands.length > 0) return `The user used ${listed(commands)}${where}.`;
  if (chords.includes('enter')) return `The user pressed 'Enter'${where}.`;
  return keys > 0 ? `The user pressed ${count(keys, 'key')}${where}.` : null;
}

function changed(event: FileEvent): string {
  const { action, name, folder, from } = event.data;
  const place = folder ? ` in ${quote(folder)}` : '';
  switch (action) {
    case 'created':
      return `The user created the file ${quote(name)}${place}.`;
    case 'modified':
      return `The user saved the file ${quote(name)}${place}.`;
    case 'renamed':
      return from
        ? `The user renamed ${quote(from)} to ${quote(name)}${place}.`
        : `The user renamed a file to ${quote(name)}${place}.`;
    case 'deleted':
      return `The user deleted the file ${quote(name)}${place}.`;
    default:
      return assertNever(action, 'observations');
  }
}

function edited(event: EditorEvent): string {
  const { file, project, language } = event.data;
  const what = file ? `the file ${quote(file)}` : language ? `a ${language} file` : 'a file';
  return `The user is working on ${what}${project ? ` of the project ${quote(project)}` : ''}${inApp(event.app)}.`;
}

function capture(event: CaptureEvent): string | null {
  if (event.data.state === 'paused') return 'The user paused the assistant.';
  if (event.data.state === 'resumed') return 'The user let the assistant go on.';
  return null;
}

/** Words that programs put into messages of failure, at the start of a line or as the name of an exception. */
export function looksLikeError(text: string): boolean {
  return (
    /(?:^|[\s:.(])(?:[A-Z]\w{0,60}(?:Error|Exception|Warning)|Traceback|panic|segfault|E\d{4})\b/.test(
      text,
    ) ||
    /(?:^|\n|: ?)(?:fatal|error|failed|failure|cannot|undefined reference|command not found|permission denied|no such file|exception)\b/i.test(
      text,
    )
  );
}
