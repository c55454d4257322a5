import { isMachineKey, isModifier, KEYSYM, plainKeysym } from './keysyms.ts';

/** A key as the layout reads it, in the one call in which it may be asked for. */
export interface Press {
  /** What the key means under the layout, its group and its level (X11/keysymdef.h). */
  readonly keysym: number;
  readonly shift: boolean;
  readonly control: boolean;
  /** Alt or Super. */
  readonly other: boolean;
}

/** Directions in which the caret moves inside a text. */
export type Move = 'left' | 'right' | 'word-left' | 'word-right' | 'home' | 'end';

/**
 * What a key does to the text of a field.
 *
 * `lost`: the caret may be anywhere after it. `revoked`: what was typed may have been taken back or replaced as well.
 * `leaving`: the focus may go elsewhere by it.
 */
export type Edit =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'key'; readonly keysym: number }
  | { readonly kind: 'newline'; readonly leaving: true }
  | { readonly kind: 'backspace' | 'delete'; readonly word: boolean }
  | { readonly kind: 'move'; readonly by: Move; readonly select: boolean }
  | { readonly kind: 'select-all' | 'cut' | 'paste' }
  | { readonly kind: 'lost' | 'revoked'; readonly leaving: boolean };

const NOTHING: Edit = { kind: 'nothing' };
const LOST: Edit = { kind: 'lost', leaving: false };
const REVOKED: Edit = { kind: 'revoked', leaving: false };
const LEAVING: Edit = { kind: 'lost', leaving: true };

/** Chords by their Latin letter. Copying changes nothing; after pasting the caret stands behind an unknown text. */
const CHORDS: Readonly<Record<string, Edit>> = {
  a: { kind: 'select-all' },
  c: NOTHING,
  s: NOTHING,
  x: { kind: 'cut' },
  v: { kind: 'paste' },
  z: REVOKED,
  y: REVOKED,
  f: LEAVING,
};

const MOVES: Readonly<Record<number, readonly [plain: Move, word: Move | null]>> = {
  [KEYSYM.left]: ['left', 'word-left'],
  [KEYSYM.right]: ['right', 'word-right'],
  [KEYSYM.home]: ['home', null],
  [KEYSYM.end]: ['end', null],
};

/** What a key does to a text, by the habits that GTK, Qt and browsers share; `lost` where they differ. */
export function editOf(press: Press): Edit {
  const keysym = plainKeysym(press.keysym);
  if (isModifier(keysym) || isMachineKey(keysym)) return NOTHING;
  if (press.other) return LEAVING;
  const move = MOVES[keysym];
  if (move) {
    const by = press.control ? move[1] : move[0];
    if (by) return { kind: 'move', by, select: press.shift };
    return press.shift ? REVOKED : LOST;
  }
  switch (keysym) {
    case KEYSYM.backspace:
      return { kind: 'backspace', word: press.control };
    case KEYSYM.delete:
      return press.shift ? REVOKED : { kind: 'delete', word: press.control };
    // With Control it sends a message or starts a line below: an end of the line either way.
    case KEYSYM.enter:
      return { kind: 'newline', leaving: true };
    case KEYSYM.tab:
      return press.control ? LEAVING : { kind: 'newline', leaving: true };
    case KEYSYM.backTab:
    case KEYSYM.escape:
      return LEAVING;
    case KEYSYM.insert:
      return press.shift ? { kind: 'paste' } : LOST;
    default:
  }
  if (press.control) {
    const letter = keysym >= 0x41 && keysym <= 0x7a ? String.fromCharCode(keysym).toLowerCase() : '';
    if (press.shift) return REVOKED;
    return CHORDS[letter] ?? { kind: 'revoked', leaving: true };
  }
  // Function keys, page keys, arrows up and down, and whatever else is no character.
  const special = keysym >= 0xff00 && keysym <= 0xffff && !(keysym >= 0xff80 && keysym <= 0xffbd);
  if (special && keysym !== KEYSYM.compose) return press.shift ? REVOKED : LEAVING;
  return { kind: 'key', keysym };
}
