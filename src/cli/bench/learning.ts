import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { createGate, readGateWeights } from '../../agent/gate.ts';
import { openReward } from '../../app/rewardHere.ts';
import { digestOf } from '../../bench/digest.ts';
import { benchLearning, type LearningResult } from '../../bench/learning/learning.ts';
import { simulatedUsers } from '../../bench/learning/users.ts';
import { AppError } from '../../errors.ts';
import { createPaths } from '../../paths.ts';
import { result, say, table } from '../output.ts';
import { type BenchOptions, runBench, whole, withBenchOptions } from './options.ts';

interface LearningOptions extends BenchOptions {
  readonly people: number;
  readonly days: number;
  readonly moments: number;
  readonly eagerness: number;
  readonly users?: readonly string[];
}

/** `beforehand bench learning`: does it get better with its user's answers? */
export function addBenchLearning(bench: Command): void {
  const names = simulatedUsers(0).map(({ name }) => name);
  withBenchOptions(
    bench
      .command('learning')
      .description('regret against days of simulated users with known taste, beside one that never learns')
      .option('--people <n>', 'lives of each kind of user', from(1), 5)
      .option('--days <n>', 'working days of a life', from(3), 15)
      .option('--moments <n>', 'moments of a day', from(1), 24)
      .option('--eagerness <e>', 'the dial, 0 to 1', share, 0.4)
      .option('--users <names...>', `only these: ${names.join(', ')}`),
  ).action(async (options: LearningOptions) => {
    const unknown = options.users?.find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new AppError(
        'usage',
        `[bench] there is no user ${unknown}: name some of ${names.join(', ')} with --users`,
      );
    const paths = createPaths();
    const { judge, weights } = openReward(paths);
    const gate = await readGateWeights(join(paths.assets, 'gate.json'));
    const shipped = {
      gate: createGate(gate),
      judge,
      score: weights.score,
      digest: digestOf({ gate, weights }),
    };
    const done = await runBench('learning', options, async (run) => {
      const measured = await benchLearning(shipped, run, options);
      return measured && { result: measured, facts: { model: null, data: null } };
    });
    if (!done) return;
    for (const note of done.notes) say(note);
    result(options.json, done, learningLines(done));
  });
}

function learningLines({ rows, people, days, moments }: LearningResult): readonly string[] {
  return [
    `${people} lives of each, ${days} days of ${moments} moments; a day on average`,
    ...table([
      ['user', 'life', 'regret', '95 %', 'late', 'shown', 'accepted', 'labels', 'against frozen', '95 %'],
      ...rows.map((row) => [
        row.user,
        row.life,
        two(row.regret),
        row.regretCi.map(two).join(' to '),
        two(row.regretLate),
        two(row.shown),
        row.accepted === null ? '-' : two(row.accepted),
        two(row.labels),
        ...(row.life === 'frozen' ? [] : [two(row.saved), row.savedCi.map(two).join(' to ')]),
      ]),
    ]),
    '',
    'late: the last third of the days. knowing: told the true taste from the first day.',
  ];
}

const two = (value: number) => value.toFixed(2);

const from = (least: number) => (text: string) => {
  const value = whole(text);
  if (value < least) throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
  return value;
};

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}
