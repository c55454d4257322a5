import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, Gate } from '../../src/model/agent.ts';
import type { Event } from '../../src/model/event.ts';
import { copy, front, NINE, typing } from '../agent/day.ts';

/** One thing that happens, in both forms. */
export interface Happening {
  readonly event: Event;
  readonly sentence: string;
}

/** Facts at the end of what happened, newest last; `now` in epoch milliseconds. */
export type ReadFacts = (happenings: readonly Happening[], now: number) => readonly Fact[];

const happening = (event: Event, sentence: string): Happening => ({ event, sentence });
const firefox = (seconds: number, title: string, sentence: string) =>
  happening(front(seconds, 'firefox', `${title} — Mozilla Firefox`), sentence);

/** A morning with one of everything that a fact is about. */
const editor = happening(
  front(0, 'code', 'join.py - shop - Visual Studio Code'),
  "The user switched to 'Visual Studio Code', working on the file 'join.py' in the project 'shop'.",
);
const writing = happening(typing(20, 'code', 14), 'The user typed 14 words in Visual Studio Code.');
const asking = firefox(
  60,
  'merge two columns - Google Search',
  "The user searched Google for 'merge two columns' in Firefox.",
);
const page = firefox(
  90,
  'Merging guide for tables',
  "The user is reading 'Merging guide for tables' in Firefox.",
);
const back = firefox(
  100,
  'merge two columns - Google Search',
  "The user searched Google for 'merge two columns' in Firefox.",
);
const copying = happening(
  copy(110, 'firefox', 'left.merge(right)'),
  "The user copied 1 word of text in Firefox: 'left.merge(right)'.",
);
const otherwise = firefox(
  130,
  'merging columns two keys - Google Search',
  "The user searched Google for 'merging columns two keys' in Firefox.",
);
const failing = happening(
  copy(150, 'xterm', 'KeyError: left_on'),
  "The user copied an error message of 2 words in XTerm: 'KeyError: left_on'.",
);
const chatting = firefox(
  170,
  'Two tables - ChatGPT',
  "The user is asking the assistant 'ChatGPT' in 'Two tables - ChatGPT' in Firefox.",
);
const keys = happening(
  {
    ...typing(180, 'thunar', 0),
    kind: 'keyboard',
    data: { keys: 5, words: 0, corrections: 0, chords: [] },
  },
  'The user pressed 5 keys in Files.',
);
const morning = [editor, writing, asking, page, back, copying, otherwise, failing, chatting, keys];

const NAMES = [
  'asks',
  'results',
  'since-search',
  'since-error',
  'again',
  'words',
  'words-five',
  'passive',
  'raw',
  'chat',
  'copy',
  'error',
  'writes',
];

