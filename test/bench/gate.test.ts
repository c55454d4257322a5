import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitGate, measureGate } from '../../src/bench/gate/fit.ts';
import { gateWindowsOf } from '../../src/bench/gateFolds.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { windowsOf } from '../../src/proactivebench/windows.ts';

/** Six made-up traces in which help is needed exactly while searching. */
function writeTraces(folder: string): void {
  mkdirSync(join(folder, 'reward_data'));
  const lines: string[] = [];
  for (let trace = 0; trace < 6; trace += 1) {
    const said = [
      `The user opens the file 'notes-${trace}.md' in Mousepad.`,
      `The user searches for 'tidal power ${trace}' on Google.`,
      'The user clicks the left mouse button.',
      `The user searches for 'wave power ${trace}' on Google.`,
      'The user scrolls the mouse.',
      'The user clicks the left mouse button.',
    ];
    for (let to = 1; to <= said.length; to += 1) {
      const obs = said.slice(0, to).map((event, at) => ({ time: `Day 1, ${8 + at}:00 AM`, event }));
      const needed = said[to - 1]!.includes('searches');
      const row = JSON.stringify({
        obs,
        pred_task: null,
        valid: !needed,
        help_needed: needed,
        annotation: [!needed],
        category: needed ? 'Missed-Need (MN)' : 'Correct-Rejection (CR)',
      });
      // The same window stands once for every proposal that was judged.
      lines.push(row, row);
    }
  }
  writeFileSync(join(folder, 'reward_data', 'train_data.jsonl'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'reward_data', 'test_data.jsonl'), `${lines[0]}\n`);
}

describe('reward train --what gate', () => {
  it('reads distinct windows by trace, learns what there is to learn and writes no text', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gate-bench-'));
    writeTraces(folder);
    const { train, test } = await readBenchFolder(folder);
    const windows = gateWindowsOf(windowsOf([...train, ...test]));
    rmSync(folder, { recursive: true });
    expect(windows).toHaveLength(36);
    expect(new Set(windows.map((window) => window.trace)).size).toBe(6);
    expect(windows[1]!.sentences[1]!.time - windows[1]!.sentences[0]!.time).toBe(3_600_000);
    const scores = measureGate(windows);
    expect(scores.always.auc).toBe(0.5);
    expect(scores.whole.auc).toBeGreaterThan(0.95);
    expect(scores.whole.brier!).toBeLessThan(scores.always.brier!);
    const weights = fitGate(windows, scores);
    expect(JSON.stringify(weights)).not.toMatch(/tidal|notes/);
    expect(weights.features.find((feature) => feature.name === 'asks')!.weight).toBeGreaterThan(0);
  });
});
