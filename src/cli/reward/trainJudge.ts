import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { LEAST_TRACES } from '../../bench/need/detectors.ts';
import { fitShipped } from '../../bench/reward/ship.ts';
import { entriesOf } from '../../bench/reward/splits.ts';
import { writeResult } from '../../bench/writing.ts';
import { AppError } from '../../errors.ts';
import { readBenchFolder } from '../../proactivebench/folder.ts';
import { interruptible } from '../interrupt.ts';
import { progressBar, result, say, table } from '../output.ts';
import type { TrainOptions } from './trainGate.ts';

/**
 * Fits the shipped judge, the score and the priors of patterns on the judgements of a folder, and says how well such weights
 * do on traces left out. Writes them, with their model card, where `write` says; nothing where it was interrupted. Rejects
 * with `bad-input` for fewer traces than can be left out.
 */
export async function trainJudge(options: TrainOptions): Promise<void> {
  const { train, test, models } = await readBenchFolder(options.data);
  const parts = entriesOf(train, test);
  const entries = [...parts.train, ...parts.test];
  const traces = new Set(entries.map(({ trace }) => trace)).size;
  if (traces < LEAST_TRACES) {
    throw new AppError(
      'bad-input',
      `[reward] ${options.data} holds judgements of ${traces} traces, and weights are chosen with whole traces left out: give a folder with ${LEAST_TRACES} or more`,
    );
  }
  const fitted = await interruptible(async (signal) => {
    const bar = progressBar('Leaving traces out', (n) => `${n} traces`);
    const onFold = async (done: number) => {
      bar.update(done, traces);
      await setImmediate();
      return !signal.aborted;
    };
    return fitShipped(entries, models, onFold).finally(bar.stop);
  });
  if (!fitted) {
    say('Interrupted: nothing was written.');
    process.exitCode = 1;
    return;
  }
  const { weights, ...figures } = fitted;
  if (options.write !== undefined) {
    const file = resolve(options.write);
    await writeResult(file, `${JSON.stringify(weights, null, 2)}\n`);
    say(`Wrote ${file}.`);
  }
  result(options.json, { what: 'judge', entries: entries.length, traces, figures, weights }, [
    `${entries.length} judgements of ${traces} traces. ${weights.card.measured}`,
    '',
    'Weights of the standardised features, in log-odds',
    ...table(weights.judge.features.map(({ name, weight }) => [name, weight.toFixed(3)])),
    '',
    'Weights of the score, and priors of kinds of proposers',
    ...table([
      ['need', weights.score.need.toFixed(3), ''],
      ['judgement', weights.score.judgement.toFixed(3), ''],
      ...weights.score.kinds.map(({ kind, bias, source }) => [kind, bias.toFixed(3), source]),
    ]),
  ]);
}
