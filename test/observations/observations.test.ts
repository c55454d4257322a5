import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe as suite, expect, it } from 'vitest';
import { Event, type EventKind } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import { Observation } from '../../src/model/observation.ts';
import { longestBurstMs, mergeBurst } from '../../src/observations/burst.ts';
import { describe } from '../../src/observations/describe.ts';
import { mergeHeartbeat, sameContent } from '../../src/observations/heartbeat.ts';
import { createObserver } from '../../src/observations/window.ts';
import { createPaths } from '../../src/paths.ts';

type Of<K extends EventKind> = Extract<Event, { kind: K }>;
type Rest = Partial<Pick<Event, 'at' | 'duration' | 'app' | 'id' | 'monitor'>>;

function make<K extends EventKind>(kind: K, data: Of<K>['data'], rest: Rest = {}): Of<K> {
  return { id: newId(), at: 1000, duration: 0, monitor: kind, ...rest, kind, data } as Of<K>;
}

const seen = (title: string, app: string, rest: Rest = {}) => make('window', { title }, { app, ...rest });
const typed = (words: number, rest: Rest = {}) =>
  make('keyboard', { keys: words * 5, words, corrections: 0, chords: [] }, { app: 'Code', ...rest });

const events = fc.record({
  at: fc.integer({ min: 0, max: 100_000 }),
  duration: fc.integer({ min: 0, max: 20_000 }),
  title: fc.constantFrom('a', 'b', undefined),
  app: fc.constantFrom('Code', 'Chromium', undefined),
});
const windows = events.map(({ at, duration, title, app }) =>
  make('window', title ? { title } : {}, { at, duration, app }),
);

suite('mergeHeartbeat', () => {
  it('extends the last event up to the end of the next', () => {
    const last = seen('a', 'Code', { at: 1000, duration: 500 });
    const next = seen('a', 'Code', { at: 2000, duration: 100 });
    expect(mergeHeartbeat(last, next, 500)).toEqual({ ...last, duration: 1100 });
    expect(mergeHeartbeat(last, next, 499)).toBeNull();
  });

  it('does not join other data, another app, another source, an earlier event or imported sentences', () => {
    const last = seen('a', 'Code');
    expect(mergeHeartbeat(last, seen('b', 'Code'), 5000)).toBeNull();
    expect(mergeHeartbeat(last, seen('a', 'Chromium'), 5000)).toBeNull();
    expect(mergeHeartbeat(last, seen('a', 'Code', { monitor: 'other' }), 5000)).toBeNull();
    expect(mergeHeartbeat(last, seen('a', 'Code', { at: 999 }), 5000)).toBeNull();
    const sentence = make('described', { sentence: 'The user waits.' });
    expect(mergeHeartbeat(sentence, { ...sentence, id: newId() }, 5000)).toBeNull();
  });

  it('joins equal data only, never shrinks, covers both and changes neither', () => {
    fc.assert(
      fc.property(windows, windows, fc.integer({ min: 0, max: 30_000 }), (last, next, pulsetime) => {
        const before = structuredClone([last, next]);
        const merged = mergeHeartbeat(last, next, pulsetime);
        expect([last, next]).toEqual(before);
        if (!merged) return;
        expect(sameContent(last, next)).toBe(true);
        expect(merged.id).toBe(last.id);
        expect(merged.duration).toBeGreaterThanOrEqual(last.duration);
        expect(merged.at + merged.duration).toBe(Math.max(last.at + last.duration, next.at + next.duration));
      }),
    );
  });
});

suite('mergeBurst', () => {
  it('adds up', () => {
    const merged = mergeBurst(
      typed(12, { at: 0, duration: 3000 }),
      typed(5, { at: 5000, duration: 1000 }),
      2000,
    );
    expect(merged).toMatchObject({ at: 0, duration: 6000, data: { words: 17, keys: 85 } });
  });

  it('takes text that comes after the bursts it was typed in', () => {
    const burst = typed(12, { at: 10_000, duration: 3000 });
    const later = typed(0, { at: 2000, duration: 11_000 });
    const text = { ...later, data: { ...later.data, keys: 0, text: 'what was typed' } };
    expect(mergeBurst(burst, text, 2000)).toMatchObject({
      at: 10_000,
      duration: 3000,
      data: { words: 12, text: 'what was typed' },
    });
    expect(mergeBurst(burst, { ...text, at: -60_000 }, 2000)).toBeNull();
    expect(mergeBurst(burst, later, 2000)).toBeNull();
  });

  it('ends when the typing goes on for long', () => {
    expect(
      mergeBurst(typed(1, { duration: longestBurstMs }), typed(1, { at: longestBurstMs + 1001 }), 2000),
    ).toBeNull();
  });
});

