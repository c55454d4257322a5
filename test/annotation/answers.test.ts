import { fork } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { annotatorOf, fileOf, keepAnswer, readAnswers, readEverybody } from '../../src/annotation/answers.ts';
import { outFolder, STEPS, trace } from './fixtures.ts';

const keep = (out: string, event: number, take: readonly number[] | null, name = 'Ada', of = trace()) =>
  keepAnswer(out, name, { trace: of, event, take }, 1000);

it('keeps three states apart, the newest answer counts, and the file is private', async () => {
  const out = join(outFolder(), 'made');
  await keep(out, 0, [1]);
  await keep(out, 0, [0, 2]);
  await keep(out, 2, []);
  expect((await readAnswers(out, 'Ada')).of(trace())).toEqual([[0, 2], null, []]);
  await keep(out, 0, null);
  expect((await readAnswers(out, 'ada')).of(trace())).toEqual([null, null, []]);
  expect([statSync(out).mode & 0o777, statSync(join(out, fileOf('Ada'))).mode & 0o777]).toEqual([
    0o700, 0o600,
  ]);
});

it('a half-written last line costs nothing but itself, and the next answer stands on a line of its own', async () => {
  const out = outFolder();
  const file = join(out, fileOf('Ada'));
  await keep(out, 0, [0]);
  const whole = statSync(file).size;
  await keep(out, 2, [1]);
  for (const size of [statSync(file).size - 1, whole + 1, whole]) {
    truncateSync(file, size);
    expect((await readAnswers(out, 'Ada')).of(trace())).toEqual([[0], null, null]);
  }
  appendFileSync(file, '{"trace":"made_up/a.js');
  await keep(out, 2, []);
  expect((await readAnswers(out, 'Ada')).of(trace())).toEqual([[0], null, []]);
  truncateSync(file, 10);
  expect((await readAnswers(out, 'Ada')).of(trace())).toEqual([null, null, null]);
  await keep(out, 0, [2]);
  expect((await readAnswers(out, 'Ada')).of(trace())).toEqual([[2], null, null]);
});

it('two that begin at once, as a terminal and a window may, keep both answers', async () => {
  const out = outFolder();
  await Promise.all([keep(out, 0, [0], 'Ada'), keep(out, 2, [1], 'ada')]);
  expect(readFileSync(join(out, fileOf('Ada')), 'utf8').match(/annotator/g)).toHaveLength(2);
  expect((await readAnswers(out, 'Ada')).of(trace())).toEqual([[0], null, [1]]);
});

it('what was acknowledged survives kill -9', { timeout: 30_000 }, async () => {
  const out = outFolder();
  const child = fork(fileURLToPath(new URL('keepChild.ts', import.meta.url)), [out]);
  const told = await new Promise<number>((resolve) => {
    let last = 0;
    child.on('message', (count) => {
      last = count as number;
      if (last === 25) child.kill('SIGKILL');
    });
    child.on('exit', () => resolve(last));
  });
  expect(told).toBeGreaterThanOrEqual(25);
  const lines = readFileSync(join(out, fileOf('Ada')), 'utf8')
    .split('\n')
    .slice(1);
  expect(lines.filter((line) => line.endsWith('}')).length).toBeGreaterThanOrEqual(told);
  expect((await readAnswers(out, 'Ada')).of(trace())[0]).not.toBeNull();
});

it('a damaged line in the middle is named, and nothing is lost', async () => {
  const out = outFolder();
  const file = join(out, fileOf('Ada'));
  await keep(out, 0, [0]);
  appendFileSync(file, 'garbage\n');
  await keep(out, 2, []);
  await expect(readAnswers(out, 'Ada')).rejects.toThrow(`${file} line 3 is damaged`);
  writeFileSync(file, readFileSync(file, 'utf8').replace('garbage\n', ''));
  expect((await readAnswers(out, 'Ada')).of(trace())).toEqual([[0], null, []]);
});

it('answers to a changed trace are kept, not counted, and noticed', async () => {
  const out = outFolder();
  await keep(out, 0, [0]);
  await keep(out, 2, []);
  const changed = trace([...STEPS, { observation: { time: '9', event: 'Closes.' } }]);
  const answers = await readAnswers(out, 'Ada');
  expect(answers.of(changed)).toEqual([null, null, null, null]);
  expect([answers.stale(changed), answers.stale(trace())]).toEqual([2, 0]);
  expect(answers.stale(trace(STEPS, 'other.json'))).toBe(0);
});

it.each(['../x', 'a/b', '', ' ', '.', '..', 'a\u0000b', '\u001b[2J', 'x'.repeat(41), '-a', 'a\\b', 'a\nb'])(
  'is no name: %j',
  (name) => {
    expect(() => annotatorOf(name)).toThrow(/is no annotator’s name/);
  },
);

it('names of any script become files of their own, whatever their case', () => {
  const names = ['Ada', 'Zoë', 'zoe', 'Jürgen K.', '李雷', 'con', 'a b', 'a-b'].map(annotatorOf);
  const files = names.map(fileOf);
  expect(new Set(files).size).toBe(files.length);
  for (const file of files) expect(file).toMatch(/^[a-z0-9-]+-[0-9a-f]{10}\.answers\.jsonl$/);
  expect(fileOf('ADA')).toBe(fileOf('ada'));
  // Composed and decomposed are one person.
  expect(annotatorOf('Zoe\u0308')).toBe(annotatorOf('Zoë'));
});

it('reads everybody in the order of names, and refuses one person twice', async () => {
  const out = outFolder();
  expect(await readEverybody(join(out, 'none'))).toEqual([]);
  await keep(out, 0, [0], 'Ben');
  await keep(out, 0, [1], 'Ada');
  expect((await readEverybody(out)).map((each) => each.annotator)).toEqual(['Ada', 'Ben']);
  const [file] = readdirSync(out);
  writeFileSync(join(out, 'copy.answers.jsonl'), readFileSync(join(out, file!)));
  await expect(readEverybody(out)).rejects.toThrow(/holds two files of/);
});
