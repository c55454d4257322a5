import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsFromEvents, factsFromSentences } from '../../src/agent/facts.ts';
import { describe as inWords } from '../../src/observations/describe.ts';
import { createObserver } from '../../src/observations/window.ts';
import { Event } from '../../src/model/event.ts';
import { anyEvents } from '../suites/proposer.ts';
import { testFacts } from '../suites/gate.ts';
import { afk, copy, front, NINE, rename, typing } from './day.ts';

/** A morning, once as events and once in words. */
const morning: readonly (readonly [Event, string])[] = [
  [
    front(0, 'code', 'join.py - shop - Visual Studio Code'),
    "The user switches to 'join.py' in Visual Studio Code.",
  ],
  [typing(20, 'code', 14), 'The user types 14 words in Visual Studio Code.'],
  [
    front(60, 'firefox', 'pandas merge two columns - Google Search — Mozilla Firefox'),
    "The user searches for 'pandas merge two columns' on Google in Firefox.",
  ],
  [
    front(90, 'firefox', 'Merging guide for tables — Mozilla Firefox'),
    "The user switches to the page 'Merging guide for tables' in Firefox.",
  ],
  [
    copy(100, 'firefox', 'merged = left.merge(right)'),
    "The user copies 'merged = left.merge(right)' in Firefox.",
  ],
  [
    front(130, 'firefox', 'pandas merging columns two keys - Google Search — Mozilla Firefox'),
    "The user searches for 'pandas merging columns two keys' on Google in Firefox.",
  ],
  [copy(150, 'xterm', "KeyError: 'left_on'"), "The user copies “KeyError: 'left_on'” in Xterm."],
  [front(170, 'firefox', 'ChatGPT — Mozilla Firefox'), "The user switches to 'ChatGPT' in Firefox."],
];

/** What else a desktop sees. */
const more: readonly Event[] = [
  afk(-400, 'afk'),
  afk(-300, 'not-afk'),
  front(-290, 'thunar', 'Photos - Thunar'),
  rename(-280, 'Photos', 'IMG_1.jpg', 'porto-1.jpg'),
  front(-250, 'evince', 'lease-agreement.pdf'),
  front(-200, 'firefox', 'New Tab — Mozilla Firefox'),
  typing(-195, 'firefox', 4),
  front(-190, 'firefox', 'A short history of tidal power — Mozilla Firefox'),
  front(-120, 'soffice', 'essay.odt - LibreOffice Writer'),
  typing(-100, 'soffice', 30),
  front(-60, 'xterm', 'python join.py'),
  typing(-50, 'xterm', 5),
];

const asSentences = morning.map(([event, text]) => ({ time: event.at, event: text }));
const valueOf = (facts: ReturnType<typeof factsFromEvents>, name: string): number =>
  facts.find((fact) => fact.name === name)!.value;

const upTo = (count: number) =>
  factsFromEvents(
    morning.slice(0, count).map(([event]) => event),
    NINE,
  );

const chatIn = (event: string): number => valueOf(factsFromSentences([{ time: NINE, event }], NINE), 'chat');

testFacts('a live desktop', (happenings, now) =>
  factsFromEvents(
    happenings.map(({ event }) => event),
    now,
  ),
);
testFacts('a list of sentences', (happenings, now) =>
  factsFromSentences(
    happenings.map(({ event, sentence }) => ({ time: event.at, event: sentence })),
    now,
  ),
);