/** What every reader of facts keeps, whichever form the day comes in. */
export function testFacts(name: string, read: ReadFacts): void {
  const valuesAfter = (...happened: readonly Happening[]): Readonly<Record<string, number>> => {
    const facts = read(happened, happened.at(-1)?.event.at ?? NINE);
    return Object.fromEntries(facts.map((fact) => [fact.name, fact.value]));
  };

  describe(`${name} reads facts`, () => {
    it.each([
      ['a file in an editor', [editor], { asks: 0, results: 0, passive: 1, writes: 0 }],
      ['words typed in it', [editor, writing], { writes: 1, passive: 0, raw: 0 }],
      ['a search', [editor, asking], { asks: 1, results: 1, 'since-search': 1, again: 0, passive: 0 }],
      ['the page after it', [asking, page], { asks: 0, results: 0, 'since-search': 0.6, passive: 1 }],
      ['the same results again', [asking, page, back], { asks: 0, results: 1, 'since-search': 1 }],
      ['a copy', [asking, page, copying], { copy: 1, 'since-search': 0.36, passive: 0 }],
      ['the same search in other words', [asking, page, otherwise], { asks: 1, again: 1 }],
      ['an error', [asking, failing], { error: 1, 'since-error': 1, copy: 1, asks: 0 }],
      ['what comes after an error', [failing, editor], { error: 0, 'since-error': 0.7 }],
      ['an AI chat', [editor, chatting], { chat: 1, asks: 0, results: 0 }],
      ['keys without words', [page, keys], { raw: 0.5, writes: 0 }],
    ] as const)('after %s', (_what, happened, wanted) => {
      const values = valuesAfter(...happened);
      for (const [fact, value] of Object.entries(wanted)) expect([fact, values[fact]]).toEqual([fact, value]);
    });

    it('counts what things are about, not what the act is called', () => {
      expect(valuesAfter(writing)['words']).toBe(0);
      expect(valuesAfter(editor)['words']).toBeGreaterThan(0);
      const title = 'A short history of tidal power in Brittany';
      const longer = firefox(0, title, `The user is reading '${title}' in Firefox.`);
      expect(valuesAfter(longer)['words']).toBeGreaterThan(valuesAfter(editor)['words']!);
      expect(valuesAfter(...morning)['words-five']).toBeGreaterThan(valuesAfter(editor)['words-five']!);
    });

    it('has the same thirteen at every step, in the same order, each sayable, from 0 to 1', () => {
      for (let to = 0; to <= morning.length; to += 1) {
        const facts = read(morning.slice(0, to), NINE + 200_000);
        expect(facts.map((fact) => fact.name)).toEqual(NAMES);
        for (const { value, words } of facts) {
          expect(value >= 0 && value <= 1).toBe(true);
          expect(words).toMatch(/^[a-zA-Z][^.:]+$/);
        }
      }
    });

    it('says the same of the same and changes nothing that it is given', () => {
      const before = structuredClone(morning);
      const first = read(morning, NINE + 200_000);
      expect(read(morning, NINE + 200_000)).toEqual(first);
      expect(read(structuredClone(morning), NINE + 200_000)).toEqual(first);
      expect(morning).toEqual(before);
    });

    it('forgets yesterday, and what is further back than it looks', () => {
      const nextDay = NINE + 86_400_000 + 300_000;
      expect(read([asking, failing], nextDay)).toEqual(read([], nextDay));
      const many = Array.from({ length: 60 }, (_, at) =>
        firefox(
          200 + at,
          `Chapter ${at} of a guide`,
          `The user is reading 'Chapter ${at} of a guide' in Firefox.`,
        ),
      );
      const end = many.at(-1)!.event.at;
      expect(read([asking, failing, ...many], end)).toEqual(read(many, end));
    });
  });
}

const anyFacts: fc.Arbitrary<Fact[]> = fc.array(
  fc.record({
    name: fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 20 })),
    value: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(Number.NaN, Infinity, -5)),
    words: fc.string({ minLength: 1, maxLength: 300 }),
  }),
  { maxLength: 20 },
);

/** What every gate keeps. */
export function testGate(name: string, create: () => Gate): void {
  describe(`${name} is a Gate`, () => {
    it('gives a probability and at most three short reasons, whatever it is told', () => {
      const gate = create();
      expect(gate.version).not.toBe('');
      fc.assert(
        fc.property(anyFacts, (facts) => {
          const before = structuredClone(facts);
          const { probability, reasons } = gate.need(facts);
          expect(probability >= 0 && probability <= 1).toBe(true);
          expect(reasons.length).toBeLessThanOrEqual(3);
          for (const reason of reasons) expect(reason.length).toBeLessThanOrEqual(200);
          expect(facts).toEqual(before);
        }),
      );
    });

    it('says the same of the same, in whatever order the facts come', () => {
      const gate = create();
      fc.assert(
        fc.property(fc.uniqueArray(fc.constantFrom(...NAMES)), (names) => {
          const facts = names.map((each, at) => ({ name: each, value: at % 2, words: `it is ${each}` }));
          expect(gate.need(facts)).toEqual(gate.need(facts));
          expect(gate.need(facts.toReversed()).probability).toBeCloseTo(gate.need(facts).probability, 12);
        }),
      );
    });
  });
}
