import type { Guard } from '../model/guard.ts';
import type { Clock } from '../model/ports.ts';
import { BREAK, createCaret } from './caret.ts';
import { createComposer } from './compose.ts';
import { GAP, createHeldText, NEWLINE, type HeldText } from './heldText.ts';
import { editOf, type Edit, type Press } from './press.ts';
import { createSaid, type Typed, type TypingLoss } from './said.ts';
import { isOrdinary, secrecy } from './secretTalk.ts';
import { isShortWord, sift } from './sift.ts';
import type { Stroke } from './strokes.ts';

/** Raw characters are in memory for at most this long: well under the promised 30 s, so that a late timer keeps it. */
export const HOLD_MS = 25_000;
/** What is older than this when a timer comes very late (a suspended machine) is dropped unseen. */
const HOLD_LIMIT_MS = 30_000;
/** Typing that rests for this long is looked at; until then it may still be corrected. */
export const REST_MS = 5000;
/**
 * A character counts only when the focus has stood for this long after it. The accessibility bus may tell of a password
 * field a moment after the first keys went there.
 */
export const SETTLE_MS = 1000;

/** Assembles what is typed into redacted text. Nothing of it is ever kept elsewhere. */
export interface Typing {
  /** A key in a field whose content may be kept; `place` tells windows of one app apart. */
  press(app: string, press: Press, place?: string): void;
  /** A key of which nothing but its category may be known: in a protected field, or one that nobody can read. */
  unseen(stroke: Stroke): void;
  /** The focus, the field or the verdict changed: what was typed since the last certain moment is dropped. */
  moved(): void;
  /** Whether the focus moved is being asked: until it is told, nothing leaves. */
  waits(on: boolean): void;
  /** The caret may be elsewhere: a click, another layout. */
  strayed(): void;
  /** Drops everything that is held, at once. */
  drop(): void;
  /** The store itself, for the test that it is zero. */
  readonly held: HeldText;
}

const isBlank = (code: number) => code === 32 || code === NEWLINE || code === GAP || code === BREAK;

/** Whether text that was dropped ended with its line, so that what follows is not the rest of it. */
function isFinished(text: string): boolean {
  if (!text.endsWith('\n') || secrecy(text) > 0) return false;
  return isOrdinary(
    text
      .trimEnd()
      .split(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]/u)
      .at(-1) ?? '',
  );
}

/** How many ends of sentences must pass after this text was dropped in its middle. */
const afterLoss = (text: string): number => (secrecy(text) > 0 ? 2 : 1);

