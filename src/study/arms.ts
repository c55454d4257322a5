import { createHash } from 'node:crypto';
import type { StudyArm, StudyFile } from '../model/study.ts';

const DAY = 86_400_000;

/**
 * The arm of a participant at a time (epoch milliseconds, taken in local time); null where a study has none.
 *
 * Permuted blocks (as in randomised trials): the arms, each as often as its weight, are one block of k; every block is
 * shuffled by the seed, so that after each whole block every arm was had exactly as often as its weight.
 *
 *     participant  the number at the end of the id counts: p-01 … p-0k are one block, over all participants;
 *                  an id without a number is dealt by hash, balanced only on the average
 *     day          local days since 1970, k to a block, each participant shuffled apart
 *     moment       `minutes` of the local day, k to a block, shuffled anew each day
 */
export function armAt(file: Pick<StudyFile, 'arms'>, participant: string, at: number): StudyArm | null {
  const { arms } = file;
  if (!arms) return null;
  const deck = arms.of.flatMap((arm) => Array.from({ length: arm.weight }, () => arm));
  const local = new Date(at);
  const day = Math.floor(Date.UTC(local.getFullYear(), local.getMonth(), local.getDate()) / DAY);
  const deal = (turn: number, ...key: readonly (string | number)[]) => {
    const block = Math.floor(turn / deck.length);
    return shuffled(deck, JSON.stringify([arms.seed, arms.by, ...key, block]))[turn % deck.length]!;
  };
  switch (arms.by) {
    case 'participant': {
      const number = /\d{1,9}$/.exec(participant)?.[0];
      if (number !== undefined) return deal(Number(number), participant.slice(0, -number.length));
      return deck[draw(JSON.stringify([arms.seed, participant]), 0) % deck.length]!;
    }
    case 'day':
      return deal(day, participant);
    case 'moment':
      return deal(Math.floor((local.getHours() * 60 + local.getMinutes()) / arms.minutes), participant, day);
  }
}

/** Fisher and Yates, with numbers from a hash of the key: the same on every machine. */
function shuffled<T>(list: readonly T[], key: string): T[] {
  const cards = [...list];
  for (let at = cards.length - 1; at > 0; at--) {
    const other = draw(key, at) % (at + 1);
    [cards[at], cards[other]] = [cards[other]!, cards[at]!];
  }
  return cards;
}

/** 48 bits: what their remainder by at most 64 favours is below one in 2^41. */
function draw(key: string, at: number): number {
  return createHash('sha256').update(`${key}:${at}`).digest().readUIntBE(0, 6);
}