describe('facts', () => {
  it('are the same from the events of the demo day and from our sentences of them, at every step', () => {
    const file = new URL('../../src/assets/demo/day.jsonl', import.meta.url);
    const events = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => Event.parse(JSON.parse(line)));
    expect(events.length).toBeGreaterThan(250);
    const observer = createObserver();
    const spoken = new Set<string>();
    for (const event of events) {
      observer.observe(event);
      const live = factsFromEvents(observer.events(200), event.at);
      const sentences = observer.window(64).map((each) => ({ time: each.time, event: each.event }));
      expect(factsFromSentences(sentences, event.at), sentences.at(-1)?.event).toEqual(live);
      for (const fact of live) if (fact.value > 0) spoken.add(fact.name);
    }
    // A day on which most facts never speak would compare nothing.
    expect(spoken.size).toBeGreaterThanOrEqual(12);
  });

  it('are the same from events and from sentences, at every step of a morning', () => {
    for (let to = 1; to <= morning.length; to += 1) {
      const now = morning[to - 1]![0].at;
      const live = factsFromEvents(
        morning.slice(0, to).map(([event]) => event),
        now,
      );
      const told = factsFromSentences(asSentences.slice(0, to), now);
      expect(told.map((fact) => fact.name)).toEqual(live.map((fact) => fact.name));
      for (const fact of live) {
        // A sentence that frames the words may hold one or two more of them.
        const close = fact.name.startsWith('words') ? 0.6 : 1e-9;
        expect(
          Math.abs(valueOf(told, fact.name) - fact.value),
          `${fact.name} at step ${to}`,
        ).toBeLessThanOrEqual(close);
      }
    }
  });

  it('are the same from events and from our own descriptions of them', () => {
    const events = [...more, ...morning.map(([event]) => event)];
    const told: { time: number; event: string }[] = [];
    let window: Event | undefined;
    for (const [to, event] of events.entries()) {
      told.push({ time: event.at, event: inWords(event, event.kind === 'window' ? window : undefined)! });
      if (event.kind === 'window') window = event;
      const live = factsFromEvents(events.slice(0, to + 1), NINE);
      for (const fact of factsFromSentences(told, NINE)) {
        const close = fact.name.startsWith('words') ? 0.3 : 1e-9;
        const off = Math.abs(valueOf(live, fact.name) - fact.value);
        expect(off, `${fact.name} after ${told.at(-1)!.event}`).toBeLessThanOrEqual(close);
      }
    }
  });

  it('speak when they should, and say it', () => {
    expect(valueOf(upTo(2), 'writes')).toBe(1);
    expect(valueOf(upTo(3), 'asks')).toBe(1);
    expect(valueOf(upTo(3), 'results')).toBe(1);
    expect(valueOf(upTo(4), 'since-search')).toBeCloseTo(0.6);
    expect(valueOf(upTo(4), 'passive')).toBe(1);
    expect(valueOf(upTo(5), 'copy')).toBe(1);
    expect(valueOf(upTo(6), 'again')).toBe(1);
    expect(valueOf(upTo(3), 'again')).toBe(0);
    expect(valueOf(upTo(7), 'error')).toBe(1);
    expect(valueOf(upTo(8), 'since-error')).toBeCloseTo(0.7);
    expect(valueOf(upTo(8), 'chat')).toBeGreaterThan(0);
    expect(upTo(6).find((fact) => fact.name === 'again')!.words).toBe(
      'you searched for the same again in other words',
    );
  });

  it('do not take a painter for an assistant', () => {
    expect(chatIn("The user searched Google for 'claude monet gardens' in Firefox.")).toBe(0);
    expect(chatIn("The user is reading 'Claude Monet - Wikipedia' in Firefox.")).toBe(0);
    expect(chatIn("The user is asking the assistant 'Claude' in 'Meal plan - Claude' in Firefox.")).toBe(1);
  });

  it('count heartbeats and bursts once', () => {
    const page = 'tidal power cost - Google Search — Mozilla Firefox';
    const essay = 'essay.odt - LibreOffice Writer';
    const once = [front(0, 'firefox', page), front(60, 'soffice', essay), typing(70, 'soffice', 9)];
    const beaten = [
      ...[0, 10, 20, 30].map((at) => front(at, 'firefox', page)),
      ...[60, 61].map((at) => front(at, 'soffice', essay)),
      ...[70, 71, 72].map((at) => typing(at, 'soffice', 3)),
    ];
    expect(factsFromEvents(beaten, NINE)).toEqual(factsFromEvents(once, NINE));
  });

  it('take a results page that comes back for looked at, not asked', () => {
    const page = 'tidal power cost - Google Search — Mozilla Firefox';
    const back = [
      front(0, 'firefox', page),
      front(9, 'code', 'a.md - Visual Studio Code'),
      front(20, 'firefox', page),
    ];
    expect(valueOf(factsFromEvents(back, NINE), 'asks')).toBe(0);
    expect(valueOf(factsFromEvents(back, NINE), 'results')).toBe(1);
  });

  it('are finite, between 0 and 1, and always the same thirteen', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const now = Math.max(0, ...events.map((event) => event.at));
        const sentences = events.map((event) => ({ time: event.at, event: JSON.stringify(event.data) }));
        for (const facts of [factsFromEvents(events, now), factsFromSentences(sentences, now)]) {
          expect(new Set(facts.map((fact) => fact.name)).size).toBe(13);
          for (const fact of facts) {
            expect(fact.value).toBeGreaterThanOrEqual(0);
            expect(fact.value).toBeLessThanOrEqual(1);
            expect(fact.words).not.toBe('');
          }
        }
      }),
    );
  });
});
