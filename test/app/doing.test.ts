import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Answer } from '../../src/model/feedback.ts';
import { newId } from '../../src/model/id.ts';
import type { Operation } from '../../src/model/proposal.ts';
import { REMINDER } from '../../src/model/reminder.ts';
import { cli } from '../desktop/core.ts';
import { suggestion } from '../suggestions/fakes.ts';
import { until } from '../until.ts';
import { folder, startApp } from './platform.ts';

type Run = Awaited<ReturnType<typeof startApp>>;

/** A home, a watched folder, and what the files source tells of a file in it. */
function place() {
  const home = folder();
  const papers = join(home, 'Papers');
  mkdirSync(papers);
  const put = (name: string): Extract<Event, { kind: 'file' }> => {
    writeFileSync(join(papers, name), name);
    const data = { action: 'created' as const, name, folder: 'Papers', type: 'text', size: 1, binary: false };
    return { id: newId(), at: Date.now(), duration: 0, monitor: 'files', kind: 'file', data };
  };
  return { home, papers, put };
}

/** Puts a suggestion where an earlier turn would have left it and accepts it from the inbox. */
async function accept({ app }: Run, operation: Operation): Promise<string> {
  const now = Date.now();
  const held = suggestion('do it', now, { until: now + 86_400_000 });
  await app.log.suggest({ ...held, proposal: { ...held.proposal, operation } });
  await app.handlers['suggestions.answer']({ id: held.id, answer: 'accept', via: 'inbox' });
  return held.id;
}

const ended = ({ app }: Run, id: string) =>
  until('its end', async (): Promise<Answer | null> => {
    const { answer } = await app.handlers['suggestions.get']({ id });
    return answer && answer.state !== 'writing' ? answer : null;
  });
const settings = (papers: string) => ({ folders: [papers] });

it('a rename: from the event to the names on disk, undone after a restart, listed, forgotten with all else', async () => {
  const { home, papers, put } = place();
  const first = await startApp(home, { now: Date.now(), settings: settings(papers) });
  const events = ['IMG 1.txt', 'IMG 2.txt'].map(put);
  for (const event of events) await first.feed(event);
  const id = await accept(first, {
    kind: 'rename',
    files: events.map((event, at) => ({
      file: { event: event.id, name: event.data.name },
      to: `oslo-0${at + 1}.txt`,
    })),
  });
  expect(await ended(first, id)).toMatchObject({ state: 'done', undoable: true });
  expect(readdirSync(papers).toSorted()).toEqual(['oslo-01.txt', 'oslo-02.txt']);
  const record = join(home, 'renames', `${id}.json`);
  expect(readFileSync(record, 'utf8')).toContain(papers);
  await first.app.close();

  const second = await startApp(home, { settings: null, now: Date.now() });
  const listed = async () => (await second.app.handlers['operations.list']({})).rows;
  expect(await listed()).toMatchObject([{ operation: 'rename', result: 'done', undoable: true }]);
  const undone = await second.app.handlers['operations.undo']({ suggestion: id });
  expect(undone).toMatchObject({ operation: 'undo', result: 'done' });
  expect(readdirSync(papers).toSorted()).toEqual(['IMG 1.txt', 'IMG 2.txt']);
  const rows = await listed();
  expect(rows.map((row) => [row.operation, row.undoable])).toEqual([
    ['undo', undefined],
    ['rename', undefined],
  ]);
  expect(existsSync(record)).toBe(false);
});

