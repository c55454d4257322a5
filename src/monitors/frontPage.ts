import { appFacts } from '../model/app.ts';
import type { Clock } from '../model/ports.ts';
import type { Pulse } from './beat.ts';
import { appOfBucket, type Around } from './beatReading.ts';
import { type Focus, type FocusTracker, NO_FOCUS } from './focus.ts';
import { withoutMarks } from './titleMarks.ts';

/** A page and its window's title arrive by two ways; this long, in milliseconds, one waits for the other. */
const WAIT_MS = 1500;

/** A window source that is not there yet, or died, is asked again after this, in milliseconds. */
const AGAIN_MS = 5000;

/** What a foreign window watcher said holds this long, in milliseconds; it speaks about every second. */
const FOREIGN_MS = 10_000;

/** Firefox and its kin; an extension knows its browser's family, hardly its name. */
const FIREFOXES = /^(?:firefox|librewolf|waterfox|floorp|zen|tor browser)\b/i;

/** The newest page of one bucket, in memory only. */
interface Entry {
  readonly pulse: Pulse;
  state: 'waiting' | 'shown' | 'hidden';
  timer?: NodeJS.Timeout;
}

/**
 * Lets pages through while their browser is in front. Browser extensions tell of the active tab whether or not anybody
 * looks at it, so a page counts only when the platform says that its browser, with that title, has the focus. Where the
 * platform does not tell, a foreign window watcher is asked, and without one the extension is believed.
 */
export function createFrontPage(options: {
  readonly focus: FocusTracker | null;
  readonly clock: Clock;
  /** The page came to the front at `at`, epoch milliseconds. */
  readonly begin: (pulse: Pulse, around: Around, at: number) => void;
  readonly drop: (reason: string) => void;
  /** The page of this bucket is not in front any more; until `seen`, epoch milliseconds, the desktop saw it there. */
  readonly leave: (bucket: string, seen?: number) => void;
}) {
  const { clock } = options;
  let focus: Focus = NO_FOCUS;
  let joined = false;
  let told = -Infinity;
  let closed = false;
  let again: NodeJS.Timeout | undefined;
  let close: (() => Promise<void>) | null = null;
  const entries = new Map<string, Entry>();

  const known = () => joined || clock.now() - told < FOREIGN_MS;
  const around = (): Around => ({
    ...(known() && !focus.own && focus.app !== undefined && { app: focus.app }),
    ...(known() && focus.private !== undefined && { private: focus.private }),
  });

  /** Whether the page of this pulse is what the person has in front. */
  const inFront = ({ bucket, type, data }: Pulse): boolean => {
    if (!known()) return true;
    if (focus.own || focus.window === 0 || focus.app === undefined) return false;
    const front = appFacts(focus.app);
    if (front.kind !== 'browser' && !/browser|chrom/i.test(focus.app)) return false;
    if (FIREFOXES.test(front.name) !== FIREFOXES.test(appFacts(appOfBucket(bucket, type)).name)) return false;
    const title = typeof data['title'] === 'string' ? withoutMarks(data['title'].slice(0, 1024)) : '';
    return focus.title === undefined || withoutMarks(focus.title).includes(title);
  };

  const show = (entry: Entry, at: number) => {
    clearTimeout(entry.timer);
    entry.state = 'shown';
    // What is excluded by its address is also excluded for the window's title, the keys and the clipboard.
    const { url } = entry.pulse.data;
    if (typeof url === 'string' && url !== '') options.focus?.learn?.({ page: url.slice(0, 4096) });
    options.begin(entry.pulse, around(), at);
  };

  const look = () => {
    for (const [bucket, entry] of entries) {
      const front = inFront(entry.pulse);
      if (entry.state === 'shown' && !front) {
        entry.state = 'hidden';
        options.leave(bucket, clock.now());
      } else if (entry.state === 'waiting' && front) show(entry, entry.pulse.at);
      else if (entry.state === 'hidden' && front) show(entry, clock.now());
    }
  };

  async function join(): Promise<void> {
    const tracker = options.focus;
    if (!tracker || closed) return;
    const retry = () => {
      joined = false;
      focus = NO_FOCUS;
      close = null;
      if (!closed) again = setTimeout(() => void join(), AGAIN_MS).unref();
    };
    try {
      const end = await tracker.open({
        changed(now) {
          joined = true;
          focus = now;
          look();
        },
        died: retry,
      });
      if (closed) await end();
      else close = end;
    } catch {
      // The window source's own health says why.
      retry();
    }
  }

  return {
    open: () => join(),
    around,
    /** What a foreign window watcher says is in front. */
    told(app: string, title: string): void {
      if (joined) return;
      told = clock.now();
      focus = { app, title, own: false, window: 1 };
      look();
    },
    arrived(pulse: Pulse): void {
      clearTimeout(entries.get(pulse.bucket)?.timer);
      const entry: Entry = { pulse, state: 'waiting' };
      entries.set(pulse.bucket, entry);
      options.leave(pulse.bucket);
      if (inFront(pulse)) {
        show(entry, pulse.at);
        return;
      }
      entry.timer = setTimeout(() => {
        entry.state = 'hidden';
        options.drop('page not in front');
      }, WAIT_MS).unref();
    },
    /** An extension that may look into private windows says that this page is in one. */
    hidden(pulse: Pulse): void {
      if (joined && inFront(pulse)) options.focus?.learn?.({ private: true });
    },
    /** The newest of this bucket may not be kept, so what was before it is not in front either. */
    gone(bucket: string): void {
      clearTimeout(entries.get(bucket)?.timer);
      entries.delete(bucket);
    },
    /** A page that beats on may have come to the front since, unseen. */
    again: () => look(),
    async close(): Promise<void> {
      closed = true;
      clearTimeout(again);
      for (const { timer } of entries.values()) clearTimeout(timer);
      entries.clear();
      await close?.();
    },
  };
}
