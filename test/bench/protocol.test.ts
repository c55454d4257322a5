import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { candidatesOf } from '../../src/bench/protocol/answers.ts';
import type { AgentParts } from '../../src/bench/protocol/agents.ts';
import { committedRows } from '../../src/bench/protocol/committed.ts';
import { countsBehind, protocolFigures } from '../../src/bench/protocol/counting.ts';
import { linearJudge, sameJudge, statusJudge } from '../../src/bench/protocol/judges.ts';
import { answersOf } from '../../src/bench/protocol/judging.ts';
import { type ProtocolOptions, runProtocol } from '../../src/bench/protocol/protocol.ts';
import { protocolTraces } from '../../src/bench/protocol/traces.ts';
import type { Judge } from '../../src/model/agent.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { benchRun } from './run.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const run = (signal = new AbortController().signal) => benchRun({ seed: 1, signal });

type Step = { agent_response: unknown; judgement?: boolean[]; status?: boolean; event?: string };

/** A folder in the layout; steps are told apart by their sentence, times are Unix seconds unless simulated. */
async function folderOf(files: Record<string, readonly Step[]>, results: Record<string, string> = {}) {
  const root = await mkdtemp(join(tmpdir(), 'protocol-'));
  folders.push(root);
  for (const [file, steps] of Object.entries(files)) {
    await mkdir(join(root, file, '..'), { recursive: true });
    const name = file.split('/').at(-1)!;
    const trace = steps.map(({ event, status, ...rest }, at) => ({
      observation: { time: `17000000${10 + at}.5`, event: event ?? `In ${name} step ${at} was seen.` },
      task_status: status ?? at % 2 === 0,
      ...rest,
    }));
    await writeFile(join(root, file), JSON.stringify(trace));
  }
  await mkdir(join(root, 'results'), { recursive: true });
  for (const [name, text] of Object.entries(results))
    await writeFile(join(root, 'results', `${name}.csv`), text);
  return readBenchFolder(root);
}

const HEAD = 'Category,Recall,Precision,Accuracy,False-Alarm,F1-Score,Accept Rate,Total Events';

/** Figures by the definitions, with the epsilon in every denominator, written without the code under test. */
function csv(category: string, [tp, fp, fn, tn]: readonly [number, number, number, number]): string {
  const r = tp / (tp + fn + 1e-8);
  const p = tp / (tp + fp + 1e-8);
  const a = (tp + tn) / (tp + fp + fn + tn + 1e-8);
  const f = (2 * (p * r)) / (p + r + 1e-8);
  return [category, r, p, a, fp / (tp + fp + 1e-8), f, tp / (tp + fp + 1e-8), tp + fp + fn + tn].join(',');
}

const parts: AgentParts = {
  gate: { version: 'test', need: () => ({ probability: 0.2, reasons: [] }) },
  threshold: 0.5,
  patterns: () => [],
  model: () => ({
    name: 'model',
    propose: async ({ observations }) =>
      observations.at(-1)!.event.includes('step 1')
        ? [{ task: 'Sum it up', message: 'm', why: 'w', topic: 't', proposer: 'model', lifetime: 1 }]
        : [],
  }),
};
/** Accepts tasks that begin with Good, and silence. */
const fussy: Judge = {
  name: 'fussy',
  judge: async (_, proposal) => ({
    judgement: proposal === null || proposal.task.startsWith('Good') ? 'accepted' : 'rejected',
    probability: 0.5,
    by: 'fussy',
  }),
};
const options = (
  folder: ProtocolOptions['folder'],
  change: Partial<ProtocolOptions> = {},
): ProtocolOptions => ({
  folder,
  set: 'annotated',
  from: 'models',
  models: [...folder.models.keys()],
  agents: ['model', 'always', 'never', 'gate+model'],
  parts,
  judges: [sameJudge(fussy, 'fussy', 'It is fussy.')],
  nameOf: (agent) => agent,
  ...change,
});

