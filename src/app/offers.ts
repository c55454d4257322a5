import type { FeedbackVia } from '../model/feedback.ts';
import type { NotifyPort } from '../model/ports.ts';
import type { Suggestion } from '../model/suggestion.ts';

/** Shows the suggestion of the moment as a desktop notification too, and takes its answer. */
export interface Offers {
  /** Follows a suggestion that changed: shown ones ring, others are taken down. */
  follow(suggestion: Suggestion): void;
  /** Takes the notification down when its suggestion is no longer `there`. */
  check(there: (id: string) => Promise<boolean>): Promise<void>;
  close(): Promise<void>;
}

/** Longest body of a notification, in characters: daemons cut or scroll longer ones. */
const BODY = 300;

/** `answer` takes the click; `wanted` is asked before each notification (a setting, our own window in front). */
export function createOffers(options: {
  readonly notify: NotifyPort;
  readonly wanted: () => boolean;
  readonly answer: (id: string, answer: 'accept' | 'reject', via: FeedbackVia) => Promise<void>;
}): Offers {
  let open: { readonly id: string; readonly note: Promise<{ close(): Promise<void> } | null> } | null = null;

  async function takeDown(): Promise<void> {
    const was = open;
    open = null;
    const note = await was?.note;
    await note?.close().catch(() => {});
  }

  async function show({ id, proposal }: Suggestion): Promise<{ close(): Promise<void> } | null> {
    if (!options.wanted() || !(await options.notify.available())) return null;
    const answer = (word: 'accept' | 'reject') => {
      if (open?.id === id) open = null;
      // The card, or time, may have been quicker than the click: that answer stands.
      options.answer(id, word, 'notification').catch(() => {});
    };
    return options.notify.show({
      title: proposal.task,
      body: proposal.why.slice(0, BODY),
      actions: [
        { key: 'accept', label: 'Accept' },
        { key: 'dismiss', label: 'Dismiss' },
      ],
      onAction: (key) => answer(key === 'dismiss' ? 'reject' : 'accept'),
      // The × takes the notice away, not the suggestion: the card and the inbox still have it.
      onClosed: () => {},
    });
  }

  return {
    follow(suggestion) {
      if (suggestion.state === 'shown') {
        if (open?.id === suggestion.id) return;
        void takeDown();
        // A desktop that refuses notifications still has the card.
        open = { id: suggestion.id, note: show(suggestion).catch(() => null) };
      } else if (open?.id === suggestion.id) void takeDown();
    },
    async check(there) {
      if (open && !(await there(open.id))) await takeDown();
    },
    close: takeDown,
  };
}
