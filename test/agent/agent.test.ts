import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAgent, type AgentOptions } from '../../src/agent/agent.ts';
import type { RuleState } from '../../src/agent/rules.ts';
import type { Offered, Proposer, Score } from '../../src/model/agent.ts';
import { AppError } from '../../src/errors.ts';
import { Decision, type Receipt } from '../../src/model/decision.ts';
import { newId } from '../../src/model/id.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { createPatterns } from '../../src/agent/proposers/patterns/index.ts';
import { anyEvents, sentence } from '../suites/proposer.ts';
import { copy, NINE } from './day.ts';

const proposal = (task: string, proposer: string): Proposal => ({
  task,
  message: task,
  why: `because of ${task}`,
  topic: task.toLowerCase(),
  proposer,
  lifetime: 60_000,
});

const speaks = (name: string, ...tasks: readonly string[]): Proposer => ({
  name,
  propose: async () => tasks.map((task) => proposal(task, name)),
});

const receipt: Receipt = {
  id: newId(),
  at: NINE,
  purpose: 'decide',
  model: 'test',
  promptVersion: '1',
  promptTokens: 10,
  prefillTokens: 5,
  outputTokens: 1,
  firstTokenMs: 1,
  totalMs: 2,
  memoryBytes: 3,
  stop: 'end',
};

const idle: RuleState = {
  paused: false,
  afk: false,
  ownWindow: false,
  lastShownAt: null,
  cooldownMs: 0,
  shownToday: 0,
  dailyCap: 9,
};

function agentOf(options: Partial<AgentOptions> & { readonly need?: number } = {}) {
  return createAgent({
    clock: { now: () => NINE },
    gate: {
      version: 'test',
      need: () => ({ probability: options.need ?? 0.9, reasons: ['a search a moment ago'] }),
    },
    proposers: [],
    threshold: () => 0.5,
    rules: () => idle,
    suppressed: () => false,
    ...options,
  });
}

const window = () => ({ events: [], observations: [sentence(NINE, 'The user reads.')] });

