import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { type Learner } from '../../app/learner.ts';
import { openLearner } from '../../app/learnerHere.ts';
import type { Assistant } from '../../contract.ts';
import { AppError } from '../../errors.ts';
import { openLog } from '../../log/open.ts';
import type { RewardCard } from '../../model/learned.ts';
import { systemClock } from '../../model/ports.ts';
import { createPaths } from '../../paths.ts';
import type { Client } from '../../rpc.ts';
import { createSettingsStore } from '../../settingsFile.ts';
import { result, say } from '../output.ts';
import { cardLines, compareLines, versionOf } from './ownLines.ts';
import { callRunning } from '../running.ts';

/** Options of the verbs about this user's own answers. */
export interface OwnOptions {
  readonly demo: boolean;
  readonly json: boolean;
}

/** Adds `reward card`, `reward use` and `reward compare`. */
export function addOwnVerbs(reward: Command): void {
  const verb = (name: string, words: string) =>
    reward
      .command(name)
      .description(words)
      .option('--demo', 'of the demo day instead of your own', false)
      .option('--json', 'print JSON', false);
  verb('card', 'what was learnt from your answers, how well it foretells them, and every version').action(
    async (options: OwnOptions) => {
      const card = await cardOf(options);
      result(options.json, card, cardLines(card));
    },
  );
  verb('use <id>', 'go back to a version, or to the one the program came with: shipped').action(
    async (id: string, options: OwnOptions) => {
      const card = await asked(
        options,
        (client) => client.call('reward.use', { id }),
        (learner) => learner.use(id),
      );
      result(options.json, card, cardLines(card));
    },
  );
  verb(
    'compare [one] [other]',
    'two versions beside each other: the one in use and the shipped one unless told',
  ).action(async (one: string | undefined, other: string | undefined, options: OwnOptions) => {
    const card = await cardOf(options);
    const pair = [
      versionOf(card, one ?? card.versions.find((each) => each.inUse)!.id),
      versionOf(card, other ?? 'shipped'),
    ] as const;
    result(options.json, pair, compareLines(...pair));
  });
}

/** `reward train` without `--what`: learns anew from this user's answers. */
export async function trainOwn(options: OwnOptions): Promise<void> {
  const card = await asked(
    options,
    (client) => client.call('reward.train', {}),
    (learner) => learner.train(),
  );
  if (card.refused !== undefined) say(card.refused);
  result(options.json, card, cardLines(card));
}

const cardOf = (options: OwnOptions) =>
  asked(
    options,
    (client) => client.call('reward.card', {}),
    (learner) => learner.card(),
  );

/** Asks the running core, which owns the log; without one the log is opened here. */
async function asked(
  { demo }: OwnOptions,
  running: (client: Client<Assistant>) => Promise<RewardCard>,
  here: (learner: Learner) => Promise<RewardCard>,
): Promise<RewardCard> {
  const paths = createPaths(demo ? { profile: 'demo' } : {});
  const answer = await callRunning(paths, running);
  if (answer) return answer;
  if (!existsSync(paths.log)) {
    throw new AppError(
      'not-found',
      '[reward] nothing was kept yet: start Beforehand first with `npm start`.',
    );
  }
  const settings = createSettingsStore(paths);
  const { log, note } = await openLog({ paths, clock: systemClock });
  if (note) say(note);
  try {
    const learner = await openLearner({
      paths,
      log,
      clock: systemClock,
      learning: () => settings.get().learning,
      studying: () => settings.studies().now !== null,
      onChange() {},
      onNote: say,
    });
    return await here(learner);
  } finally {
    await log.close();
  }
}
