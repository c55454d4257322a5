import type { Event } from '../../model/event.ts';
import type { TitleFacts } from '../../model/title.ts';
import { clean } from '../steps.ts';
import { titleOf } from '../titleOf.ts';

/** A window that came to the front; times in epoch milliseconds. */
export interface WindowSeen {
  readonly at: number;
  /** Id of the event, for a `FileRef`. */
  readonly event: string;
  /** When the next one came, or now. */
  readonly until: number;
  readonly kind: TitleFacts['kind'];
  /** The whole title without the program's name, clean. */
  readonly title: string;
  readonly app?: string;
  /** Name of the file in front, where the title has it. */
  readonly file?: string;
  /** Subject of a mail that is being written. */
  readonly draft?: string;
}

/** A file event. `event` is its id, for a `FileRef`; `name` is whole and only `clean` where it is shown. */
export interface FileSeen {
  readonly at: number;
  readonly event: string;
  readonly action: 'created' | 'modified' | 'renamed' | 'deleted';
  readonly name: string;
  readonly folder?: string;
  readonly from?: string;
  readonly size: number;
}

/** Keys pressed in the window of the given place. */
export interface KeysSeen {
  readonly at: number;
  readonly words: number;
  readonly corrections: number;
  readonly undos: number;
  readonly pasted: boolean;
  readonly saved: boolean;
  /** Only where the user lets this program's words be kept. */
  readonly text?: string;
  /** Place in `windows`, -1 before the first. */
  readonly window: number;
}

/** A text copied, as it was, at most 2,000 characters: patterns read it and show only what they have cleaned. */
export interface CopySeen {
  readonly at: number;
  readonly text: string;
  readonly window: number;
}

/** What only raw events tell: windows by what they are, files by their events, keys counted. Oldest first. */
export interface Desk {
  readonly windows: readonly WindowSeen[];
  readonly files: readonly FileSeen[];
  readonly keys: readonly KeysSeen[];
  readonly copies: readonly CopySeen[];
  /** Absences that are over. */
  readonly breaks: readonly { readonly from: number; readonly to: number }[];
}

const COMPOSE = /^(?:Write|Compose|New message|Verfassen|Rédaction)[:：] ?(.*)$/i;

/** Reads the desk from raw events; `now` ends the last window. Pure, never throws. */
export function deskOf(events: readonly Event[], now: number): Desk {
  const windows: WindowSeen[] = [];
  const files: FileSeen[] = [];
  const keys: KeysSeen[] = [];
  const copies: CopySeen[] = [];
  const breaks: { from: number; to: number }[] = [];
  let shown: string | undefined;
  let left: number | undefined;
  for (const event of events) {
    switch (event.kind) {
      case 'window': {
        const key = `${event.app ?? ''}\n${event.data.title ?? ''}`;
        const last = windows.at(-1);
        if (key === shown || (last && event.at < last.at)) continue;
        shown = key;
        if (last) windows[windows.length - 1] = { ...last, until: event.at };
        windows.push(windowOf(event, now));
        break;
      }
      case 'keyboard': {
        const { words, corrections, chords, text } = event.data;
        keys.push({
          at: event.at,
          words,
          corrections,
          undos: chords.filter((each) => each === 'undo').length,
          pasted: chords.includes('paste'),
          saved: chords.includes('save'),
          ...(text?.trim() && { text }),
          window: windows.length - 1,
        });
        break;
      }
      case 'clipboard':
        if (event.data.text?.trim())
          copies.push({ at: event.at, text: event.data.text, window: windows.length - 1 });
        break;
      case 'file': {
        const { action, name, folder, from, size } = event.data;
        files.push({
          at: event.at,
          event: event.id,
          action,
          name,
          size,
          ...(folder && { folder: clean(folder) }),
          ...(from && { from }),
        });
        break;
      }
      case 'afk':
        if (event.data.status === 'afk') left ??= event.at;
        else if (left !== undefined) {
          breaks.push({ from: left, to: event.at });
          left = undefined;
        }
        break;
      default:
        break;
    }
  }
  return { windows, files, keys, copies, breaks };
}

function windowOf(event: Extract<Event, { kind: 'window' }>, now: number): WindowSeen {
  const { app } = event;
  const { facts } = titleOf(event);
  const title = clean(facts.page ?? facts.file ?? facts.query ?? '');
  const draft = facts.kind === 'mail' ? COMPOSE.exec(title)?.[1]?.trim() : undefined;
  return {
    at: event.at,
    event: event.id,
    until: now,
    kind: facts.kind,
    title,
    ...(app && { app }),
    ...(facts.file && { file: clean(facts.file) }),
    ...(draft && { draft }),
  };
}
