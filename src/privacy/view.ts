/**
 * A text as rules see it, and where each of its characters stands in the text itself: `map[i]` is the first UTF-16
 * unit of what became character `i`, `map[length]` the end. Without a map both are the same, unit for unit.
 */
export interface View {
  readonly text: string;
  readonly map?: Int32Array;
}

/** Quick: a text with none of these units has no invisible character. */
export const mayBeInvisible =
  /\u034F|[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFA0\uDB40]|[\uFE00-\uFE0F]/;

/** Characters that show nothing: soft hyphens, joiners, direction marks, fillers, tags, and variation selectors where there is nothing to vary. */
export const invisible =
  /\u034F|\u180B|\u180C|\u180D|[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFA0]|\u{E0001}|[\u{E0020}-\u{E007F}]|(?<=[!-~])\p{Variation_Selector}+/gu;

/** What NFKC or the tables below change: full-width, mathematical and circled letters, digits of other scripts, odd spaces and dashes. */
const changing =
  /[\u00A0\u02B0-\u02FF\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u09E6-\u09EF\u2000-\u200A\u2010-\u2015\u202F\u205F\u2070-\u209C\u2100-\u214F\u2212\u2460-\u24FF\u3000\uFE50-\uFE6B\uFF01-\uFF5E]|[\u{1D400}-\u{1D7FF}]/u;
const narrow = /[\u00A0\u2000-\u200A\u2010-\u2015\u202F\u205F\u3000]/g;
const wide = /[\u02B0-\u02FF\u0660-\u0E59\u2070-\u24FF\uFE50-\uFE6B\uFF01-\uFF5E]|[\u{1D400}-\u{1D7FF}]/u;
const digitStarts = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50,
];

/** Compatibility forms made plain, so that `４１１１`, `𝟰𝟭𝟭𝟭` and `4111` are one. */
export function plainView(text: string, disguised: boolean): View {
  if (!disguised || !changing.test(text)) return { text };
  // Dashes and blanks, which many titles have, are one unit each before and after.
  if (!wide.test(text))
    return { text: text.replace(narrow, (each) => (each >= '\u2010' && each <= '\u2015' ? '-' : ' ')) };
  let out = '';
  const map: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = plainOf(character);
    for (let unit = 0; unit < plain.length; unit += 1) map.push(at);
    out += plain;
    at += character.length;
  }
  map.push(text.length);
  return { text: out, map: Int32Array.from(map) };
}

function plainOf(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x80 || !changing.test(character)) return code < 0x80 ? character : (digitOf(code) ?? character);
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return '-';
  return digitOf(code) ?? character.normalize('NFKC');
}

function digitOf(code: number): string | undefined {
  for (const start of digitStarts) if (code >= start && code < start + 10) return String(code - start);
  return undefined;
}

/** `%41` as `A`, where a text has such escapes of letters, digits and marks; UTF-8 beyond ASCII stays. */
export function percentView(view: View): View | undefined {
  if (!/%[2-7][0-9A-Fa-f]/.test(view.text)) return undefined;
  return rewritten(view, /%([2-7][0-9A-Fa-f])/g, (match) =>
    String.fromCharCode(Number.parseInt(match[1]!, 16)),
  );
}

/** Lines that were broken inside a long word joined again: a line end between two runs of letters and digits. */
export function joinedView(view: View): View | undefined {
  // Behind the line end stands a long rest, or a short one that is no word: `c7ee`, `IvG`;
  // or any rest behind a line that is one long word from end to end, as wrapping makes them.
  const broken =
    /(?<=[\w+/=.~$:%-]{7})(?:\\?\r?\n[ \t]{0,12})(?=[\w+/=.~$:%-]{6}|(?=[a-z_-]{0,4}(?:\d|[A-Za-z]?[A-Z]))[\w+/=.~-]{2,5}(?![\w+/=.~-]))|(?<=\n[ \t]{0,12}[\w+/=.~$:%-]{14,100})(?:\\?\r?\n[ \t]{0,12})(?=\w{1,5}(?!\w))/g;
  if (!view.text.includes('\n') || !broken.test(view.text)) return undefined;
  return rewritten(view, broken, () => '');
}

/** The view with every match replaced, mapped back to the text itself. */
function rewritten(view: View, pattern: RegExp, by: (match: RegExpExecArray) => string): View {
  const { text } = view;
  const map: number[] = [];
  let out = '';
  let from = 0;
  const copy = (to: number): void => {
    for (let at = from; at < to; at += 1) map.push(view.map ? view.map[at]! : at);
    out += text.slice(from, to);
  };
  pattern.lastIndex = 0;
  for (const match of text.matchAll(pattern)) {
    copy(match.index);
    const plain = by(match);
    for (let unit = 0; unit < plain.length; unit += 1)
      map.push(view.map ? view.map[match.index]! : match.index);
    out += plain;
    from = match.index + match[0].length;
  }
  copy(text.length);
  map.push(view.map ? view.map[text.length]! : text.length);
  return { text: out, map: Int32Array.from(map) };
}

/** A stretch of a view as a stretch of the text itself. */
export function inText({ map }: View, start: number, end: number): { start: number; end: number } {
  if (!map) return { start, end };
  // Up to where the next character begins, so that escapes and pairs of units are replaced whole.
  return { start: map[start]!, end: map[end]! };
}
