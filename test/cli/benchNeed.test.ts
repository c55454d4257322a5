import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPaths } from '../../src/paths.ts';
import { readGateWeights } from '../../src/agent/gate.ts';
import { readPrompt } from '../../src/agent/prompt.ts';
import { benchNeed } from '../../src/bench/need/need.ts';
import { linesOfNeed } from '../../src/cli/bench/needLines.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { windowsOf } from '../../src/proactivebench/windows.ts';
import { writeNeedFixture } from '../bench/needFixture.ts';
import { benchRun } from '../bench/run.ts';

it('shows a person every row, what a row is worth, and the windows that are in none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'need-lines-'));
  writeNeedFixture(folder);
  try {
    const { assets } = createPaths();
    const read = await readBenchFolder(folder);
    const need = await benchNeed(benchRun({ seed: 3 }), {
      folder: read,
      weights: await readGateWeights(join(assets, 'gate.json')),
      threshold: 0.5,
      prompt: readPrompt(join(assets, 'prompts', 'decide-1.json')),
      asked: [],
      rounds: 20,
    });
    // What is appended to the results is made to be shown, so that it holds no sentence of the data.
    expect(JSON.stringify(need)).not.toContain('The user');
    const words = new Map(windowsOf(read.train).map(({ id, obs }) => [id, obs.at(-1)!.event]));
    const lines = linesOfNeed(need!, words);
    const text = lines.join('\n');
    expect(lines[0]).toBe('16 windows of 4 traces, help needed in 56 %; 95 % intervals over traces, seed 3.');
    // Four tables have the model as a row, and one the gate at its rate, on all that it sees and on default sources.
    expect(lines.filter((line) => line.startsWith('sparse  '))).toHaveLength(4 + 2);
    const header = lines.findIndex((line) => line.includes('less always  '));
    const at = (line: string, word: string) => line.indexOf(word);
    const [head, first] = [lines[header]!, lines[header + 1]!];
    expect(first.slice(at(head, 'precision')).startsWith('0.563')).toBe(true);
    // Always proposing is worth nothing beside itself; help was needed in 0.563, and F1 of always is 0.72.
    expect(first.slice(at(head, 'less always')).startsWith('0.000')).toBe(true);
    const never = lines[header + 2]!;
    expect(never.slice(at(head, 'less always')).startsWith('-0.720')).toBe(true);
    // Ten windows of what was said at most, for each of the four rows that say a probability.
    const said = lines.indexOf('What was said, and how often it was so');
    expect(
      lines.slice(said + 2).filter((line, n) => n < 40 && line.startsWith('gate')).length,
    ).toBeGreaterThanOrEqual(4);
    const { card } = await readGateWeights(join(assets, 'gate.json'));
    expect(text).toContain(`[1] the shipped weights, fitted on ${card.trainedOn}`);
    expect(lines.filter((line) => line.startsWith('gate [1]'))).toHaveLength(4);
    expect(text).toContain('sparse says "None" 2 times, 2 of them judged');
    const listed = lines.slice(lines.indexOf('6 windows are not in sparse:') + 1, -1);
    expect(listed.filter((line) => line.includes('no step has this text'))).toHaveLength(5);
    expect(text).toMatch(/its step fits another window better\s+The user closes the window\./);
    expect(lines.at(-1)).toMatch(/^\d+ oddities in the data: see beforehand bench data$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
