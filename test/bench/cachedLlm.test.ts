import { expect, it } from 'vitest';
import { createCachedLlm } from '../../src/bench/cachedLlm.ts';
import { createFakeLlm } from '../../src/llm/fake.ts';
import type { CompletionRequest } from '../../src/model/llm.ts';
import { createMemoryCache } from './run.ts';

const signal = new AbortController().signal;
const request = (text: string, change: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages: [{ role: 'user', content: text }],
  maxTokens: 8,
  temperature: 0,
  timeoutMs: 1000,
  session: 's',
  purpose: 'bench',
  promptVersion: 'v',
  ...change,
});

it('asks once for the same prompt of the same model at the same place', async () => {
  const cache = createMemoryCache();
  const llm = createFakeLlm({ replies: ['a b'], scores: [0.9, 0.1] });
  const first = createCachedLlm(llm, cache);
  const answer = await first.complete(request('one'), signal);
  expect(await createCachedLlm(llm, cache).complete(request('one'), signal)).toEqual(answer);
  const scored = await first.score(request('one'), ['x', 'y'], signal);
  expect(await first.score(request('one'), ['x', 'y'], signal)).toEqual(scored);
  expect(llm.requests).toHaveLength(2);
  await first.score(request('one'), ['x', 'z'], signal);
  await first.complete(request('two'), signal);
  await first.complete(request('one', { grammar: 'root ::= "a"' }), signal);
  await createCachedLlm(llm, cache, 'elsewhere').complete(request('one'), signal);
  await createCachedLlm(createFakeLlm({ info: { digest: 'other' } }), cache).complete(request('one'), signal);
  expect(llm.requests).toHaveLength(6);
});

it('keeps neither what was stopped, nor what is drawn by chance, nor a failure', async () => {
  const cache = createMemoryCache();
  const slow = createFakeLlm({ replies: [{ text: 'late', ms: 500 }, 'in time'] });
  const llm = createCachedLlm(slow, cache);
  expect((await llm.complete(request('one', { timeoutMs: 5 }), signal)).receipt.stop).toBe('timeout');
  expect((await llm.complete(request('one'), signal)).text).toBe('in time');
  await llm.complete(request('two', { temperature: 1 }), signal);
  await llm.complete(request('two', { temperature: 1 }), signal);
  expect(slow.requests).toHaveLength(4);
  const failing = createCachedLlm(
    createFakeLlm({ replies: [{ error: 'model-failed' }] }),
    createMemoryCache(),
  );
  await expect(failing.complete(request('one'), signal)).rejects.toMatchObject({ code: 'model-failed' });
});
