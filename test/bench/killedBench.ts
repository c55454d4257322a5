/** A small bench with the real harness, for tests that kill it: `node killedBench.ts HOME MILLISECONDS`. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { createRandom } from '../../src/bench/random.ts';
import { eachInTurn } from '../../src/bench/run.ts';
import { runBench } from '../../src/cli/bench/options.ts';
import { result } from '../../src/cli/output.ts';

const [home = '', pace = '0'] = process.argv.slice(2);
const options = {
  seed: 7,
  results: join(home, 'results.jsonl'),
  cache: join(home, 'cache'),
  fresh: false,
  json: true,
};
const done = await runBench('need', options, async (run) => {
  const random = createRandom(run.seed);
  const items = Array.from({ length: 12 }, (_, at) => ({ at, value: random() }));
  const values = await eachInTurn(
    run,
    'Working',
    (n) => `${n} items`,
    items,
    ({ at, value }) =>
      run.cache.get({ at, value }, z.number(), async () => {
        appendFileSync(join(home, 'worked'), `${at}\n`);
        await setTimeout(Number(pace));
        return value * 2;
      }),
  );
  return values && { result: { values }, facts: { model: null, data: null } };
});
if (done) result(true, done, []);
