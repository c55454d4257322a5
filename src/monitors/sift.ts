import { BREAK } from './caret.ts';
import { GAP } from './heldText.ts';
import { announces, isOrdinary, looksChosen, secrecy } from './secretTalk.ts';

/** Why a piece of typed text was not kept. Shown to the person; says nothing of the text. */
export type Loss =
  | 'unfinished typing'
  | 'talk of a secret'
  | 'looks like a password'
  | 'rest of a broken sentence';

/** What of a typed text may go on to redaction now. */
export interface Sifted {
  /** To be redacted and kept; '' for nothing. */
  readonly text: string;
  /** Characters (code points) that are done with, kept or not. The rest waits. */
  readonly used: number;
  /**
   * How many ends of sentences must pass until text is kept again: 0; 1 when what comes next continues something that was
   * not kept; 2 when that talked of a secret, so that its rest may only announce it.
   */
  readonly broken: number;
  readonly losses: readonly Loss[];
}

/** How a stretch of text ends. `open`: it may go on with the next key. */
type End = 'line' | 'sentence' | 'gap' | 'break' | 'open';
interface Clause {
  readonly words: string;
  readonly end: End;
  /** Code points, with what ends it. */
  readonly length: number;
}

const GAP_MARK = String.fromCodePoint(GAP);
const BREAK_MARK = String.fromCodePoint(BREAK);
/** A word this short may be kept when nobody finishes it: too short to be a piece of a secret that counts. */
const SHORT = 5;
/** Digits that make a line of its own a code. */
const LONE_DIGITS = 4;

/**
 * Chooses what of typed text is whole. A word counts when both its ends are known; a sentence that talks of secrets
 * counts only when it is finished, or not at all; what follows something that was dropped is dropped up to the end of
 * that sentence, because the first half of a secret may have gone that way.
 *
 *     I will be there and bring the pape|           kept: "I will be there and bring the"; "pape" waits
 *     see you at 9 and bring |                      kept: "see you at"; the number waits for the end of the sentence
 *     my password is |                              nothing, and nothing up to the end of the line
 *
 * `last`: nothing more will come, as the focus is elsewhere; the end is then a gap.
 */
export function sift(text: string, broken: number, last: boolean): Sifted {
  const kept: string[] = [];
  const losses = new Set<Loss>();
  let toPass = broken;
  let used = 0;

  const keep = (words: string, end: End) => {
    const plain = words.replace(/[^\S\n]+/g, ' ').trim();
    if (plain) kept.push(plain, end === 'line' ? '\n' : ' ');
  };
  const lose = (loss: Loss) => void losses.add(loss);

  const whole = (clause: Clause) => {
    const level = secrecy(clause.words);
    toPass = level > 0 && announces(clause.words) ? 1 : 0;
    if (level === 2) lose('talk of a secret');
    else if (isLonePassword(clause.words)) lose('looks like a password');
    else keep(clause.words, clause.end);
  };
  /** Ended in the middle: its last word may have gone on where nobody saw it. */
  const halved = (clause: Clause) => {
    const { front, rest } = split(clause.words);
    const level = secrecy(clause.words);
    if (level > 0) toPass = 2;
    else toPass = clause.end === 'break' || rest.trim() !== '' ? 1 : 0;
    if (level > 0) lose('talk of a secret');
    else {
      if (rest.trim() !== '') lose('unfinished typing');
      keep(front, clause.end);
    }
  };
  /** May go on: gives how much of it is done with. */
  const open = (clause: Clause): number => {
    if (secrecy(clause.words) > 0) return 0;
    const { front } = split(clause.words);
    keep(front, clause.end);
    return [...front].length;
  };

  for (const each of clauses(text)) {
    const clause: Clause = last && each.end === 'open' ? { ...each, end: 'gap' } : each;
    if (toPass > 0) {
      if (clause.words.trim() !== '') lose('rest of a broken sentence');
      const ended = clause.end === 'line' || clause.end === 'sentence';
      // A list of codes goes on line by line.
      const listed = isLonePassword(clause.words) || /^\s*\d+[.)]\s/u.test(clause.words);
      if (ended && !listed && !announces(clause.words)) toPass -= 1;
      used += clause.length;
    } else if (clause.end === 'open') used += open(clause);
    else {
      if (clause.end === 'line' || clause.end === 'sentence') whole(clause);
      else halved(clause);
      used += clause.length;
    }
  }
  return { text: kept.join('').trim(), used, broken: toPass, losses: [...losses] };
}

/** Whether words that nobody finished are harmless by themselves: one short word of letters, and nothing more. */
export function isShortWord(text: string): boolean {
  const word = text.trim();
  return word.length <= SHORT && /^\p{L}*$/u.test(word);
}

/**
 * Front of whole ordinary words; the rest begins with the first word that could be a piece of a secret, or is the
 * unfinished last one. What a number is may be said behind it: it leaves with its whole sentence only.
 */
function split(words: string): { readonly front: string; readonly rest: string } {
  const last = words.search(/\S*$/u);
  let cut = last;
  for (const { 0: word, index } of words.slice(0, last).matchAll(/\S+/gu)) {
    if (isOrdinary(word)) continue;
    cut = index;
    break;
  }
  return { front: words.slice(0, cut), rest: words.slice(cut) };
}

/** Words that look chosen, or a number, and nothing else: a password in the wrong field, a code, a line of a key. */
function isLonePassword(words: string): boolean {
  const parts = words.trim().split(/\s+/u);
  if (parts.some((each) => /^\p{L}{2,}[,;.!?]?$/u.test(each))) return false;
  return parts.some(looksChosen) || (words.match(/\d/g) ?? []).length >= LONE_DIGITS;
}

function clauses(text: string): Clause[] {
  const found: Clause[] = [];
  let words = '';
  let length = 0;
  const close = (end: End) => {
    found.push({ words, end, length });
    words = '';
    length = 0;
  };
  for (const character of text) {
    length += 1;
    if (character === '\n') close('line');
    else if (character === GAP_MARK) close('gap');
    else if (character === BREAK_MARK) close('break');
    else {
      const ends = /\s/u.test(character) && /\p{L}{2}[.!?…]["'”’»)]?$/u.test(words);
      words += character;
      if (ends) close('sentence');
    }
  }
  if (length > 0) close('open');
  return found;
}
