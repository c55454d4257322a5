import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { EventLog, KeepFrom } from '../../src/model/log.ts';
import {
  answer,
  audit,
  decision,
  feedback,
  NOON,
  observation,
  suggestion,
  windowEvent,
} from '../log/rows.ts';

/** One row of each kind that says `words`. */
async function writeAbout(log: EventLog, words: string, time: number, app: string) {
  const site = `my.${app.toLowerCase()}.example`;
  const data = { title: words, page: `https://www.${site}/page` };
  const event = windowEvent(words, { at: time, app, data } as Partial<Event>);
  const row = observation(words, { id: event.id, time, app, site });
  const made = suggestion([row], { at: time + 1000 });
  const after = time + 1000;
  await log.append([event]);
  await log.observe([row]);
  await log.suggest(made);
  await log.answer({ ...answer(made.id, words), at: after });
  await log.feedback(feedback([row], { suggestion: made.id, at: after }));
  await log.audit(audit(made.id, { arguments: words, at: after }));
  await log.decide(decision({ suggestion: made.id, task: words, at: after }));
  await log.decide(decision({ observation: row.id, at: after }));
  return { row, made };
}

/** Two of everything: one about `secret`, one about something else. */
async function twoOfEverything(log: EventLog) {
  const kept = await writeAbout(log, 'public words', NOON, 'Editor');
  const gone = await writeAbout(log, 'secret words', NOON + 7_200_000, 'Bank');
  return { kept, gone };
}

/** Every kind is kept from `time`. */
function since(time: number): KeepFrom {
  const at = { window: time, clipboard: time, keyboard: time, files: time, idle: time };
  return { ...at, web: time, editor: time, suggestions: time };
}

