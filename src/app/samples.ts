import type { Event } from '../model/event.ts';
import type { Guard } from '../model/guard.ts';
import { newId } from '../model/id.ts';
import type { Observation } from '../model/observation.ts';
import type { Settings } from '../model/settings.ts';
import { sourceWords } from '../model/sourceWords.ts';
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
  const { never } =
    source === 'typed'
      ? sourceWords('keyboard', ['mousepad'])
      : sourceWords(source === 'files' ? 'file' : source, typedApps);
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
