import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTeaching } from '../../src/app/teaching.ts';
import { contract } from '../../src/contract.ts';
import { folderWith, outFolder, STEPS } from '../annotation/fixtures.ts';

const clock = { now: () => Date.UTC(2026, 10, 24, 12, 0, 0) };
const who = { folder: null, annotator: 'Ada' };

function desk() {
  const data = outFolder();
  mkdirSync(join(data, 'traces'));
  writeFileSync(join(data, 'traces', 'a.json'), JSON.stringify(STEPS));
  return { data, teaching: createTeaching(data, clock) };
}

it('channels take no path for a name, no stranger’s fields and no answer out of bounds', () => {
  const { input } = contract['annotation.keep'];
  const good = { ...who, trace: 'a.json', digest: 'a'.repeat(64), event: 0, take: [0] };
  expect(input.safeParse(good).success).toBe(true);
  for (const wrong of [
    { trace: '../a.json' },
    { trace: 'x/a.json' },
    { trace: 'x\\a.json' },
    { annotator: '../ada' },
    { digest: 'a' },
    { event: -1 },
    { take: [50] },
    { take: 'all' },
    { more: 1 },
    { folder: 'x'.repeat(4097) },
  ]) {
    expect([wrong, input.safeParse({ ...good, ...wrong }).success]).toEqual([wrong, false]);
  }
});

it('opens, keeps and converts, and writes into the data folder alone', async () => {
  const { data, teaching } = desk();
  const opened = await teaching['annotation.open'](who);
  expect(opened.traces).toMatchObject([{ name: 'a.json', events: 3, asked: 2, answered: 0 }]);
  const { digest, answers } = await teaching['annotation.trace']({ ...who, trace: 'a.json' });
  expect(answers).toEqual([null, null, null]);
  const keep = (event: number, take: number[] | null) =>
    teaching['annotation.keep']({ ...who, trace: 'a.json', digest, event, take });
  // Sent at once, kept in order; a candidate that comes twice is one.
  await Promise.all([keep(0, [2, 0, 2]), keep(2, [1]), keep(2, [])]);
  const after = await teaching['annotation.trace']({ ...who, trace: 'a.json' });
  expect(after.answers).toEqual([[0, 2], null, []]);
  await expect(keep(1, [0])).rejects.toThrow(/has no such candidate/);
  await expect(keep(0, [3])).rejects.toThrow(/has no such candidate/);
  const made = await teaching['annotation.convert'](who);
  expect(made).toMatchObject({
    rows: 7,
    windows: 2,
    file: join(data, 'annotations', 'reward-2026-11-24T12-00-00.jsonl'),
  });
  expect(statSync(made.file).mode & 0o777).toBe(0o600);
  await expect(teaching['annotation.convert'](who)).rejects.toThrow(/exists already/);
  expect(readdirSync(join(data, 'annotations'))).toHaveLength(2);
});

it('another’s answers are not read before one’s own trace is finished', async () => {
  const { data, teaching } = desk();
  const { digest } = await teaching['annotation.trace']({ ...who, trace: 'a.json' });
  await teaching['annotation.keep']({ ...who, trace: 'a.json', digest, event: 0, take: [1] });
  // A damaged file of somebody else is no trouble to who is not done, since it is not opened.
  writeFileSync(join(data, 'annotations', 'ben.answers.jsonl'), 'damaged\n');
  expect((await teaching['annotation.open'](who)).traces[0]!.answered).toBe(1);
  expect(await teaching['annotation.agreement'](who)).toMatchObject({ annotators: [], leftOut: ['a.json'] });
  await expect(teaching['annotation.convert'](who)).rejects.toThrow(/1 begun, none finished/);
  await teaching['annotation.keep']({ ...who, trace: 'a.json', digest, event: 2, take: [] });
  await expect(teaching['annotation.agreement'](who)).rejects.toThrow(/ben.answers.jsonl line 1 is damaged/);
});

it('reads trace files of a whole path alone, and not through a link out of it', async () => {
  const { teaching } = desk();
  const elsewhere = folderWith({ 'secret.json': STEPS });
  const folder = folderWith({ 'b.json': STEPS });
  symlinkSync(join(elsewhere, 'secret.json'), join(folder, 'link.json'));
  const opened = await teaching['annotation.open']({ ...who, folder });
  expect(opened.traces.map((each) => each.name)).toEqual(['b.json']);
  for (const trace of ['link.json', '..', '.', 'none.json']) {
    await expect(teaching['annotation.trace']({ ...who, folder, trace })).rejects.toThrow(/\[annotation\]/);
  }
  await expect(teaching['annotation.open']({ ...who, folder: 'relative' })).rejects.toThrow(/whole path/);
  await expect(teaching['annotation.open']({ ...who, folder: '/x\0y' })).rejects.toThrow(/whole path/);
});
