import { createHmac, randomBytes } from 'node:crypto';
import type { AppError } from '../errors.ts';
import type { ClipboardEvent } from '../model/event.ts';
import type { Guard } from '../model/guard.ts';
import { newId } from '../model/id.ts';
import type { Monitor } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import { appOf, contextOf, joinFocus, NO_FOCUS, type FocusTracker } from './focus.ts';
import { createSupervised, type Life } from './supervised.ts';

/** Text as an adapter read it: the front of it, and the size of all of it. */
export interface CopiedText {
  readonly front: string;
  /** Characters of the whole text. */
  readonly size: number;
  readonly words: number;
}

/** One change of the clipboard. Nothing of the content was read yet; each method reads what its name says. */
export interface Copied {
  /** Names of the targets (types) the owner offers. */
  readonly targets: readonly string[];
  /** Null when another copy came first or the owner did not answer. `most` characters of `front` at the most. */
  text(most: number): Promise<CopiedText | null>;
  /** Bytes of a target without fetching it; 0 where unknown. */
  bytes(target: string): Promise<number>;
}

/** What a platform's clipboard adapter calls, one copy after the other; it waits for the promise. */
export interface ClipboardListener {
  copied(copied: Copied): Promise<void>;
  died(error: AppError): void;
}

/** Watches the clipboard, never owns it. Resolves once it watches. */
export interface ClipboardAdapter {
  open(listener: ClipboardListener): Promise<() => Promise<void>>;
}

/** Characters that are kept after redaction. */
const KEPT = 2000;
/** Characters that are redacted: more than are kept, so that a secret across the cut is seen whole. */
const REDACTED = 20_000;
/** Clipboard keepers take over what was copied and offer the same again: the same content so soon is one copy. */
const SAME_COPY_MS = 1500;

/** Names of targets, over the platforms, that say what was copied. */
const FILES =
  /^(x-special\/(gnome|mate)-copied-files|application\/x-kde-cutselection|text\/uri-list|CF_HDROP|NSFilenamesPboardType|public\.file-url)$/;
const TEXT =
  /^(UTF8_STRING|STRING|TEXT|COMPOUND_TEXT|text\/plain(;.*)?|CF_UNICODETEXT|CF_TEXT|public\.utf8-plain-text|NSStringPboardType)$/;
const IMAGE = /^(image\/[\w.+-]+|PIXMAP|CF_DIB(V5)?|public\.(png|tiff|jpeg)|NSPasteboardTypeTIFF)$/;

/** What was copied, by the offered targets alone: files before text, because file managers offer both. */
export function contentOf(targets: readonly string[]): ClipboardEvent['data']['content'] {
  if (targets.some((target) => FILES.test(target))) return 'files';
  if (targets.some((target) => TEXT.test(target))) return 'text';
  if (targets.some((target) => IMAGE.test(target))) return 'image';
  return 'other';
}

/**
 * Emits one event a copy. The Guard answers on the target list and the focus before any content is asked for; text is
 * redacted and cut, everything else is type and size.
 */
export function createClipboardMonitor(options: {
  readonly adapter: ClipboardAdapter;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly focus: FocusTracker | null;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): Monitor {
  const { adapter, guard, clock } = options;
  // A digest under a key of this process: equal copies are known without keeping any of their text.
  const key = randomBytes(16);
  let last: { readonly digest: string; readonly at: number } | null = null;

  const see = async (life: Life, copied: Copied) => {
    const focus = options.focus?.current() ?? NO_FOCUS;
    const at = clock.now();
    const content = contentOf(copied.targets);
    const base = { id: newId(), at, duration: 0, monitor: 'clipboard' };
    const emit = (data: ClipboardEvent['data']) => {
      const digest = createHmac('sha256', key).update(JSON.stringify(data)).digest('hex');
      const repeated = last?.digest === digest && at - last.at < SAME_COPY_MS && data.size > 0;
      last = { digest, at };
      if (!repeated) life.emit({ ...base, ...appOf(focus), kind: 'clipboard', data });
    };
    const verdict = guard.before({ ...contextOf(focus, 'clipboard'), targets: copied.targets });
    if (verdict.allow === 'nothing') {
      const data = { source: 'clipboard', reason: verdict.reason.slice(0, 128), count: 1 };
      life.emit({ ...base, kind: 'dropped', data });
      return;
    }
    // What was copied in the assistant's own window is its own answer: it would read itself.
    if (verdict.allow === 'counts' || focus.own || content === 'other') {
      emit({ content, size: 0 });
    } else if (content === 'text') {
      const text = await copied.text(REDACTED);
      if (!text) {
        emit({ content, size: 0 });
        return;
      }
      const kept = guard.redact(whole(text), 'clipboard').text.slice(0, KEPT);
      emit({ content, size: text.size, words: text.words, text: kept });
    } else {
      const target = copied.targets.find((each) => (content === 'files' ? FILES : IMAGE).test(each));
      emit({ content, size: target ? await copied.bytes(target) : 0 });
    }
  };

  return createSupervised({
    name: 'clipboard',
    clock,
    backOff: options.backOff,
    async open(life) {
      const unfocus = await joinFocus(options.focus, { changed() {}, died: life.died });
      try {
        const close = await adapter.open({ copied: (copied) => see(life, copied), died: life.died });
        return async () => {
          await close();
          await unfocus();
        };
      } catch (thrown) {
        await unfocus();
        throw thrown;
      }
    },
  });
}

/** A front that was cut ends at its last space: half a secret would not be known as one. */
function whole(text: CopiedText): string {
  if (text.size <= text.front.length) return text.front;
  const end = text.front.search(/\s\S*$/);
  return end < 0 ? '' : text.front.slice(0, end);
}
