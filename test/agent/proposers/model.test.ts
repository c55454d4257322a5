import { describe, expect, it } from 'vitest';
import { readPrompt } from '../../../src/agent/prompt.ts';
import { createModelProposer, type ModelProposerOptions } from '../../../src/agent/proposers/model.ts';
import { createFakeLlm, type FakeScript } from '../../../src/llm/fake.ts';
import type { Receipt } from '../../../src/model/decision.ts';
import { newId } from '../../../src/model/id.ts';
import { Proposal } from '../../../src/model/proposal.ts';

const prompt = readPrompt(new URL('../../../src/assets/prompts/decide-1.json', import.meta.url).pathname);
const offer = (change: object = {}) =>
  `true,${JSON.stringify({
    task: 'Collect the fees of both schools',
    message: 'Shall I put the fees into one table?',
    why: 'two pages of fees were read in turn',
    operation: 'search',
    argument: 'school fees compared',
    ...change,
  }).slice(1)}`;

async function propose(script: FakeScript, change: Partial<ModelProposerOptions> = {}, count = 3) {
  const llm = createFakeLlm(script);
  const receipts: Receipt[] = [];
  const reasons: string[] = [];
  const proposer = createModelProposer({
    llm,
    prompt,
    onSilence: (reason) => reasons.push(reason),
    ...change,
  });
  const proposals = await proposer.propose(
    {
      now: 0,
      observations: Array.from({ length: count }, (_, at) => ({
        id: newId(),
        time: at,
        duration: 0,
        kind: 'window',
        event: `The user reads page ${at}.`,
        sources: [newId()],
      })),
      events: [],
      need: { probability: 1, reasons: [] },
      onReceipt: (receipt) => receipts.push(receipt),
    },
    new AbortController().signal,
  );
  return { llm, proposals, receipts, reasons };
}

describe('the model proposer', () => {
  it('turns an offer into a proposal of the closed schema', async () => {
    const { proposals, receipts, llm } = await propose({ replies: [offer()] });
    expect(proposals).toEqual([
      {
        task: 'Collect the fees of both schools',
        message: 'Shall I put the fees into one table?',
        why: 'two pages of fees were read in turn',
        operation: { kind: 'search', query: 'school fees compared' },
        topic: expect.any(String),
        proposer: 'model',
        model: 'fake',
        lifetime: 600_000,
      },
    ]);
    expect(Proposal.parse(proposals[0])).toEqual(proposals[0]);
    expect(receipts).toHaveLength(1);
    expect(llm.requests[0]).toMatchObject({ session: 'decide', temperature: 0, prefix: '{"help":' });
  });

  it('is silent for a no, in one call, and says why', async () => {
    const { proposals, receipts, reasons } = await propose({ replies: ['false}'] });
    expect(proposals).toEqual([]);
    expect(receipts).toHaveLength(1);
    expect(reasons).toEqual(['the model sees no need']);
  });

  it.each([
    ['prose', 'I think they need a break'],
    ['half an offer', 'true,"task":"Coll'],
    ['an offer without a task', offer({ task: '  ' })],
    ['nothing', ''],
    ['a decision of another type', '"maybe"}'],
  ])('is silent for %s', async (_name, reply) => {
    const { proposals, reasons } = await propose({ replies: [reply] });
    expect(proposals).toEqual([]);
    expect(reasons).toHaveLength(1);
  });

  it('finds the offer in a reply that repeats the beginning or wraps it', async () => {
    const whole = `{"help":${offer()}`;
    expect((await propose({ replies: [whole] })).proposals).toHaveLength(1);
    expect((await propose({ replies: [`\`\`\`json\n${whole}\n\`\`\``] })).proposals).toHaveLength(1);
  });

  it('never runs an operation outside the union, nor an address, nor hidden signs', async () => {
    const wild = await propose({ replies: [offer({ operation: 'shell', argument: 'rm -rf /' })] });
    expect(wild.proposals[0]?.operation).toBeUndefined();
    const signs = await propose({ replies: [offer({ task: 'Read\u202e \u200bthis\nnow' })] });
    expect(signs.proposals[0]?.task).toBe('Read this now');
    const long = await propose({
      replies: [offer({ message: 'x'.repeat(5000), argument: 'y'.repeat(5000) })],
    });
    expect(Proposal.safeParse(long.proposals[0]).success).toBe(true);
  });

  it('reads the probability first when it is given a threshold', async () => {
    const low = await propose({ replies: [offer().slice(4)], scores: [0.3, 0.7] }, { threshold: 0.6 });
    expect(low.proposals).toEqual([]);
    expect(low.reasons[0]).toContain('0.30');
    expect(low.receipts.map((each) => [each.purpose, each.outputTokens])).toEqual([['score', 1]]);
    const high = await propose({ replies: [offer().slice(4)], scores: [0.7, 0.3] }, { threshold: 0.6 });
    expect(high.proposals).toHaveLength(1);
    expect(high.receipts.map((each) => each.purpose)).toEqual(['score', 'decide']);
    const always = await propose({ replies: [offer().slice(4)] }, { threshold: 0 });
    expect(always.proposals).toHaveLength(1);
    expect(always.receipts).toHaveLength(1);
  });

  it('asks nothing when there is nothing to look at, and is silent when stopped', async () => {
    const empty = await propose({ replies: [offer()] }, {}, 0);
    expect(empty.llm.requests).toHaveLength(0);
    const slow = await propose({ replies: [{ text: offer(), ms: 5000 }] }, { timeoutMs: 20 });
    expect(slow.proposals).toEqual([]);
    expect(slow.reasons[0]).toContain('timeout');
  });

  it('lets a broken model be the agent’s to tell', async () => {
    await expect(propose({ replies: [{ error: 'model-missing' }] })).rejects.toMatchObject({
      code: 'model-missing',
    });
  });
});
