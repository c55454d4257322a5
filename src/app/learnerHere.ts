import { join } from 'node:path';
import { factsFromSentences } from '../agent/facts.ts';
import { createGate, readGateWeights } from '../agent/gate.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Paths } from '../paths.ts';
import { openVersions, versionsFile } from '../reward/versions.ts';
import { createLearner, type Learner } from './learner.ts';
import { createRate } from './rating.ts';
import { openReward } from './rewardHere.ts';

const STUDY = 'A study is in force, so the shipped model decides and nothing is learnt until it ends.';

/** The learner over the shipped weights and this machine's data folder. Rejects where a shipped file cannot be read. */
export async function openLearner(options: {
  readonly paths: Pick<Paths, 'data' | 'assets'>;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly learning: () => boolean;
  /** A study is in force: it is made with the shipped model, the same for everybody. */
  readonly studying: () => boolean;
  readonly onChange: () => void;
  readonly onNote: (line: string) => void;
}): Promise<Learner> {
  const { paths, clock, onNote } = options;
  const gate = createGate(await readGateWeights(join(paths.assets, 'gate.json')));
  const reward = openReward(paths);
  const versions = await openVersions(versionsFile(paths.data), { clock, onNote });
  const { trainedOn, measured, limits } = reward.weights.card;
  return createLearner({
    ...options,
    versions,
    held: () => (options.studying() ? STUDY : null),
    rate: createRate({
      logit: reward.logit,
      judge: reward.judge,
      need: (seen) => gate.need(factsFromSentences(seen, seen.at(-1)?.time ?? 0)),
    }),
    shipped: [trainedOn, measured, limits].join('\n').slice(0, 2000),
  });
}
