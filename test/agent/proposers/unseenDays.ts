import { createRandom } from '../../../src/bench/random.ts';
import type { Event } from '../../../src/model/event.ts';
import { idle, writeDay, type DayWriter } from './dayWriter.ts';
import { DESK_SCENES } from './deskScenes.ts';
import { WEB_SCENES } from './webScenes.ts';
import { WORK_SCENES } from './workScenes.ts';

/** What somebody does on a day, and nothing on how it would be noticed. */
export type Scene = (day: DayWriter) => void;

/**
 * What people do when they could be helped, by the need. Written from the list and the table of what people
 * accepted, before any of the patterns that are tried on them.
 */
export const SCENES: Readonly<Record<string, Scene>> = { ...WEB_SCENES, ...WORK_SCENES, ...DESK_SCENES };

/** A day with one such scene in it. `from` and `to` are its first and last moment, epoch milliseconds. */
export interface UnseenDay {
  readonly events: readonly Event[];
  readonly from: number;
  readonly to: number;
}

/** One scene in the middle of things that ask for nothing, the same for the same seed. */
export function unseenDay(need: string, seed: number): UnseenDay {
  // Whole numbers of 32 bits: larger ones would round the seed away.
  const named = [...need].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt(0)!) >>> 0, 7);
  const day = writeDay(createRandom((Math.imul(seed, 7919) + named) >>> 0));
  for (let left = day.between(3, 9); left > 0; left -= 1) idle(day);
  const from = day.now();
  SCENES[need]!(day);
  const to = day.now();
  day.pass(60, 240);
  for (let left = day.between(2, 5); left > 0; left -= 1) idle(day);
  return { events: day.events, from, to };
}

/** A day on which nobody needs anything. */
export function dullDay(seed: number): readonly Event[] {
  const day = writeDay(createRandom(seed * 104_729 + 13));
  for (let left = day.between(20, 40); left > 0; left -= 1) {
    idle(day);
    if (day.chance(0.1)) day.away(day.between(4, 12));
    if (day.chance(0.15))
      day.search(day.one(['bakery open sunday', 'cinema times', 'post office', 'metro map']));
    if (day.chance(0.15)) {
      day.file(day.one(['letter to Ada.odt', 'list.md', 'todo.txt']));
      day.type(day.between(8, 40), { chords: day.chance(0.4) ? ['save'] : [] });
    }
    if (day.chance(0.1)) day.copy(day.one(['Rue des Lilas 12', 'see you at eight', '4471']));
  }
  return day.events;
}