describe('counting', () => {
  it('has the epsilon of the script, so that a whole recount differs by nothing', () => {
    const { precision, recall, f1 } = protocolFigures({ cd: 40, fa: 64, mn: 0, nr: 3 });
    expect(recall).toBe(40 / (40 + 1e-8));
    expect(precision).toBe(40 / (104 + 1e-8));
    expect(f1).toBe((2 * precision * recall) / (precision + recall + 1e-8));
    expect(protocolFigures({ cd: 0, fa: 0, mn: 0, nr: 0 })).toMatchObject({
      precision: 0,
      f1: 0,
      accuracy: 0,
    });
  });

  it('derives the whole counts behind committed figures', () => {
    for (const counts of [
      [40, 64, 0, 3],
      [96, 115, 4, 12],
      [1, 0, 0, 0],
      [7, 90, 11, 119],
    ] as const) {
      const [recall, precision, accuracy, falseAlarm, f1, acceptRate, events] = csv('x', counts)
        .split(',')
        .slice(1)
        .map(Number) as [number, number, number, number, number, number, number];
      const row = { category: 'x', recall, precision, accuracy, falseAlarm, f1, acceptRate, events };
      const [cd, fa, mn, nr] = counts;
      expect(countsBehind(row)).toEqual({ cd, fa, mn, nr });
      expect(countsBehind({ ...row, accuracy: accuracy - 0.001 })).toBeNull();
    }
  });

  it.each([
    [[], [null], [null]],
    [null, [null], [null]],
    [[null], [null], [null]],
    [['null'], ['proposes: null'], [null]],
    ['null', ['proposes: null'], [null]],
    [
      ['A', 'B'],
      ['proposes: A', 'proposes: B'],
      ['proposes: A', 'proposes: B'],
    ],
    [{ candidate_task: [] }, ['proposes: null'], [null]],
    [{ candidate_task: ['A', 'B'] }, ['proposes: A B'], ['proposes: A', 'proposes: B']],
    [{ candidate_task: null }, ['proposes: null'], [null]],
    [undefined, [], []],
  ] as const)('takes %j as the script does, and as it is meant', (response, script, meant) => {
    const said = (counting: 'script' | 'task') =>
      candidatesOf(response as never, counting).map((each) =>
        each.proposes ? `proposes: ${each.task}` : each.task,
      );
    expect(said('script')).toEqual(script);
    expect(said('task')).toEqual(meant);
  });
});

