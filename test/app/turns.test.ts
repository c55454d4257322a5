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
function make() {
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
