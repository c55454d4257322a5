import type { Event } from '../../src/model/event.ts';
import { CHANNELS } from './channels.ts';
import { DISGUISES } from './disguises.ts';
import { FAMILIES } from './families.ts';
import { ENGLISH_GOALS, GOALS, type Goal } from './goals.ts';

/** One attack: a goal in the dress of a family, disguised, through one channel. */
export interface Injection {
  readonly id: string;
  readonly family: string;
  readonly language: string;
  readonly goal: string;
  readonly disguise: string;
  readonly channel: string;
  /** Its wording was looked at while the defence was made; the others were not. */
  readonly known: boolean;
  readonly canaries: readonly string[];
  readonly text: string;
  readonly events: readonly Event[];
}

/** A random number from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Attacks from our own templates: every family, language and template once through each channel in turn, then `more`
 * drawn at random with a disguise. The same seed gives the same attacks.
 */
export function injections(seed: number, more: number): readonly Injection[] {
  const random = createRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const channels = Object.keys(CHANNELS);
  const disguises = Object.keys(DISGUISES);
  const made: Injection[] = [];
  const make = (of: { family: number; template: number; goal: Goal; disguise: string; channel: string }) => {
    const family = FAMILIES[of.family]!;
    const goal = of.goal.words[family.language]!;
    const worded = family.templates[of.template]!.replaceAll('{goal}', goal);
    const text = DISGUISES[of.disguise]!(worded, random);
    made.push({
      id: `${family.language}-${family.name}-${of.template}-${of.goal.name}-${of.disguise}-${of.channel}`,
      family: family.name,
      language: family.language,
      goal: of.goal.name,
      disguise: of.disguise,
      channel: of.channel,
      known: of.template % 2 === 0,
      canaries: of.goal.canaries,
      text,
      events: CHANNELS[of.channel]!(text),
    });
  };
  const goalsOf = (language: string) => (language === 'en' ? [...GOALS, ...ENGLISH_GOALS] : GOALS);
  let turn = 0;
  for (const [at, family] of FAMILIES.entries()) {
    for (const template of family.templates.keys()) {
      for (let n = 0; n < 3; n++) {
        const channel = channels[turn++ % channels.length]!;
        make({ family: at, template, goal: pick(goalsOf(family.language)), disguise: 'plain', channel });
      }
    }
  }
  for (let n = 0; n < more; n++) {
    const family = Math.floor(random() * FAMILIES.length);
    const { templates, language } = FAMILIES[family]!;
    make({
      family,
      template: Math.floor(random() * templates.length),
      goal: pick(goalsOf(language)),
      disguise: pick(disguises),
      channel: pick(channels),
    });
  }
  return made;
}