suite('a flood', () => {
  const many = (number: number, stepMs: number, app = 'Code', from = 0) =>
    Array.from({ length: number }, (_, n) => seen(`page ${n} of ${app}`, app, { at: from + n * stepMs }));

  it('of one source becomes few observations that still name every event', () => {
    const observer = createObserver();
    const events = many(2000, 1);
    const results = events.map((event) => observer.observe(event));
    const begun = results.filter((each) => each?.isNew);
    expect(begun.length).toBeLessThan(40);
    const last = new Map(results.map((each) => [each!.observation.id, each!.observation]));
    expect([...last.values()].flatMap(({ sources }) => sources)).toEqual(events.map(({ id }) => id));
    expect(observer.window(1)[0]).toMatchObject({
      app: 'Code',
      event: expect.stringMatching(/^The window in .* changed \d+ or more times within 1 second\.$/),
    });
    expect(Math.max(...[...last.values()].map(({ sources }) => sources.length))).toBeLessThanOrEqual(500);
  });

  it('is none for what a person does, all day', () => {
    const observer = createObserver();
    const results = many(2000, 400).map((event) => observer.observe(event));
    expect(results.every((each) => each?.isNew && each.observation.sources.length === 1)).toBe(true);
  });

  it('is over seconds after it ended', () => {
    const observer = createObserver();
    for (const event of many(2000, 1)) observer.observe(event);
    const after = observer.observe(seen('mine', 'Code', { at: 8000 }));
    expect(after).toMatchObject({ isNew: true, observation: { sources: { length: 1 } } });
  });

  it('never mixes applications, so that each can be forgotten alone', () => {
    const observer = createObserver();
    const two = many(300, 4).flatMap((event, n) => [event, seen(`bank ${n}`, 'Bank', { at: event.at + 1 })]);
    for (const event of two) observer.observe(event);
    const app = new Map(two.map((event) => [event.id, event.app]));
    for (const each of observer.window(64)) {
      expect(new Set(each.sources.map((id) => app.get(id)))).toEqual(new Set([each.app]));
    }
    observer.forget(two.filter((event) => event.app === 'Bank').map(({ id }) => id));
    expect(observer.window(64).every((each) => each.app === 'Code')).toBe(true);
    const next = observer.observe(seen('more', 'Bank', { at: 1201 }));
    expect(next?.observation.sources).toHaveLength(1);
  });

  it('leaves the newest events and observations at hand', () => {
    const observer = createObserver();
    const events = many(3000, 1000);
    for (const event of events) observer.observe(event);
    expect(observer.events(200)).toEqual(events.slice(-200));
    expect(observer.events(512)).toEqual(events.slice(-512));
    expect(observer.window(64).map(({ id }) => id)).toEqual(events.slice(-64).map(({ id }) => id));
    expect(observer.window(Infinity)).toHaveLength(64);
    expect(observer.events(Infinity)).toHaveLength(512);
  });
});

