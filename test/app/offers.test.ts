import { expect, it, vi } from 'vitest';
import { createAnnouncer } from '../../src/app/announce.ts';
import { createOffers } from '../../src/app/offers.ts';
import type { AppState } from '../../src/contract.ts';
import type { Language } from '../../src/model/language.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { suggestion } from '../suggestions/fakes.ts';
import { until } from '../until.ts';
import { fakeNotify } from './platform.ts';

function make(
  wanted = true,
  answer = vi.fn(async () => {}),
  more: {
    readonly locked?: () => Promise<boolean>;
    readonly open?: (id: string) => void;
    readonly language?: () => Language;
  } = {},
) {
  const notify = fakeNotify();
  const offers = createOffers({ notify: notify.port, wanted: () => wanted, answer, patienceMs: 0, ...more });
  return { offers, answer, shown: notify.shown };
}
const as = (topic: string, state: Suggestion['state']) => suggestion(topic, 1000, { state });

it('rings for a shown suggestion once, and takes it down when it is answered elsewhere', async () => {
  const { offers, shown } = make();
  const one = as('merge', 'shown');
  offers.follow(one);
  offers.follow(one);
  await until('a notification', () => shown.length === 1);
  offers.follow({ ...one, state: 'accepted' });
  await until('taken down', () => shown[0]!.closed);
  offers.follow(as('other', 'held'));
  expect(shown).toHaveLength(1);
});

it('has its buttons in the language in force, and the words of a locked screen', async () => {
  let locked = false;
  const { offers, shown } = make(true, undefined, {
    language: () => 'de',
    open: () => {},
    locked: async () => locked,
  });
  offers.follow(as('merge', 'shown'));
  await until('a notification', () => shown.length === 1);
  expect(shown[0]!.labels).toEqual(['Öffnen', 'Annehmen', 'Später', 'Ablehnen']);
  locked = true;
  offers.follow(as('other', 'shown'));
  await until('another', () => shown.length === 2);
  expect(shown[1]).toMatchObject({ title: 'Ein Vorschlag wartet', labels: [] });
});

it('shows none that is not wanted', async () => {
  const { offers, shown } = make(false);
  offers.follow(as('merge', 'shown'));
  await offers.close();
  expect(shown).toEqual([]);
});

it('a click that loses its race with the card, or with time, ends nothing', async () => {
  const lost: unknown[] = [];
  const listen = (thrown: unknown) => lost.push(thrown);
  process.on('unhandledRejection', listen);
  const { offers, answer, shown } = make(
    true,
    vi.fn(async () => Promise.reject(new Error('it was answered already'))),
  );
  const one = as('merge', 'shown');
  offers.follow(one);
  await until('a notification', () => shown.length === 1);
  shown[0]!.click('accept');
  shown[0]!.click('dismiss');
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', listen);
  expect([lost, answer.mock.calls]).toEqual([
    [],
    [
      [one.id, 'accept', 'notification'],
      [one.id, 'reject', 'notification'],
    ],
  ]);
});

it('a late click on an old notification leaves the new one to be taken down', async () => {
  const { offers, shown } = make();
  const two = as('second', 'shown');
  offers.follow(as('first', 'shown'));
  await until('the first', () => shown.length === 1);
  offers.follow(two);
  await until('two notifications', () => shown.length === 2);
  shown[0]!.click('dismiss');
  offers.follow({ ...two, state: 'ignored' });
  await until('the second is taken down', () => shown[1]!.closed);
});

it('rings for nothing that a card shows, and is taken down when one comes to be seen', async () => {
  const { offers, shown } = make();
  const one = as('merge', 'shown');
  offers.follow(one);
  offers.painted(one.id);
  const two = as('second', 'shown');
  offers.follow(two);
  await until('a notification', () => shown.length === 1);
  expect(shown[0]!.closed).toBe(false);
  offers.painted(two.id);
  await until('taken down', () => shown[0]!.closed);
  expect(shown).toHaveLength(1);
});

it('answers each button as it says, and opens the page by a click on the text', async () => {
  const opened: string[] = [];
  const { offers, answer, shown } = make(true, undefined, { open: (id) => opened.push(id) });
  const all = ['accept', 'later', 'dismiss', 'default'].map((key) => [key, as(key, 'shown')] as const);
  for (const [key, one] of all) {
    offers.follow(one);
    await until('a notification', () => shown.length === all.findIndex(([each]) => each === key) + 1);
    shown.at(-1)!.click(key);
  }
  expect(answer.mock.calls).toEqual([
    [all[0]![1].id, 'accept', 'notification'],
    [all[1]![1].id, 'snooze', 'notification'],
    [all[2]![1].id, 'reject', 'notification'],
  ]);
  expect(opened).toEqual([all[3]![1].id]);
});

it('tells no content and takes no answer on a locked screen', async () => {
  const { offers, shown } = make(true, undefined, { locked: async () => true });
  offers.follow(as('salary of Ada', 'shown'));
  await until('a notification', () => shown.length === 1);
  expect(shown[0]).toMatchObject({
    title: 'A suggestion waits',
    body: 'Unlock the screen to see it.',
    keys: [],
  });
});

it('takes down what was forgotten, and only that', async () => {
  const { offers, shown } = make();
  offers.follow(as('merge', 'shown'));
  await until('a notification', () => shown.length === 1);
  await offers.check(async () => true);
  expect(shown[0]!.closed).toBe(false);
  await offers.check(async () => false);
  expect(shown[0]!.closed).toBe(true);
});

it('tells every window, whatever one of them does; a burst of changes is told once', async () => {
  const read = vi.fn(async () => ({ version: '1' }) as AppState);
  const announcer = createAnnouncer(read);
  const heard: string[] = [];
  announcer.subscribe(() => {
    throw new Error('the window is gone');
  });
  const stop = announcer.subscribe((event) => heard.push(event));
  announcer.publish('observed', []);
  for (let n = 0; n < 50; n++) announcer.stateChanged();
  await until('the state', () => heard.includes('state'));
  expect([heard, read.mock.calls.length]).toEqual([['observed', 'state'], 1]);
  stop();
  announcer.close();
  announcer.stateChanged();
  announcer.publish('observed', []);
  expect(heard).toHaveLength(2);
});
