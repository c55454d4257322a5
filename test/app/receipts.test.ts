import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readReceipts } from '../../src/app/receipts.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import type { Decision, Outcome, Receipt } from '../../src/model/decision.ts';
import { newId } from '../../src/model/id.ts';
import { Receipts } from '../../src/model/receipts.ts';
import { suggestion } from '../suggestions/fakes.ts';

const noon = new Date(2026, 9, 25, 12).getTime();
const clock = { now: () => noon };
const power = { words: () => 'nothing is known' };
/** Noon some local days ago, whatever the clocks did in between. */
const daysAgo = (days: number) => new Date(2026, 9, 25 - days, 12).getTime();

const call = (more: Partial<Receipt> = {}): Receipt => ({
  id: newId(noon),
  at: noon,
  purpose: 'decide',
  model: 'fake',
  promptVersion: '1',
  promptTokens: 100,
  prefillTokens: 10,
  outputTokens: 4,
  firstTokenMs: 1,
  totalMs: 500,
  memoryBytes: 1,
  stop: 'end',
  ...more,
});
const decision = (at: number, outcome: Outcome, receipts: Receipt[] = []): Decision => ({
  id: newId(at),
  at,
  outcome,
  reason: '',
  receipts,
  ms: 1,
});

it('counts by local day, with answers, without turns that a rule stopped, and no further back than asked', async () => {
  const log = createMemoryLog(clock);
  for (let n = 0; n < 1200; n += 1) await log.decide(decision(noon - n, 'gate'));
  await log.decide(decision(noon, 'rule'));
  await log.decide(decision(noon + 1, 'proposal', [call({ purpose: 'score' }), call({ joules: 2 })]));
  await log.decide(decision(daysAgo(1), 'silence', [call()]));
  await log.decide(decision(daysAgo(9), 'silence', [call()]));
  const accepted = suggestion('merge', daysAgo(2));
  await log.suggest(accepted);
  await log.audit({
    id: randomUUID(),
    at: daysAgo(2),
    suggestion: accepted.id,
    operation: 'chat',
    arguments: 'write it',
    result: 'done',
    receipts: [call({ purpose: 'answer', outputTokens: 60, joules: 0.5 })],
  });
  const found = Receipts.parse(await readReceipts(log, { clock, power, days: 3 }));
  expect(found.power).toBe('nothing is known');
  expect(found.days).toEqual([
    {
      day: '2026-10-25',
      turns: 1201,
      outcomes: { gate: 1200, proposal: 1 },
      asked: 1,
      answers: 0,
      inferences: 2,
      promptTokens: 200,
      prefillTokens: 20,
      outputTokens: 8,
      seconds: 1,
      joules: 2,
    },
    {
      day: '2026-10-24',
      turns: 1,
      outcomes: { silence: 1 },
      asked: 1,
      answers: 0,
      inferences: 1,
      promptTokens: 100,
      prefillTokens: 10,
      outputTokens: 4,
      seconds: 0.5,
      joules: null,
    },
    {
      day: '2026-10-23',
      turns: 0,
      outcomes: {},
      asked: 0,
      answers: 1,
      inferences: 1,
      promptTokens: 100,
      prefillTokens: 10,
      outputTokens: 60,
      seconds: 0.5,
      joules: 0.5,
    },
  ]);

  await log.forget({ suggestion: accepted.id });
  expect((await readReceipts(log, { clock, power, days: 3 })).days.map(({ day }) => day)).toEqual([
    '2026-10-25',
    '2026-10-24',
  ]);
});
