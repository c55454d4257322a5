import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../src/model/proposal.ts';
import { windowsOf } from '../../src/proactivebench/windows.ts';
import type { RewardRow } from '../../src/proactivebench/rows.ts';
import { acceptanceOf, firedOn, likeTasks } from './patternsFire.ts';

/** Rows of one made-up trace: a file, then a search for it, with what was proposed and whether it was taken. */
function rows(language: string, tasks: readonly (readonly [string | null, boolean])[]): readonly RewardRow[] {
  const obs = [
    { time: '1700000000', event: `The user works on the file 'hull.${language}' in Visual Studio Code.` },
    { time: '1700000030', event: `The user searches on Google for 'how to reverse a list in ${language}'.` },
  ];
  return tasks.map(([pred_task, valid]) => ({
    obs,
    pred_task,
    valid,
    help_needed: true,
    annotation: [valid, valid, valid],
    category: 'Correct-Detection (CD)' as never,
  }));
}

const TASKS = [
  [null, false],
  ['Give an example that reverses a list', true],
  ['Show a snippet of the weather', false],
  ['Open a new tab', false],
] as const;

describe('what people took where a pattern speaks', () => {
  const windows = windowsOf([...rows('rb', TASKS), ...rows('jl', TASKS), ...rows('go', TASKS)]);

  it('counts the judged tasks of its kind, and of those the ones about its subject', async () => {
    const fired = await firedOn(windows);
    const line = acceptanceOf(fired).find(({ pattern }) => pattern === 'example-for-work')!;
    expect(line).toMatchObject({
      traces: 3,
      windows: 3,
      needed: 1,
      kind: { n: 6, accepted: 3 },
      subject: { n: 3, accepted: 3 },
    });
    expect(line.judge).toBeGreaterThan(0);
    expect(acceptanceOf(fired).find(({ pattern }) => pattern === 'error')).toMatchObject({ windows: 0 });
  });

  it('never counts silence as a task', () => {
    const proposal = { task: 'Show an example', topic: 'list' } as Proposal;
    expect(likeTasks({ window: windows[0]!, proposal }).kind).toEqual([true, false]);
  });
});
