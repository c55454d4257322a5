import { titleFacts } from '../model/title.ts';
import type { Quote } from './quotes.ts';
import { clean } from './steps.ts';

/** An address of a page, which names no search. */
export const ADDRESS =
  /^(?:https?:\/\/\S+|[a-z]+:\/\/\S*|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|edu))$/i;

/** A sentence without its quotes says that something is searched for. */
export const ASKS =
  /\bsearch(?:es|ed)\b|\bperform(?:s|ed)? (?:a|another) search\b|\bsearching for\b|\bruns? a search\b|\b(?:types|typed|typing|to type|enters?|entered|entering|inputs?|inputted|inputting)\b[^.]*\b(?:search (?:bar|box|field|page|engine)|address bar|google|bing)\b|\bsearch (?:bar|box|page)\b[^.]*\b(?:types|typed|typing|inputting|enters?)\b/i;

/** Likewise, that results of a search are on screen. */
export const RESULTS = /\bsearch results?\b|\bresults? (?:page|for)\b|\bsearch page\b|\bresults of\b/i;

/** Likewise, that the page to search on is. */
export const SEARCH_PAGE = /\bsearch (?:page|bar|box)\b/i;

const LINKED =
  /\b(?:titled|link|links|tutorial|article|thread|post|tab|file|folder|document|pdf|repository)\s*(?:called|named|to|titled|for|on|about|discussing)?\s*$/i;

/** The query, where a quoted text is the title of a result page. */
export function searchIn(text: string): string | null {
  const facts = titleFacts(text, 'firefox');
  return facts.kind === 'search' ? (facts.query ?? null) : null;
}

/** The query that a sentence quotes or tells; null where it names none. */
export function queryOf(
  sentence: string,
  found: readonly Quote[],
  asks: boolean,
  results: boolean,
): string | null {
  const pages = found.map((each) => searchIn(each.text));
  const page = pages.find((each) => each !== null);
  if (page) return page;
  for (const each of found) {
    if (ADDRESS.test(each.text)) continue;
    if (LINKED.test(each.before)) continue;
    if (/\b(?:search\w*|results?)(?:\s+[\w./]+){0,4}?\s+(?:for|about|on|regarding|of)\s*$/i.test(each.before))
      return each.text;
    if (/\b(?:for|of)\s*$/i.test(each.before) && (asks || results)) return each.text;
    if (asks && /\b(?:types|typed|typing|enters?|entered|entering|inputs?)\s*$/i.test(each.before))
      return each.text;
    if (/^\s*(?:on|in|using) (?:google|bing|duckduckgo)\b|^\s*(?:google |bing )?search/i.test(each.after))
      return each.text;
  }
  if (!asks) return null;
  const bare =
    /\bsearch(?:es|ed)?(?: and reads?)?(?: on \w+)? (?:for|about) ([^,.'"“]+?)(?: on | in |[,.]|$)/i.exec(
      sentence,
    );
  return bare ? clean(bare[1]!) : null;
}
