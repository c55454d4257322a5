import { createHmac, randomBytes } from 'node:crypto';
import type { AppError } from '../errors.ts';
import type { ClipboardEvent } from '../model/event.ts';
import { type Guard, MARKED_COPY, type Verdict } from '../model/guard.ts';
import { newId } from '../model/id.ts';
import type { Monitor, Probe } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import {
  contentOf,
  measured,
  offersNothing,
  withoutPermits,
  type Copied,
  type CopiedText,
} from './copied.ts';
import { appOf, contextOf, joinFocus, NO_FOCUS, type Focus, type FocusTracker } from './focus.ts';
import { createSupervised, type Life } from './supervised.ts';

/** What a platform's clipboard adapter calls, one change after the other; it waits for the promise. */
export interface ClipboardListener {
  copied(copied: Copied, where?: Focus): Promise<void>;
  /** Asked at the moment a copy is announced, for `copied`: its owner may take seconds to say what it is. */
  where?(): Focus;
  /** The clipboard was emptied. */
  cleared(): void;
  /** Its owner went away and took the content along, without a word about it: its program ended. */
  left(): void;
  /** So many copies were replaced before anything of them could be read. */
  missed(count: number): void;
  died(error: AppError): void;
  /** A self-test of the source that is open now. */
  proves?(probe: Probe): void;
}

/** Watches the clipboard, never owns it. Resolves once it watches; a clipboard that is empty by then is told as cleared. */
export interface ClipboardAdapter {
  open(listener: ClipboardListener): Promise<() => Promise<void>>;
}

/** Characters that are kept after redaction. */
const KEPT = 2000;
/** Characters that are redacted: more than are kept, so that a secret across the cut is seen whole. */
const REDACTED = 20_000;
/** Clipboard keepers take over what was copied and offer the same again: the same content so soon is one copy. */
const SAME_COPY_MS = 1500;
/** Who empties the clipboard so soon meant the content to go: the longest timer of password managers is 5 minutes. */
const CLEARED_MS = 6 * 60_000;

/**
 * The kept event of what is on the clipboard now, over stops and starts of the monitor: a copy that is cleared during a
 * pause is taken back after it. `at`: epoch milliseconds.
 */
export interface ClipboardMemory {
  held: { readonly id: string; readonly at: number } | null;
}

/**
 * Emits one event a copy. The Guard answers on the target list and the focus before any content is asked for; text is
 * redacted and cut, everything else is type and size. What its owner clears soon after is retracted.
 */
