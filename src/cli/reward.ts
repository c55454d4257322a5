import { type Command, Option } from 'commander';
import { resolve } from 'node:path';
import { fitGate, type GateFigures, measureGate } from '../bench/gate/fit.ts';
import { gateWindowsOf } from '../bench/gateFolds.ts';
import { LEAST_TRACES } from '../bench/need/detectors.ts';
import { writeResult } from '../bench/writing.ts';
import { AppError } from '../errors.ts';
import { readBenchFolder } from '../proactivebench/folder.ts';
import { windowsOf } from '../proactivebench/windows.ts';
import { result, say, table } from './output.ts';

interface Train {
  readonly what: 'gate';
  readonly data: string;
  readonly write?: string;
  readonly json: boolean;
}

/** `beforehand reward`: what the shipped weights are, and how they are made. */
export function addReward(program: Command): void {
  const reward = program.command('reward').description('train the models that decide when to speak');
  reward
    .command('train')
    .description('fit shipped weights on human-judged windows, and say how well they do on traces left out')
    .addOption(new Option('--what <model>', 'which weights').choices(['gate']).makeOptionMandatory())
    .requiredOption('--data <folder>', "a folder in ProactiveBench's layout")
    .option('--write <file>', 'keep the weights, with their model card, in this file')
    .option('--json', 'print JSON', false)
    .action(trainGate);
}

async function trainGate(options: Train): Promise<void> {
  const { train, test } = await readBenchFolder(options.data);
  const windows = gateWindowsOf(windowsOf([...train, ...test]));
  const traces = new Set(windows.map((window) => window.trace)).size;
  if (traces < LEAST_TRACES) {
    throw new AppError(
      'bad-input',
      `[reward] ${options.data} holds judged windows of ${traces} traces, and weights are chosen with whole traces left out: give a folder with ${LEAST_TRACES} or more`,
    );
  }
  const figures = measureGate(windows);
  const weights = fitGate(windows, figures['gate']!);
  if (options.write !== undefined) {
    const file = resolve(options.write);
    await writeResult(file, `${JSON.stringify(weights, null, 2)}\n`);
    say(`Wrote ${file}.`);
  }
  result(options.json, { what: 'gate', windows: windows.length, traces, figures, weights }, [
    `${windows.length} windows of ${traces} traces, whole traces left out`,
    ...table([
      ['', 'AUC', 'F1', 'rate', 'precision at 20 %', 'Brier', 'skill'],
      ...Object.entries(figures).map(([name, row]) => [name, ...cells(row)]),
    ]),
    '',
    ...table([['fact', 'weight'], ...weights.features.map(({ name, weight }) => [name, weight.toFixed(3)])]),
  ]);
}

function cells(row: GateFigures): readonly string[] {
  return [row.auc, row.f1, row.proposalRate, row.precisionAt20, row.brier, row.brierSkill].map((each) =>
    each === null ? '-' : each.toFixed(3),
  );
}
