import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Take } from '../../src/model/annotation.ts';
import { press, pressOf, progressOf, sit, type Kept, type Sitting } from '../../src/model/sitting.ts';
import { draw, type Frame } from '../../src/cli/annotating/draw.ts';
import { clip, plain, width, wrap } from '../../src/cli/annotating/text.ts';
import { trace } from './fixtures.ts';

const { events } = trace();
const none: readonly (Take | null)[] = [null, null, null];

/** Presses keys by their names; answers the end and what was to be kept. */
function keys(sitting: Sitting, ...names: readonly string[]) {
  const kept: Kept[] = [];
  let now = sitting;
  for (const name of names) {
    const done = press(now, pressOf(name)!);
    now = done.sitting;
    if (done.keep) kept.push(done.keep);
  }
  return { now, kept };
}

it('ticks by number and by cursor, keeps on Enter, passes over events without candidates', () => {
  const { now, kept } = keys(sit(events, none), '3', 'k', 'space', 'enter', 'j', 'space', 'enter');
  expect(kept).toEqual([
    { event: 0, take: [1, 2] },
    { event: 2, take: [1] },
  ]);
  expect([now.at, progressOf(now)]).toEqual([3, { asked: 2, answered: 2 }]);
});

it('Enter without a choice stays and says so; reject all is a choice, by key or by cursor', () => {
  const stuck = keys(sit(events, none), 'enter');
  expect([stuck.now.at, stuck.now.missing, stuck.kept]).toEqual([0, true, []]);
  expect(keys(stuck.now, 'j').now.missing).toBe(false);
  expect(keys(stuck.now, 'n', 'enter').kept).toEqual([{ event: 0, take: [] }]);
  expect(keys(stuck.now, 'k', 'space', 'enter').kept).toEqual([{ event: 0, take: [] }]);
  // A tick after "none" is no longer none, and its removal is nothing.
  expect(keys(stuck.now, 'n', '1').now.draft).toEqual([0]);
  expect(keys(stuck.now, '1', '1').now.draft).toBeNull();
});

it('y takes what is under the cursor, however often it is pressed', () => {
  expect(keys(sit(events, none), 'y', 'y', 'j', 'y', 'enter').kept).toEqual([{ event: 0, take: [0, 1] }]);
  expect(keys(sit(events, none), 'k', 'y', 'y', 'enter').kept).toEqual([{ event: 0, take: [] }]);
});

it('goes back, changes, takes back the last answers one by one, and leaves with what was ticked', () => {
  const done = keys(sit(events, none), '1', 'enter', 'n', 'enter', 'b', 'b');
  expect([done.now.at, done.now.draft]).toEqual([0, [0]]);
  const changed = keys(done.now, '2', 'q');
  expect(changed.kept).toEqual([{ event: 0, take: [0, 1] }]);
  const undone = keys(changed.now, 'u', 'u', 'u', 'u');
  expect(undone.kept).toEqual([
    { event: 0, take: [0] },
    { event: 2, take: null },
    { event: 0, take: null },
  ]);
  expect([undone.now.at, undone.now.answers]).toEqual([0, none]);
});

it('goes on at the first event without an answer, or at the end', () => {
  expect([sit(events, [[0], null, null]).at, sit(events, [[0], null, []]).at]).toEqual([2, 3]);
  expect(keys(sit(events, [[0], null, []]), 'b').now.at).toBe(2);
  expect(pressOf('x')).toBeNull();
});

it('whatever is pressed, what is kept is what the sitting shows', () => {
  const name = fc.constantFrom(
    'up',
    'down',
    'j',
    'k',
    'space',
    'y',
    '1',
    '2',
    '9',
    'n',
    'enter',
    'b',
    'u',
    'q',
  );
  fc.assert(
    fc.property(fc.array(name, { maxLength: 60 }), (names) => {
      const { now, kept } = keys(sit(events, none), ...names);
      const stored: (Take | null)[] = [...none];
      for (const { event, take } of kept) stored[event] = take;
      expect(now.answers).toEqual(stored);
      expect(now.at === events.length || events[now.at]!.candidates.length > 0).toBe(true);
    }),
  );
});

const frame: Frame = { trace: 'a.json', number: 1, traces: 2, annotator: 'Ada', columns: 80, rows: 24 };
/** What is left when our own three sequences are taken away. */
// oxlint-disable-next-line no-control-regex -- the sequences are what is looked for
const bare = (line: string) => line.replace(/\u001b\[[012]m/g, '');

it('every screen fits the terminal, and the cursor is on it', () => {
  const long = Array.from({ length: 30 }, (_, i) => `${i} ${'a wordy candidate '.repeat(6)}`);
  const wordy = [...events, { time: '2', event: '漢字 '.repeat(400), candidates: long }];
  for (const [columns, rows] of [
    [80, 24],
    [40, 12],
    [20, 8],
    [200, 60],
  ] as const) {
    let sitting = sit(wordy, [[0], null, [], null]);
    for (let step = 0; step < 31; step++) {
      const lines = draw(sitting, { ...frame, columns, rows }).map(bare);
      expect(lines.length).toBeLessThanOrEqual(rows);
      expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
      expect(lines.filter((line) => line.includes('›'))).toHaveLength(1);
      sitting = press(sitting, { kind: 'down' }).sitting;
    }
  }
});

it('no escape sequence of a trace reaches the terminal', () => {
  const evil = '\u001b[2J\u001b]0;owned\u0007a\u009b31m\u202egnp.exe\r\nb\u0000';
  const evils = [{ time: evil, event: evil, candidates: [evil, 'x'] }];
  const text = draw(sit(evils, [null]), { ...frame, trace: evil, note: evil }).join('\n');
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  expect(bare(text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(plain(evil)).toBe('[2J]0;owneda31mgnp.exe b');
});

it('measures and breaks text by the columns it takes', () => {
  expect([width('abc'), width('漢字'), width('e\u0301'), width('👩‍🚀')]).toEqual([3, 4, 1, 2]);
  expect(clip('漢字漢字', 5)).toBe('漢字…');
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  expect(wrap('', 5)).toEqual(['']);
});