suite('describe', () => {
  const code = seen('a.py - p - Visual Studio Code', 'code');

  it.each<[string, Event, Event | undefined]>([
    [
      "The user switched to 'Visual Studio Code', working on the file 'x.py' in the project 'shop'.",
      seen('x.py - shop - Visual Studio Code', 'code'),
      undefined,
    ],
    [
      "The user is working on the file 'x.py' in the project 'shop' in Visual Studio Code.",
      seen('x.py - shop - Visual Studio Code', 'code'),
      code,
    ],
    [
      "The user searched Google for 'bread recipe' in Chromium.",
      seen('bread recipe - Google Search - Chromium', 'chromium'),
      code,
    ],
    [
      "The user searched Google for '天気 東京' in Chromium.",
      seen('天気 東京 - Google 検索 - Chromium', 'chromium'),
      code,
    ],
    [
      "The user is reading the results of Bing for 'x y' in Microsoft Edge.",
      seen('x y - Bing - Microsoft Edge', 'msedge'),
      seen('(1) x y - Bing - Microsoft Edge', 'msedge'),
    ],
    [
      'The user is looking at search results on GitHub in Chromium.',
      seen('Repository search results · GitHub - Chromium', 'chromium'),
      code,
    ],
    [
      "The user is reading 'Bread - Wikipedia' in Firefox.",
      seen('Bread - Wikipedia — Mozilla Firefox', 'firefox-esr'),
      code,
    ],
    ['The user opened a new tab in Chromium.', seen('New Tab - Chromium', 'chromium'), code],
    ['The user opened the Google homepage in Chromium.', seen('Google - Chromium', 'chromium'), code],
    [
      "The user is reading the document 'survey.pdf' in Document Viewer.",
      seen('survey.pdf — A Survey', 'Evince'),
      code,
    ],
    ["The user switched to 'Element', chatting in 'team'.", seen('team | Element', 'Element'), code],
    [
      "The user is asking the assistant 'ChatGPT' in 'Loops - ChatGPT' in Chromium.",
      seen('Loops - ChatGPT - Chromium', 'chromium'),
      code,
    ],
    [
      "The user switched to 'Thunderbird', writing a mail about 'Hello'.",
      seen('Write: Hello - Mozilla Thunderbird', 'thunderbird'),
      code,
    ],
    [
      "The user switched to 'Thunderbird', reading the mail 'Re: Hello'.",
      seen('Re: Hello - Mozilla Thunderbird', 'thunderbird'),
      code,
    ],
    [
      "The user switched to 'Files', looking at the folder 'Photos'.",
      seen('Photos - Thunar', 'Thunar'),
      code,
    ],
    [
      "The user switched to 'Xfce Terminal', working in the terminal at '~/shop'.",
      seen('Terminal - ~/shop', 'Xfce4-terminal'),
      code,
    ],
    [
      "The user is looking at 'beach.png' in Ristretto.",
      seen('beach.png - Image Viewer [1/9]', 'Ristretto'),
      code,
    ],
    ["The user switched to 'KeePassXC'.", make('window', {}, { app: 'KeePassXC' }), code],
    ['The user switched to a window that is not recorded.', make('window', {}), code],
    [
      "The user copied 3 words of text in Chromium: 'one two three'.",
      make('clipboard', { content: 'text', size: 13, words: 3, text: 'one two\nthree' }, { app: 'chromium' }),
      undefined,
    ],
    [
      "The user copied an error message of 3 words in XTerm: 'TypeError: x undefined'.",
      make(
        'clipboard',
        { content: 'text', size: 22, words: 3, text: 'TypeError: x undefined' },
        { app: 'xterm' },
      ),
      undefined,
    ],
    ['The user copied 1 word of text.', make('clipboard', { content: 'text', size: 3, words: 1 }), undefined],
    [
      'The user copied an image in Chromium.',
      make('clipboard', { content: 'image', size: 3 }, { app: 'chromium' }),
      undefined,
    ],
    ['The user typed 23 words in Visual Studio Code.', typed(23), undefined],
    [
      'The user typed 3 words in Visual Studio Code, using save.',
      make(
        'keyboard',
        { keys: 20, words: 3, corrections: 0, chords: ['save', 'save', 'enter'] },
        { app: 'code' },
      ),
      undefined,
    ],
    [
      'The user used copy and paste in Visual Studio Code.',
      make('keyboard', { keys: 2, words: 0, corrections: 0, chords: ['copy', 'paste'] }, { app: 'code' }),
      undefined,
    ],
    [
      "The user saved the file 'x.py' in 'project'.",
      make('file', {
        action: 'modified',
        name: 'x.py',
        folder: 'project',
        type: 'python',
        size: 1,
        binary: false,
      }),
      undefined,
    ],
    [
      "The user renamed 'a' to 'b' in 'project'.",
      make('file', {
        action: 'renamed',
        name: 'b',
        from: 'a',
        folder: 'project',
        type: 'x',
        size: 1,
        binary: false,
      }),
      undefined,
    ],
    ['The user stepped away from the computer.', make('afk', { status: 'afk' }), undefined],
    [
      'The user came back after 12 minutes.',
      make('afk', { status: 'not-afk' }, { at: 720_000 }),
      make('afk', { status: 'afk' }, { at: 0 }),
    ],
    ['The user paused the assistant.', make('capture', { state: 'paused' }), undefined],
    ['The user waits.', make('described', { sentence: 'The user waits.' }), undefined],
  ])('says "%s"', (sentence, event, previous) => {
    expect(describe(event, previous)).toBe(sentence);
  });

  it('says nothing of what says nothing', () => {
    expect(describe(make('dropped', { source: 'clipboard', reason: 'marked', count: 2 }))).toBeNull();
    expect(describe(make('capture', { state: 'started' }))).toBeNull();
    expect(describe(typed(0))).toBeNull();
  });

  it('keeps to one line whatever a title holds', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 1024, unit: 'binary' }),
        fc.constantFrom('chromium', 'code', 'xterm', 'evince', undefined),
        (title, app) => {
          const sentence = describe(make('window', { title }, { app }));
          expect(sentence).toMatch(/^The user [^\n]{1,1500}\.$/u);
        },
      ),
    );
  });
});

