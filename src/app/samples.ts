import type { Event } from '../model/event.ts';
import type { Guard } from '../model/guard.ts';
import { newId } from '../model/id.ts';
import type { Observation } from '../model/observation.ts';
import type { Settings } from '../model/settings.ts';
import { describe } from '../observations/describe.ts';

/** A source as a person chooses it; `typed` is the keyboard in apps that were chosen for typed text. */
export type Source = 'window' | 'clipboard' | 'keyboard' | 'typed' | 'files' | 'idle';

const KIND: Readonly<Record<Source, Event['kind']>> = {
  window: 'window',
  clipboard: 'clipboard',
  keyboard: 'keyboard',
  typed: 'keyboard',
  files: 'file',
  idle: 'afk',
};

/** What each source never keeps, whatever the settings. */
const NEVER: Readonly<Record<Source, string>> = {
  window:
    'Pictures of the screen, and the titles of private windows, password managers and apps you exclude.',
  clipboard:
    'Anything a password manager marks as secret, pictures and files themselves, and more than 2,000 characters.',
  keyboard:
    'Which keys you press or what you write: only how many keys and words, and that you saved or pasted.',
  typed:
    'Anything typed into password fields, terminals, private windows or fields nobody knows, and sentences that talk of a password.',
  files: 'What is in your files, and whole paths: only the name, the kind and the size.',
  idle: 'Anything but that you left and came back.',
};

/** The same, once apps were chosen for typed text. */
const NEVER_WITH_TEXT =
  'Single keys, and what you write in any app but those you chose for typed text: there it is only counted.';

/**
 * What would be stored of a source: its newest sentence if there is one, else an example that goes through the very
 * same redaction and wording.
 */
export function sample(
  source: Source,
  recent: readonly Observation[],
  guard: Guard,
  now: number,
  { typedApps }: Pick<Settings, 'typedApps'>,
): { readonly stored: string; readonly never: string } {
  // What was typed stands beside the sample of it, so that one is always the example.
  const seen = source === 'typed' ? undefined : recent.findLast((each) => each.kind === KIND[source]);
  const never = source === 'keyboard' && typedApps.length > 0 ? NEVER_WITH_TEXT : NEVER[source];
  return { stored: seen?.event ?? describe(example(source, guard, now)) ?? '', never };
}

function example(source: Source, guard: Guard, now: number): Event {
  const base = { id: newId(now), at: now, duration: 0, monitor: source };
  switch (source) {
    case 'window': {
      const title = guard.redact('Invoice for jane@example.com - LibreOffice Writer', 'window').text;
      return { ...base, kind: 'window', app: 'libreoffice-writer', data: { title } };
    }
    case 'clipboard': {
      const { text } = guard.redact('Call me on +44 20 7946 0958 about the draft', 'clipboard');
      return {
        ...base,
        kind: 'clipboard',
        app: 'firefox',
        data: { content: 'text', size: 43, words: 9, text },
      };
    }
    case 'keyboard':
      return {
        ...base,
        duration: 30_000,
        kind: 'keyboard',
        app: 'code',
        data: { keys: 141, words: 23, corrections: 4, chords: ['save'] },
      };
    case 'typed': {
      // The same sentence stands in Settings, so that the two can be compared.
      const typed = 'Dear Jane, call me on +44 20 7946 0958 or write to jane@example.com.';
      const data = {
        keys: 0,
        words: 0,
        corrections: 0,
        chords: [],
        text: guard.redact(typed, 'keyboard').text,
      };
      return { ...base, kind: 'keyboard', app: 'mousepad', data };
    }
    case 'files':
      return {
        ...base,
        kind: 'file',
        data: {
          action: 'modified',
          name: 'notes.md',
          folder: 'Documents',
          type: 'markdown',
          size: 2048,
          binary: false,
        },
      };
    case 'idle':
      return { ...base, kind: 'afk', data: { status: 'afk' } };
  }
}
