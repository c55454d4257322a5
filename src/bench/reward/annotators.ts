import { z } from 'zod';
import { fitTaste, type RatedOffer } from '../../reward/taste.ts';
import { logit } from '../../reward/score.ts';
import { traceBootstrap } from '../bootstrap.ts';
import { aucOf } from '../metrics.ts';
import { createRandom, type Random } from '../random.ts';
import type { JudgedOffer, OfferFold } from './offers.ts';

const fraction = z.number().min(0).max(1);
const ci = z.record(z.string(), z.tuple([z.number(), z.number()]));

/** How well one person's yes is foretold, before and after learning one bias from answers of that person. */
export const AnnotatorRow = z.object({
  name: z.string(),
  people: z.number().int(),
  /** Votes foretold; none of them was learnt from. */
  votes: z.number().int(),
  before: z.object({ accuracy: fraction, auc: fraction }),
  after: z.object({ accuracy: fraction, auc: fraction }),
  ci,
});
export type AnnotatorRow = z.infer<typeof AnnotatorRow>;

/** What is accepted by single people where a fifth of the events shows a task and only what was shown is answered. */
export const ShownRow = z.object({
  people: z.number().int(),
  events: z.number().int(),
  frozen: z.object({ shown: z.number().int(), accepted: fraction }),
  learning: z.object({ shown: z.number().int(), accepted: fraction }),
  ci,
});
export type ShownRow = z.infer<typeof ShownRow>;

/** Answers that a person gives before the rest is foretold. */
const FIRST = 5;
/** Times that the first answers are drawn anew. */
const DRAWS = 5;
const VARIANCES = [0.5, 1, 1.5, 2, 3];
const ROUNDS = 300;
const SHOWN = 0.2;

/** One person of a trace, with that person's votes. */
interface Person {
  readonly trace: string;
  readonly offers: readonly { readonly offer: JudgedOffer; readonly yes: boolean }[];
}

/** A vote that was foretold, in log-odds. */
interface Foretold {
  readonly trace: string;
  readonly before: number;
  readonly after: number;
  readonly yes: boolean;
}

/** Which answers a person gives first. */
const LESSONS: Readonly<Record<string, (person: Person, random: Random) => ReadonlySet<JudgedOffer>>> = {
  'five answers': ({ offers }, random) => new Set(drawn(offers, random).map(({ offer }) => offer)),
  'five events answered': ({ offers }, random) => {
    const windows = new Set(drawn([...new Set(offers.map(({ offer }) => offer.window))], random));
    return new Set(offers.flatMap(({ offer }) => (windows.has(offer.window) ? [offer] : [])));
  },
};

/** The prior variance of a fold, chosen on the people of its training traces by the log loss after five answers. */
export function chooseVariance({ train }: Pick<OfferFold, 'train'>, seed: number): number {
  const people = peopleOf(train);
  const loss = (variance: number) =>
    mean(
      foretell(people, LESSONS['five answers']!, () => variance, seed).map(({ after, yes }) =>
        Math.log1p(Math.exp(yes ? -after : after)),
      ),
    );
  return VARIANCES.map((variance) => ({ variance, loss: loss(variance) })).reduce((a, b) =>
    b.loss < a.loss ? b : a,
  ).variance;
}

/** The table of single people; `variances` by trace. */
export function annotatorRows(
  offers: readonly JudgedOffer[],
  variances: ReadonlyMap<string, number>,
  seed: number,
): readonly AnnotatorRow[] {
  const people = peopleOf(offers);
  const rows = Object.entries(LESSONS).map(([name, lessons]) => ({
    name,
    said: foretell(people, lessons, (trace) => variances.get(trace)!, seed),
  }));
  const before = { name: 'all earlier events answered', said: earlier(people, variances) };
  return [...rows, before].map(({ name, said }) => {
    const { accuracy, auc, accuracyBefore, aucBefore } = figures(said);
    const drawing = { seed, rounds: ROUNDS };
    return {
      name,
      people: people.length,
      votes: said.length,
      before: { accuracy: accuracyBefore, auc: aucBefore ?? 0.5 },
      after: { accuracy, auc: auc ?? 0.5 },
      ci: pairs(traceBootstrap(said, figures, drawing)),
    };
  });
}

/** One person after the other answers what was shown; the threshold is that at which a fifth of all events shows something. */
export function shownRow(
  offers: readonly JudgedOffer[],
  variances: ReadonlyMap<string, number>,
  seed: number,
): ShownRow {
  const people = peopleOf(offers);
  const at = (learns: boolean) => {
    let [low, high] = [-6, 6];
    for (let step = 0; step < 30; step += 1) {
      const middle = (low + high) / 2;
      const run = people.flatMap((person) => live(person, middle, learns, variances.get(person.trace)!));
      if (run.filter(({ shown }) => shown).length > SHOWN * run.length) low = middle;
      else high = middle;
    }
    return people.flatMap((person) => live(person, high, learns, variances.get(person.trace)!));
  };
  const [frozen, learning] = [at(false), at(true)];
  const both = frozen.map((each, n) => ({ trace: each.trace, frozen: each, learning: learning[n]! }));
  const intervals = traceBootstrap(
    both,
    (some) => {
      const [was, is] = [
        accepted(some.map((each) => each.frozen)),
        accepted(some.map((each) => each.learning)),
      ];
      return { frozen: was, learning: is, gain: was === null || is === null ? null : is - was };
    },
    { seed, rounds: ROUNDS },
  );
  return {
    people: people.length,
    events: frozen.length,
    frozen: told(frozen),
    learning: told(learning),
    ci: pairs(intervals),
  };
}

