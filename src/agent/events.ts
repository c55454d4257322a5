import type { Event, KeyboardEvent, WindowEvent } from '../model/event.ts';
import { appFacts } from '../model/app.ts';
import type { TitleFacts } from '../model/title.ts';
import { kindOf, stepFromSentence } from './sentences.ts';
import { AI_CHAT, BLANK, clean, errorIn, isWritten, type Step } from './steps.ts';
import { titleOf } from './titleOf.ts';

/** Fewer words than this in a burst are a name, a command or a correction, not writing. */
const WRITING_WORDS = 3;
/** Where the platform counts keys but no words. */
const WRITING_KEYS = 20;

/** Pages that are written in. */
const WEB_EDITOR = /\b(?:Google Docs|Overleaf|Notion|HackMD|Etherpad|CodiMD|Word for the web)\b/i;

/** Typing that goes on this long, with pauses this long, is one burst, as in the observations. */
const BURST_MS = 180_000;
const PAUSE_MS = 60_000;

interface Burst {
  readonly event: KeyboardEvent;
  /** Its place among the steps. */
  readonly at: number;
}

interface Front {
  readonly app?: string;
  readonly title?: string;
  /** All that the window names. */
  readonly text?: string;
  readonly query?: string;
  readonly results?: boolean;
  readonly document?: Step['document'];
  readonly chat?: boolean;
  readonly edits?: boolean;
}

/**
 * Steps of a live day. Keyboard and clipboard events take the window in front when they happened. A search is asked
 * when its results page first comes to the front, and only looked at when the same one comes back.
 */
export function stepsFromEvents(events: readonly Event[]): readonly Step[] {
  const steps: Step[] = [];
  let front: Front = {};
  let asked: string | undefined;
  let shown: string | undefined;
  let shownAt = -Infinity;
  let burst: Burst | undefined;
  for (const event of events) {
    switch (event.kind) {
      case 'window': {
        // A page tells its end after the next window has come to the front.
        if (event.at < shownAt && event.duration > 0) continue;
        // A heartbeat of the window in front is no step of its own; its page, told by the browser, may name the search.
        const key = `${event.app ?? ''}\n${titleOf(event).bare}`;
        if (key === shown && (front.query !== undefined || !event.data.page)) continue;
        const known = key === shown;
        shown = key;
        shownAt = event.at;
        front = frontOf(event);
        if (known && front.query === undefined) continue;
        burst = undefined;
        const asks = front.query !== undefined && front.query !== asked;
        if (front.query !== undefined) asked = front.query;
        steps.push(windowStep(event, front, asks));
        break;
      }
      case 'keyboard': {
        // A save or a copy does not end a burst: it goes on where it began.
        const more: KeyboardEvent | null = burst ? joined(burst.event, event) : null;
        burst = more ? { event: more, at: burst!.at } : { event, at: steps.length };
        steps[burst.at] = keyboardStep(burst.event, front);
        break;
      }
      case 'clipboard': {
        const text = event.data.text ?? '';
        const error = errorIn(text, true);
        steps.push({
          ...base(event, front),
          background: true,
          text: text.slice(0, 400),
          copied: clean(text),
          ...(error && { error: { text: error, via: 'copied' } }),
        });
        break;
      }
      case 'file':
        steps.push(fileStep(event));
        break;
      case 'afk':
        shown = undefined;
        steps.push({
          id: event.id,
          at: event.at,
          duration: event.duration,
          text: '',
          afk: event.data.status === 'afk',
        });
        break;
      case 'described':
        steps.push(stepFromSentence(event.id, event.at, event.data.sentence));
        break;
      case 'editor': {
        const file = clean(event.data.file ?? '');
        // The window's own title has told of this file already.
        if (file !== '' && file === front.title) continue;
        front = { ...(event.app && { app: event.app }), ...(file && { title: file }), edits: true };
        shown = undefined;
        burst = undefined;
        steps.push({
          ...base(event, front),
          text: clean(`${event.data.file ?? ''} ${event.data.project ?? ''}`),
          passive: true,
        });
        break;
      }
      // None says what the person does.
      case 'capture':
      case 'dropped':
      case 'retracted':
        break;
    }
  }
  return steps;
}

function base(event: Event, front: Front): Pick<Step, 'id' | 'at' | 'duration' | 'app' | 'title' | 'chat'> {
  const app = event.app ?? front.app;
  return {
    id: event.id,
    at: event.at,
    duration: event.duration,
    ...(app && { app }),
    ...(front.title && (event.app === undefined || event.app === front.app) && { title: front.title }),
    ...(front.chat && { chat: true }),
  };
}

