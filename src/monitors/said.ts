import type { Guard } from '../model/guard.ts';
import type { Clock } from '../model/ports.ts';
import { kindsOf, looksChosen, secrecy } from './secretTalk.ts';
import type { Loss } from './sift.ts';

/** A redacted piece of typed text, ready to be an event. */
export interface Typed {
  readonly app: string;
  /** At most 2,000 characters. */
  readonly text: string;
  /** Time of its first character, and milliseconds to its last. */
  readonly at: number;
  readonly duration: number;
}

/** Why typed text was dropped, beside what sifting says. */
export type TypingLoss =
  | Loss
  | 'the focus moved'
  | 'taken back'
  | 'held too long'
  | 'too much at once'
  | 'part of a secret';

/** Redacted text that has been kept is looked at again for this long, together with what follows it. */
const REMEMBERED_MS = 600_000;
/** And for this many characters. */
const REMEMBERED = 600;
/** Characters of one event. */
const MOST = 2000;

/**
 * The last step of typed text: redaction together with what was kept before it, so that a secret whose first half was
 * harmless is still seen. Only redacted text is remembered.
 */
export interface Said {
  /** Redacts and keeps. False when it completed a secret: then what was kept of it is taken back, and nothing more is. */
  say(typed: Typed): boolean;
}

interface Piece {
  readonly event: string;
  readonly text: string;
  readonly at: number;
}

/** Creates one with nothing said. */
export function createSaid(options: {
  readonly clock: Clock;
  readonly guard: Pick<Guard, 'redact'>;
  readonly keep: (typed: Typed) => string;
  readonly retract: (event: string) => void;
  readonly lose: (loss: TypingLoss) => void;
}): Said {
  const { clock, guard } = options;
  let pieces: readonly Piece[] = [];

  const forgetOld = () => {
    const now = clock.now();
    let room = REMEMBERED;
    pieces = pieces
      .toReversed()
      .filter((piece) => {
        room -= piece.text.length;
        return room > -MOST && Math.abs(now - piece.at) <= REMEMBERED_MS;
      })
      .toReversed();
  };

  /** Takes back every piece that redaction now reads differently. */
  const takeBack = (before: string, after: string) => {
    let same = 0;
    while (same < before.length && before[same] === after[same]) same += 1;
    let at = 0;
    const left: Piece[] = [];
    for (const piece of pieces) {
      at += piece.text.length;
      if (at <= same) left.push(piece);
      else options.retract(piece.event);
    }
    pieces = left;
  };

  return {
    say(typed) {
      forgetOld();
      const before = pieces.map((piece) => piece.text).join('');
      const { text } = guard.redact(before + typed.text, 'keyboard');
      if (!text.startsWith(before)) {
        takeBack(before, text);
        options.lose('part of a secret');
        return false;
      }
      const kept = alone(text.slice(before.length), guard).trim();
      if (kept === '') return true;
      for (const part of parts(kept)) {
        const event = options.keep({ ...typed, text: part });
        pieces = [...pieces, { event, text: `${part} `, at: clock.now() }];
      }
      return true;
    },
  };
}

/** Some rules know a secret only where nothing stands around it: so each line is looked at alone, and each odd word. */
function alone(text: string, guard: Pick<Guard, 'redact'>): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : guard.redact(line, 'keyboard').text))
    .map((line) =>
      line.replace(/\[[A-Z]{2,12}(?:_\d{1,4})?\]|[^\s[\]]{6,}/gu, (word) => {
        if (word.startsWith('[')) return word;
        // In a sentence about keys and codes, what looks like one is left out whatever redaction makes of it.
        if (secrecy(line) > 0 && (looksChosen(word) || /\d{4}/.test(word))) return '…';
        if (nobodyTypes(word)) return '…';
        return word.length >= 8 && kindsOf(word) >= 3 ? guard.redact(word, 'keyboard').text : word;
      }),
    )
    .join('\n');
}

/** A long word of letters and digits has no meaning that is worth the risk. */
function nobodyTypes(word: string): boolean {
  return word.length >= 16 && /\p{L}/u.test(word) && (word.match(/\d/g) ?? []).length >= 4;
}

/** Pieces of at most `MOST` characters, cut between words; a word that is longer than that is none. */
function parts(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > MOST) {
    const space = rest.lastIndexOf(' ', MOST);
    const cut = space > 0 ? space : MOST;
    found.push(rest.slice(0, cut));
    rest = space > 0 ? rest.slice(cut + 1) : '';
  }
  return rest === '' ? found : [...found, rest];
}