it('forgetting everything takes the record of a rename along, in the running core and by the command line', async () => {
  const { home, papers, put } = place();
  const run = await startApp(home, { now: Date.now(), settings: settings(papers) });
  const record = (id: string) => join(home, 'renames', `${id}.json`);
  const event = put('a.txt');
  await run.feed(event);
  const file = { event: event.id, name: 'a.txt' };
  const id = await accept(run, { kind: 'rename', files: [{ file, to: 'b.txt' }] });
  await ended(run, id);
  expect(existsSync(record(id))).toBe(true);
  await run.app.handlers.forget({ everything: true });
  expect(readdirSync(join(home, 'renames'))).toEqual([]);
  expect(readdirSync(papers)).toEqual(['b.txt']);

  const again = put('c.txt');
  await run.feed(again);
  const next = await accept(run, {
    kind: 'rename',
    files: [{ file: { event: again.id, name: 'c.txt' }, to: 'd.txt' }],
  });
  await ended(run, next);
  await run.app.close();
  expect(existsSync(record(next))).toBe(true);
  const env = { PATH: process.env['PATH'], HOME: home, BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home };
  const audit = await cli(env, ['log', 'audit']);
  expect(audit.out).toMatch(new RegExp(`rename  done     c\\.txt → d\\.txt  \\(undo ${next}\\)`));
  expect(await cli(env, ['undo'])).toMatchObject({ code: 1, talk: expect.stringContaining('not running') });
  expect(await cli(env, ['log', 'forget', '--everything'])).toMatchObject({ code: 0 });
  expect(existsSync(record(next))).toBe(false);
});

it('undoes from the command line what the running core did', async () => {
  const { home, papers, put } = place();
  const run = await startApp(home, { now: Date.now(), settings: settings(papers) });
  const event = put('a.txt');
  await run.feed(event);
  const file = { event: event.id, name: 'a.txt' };
  await ended(run, await accept(run, { kind: 'rename', files: [{ file, to: 'b.txt' }] }));
  const env = { PATH: process.env['PATH'], HOME: home, BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home };
  const undone = await cli(env, ['undo', '--json']);
  expect(JSON.parse(undone.out)).toMatchObject({ operation: 'undo', result: 'done' });
  expect(readdirSync(papers)).toEqual(['a.txt']);
  expect(await cli(env, ['undo'])).toMatchObject({
    code: 1,
    talk: expect.stringContaining('nothing to take back'),
  });
});

it('reads and opens only what is watched, and nothing once the files source is off', async () => {
  const { home, papers, put } = place();
  const run = await startApp(home, { now: Date.now(), settings: settings(papers) });
  const event = put('notes.txt');
  await run.feed(event);
  const file = { event: event.id, name: 'notes.txt' };
  expect(await ended(run, await accept(run, { kind: 'read', file }))).toMatchObject({
    state: 'done',
    text: expect.stringContaining('notes.txt\n1 line'),
  });
  await accept(run, { kind: 'open', file });
  await until('it is opened', () => run.opened.length === 1);
  expect(run.opened).toEqual([join(papers, 'notes.txt')]);
  await run.app.handlers['settings.set']({ sources: { files: false } });
  const id = await accept(run, { kind: 'open', file });
  expect(await ended(run, id)).toMatchObject({ note: 'No folder is watched, so no file may be touched.' });
  expect(run.opened).toHaveLength(1);
});

it('a reminder comes through the ordinary life of a suggestion, later, and teaches nothing', async () => {
  const { home } = place();
  const now = Date.now();
  const first = await startApp(home, { now });
  const id = await accept(first, { kind: 'remind', text: 'Send the minutes', minutes: 5 });
  expect(await ended(first, id)).toMatchObject({ undoable: true });
  const answered = (await first.app.log.feedbacks()).rows.length;
  await first.app.close();

  const second = await startApp(home, { settings: null, now: now + 30 * 60_000 });
  const current = async () => (await second.app.handlers['state.get']({})).current;
  const shown = await until('the reminder', current);
  expect(shown).toMatchObject({
    state: 'shown',
    proposal: { task: 'Send the minutes', proposer: REMINDER, why: expect.stringContaining('You asked at') },
  });
  expect(await ended(second, id)).not.toHaveProperty('undoable');
  await second.app.handlers['suggestions.answer']({ id: shown.id, answer: 'snooze', via: 'card' });
  expect((await second.app.handlers['suggestions.get']({ id: shown.id })).suggestion.state).toBe('snoozed');
  await second.app.handlers['suggestions.answer']({ id: shown.id, answer: 'accept', via: 'inbox' });
  expect((await second.app.log.feedbacks()).rows).toHaveLength(answered);
});
