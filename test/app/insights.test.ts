import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { binsOf, wilson } from '../../src/app/insights/bins.ts';
import { captureDay } from '../../src/app/insights/capture.ts';
import { createInsights } from '../../src/app/insights/insights.ts';
import { createHealthMarks } from '../../src/app/healthMarks.ts';
import { dayName, lastDays } from '../../src/app/localDays.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import type { CaptureEvent } from '../../src/model/event.ts';
import type { Feedback } from '../../src/model/feedback.ts';
import type { Health } from '../../src/model/monitor.ts';
import type { CaptureMark } from '../../src/model/outcome.ts';
import { REMINDER } from '../../src/model/reminder.ts';
import type { Suggestion, SuggestionState } from '../../src/model/suggestion.ts';

const NOW = new Date(2026, 10, 24, 15).getTime();
const HOUR = 3_600_000;
const clock = { now: () => NOW };
const gate = {
  version: 'gate-t',
  card: {
    trainedOn: '',
    measured: '',
    limits: '',
    reliability: [{ from: 0.1, to: 0.2, windows: 10, said: 0.15, needed: 0.2 }],
  },
};

function suggestion(state: SuggestionState, score: number, part: Partial<Suggestion> = {}): Suggestion {
  const at = part.at ?? NOW - HOUR;
  return {
    id: randomUUID(),
    at,
    proposal: {
      task: 'Look it up',
      message: 'Shall I?',
      why: 'now',
      topic: 't',
      proposer: 'p',
      lifetime: 1000,
    },
    seen: [],
    gate: { probability: 0.5, reasons: [] },
    score,
    reasons: [],
    state,
    history: [{ state: 'shown', at }],
    policy: { threshold: 0.5, propensity: 1, eagerness: 0.4 },
    promptVersion: 'x',
    ...part,
  };
}

function answer(part: Partial<Feedback>): Feedback {
  return {
    id: randomUUID(),
    at: NOW - HOUR,
    seen: [],
    label: 'missed-need',
    latency: 0,
    via: 'hotkey',
    ...part,
  };
}

async function filled() {
  const log = createMemoryLog(clock);
  const insights = createInsights({ log, clock, gate, madeUp: false });
  const dismissed = suggestion('rejected', 0.32);
  const yesterday = NOW - 24 * HOUR;
  const rows = [
    suggestion('accepted', 0.31),
    suggestion('accepted', 0.95, { at: yesterday }),
    suggestion('accepted', 1),
    dismissed,
    suggestion('ignored', 0.7),
    suggestion('snoozed', 0.7),
    suggestion('expired', 0.7),
    suggestion('shown', 0.7),
    suggestion('accepted', 0.2, { audit: true }),
    suggestion('rejected', 0.2, { audit: true }),
    suggestion('expired', 0.2, { audit: true }),
    suggestion('accepted', 0.9, { at: NOW - 40 * 24 * HOUR }),
    suggestion('accepted', 0.9, {
      proposal: { task: 'Call', message: 'm', why: 'w', topic: 't', proposer: REMINDER, lifetime: 1 },
    }),
  ];
  for (const row of rows) await log.suggest(row);
  await log.feedback(answer({ label: 'rejected', suggestion: dismissed.id, via: 'card', reason: 'wrong' }));
  await log.feedback(answer({}));
  await log.feedback(answer({ decision: randomUUID(), via: 'digest', needed: true }));
  await log.feedback(answer({ decision: randomUUID(), via: 'digest', needed: false }));
  return insights;
}

