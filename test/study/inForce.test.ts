import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { exportParts } from '../../src/app/exporting.ts';
import { runExport } from '../../src/export/export.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { StudyFile } from '../../src/model/study.ts';
import { createPaths } from '../../src/paths.ts';
import { createSettingsStore } from '../../src/settingsFile.ts';
import { demoDay, folder, startApp } from '../app/platform.ts';
import { writeSettings } from '../desktop/core.ts';
import { exampleFile } from './file.ts';

// Each plays a morning through the whole program, whose log commits every 50 ms.
vi.setConfig({ testTimeout: 90_000 });

const day = demoDay();
const start = day[0]!.at;
const study = (more: object = {}) =>
  StudyFile.parse({
    ...exampleFile(),
    settings: { cooldownSeconds: 0 },
    asks: { minutes: 0, perDay: 50 },
    ...more,
  });
const one = (arm: object) => ({
  by: 'day',
  seed: 's',
  of: [
    { id: 'aa', ...arm },
    { id: 'bb', ...arm },
  ],
});
type Run = Awaited<ReturnType<typeof startApp>>;
const state = ({ app }: Run) => app.handlers['state.get']({});
const apply = ({ app }: Run, file = study()) =>
  app.handlers['study.apply']({ file, participant: 'p-01', how: 'phrase' });

async function untilShown(run: Run, events = day): Promise<Suggestion> {
  for (const event of events) {
    await run.feed(event);
    const { current } = await state(run);
    if (current) return current;
  }
  throw new Error('nothing was shown all day');
}

it('marks suggestion, decision and answer; asks after it, and keeps what is said with the answer', async () => {
  const run = await startApp(folder(), { now: start });
  await apply(run);
  const shown = await untilShown(run);
  expect(shown.study).toMatchObject({
    id: 'gate-2026',
    participant: 'p-01',
    arm: expect.stringMatching(/^gate-/),
  });
  expect((await state(run)).study).toMatchObject({ title: 'Does the gate help?', asks: null });
  await run.app.handlers['suggestions.answer']({ id: shown.id, answer: 'reject', via: 'card' });
  const { asks } = (await state(run)).study!;
  expect(asks).toMatchObject({ suggestion: shown.id, questions: [{ id: 'timing' }, { id: 'doing' }] });
  const reply = (replies: { question: string; value: string | number }[]) =>
    run.app.handlers['study.reply']({ feedback: asks!.feedback, replies });
  await reply([
    { question: 'timing', value: 4 },
    // Fits no choice, so it is left out.
    { question: 'doing', value: 'something else' },
  ]);
  expect((await state(run)).study!.asks).toBeNull();
  const [feedback] = (await run.app.log.feedbacks()).rows;
  expect(feedback).toMatchObject({
    label: 'rejected',
    study: { ...shown.study, replies: [{ question: 'timing', value: 4 }] },
  });
  expect(feedback!.study!.askedAt).toBe(feedback!.at);
  await expect(reply([])).rejects.toMatchObject({ code: 'not-found' });
  const { decision } = await run.app.handlers['suggestions.get']({ id: shown.id });
  expect(decision?.study).toEqual(shown.study);
  await run.app.handlers['need.record']({});
  const [missed] = (await run.app.log.feedbacks()).rows;
  expect([missed!.label, missed!.study?.arm]).toEqual(['missed-need', shown.study!.arm]);
});

