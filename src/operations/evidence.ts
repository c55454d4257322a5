import type { Observation } from '../model/observation.ts';
import type { Suggestion } from '../model/suggestion.ts';

/** Lines of one kind at most: an answer is read in a glance. */
const MOST = 5;

/** The word must stand before any quote: a file may be called 'search.ts'. */
const QUERY = /^[^'"‘“]*\b(?:search\w*|results)\b[^'"‘“]{0,60}['"‘“](.{1,200}?)['"’”](?=[\s.,;:]|$)/i;
const ERROR =
  /\b(?:\w*error|\w*exception|traceback|failed|failure|fatal|panic(?:ked)?|cannot|undefined|not found|denied)\b/i;
const QUOTED = /['"‘“](.{4,300}?)['"’”](?=[\s.,;:]|$)/;
/** A text copied whole ends its sentence, whatever quotes it holds itself. */
const COPIED = /:\s['"‘“](.{4,400})['"’”]\.?$/;
const READ = /\b(?:reads?|reading|views?|viewing|visits?|visited|opens?|opened)\b[^'"‘“]*['"‘“]/i;

/** What a window of observations holds that an answer can be made of, newest first, each once. */
export interface Evidence {
  readonly queries: readonly string[];
  /** Texts of errors that were on screen, copied or searched. */
  readonly errors: readonly string[];
  /** Sentences about pages and documents that were open. */
  readonly pages: readonly string[];
}

const some = (found: ReadonlySet<string>) => [...found].slice(0, MOST);

/** Picks the evidence out of observations by their wording; pure, never throws. */
export function evidenceOf(observations: readonly Observation[]): Evidence {
  const queries = new Set<string>();
  const errors = new Set<string>();
  const pages = new Set<string>();
  for (const { event } of observations.toReversed()) {
    const query = QUERY.exec(event)?.[1]?.trim();
    const quoted = (COPIED.exec(event) ?? QUOTED.exec(event))?.[1]?.trim();
    if (query) queries.add(query);
    if (ERROR.test(event)) errors.add(quoted && ERROR.test(quoted) ? quoted : (query ?? event));
    else if (!query && READ.test(event)) pages.add(event);
  }
  return { queries: some(queries), errors: some(errors), pages: some(pages) };
}

/** The address of a web search, as text for the user to follow; nothing opens it by itself. */
export function searchLink(words: string): string {
  return `https://duckduckgo.com/?q=${encodeURIComponent(words.toWellFormed().slice(0, 300))}`;
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [`${title}\n${lines.map((line) => `- ${line}`).join('\n')}`] : [];
}

/**
 * An answer without a model: what the user's own last steps say about the task, and where to look further.
 * Plain text in short paragraphs; it claims nothing that was not seen.
 */
export function answerFromEvidence(suggestion: Suggestion): string {
  const { proposal, seen } = suggestion;
  const { queries, errors, pages } = evidenceOf(seen);
  const last = seen.slice(-3).map((each) => each.event);
  const known = queries.length + errors.length + pages.length > 0;
  const words = [...new Set([...errors.slice(0, 1), ...queries.slice(0, 2)])];
  return [
    `${proposal.task}\n${proposal.why}`,
    ...list('The error', errors),
    ...list('What you searched for', queries),
    ...list('What you had open', pages),
    ...(known ? [] : list('Your last steps', last)),
    ...list('Look it up', (words.length > 0 ? words : [proposal.task]).map(searchLink)),
  ].join('\n\n');
}
