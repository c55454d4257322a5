import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { studyBlocks } from '../../src/bench/study/blocks.ts';
import { figuresByArm } from '../../src/bench/study/figures.ts';
import { pool } from '../../src/bench/study/pool.ts';
import { openArchive } from '../../src/bench/study/archive.ts';
import { studyReport } from '../../src/bench/study/report.ts';
import { StudyReport } from '../../src/bench/study/shape.ts';
import { Settings } from '../../src/model/settings.ts';
import { StudyFile, type StudyRecord } from '../../src/model/study.ts';
import type { StudyAnswerRow, StudyTurnRow } from '../../src/model/studyRows.ts';
import { appliedStudy, recordOf } from '../../src/study/consent.ts';
import { folder } from '../app/platform.ts';
import { exampleFile } from './file.ts';

const file = StudyFile.parse(exampleFile());
const at = Date.UTC(2026, 2, 10, 9);
const MINUTE = 60_000;

const answer = (
  arm: string,
  label: StudyAnswerRow['label'],
  more: Partial<StudyAnswerRow> = {},
): StudyAnswerRow => ({
  id: randomUUID(),
  at,
  arm,
  label,
  latency: 1000,
  via: 'card',
  reason: null,
  needed: label === 'accepted' || label === 'missed-need' ? true : label === 'rejected' ? false : null,
  proposer: 'model',
  threshold: 0.5,
  asked: false,
  replies: [],
  ...more,
});
const turn = (arm: string, minute: number, outcome: StudyTurnRow['outcome'] = 'gate'): StudyTurnRow => ({
  at: at + minute * MINUTE,
  arm,
  outcome,
  need: 0.3,
  tokens: 0,
  ms: 1,
});

/** An archive as an export writes it. */
function archive(
  place: string,
  participant: string,
  rows: { readonly answers?: readonly StudyAnswerRow[]; readonly turns?: readonly StudyTurnRow[] },
  change: (record: StudyRecord) => StudyRecord = (record) => record,
): string {
  const study = appliedStudy(file, Settings.parse({}), { at, participant, how: 'phrase' });
  const out = join(place, `${participant}-${randomUUID().slice(0, 8)}`);
  mkdirSync(out);
  const files = Object.entries({ study_answers: rows.answers ?? [], study_turns: rows.turns ?? [] }).map(
    ([name, lines]) => {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      writeFileSync(join(out, `${name}.jsonl`), text);
      const sha256 = createHash('sha256').update(text).digest('hex');
      return { name: `${name}.jsonl`, rows: lines.length, bytes: text.length, sha256 };
    },
  );
  const manifest = { by: 'beforehand', schema: 2, files, study: change(recordOf(study)) };
  writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest));
  return out;
}

const on = 'gate-on';
const off = 'gate-off';
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const report = (folders: readonly string[], seed = 1) => studyReport(folders, { seed, rounds: 500 });

it('counts as the definitions say', async () => {
  const place = folder();
  const out = archive(place, 'p-01', {
    // Newest first. Two pauses: ten minutes long, and between the arms.
    turns: [turn(off, 40), turn(off, 37, 'proposal'), turn(on, 14), turn(on, 4, 'proposal'), turn(on, 0)],
    answers: [
      answer(on, 'accepted', {
        asked: true,
        replies: [
          { question: 'timing', value: 4 },
          { question: 'doing', value: 'looking for something' },
        ],
      }),
      answer(on, 'rejected', { asked: true }),
      answer(on, 'ignored'),
      answer(on, 'edited', { needed: true }),
      answer(on, 'snoozed'),
      answer(on, 'expired'),
      answer(on, 'missed-need', { proposer: null }),
      answer(off, 'rejected', { needed: null }),
    ],
  });
  const { rows, differences } = figuresByArm([await pool(await openArchive(out))], [on, off], { seed: 1 });
  const [first, second] = rows;
  expect(first).toMatchObject({
    arm: on,
    participants: 1,
    hours: 4 / 60,
    counts: {
      turns: 3,
      proposals: 1,
      asked: 2,
      replied: 1,
      choices: { doing: { 'looking for something': 1 } },
    },
  });
  const values = (row: (typeof rows)[number]) =>
    Object.fromEntries(Object.entries(row.figures).map(([name, each]) => [name, each.value]));
  expect(values(first!)).toEqual({
    accept: 2 / 4,
    reject: 1 / 4,
    ignore: 1 / 4,
    need: 3 / 4,
    proposalsPerHour: 15,
    missedPerHour: 15,
  });
  expect(values(second!)).toEqual({
    accept: 0,
    reject: 1,
    ignore: 0,
    need: null,
    proposalsPerHour: 20,
    missedPerHour: 0,
  });
  expect(first!.scales).toEqual({ timing: { value: 4, ci: null } });
  expect(differences[0]).toMatchObject({
    arm: off,
    from: on,
    figures: { accept: { value: -0.5, ci: null }, need: { value: null } },
  });
});

