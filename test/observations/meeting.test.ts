import { expect, it } from 'vitest';
import { stepsFromEvents } from '../../src/agent/events.ts';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import { createObserver } from '../../src/observations/window.ts';

const start = Date.UTC(2026, 0, 5, 9);
const window = (second: number, app: string, title: string, duration = 0): Event => ({
  id: newId(),
  at: start + second * 1000,
  duration: duration * 1000,
  monitor: 'window',
  kind: 'window',
  app,
  data: { title },
});
const page = (second: number, title: string, address: string, duration = 0): Event => ({
  ...window(second, 'firefox', title, duration),
  monitor: 'web',
  kind: 'window',
  data: { title, page: address },
});
const editor = (second: number, file: string): Event => ({
  id: newId(),
  at: start + second * 1000,
  duration: 0,
  monitor: 'editor',
  kind: 'editor',
  app: 'code',
  data: { file, project: 'shop' },
});

it('a page and its window are one observation, whichever is told first', () => {
  for (const order of [0, 1]) {
    const observer = createObserver();
    const both = [
      window(0, 'firefox', 'A guide — Mozilla Firefox'),
      page(0, 'A guide', 'https://www.example.org/guide'),
    ];
    const told = (order === 0 ? both : both.toReversed()).map((event) => observer.observe(event));
    expect(told.map((each) => each?.isNew)).toEqual([true, false]);
    const [only, ...more] = observer.window(10);
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      site: 'example.org',
      sources: expect.arrayContaining(both.map(({ id }) => id)),
    });
    expect(only?.event).toContain('A guide');
  }
});

it('a page names the search that its title hides, and forgetting its event forgets the sentence', () => {
  const observer = createObserver();
  observer.observe(window(0, 'firefox', 'example search — Mozilla Firefox'));
  const searched = page(1, 'example search', 'https://duckduckgo.com/?q=merge%20tables');
  observer.observe(searched);
  expect(observer.window(10).map((each) => each.event)).toEqual([
    "The user searched DuckDuckGo for 'merge tables' in Firefox.",
  ]);
  observer.forget([searched.id]);
  expect(observer.window(10)).toEqual([]);
});

it('the end of a page told late prolongs its own observation, not the window that came after', () => {
  const observer = createObserver();
  observer.observe(window(0, 'firefox', 'A — Mozilla Firefox'));
  observer.observe(page(0, 'A', 'https://example.org/a'));
  observer.observe(window(0, 'firefox', 'A — Mozilla Firefox', 30));
  observer.observe(window(30, 'code', 'x.ts - shop - Visual Studio Code'));
  observer.observe(page(0, 'A', 'https://example.org/a', 30));
  expect(observer.window(10).map((each) => [each.kind, each.duration])).toEqual([
    ['window', 30_000],
    ['window', 0],
  ]);
});

it('a return to a page is another observation', () => {
  const observer = createObserver();
  observer.observe(page(0, 'A', 'https://example.org/a'));
  observer.observe(window(5, 'code', 'x.ts - shop - Visual Studio Code'));
  observer.observe(window(10, 'firefox', 'A — Mozilla Firefox'));
  expect(observer.window(10)).toHaveLength(3);
});

it('a file in an editor and the title of its window are one observation', () => {
  const observer = createObserver();
  observer.observe(window(0, 'code', 'cart.ts - shop - Visual Studio Code'));
  observer.observe(editor(1, 'cart.ts'));
  observer.observe(editor(2, 'other.ts'));
  expect(observer.window(10).map((each) => each.event)).toEqual([
    expect.stringContaining("'cart.ts'"),
    "The user is working on the file 'other.ts' of the project 'shop' in Visual Studio Code.",
  ]);
});

it('the agent takes a page and its window for one step, and an editor’s file for one', () => {
  const steps = stepsFromEvents([
    window(0, 'firefox', 'example search — Mozilla Firefox'),
    page(1, 'example search', 'https://duckduckgo.com/?q=merge%20tables'),
    window(20, 'code', 'cart.ts - shop - Visual Studio Code'),
    page(1, 'example search', 'https://duckduckgo.com/?q=merge%20tables', 19),
    editor(21, 'cart.ts'),
    editor(40, 'other.ts'),
  ]);
  expect(steps.map((step) => [step.title ?? step.query, step.asks ?? false])).toEqual([
    ['example search', false],
    ['merge tables', true],
    ['cart.ts', false],
    ['other.ts', false],
  ]);
});