/** What every EventLog must do. `open` gives an empty one and what ends it. */
export function testEventLog(
  name: string,
  open: () => Promise<{ log: EventLog; end: () => Promise<void> }>,
): void {
  describe(`EventLog: ${name}`, () => {
    let log: EventLog;
    let end: () => Promise<void>;
    beforeEach(async () => {
      ({ log, end } = await open());
    });
    afterEach(async () => end());

    it('gives events back as they were, newest first', async () => {
      const rows = [windowEvent('one'), windowEvent('two', { app: undefined }), windowEvent('three')];
      await log.append(rows);
      const page = await log.events();
      expect(page.rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).toReversed());
      expect(page.rows[2]).toEqual(rows[0]);
      expect(page.rows[1]).not.toHaveProperty('app');
      expect(page.next).toBeUndefined();
    });

    it('keeps the order of writing when the clock goes back', async () => {
      await log.append([windowEvent('first', { at: NOON })]);
      await log.append([windowEvent('second', { at: NOON - 3_600_000 })]);
      const titles = (await log.events()).rows.map((row) => row.kind === 'window' && row.data.title);
      expect(titles).toEqual(['second', 'first']);
    });

    it('takes the same event twice as one', async () => {
      const event = windowEvent('once');
      await log.append([event]);
      await log.append([event]);
      expect((await log.events()).rows).toHaveLength(1);
    });

    it('filters events by kind and by time, both ends included', async () => {
      const afk = {
        ...windowEvent(''),
        kind: 'afk' as const,
        at: NOON + 10,
        data: { status: 'afk' as const },
      };
      await log.append([windowEvent('a', { at: NOON }), afk, windowEvent('b', { at: NOON + 20 })]);
      expect((await log.events({ kinds: ['afk'] })).rows).toEqual([afk]);
      expect((await log.events({ kinds: [] })).rows).toEqual([]);
      expect((await log.events({ from: NOON + 10, to: NOON + 20 })).rows).toHaveLength(2);
    });

    it('pages through everything once, without gaps, while rows are added', async () => {
      const sentences = Array.from({ length: 25 }, (_, n) => `page word${n}`);
      await log.observe(sentences.map((each) => observation(each)));
      const read: string[] = [];
      let before: number | undefined;
      do {
        const page = await log.observations({ limit: 10, ...(before === undefined ? {} : { before }) });
        read.push(...page.rows.map((row) => row.event));
        before = page.next;
        await log.observe([observation('came later')]);
      } while (before !== undefined);
      expect(read).toEqual(sentences.toReversed());
    });

    it('counts by the quarter of an hour and reads by time, whatever the order of writing', async () => {
      const start = NOON - (NOON % 900_000);
      const rows = [
        observation('later', { time: start + 900_000, app: 'Editor' }),
        observation('imported, older', { time: start - 5, app: 'Mail' }),
        observation('first', { time: start, app: 'Editor' }),
        observation('nobody', { time: start + 10, app: undefined, kind: 'clipboard' }),
        observation('second', { time: start, app: 'Editor' }),
      ];
      await log.observe(rows);
      expect(await log.quarters()).toEqual([
        [start + 900_000, 1],
        [start, 3],
        [start - 900_000, 1],
      ]);
      expect(await log.quarters({ app: 'Editor', from: start })).toEqual([
        [start + 900_000, 1],
        [start, 2],
      ]);
      const said = async (stretch: Parameters<EventLog['byTime']>[0]) =>
        (await log.byTime(stretch)).map((row) => row.event);
      expect(await said({})).toEqual(['later', 'nobody', 'second', 'first', 'imported, older']);
      expect(await said({ to: start + 899_999, skip: 1, limit: 2 })).toEqual(['second', 'first']);
      expect(await said({ from: start, app: 'Editor' })).toEqual(['later', 'second', 'first']);
      expect(await log.stays(start)).toEqual([
        { id: rows[0]!.id, time: start + 900_000, duration: 1000, app: 'Editor' },
        ...[rows[4]!, rows[2]!].map(({ id, time, duration }) => ({ id, time, duration, app: 'Editor' })),
      ]);
      // A row that moves, and one that goes.
      await log.observe([{ ...rows[1]!, time: start + 20, app: 'Editor' }]);
      await log.forget({ observations: [rows[0]!.id] });
      expect(await log.quarters()).toEqual([[start, 4]]);
      expect(await log.quarters({ app: 'Mail' })).toEqual([]);
      expect((await log.state()).observations).toBe(4);
    });

    it('forgets what was selected by when it began, of one application, but for some, and what saw it', async () => {
      const { kept, gone } = await twoOfEverything(log);
      const other = await writeAbout(log, 'other words', NOON + 7_200_000, 'Mail');
      const spared = observation('spared', { time: NOON + 7_200_001, app: 'Bank' });
      await log.observe([spared]);
      const filter = {
        began: [{ from: NOON + 7_000_000, to: NOON + 7_300_000 }],
        only: 'Bank',
        except: [spared.id],
      };
      expect(await log.forget(filter)).toBe(1);
      const left = (await log.observations()).rows.map((row) => row.id);
      expect(left.toSorted()).toEqual([kept.row.id, other.row.id, spared.id].toSorted());
      expect(await log.suggestion(gone.made.id)).toBeNull();
      expect(await log.suggestion(other.made.id)).not.toBeNull();
      expect(await log.forget({ began: [{ from: 0, to: 1 }], also: [spared.id] })).toBe(1);
      expect((await log.observations()).rows).toHaveLength(2);
    });

    it('replaces an observation in its place, and its words in the index', async () => {
      const row = observation('reading about zebras', { app: undefined });
      await log.observe([row, observation('something else')]);
      await log.observe([
        { ...row, duration: 9000, event: 'reading about giraffes', sources: [row.id, row.id] },
      ]);
      const { rows } = await log.observations();
      expect(rows.map((each) => each.event)).toEqual(['something else', 'reading about giraffes']);
      expect(rows[1]).toMatchObject({ duration: 9000, sources: [row.id, row.id] });
      expect(rows[1]).not.toHaveProperty('app');
      expect((await log.observations({ text: 'zebras' })).rows).toEqual([]);
      expect((await log.observations({ text: 'giraffes' })).rows).toHaveLength(1);
      expect(await log.check()).toBe('ok');
    });

    it('finds sentences in which every word occurs as the start of a word', async () => {
      await log.observe([
        observation('The user opened "Größe und Café" in Firefox'),
        observation('The user copied résumé-2024.pdf', { app: 'Files' }),
        observation('Nothing of interest'),
      ]);
      const find = async (text: string) => (await log.observations({ text })).rows.length;
      expect(await find('user')).toBe(2);
      expect(await find('USER fire')).toBe(1);
      expect(await find('user  resum')).toBe(1);
      expect(await find('cafe')).toBe(1);
      expect(await find('Grosse')).toBe(0);
      expect(await find('größe')).toBe(1);
      expect(await find('2024')).toBe(1);
      expect(await find('sume')).toBe(0);
      expect(await find('user nothing')).toBe(0);
      expect(await find('  ')).toBe(3);
      expect(await find('"; * -')).toBe(0);
      expect(await find('user OR nothing')).toBe(0);
      expect((await log.observations({ text: 'user', app: 'Files' })).rows).toHaveLength(1);
    });

    it('pages through what a search found', async () => {
      await log.observe(Array.from({ length: 30 }, (_, n) => observation(n % 2 ? `odd ${n}` : `even ${n}`)));
      const first = await log.observations({ text: 'odd', limit: 10 });
      const second = await log.observations({ text: 'odd', limit: 10, before: first.next! });
      expect(first.rows[0]?.event).toBe('odd 29');
      expect([...first.rows, ...second.rows]).toHaveLength(15);
      expect(second.next).toBeUndefined();
    });

    it('replaces suggestions and answers, and finds them again', async () => {
      const seen = [observation('seen')];
      const held = suggestion(seen);
      await log.suggest(held);
      await log.suggest(suggestion([], { state: 'expired' }));
      const shown = { ...held, state: 'shown' as const };
      await log.suggest(shown);
      expect(await log.suggestion(held.id)).toEqual(shown);
      expect((await log.suggestions({ states: ['shown', 'snoozed'] })).rows).toEqual([shown]);
      expect((await log.suggestions()).rows).toHaveLength(2);
      expect(await log.suggestion(observation('').id)).toBeNull();
      expect(await log.answerOf(held.id)).toBeNull();
      await log.answer({ ...answer(held.id, 'so f'), state: 'writing' });
      await log.answer(answer(held.id, 'so far'));
      expect(await log.answerOf(held.id)).toEqual(answer(held.id, 'so far'));
    });

    it('keeps feedback, decisions and the audit as written', async () => {
      const row = feedback([observation('seen')], { reason: 'wrong', label: 'rejected' });
      const why = decision({ gate: { probability: 0.1, reasons: [] } });
      const entry = audit(observation('').id);
      await Promise.all([log.feedback(row), log.decide(why), log.audit(entry)]);
      await log.feedback({ ...row, label: 'accepted' });
      expect((await log.feedbacks()).rows).toEqual([row]);
      expect((await log.decisions({ limit: 1 })).rows).toEqual([why]);
      expect((await log.audits({ from: NOON })).rows).toEqual([entry]);
    });

    /** How many rows of each kind there are, and whether any says `secret`. */
    async function left() {
      const pages = await Promise.all([
        log.events(),
        log.observations(),
        log.suggestions(),
        log.feedbacks(),
        log.audits(),
        log.decisions(),
      ]);
      return {
        counts: pages.map((page) => page.rows.length),
        secret: JSON.stringify(pages).includes('secret'),
      };
    }

    for (const [how, filter] of [
      ['by id', (id: string) => ({ observations: [id] })],
      ['by app', () => ({ app: 'Bank' })],
      ['by app, as a person writes it', () => ({ app: 'bank ' })],
      ['by site', () => ({ site: 'bank.example' })],
      ['by site, written as an address', () => ({ site: 'https://www.Bank.example/login' })],
      ['by event', (id: string) => ({ events: [id] })],
      ['by range', () => ({ from: NOON + 7_200_000, to: NOON + 7_300_000 })],
      ['by a range that only overlaps', () => ({ from: NOON + 7_200_900, to: NOON + 7_200_950 })],
    ] as const) {
      it(`forgets ${how}, with everything that saw it`, async () => {
        const { kept, gone } = await twoOfEverything(log);
        expect(await log.forget(filter(gone.row.id))).toBe(1);
        expect(await left()).toEqual({ counts: [1, 1, 1, 1, 1, 2], secret: false });
        expect(await log.suggestion(gone.made.id)).toBeNull();
        expect(await log.answerOf(gone.made.id)).toBeNull();
        expect(await log.answerOf(kept.made.id)).not.toBeNull();
        expect((await log.observations({ text: 'secret' })).rows).toEqual([]);
        expect((await log.observations({ text: 'words' })).rows).toHaveLength(1);
        expect(await log.check()).toBe('ok');
        expect(await log.forget(filter(gone.row.id))).toBe(0);
      });
    }

    it('forgets a suggestion with its answers and keeps what it saw', async () => {
      const { gone } = await twoOfEverything(log);
      expect(await log.forget({ suggestion: gone.made.id })).toBe(0);
      expect((await left()).counts).toEqual([2, 2, 1, 1, 1, 3]);
      expect(await log.answerOf(gone.made.id)).toBeNull();
    });

    it('forgets the task of a decision made while the observation was in sight', async () => {
      const row = observation('secret plan');
      await log.observe([row]);
      await log.decide(decision({ outcome: 'policy', at: NOON + 60_000, task: 'secret task' }));
      await log.decide(decision({ outcome: 'policy', at: NOON + 86_400_000, task: 'later task' }));
      await log.forget({ observations: [row.id] });
      const { rows } = await log.decisions();
      expect(rows.map((each) => each.task)).toEqual(['later task', undefined]);
    });

    it('forgets everything, and goes on', async () => {
      await twoOfEverything(log);
      expect(await log.forget({ everything: true })).toBe(2);
      expect((await left()).counts).toEqual([0, 0, 0, 0, 0, 0]);
      await log.observe([observation('a new day')]);
      expect((await log.observations({ text: 'new' })).rows).toHaveLength(1);
      expect(await log.check()).toBe('ok');
    });

    it('forgets an observation by a later event that it was made of, and events that made none', async () => {
      const first = windowEvent('secret');
      const later = windowEvent('secret', { at: NOON + 30_000 });
      const lone = windowEvent('secret', { at: NOON + 90_000 });
      await log.append([first, later, lone, windowEvent('other')]);
      await log.observe([
        observation('secret', { id: first.id, duration: 31_000, sources: [first.id, later.id] }),
        observation('beside it', { duration: 60_000 }),
      ]);
      expect(await log.forget({ events: [later.id] })).toBe(1);
      expect(await log.forget({ events: [lone.id] })).toBe(0);
      expect((await log.observations()).rows.map((row) => row.event)).toEqual(['beside it']);
      expect((await log.events()).rows).toHaveLength(1);
    });

    it('forgets the windows that showed a page of a forgotten site', async () => {
      const page = windowEvent('A page', {
        at: NOON + 5000,
        data: { title: 'A page', page: 'https://bank.example/a' },
      } as Partial<Event>);
      const shown = windowEvent('A page - Firefox', { app: 'Firefox' });
      const other = windowEvent('Another - Firefox', { app: 'Firefox' });
      const later = windowEvent('A page - Firefox', { app: 'Firefox', at: NOON + 86_400_000 });
      await log.append([shown, other, page, later]);
      for (const each of [shown, other, page, later]) {
        await log.observe([observation(JSON.stringify(each.data), { id: each.id, time: each.at })]);
      }
      expect(await log.forget({ site: 'bank.example' })).toBe(1);
      expect((await log.events()).rows.map(({ id }) => id)).toEqual([later.id, other.id]);
    });

    it('forgets what saw a row that retention took before', async () => {
      const { gone } = await twoOfEverything(log);
      const later = NOON + 10 * 86_400_000;
      expect(await log.retain({ ...since(later), suggestions: 0 }, 1000)).toBeGreaterThan(0);
      expect((await log.observations()).rows).toEqual([]);
      expect(await log.suggestion(gone.made.id)).not.toBeNull();
      expect(await log.forget({ site: 'bank.example' })).toBe(0);
      expect(await log.suggestion(gone.made.id)).toBeNull();
      expect((await left()).secret).toBe(false);
      expect((await log.suggestions()).rows).toHaveLength(1);
    });

    it('keeps each kind for its own time, in batches', async () => {
      const clip = {
        ...windowEvent(''),
        kind: 'clipboard' as const,
        data: { content: 'text' as const, size: 3, text: 'old' },
      };
      await log.append([clip, windowEvent('still there')]);
      await log.observe([
        observation('copied', { id: clip.id, kind: 'clipboard', sources: [clip.id] }),
        observation('goes on', { kind: 'clipboard', duration: 3_600_000 }),
        observation('reads'),
      ]);
      await log.suggest(suggestion([]));
      const limits = { ...since(0), clipboard: NOON + 60_000 };
      expect(await log.retain(limits, 1)).toBe(1);
      expect(await log.retain(limits, 1)).toBe(0);
      expect((await log.observations()).rows.map((row) => row.event)).toEqual(['reads', 'goes on']);
      expect((await log.events()).rows.map((row) => row.kind)).toEqual(['window']);
      expect((await log.observations({ text: 'copied' })).rows).toEqual([]);
      expect(await log.retain({ ...since(0), suggestions: NOON + 1 }, 100)).toBe(1);
      expect((await log.suggestions()).rows).toEqual([]);
      let steps = 0;
      while ((await log.retain(since(NOON + 86_400_000), 1)) > 0) steps += 1;
      expect(steps).toBe(3);
      expect((await left()).counts).toEqual([0, 0, 0, 0, 0, 0]);
      expect(await log.check()).toBe('ok');
    });

    it('says where it stands', async () => {
      await log.append([windowEvent('a'), windowEvent('b')]);
      await log.observe([observation('a')]);
      expect(await log.state()).toMatchObject({ events: 2, observations: 1, schema: 6 });
    });

    it('tells of decisions what a replay needs, newest first, in pages', async () => {
      const policy = { threshold: 0.5, propensity: 0.015, eagerness: 0.4 };
      const drawn = decision({ outcome: 'judge', score: 0.4, policy, audit: true, task: 'Look it up' });
      const cooling = decision({ outcome: 'rule', reason: 'cool-down: 12 s left after the last suggestion' });
      const capped = decision({ outcome: 'rule', reason: '20 suggestions today, the daily cap is 20' });
      const offered = decision({ outcome: 'proposal', suggestion: randomUUID(), at: NOON + 5 });
      const others = [
        decision({ outcome: 'rule', reason: 'nobody is at the computer' }),
        decision({ outcome: 'error', reason: 'the turn was stopped' }),
      ];
      for (const each of [drawn, cooling, ...others, capped, offered, decision()]) await log.decide(each);
      const first = await log.moments({ limit: 2 });
      const rest = await log.moments({ limit: 5, before: first.next! });
      expect(rest.next).toBeUndefined();
      const rows = [...first.rows, ...rest.rows];
      expect(rows.map((each) => each.outcome)).toEqual(['gate', 'proposal', 'rule', 'rule', 'judge']);
      const { id, at, outcome, score, audit, task } = drawn;
      expect(rows.at(-1)).toEqual({ id, at, outcome, score, audit, task, propensity: 0.015 });
      expect(rows[1]).toEqual({
        id: offered.id,
        at: NOON + 5,
        outcome: 'proposal',
        suggestion: offered.suggestion,
      });
      expect((await log.moments({ from: NOON + 1 })).rows.map((each) => each.id)).toEqual([offered.id]);
    });

    it('tells of suggestions, answers and capture what insights need', async () => {
      const mark = (at: number, data: object) =>
        ({ id: randomUUID(), at, duration: 0, monitor: 'capture', kind: 'capture', data }) as Event;
      const drop = (at: number, reason: string, count: number) =>
        ({ ...mark(at, { source: 'window', reason, count }), kind: 'dropped' }) as Event;
      await log.append([
        mark(NOON - 9, { state: 'stopped' }),
        mark(NOON - 8, { state: 'started' }),
        mark(NOON - 7, { state: 'stalled', source: 'files', restarts: 2 }),
        drop(NOON + 1, 'private', 2),
        drop(NOON + 2, 'private', 3),
        drop(NOON + 2, 'excluded', 1),
        mark(NOON + 3, { state: 'paused' }),
      ]);
      expect(await log.captured({ from: NOON, to: NOON + 3 })).toEqual({
        kinds: { dropped: 3, capture: 1 },
        drops: [
          { source: 'window', reason: 'private', count: 5 },
          { source: 'window', reason: 'excluded', count: 1 },
        ],
        marks: [{ at: NOON + 3, state: 'paused', previous: NOON + 2 }],
        before: [
          { at: NOON - 8, state: 'started', previous: null },
          { at: NOON - 7, state: 'stalled', source: 'files', restarts: 2, previous: null },
        ],
      });
      const answered = {
        id: randomUUID(),
        at: NOON,
        seen: [],
        latency: 5,
        via: 'digest' as const,
      };
      await log.feedback({ ...answered, label: 'missed-need', needed: false, decision: answered.id });
      await log.feedback({ ...answered, id: randomUUID(), at: NOON + 9, label: 'missed-need', needed: true });
      const first = await log.told({ limit: 1 });
      expect(first.rows).toMatchObject([{ at: NOON + 9, needed: true }]);
      const { id, at, via } = answered;
      expect((await log.told({ before: first.next! })).rows).toEqual([
        { id, at, via, label: 'missed-need', needed: false, decision: id },
      ]);
      const offered = suggestion([], {
        at: NOON,
        score: 0.4,
        audit: true,
        state: 'expired',
        history: [
          { state: 'held', at: NOON },
          { state: 'shown', at: NOON + 4 },
          { state: 'expired', at: NOON + 8 },
        ],
      });
      await log.suggest(offered);
      expect((await log.offered({ from: NOON })).rows).toEqual([
        {
          id: offered.id,
          at: NOON,
          state: 'expired',
          task: offered.proposal.task,
          proposer: offered.proposal.proposer,
          score: 0.4,
          audit: true,
          shownAt: NOON + 4,
        },
      ]);
    });

    it('keeps mutes, one for each kind and name, past the retention of suggestions', async () => {
      const kind = { what: 'kind', name: 'pattern:error', at: NOON, on: true } as const;
      await log.mute(kind);
      await log.mute({ what: 'topic', name: 'look up', at: NOON, on: true, task: 'Look it up' });
      await log.mute({ ...kind, at: NOON + 1, on: false });
      while ((await log.retain(since(NOON + 86_400_000), 100)) > 0);
      const found = (await log.mutes()).map(({ what, on }) => [what, on]);
      expect(found.toSorted()).toEqual([
        ['kind', false],
        ['topic', true],
      ]);
    });

    it('forgets a muted topic with whatever it came from; kinds and apps are the user’s own words', async () => {
      const { gone } = await twoOfEverything(log);
      const topic = { what: 'topic', at: NOON + 7_300_000, on: true } as const;
      const names = async () => (await log.mutes()).map(({ name }) => name).toSorted();
      await log.mute({ what: 'app', name: 'Bank', at: NOON, on: true });
      await log.mute({ ...topic, name: 'by suggestion', suggestion: gone.made.id });
      await log.mute({ ...topic, name: 'by app', apps: ['Mail'] });
      await log.mute({ ...topic, name: 'by site', sites: ['my.shop.example'] });
      await log.mute({ ...topic, name: 'by time', at: NOON + 100, from: NOON });
      await log.forget({ app: 'Bank' });
      expect(await names()).toEqual(['Bank', 'by app', 'by site', 'by time']);
      await log.forget({ app: 'Mail' });
      await log.forget({ site: 'shop.example' });
      expect(await names()).toEqual(['Bank', 'by time']);
      await log.forget({ from: NOON - 100, to: NOON + 50 });
      expect(await names()).toEqual(['Bank']);
      await log.forget({ everything: true });
      expect(await names()).toEqual([]);
    });

    it('may be closed twice and refuses work after that', async () => {
      await log.close();
      await log.close();
      await expect(log.append([windowEvent('late')])).rejects.toMatchObject({ code: 'not-running' });
      await expect(log.events()).rejects.toMatchObject({ code: 'not-running' });
    });

    it('replies are added to the answer that a study marked, and to nothing that is forgotten', async () => {
      const { row, made } = await writeAbout(log, 'public words', NOON, 'Editor');
      const study = { id: 'gate-2026', participant: 'p-01', consent: randomUUID(), arm: 'gate-on' };
      const marked = feedback([row], { suggestion: made.id, study });
      const other = feedback([row]);
      await log.feedback(marked);
      await log.feedback(other);
      const replies = [
        { question: 'timing', value: 4 },
        { question: 'doing', value: 'it’s "late"' },
      ];
      expect(await log.reply(marked.id, NOON + 5, replies)).toBe(true);
      expect(await log.reply(other.id, NOON + 5, replies)).toBe(false);
      const find = async (id: string) => (await log.feedbacks()).rows.find((each) => each.id === id);
      expect(await find(marked.id)).toEqual({ ...marked, study: { ...study, askedAt: NOON + 5, replies } });
      expect(await find(other.id)).toEqual(other);
      await log.forget({ observations: [row.id] });
      expect(await log.reply(marked.id, NOON + 6, replies)).toBe(false);
      expect((await log.feedbacks()).rows).toEqual([]);
    });

    it('forgets what a study marked, and nothing that was watched meanwhile', async () => {
      const { kept, gone } = await twoOfEverything(log);
      const study = { id: 'gate-2026', participant: 'p-01', consent: randomUUID() };
      await log.suggest({ ...gone.made, study });
      const missed = feedback([kept.row], { label: 'missed-need', study });
      const another = feedback([kept.row], { study: { ...study, id: 'another' } });
      await log.feedback(missed);
      await log.feedback(another);
      await log.decide(decision({ study, task: 'secret words' }));
      expect(await log.forget({ study: study.id })).toBe(0);
      expect((await log.suggestions()).rows.map(({ id }) => id)).toEqual([kept.made.id]);
      expect(await log.answerOf(gone.made.id)).toBeNull();
      const answers = (await log.feedbacks()).rows;
      expect(answers.map((each) => each.suggestion ?? each.id)).toEqual([another.id, kept.made.id]);
      const tasks = (await log.decisions()).rows.flatMap((each) => [each.task, each.study?.id]);
      expect([tasks.includes('secret words'), tasks.includes(study.id)]).toEqual([false, false]);
      expect((await log.observations()).rows).toHaveLength(2);
      expect((await log.events()).rows).toHaveLength(2);
    });
  });
}
