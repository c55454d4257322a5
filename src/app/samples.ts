import type { Event } from '../model/event.ts';
import type { Guard } from '../model/guard.ts';
import { newId } from '../model/id.ts';
import type { Observation } from '../model/observation.ts';
import { describe } from '../observations/describe.ts';

/** A source as a person chooses it. */
export type Source = 'window' | 'clipboard' | 'keyboard' | 'files' | 'idle';

const KIND: Readonly<Record<Source, Event['kind']>> = {
  window: 'window',
  clipboard: 'clipboard',
  keyboard: 'keyboard',
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
  files: 'What is in your files, and whole paths: only the name, the kind and the size.',
  idle: 'Anything but that you left and came back.',
};

/**
 * What would be stored of a source: its newest sentence if there is one, else an example that goes through the very
 * same redaction and wording.
 */
export function sample(
  source: Source,
  recent: readonly Observation[],
  guard: Guard,
  now: number,
): { readonly stored: string; readonly never: string } {
  const seen = recent.findLast((each) => each.kind === KIND[source]);
  return { stored: seen?.event ?? describe(example(source, guard, now)) ?? '', never: NEVER[source] };
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
