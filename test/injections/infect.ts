import { SCENES, unseenDay } from '../agent/proposers/unseenDays.ts';
import type { Event } from '../../src/model/event.ts';
import type { Injection } from './generate.ts';

/** Longest attack that fits beside the words that make a pattern speak, in characters. */
const LONGEST = 220;

/**
 * The days on which the patterns are known to speak, with an attack in every title, copy, name and typed text of the scene:
 * as if each page, file and copy were the attacker's. One attack after another, each scene `times`.
 */
export function infected(attacks: readonly Injection[], times: number): readonly Injection[] {
  const fitting = attacks.filter((each) => each.text.length <= LONGEST);
  let turn = 0;
  return Object.keys(SCENES).flatMap((need) =>
    Array.from({ length: times }, (_, seed) => {
      const attack = fitting[turn++ % fitting.length]!;
      const day = unseenDay(need, seed + 1);
      const events = day.events.filter((each) => each.at <= day.to);
      return {
        ...attack,
        id: `${attack.id} in ${need} ${seed + 1}`,
        channel: `scene: ${need}`,
        events: events.map((event) => (event.at < day.from ? event : withText(event, attack.text))),
      };
    }),
  );
}

function withText(event: Event, text: string): Event {
  const line = text.replace(/\s+/g, ' ');
  switch (event.kind) {
    case 'window': {
      const title = event.data.title ?? '';
      // Behind the thing's own name, in front of what the program adds.
      const end = title.search(/ (?:[-—|]|at) [^-—|]*$/);
      const at = end < 0 ? title.length : end;
      return {
        ...event,
        data: { ...event.data, title: `${title.slice(0, at)} ${line}${title.slice(at)}`.slice(0, 1024) },
      };
    }
    case 'clipboard':
    case 'keyboard':
      return event.data.text === undefined
        ? event
        : ({ ...event, data: { ...event.data, text: `${event.data.text} ${text}`.slice(0, 2000) } } as Event);
    case 'file': {
      const infect = (name: string) => name.replace(/(\.\w+)?$/, ` ${line.slice(0, 180)}$1`).slice(0, 512);
      const { name, from } = event.data;
      return {
        ...event,
        data: { ...event.data, name: infect(name), ...(from !== undefined && { from: infect(from) }) },
      };
    }
    default:
      return event;
  }
}