suite('createObserver', () => {
  it('extends the observation of a window that stays, with the same id', () => {
    const observer = createObserver({ pulsetimeMs: 5000 });
    const first = seen('a', 'Code', { at: 0 });
    const second = seen('a', 'Code', { at: 4000, duration: 500 });
    expect(observer.observe(first)).toMatchObject({ isNew: true });
    expect(observer.observe(second)).toEqual({
      isNew: false,
      observation: expect.objectContaining({ id: first.id, duration: 4500, sources: [first.id, second.id] }),
    });
    expect(observer.window(10)).toHaveLength(1);
    expect(observer.events(10)).toEqual([first, second]);
  });

  it('sees a window that comes back as something new', () => {
    const observer = createObserver();
    observer.observe(seen('a', 'Code', { at: 0 }));
    observer.observe(seen('b', 'Chromium', { at: 10 }));
    expect(observer.observe(seen('a', 'Code', { at: 20 }))?.isNew).toBe(true);
  });

  it('adds up typing in one window, and begins anew in the next', () => {
    const observer = createObserver();
    observer.observe(seen('a', 'Code', { at: 0 }));
    const first = typed(5, { at: 1000, duration: 2000 });
    observer.observe(first);
    expect(observer.observe(typed(7, { at: 4000, duration: 1000 }))).toMatchObject({
      isNew: false,
      observation: { id: first.id, duration: 4000, event: 'The user typed 12 words in Visual Studio Code.' },
    });
    observer.observe(seen('b', 'Code', { at: 6000 }));
    expect(observer.observe(typed(1, { at: 7000 }))?.isNew).toBe(true);
  });

  it('counts an absence from its first event', () => {
    const observer = createObserver({ pulsetimeMs: 100_000 });
    observer.observe(make('afk', { status: 'afk' }, { at: 0 }));
    observer.observe(make('afk', { status: 'afk' }, { at: 60_000 }));
    expect(observer.observe(make('afk', { status: 'not-afk' }, { at: 120_000 }))?.observation.event).toBe(
      'The user came back after 2 minutes.',
    );
  });

  it('is bounded, and forgets by observation or by event', () => {
    const observer = createObserver({ pulsetimeMs: 10 });
    for (let at = 0; at < 100; at += 1) observer.observe(seen(`t${at}`, 'Code', { at: at * 1000 }));
    expect(observer.window(1000)).toHaveLength(64);
    const [first, second] = observer.window(2);
    const tail = seen('t99', 'Code', { at: 99_005 });
    observer.observe(tail);
    observer.forget([first!.id, tail.id]);
    const left = [...observer.window(100), ...observer.events(1000)].map((item) => item.id);
    for (const id of [first!.id, second!.id, tail.id]) expect(left).not.toContain(id);
    expect(observer.observe(seen('t99', 'Code', { at: 99_009 }))?.isNew).toBe(true);
  });
});

suite('the demo day', () => {
  const day = readFileSync(join(createPaths().assets, 'demo', 'day.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Event.parse(JSON.parse(line)));

  it('is long, in order, over many apps, with unique ids', () => {
    expect(day.length).toBeGreaterThanOrEqual(180);
    expect(new Set(day.map((event) => event.id)).size).toBe(day.length);
    expect(new Set(day.map((event) => event.app).filter(Boolean)).size).toBeGreaterThanOrEqual(6);
    for (const [index, event] of day.entries())
      expect(event.at).toBeGreaterThanOrEqual(day[index - 1]?.at ?? 0);
    expect(new Set(day.map((event) => event.kind)).size).toBe(7);
  });

  it('becomes valid observations', () => {
    const observer = createObserver();
    const sentences = day.map((event) => observer.observe(event)).filter((seen) => seen?.isNew);
    expect(sentences.length).toBeGreaterThan(150);
    for (const seen of sentences) Observation.parse(seen?.observation);
  });
});
