/** What kinds of oddity there are, with what each means; `left out` ones are not in what was read. */
export const ODDITIES = {
  'damaged row': 'no row of reward data could be read here: left out',
  'damaged step': 'no step of a trace could be read here: left out',
  'damaged trace': 'the file breaks off or is no JSON: the whole trace is left out',
  'damaged result': 'no line of committed results could be read here: left out',
  'not a plain file': 'a folder, a pipe or a link out of the data folder: left out',
  'prose time': 'a time in words such as a day and an hour, not Unix seconds',
  'number time': 'a time as a number; usually it is text',
  'unreadable time': 'a time that is neither Unix seconds nor a day and an hour',
  'time goes back': 'an observation is earlier than the one before it',
  'unknown member': 'a member that the format does not have; it is kept',
  'two votes': 'two annotators instead of three',
  'other number of votes': 'neither two nor three annotators',
  'votes tied': 'as many votes for as against; the label decides',
  'label against votes': '`valid` is not what most votes say',
  'category against label': '`category` does not follow from `valid` and whether a task was proposed',
  'category against need': 'a detection without need, a rejection with it, or the other way round',
  'word for silence': 'the word null as text where silence is meant',
  'word None': 'the word None as text; it counts as a proposal, as it is written',
  'row repeated': 'the same row again',
  'window repeated': 'a window that was judged before, with another row',
  'need disagrees': 'rows of one window disagree on `help_needed`; the first counts',
  'test window in train':
    'a window of the test rows stands in the training rows too: the released split leaks',
  'response of another shape': 'the response is no list in a model trace, or no object in an annotated one',
  'response missing': 'a step without a response; it counts as silence',
  'object among tasks': 'an object in the list of tasks; its JSON counts as the task',
  'shapes mixed': 'one model writes its responses in more than one shape',
  'status missing': 'a step without `task_status`',
  'status against need':
    '`task_status` of an annotated step disagrees with `help_needed` of the window that ends there',
  'text repeated': 'a sentence that stood in the same trace before: matching by text alone is ambiguous',
  'trace missing': 'a model lacks a trace that others have',
  'observation differs': "a model's trace does not hold the annotated trace's observations",
} as const;

/** One kind of oddity. */
export type OddityKind = keyof typeof ODDITIES;

/** One place: a file within the folder and a line of it, a step, or nothing more. Never content. */
export interface Place {
  readonly file: string;
  readonly place: string;
}

/** All oddities of a kind: how many, and the first few places. `detail` of a damaged place names field and rule. */
export interface Oddity {
  readonly kind: OddityKind;
  readonly what: string;
  readonly count: number;
  readonly examples: readonly (Place & { readonly detail?: string })[];
}

/** Examples kept of each kind; damaged places are all named, up to a hundred. */
const EXAMPLES = 5;
const DAMAGED = 100;

/** Gathers oddities in little memory, however many there are. */
export interface Oddities {
  add(kind: OddityKind, place: Place, detail?: string): void;
  list(): readonly Oddity[];
}

/** Nothing odd yet. */
export function createOddities(): Oddities {
  const known = new Map<OddityKind, { count: number; examples: Oddity['examples'][number][] }>();
  return {
    add(kind, { file, place }, detail) {
      const entry = known.get(kind) ?? { count: 0, examples: [] };
      known.set(kind, entry);
      entry.count += 1;
      if (entry.examples.length < (isDamage(kind) ? DAMAGED : EXAMPLES))
        entry.examples.push({ file, place, ...(detail !== undefined && { detail }) });
    },
    list: () =>
      (Object.keys(ODDITIES) as OddityKind[]).flatMap((kind) => {
        const entry = known.get(kind);
        return entry ? [{ kind, what: ODDITIES[kind], count: entry.count, examples: entry.examples }] : [];
      }),
  };
}

/** Whether something of this kind was left out of what was read. */
export function isDamage(kind: OddityKind): boolean {
  return kind.startsWith('damaged') || kind === 'not a plain file';
}
