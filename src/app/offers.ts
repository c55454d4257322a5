import type { FeedbackVia } from '../model/feedback.ts';
import type { Language } from '../model/language.ts';
import type { NotifyPort } from '../model/ports.ts';
import { SPOKEN } from '../model/spoken.ts';
import type { Suggestion } from '../model/suggestion.ts';

/** Shows the suggestion of the moment as a desktop notification where no card can be seen, and takes its answer. */
export interface Offers {
  /** Follows a suggestion that changed: shown ones ring, others are taken down. */
  follow(suggestion: Suggestion): void;
  /** A card of it can be seen: it does not ring, and a notification of it goes. */
  painted(suggestion: string): void;
  /** Takes the notification down when its suggestion is no longer `there`. */
  check(there: (id: string) => Promise<boolean>): Promise<void>;
  close(): Promise<void>;
}

/** Longest body of a notification, in characters: daemons cut or scroll longer ones. */
const BODY = 300;

/** Milliseconds in which a card in front says that it is there; a notification comes only after them. */
const PATIENCE = 400;

type Answer = 'accept' | 'reject' | 'snooze';
type Note = Awaited<ReturnType<NotifyPort['show']>> | null;

/** What each button answers; `open` answers nothing. */
const ANSWERS: Readonly<Record<string, Answer>> = { accept: 'accept', later: 'snooze', dismiss: 'reject' };

/**
 * `answer` takes the click; `wanted` is asked before each notification (a setting, our own window in front). On a locked
 * screen it says only that something waits, and offers no answer. `open` shows the suggestion's page.
 */
export function createOffers(options: {
  readonly notify: NotifyPort;
  readonly wanted: () => boolean;
  readonly answer: (id: string, answer: Answer, via: FeedbackVia) => Promise<void>;
  readonly locked?: () => Promise<boolean | null>;
  readonly open?: (id: string) => void;
  readonly patienceMs?: number;
  /** The language of its buttons; the suggestion itself is in its own. */
  readonly language?: () => Language;
}): Offers {
  let open: { readonly id: string; readonly note: Promise<Note> } | null = null;
  /** Suggestion whose card was seen last. */
  let seen = '';

  async function takeDown(): Promise<void> {
    const was = open;
    open = null;
    const note = await was?.note;
    await note?.close().catch(() => {});
  }

  async function show(suggestion: Suggestion): Promise<Note> {
    const { id } = suggestion;
    await new Promise((resolve) => setTimeout(resolve, options.patienceMs ?? PATIENCE).unref());
    const here = () => open?.id === id && seen !== id;
    if (!here() || !options.wanted() || !(await options.notify.available())) return null;
    const locked = (await options.locked?.()) === true;
    if (!here()) return null;
    const words = SPOKEN[options.language?.() ?? 'en'].notification;
    const wayIn = options.open && !locked ? [{ key: 'default', label: words.open }] : [];
    return options.notify.show({
      ...(locked ? words.locked : partsOf(suggestion)),
      actions: [...wayIn, ...(locked ? [] : BUTTONS.map((key) => ({ key, label: words[key] })))],
      onAction(key) {
        if (open?.id === id) open = null;
        if (key === 'default') options.open?.(id);
        const word = ANSWERS[key];
        // The card, or time, may have been quicker than the click: that answer stands.
        if (word) options.answer(id, word, 'notification').catch(() => {});
      },
      // The × takes the notice away, not the suggestion: the card and the inbox still have it.
      onClosed: () => {},
    });
  }

  return {
    follow(suggestion) {
      if (suggestion.state === 'shown') {
        if (open?.id === suggestion.id) return;
        void takeDown();
        const note = Promise.withResolvers<Note>();
        open = { id: suggestion.id, note: note.promise };
        // A desktop that refuses notifications still has the card.
        void show(suggestion).then(note.resolve, () => note.resolve(null));
      } else if (open?.id === suggestion.id) void takeDown();
    },
    painted(suggestion) {
      seen = suggestion;
      if (open?.id === suggestion) void takeDown();
    },
    async check(there) {
      if (open && !(await there(open.id))) await takeDown();
    },
    close: takeDown,
  };
}

const BUTTONS = ['accept', 'later', 'dismiss'] as const;

function partsOf({ proposal }: Suggestion): { readonly title: string; readonly body: string } {
  return { title: proposal.task, body: proposal.why.slice(0, BODY) };
}
