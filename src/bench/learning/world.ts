import type { Event } from '../../model/event.ts';
import { contentWords, topicOf } from '../../model/topic.ts';
import type { Proposal } from '../../model/proposal.ts';
import { createRandom, type Random } from '../random.ts';
import { drawScene, type Scene } from './scenes.ts';

/** A candidate at a moment, and what people at large would make of it. */
export interface Candidate {
  readonly proposal: Proposal;
  /** Log-odds that somebody without any taste of their own accepts it. */
  readonly worth: number;
}

/** One moment of a simulated day. */
export interface Moment {
  /** Epoch milliseconds of its end. */
  readonly at: number;
  readonly events: readonly Event[];
  readonly app: string;
  readonly candidates: readonly Candidate[];
  /** 0 to 1, drawn once: whoever lives this day flips the same coin. */
  readonly coin: number;
  /** The same of whether the person looks at all, and of whether a missed need is told. */
  readonly looks: number;
  readonly presses: number;
}

/** Working days, oldest first. */
export type World = readonly (readonly Moment[])[];

/** Share of tasks that annotators accepted over all (JUDGEMENT.md). */
const USUAL = 0.36;
/** How much one moment differs from its like, in log-odds: the labels of one situation vary as much. */
const SPREAD = 0.8;
const MINUTE = 60_000;
/** From 9 in the morning, local time, one moment in so many minutes. */
const BEGINS = 9;
const EVERY = 20;

/**
 * Draws days of work. What a candidate is worth follows from how often people accepted its situation and its kind, as far as
 * they are independent, and from chance; the program under test has no part in it. Same seed, same days.
 */
export function drawWorld(seed: number, days: number, moments: number): World {
  const random = createRandom(seed);
  let serial = 0;
  const nextId = () => {
    serial += 1;
    const tail = (seed * 100_000 + serial).toString(16).padStart(12, '0').slice(-12);
    return `01900000-0000-7000-8000-${tail}`;
  };
  return Array.from({ length: days }, (_, day) => {
    const morning = new Date(2026, 2, 2 + day, BEGINS).getTime();
    return Array.from({ length: moments }, (_, at) =>
      momentOf(drawScene(random), morning + at * EVERY * MINUTE, random, nextId),
    );
  });
}

function momentOf(scene: Scene, begins: number, random: Random, nextId: () => string): Moment {
  let at = begins;
  const events = scene.happenings.map(({ app, lasts, what }) => {
    const event = { id: nextId(), at, duration: lasts, ...(app && { app }), ...what } as Event;
    at += lasts;
    return event;
  });
  const here = normal(random);
  const candidates = scene.offers.map((offer): Candidate => {
    const worth =
      odds(scene.usual) + odds(offer.usual) - odds(USUAL) + SPREAD * (here + normal(random)) * Math.SQRT1_2;
    return {
      worth,
      proposal: {
        task: offer.task,
        message: `Shall I? ${offer.task}`,
        why: offer.why,
        ...(offer.operation && { operation: offer.operation }),
        // Its own proposer in front, so that the two offers of one moment are two topics.
        topic: topicOf(`${offer.proposer} ${contentWords(offer.task).join(' ')}`),
        proposer: offer.proposer,
        lifetime: 10 * MINUTE,
      },
    };
  });
  const app = scene.happenings.findLast((each) => each.app)!.app!;
  return { at, events, app, candidates, coin: random(), looks: random(), presses: random() };
}

const odds = (share: number) => Math.log(share / (1 - share));

/** Box and Muller's transform: a standard normal number. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
