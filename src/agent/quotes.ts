import { clean } from './steps.ts';

/** A text in quotes; an apostrophe within a word, and code that quotes again, end none. */
export const QUOTED =
  /“([^”]+)”|"([^"]+)"|(?<![\p{L}\p{N}])[‘']((?:[^'’]|['’](?=[\p{L}\p{N}])|(?<=[([=]\s?)['’]|['’](?=['’])|['’](?=[)\]]))+)['’]/gu;
/** Names of keys and shortcuts, as raw recordings write them. */
const KEY =
  /^(?:.|enter|return|tab|shift|space|backspace|esc|escape|(?:ctrl|cmd|alt|shift|caps|super)(?:_\w+|\s?\+?\s?\w)?)$/i;
const TYPES = /\b(?:types?|typed|typing|inputs?|inputting|enters?|entered)(?: the text| in)? $/i;

/** A quoted text and the words around it. */
export interface Quote {
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

/** All that a sentence quotes, in order, names of keys among them. */
export function quotes(sentence: string): readonly Quote[] {
  return [...sentence.matchAll(QUOTED)].map((match) => ({
    text: clean(match[1] ?? match[2] ?? match[3] ?? ''),
    before: sentence.slice(Math.max(0, match.index - 60), match.index),
    after: sentence.slice(match.index + match[0].length, match.index + match[0].length + 60),
  }));
}

/** Whether a quoted text only names a key or a shortcut. */
export function isKey(text: string): boolean {
  return KEY.test(text);
}

/** Whether all that was typed are keys and shortcuts: nothing is asked or written then. */
export function onlyKeys(all: readonly Quote[]): boolean {
  const typed = all.filter((each) => TYPES.test(each.before));
  return typed.length > 0 && typed.every((each) => KEY.test(each.text));
}

const TOLD =
  /\b((?:types?|typed|typing|writes?|wrote|writing|inputs?|inputting|input|records?|updates?|completes?|enters?|entered)\b[^.'‘"“]*?)\s+(?:about|on(?! (?:an?|the) (?:new tab|browser|web|access|search))|regarding|related to|involving|mentioning|including|such as)\s[^'‘"“]*?(?=(?: in (?:the|an?|['‘"“]|[A-Z])|\.(?:\s|$)|$))/i;

/**
 * The sentence as a desktop would tell it that keeps no typed text: what was typed is "some words", shortcuts stay.
 * A search stays too, since the title of its results page tells it.
 */
export function withoutTyped(sentence: string): string {
  if (/\bsearch(?:es|ed|ing)?\b/i.test(sentence)) return sentence;
  const bare = sentence.replace(QUOTED, (whole, ...rest) => {
    const at = rest.find((each) => typeof each === 'number') as number;
    const before = sentence.slice(Math.max(0, at - 60), at);
    const text = clean(whole.slice(1, -1));
    return TYPED_BEFORE.test(before) && !KEY.test(text) ? 'some words' : whole;
  });
  return bare.replace(TOLD, '$1');
}

/** What stands before a text that was typed, not only right before it. */
const TYPED_BEFORE =
  /\b(?:types?|typed|typing|inputs?|inputting|input|enters?|entered|writes?)\b(?:(?! in | into | on )[^'‘"“])*$|\bsuch as $/i;
