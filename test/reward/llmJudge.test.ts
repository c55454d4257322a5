import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeLlm, type FakeScript } from '../../src/llm/fake.ts';
import { newId } from '../../src/model/id.ts';
import { Judgement } from '../../src/model/judgement.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { readJudgePrompt } from '../../src/reward/judgePrompt.ts';
import { createLlmJudge, type LlmJudgeOptions, verdictOf } from '../../src/reward/llmJudge.ts';
import { testJudge } from '../suites/judge.ts';

const prompt = readJudgePrompt(new URL('../../src/assets/prompts/judge-1.json', import.meta.url).pathname);
const seen = Array.from({ length: 4 }, (_, at) => {
  const id = newId();
  return { id, time: at, duration: 0, kind: 'described', event: `The user reads page ${at}.`, sources: [id] };
});
const proposal: Proposal = {
  task: 'Sum up the four pages',
  message: 'Shall I sum them up?',
  why: 'four pages were read',
  topic: 'sum up pages',
  proposer: 'model',
  lifetime: 1000,
};

function judge(script: FakeScript, change: Partial<LlmJudgeOptions> = {}) {
  const llm = createFakeLlm(script);
  return { llm, judge: createLlmJudge({ llm, prompt, ...change }) };
}

testJudge('a model that tells probabilities', () => judge({ scores: [0.7, 0.3] }).judge);
testJudge(
  'an endpoint that says a word and a reason',
  () =>
    judge(
      {
        scores: [1, 1],
        replies: Array<string>(400).fill('rejected"}'),
        info: { alias: 'remote', digest: 'x'.repeat(300) },
      },
      { rationale: true },
    ).judge,
);

describe('the judge that asks a model', () => {
  it('reads the verdict as one probability and names itself', async () => {
    const { llm, judge: it } = judge({ scores: [0.7, 0.3] });
    const said = await it.judge(seen, proposal);
    expect(Judgement.parse(said)).toEqual({
      judgement: 'accepted',
      probability: expect.closeTo(0.7, 10),
      by: 'fake judge-1',
    });
    expect(llm.requests).toHaveLength(1);
    expect(llm.requests[0]).toMatchObject({ session: 'judge', purpose: 'score', prefix: prompt.prefix });
    expect(llm.requests[0]!.messages.at(-1)!.content).toContain('Sum up the four pages');
  });

  it('keeps to its threshold, and judges silence too', async () => {
    const { llm, judge: it } = judge({ scores: [0.7, 0.3] }, { threshold: 0.8 });
    expect((await it.judge(seen, null)).judgement).toBe('rejected');
    expect(llm.requests[0]!.messages.at(-1)!.content).toContain(prompt.silence);
  });

  it.each([
    'accepted"}',
    '{"judgement": "accepted"}',
    '```json\n{ "judgement":"accepted" }\n```',
    'Accepted.',
  ])('asks for the word where probabilities tell nothing: %s', async (reply) => {
    const { judge: it } = judge({
      scores: [1, 1],
      replies: [reply],
      info: { alias: 'remote', digest: 'big' },
    });
    expect(await it.judge(seen, proposal)).toEqual({
      judgement: 'accepted',
      probability: 1,
      by: 'big judge-1',
    });
  });

  it('asks for words alone after an endpoint refused probabilities', async () => {
    const llm = createFakeLlm({ replies: ['rejected"}'], info: { alias: 'remote', leaves: false } });
    let scored = 0;
    const refusing: typeof llm = {
      ...llm,
      score: async (...all) => {
        scored += 1;
        await createFakeLlm({ replies: [{ error: 'model-failed' }] }).complete(all[0], all[2]);
        return llm.score(...all);
      },
    };
    const it = createLlmJudge({ llm: refusing, prompt });
    expect((await it.judge(seen, proposal)).judgement).toBe('rejected');
    expect((await it.judge(seen, null)).probability).toBe(0);
    expect(scored).toBe(1);
  });

  it('rejects a reply without a verdict, and a call that was stopped', async () => {
    const none = judge({ scores: [1, 1], replies: ['perhaps'] });
    await expect(none.judge.judge(seen, null)).rejects.toMatchObject({ code: 'bad-input' });
    const stopped = judge({ scores: [1, 0] }, { signal: AbortSignal.abort() });
    await expect(stopped.judge.judge(seen, null)).rejects.toMatchObject({ code: 'aborted' });
    const broken = judge({ scores: [1, 1], replies: [{ error: 'model-missing' }] });
    await expect(broken.judge.judge(seen, null)).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('gives a reason when it is asked for one, as one clean line', async () => {
    const { judge: it, llm } = judge(
      { scores: [0.2, 0.8], replies: ['It came\u202e late,\nafter the work."}'] },
      { rationale: true },
    );
    expect((await it.judge(seen, proposal)).rationale).toBe('It came late, after the work.');
    expect(llm.requests.at(-1)!.prefix).toContain('rejected');
  });
});

describe('verdictOf', () => {
  it('believes the key before the words around it', () => {
    expect(verdictOf('It was not accepted, so {"judgement":"rejected"}')).toBe('rejected');
    expect(verdictOf("{'judgment': 'Accepted'}")).toBe('accepted');
    expect(verdictOf('accepted or rejected, who knows')).toBeNull();
    expect(verdictOf('')).toBeNull();
  });

  it('never throws and never says a third thing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect([null, 'accepted', 'rejected']).toContain(verdictOf(text));
      }),
    );
  });
});