describe('insights', () => {
  it('counts each suggestion once, by day and by what became of it', async () => {
    const { days } = await (await filled())['insights.get']({ days: 7 });
    expect(days.map(({ day }) => day)).toEqual(lastDays(NOW, 7).map(({ day }) => day));
    expect(days.at(-1)).toEqual({
      day: dayName(NOW),
      // Missed: the press, the welcome moment, and the drawn one that would have been taken.
      counts: {
        accepted: 2,
        rejected: 1,
        ignored: 1,
        snoozed: 1,
        unseen: 1,
        waiting: 1,
        missed: 3,
        asked: 3,
      },
    });
    expect(days.at(-2)?.counts).toEqual({ accepted: 1 });
    expect(days[0]?.counts).toEqual({});
  });

  it('puts what was said into need by offer, and nothing that nobody said', async () => {
    const found = await (await filled())['insights.get']({ days: 7 });
    expect(found.cells).toEqual({ CD: 3, FA: 1, MN: 3, NR: 2 });
    expect(found.reasons).toEqual({ wrong: 1 });
    expect(found.unlabelled).toBe(4);
  });

  it('holds scores against what became of them', async () => {
    const { reliability } = await (await filled())['insights.get']({ days: 7 });
    expect(reliability.answers).toBe(6);
    expect(reliability.own.map(({ from, count, share }) => [from, count, share])).toEqual([
      [0.2, 2, 0.5],
      [0.3, 2, 0.5],
      [0.9, 2, 1],
    ]);
    expect(reliability.own[1]?.said).toBeCloseTo(0.315);
    expect(reliability.shipped).toMatchObject({ version: 'gate-t', windows: 10 });
    expect(binsOf([])).toEqual([]);
  });

  it('gives the rows behind every number', async () => {
    const insights = await filled();
    const { days, cells, reliability } = await insights['insights.get']({ days: 7 });
    for (const [cell, count] of Object.entries(cells) as ['CD', number][]) {
      expect((await insights['insights.rows']({ days: 7, pick: { cell } })).rows).toHaveLength(count);
    }
    for (const { day, counts } of days) {
      for (const [became, count] of Object.entries(counts) as ['accepted', number][]) {
        const found = await insights['insights.rows']({ days: 7, pick: { from: day, to: day, became } });
        expect(found.total).toBe(count);
      }
    }
    for (const { from, count } of reliability.own) {
      const pick = { bin: Math.round(from * 10) };
      expect((await insights['insights.rows']({ days: 7, pick })).total).toBe(count);
    }
  });

  it('knows the Wilson interval', () => {
    // Worked out by hand: 8 of 10 at z = 1.96.
    const { low, high } = wilson(8, 10);
    expect(low).toBeCloseTo(0.4902, 3);
    expect(high).toBeCloseTo(0.9433, 3);
    expect(wilson(0, 5).low).toBe(0);
    expect(wilson(5, 5).high).toBe(1);
  });
});

describe('a day of capture', () => {
  const [day] = lastDays(NOW, 1);
  const at = (hour: number) => day!.from + hour * HOUR;
  const mark = (
    hour: number,
    state: CaptureMark['state'],
    source?: string,
    restarts?: number,
  ): CaptureMark => ({
    at: at(hour),
    state,
    previous: null,
    ...(source !== undefined && { source }),
    ...(restarts !== undefined && { restarts }),
  });

  it('adds up what was watched, paused and stalled', () => {
    const found = captureDay(
      day!,
      {
        kinds: { window: 7, afk: 2, capture: 9, dropped: 1 },
        drops: [{ source: 'clipboard', reason: 'marked', count: 3 }],
        marks: [
          mark(8, 'started'),
          mark(8, 'healthy', 'window'),
          mark(9, 'stalled', 'window'),
          mark(9.5, 'healthy', 'window', 2),
          mark(11, 'paused'),
          mark(12, 'resumed'),
          mark(12, 'healthy', 'window'),
          mark(14, 'stopped'),
        ],
        before: [],
      },
      NOW,
    );
    expect(found).toMatchObject({ watchedMs: 5 * HOUR, pausedMs: HOUR, starts: 1, crashes: 0 });
    expect(found.sources).toEqual([
      { source: 'window', events: 7, healthyMs: 4.5 * HOUR, stalledMs: 0.5 * HOUR, restarts: 2, drops: [] },
      {
        source: 'clipboard',
        events: 0,
        healthyMs: null,
        stalledMs: null,
        restarts: null,
        drops: [{ reason: 'marked', count: 3 }],
      },
      { source: 'idle', events: 2, healthyMs: null, stalledMs: null, restarts: null, drops: [] },
    ]);
  });

  it('goes on from the day before, ends a crash with its last event, and today with now', () => {
    const crash = { ...mark(10, 'started'), previous: at(3) };
    const before = [mark(-5, 'started'), mark(-5, 'stalled', 'files', 4)];
    const found = captureDay(day!, { kinds: {}, drops: [], marks: [crash], before }, at(12));
    expect(found).toMatchObject({ watchedMs: 5 * HOUR, pausedMs: 0, starts: 1, crashes: 1 });
    expect(found.sources).toEqual([
      { source: 'files', events: 0, healthyMs: 0, stalledMs: 3 * HOUR, restarts: 0, drops: [] },
    ]);
  });
});

it('notes when a source stalls, mends, or goes off, once each, and nothing while paused', () => {
  const told: CaptureEvent['data'][] = [];
  let health: Health[] = [];
  let paused = false;
  const marks = createHealthMarks({
    clock,
    health: () => health,
    paused: () => paused,
    ingest: ({ data }) => void told.push(data),
  });
  const look = (state: Health['state'], restarts = 0) => {
    health = [{ name: 'files', state, events: 0, restarts, reason: 'the folder Secret is gone' }];
    marks.look();
    marks.look();
  };
  look('starting');
  look('healthy');
  look('unhealthy');
  look('starting', 1);
  look('healthy', 2);
  paused = true;
  look('off', 2);
  paused = false;
  look('healthy', 2);
  look('off', 2);
  expect(told).toEqual([
    { state: 'healthy', source: 'files' },
    { state: 'stalled', source: 'files' },
    { state: 'healthy', source: 'files', restarts: 2 },
    { state: 'healthy', source: 'files' },
    { state: 'off', source: 'files' },
  ]);
});
