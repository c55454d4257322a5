import { type Command, Option } from 'commander';
import { AppError } from '../errors.ts';
import { addOwnVerbs, type OwnOptions, trainOwn } from './reward/own.ts';
import { trainGate, type TrainOptions } from './reward/trainGate.ts';
import { trainJudge } from './reward/trainJudge.ts';

type Asked = OwnOptions & Partial<TrainOptions> & { readonly what?: 'gate' | 'judge' };

/** `beforehand reward`: what was learnt from this user's answers; and how the shipped weights are made. */
export function addReward(program: Command): void {
  const reward = program
    .command('reward')
    .description('what your answers taught, versions and going back; and how the shipped weights are made');
  addOwnVerbs(reward);
  reward
    .command('train')
    .description('learn anew from your answers; with --what, fit shipped weights on human-judged windows')
    .addOption(
      new Option('--what <model>', 'shipped weights, instead of your own answers').choices(['gate', 'judge']),
    )
    .option('--data <folder>', "with --what: a folder in ProactiveBench's layout")
    .option('--write <file>', 'with --what: keep the weights, with their model card, in this file')
    .option('--demo', 'without --what: of the demo day instead of your own', false)
    .option('--json', 'print JSON', false)
    .action(async ({ what, data, write, demo, json }: Asked) => {
      if (what === undefined) {
        if (data !== undefined || write !== undefined)
          throw new AppError('usage', '[reward] --data and --write go with --what');
        await trainOwn({ demo, json });
        return;
      }
      if (data === undefined)
        throw new AppError('usage', '[reward] --what wants --data with the folder to learn from');
      const train = what === 'gate' ? trainGate : trainJudge;
      await train({ data, json, ...(write !== undefined && { write }) });
    });
}
