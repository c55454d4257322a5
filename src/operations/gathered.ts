import type { Suggestion } from '../model/suggestion.ts';
import { aboutTask, allQuoted, dayOf, list, newest, same, timeOf } from './answerLines.ts';
import type { Step } from './seen.ts';

/** Pages in one list at most: as many as a person opens on one subject. */
const MOST_PAGES = 8;
const LAST_STEPS = 5;

/** The pages behind a proposal, what was searched for and what was copied from them. */
export function aboutPages(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const { task, why } = suggestion.proposal;
  const about = aboutTask(suggestion);
  const named = allQuoted(task).map(same);
  const isMeant = (text: string) => about(text) || named.some((each) => each(text));
  const pages = newest(steps.flatMap(({ page }) => (page && isMeant(page) ? [page] : [])));
  if (pages.length === 0) return [];
  const copied = steps.flatMap(({ copied, front }) => (copied && front && isMeant(front) ? [copied] : []));
  return [
    `${task}\n${why}.`,
    ...list('The pages', pages, MOST_PAGES),
    ...list('What you copied from them', newest(copied).toReversed()),
    ...list(
      'What you searched for',
      newest(steps.flatMap(({ query }) => (query && about(query) ? [query] : []))),
    ),
    ...(copied.length === 0 ? ['Their text was never read: only the titles are known.'] : []),
  ];
}

/** For each of two things: what was opened, searched for and copied of it. */
export function aboutOptions(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const [a, b] = allQuoted(suggestion.proposal.task);
  if (!a || !b) return [];
  const of = (name: string) => {
    const about = same(name);
    return newest(
      steps.flatMap(({ page, query, copied, front }) => [
        ...(page && about(page) ? [page] : []),
        ...(query && about(query) ? [`searched: ${query}`] : []),
        ...(copied && front && about(front) ? [`copied: ${copied}`] : []),
      ]),
    );
  };
  return [
    `${a} and ${b}\n${suggestion.proposal.why}.`,
    ...list(`What you saw of ${a}`, of(a)),
    ...list(`What you saw of ${b}`, of(b)),
  ];
}

/** A line to cite for every page that something was copied from, and what it was. */
export function aboutCopies(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const from = steps.filter(({ copied, front }) => copied && front);
  const sources = newest(from.map(({ front }) => front!)).toReversed();
  if (sources.length === 0) return [];
  return [
    ...list(
      'Lines to cite',
      sources.map((source) => `${source}, read ${dayOf(suggestion.at)}`),
      MOST_PAGES,
    ),
    ...sources.flatMap((source) =>
      list(
        `Copied from ${source}`,
        newest(from.flatMap(({ copied, front }) => (front === source ? [copied!] : []))).toReversed(),
      ),
    ),
  ];
}

/** The rows of an instruction, each between bars and parted by a slash, as a Markdown table. */
export function aboutTable({ proposal }: Suggestion): readonly string[] {
  const { operation } = proposal;
  const rows = operation?.kind === 'chat' ? (/: (\| .* \|)$/s.exec(operation.instruction)?.[1] ?? '') : '';
  const [head, ...rest] = rows.split(/(?<=\|) \/ (?=\|)/);
  if (!head) return [];
  const line = head.replace(/[^|]+/g, ' --- ');
  return [[head, line, ...rest].join('\n')];
}

/** What was done last before a break, and what was looked up and saved for it. */
export function aboutBreak(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const left = steps.findLastIndex(({ observation }) => /stepped away/.test(observation.event));
  const before = left < 0 ? steps : steps.slice(0, left);
  const last = before.slice(-LAST_STEPS).map((step) => `${timeOf(step)} ${step.observation.event}`);
  if (last.length === 0) return [];
  return [
    `${allQuoted(suggestion.proposal.task)[0] ?? suggestion.proposal.task}\n${suggestion.proposal.why}.`,
    ...list('Your last steps before the break', last),
    ...list('Saved last', newest(before.flatMap(({ file }) => (file ? [file.name] : []))), 3),
    ...list('Looked up last', newest(before.flatMap(({ query }) => query ?? [])), 3),
  ];
}

/** What is known around a text that only a model can write: its name, and what was copied and looked up meanwhile. */
export function aboutWork(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const { task, why } = suggestion.proposal;
  const copied = newest(steps.flatMap(({ copied: text }) => text ?? []));
  const errors = newest(steps.flatMap(({ error }) => error ?? []));
  return [
    `${task}\n${why}.`,
    ...list('Errors you met', errors, 2),
    ...list('What you copied meanwhile', copied, 3),
    ...list('What you searched for meanwhile', newest(steps.flatMap(({ query }) => query ?? [])), 3),
    ...list(
      'Files you saved',
      newest(steps.flatMap(({ file }) => (file && file.action !== 'deleted' ? [file.name] : []))),
      3,
    ),
  ];
}