/** Creates one with nothing held. `keep` returns the id of the event that the text became; none of these may throw. */
export function createTyping(options: {
  readonly clock: Clock;
  readonly guard: Pick<Guard, 'redact'>;
  readonly keep: (typed: Typed) => string;
  readonly retract: (event: string) => void;
  readonly lose: (loss: TypingLoss) => void;
}): Typing {
  const { clock } = options;
  const held = createHeldText();
  const caret = createCaret(held);
  const composer = createComposer();
  const said = createSaid(options);
  let app = '';
  /** What comes next continues something that was dropped: as `Sifted` says. */
  let broken = 0;
  /** Places that were left in the middle of something that was dropped: what is typed there next continues it. */
  const torn = new Map<string, number>();
  let place = '';
  /** The last key that nobody may know was part of a word. */
  let hidden = false;
  /** Everything before this index was typed before the last key or click that could move the focus. */
  let sure = 0;
  let lastKey = -Infinity;
  let waiting = false;
  let timer: NodeJS.Timeout | undefined;

  /** Characters that the focus has stood behind for long enough. */
  const settled = (now: number): number => {
    let at = 0;
    while (at < held.length() && now - held.time(at) >= SETTLE_MS) at += 1;
    return at;
  };

  const empty = () => {
    clearTimeout(timer);
    held.clear();
    caret.reset();
    composer.reset();
    sure = 0;
  };
  const leave = () => {
    if (broken > 0) torn.set(place, broken);
    // The oldest is let go of where somebody tears text in a hundred places.
    if (torn.size > 100) for (const each of torn.keys()) return void torn.delete(each);
  };
  const abandon = (loss: TypingLoss) => {
    if (held.length() > 0 || composer.open()) {
      options.lose(loss);
      const text = held.text(0, held.length());
      broken = isFinished(text) ? Math.max(0, broken - 1) : Math.max(broken, afterLoss(text));
    }
    empty();
  };
  const take = (count: number) => {
    held.remove(0, count);
    caret.moved(count);
    sure = Math.max(0, sure - count);
  };

  /** Looks at the first `limit` characters and lets go of those that are done with. */
  const release = (limit: number, last: boolean) => {
    if (limit <= 0) return;
    const sifted = sift(held.text(0, limit), broken, last);
    if (sifted.used === 0) return;
    const at = held.time(0);
    const span = Math.max(0, held.time(sifted.used - 1) - at);
    broken = sifted.broken;
    take(sifted.used);
    for (const loss of sifted.losses) options.lose(loss);
    if (sifted.text === '') return;
    if (!said.say({ app, text: sifted.text, at, duration: span })) broken = Math.max(broken, 1);
  };

  /** After the longest time: what cannot be told apart from a piece of a secret is dropped. */
  const expire = (now: number) => {
    if (now - held.oldest() < HOLD_MS) return;
    const rest = held.text(0, held.length());
    const short = broken === 0 && isShortWord(rest) && settled(now) === held.length();
    if (short) said.say({ app, text: rest.trim(), at: held.time(0), duration: 0 });
    else if (rest.trim() !== '') options.lose('unfinished typing');
    broken = Math.max(broken, afterLoss(rest));
    empty();
  };

  const look = () => {
    const now = clock.now();
    if (now < lastKey || now - held.oldest() > HOLD_LIMIT_MS) {
      abandon('held too long');
      return;
    }
    if (waiting) {
      if (now - held.oldest() >= HOLD_MS) abandon('held too long');
      else plan(now);
      return;
    }
    const ripe = Math.min(settled(now), caret.busyFrom());
    const rests = now - lastKey >= REST_MS || now - held.oldest() >= HOLD_MS;
    release(rests ? ripe : lineEnd(ripe), false);
    expire(now);
    plan(now);
  };
  const lineEnd = (limit: number): number => {
    let at = limit;
    while (at > 0 && held.code(at - 1) !== NEWLINE) at -= 1;
    return at;
  };

  const plan = (now: number) => {
    clearTimeout(timer);
    if (held.length() === 0 && !composer.open()) return;
    const longest = Math.min(held.oldest(), lastKey) + HOLD_MS;
    const due = waiting ? [longest] : [longest, lastKey + REST_MS, lineDue(now)];
    const next = Math.min(...due.filter((each) => each > now));
    timer = setTimeout(look, Math.min(Math.max(next - now, 1), HOLD_MS));
  };
  /** When the last finished line that is held will have settled. */
  const lineDue = (now: number): number => {
    const line = lineEnd(held.length());
    return line === 0 ? Infinity : Math.max(held.time(line - 1) + SETTLE_MS, now);
  };

  const key = (keysym: number, now: number) => {
    const text = composer.press(keysym);
    if (text === null) caret.cut(now);
    else
      for (const character of text) {
        const code = character.codePointAt(0) ?? GAP;
        // Control characters would be read as marks.
        if (code > 31 && caret.type(code, now) === 'full') abandon('too much at once');
        sure = Math.min(sure, Math.max(0, caret.at() - 1));
      }
  };

  const apply = (edit: Edit, now: number) => {
    if (edit.kind === 'nothing') return;
    if (edit.kind === 'key') {
      key(edit.keysym, now);
      return;
    }
    // A dead key that is followed by no letter: toolkits differ in what becomes of it.
    if (composer.open()) {
      composer.reset();
      if (edit.kind !== 'backspace') caret.cut(now);
      else return;
    }
    const effect = caret.apply(edit, now);
    if (effect === 'full') abandon('too much at once');
    if (effect === 'revoked') options.lose('taken back');
    sure = 'leaving' in edit && edit.leaving ? held.length() : Math.min(sure, held.length(), caret.at());
  };

  return {
    held,
    press(inApp, press, inPlace = inApp) {
      const now = clock.now();
      if (now < lastKey || now - held.oldest() > HOLD_LIMIT_MS) abandon('held too long');
      if (inPlace !== place) {
        abandon('the focus moved');
        leave();
      }
      app = inApp;
      place = inPlace;
      lastKey = now;
      broken = Math.max(broken, torn.get(place) ?? 0, hidden ? 1 : 0);
      torn.delete(place);
      hidden = false;
      apply(editOf(press), now);
      plan(now);
    },
    unseen(stroke) {
      abandon('the focus moved');
      leave();
      if (stroke.kind === 'boundary') hidden = false;
      else if (stroke.kind !== 'other') hidden = true;
    },
    moved() {
      const now = clock.now();
      let certain = Math.min(sure, settled(now));
      // That a word was ended is no secret, however late it was.
      if (certain > 0) while (certain < held.length() && isBlank(held.code(certain))) certain += 1;
      if (now >= lastKey && now - held.oldest() <= HOLD_LIMIT_MS) release(certain, true);
      abandon('the focus moved');
      leave();
    },
    waits(on) {
      if (waiting === on) return;
      waiting = on;
      if (on) plan(clock.now());
      else look();
    },
    strayed() {
      if (held.length() === 0 && !composer.open()) return;
      composer.reset();
      caret.cut(clock.now());
      sure = held.length();
      plan(clock.now());
    },
    drop: () => abandon('the focus moved'),
  };
}