function frontOf(event: WindowEvent): Front {
  const { app } = event;
  const { title } = event.data;
  if (title === undefined) {
    const { name, kind } = appFacts(app);
    return app === undefined ? {} : { app, text: kind === 'other' ? name : '' };
  }
  const { facts } = titleOf(event);
  const shown = clean(facts.file ?? facts.page ?? facts.query ?? '');
  const search = facts.kind === 'search' || facts.kind === 'results';
  const chat = facts.assistant === true || (facts.kind === 'chat' && AI_CHAT.test(title));
  const reads = facts.kind === 'page' && !BLANK.test(shown) && (facts.file !== undefined || /\s/.test(shown));
  const edits = facts.kind === 'editor' || WEB_EDITOR.test(title);
  return {
    ...(app && { app }),
    ...(shown && { title: shown }),
    text: facts.kind === 'page' && facts.file ? facts.file : namedBy(facts),
    ...(search && facts.query && { query: clean(facts.query) }),
    ...(search && { results: true }),
    ...(reads && { document: { title: shown, kind: kindOf(shown) } }),
    ...(chat && { chat }),
    ...(edits && { edits }),
  };
}

/** What the sentence about a window quotes, so that both forms count the same words. */
function namedBy({ kind, query, page, file, project, site }: TitleFacts): string {
  switch (kind) {
    case 'search':
    case 'results':
      return `${query ?? ''} ${site ?? ''}`;
    case 'editor':
      return file ? `${file} ${project ?? ''}` : (page ?? '');
    case 'terminal':
      return file ?? page ?? '';
    default:
      return BLANK.test(page ?? '') ? '' : (page ?? '');
  }
}

function windowStep(event: Event, front: Front, asks: boolean): Step {
  const searched = asks ? errorIn(front.query!, false) : null;
  const titled = front.query || front.chat ? null : errorIn(front.title ?? '', true);
  return {
    ...base(event, front),
    text: front.text ?? front.title ?? '',
    ...(front.query && { query: front.query }),
    ...(front.results && { results: true }),
    ...(asks && { asks }),
    ...(searched && { error: { text: searched, via: 'searched' } }),
    ...(titled && { error: { text: titled, via: 'title' } }),
    ...(front.document && { document: front.document }),
    ...(!asks && { passive: true }),
  };
}

function keyboardStep(event: KeyboardEvent, front: Front): Step {
  const { keys, words, chords, text } = event.data;
  const wrote = words >= WRITING_WORDS || (words === 0 && keys >= WRITING_KEYS && chords.length < keys / 4);
  const kind = appFacts(event.app ?? front.app).kind;
  const works = front.edits === true || !['browser', 'terminal', 'chat'].includes(kind);
  return {
    ...base(event, front),
    background: true,
    text: text ?? '',
    ...(chords.includes('copy') && { copied: '' }),
    ...(chords.includes('paste') && { pasted: true }),
    ...(wrote && works && { writes: true }),
    ...(front.document && !wrote && { document: front.document }),
    ...(words === 0 && !text && { raw: true }),
  };
}

/** Two bursts as one, `at` and `id` those of the first; null when they are apart. */
function joined(first: KeyboardEvent, next: KeyboardEvent): KeyboardEvent | null {
  const lasts = Math.max(first.duration, next.at + next.duration - first.at);
  const apart = next.at > first.at + first.duration + PAUSE_MS || lasts > BURST_MS;
  if (first.app !== next.app || first.monitor !== next.monitor || apart) return null;
  const { keys, words, corrections, chords, text } = first.data;
  const more = next.data;
  return {
    ...first,
    duration: lasts,
    data: {
      keys: keys + more.keys,
      words: words + more.words,
      corrections: corrections + more.corrections,
      chords: [...chords, ...more.chords],
      ...((text ?? more.text) && { text: [text, more.text].filter(Boolean).join(' ') }),
    },
  };
}

function fileStep(event: Extract<Event, { kind: 'file' }>): Step {
  const { action, name, folder, from } = event.data;
  return {
    id: event.id,
    at: event.at,
    duration: event.duration,
    background: true,
    text: `${from ?? ''} ${name} ${folder ?? ''}`.trim(),
    title: clean(name),
    ...(action === 'renamed' &&
      from && { renamed: { from: clean(from), to: clean(name), ...(folder && { folder: clean(folder) }) } }),
    ...(action === 'modified' && isWritten(name) && { writes: true }),
  };
}
