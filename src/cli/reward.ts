import { type Command, Option } from 'commander';
import { trainGate, type TrainOptions } from './reward/trainGate.ts';

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
    .action((options: TrainOptions) => trainGate(options));
}
