import { appFacts } from '../model/app.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { type Renamed, schemeOf } from '../model/scheme.ts';
import { aboutTask, allQuoted, dayOf, list, newest, same, timeOf } from './answerLines.ts';
import { aboutBreak, aboutCopies, aboutOptions, aboutPages, aboutTable, aboutWork } from './gathered.ts';
import { type Step, stepsOf } from './seen.ts';

/** An answer without a model, by what made the suggestion; a proposer not named here gets the plain one. */
const ANSWERS: Readonly<
  Record<string, (suggestion: Suggestion, steps: readonly Step[]) => readonly string[]>
> = {
  'pattern:error': aboutError,
  'pattern:error-returns': aboutError,
  'pattern:install-failed': aboutError,
  'pattern:version-changes': aboutError,
  'pattern:repeated-search': aboutSearch,
  'pattern:example-for-work': aboutSearch,
  'pattern:subject-searches': aboutSearch,
  'pattern:concept-again': aboutSearch,
  'pattern:back-to-results': aboutSearch,
  'pattern:sheet-formula': aboutSearch,
  'pattern:pages-on-subject': aboutPages,
  'pattern:article-from-search': aboutPages,
  'pattern:tutorial-steps': aboutPages,
  'pattern:manual-example': aboutPages,
  'pattern:manual-revisited': aboutPages,
  'pattern:compare-options': aboutOptions,
  'pattern:two-sources': aboutOptions,
  'pattern:sources-to-cite': aboutCopies,
  'pattern:table-as-text': aboutTable,
  'pattern:back-from-break': aboutBreak,
  'pattern:mail-draft': aboutWork,
  'pattern:open-question': aboutWork,
  'pattern:same-text-again': aboutWork,
  'pattern:stuck-in-file': aboutWork,
  'pattern:todo-left': aboutWork,
  'pattern:new-file': aboutWork,
  'pattern:long-text': aboutWork,
  'pattern:meeting-notes': aboutWork,
  'pattern:failing-tests': aboutWork,
  'pattern:data-into-code': aboutWork,
  'pattern:merge-conflict': aboutWork,
  'pattern:renamed': aboutRenames,
  'pattern:long-document': aboutDocument,
  'pattern:writing-from-source': aboutSource,
};

/** What a model writes that no gathering can, by proposer. */
const ADDS: Readonly<Record<string, string>> = {
  'pattern:error': 'explain the cause and write the fix',
  'pattern:error-returns': 'name the other causes and how to check each',
  'pattern:install-failed': 'explain the cause and write the fix',
  'pattern:version-changes': 'say which change causes it and how to adapt',
  'pattern:renamed': 'follow schemes that no plain rule explains',
  'pattern:long-document': 'write the outline',
  'pattern:writing-from-source': 'put the passages into points of its own',
  'pattern:example-for-work': 'write the example',
  'pattern:subject-searches': 'write the sheet of examples',
  'pattern:concept-again': 'explain it in plain words',
  'pattern:sheet-formula': 'write the formula',
  'pattern:compare-options': 'write the comparison',
  'pattern:two-sources': 'write the comparison',
  'pattern:tutorial-steps': 'write the steps out',
  'pattern:table-as-text': 'mend rows that do not fit',
};

/** What a larger model would add to such an answer, in words that follow "would". */
export function modelAdds(suggestion: Suggestion): string {
  return ADDS[suggestion.proposal.proposer] ?? 'write this for you';
}

/**
 * An answer without a model: what the user's own last steps say about the task, and nothing else of them. Plain text
 * in short paragraphs; it claims nothing that was not seen.
 */
export function answerFromEvidence(suggestion: Suggestion): string {
  const steps = stepsOf(suggestion.seen);
  const answer = (ANSWERS[suggestion.proposal.proposer] ?? aboutTopic)(suggestion, steps);
  return (answer.length > 0 ? answer : aboutTopic(suggestion, steps)).join('\n\n');
}

/** The address of a web search, as text for the user to follow; nothing opens it by itself. */
function searchLink(words: string): string {
  return `https://duckduckgo.com/?q=${encodeURIComponent(words.toWellFormed().slice(0, 300)).replaceAll('%20', '+')}`;
}

function aboutError(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const about = aboutTask(suggestion);
  const errors = newest(steps.filter((step) => step.error && about(step.error)).map((step) => step.error!));
  const error = errors[0];
  if (!error) return [];
  const from = steps.find((step) => step.error && about(step.error));
  const before = steps.slice(0, steps.indexOf(from!)).findLast((step) => step.work ?? step.file);
  const file = before?.work ?? before?.file?.name;
  const since = steps.slice(steps.indexOf(from!));
  return [
    `The error\n${error}`,
    ...list('Where it came from', [
      ...(from ? [`${placeOf(from)}, ${timeOf(from)}`] : []),
      ...(file ? [`You had just worked on ${file}`] : []),
    ]),
    ...list(
      'Pages you opened about it',
      newest(since.flatMap((step) => (step.page && about(step.page) ? [step.page] : []))),
    ),
    ...list('Look it up', [searchLink(error)]),
  ];
}

