import { contentWords } from '../../../model/topic.ts';
import type { Evidence } from '../evidence.ts';
import type { Stay } from '../stays.ts';

/** What sort of page a title tells of. The first that fits counts. */
const SORTS = {
  changes:
    /\b(?:release notes?|changelog|what'?s new|migration guide|breaking changes|upgrad(?:e|ing) (?:guide|to|from))\b/i,
  thread:
    /\b(?:stack ?overflow|stack exchange|super user|server fault|ask ubuntu|quora|reddit|discourse)\b|(?:^|\s):\s?r\/\w+|\bforum\b|\bthread\b|csdn|知乎/i,
  tutorial:
    /\b(?:tutorial|getting started|get started|walkthrough|step[- ]by[- ]step|quick ?start|how to|your first|beginner'?s guide)\b|教程|入门/i,
  manual:
    /\b(?:documentation|docs|api|reference|manual|mdn|readme|man page|javadoc|cppreference)\b|\bDoc(?:s)?$/i,
} as const;

/** Sort of a page by its title; `article` is any other that has a few words. */
export type PageSort = keyof typeof SORTS | 'article' | 'other';

/** Sort of a page by its title. */
export function sortOf(title: string): PageSort {
  // A page that a sentence did not name is called by its sort, then by the search for it.
  const named = title.replace(/^(the [\w ]{1,20}) found for .*/, '$1');
  for (const [sort, pattern] of Object.entries(SORTS) as [keyof typeof SORTS, RegExp][])
    if (pattern.test(named)) return sort;
  return contentWords(title).length >= 3 ? 'article' : 'other';
}

/** A page in front with the search that led to it. */
export interface FromSearch {
  readonly page: Stay & { readonly page: string };
  readonly query: string;
  /** Milliseconds it has been in front. */
  readonly ms: number;
}

/** Further back a search did not lead to the page in front. */
const LED_MS = 1_200_000;

/** The page in front, where a search led to it: it was opened from the results, or shares words with the query. */
export function pageFromSearch({ stays, now }: Evidence): FromSearch | null {
  const page = stays.at(-1);
  if (!page?.page) return null;
  const before = stays.findLast((stay) => stay.query !== undefined && page.at - stay.at <= LED_MS);
  if (!before?.query) return null;
  const next = stays[stays.indexOf(before) + 1] === page;
  const words = new Set(contentWords(before.query));
  const shares = contentWords(page.page).some((word) => words.has(word));
  if (!next && !shares) return null;
  return { page: { ...page, page: page.page }, query: before.query, ms: now - page.at };
}
