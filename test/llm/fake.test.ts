import { expect, it } from 'vitest';
import { createFakeLlm } from '../../src/llm/fake.ts';
import { ask, calm, testLlm } from '../suites/llm.ts';

testLlm('fake', async () =>
  createFakeLlm({
    replies: (request) =>
      request.maxTokens === 500 ? { text: 'never', ms: 5000 } : 'once there was a lighthouse by the sea',
  }),
);

it('fake: follows its script and remembers what it was asked', async () => {
  const llm = createFakeLlm({ replies: ['one', { error: 'model-damaged' }, 'three'], scores: [3, 1] });
  expect((await llm.complete(ask(), calm())).text).toBe('one');
  await expect(llm.complete(ask(), calm())).rejects.toMatchObject({ code: 'model-damaged' });
  expect((await llm.complete(ask(), calm())).text).toBe('three');
  expect((await llm.complete(ask(), calm())).text).toBe('three');
  expect((await llm.score(ask(), ['a', 'b'], calm())).probabilities).toEqual([0.75, 0.25]);
  expect(llm.requests).toHaveLength(5);
});

it('fake: counts a growing prompt as prefix reuse', async () => {
  const llm = createFakeLlm({ replies: ['ok'] });
  const say = (content: string) => llm.complete(ask({ messages: [{ role: 'user', content }] }), calm());
  await say('one two three four five six');
  const { receipt } = await say('one two three four five six seven eight');
  expect(receipt.prefillTokens).toBeLessThan(receipt.promptTokens / 2);
});
