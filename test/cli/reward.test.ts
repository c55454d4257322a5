import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../src/log/open.ts';
import { RewardCard, RewardVersion } from '../../src/model/learned.ts';
import { createPaths } from '../../src/paths.ts';
import { answered, NOW } from '../app/learnt.ts';
import { cli } from '../desktop/core.ts';

/** A home whose log has answers, and the command line over it; no core runs. */
async function home(answers: number, accepts: (n: number) => boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-reward-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    BEFOREHAND_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: folder,
  };
  if (answers > 0) {
    const { log } = await openLog({ paths: createPaths({ env }), clock: { now: () => NOW } });
    await answered(log, answers, accepts);
    await log.close();
  }
  return {
    run: (...args: string[]) => cli(env, ['reward', ...args]),
    learned: () => readFileSync(join(folder, 'data', 'learned.json'), 'utf8'),
  };
}

it('learns, tells, compares and goes back, without a running core', async () => {
  const { run, learned } = await home(60, (n) => n % 6 !== 0);
  const trained = await run('train', '--json');
  expect(trained.code).toBe(0);
  const card = RewardCard.parse(JSON.parse(trained.out));
  expect(card.versions[0]).toMatchObject({ id: 'v1', inUse: true, learntFrom: 60 });
  expect(JSON.parse(learned())).toMatchObject({ inUse: 'v1' });

  const told = await run('card');
  expect(told.out).toContain('Your answers: accepted 50, rejected 10.');
  expect(told.out).toMatch(/^\*\s+v1 .* 60 /m);
  expect(told.out).toMatch(/^ +shipped /m);

  const compared = JSON.parse((await run('compare', '--json')).out) as unknown[];
  expect(compared.map((each) => RewardVersion.parse(each).id)).toEqual(['v1', 'shipped']);
  expect((await run('compare', 'v1', 'shipped')).out).toMatch(/^leaning +\+\d/m);

  const back = await run('use', 'shipped');
  expect(back.code).toBe(0);
  expect(back.out).toMatch(/^\*\s+shipped /m);
  const gone = await run('use', 'v7');
  expect(gone).toMatchObject({ code: 1, out: '' });
  expect(gone.talk).toContain('there is no version “v7”');
}, 120_000);

it('says why nothing was learnt, and that nothing was kept', async () => {
  const few = await home(3, () => true);
  const told = await few.run('train', '--json');
  expect(told.code).toBe(0);
  expect(told.talk).toContain('3 answers are too few to learn from: 5 are wanted.');
  expect(RewardCard.parse(JSON.parse(told.out)).versions).toHaveLength(1);
  const empty = await home(0, () => true);
  const none = await empty.run('card');
  expect(none).toMatchObject({ code: 1, out: '' });
  expect(none.talk).toContain('nothing was kept yet');
}, 120_000);
