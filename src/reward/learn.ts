import type { FitFigures } from '../model/learned.ts';
import { sigmoid } from '../model/sigmoid.ts';
import { fitFigures, type Told } from './fitFigures.ts';
import { fitTaste, type FittedTaste, NO_TASTE, type RatedOffer } from './taste.ts';

/** One answer of this user, ready to learn from. `logit` is what the shipped weights say. */
export interface Lesson extends RatedOffer {
  /** Epoch milliseconds of the answer. */
  readonly at: number;
  /**
   * The person chose the moment itself ("I needed help here"): learnt from, but no fair test of anything, since there is no
   * such key for a moment where nothing was needed.
   */
  readonly ownAccord?: boolean;
}

/** How the learner, the shipped weights and the more frequent answer do on answers that each had not seen. */
export interface HeldBack {
  readonly here: FitFigures;
  readonly shipped: FitFigures;
  readonly majority: FitFigures;
}

/** What learning came to. `refused` says in one sentence why nothing is to change. */
export interface Learnt {
  readonly taste: FittedTaste;
  /** Lessons that it learnt from. */
  readonly lessons: number;
  readonly figures?: HeldBack;
  readonly refused?: string;
}

/** Fewer answers than these are not learnt from. */
export const LEAST_LESSONS = 5;
/** The newest are learnt from: people change, and a fit stays a matter of milliseconds. */
export const MOST_LESSONS = 1000;
/** Times that the learner is tried on what came next. */
const TRIALS = 10;

/**
 * Learns one user's taste, and tries on the user's own answers whether that is worth anything: the answers in their order of
 * time are cut into stretches, and each is foretold from those before it, as in use (prequential, Dawid, "The prequential
 * approach", J. R. Statist. Soc. A 147, 1984). Refused unless the log loss is lower than that of the shipped weights and the
 * accuracy is not. `breathe` is awaited between fits, so that a program stays awake. Deterministic.
 */
export async function learn(
  answers: readonly Lesson[],
  options: { readonly version: string; readonly breathe?: () => Promise<void> },
): Promise<Learnt> {
  const breathe = options.breathe ?? (() => Promise.resolve());
  // One score that is no number would make every bias one too.
  const lessons = answers
    .filter(({ logit }) => Number.isFinite(logit))
    .toSorted((a, b) => a.at - b.at)
    .slice(-MOST_LESSONS);
  if (lessons.length < LEAST_LESSONS) {
    return {
      taste: NO_TASTE,
      lessons: lessons.length,
      refused: `${count(lessons.length)} too few to learn from: ${LEAST_LESSONS} are wanted.`,
    };
  }
  const figures = await heldBack(lessons, breathe);
  await breathe();
  const taste = fitTaste(fading(lessons), { version: options.version });
  const refused = refusal(figures);
  return { taste, lessons: lessons.length, figures, ...(refused && { refused }) };
}

/** What each says of answers that it had not seen; whole stretches of time, the first fifth is only learnt from. */
export async function heldBack(
  lessons: readonly Lesson[],
  breathe: () => Promise<void> = () => Promise.resolve(),
): Promise<HeldBack> {
  const here: Told[] = [];
  const shipped: Told[] = [];
  const majority: Told[] = [];
  const first = Math.max(2, Math.floor(lessons.length / 5));
  const step = Math.max(1, Math.ceil((lessons.length - first) / TRIALS));
  for (let from = first; from < lessons.length; from += step) {
    const before = lessons.slice(0, from);
    const taste = fitTaste(fading(before));
    const accepted = before.filter((each) => each.accepted).length;
    // Laplace's rule: never certain after a few.
    const usual = (accepted + 1) / (before.length + 2);
    for (const lesson of lessons.slice(from, from + step)) {
      if (lesson.ownAccord) continue;
      const { logit, kind, app } = lesson;
      here.push({ said: sigmoid(logit + taste.bias(kind, app)), accepted: lesson.accepted });
      shipped.push({ said: sigmoid(logit), accepted: lesson.accepted });
      majority.push({ said: usual, accepted: lesson.accepted });
    }
    await breathe();
  }
  return { here: fitFigures(here), shipped: fitFigures(shipped), majority: fitFigures(majority) };
}

/**
 * An answer counts half as much as one that came so many answers later. Chosen on simulated users of other seeds than those
 * that are reported: 30 loses what a steady user taught, 120 keeps to who somebody was.
 */
const HALF_LIFE = 60;

/** People change: the newest answers count most. */
function fading(lessons: readonly Lesson[]): readonly Lesson[] {
  return lessons.map((lesson, at) => ({
    ...lesson,
    weight: (lesson.weight ?? 1) * 0.5 ** ((lessons.length - 1 - at) / HALF_LIFE),
  }));
}

function refusal({ here, shipped }: HeldBack): string | undefined {
  if (here.logLoss === null || shipped.logLoss === null) {
    return 'None of your answers could be held back to test what was learnt, so nothing changes.';
  }
  const tested = `on ${here.answers} of your answers that it had not seen`;
  if (here.logLoss >= shipped.logLoss) {
    return `What was learnt foretells no better than the shipped model ${tested} (log loss ${three(here.logLoss)}, shipped ${three(shipped.logLoss)}), so nothing changes.`;
  }
  if (here.accuracy! < shipped.accuracy!) {
    return `What was learnt is right less often than the shipped model ${tested} (${percent(here.accuracy!)}, shipped ${percent(shipped.accuracy!)}), so nothing changes.`;
  }
  return undefined;
}

const three = (value: number) => value.toFixed(3);
const percent = (value: number) => `${Math.round(100 * value)} %`;
const count = (n: number) => (n === 1 ? 'One answer is' : `${n === 0 ? 'No' : n} answers are`);
