import { GAP, NEWLINE, type HeldText } from './heldText.ts';
import type { Edit, Move } from './press.ts';

/** Stands where text was taken back that nobody saw or that has left already: what follows is no whole sentence. */
export const BREAK = 1;

/** A line up to this long is one line on every screen, so Home and End mean its own ends; in characters. */
const ONE_LINE = 60;

/** What an edit did beside changing the text. `full`: there was no room; `revoked`: text was taken out unseen. */
export type Effect = 'done' | 'full' | 'revoked';

/**
 * The caret in the text of one field, as far as keys tell. It starts somewhere in a field of which nothing else is
 * known; it is assumed that people type at the end of a line, so that End after a correction means the end of what
 * they typed. Wherever it can no longer be told, a gap is put down and the next text begins anew.
 */
export interface Caret {
  /** Types one character, in place of a selection if there is one. */
  type(code: number, time: number): Effect;
  apply(edit: Edit, time: number): Effect;
  /** A pointer, a paste, another layout: what comes next stands elsewhere. */
  cut(time: number): void;
  /** The first `count` characters left. */
  moved(count: number): void;
  /** Another field. */
  reset(): void;
  /** Where the caret is: characters before it. */
  at(): number;
  /** No character from here on may leave yet, since it is being edited. */
  busyFrom(): number;
}

const isSpace = (code: number) => code === 32 || code === NEWLINE || code === 0xa0;
const isWordCode = (code: number) => /[\p{L}\p{N}]/u.test(String.fromCodePoint(code));