function aboutSearch(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const about = aboutTask(suggestion);
  const asked = steps.filter((step) => step.query && about(step.query));
  const queries = newest(asked.map((step) => step.query!));
  if (queries.length === 0) return [];
  const since = steps.slice(steps.indexOf(asked[0]!));
  return [
    ...list('What you searched for', queries),
    ...list(
      'Pages you opened since',
      newest(since.flatMap((step) => (step.page && about(step.page) ? [step.page] : []))),
    ),
    ...list('Search with all your words', [searchLink([...new Set(queries.join(' ').split(' '))].join(' '))]),
  ];
}

const line = ({ from, to }: Renamed) => `${from} → ${to}`;

function aboutRenames(_: Suggestion, steps: readonly Step[]): readonly string[] {
  const last = steps.findLast((step) => step.renamed)?.renamed;
  if (!last) return [];
  const here = steps.flatMap(({ renamed }) => (renamed && renamed.folder === last.folder ? [renamed] : []));
  // The rule may begin later than the first rename seen.
  const renames = here.findIndex((_, at) => schemeOf(here.slice(at), []) !== null);
  const series = renames < 0 ? here : here.slice(renames);
  const gone = new Set(here.flatMap(({ from, to }) => [from, to]));
  const waiting = new Set<string>();
  for (const { file } of steps) {
    if (!file || file.folder !== last.folder || gone.has(file.name)) continue;
    if (file.action.toLowerCase() === 'deleted') waiting.delete(file.name);
    else waiting.add(file.name);
  }
  const scheme = schemeOf(series, [...waiting]);
  const guessed = scheme?.next.some((each) => each.guessed) ?? false;
  return [
    ...(scheme ? [`The scheme\n${scheme.words}`] : []),
    ...list(guessed ? 'Next, if the files count on' : 'Next', scheme?.next.map(line) ?? [], 8),
    ...list('Done so far', series.slice(-3).map(line)),
  ];
}

function aboutDocument(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const title = allQuoted(suggestion.proposal.task)[0] ?? suggestion.proposal.task;
  const about = same(title);
  const stays = steps.filter((step) => step.page && about(step.page));
  const first = stays[0];
  const copied = newest(
    steps.flatMap((step) => (step.copied && step.front && about(step.front) ? [step.copied] : [])),
  );
  const searched = newest(steps.slice(first ? steps.indexOf(first) : 0).flatMap((step) => step.query ?? []));
  return [
    `${title}\n${suggestion.proposal.why}${first ? `, opened at ${timeOf(first)}` : ''}.`,
    ...list('What you copied from it', copied.toReversed()),
    ...list('What you searched for meanwhile', searched),
    ...(copied.length === 0
      ? ['Its text was never read: only the title and your time on it are known.']
      : []),
  ];
}

function aboutSource(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const [source, into] = allQuoted(suggestion.proposal.task);
  if (!source) return [];
  const about = same(source);
  const copied = newest(
    steps.flatMap((step) => (step.copied && step.front && about(step.front) ? [step.copied] : [])),
  );
  return [
    `${source}\n${suggestion.proposal.why}.`,
    ...(copied.length > 0
      ? list('What you copied from it', copied.toReversed())
      : ['Nothing was copied from it yet: copy a passage, and it can be collected here.']),
    ...list('A line to cite it', [`${source}, read ${dayOf(suggestion.at)}`]),
    ...(into ? list('You are writing', [into]) : []),
  ];
}

function aboutTopic(suggestion: Suggestion, steps: readonly Step[]): readonly string[] {
  const { task, why } = suggestion.proposal;
  const about = aboutTask(suggestion);
  const pick = (of: (step: Step) => string | undefined) =>
    newest(steps.flatMap((step) => (of(step) && about(of(step)!) ? [of(step)!] : [])));
  const errors = pick((step) => step.error);
  const queries = pick((step) => step.query);
  const pages = pick((step) => step.page);
  const known = errors.length + queries.length + pages.length > 0;
  const words = [...new Set([...errors.slice(0, 1), ...queries.slice(0, 1)])];
  return [
    `${task}\n${why}`,
    ...list('The error', errors),
    ...list('What you searched for', queries),
    ...list('What you had open', pages),
    ...(known
      ? []
      : list(
          'Your last steps',
          steps.slice(-3).map((step) => step.observation.event),
        )),
    ...list('Look it up', (words.length > 0 ? words : [task]).map(searchLink)),
  ];
}

function placeOf({ observation, query, copied }: Step): string {
  const app = observation.app ? ` in ${appFacts(observation.app).name}` : '';
  return copied ? `Copied${app}` : query ? `Searched for${app}` : `Seen${app}`;
}
