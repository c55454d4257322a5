import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEEPEST, parseJson } from '../../src/reading/json.ts';
import { rewardRows, traceSteps, createIntern } from '../../src/proactivebench/stream.ts';
import { readTraceFile } from '../../src/app/annotationFolder.ts';
import { readResults } from '../../src/bench/results.ts';

async function all<T>(found: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const each of found) list.push(each);
  return list;
}
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

it('reads what records nest to, and takes no more for JSON than can be walked', () => {
  expect(parseJson(nested(DEEPEST))).toBeInstanceOf(Array);
  expect(parseJson(nested(DEEPEST + 1))).toBeUndefined();
  expect(parseJson(nested(100_000))).toBeUndefined();
  // Brackets in a text nest nothing, and a quote that a backslash precedes ends no text.
  const text = `\\"${'['.repeat(5000)}`;
  expect(parseJson(JSON.stringify({ text }))).toEqual({ text });
  expect(parseJson('{"a":1}{'.repeat(2000))).toBeUndefined();
});

it('a row or step that nests 100,000 deep costs nobody but itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-deep-'));
  try {
    const row = (extra: string) =>
      `{"obs":[{"time":"1","x":${extra},"event":"a"}],"pred_task":null,"valid":true,"help_needed":false,"annotation":[true],"category":"no-response"}`;
    const rows = join(folder, 'rows.jsonl');
    writeFileSync(rows, `${row(nested(100_000))}\n${row('1')}\n`);
    const found = await all(rewardRows(rows, { intern: createIntern() }));
    expect(found.map((each) => ('bad' in each ? each.bad : 'row'))[0]).toBe('not JSON');
    expect(found).toHaveLength(2);

    const trace = join(folder, 'deep.json');
    writeFileSync(trace, `[{"observation":{"time":"1","event":"a"},"agent_response":[${nested(100_000)}]}]`);
    const sentence = /line 1, character \d+: this nests deeper than any record/;
    await expect(all(traceSteps(trace))).rejects.toThrow(sentence);
    await expect(readTraceFile(folder, 'deep.json')).rejects.toThrow(sentence);

    const results = join(folder, 'results.jsonl');
    writeFileSync(results, `{"result":{"x":${nested(100_000)}}}\n`);
    expect(await readResults(results)).toEqual({
      rows: [],
      bad: [{ line: 1, what: 'broken off or not JSON' }],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
