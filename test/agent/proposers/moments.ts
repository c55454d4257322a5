import { describe, expect, it } from 'vitest';
import type { Event, KeyboardEvent } from '../../../src/model/event.ts';
import type { Observation } from '../../../src/model/observation.ts';
import type { Proposer } from '../../../src/model/agent.ts';
import { contextOf, sentence, testProposer, type Evident } from '../../suites/proposer.ts';
import { copy, front, NINE, rename, typing } from '../day.ts';

/** A page in the browser. */
export const web = (seconds: number, title: string): Event =>
  front(seconds, 'firefox', `${title} — Mozilla Firefox`);

/** Results of a web search. */
export const search = (seconds: number, query: string): Event => web(seconds, `${query} - Google Search`);

/** A file in the code editor. */
export const code = (seconds: number, file: string): Event =>
  front(seconds, 'code', `${file} - cellar - Visual Studio Code`);

/** A document in an office program. */
export const office = (seconds: number, file: string): Event =>
  front(seconds, 'libreoffice-writer', `${file} — LibreOffice Writer`);

/** A terminal with this title. */
export const terminal = (seconds: number, title: string): Event => front(seconds, 'xterm', title);

/** Keys with everything that is known of them. */
export function keys(seconds: number, app: string, data: Partial<KeyboardEvent['data']>): Event {
  const bare = typing(seconds, app, data.words ?? 0) as KeyboardEvent;
  return { ...bare, data: { ...bare.data, ...data } };
}

/** A file event. */
export function file(
  seconds: number,
  action: 'created' | 'modified' | 'deleted',
  name: string,
  folder = 'cellar',
  size = 900,
): Event {
  const event = rename(seconds, folder, name, name);
  return {
    ...event,
    kind: 'file',
    data: { action, name, folder, type: name.split('.').at(-1)!, size, binary: false },
  };
}

/** A sentence, so many seconds after nine. */
export const said = (seconds: number, text: string): Observation => sentence(NINE + seconds * 1000, text);

/** A moment of a live day on which a pattern must speak; `names` stands in its task. */
export function live(what: string, names: string, seconds: number, events: readonly Event[]): Evident {
  return { what, names, now: NINE + seconds * 1000, events, observations: [] };
}

/** The same for a day in sentences. */
export function told(
  what: string,
  names: string,
  seconds: number,
  observations: readonly Observation[],
): Evident {
  return { what: `${what} (sentences)`, names, now: NINE + seconds * 1000, events: [], observations };
}

/** An hour on which no pattern has anything to say. */
const DULL = [
  {
    events: [
      front(0, 'Thunar', 'Documents - File Manager'),
      web(20, 'New Tab'),
      search(40, 'bakery open sunday'),
      web(70, 'Opening hours'),
      keys(80, 'mousepad', { words: 9 }),
      copy(95, 'mousepad', 'two loaves, one lemon'),
      front(110, 'spotify', 'Spotify Premium'),
      front(150, 'Element', 'Ines | Element'),
    ],
    observations: [],
  },
];

/** What every pattern keeps, the moments it speaks on, and those that look alike but lack its evidence. */
export function testPattern(
  create: () => Proposer,
  moments: {
    readonly speaks: readonly Evident[];
    /** What is missing, the second at which is looked, and what happened. */
    readonly silent: readonly (readonly [string, number, readonly Event[]])[];
  },
): void {
  const { name } = create();
  testProposer(name, create, moments.speaks, DULL);

  describe(`${name} near its evidence`, () => {
    it.each(moments.silent)('is silent: %s', async (_, seconds, events) => {
      const context = contextOf({ now: NINE + seconds * 1000, events });
      expect(await create().propose(context, new AbortController().signal)).toEqual([]);
    });

    it('says why with what was seen, and takes a life and a topic', async () => {
      for (const { now, events, observations } of moments.speaks) {
        const context = contextOf({ now, events, observations });
        const [made] = await create().propose(context, new AbortController().signal);
        expect(made!.why.length).toBeGreaterThan(15);
        expect(made!.topic).not.toBe('nothing');
        expect(made!.message).toMatch(/\?$/);
        expect(made!.lifetime).toBeGreaterThanOrEqual(120_000);
      }
    });
  });
}
