import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GateWeights } from '../../src/agent/gate.ts';
import type { Detector, Moment } from '../../src/bench/need/rows.ts';
import { renderMarkdown } from '../../src/bench/report/markdown.ts';
import { renderPage } from '../../src/bench/report/page.ts';
import { reportOf } from '../../src/bench/report/runs.ts';
import { curveOf, pointAt, reachedBy } from '../../src/bench/skips/curve.ts';
import { benchSkips, type SkipsResult } from '../../src/bench/skips/skips.ts';
import { createPaths } from '../../src/paths.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { readTraces } from '../../src/replay/proactivebench.ts';
import { writeNeedFixture } from './needFixture.ts';
import { resultRow } from './resultRows.ts';
import { benchRun } from './run.ts';

const { assets } = createPaths();
const weights = GateWeights.parse(JSON.parse(readFileSync(join(assets, 'gate.json'), 'utf8')));

/** Ten windows with scores 0 to 0.9, of which these are needed. */
const moments = (needed: readonly number[], proposed = true): Moment[] =>
  Array.from({ length: 10 }, (_, at) => ({
    id: String(at),
    trace: String(at % 3),
    needed: needed.includes(at),
    proposed,
    score: at / 10,
  }));
const detector = (name: string, of: Moment[]): Detector => ({ name, kind: 'gate', moments: of });

describe('the curve', () => {
  it('skips what scores below the threshold, and says what recall, F1 and a model behind it lose by that', () => {
    const gate = moments([3, 8, 9]);
    const always = detector('always', gate);
    // Recall 2 of 3, and of the three passed two are right.
    const point = pointAt(gate, 0.7, [always]);
    expect(point.skipped).toBeCloseTo(0.7, 12);
    expect(point.recall).toBeCloseTo(2 / 3, 12);
    expect(point.f1).toBeCloseTo(4 / 6, 12);
    expect(point.behind[0]!.f1).toBeCloseTo(4 / 6, 12);
    // Always: three right of ten, 6 / 13.
    expect(point.behind[0]!.loss).toBeCloseTo(6 / 13 - 4 / 6, 12);
  });

  it('says how far it comes, and what no gate could do', () => {
    const gate = moments([3, 8, 9]);
    const curve = curveOf(detector('gate', gate), [detector('always', gate)]);
    expect(curve.points.map((each) => each.skipped).toSorted()).toEqual(
      Array.from({ length: 10 }, (_, at) => expect.closeTo(at / 10, 9)),
    );
    const reached = reachedBy(curve, { recall: 0.95, loss: 0.02 });
    expect(reached.atRecall).toBeCloseTo(0.3, 12);
    expect(reached.bestPossible).toBeCloseTo(1 - 0.95 * 0.3, 12);
    // At 0.9 one right offer is left: F1 0.5, more than always has.
    expect(reached.atLoss[0]!.skipped).toBeCloseTo(0.9, 12);
  });

  it('keeps windows of one score together', () => {
    const flat = moments([1]).map((moment) => ({ ...moment, score: 0.4 }));
    expect(curveOf(detector('flat', flat), []).points).toHaveLength(1);
  });
});

describe('benchSkips', () => {
  let folder: string;
  let result: SkipsResult;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beforehand-skips-'));
    writeNeedFixture(folder);
    const [events] = await readTraces(join(assets, 'demo', 'day.jsonl'));
    const days = [
      { name: 'demo', events: events! },
      { name: 'nothing', events: [] },
    ];
    const read = await readBenchFolder(folder);
    result = (await benchSkips(benchRun(), { folder: read, weights, threshold: 0.5, days }))!;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('replays a recorded day through the agent of the product: nine of ten naive calls are skipped', () => {
    const [demo, nothing] = result.days;
    expect(demo!.turns).toBeGreaterThan(200);
    expect(demo!.asked).toBeGreaterThan(0);
    expect(demo!.skipped).toBeGreaterThanOrEqual(0.9);
    expect(demo!.skipped).toBeCloseTo(1 - demo!.asked / demo!.turns, 12);
    expect([nothing!.turns, nothing!.skipped, nothing!.skippedAtRecall]).toEqual([0, 0, null]);
    expect(result.allDays).toEqual({ turns: demo!.turns, asked: demo!.asked, skipped: demo!.skipped });
  });

  it('has a curve for each gate that begins with nothing skipped, on windows it was not fitted on too', () => {
    expect(result.curves.map(({ gate, heldOut }) => [gate, heldOut])).toEqual([
      ['gate', false],
      ['gate (leave-traces-out)', true],
      ['gate, default sources', false],
      ['gate, default sources (leave-traces-out)', true],
    ]);
    for (const { points } of result.curves) {
      expect([points[0]!.skipped, points[0]!.recall]).toEqual([0, 1]);
      const skipped = points.map((point) => point.skipped);
      expect(skipped).toEqual(skipped.toSorted((a, b) => a - b));
      expect(points[0]!.behind.map((each) => each.name)).toEqual(['always', 'sparse', 'thorough']);
    }
  });

  it('is drawn in the report, with all its numbers in tables', () => {
    const report = reportOf([resultRow({ bench: 'skips', result })]);
    const page = renderPage(report);
    expect(page).toContain('Skips: what the gate saves');
    const text = renderMarkdown(report);
    expect(text).toContain('Skips: recorded days');
    expect(text).toMatch(/gate \\?\(leave-traces-out\\?\): F1 alone less F1 behind the gate, by model/);
  });
});