export function createClipboardMonitor(options: {
  readonly adapter: ClipboardAdapter;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly focus: FocusTracker | null;
  /** Its own when absent. */
  readonly memory?: ClipboardMemory;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): Monitor {
  const { adapter, guard, clock } = options;
  const memory = options.memory ?? { held: null };
  // A digest under a key of this process: equal copies are known without keeping any of their text.
  const key = randomBytes(16);
  let last: { readonly digest: string; readonly at: number } | null = null;
  /** What is on the clipboard now was not kept: keepers offer it again at once, and often without its mark. */
  let barred: { readonly reason: string; readonly until: number } | null = null;

  const drop = (life: Life, reason: string, count = 1) => {
    const data = { source: 'clipboard', reason: reason.slice(0, 128), count };
    life.emit({ id: newId(), at: clock.now(), duration: 0, monitor: 'clipboard', kind: 'dropped', data });
  };

  const focusNow = () => options.focus?.current() ?? NO_FOCUS;

  /** Protected now, though not where it was announced: the order of two connections is not certain. */
  const since = (targets: readonly string[] | null): Verdict =>
    (guard.again ?? guard.before)({ ...contextOf(focusNow(), 'clipboard'), ...(targets && { targets }) });

  const see = async (life: Life, copied: Copied, where?: Focus) => {
    const focus = where ?? focusNow();
    const at = clock.now();
    const before = memory.held;
    const targets = await withoutPermits(copied);
    let verdict = guard.before({ ...contextOf(focus, 'clipboard'), ...(targets && { targets }) });
    if (verdict.allow !== 'nothing' && focusNow() !== focus) {
      const now = since(targets);
      if (now.allow === 'nothing') verdict = now;
    }
    const echo = barred && at <= barred.until ? barred.reason : null;
    if (verdict.allow === 'nothing' || echo) {
      memory.held = null;
      const reason = verdict.allow === 'nothing' ? verdict.reason : echo!;
      if (verdict.allow === 'nothing') barred = { reason, until: at + SAME_COPY_MS };
      // Some programs set the text first and the text with its mark right after.
      if (reason === MARKED_COPY && before && at - before.at <= SAME_COPY_MS) {
        retract(life, before.id, 'marked a moment later');
      }
      drop(life, reason);
      return;
    }
    barred = null;
    // Content of the assistant's own window is its own answer: it would read itself.
    const data = await read(copied, targets, verdict.allow === 'content' && !focus.own, before !== null);
    if (data === 'empty') {
      clear(life);
      return;
    }
    // While it was read the focus may have been told that it was copied in.
    const late = data.text !== undefined && focusNow() !== focus ? since(targets) : null;
    if (late?.allow === 'nothing') {
      memory.held = null;
      drop(life, late.reason);
      return;
    }
    const digest = createHmac('sha256', key).update(JSON.stringify(data)).digest('hex');
    const repeated = last?.digest === digest && at - last.at < SAME_COPY_MS && data.size > 0;
    last = { digest, at };
    if (repeated) return;
    const id = newId();
    memory.held = { id, at };
    life.emit({ id, at, duration: 0, monitor: 'clipboard', ...appOf(focus), kind: 'clipboard', data });
  };

  /** What may be kept of a copy; `sized` asks for the size of a text even where its content is protected. */
  const read = async (
    copied: Copied,
    targets: readonly string[] | null,
    open: boolean,
    sized: boolean,
  ): Promise<ClipboardEvent['data'] | 'empty'> => {
    if (offersNothing(targets)) return 'empty';
    const content = contentOf(targets ?? []);
    const target = measured(content, targets ?? []);
    if (content === 'text') {
      if (open) {
        const text = await copied.text(REDACTED);
        if (!text) return { content, size: 0 };
        if (text.size === 0) return 'empty';
        const kept = guard.redact(whole(text), 'clipboard').text.slice(0, KEPT);
        return { content, size: text.size, words: text.words, text: kept };
      }
      // A protected copy may be the emptying of one that was kept: its size alone tells.
      const empty = sized && target !== undefined && (await copied.bytes(target)) === 0;
      return empty ? 'empty' : { content, size: 0 };
    }
    if (!open || !target) return { content, size: 0 };
    const size = content === 'files' ? null : await copied.bytes(target);
    if (size !== null) return { content, size };
    // Files are counted; elsewhere this is the one way to a size that the platform does not tell.
    const list = await copied.entries?.(target);
    if (!list) return { content, size: (await copied.bytes(target)) ?? 0 };
    return { content, size: list.bytes, ...(content === 'files' && list.count > 0 && { count: list.count }) };
  };

  const clear = (life: Life) => {
    const at = clock.now();
    const { held } = memory;
    const taken = held && at - held.at <= CLEARED_MS ? held : null;
    memory.held = null;
    last = null;
    linger();
    if (!taken) return;
    retract(life, taken.id, 'cleared by its owner');
  };

  const retract = (life: Life, event: string, reason: string) => {
    const data = { event, source: 'clipboard', reason };
    life.emit({
      id: newId(),
      at: clock.now(),
      duration: 0,
      monitor: 'clipboard',
      kind: 'retracted',
      data,
    });
  };

  /** The content left the clipboard: a keeper that has a copy of it offers that within moments. */
  const linger = () => {
    if (barred) barred = { ...barred, until: clock.now() + SAME_COPY_MS };
  };

  return createSupervised({
    name: 'clipboard',
    clock,
    backOff: options.backOff,
    async open(life) {
      const unfocus = await joinFocus(options.focus, { changed() {}, died: life.died, proves: life.proves });
      try {
        const close = await adapter.open({
          copied: (copied, where) => see(life, copied, where),
          where: focusNow,
          cleared: () => clear(life),
          left() {
            // Whoever offers the same again now took it over.
            if (last) last = { ...last, at: clock.now() };
            linger();
          },
          missed: (count) => drop(life, 'replaced before it was read', count),
          died: life.died,
          proves: life.proves,
        });
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