it('ending is at once: settings are back, nothing more is marked or asked, and what is left is answered unmarked', async () => {
  const home = folder();
  const run = await startApp(home, {
    now: start,
    settings: { dailyCap: 7, sources: { files: false } as never },
  });
  const before = run.app.handlers['settings.get']({});
  await apply(run, study({ settings: { dailyCap: 20, cooldownSeconds: 0 } }));
  expect(await run.app.handlers['settings.get']({})).toMatchObject({
    dailyCap: 20,
    sources: { files: true },
  });
  const shown = await untilShown(run);
  await run.app.handlers['study.end']({});
  expect([await run.app.handlers['settings.get']({}), (await state(run)).study]).toEqual([
    await before,
    undefined,
  ]);
  await run.app.handlers['suggestions.answer']({ id: shown.id, answer: 'reject', via: 'card' });
  const [feedback] = (await run.app.log.feedbacks()).rows;
  expect([feedback!.label, feedback!.study]).toEqual(['rejected', undefined]);
  await run.app.handlers['need.record']({});
  expect((await run.app.log.feedbacks()).rows[0]!.study).toBeUndefined();
  await expect(async () => run.app.handlers['study.end']({})).rejects.toMatchObject({ code: 'not-found' });
  expect(createSettingsStore(createPaths({ env: { BEFOREHAND_HOME: home } })).studies()).toMatchObject({
    now: null,
    past: [{ consent: { participant: 'p-01', how: 'phrase' } }],
  });
});

it('an arm that nobody proposes in is silent', async () => {
  const silent = await startApp(folder(), { now: start });
  await apply(silent, study({ arms: one({ proposers: 'none' }) }));
  for (const event of day.slice(0, 40)) await silent.feed(event);
  const decisions = (await silent.app.log.decisions({ limit: 500 })).rows;
  expect(decisions.length).toBeGreaterThan(10);
  expect(decisions.filter((each) => each.outcome === 'proposal')).toEqual([]);
});

it('the gate off: every event reaches the proposers', async () => {
  const outcomes = async (arm: object) => {
    const run = await startApp(folder(), { now: start, settings: { eagerness: 0 } });
    await apply(run, study({ arms: one({ proposers: 'model', ...arm }) }));
    for (const event of day.slice(0, 25)) await run.feed(event);
    return (await run.app.log.decisions({ limit: 500 })).rows.map((each) => each.outcome);
  };
  // At the least eagerness the gate stops nearly everything; off, it stops nothing.
  expect(await outcomes({})).toContain('gate');
  expect(await outcomes({ gate: 'off' })).not.toContain('gate');
});

it('an arm’s eagerness is in force, and logged with what it made', async () => {
  const eager = await startApp(folder(), { now: start, settings: { eagerness: 0.1 } });
  await apply(eager, study({ arms: one({ eagerness: 1 }) }));
  expect((await untilShown(eager)).policy).toMatchObject({
    eagerness: 1,
    threshold: expect.closeTo(0.2, 2),
  });
});

it('what a study holds is refused in one sentence; less watching, pauses and exclusions are not', async () => {
  const run = await startApp(folder(), { now: start });
  await apply(run, study({ sources: { only: ['window', 'idle'] } }));
  const set = async (patch: object) => run.app.handlers['settings.set'](patch);
  await expect(set({ cooldownSeconds: 5 })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/end the study first/),
  });
  await expect(set({ sources: { clipboard: true } })).rejects.toMatchObject({ code: 'refused' });
  await expect(set({ typedApps: ['Slack'] })).rejects.toMatchObject({ code: 'refused' });
  await expect(async () => run.app.handlers['models.use']({ alias: 'smollm2-135m' })).rejects.toMatchObject({
    code: 'refused',
  });
  await set({ sources: { window: false }, excludedApps: ['Bank'], retentionDays: { window: 1 } });
  await run.app.handlers['capture.pause']({ minutes: null });
  expect(await state(run)).toMatchObject({ capture: 'paused', study: { id: 'gate-2026' } });
  await expect(apply(run)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/is in force: end it first/),
  });
});

