/** What kinds of characters a text has: one pass, so that most finders need not look at all. */
export interface Traits {
  /** Letters beyond ASCII: words of other languages may stand in it. */
  readonly foreign: boolean;
  /** Characters that `plainView` makes plain. */
  readonly disguised: boolean;
  readonly digits: number;
  /** The most digits in a row that single blanks, dots, dashes and brackets may part. */
  readonly number: number;
  readonly at: boolean;
  readonly slash: boolean;
  /** `! # $ % ^ & * ? + ~` */
  readonly marks: boolean;
  readonly blanks: number;
  readonly lines: boolean;
  /** The longest run of letters, digits and the marks that tokens have in them. */
  readonly word: number;
  /** Where such runs of 12 and more begin and end, in turn. */
  readonly words: readonly number[];
}

/** Shorter words have no token in them that its shape would give away. */
const LONG = 12;

const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;
const JOIN = 3;
const BLANK = 4;
const MARK = 5;

/** Class of each ASCII character; letters, digits and `_+-=/.~:` make up words, and so do `$ % *`, which are marks too. */
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) return DIGIT;
  if (/[A-Za-z]/.test(character)) return LETTER;
  if (/[_+\-=/.~:]/.test(character)) return JOIN;
  if (/\s/.test(character)) return BLANK;
  return /[!#$%^&*?]/.test(character) ? MARK : OTHER;
});

/** One pass over the text. */
export function traitsOf(text: string): Traits {
  let foreign = false;
  let disguised = false;
  let digits = 0;
  let number = 0;
  let inNumber = 0;
  let gap = 0;
  let at = false;
  let slash = false;
  let marks = false;
  let blanks = 0;
  let lines = false;
  let word = 0;
  let inWord = 0;
  const words: number[] = [];
  const end = (index: number): void => {
    if (inWord >= LONG) words.push(index - inWord, index);
    inWord = 0;
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127) {
      if (code >= 0xc0 && (code < 0x2000 || code > 0x206f)) foreign = true;
      disguised ||= isDisguised(code);
      end(index);
      gap += 1;
      continue;
    }
    const kind = classes[code]!;
    if (kind === DIGIT) {
      digits += 1;
      inNumber = gap > 3 ? 1 : inNumber + 1;
      gap = 0;
      if (inNumber > number) number = inNumber;
      inWord += 1;
    } else {
      gap += kind === LETTER ? 4 : 1;
      if (kind === LETTER || kind === JOIN || code === 36 || code === 37 || code === 42) inWord += 1;
      else end(index);
      if (kind === BLANK) {
        blanks += 1;
        if (code === 10) lines = true;
      } else if (kind === MARK || code === 43 || code === 126) marks = true;
      if (code === 64) at = true;
      else if (code === 47 || code === 92) slash = true;
    }
    if (inWord > word) word = inWord;
  }
  end(text.length);
  return { foreign, disguised, digits, number, at, slash, marks, blanks, lines, word, words };
}

/** Blocks of compatibility forms, digits of other scripts, odd blanks and dashes; halves of what lies beyond 65,535. */
function isDisguised(code: number): boolean {
  if (code < 0x2000)
    return code === 0xa0 || (code >= 0x2b0 && code < 0x300) || (code >= 0x660 && code < 0xe5a);
  if (code < 0x2030) return code <= 0x200a || (code >= 0x2010 && code <= 0x2015) || code === 0x202f;
  if (code < 0x3001) return code === 0x205f || (code >= 0x2070 && code < 0x2500) || code === 0x3000;
  return code >= 0xfe50 || code === 0xd835;
}