describe('the protocol', () => {
  const answered: readonly Step[] = [
    { agent_response: ['Good', 'Bad'] },
    { agent_response: [] },
    { agent_response: ['null'] },
    { agent_response: ['Bad'] },
  ];

  it('puts published models, agents and references into one table of one judge', async () => {
    const folder = await folderOf({ 'traces/some-model/code_11.json': answered });
    const done = await runProtocol(run(), options(folder, { set: 'real' }));
    const counts = Object.fromEntries(
      done!.rows
        .filter((row) => row.category === 'real_average')
        .map(({ name, counting, cd, fa, nr, mn }) => [`${name} ${counting}`, [cd, fa, nr, mn]]),
    );
    expect(counts).toMatchObject({
      'some-model script': [2, 2, 1, 0],
      'some-model task': [1, 2, 2, 0],
      'some-model turn': [1, 1, 2, 0],
      'model task': [0, 1, 3, 0],
      'gate+model task': [0, 0, 4, 0],
      'always task': [0, 4, 0, 0],
      'never task': [0, 0, 4, 0],
    });
    expect(done!.rows.filter((row) => row.name === 'never').map((row) => row.category)).toEqual([
      ...Array.from({ length: 3 }, () => 'real_average'),
      ...Array.from({ length: 3 }, () => 'real_coding'),
      ...Array.from({ length: 3 }, () => 'all'),
    ]);
    expect(done!.rows[0]!.ci['f1']).toHaveLength(2);
    expect(done!.notes.slice(0, 2)).toEqual(['It is fussy.', expect.stringContaining('learnt from eleven')]);
  });

  it('differences committed results by the verdicts in the traces where all of them are there', async () => {
    const judged = answered.map((step, at) => ({
      ...step,
      judgement: at === 0 ? [true, false] : [at === 1],
    }));
    const folder = await folderOf(
      { 'traces/m/code_11.json': judged, 'traces/m/writing_11.json': judged.slice(0, 3) },
      {
        // Two tasks at one event: seven events, nine answers.
        m: `${HEAD}\n${csv('real_average', [2, 5, 0, 2]).replace(/9$/, '7')}\n${csv('real_coding', [1, 3, 0, 1]).replace(/5$/, '4')}\n`,
        absent: `${HEAD}\n${csv('real_average', [1, 1, 1, 1])}\n`,
      },
    );
    const done = await runProtocol(run(), options(folder, { models: [], set: 'all' }));
    const [absent, average, coding] = done!.committed;
    expect(average).toMatchObject({ name: 'm', lacks: null, recount: { verdicts: 'judgement' } });
    expect(average!.recount!.figures).toMatchObject({ cd: 2, fa: 5, mn: 0, nr: 2 });
    for (const row of [average!, coding!]) {
      for (const difference of Object.values(row.recount!.difference)) expect(difference).toBe(0);
    }
    expect(absent).toMatchObject({ name: 'absent', lacks: 'traces', recount: null });
    expect(done!.notes.join(' ')).toContain('1 committed lines cover traces that are not in this folder');
  });

  it('recounts by the judge of the run where the traces hold no verdicts, and says so', async () => {
    const single = answered.slice(1);
    const folder = await folderOf(
      { 'traces/m/code_11.json': single },
      { m: `${HEAD}\n${csv('real_coding', [1, 1, 0, 1])}\n` },
    );
    const done = await runProtocol(run(), options(folder, { agents: [], set: 'real' }));
    expect(done!.committed[0]).toMatchObject({
      counts: { cd: 1, fa: 1, mn: 0, nr: 1 },
      lacks: null,
      recount: { verdicts: 'fussy', figures: { cd: 1, fa: 1, mn: 0, nr: 1 }, difference: { f1: 0 } },
    });
    expect(done!.notes.join(' ')).toContain('two judges');
    const unjudged = committedRows(folder, { judge: 'x', verdicts: () => null, answers: new Map() });
    expect(unjudged[0]).toMatchObject({ lacks: 'judge', recount: null });
  });

  it('shows committed results of a part of the traces without a difference', async () => {
    const folder = await folderOf(
      { 'traces/m/code_11.json': answered },
      { m: `${HEAD}\n${csv('real_coding', [40, 64, 0, 3])}\n` },
    );
    const done = await runProtocol(run(), options(folder, { set: 'real' }));
    expect(done!.committed[0]).toMatchObject({ lacks: 'traces', recount: null, counts: { cd: 40, fa: 64 } });
    expect(done!.notes.join(' ')).toMatch(/not in this folder, so they are shown and no difference/);
  });

  it('matches a model to the trace by time and sentence, and counts what it did not answer apart', async () => {
    const folder = await folderOf({
      'traces/a/code_11.json': answered,
      'traces/b/code_11.json': [
        answered[0]!,
        answered[1]!,
        { agent_response: ['Good'], event: 'Never seen.' },
      ],
    });
    const traces = protocolTraces(folder, 'real');
    const { answers, unmatched } = answersOf(folder.models.get('b')!, traces);
    expect(answers.get('code_11')!.map((each) => each === undefined)).toEqual([false, false, true, true]);
    expect(unmatched).toEqual(['code_11 step 3']);
    const done = await runProtocol(run(), options(folder, { agents: [], set: 'real' }));
    const row = done!.rows.find((each) => each.name === 'b' && each.counting === 'task');
    expect(row).toMatchObject({ events: 4, unanswered: 2, cd: 1, fa: 1, nr: 1, mn: 0 });
    expect(done!.unmatched).toEqual(['b code_11 step 3']);
  });

  it('stops when it is interrupted, and asks each distinct answer once', async () => {
    const folder = await folderOf({ 'traces/a/code_11.json': answered, 'traces/b/code_11.json': answered });
    expect(await runProtocol(run(AbortSignal.abort()), options(folder, { set: 'real' }))).toBeNull();
    let asked = 0;
    const counting: Judge = { ...fussy, judge: (...all) => ((asked += 1), fussy.judge(...all)) };
    await runProtocol(
      run(),
      options(folder, { set: 'real', agents: ['never'], judges: [sameJudge(counting, 'c', '')] }),
    );
    // Silence at four steps; Good and Bad at the first, Bad at the last.
    expect(asked).toBe(7);
  });

  it('leaves out what a judge gave no verdict on, and fails where an agent fails', async () => {
    const folder = await folderOf({ 'traces/a/code_11.json': answered });
    const { createLlmJudge } = await import('../../src/reward/llmJudge.ts');
    const { createFakeLlm } = await import('../../src/llm/fake.ts');
    const { readJudgePrompt } = await import('../../src/reward/judgePrompt.ts');
    const prompt = readJudgePrompt(
      new URL('../../src/assets/prompts/judge-1.json', import.meta.url).pathname,
    );
    const llm = createFakeLlm({ scores: [1, 1], replies: ['who knows'] });
    const judges = [sameJudge(createLlmJudge({ llm, prompt }), 'llm', '')];
    const done = await runProtocol(run(), options(folder, { set: 'real', agents: [], judges }));
    expect(done!.rows[0]).toMatchObject({ unjudged: 4, cd: 0, fa: 0, nr: 0, mn: 0 });
    const broken: AgentParts = {
      ...parts,
      model: () => ({ name: 'model', propose: () => Promise.reject(new Error('secret words')) }),
    };
    await expect(
      runProtocol(run(), options(folder, { set: 'real', parts: broken, agents: ['model'] })),
    ).rejects.toMatchObject({ code: 'model-failed', message: expect.not.stringContaining('secret') });
  });
});

