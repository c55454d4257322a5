import { expect, it, vi } from 'vitest';
import type { Agent, TurnContext, TurnResult } from '../../src/agent/agent.ts';
import { createTurns } from '../../src/app/turns.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import type { Decision } from '../../src/model/decision.ts';
import { newId } from '../../src/model/id.ts';
import { createObserver } from '../../src/observations/window.ts';
import { createLifecycle } from '../../src/suggestions/lifecycle.ts';
import { createPolicy } from '../../src/suggestions/policy.ts';
import { proposal, settingsWith } from '../suggestions/fakes.ts';
import { until } from '../until.ts';

const settings = () => settingsWith();
const clock = { now: () => 1_000_000 };

/** Real log in memory, lifecycle and policy; the agent answers when told. */
function make(more: { auditShare?: () => number; modelRests?: () => boolean } = {}) {
  const log = createMemoryLog(clock);
  const lifecycle = createLifecycle({ clock, settings, log, onChange: () => {}, onFeedback: () => {} });
  const asked: { context: TurnContext; end(result?: Partial<TurnResult>): void }[] = [];
  const agent: Agent = {
    turn: (context) =>
      new Promise((resolve) => {
        const decision: Decision = {
          id: newId(),
          at: clock.now(),
          outcome: 'silence',
          reason: 'nothing',
          receipts: [],
          ms: 0,
        };
        const end = (result: Partial<TurnResult> = {}) => resolve({ decision, proposal: null, ...result });
        context.signal?.addEventListener('abort', () => end());
        asked.push({ context, end });
      }),
  };
  const onOffer = vi.fn();
  const decided: Decision[] = [];
  const turns = createTurns({
    agent,
    observer: createObserver({}),
    lifecycle,
    policy: createPolicy({ clock, settings, log }),
    log,
    promptVersion: () => 'v1',
    onDecision: (decision) => decided.push(decision),
    ...more,
    onOffer,
  });
  return { log, turns, asked, decided, onOffer, lifecycle };
}

const offered = { proposal: proposal('merge tables'), need: { probability: 0.9, reasons: ['searching'] } };

it('runs one turn at a time; what arrives meanwhile is one more', async () => {
  const { turns, asked, decided, log } = make();
  for (let n = 0; n < 5; n++) turns.trigger();
  expect(asked).toHaveLength(1);
  asked[0]!.end();
  await until('the second turn', () => asked.length === 2);
  asked[1]!.end();
  await turns.idle();
  expect([asked.length, decided.length, (await log.decisions()).rows.length]).toEqual([2, 2, 2]);
});

it('an offer is held and named in its decision; the same topic again is policy', async () => {
  const { turns, asked, decided, onOffer, lifecycle } = make();
  turns.trigger();
  asked[0]!.end(offered);
  await turns.idle();
  expect([onOffer.mock.calls.length, lifecycle.waiting()]).toEqual([1, 1]);
  turns.trigger();
  asked[1]!.end(offered);
  await turns.idle();
  expect(decided.map((each) => each.outcome)).toEqual(['silence', 'policy']);
  expect(decided[0]!.suggestion).toBeDefined();
  await lifecycle.close();
});

it('closes in the middle of a turn, and is idle then and later', async () => {
  const { turns, asked } = make();
  turns.trigger();
  turns.trigger();
  await turns.close();
  expect(asked[0]!.context.signal?.aborted).toBe(true);
  turns.trigger();
  await turns.idle();
  expect(asked).toHaveLength(1);
});

it('a turn that saw what is being forgotten leaves no trace, and none begins before that has ended', async () => {
  const { turns, asked, decided, log, lifecycle } = make();
  turns.trigger();
  const gone = asked[0]!;
  let during = 0;
  const result = await turns.without(async () => {
    turns.trigger();
    await new Promise((resolve) => setTimeout(resolve, 20));
    during = asked.length;
    return 7;
  });
  gone.end(offered);
  await until('the next turn', () => asked.length === 2);
  expect([result, during, decided.length]).toEqual([7, 1, 0]);
  asked[1]!.end();
  await turns.idle();
  expect([(await log.decisions()).rows.length, lifecycle.waiting()]).toEqual([1, 0]);
  await expect(turns.without(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
  turns.trigger();
  expect(asked).toHaveLength(3);
  asked[2]!.end();
  await turns.idle();
});

it('a log that can’t be written does not end the turns', async () => {
  const { turns, asked, log } = make();
  await log.close();
  turns.trigger();
  asked[0]!.end(offered);
  await turns.idle();
  turns.trigger();
  expect(asked).toHaveLength(2);
  asked[1]!.end();
  await turns.idle();
});

it('a suppressed candidate that is drawn is kept for the digest and never shown; the propensity is logged', async () => {
  const { turns, asked, decided, onOffer, lifecycle, log } = make({ auditShare: () => 1 });
  const judged = { outcome: 'judge' as const, score: 0.3 };
  turns.trigger();
  const decision = { id: newId(), at: clock.now(), reason: '', receipts: [], ms: 0, ...judged };
  asked[0]!.end({ decision, candidate: proposal('merge tables'), need: offered.need });
  await turns.idle();
  expect([onOffer.mock.calls.length, lifecycle.waiting(), lifecycle.current()]).toEqual([0, 0, null]);
  const kept = (await log.suggestions()).rows;
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ audit: true, state: 'expired', score: 0.3, policy: { propensity: 1 } });
  expect((await log.feedbacks()).rows).toEqual([]);
  expect(decided[0]).toMatchObject({ audit: true, suggestion: kept[0]!.id, policy: { eagerness: 0.4 } });
  // The digest may answer it, and it holds back no offer about the same topic.
  await lifecycle.answer(kept[0]!.id, 'accept', { via: 'digest' });
  turns.trigger();
  asked[1]!.end(offered);
  await turns.idle();
  expect(lifecycle.waiting()).toBe(1);
  await lifecycle.close();
});

it('a moment without a candidate is drawn too; what a rule stopped never is', async () => {
  const { turns, asked, decided, log } = make({ auditShare: () => 1 });
  for (const [turn, outcome] of (['gate', 'silence', 'rule', 'error', 'policy'] as const).entries()) {
    turns.trigger();
    asked[turn]!.end({
      decision: { id: newId(), at: clock.now(), outcome, reason: '', receipts: [], ms: 0 },
      need: offered.need,
    });
    await turns.idle();
  }
  expect(decided.map((each) => each.audit ?? false)).toEqual([true, true, false, false, false]);
  expect(decided.map((each) => each.policy?.propensity)).toEqual([1, 1, undefined, undefined, 0]);
  expect((await log.suggestions()).rows).toEqual([]);
});

it('nothing is drawn where the share is nothing', async () => {
  const { turns, asked, decided } = make();
  turns.trigger();
  asked[0]!.end({ candidate: proposal('merge tables'), need: offered.need });
  await turns.idle();
  expect(decided[0]!.audit).toBeUndefined();
  expect(decided[0]!.policy?.propensity).toBe(0);
});

it('on battery the model rests: patterns alone are asked', async () => {
  let rests = true;
  const { turns, asked } = make({ modelRests: () => rests });
  turns.trigger();
  asked[0]!.end();
  await turns.idle();
  rests = false;
  turns.trigger();
  asked[1]!.end();
  await turns.idle();
  expect(asked.map(({ context }) => context.arm?.proposers)).toEqual(['patterns', 'all']);
});