it('intervals are over participants, the same for the same seed and whatever the order; none below three', async () => {
  const place = folder();
  const person = (participant: string, accepted: number) =>
    archive(place, participant, {
      turns: [turn(on, 2), turn(on, 0), turn(off, 100)],
      answers: [
        ...times(accepted, () => answer(on, 'accepted')),
        ...times(10 - accepted, () => answer(on, 'rejected')),
        ...times(10, () => answer(off, 'rejected')),
      ],
    });
  const folders = ['p-01', 'p-02', 'p-03', 'p-04'].map((participant, at) =>
    person(participant, [2, 4, 6, 8][at]!),
  );
  const found = (await report(folders))!;
  const accept = found.rows[0]!.figures.accept;
  expect(accept.value).toBe(0.5);
  // Four people drawn from {0.2, 0.4, 0.6, 0.8}: the mean of a draw lies between the two ends.
  expect([accept.ci![0] >= 0.2 && accept.ci![0] < 0.4, accept.ci![1] > 0.6 && accept.ci![1] <= 0.8]).toEqual([
    true,
    true,
  ]);
  expect(found.differences[0]!.figures.accept).toMatchObject({
    value: -0.5,
    ci: [-accept.ci![1], -accept.ci![0]],
  });
  expect(await report(folders)).toEqual(found);
  expect((await report(folders.toReversed()))!.rows.map((row) => row.counts)).toEqual(
    found.rows.map((row) => row.counts),
  );
  const two = (await report(folders.slice(0, 2)))!;
  expect([two.rows[0]!.figures.accept.value, two.rows[0]!.figures.accept.ci]).toEqual([0.3, null]);
  expect(StudyReport.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
  const blocks = studyBlocks(found);
  expect(blocks.filter((each) => each.kind === 'bars').map((each) => each.caption)).toContain(
    'Accept, by arm',
  );
  const table = blocks.find((each) => each.kind === 'table');
  expect(table?.rows.map((row) => row.slice(0, 2))).toEqual([
    [on, { value: 0.5, low: accept.ci![0], high: accept.ci![1] }],
    [off, { value: 0, low: 0, high: 0 }],
  ]);
});

it('halves the time between turns of two arms, so that short stretches do not raise a rate', async () => {
  const place = folder();
  // Every second minute another arm: a quarter of an hour, half of it in each.
  const turns = Array.from({ length: 16 }, (_, minute) =>
    turn(minute % 2 === 0 ? on : off, minute, minute < 4 ? 'proposal' : 'gate'),
  ).toReversed();
  const out = archive(place, 'p-01', { turns });
  const { rows } = figuresByArm([await pool(await openArchive(out))], [on, off], { seed: 1 });
  expect(rows.map((row) => [row.hours, row.figures.proposalsPerHour.value])).toEqual([
    [0.125, 16],
    [0.125, 16],
  ]);
});

it('gives no interval to an arm, a figure or a difference with fewer than three participants behind it', async () => {
  const place = folder();
  const person = (participant: string, arm: string, accepted: number, timing?: number) =>
    archive(place, participant, {
      turns: [turn(arm, 2), turn(arm, 0)],
      answers: [
        ...times(accepted, () => answer(arm, 'accepted')),
        answer(arm, 'rejected', {
          asked: true,
          replies: timing === undefined ? [] : [{ question: 'timing', value: timing }],
        }),
      ],
    });
  const many = [person('p-02', on, 1, 5), person('p-03', on, 2), person('p-04', on, 5)];
  const { rows, differences } = (await report([person('p-01', off, 3), ...many]))!;
  const [first, second] = rows;
  expect(second).toMatchObject({ arm: off, participants: 1, figures: { accept: { value: 0.75, ci: null } } });
  expect(first!.figures.accept.ci).toHaveLength(2);
  expect(first!.scales).toEqual({ timing: { value: 5, ci: null } });
  expect(differences[0]!.figures.accept.value).toBeCloseTo(0.75 - 8 / 11);
  expect(differences[0]!.figures.accept.ci).toBeNull();
  const three = [person('p-05', off, 3), person('p-06', off, 0), person('p-07', off, 1)];
  expect((await report([...many, ...three]))!.differences[0]!.figures.accept.ci).toHaveLength(2);
});

it('refuses what is no archive, was changed, is there twice or does not belong, in one sentence', async () => {
  const place = folder();
  const good = archive(place, 'p-01', { answers: [answer(on, 'accepted')], turns: [turn(on, 0)] });
  const other = archive(place, 'p-02', {});
  const refused = async (folders: readonly string[], words: RegExp) => {
    const thrown = await report(folders).catch((each: Error & { code: string }) => each);
    expect(thrown).toMatchObject({ code: 'bad-input', message: expect.stringMatching(words) });
    expect((thrown as Error).message.split('\n')).toHaveLength(1);
  };
  const changed = (what: (text: string) => string, name: string) => {
    const out = archive(place, 'p-09', { answers: [answer(on, 'accepted')], turns: [turn(on, 0)] });
    writeFileSync(join(out, name), what(readFileSync(join(out, name), 'utf8')));
    return out;
  };
  await refused(
    [good, changed((text) => text.replace('accepted', 'rejected'), 'study_answers.jsonl')],
    /was changed: study_answers/,
  );
  await refused([good, strange()], /which its manifest does not name/);
  await refused(
    [changed((text) => text.replace('You may pause', 'You may not pause'), 'manifest.json')],
    /consent text is not the one/,
  );
  await refused([changed((text) => text.slice(0, -9), 'manifest.json')], /no study’s archive/);
  await refused(
    [changed((text) => text.replace(/"participant":"p-09"/, '"participant":"p-07"'), 'manifest.json')],
    /consent record is of another/,
  );
  await refused([good, other, good], /is a second archive of what/);
  await refused([good, archive(place, 'p-01', {})], /is of p-01, as is .*, at the same time/);
  await refused(
    [good, archive(place, 'p-03', {}, (record) => ({ ...record, sha256: '0'.repeat(64) }))],
    /another version of gate-2026/,
  );
  await refused(
    [
      good,
      archive(place, 'p-03', {}, (record) => ({
        ...record,
        id: 'other',
        consent: { ...record.consent, study: 'other' },
      })),
    ],
    /is of the study other/,
  );
  await refused(
    [archive(place, 'p-04', { answers: [answer('no-such-arm', 'accepted')] })],
    /line 1: an arm that the study does not have/,
  );

  function strange(): string {
    const out = archive(place, 'p-08', {});
    writeFileSync(join(out, 'more.txt'), 'x');
    return out;
  }
});

it('questions and choices that every object has as members are counted; replies to no question are refused', async () => {
  const place = folder();
  const named = (record: StudyRecord): StudyRecord => ({
    ...record,
    questions: [
      { id: 'constructor', kind: 'choice', text: 'Which?', choices: ['__proto__', 'name', 'constructor'] },
      { id: 'valueof', kind: 'scale', text: 'How?', low: 'a', high: 'b' },
    ],
  });
  const said = (value: string | number, question = 'constructor') =>
    answer(on, 'accepted', { asked: true, replies: [{ question, value }] });
  const answers = [said('__proto__'), said('__proto__'), said('constructor'), said(4, 'valueof')];
  const out = ['p-01', 'p-02'].map((each) => archive(place, each, { answers }, named));
  const found = await report(out);
  const counts = found!.rows[0]!.counts;
  expect(Object.entries(counts.choices['constructor']!)).toEqual([
    ['__proto__', 4],
    ['constructor', 2],
  ]);
  const said6 = studyBlocks(found!).find((block) => block.kind === 'table' && /Which/.test(block.caption));
  expect(said6?.kind === 'table' && said6.rows[0]).toEqual([on, 4, 0, 2]);

  for (const reply of [said('perhaps'), said(5), said('x', 'unasked'), said(2, 'doing')]) {
    const forged = archive(place, 'p-03', { answers: [reply] }, named);
    await expect(report([forged])).rejects.toThrow(/study_answers\.jsonl line 1: a reply to what the study/);
  }
});
