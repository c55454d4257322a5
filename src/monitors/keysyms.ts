import x11 from 'x11';

/** A keysym is a number for what a key means under the layout (X11/keysymdef.h). Those that edit or move. */
export const KEYSYM = {
  backspace: 0xff08,
  tab: 0xff09,
  backTab: 0xfe20,
  enter: 0xff0d,
  escape: 0xff1b,
  compose: 0xff20,
  home: 0xff50,
  left: 0xff51,
  right: 0xff53,
  end: 0xff57,
  insert: 0xff63,
  delete: 0xffff,
} as const;

/** Keys of the number pad that mean the same as one of the main block. */
const PAD: Readonly<Record<number, number>> = {
  0xff8d: KEYSYM.enter,
  0xff89: KEYSYM.tab,
  0xff95: KEYSYM.home,
  0xff96: KEYSYM.left,
  0xff98: KEYSYM.right,
  0xff9c: KEYSYM.end,
  0xff9e: KEYSYM.insert,
  0xff9f: KEYSYM.delete,
};

/** The main block's keysym for one of the number pad; any other as it is. */
export const plainKeysym = (keysym: number): number => PAD[keysym] ?? keysym;

/** Characters of the number pad: what Num Lock makes of it, and its operators. */
const PAD_CHARACTERS: Readonly<Record<number, string>> = {
  0xff80: ' ',
  0xffaa: '*',
  0xffab: '+',
  0xffac: ',',
  0xffad: '-',
  0xffae: '.',
  0xffaf: '/',
  0xffbd: '=',
};

/** Keysyms older than Unicode (Latin 2 ff., Cyrillic, Greek ...), by the table that the X package ships. */
let older: ReadonlyMap<number, string> | null = null;
function olderCharacter(keysym: number): string | null {
  older ??= new Map(
    Object.values(x11.keySyms).flatMap(({ code, description }) => {
      const character = /^\((.)\) /u.exec(description ?? '')?.[1];
      return character ? [[code, character] as const] : [];
    }),
  );
  return older.get(keysym) ?? null;
}

/** The character of a keysym (X11 protocol, appendix A); null for one that types none by itself. */
export function characterOf(keysym: number): string | null {
  if ((keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff))
    return String.fromCharCode(keysym);
  // Unicode keysyms: U+0100 to U+10FFFF plus 0x1000000.
  if (keysym >= 0x1000100 && keysym <= 0x110ffff) return String.fromCodePoint(keysym - 0x1000000);
  if (keysym >= 0xffb0 && keysym <= 0xffb9) return String(keysym - 0xffb0);
  return PAD_CHARACTERS[keysym] ?? (keysym > 0xff && keysym < 0xfe00 ? olderCharacter(keysym) : null);
}

/** A modifier or a lock: it changes what other keys mean and nothing else. */
export function isModifier(keysym: number): boolean {
  return (
    (keysym >= 0xffe1 && keysym <= 0xffee) ||
    (keysym >= 0xfe01 && keysym <= 0xfe13) ||
    keysym === 0xff7e ||
    keysym === 0xff7f
  );
}

/** Loudness, brightness, playing: keys of the machine that no text field sees (XF86keysym.h). */
export function isMachineKey(keysym: number): boolean {
  return keysym >= 0x1008ff01 && keysym <= 0x1008ffff;
}