describe('agent', () => {
  it('ends with the rule that stopped it, and asks nobody', async () => {
    let asked = 0;
    const agent = agentOf({
      rules: () => ({ ...idle, paused: true }),
      proposers: [{ name: 'model', propose: async () => ((asked += 1), []) }],
    });
    const { decision, proposal: made, need } = await agent.turn(window());
    expect([decision.outcome, decision.reason, made, need, asked]).toEqual([
      'rule',
      'capture is paused',
      null,
      undefined,
      0,
    ]);
  });

  it('does not look twice at the same window, unless reading goes on', async () => {
    const agent = agentOf();
    const same = window();
    expect((await agent.turn(same)).decision.outcome).toBe('silence');
    expect((await agent.turn(same)).decision.reason).toBe('nothing new since the last turn');
    const longer = same.observations.map((each) => ({ ...each, duration: 60_000 }));
    expect((await agent.turn({ events: [], observations: longer })).decision.outcome).toBe('silence');
  });

  it('asks the model only above the threshold, the patterns always', async () => {
    const proposers = [speaks('model', 'From the model')];
    const low = await agentOf({ need: 0.2, proposers }).turn(window());
    expect(low.decision.outcome).toBe('gate');
    expect(low.decision.reason).toBe('need 0.20 is below the threshold 0.50; a search a moment ago');
    expect(low.need?.probability).toBe(0.2);
    const grounded = await agentOf({
      need: 0.2,
      proposers: [...proposers, speaks('pattern:x', 'Grounded')],
    }).turn(window());
    expect(grounded.proposal?.task).toBe('Grounded');
    expect((await agentOf({ need: 0.2, gateOff: true, proposers }).turn(window())).proposal?.task).toBe(
      'From the model',
    );
    expect((await agentOf({ need: 0.5, proposers }).turn(window())).decision.outcome).toBe('proposal');
  });

  it('puts patterns before the model, and the judge before both', async () => {
    const proposers = [speaks('model', 'Model task'), speaks('pattern:x', 'Pattern task')];
    expect((await agentOf({ proposers }).turn(window())).proposal?.task).toBe('Pattern task');
    const judge = {
      name: 'test',
      judge: async (_: unknown, made: Proposal | null) => ({
        judgement: 'accepted' as const,
        probability: made?.proposer === 'model' ? 0.8 : 0.3,
        by: 'test',
      }),
    };
    const judged = await agentOf({ proposers, judge }).turn(window());
    expect([judged.proposal?.task, judged.judgement?.probability]).toEqual(['Model task', 0.8]);
    const failing = { name: 'test', judge: () => Promise.reject(new Error('no')) };
    expect((await agentOf({ proposers, judge: failing }).turn(window())).proposal?.task).toBe('Pattern task');
  });

  it('holds the best candidate back below the threshold, patterns too, and tells it to the digest alone', async () => {
    const proposers = [speaks('model', 'Model task'), speaks('pattern:x', 'Pattern task')];
    const score: Score = ({ proposal: { proposer } }) => (proposer === 'model' ? 0.45 : 0.2);
    const held = await agentOf({ proposers, score }).turn(window());
    expect([held.proposal, held.candidate?.task, held.decision.outcome]).toEqual([
      null,
      'Model task',
      'judge',
    ]);
    expect(held.decision).toMatchObject({
      score: 0.45,
      task: 'Model task',
      reason: 'model: chance of a yes 0.45 is below the threshold 0.50',
    });
    expect(held.seen).toHaveLength(1);
    const shown = await agentOf({ proposers, score, threshold: () => 0.4 }).turn(window());
    expect([shown.proposal?.task, shown.candidate, shown.decision.score]).toEqual([
      'Model task',
      undefined,
      0.45,
    ]);
    const arm = { threshold: 0.9 };
    expect(
      (await agentOf({ proposers, score, threshold: () => 0.4 }).turn({ ...window(), arm })).candidate,
    ).toBeDefined();
    const off = await agentOf({ proposers, score }).turn({ ...window(), arm: { gateOff: true } });
    expect([off.proposal?.task, off.decision.score]).toEqual(['Model task', 0.45]);
  });

  it('scores need, judgement and the app in front together; the suppressed are not even judged', async () => {
    const judged: string[] = [];
    const judge = {
      name: 'test',
      judge: async (_: unknown, made: Proposal | null) => {
        judged.push(made!.task);
        return { judgement: 'accepted' as const, probability: 0.6, by: 'test' };
      },
    };
    const offers: Offered[] = [];
    const score: Score = (offered) => (offers.push(offered), 0.7);
    const observations = [{ ...sentence(NINE, 'The user reads.'), app: 'Reader' }];
    const made = await agentOf({
      proposers: [speaks('pattern:x', 'Apples', 'Pears')],
      judge,
      score,
      suppressed: (topic, proposer) => topic === 'apples' && proposer === 'pattern:x',
    }).turn({ events: [], observations });
    expect(judged).toEqual(['Pears']);
    expect(offers).toMatchObject([
      { need: { probability: 0.9 }, judgement: { probability: 0.6 }, app: 'Reader' },
    ]);
    expect([made.proposal?.task, made.judgement?.probability, made.decision.score]).toEqual([
      'Pears',
      0.6,
      0.7,
    ]);
  });

  it('drops topics that the user said no to, and takes the next best', async () => {
    const proposers = [speaks('pattern:x', 'Apples and pears', 'Trains to Porto')];
    const next = await agentOf({ proposers, suppressed: (topic) => topic.includes('apples') }).turn(window());
    expect(next.proposal?.task).toBe('Trains to Porto');
    const none = await agentOf({ proposers, suppressed: () => true }).turn(window());
    expect([none.proposal, none.decision.outcome]).toEqual([null, 'policy']);
    expect(none.decision.reason).toContain('Apples and pears');
  });

  it('survives proposers that throw, lie or hang, and names them without their text', async () => {
    const broken: Proposer[] = [
      { name: 'model', propose: () => Promise.reject(new Error('secret title')) },
      {
        name: 'second',
        propose: () => Promise.reject(new AppError('model-missing', '[llm] There is no model.')),
      },
      {
        name: 'third',
        propose: () => {
          throw new TypeError('secret');
        },
      },
      { name: 'fourth', propose: async () => [{ task: '' } as Proposal] },
      { name: 'fifth', propose: () => new Promise(() => {}) },
    ];
    const alone = await agentOf({ proposers: broken, proposerTimeoutMs: 20 }).turn(window());
    expect(alone.decision.outcome).toBe('error');
    for (const words of [
      'model failed: Error',
      '[llm] There is no model.',
      'third failed',
      'not a proposal',
      '20 ms',
    ]) {
      expect(alone.decision.reason).toContain(words);
    }
    expect(alone.decision.reason).not.toContain('secret');
    const helped = await agentOf({
      proposers: [...broken, speaks('pattern:x', 'Still here')],
      proposerTimeoutMs: 20,
    }).turn(window());
    expect(helped.proposal?.task).toBe('Still here');
  });

  it('stops at once when told to, and tells the proposer', async () => {
    const ending = new AbortController();
    let told = false;
    const hanging: Proposer = {
      name: 'model',
      propose: (context, signal) => {
        context.onReceipt(receipt);
        signal.addEventListener('abort', () => (told = true));
        queueMicrotask(() => ending.abort());
        return new Promise(() => {});
      },
    };
    const later = speaks('pattern:x', 'Never asked');
    const { decision, proposal: made } = await agentOf({ proposers: [hanging, later] }).turn({
      ...window(),
      signal: ending.signal,
    });
    expect([decision.outcome, decision.reason, made, told]).toEqual([
      'error',
      'the turn was stopped',
      null,
      true,
    ]);
    expect(decision.receipts).toEqual([receipt]);
  });

  it('ends as an error, not as a rejection, when a part of it throws', async () => {
    const agent = agentOf({
      threshold: () => {
        throw new RangeError('secret');
      },
    });
    const { decision } = await agent.turn(window());
    expect([decision.outcome, decision.reason]).toEqual(['error', 'the turn failed: RangeError']);
  });

  it('makes a real proposal from real events', async () => {
    const { proposal: made, decision } = await agentOf({ need: 0.1, proposers: createPatterns() }).turn({
      events: [copy(0, 'xterm', "KeyError: 'left_on'")],
      observations: [sentence(NINE, 'The user copies some text.')],
    });
    expect(made?.task).toBe("Explain “KeyError: 'left_on'” and show the fixed call");
    expect(decision.task).toBe(made?.task);
  });

  it('ends every turn with a valid decision, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvents, fc.double({ min: 0, max: 1, noNaN: true }), async (events, need) => {
        const observations = events.map((each) => sentence(each.at, JSON.stringify(each.data)));
        const result = await agentOf({ need, proposers: createPatterns() }).turn({ events, observations });
        expect(Decision.parse(result.decision)).toEqual(result.decision);
        expect(result.decision.outcome === 'proposal').toBe(result.proposal !== null);
      }),
      { numRuns: 50 },
    );
  });
});
