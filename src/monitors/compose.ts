import { characterOf, KEYSYM } from './keysyms.ts';

/** Combining character of each dead key (keysymdef.h, 0xfe50 ff.), and what it is alone. */
const DEAD: Readonly<Record<number, readonly [mark: string, alone: string]>> = {
  0xfe50: ['\u0300', '`'],
  0xfe51: ['\u0301', '´'],
  0xfe52: ['\u0302', '^'],
  0xfe53: ['\u0303', '~'],
  0xfe54: ['\u0304', '¯'],
  0xfe55: ['\u0306', '˘'],
  0xfe56: ['\u0307', '˙'],
  0xfe57: ['\u0308', '¨'],
  0xfe58: ['\u030a', '°'],
  0xfe59: ['\u030b', '˝'],
  0xfe5a: ['\u030c', 'ˇ'],
  0xfe5b: ['\u0327', '¸'],
  0xfe5c: ['\u0328', '˛'],
  0xfe60: ['\u0323', ''],
  0xfe61: ['\u0309', ''],
  0xfe62: ['\u031b', ''],
};

/** What `Compose` and two keys make besides accents, in either order where nothing else is meant. */
const PAIRS: Readonly<Record<string, string>> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  'o/': 'ø',
  '/o': 'ø',
  'O/': 'Ø',
  '/O': 'Ø',
  oa: 'å',
  aa: 'å',
  AA: 'Å',
  'l/': 'ł',
  '/l': 'ł',
  'L/': 'Ł',
  '/L': 'Ł',
  'd-': 'đ',
  '!!': '¡',
  '??': '¿',
  '<<': '«',
  '>>': '»',
  '=e': '€',
  'e=': '€',
  'E=': '€',
  '=E': '€',
  '=C': '€',
  'C=': '€',
  '-L': '£',
  'L-': '£',
  '=Y': '¥',
  'Y=': '¥',
  oc: '©',
  co: '©',
  or: '®',
  ro: '®',
  '12': '½',
  '14': '¼',
  '34': '¾',
  '..': '…',
  xx: '×',
  ':-': '÷',
  '-:': '÷',
  oo: '°',
  '^2': '²',
  '^3': '³',
  '+-': '±',
  mu: 'µ',
  so: '§',
};
/** Keys that stand for an accent in a Compose sequence. */
const ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '-': '\u0304',
  '.': '\u0307',
  '"': '\u0308',
  '*': '\u030a',
  o: '\u030a',
  c: '\u030c',
  ',': '\u0327',
  ';': '\u0328',
};

/** Text of a key; '' while a sequence is under way; null when nobody can tell what the field got. */
export interface Composer {
  press(keysym: number): string | null;
  /** True while a sequence is under way. */
  open(): boolean;
  /** Forgets a sequence that is under way. */
  reset(): void;
}

const accented = (letter: string, mark: string): string | null => {
  const composed = (letter + mark).normalize('NFC');
  return [...composed].length === 1 ? composed : null;
};

/** Dead keys and the common Latin sequences of the Compose key, as toolkits resolve them themselves. */
export function createComposer(): Composer {
  let dead = 0;
  /** Characters after Compose; null when none is under way. */
  let keys: string | null = null;

  const afterDead = (keysym: number): string | null => {
    const [mark, alone] = DEAD[dead] ?? ['', ''];
    const same = keysym === dead;
    dead = 0;
    const character = characterOf(keysym);
    if (same || character === ' ') return alone || null;
    return character === null ? null : accented(character, mark);
  };

  const afterCompose = (keysym: number): string | null => {
    const character = DEAD[keysym]?.[1] || characterOf(keysym);
    const [first, second] = [keys ?? '', character];
    keys = null;
    if (!second) return null;
    if (first === '') {
      keys = second;
      return '';
    }
    const mark = ACCENTS[first];
    const swapped = ACCENTS[second];
    return (
      PAIRS[first + second] ??
      (mark ? accented(second, mark) : null) ??
      (swapped ? accented(first, swapped) : null)
    );
  };

  return {
    press(keysym) {
      if (keys !== null) return afterCompose(keysym);
      if (dead) return afterDead(keysym);
      if (keysym === KEYSYM.compose) {
        keys = '';
        return '';
      }
      if (DEAD[keysym]) {
        dead = keysym;
        return '';
      }
      return characterOf(keysym);
    },
    open: () => dead !== 0 || keys !== null,
    reset() {
      dead = 0;
      keys = null;
    },
  };
}