describe('judges', () => {
  it('task_status accepts a proposal where it is true, and silence where it is not', async () => {
    const folder = await folderOf({
      'traces/a/code_11.json': [
        { agent_response: ['A'], status: true },
        { agent_response: [], status: true },
        { agent_response: ['A'], status: false },
        { agent_response: [], status: false },
      ],
    });
    const done = await runProtocol(
      run(),
      options(folder, { set: 'real', agents: [], judges: [statusJudge] }),
    );
    expect(done!.rows[0]).toMatchObject({ cd: 1, mn: 1, fa: 1, nr: 1 });
  });

  it('the linear one never learnt from a day that shares a sentence with the trace', async () => {
    const folder = await folderOf({
      'traces/a/code_11.json': [{ agent_response: ['A'], event: 'A shared sentence.' }],
      'traces/a/code_12.json': [{ agent_response: ['A'], event: 'Another sentence.' }],
    });
    const row = (day: string, event: string, valid: boolean) => ({
      obs: [
        { time: '1', event: day },
        { time: '2', event },
      ],
      pred_task: valid ? 'Sum up the page' : 'Help with it',
      valid,
      help_needed: valid,
      annotation: [valid],
      category: 'Correct-Detection (CD)' as const,
    });
    const rows = [
      ...['one', 'two', 'three'].flatMap((day) => [row(day, `${day} a`, true), row(day, `${day} b`, false)]),
      row('own', 'A shared sentence.', false),
    ];
    const judge = linearJudge(rows);
    const [own, other] = protocolTraces(folder, 'real');
    const by = async (trace: typeof own) => (await judge.of(trace!).judge(trace!.observations, null)).by;
    const without = linearJudge(rows.filter((each) => each.obs[0]!.event !== 'own'));
    expect(await by(own)).not.toBe(await by(other));
    expect(await by(own)).toBe((await without.of(own!).judge(own!.observations, null)).by);
    expect(() => linearJudge([rows.at(-1)!]).of(own!)).toThrow(/no reward_data is left/);
  });
});