/** A caret over `held`. */
export function createCaret(held: HeldText): Caret {
  /** Where the present stretch of text begins: what stands before it cannot be reached. */
  let base = 0;
  let caret = 0;
  let anchor: number | null = null;
  let all = false;
  /** The caret is inside the stretch, nobody knows where. */
  let vague = false;
  /** The stretch begins at the start of a line, as far as can be told. */
  let fresh = true;
  /** The stretch is all that the field has. */
  let whole = false;

  const end = () => held.length();
  const mark = (code: number, time: number) => {
    // Two marks in a row say no more than one; a full store drops everything anyway.
    if (end() > 0 || code === BREAK) held.insert(end(), code, time);
  };
  const begin = (isFresh: boolean) => {
    base = end();
    caret = base;
    anchor = null;
    all = false;
    vague = false;
    fresh = isFresh;
    whole = false;
  };
  const cut = (time: number) => {
    if (end() > base || end() === 0 || held.code(end() - 1) > BREAK) mark(GAP, time);
    begin(false);
  };
  const revoke = (time: number): Effect => {
    const lost = end() > base;
    held.remove(base, end());
    mark(BREAK, time);
    begin(false);
    return lost ? 'revoked' : 'done';
  };
  const clearAll = () => {
    held.clear();
    begin(true);
    whole = true;
  };
  /** Takes the selection out; false when there is none. */
  const unselect = (): boolean => {
    if (all) {
      clearAll();
      return true;
    }
    if (anchor === null || anchor === caret) {
      anchor = null;
      return false;
    }
    const from = Math.min(anchor, caret);
    held.remove(from, Math.max(anchor, caret));
    caret = from;
    anchor = null;
    return true;
  };

  /** Start of the word before the caret; null where toolkits differ or it begins outside. */
  const wordBefore = (): number | null => {
    let at = caret;
    while (at > base && held.code(at - 1) === 32) at -= 1;
    const wordEnd = at;
    while (at > base && isWordCode(held.code(at - 1))) at -= 1;
    if (at === wordEnd) return null;
    if (at === base) return fresh || whole ? at : null;
    return isSpace(held.code(at - 1)) ? at : null;
  };
  /** End of the word at the caret where it is the last of the stretch; null elsewhere. */
  const lastWordAfter = (): number | null => {
    for (let at = caret; at < end(); at += 1) if (!isWordCode(held.code(at))) return null;
    return caret < end() ? end() : null;
  };
  const lineStart = (): number | null => {
    let at = caret;
    while (at > base && held.code(at - 1) !== NEWLINE) at -= 1;
    if (at === base && !fresh && !whole) return null;
    return lineEnd() - at > ONE_LINE ? null : at;
  };
  const lineEnd = (): number => {
    let at = caret;
    while (at < end() && held.code(at) !== NEWLINE) at += 1;
    return at;
  };
  const target = (by: Move): number | null => {
    switch (by) {
      case 'left':
        return caret > base ? caret - 1 : null;
      case 'right':
        return caret < end() ? caret + 1 : whole ? caret : null;
      case 'word-left':
        return wordBefore();
      case 'word-right':
        return lastWordAfter();
      case 'home':
        return lineStart();
      case 'end': {
        const at = lineEnd();
        const start = lineStart();
        return at === caret || (start !== null && at - start <= ONE_LINE) ? at : null;
      }
      default:
        return null;
    }
  };

  const move = (by: Move, select: boolean, time: number): Effect => {
    const start = anchor === null ? caret : Math.min(anchor, caret);
    const stop = anchor === null ? caret : Math.max(anchor, caret);
    if (all || vague) {
      // Behind a word that toolkits end differently, only the end of the one line is certain.
      const oneLine = vague && by === 'end' && !select && !hasNewline();
      if (!oneLine) {
        if (select) return revoke(time);
        cut(time);
        return 'done';
      }
      vague = false;
      caret = end();
      anchor = null;
      return 'done';
    }
    if (!select && anchor !== null && (by === 'left' || by === 'right')) {
      caret = by === 'left' ? start : stop;
      anchor = null;
      return 'done';
    }
    const to = target(by);
    if (to === null) {
      if (select) return revoke(time);
      // Inside the stretch still, only not known where.
      if (by === 'word-right' && caret < end()) {
        vague = true;
        anchor = null;
      } else cut(time);
      return 'done';
    }
    anchor = select ? (anchor ?? caret) : null;
    caret = to;
    return 'done';
  };
  const hasNewline = (): boolean => {
    for (let at = base; at < end(); at += 1) if (held.code(at) === NEWLINE) return true;
    return false;
  };

  const erase = (edit: Extract<Edit, { kind: 'backspace' | 'delete' }>, time: number): Effect => {
    if (unselect()) return 'done';
    if (vague) return revoke(time);
    if (edit.kind === 'delete') {
      if (caret === end()) return 'done';
      const to = edit.word ? lastWordAfter() : caret + 1;
      if (to === null) return revoke(time);
      held.remove(caret, to);
      return 'done';
    }
    if (caret === base) {
      if (whole) return 'done';
      held.insert(caret, BREAK, time);
      base += 1;
      caret += 1;
      return 'done';
    }
    const from = edit.word ? wordBefore() : caret - 1;
    if (from === null) return revoke(time);
    held.remove(from, caret);
    caret = from;
    return 'done';
  };

  const type = (code: number, time: number): Effect => {
    unselect();
    if (vague) cut(time);
    if (!held.insert(caret, code, time)) return 'full';
    caret += 1;
    return 'done';
  };

  return {
    type,
    cut,
    apply(edit, time) {
      switch (edit.kind) {
        case 'newline':
          return type(NEWLINE, time);
        case 'backspace':
        case 'delete':
          return erase(edit, time);
        case 'move':
          return move(edit.by, edit.select, time);
        case 'select-all':
          all = true;
          anchor = null;
          return 'done';
        case 'cut':
          if (!unselect()) cut(time);
          return 'done';
        case 'paste':
          unselect();
          cut(time);
          return 'done';
        case 'lost':
          cut(time);
          return 'done';
        case 'revoked':
          return revoke(time);
        default:
          return 'done';
      }
    },
    moved(count) {
      base = Math.max(0, base - count);
      caret = Math.max(base, caret - count);
      if (anchor !== null) anchor = Math.max(base, anchor - count);
      // What left can be edited no more, and where its lines began is forgotten.
      if (count > 0 && base === 0) fresh = whole = false;
    },
    reset() {
      begin(true);
    },
    at: () => caret,
    busyFrom: () => (vague || all ? base : Math.min(caret, anchor ?? caret)),
  };
}
