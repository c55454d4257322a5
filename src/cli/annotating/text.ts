/**
 * Text of a trace made harmless for a terminal: control characters (and with them every escape sequence), marks that
 * turn the direction of writing and line ends become a space or vanish.
 */
export function plain(text: string): string {
  return text
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Co}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '');
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Scripts and pictures that take two columns (Unicode's East Asian Width W and F, coarsely). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f|[\u{20000}-\u{3fffd}]/u;

/** Columns that one letter takes: 0 for what only joins to others, 2 for wide ones. */
function columnsOf(letter: string): number {
  if (WIDE.test(letter)) return 2;
  return /^[\p{M}\p{Cf}]+$/u.test(letter) ? 0 : 1;
}

/** Columns that a text takes on a terminal. */
export function width(text: string): number {
  let total = 0;
  for (const { segment } of letters.segment(text)) total += columnsOf(segment);
  return total;
}

/** The text on one line of at most `columns`, with an ellipsis where it was cut. */
export function clip(text: string, columns: number): string {
  if (cut(text, columns).length === text.length) return text;
  return `${cut(text, Math.max(0, columns - 1))}…`;
}

/** The text as lines of at most `columns`, broken at spaces where that goes. */
export function wrap(text: string, columns: number): string[] {
  const most = Math.max(1, columns);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= most) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    // Looks at no more than a line at a time: a text without spaces would else be measured again for each.
    for (let head = cut(line, most); head.length < line.length; head = cut(line, most)) {
      const taken = head || [...line][0]!;
      lines.push(taken);
      line = line.slice(taken.length);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

function cut(text: string, columns: number): string {
  let kept = '';
  let used = 0;
  for (const { segment } of letters.segment(text)) {
    used += columnsOf(segment);
    if (used > columns) break;
    kept += segment;
  }
  return kept;
}
