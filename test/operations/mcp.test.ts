import { expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { McpResult, McpTools } from '../../src/model/mcp.ts';
import type { Operation } from '../../src/model/proposal.ts';
import type { Written } from '../../src/operations/chat.ts';
import { callTool } from '../../src/operations/mcp.ts';

const operation: Extract<Operation, { kind: 'mcp' }> = {
  kind: 'mcp',
  server: 'notes',
  tool: 'add',
  arguments: { text: 'Buy tea' },
};

async function run(call: McpTools['call']) {
  const saved: Written[] = [];
  const shown: Written[] = [];
  const ended = await callTool(operation, {
    tools: { call },
    signal: new AbortController().signal,
    show: (written) => shown.push(written),
    save: async (written) => void saved.push(written),
  });
  return { ended, saved, shown };
}

it('makes exactly the call that was previewed and keeps what it says as an answer', async () => {
  const calls: unknown[] = [];
  const { ended, saved, shown } = await run(async (made) => {
    calls.push(made);
    return { text: 'Added.', failed: false };
  });
  expect(calls).toEqual([operation]);
  expect(ended).toEqual({ result: 'done', detail: '6 characters came back' });
  expect(saved).toEqual([{ text: 'Added.', state: 'done' }]);
  expect(shown).toEqual([{ text: '', state: 'writing' }, ...saved]);
});

it.each<[string, () => Promise<McpResult>, string, string]>([
  [
    'refused',
    () => Promise.reject(new AppError('refused', '[mcp] it has changed')),
    'failed',
    'It has changed',
  ],
  [
    'stopped',
    () => Promise.reject(new AppError('aborted', '[mcp] the call was stopped')),
    'stopped',
    'The call was stopped',
  ],
  ['broken', () => Promise.reject(new Error('gone')), 'failed', 'Gone'],
])('a call that is %s ends in words', async (_, call, result, note) => {
  const { ended, saved } = await run(call);
  expect(ended.result).toBe(result);
  expect(saved).toEqual([{ text: '', state: result, note }]);
});

it('keeps what a tool says of its own failure', async () => {
  const { ended, saved } = await run(async () => ({ text: 'no such note', failed: true }));
  expect(ended.result).toBe('failed');
  expect(saved[0]).toMatchObject({ text: 'no such note', state: 'failed' });
});