it('forgetting and exclusions are stronger: a forgotten answer loses its row, its replies and its open questions', async () => {
  const run = await startApp(folder(), { now: start });
  await apply(run);
  const shown = await untilShown(run);
  await run.app.handlers['suggestions.answer']({
    id: shown.id,
    answer: 'reject',
    reason: 'not-needed',
    via: 'card',
  });
  const { feedback } = (await state(run)).study!.asks!;
  const { consent } = shown.study!;
  const place = folder();
  const exported = async () => {
    const out = join(place, 'archive');
    const manifest = await runExport({
      ...exportParts(createPaths(), { names: 'replace', hide: [] }),
      log: run.app.log,
      formats: ['study-answers', 'proactivebench'],
      out,
      clock: { now: () => start },
      version: '0.0.0',
      consent: 'x',
      of: (each) => each.study?.consent === consent,
    });
    return [
      manifest.files.map((each) => each.rows),
      readFileSync(join(out, 'study_answers.jsonl'), 'utf8') !== '',
    ];
  };
  expect(await exported()).toEqual([[1, 1], true]);
  await run.app.handlers.forget({ observations: shown.seen.map((each) => each.id) });
  expect((await state(run)).study!.asks).toBeNull();
  await expect(
    run.app.handlers['study.reply']({ feedback, replies: [{ question: 'timing', value: 1 }] }),
  ).rejects.toMatchObject({ code: 'not-found' });
  expect(await exported()).toEqual([[0, 0], false]);
  expect((await run.app.log.feedbacks()).rows).toEqual([]);
  expect((await run.app.log.suggestions()).rows.filter((each) => each.id === shown.id)).toEqual([]);
});

it('refuses what is frozen to other parts; one that changed later is broken and collects nothing', async () => {
  const gate = fileURLToPath(new URL('../../src/assets/gate.json', import.meta.url));
  const pinned = { version: 'gate-2', sha256: createHash('sha256').update(readFileSync(gate)).digest('hex') };
  const home = folder();
  const first = await startApp(home, { now: start });
  const frozen = (part: object) => study({ frozen: { ...(exampleFile()['frozen'] as object), gate: part } });
  await expect(apply(first, frozen({ ...pinned, sha256: '0'.repeat(64) }))).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(
      /the gate here is gate-2 .* not gate-2 \(000000000000\): install the version/,
    ),
  });
  expect((await state(first)).study).toBeUndefined();
  await apply(first, frozen(pinned));
  await first.app.close();
  // By hand, while nobody runs.
  const { settings } = createPaths({ env: { BEFOREHAND_HOME: home } });
  const written = JSON.parse(readFileSync(settings, 'utf8')) as object;
  writeFileSync(settings, JSON.stringify({ ...written, cooldownSeconds: 99 }));
  const second = await startApp(home, { settings: null, now: start });
  expect([second.notes, (await state(second)).study]).toMatchObject([
    [],
    { broken: expect.stringContaining('cooldownSeconds was changed') },
  ]);
  const shown = await untilShown(second);
  expect(shown.study).toBeUndefined();
});

it('ends by itself when its time is over, also while nothing ran', async () => {
  const home = folder();
  writeSettings(home, { dailyCap: 7 });
  const first = await startApp(home, { now: start, settings: { dailyCap: 7 } });
  await apply(first, study({ settings: { dailyCap: 20 }, lasts: { days: 1 } }));
  first.setClock(start + 86_400_000);
  const shown = await untilShown(
    first,
    day.map((event) => ({ ...event, at: event.at + 86_400_000 })),
  );
  expect(shown.study).toBeUndefined();
  await first.app.close();
  const second = await startApp(home, { settings: null, now: start + 86_400_001 });
  await expect.poll(async () => (await state(second)).study).toBeUndefined();
  expect(await second.app.handlers['settings.get']({})).toMatchObject({ dailyCap: 7 });
  expect(second.notes.join()).toContain('is over; your settings are as they were');
});

it('who forgets everything keeps no record of studies that ended either', async () => {
  const home = folder();
  const run = await startApp(home, { now: start });
  await apply(run);
  await run.app.handlers['study.end']({});
  const past = () => createSettingsStore(createPaths({ env: { BEFOREHAND_HOME: home } })).studies().past;
  expect(past()).toHaveLength(1);
  await run.app.handlers.forget({ study: 'gate-2026' });
  expect(past()).toHaveLength(1);
  await run.app.handlers.forget({ everything: true });
  expect(past()).toEqual([]);
});
