/**
 * The words of a text as the full-text index sees them: runs of letters and digits, without case and accents
 * (SQLite FTS5, tokenizer unicode61 with remove_diacritics 2).
 */
export function wordsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [])
    .map((word) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())
    .filter((word) => word !== '');
}

/** An FTS5 expression: every word must occur, as the start of a word. Null when there is no word to look for. */
export function matchOf(text: string): string | null {
  const words = wordsOf(text);
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ');
}

/** The same search without an index. */
export function matches(sentence: string, text: string): boolean {
  const words = wordsOf(text);
  const there = wordsOf(sentence);
  return words.length > 0 && words.every((word) => there.some((each) => each.startsWith(word)));
}