function told(some: readonly Lived[]) {
  return { shown: some.filter(({ shown }) => shown).length, accepted: accepted(some) ?? 0 };
}

function accepted(some: readonly Lived[]): number | null {
  const shown = some.filter((each) => each.shown);
  return shown.length === 0 ? null : mean(shown.map(({ yes }) => Number(yes)));
}

/** One event of one person's day. */
interface Lived {
  readonly trace: string;
  readonly shown: boolean;
  readonly yes: boolean;
}

function live(person: Person, threshold: number, learns: boolean, variance: number): readonly Lived[] {
  const answers: RatedOffer[] = [];
  let bias = 0;
  return eventsOf(person).map((own) => {
    const best = own.reduce((a, b) => (b.offer.score > a.offer.score ? b : a));
    const score = logit(best.offer.score);
    const shown = score + bias >= threshold;
    if (shown && learns) {
      answers.push({ logit: score, accepted: best.yes, kind: 'model' });
      bias = fitTaste(answers, { variance }).learnt.bias;
    }
    return { trace: person.trace, shown, yes: best.yes };
  });
}

function foretell(
  people: readonly Person[],
  lessons: (person: Person, random: Random) => ReadonlySet<JudgedOffer>,
  variance: (trace: string) => number,
  seed: number,
): readonly Foretold[] {
  const random = createRandom(seed);
  return people.flatMap((person) =>
    Array.from({ length: DRAWS }, () => lessons(person, random)).flatMap((known) =>
      after(
        person,
        person.offers.filter(({ offer }) => known.has(offer)),
        person.offers.filter(({ offer }) => !known.has(offer)),
        variance(person.trace),
      ),
    ),
  );
}

/** Every event foretold from all events before it. */
function earlier(people: readonly Person[], variances: ReadonlyMap<string, number>): readonly Foretold[] {
  return people.flatMap((person) => {
    const events = eventsOf(person);
    return events.flatMap((own, at) =>
      after(person, events.slice(0, at).flat(), own, variances.get(person.trace)!),
    );
  });
}

function after(
  { trace }: Person,
  known: Person['offers'],
  rest: Person['offers'],
  variance: number,
): readonly Foretold[] {
  const answers = known.map(({ offer, yes }): RatedOffer => ({
    logit: logit(offer.score),
    accepted: yes,
    kind: 'model',
  }));
  const { bias } = fitTaste(answers, { variance }).learnt;
  return rest.map(({ offer, yes }) => ({
    trace,
    before: logit(offer.score),
    after: logit(offer.score) + bias,
    yes,
  }));
}

/** Everyone who voted, in the order of traces; a person who answered fewer than twice the first is left out. */
function peopleOf(offers: readonly JudgedOffer[]): readonly Person[] {
  return [...Map.groupBy(offers, ({ trace }) => trace)].flatMap(([trace, own]) => {
    const most = Math.max(...own.map(({ votes }) => votes.length));
    return Array.from({ length: most }, (_, at) => ({
      trace,
      offers: own.flatMap((offer) => {
        const yes = offer.votes[at];
        return yes === undefined ? [] : [{ offer, yes }];
      }),
    })).filter((person) => eventsOf(person).length >= 2 * FIRST);
  });
}

function eventsOf({ offers }: Person): readonly Person['offers'][] {
  return [...Map.groupBy(offers, ({ offer }) => offer.window).values()].sort(
    (a, b) => a[0]!.offer.order - b[0]!.offer.order,
  );
}

function drawn<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, FIRST)
    .map(({ item }) => item);
}

function figures(said: readonly Foretold[]) {
  const right = (score: (each: Foretold) => number) =>
    mean(said.map((each) => Number(score(each) >= 0 === each.yes)));
  const auc = (score: (each: Foretold) => number) =>
    aucOf(said.map((each) => ({ needed: each.yes, score: score(each) })));
  return {
    accuracyBefore: right(({ before }) => before),
    accuracy: right((each) => each.after),
    aucBefore: auc(({ before }) => before),
    auc: auc((each) => each.after),
  };
}

function pairs(intervals: Readonly<Record<string, readonly [number, number]>>) {
  return Object.fromEntries(
    Object.entries(intervals).map(([name, [low, high]]): [string, [number, number]] => [name, [low, high]]),
  );
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}
