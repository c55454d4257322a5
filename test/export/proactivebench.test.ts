import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchRow, benchTime, ProactiveBenchRow } from '../../src/export/proactivebench.ts';
import { feedbackOf, missedNeed } from '../../src/feedback/feedback.ts';
import { FeedbackLabel } from '../../src/model/feedback.ts';
import { parseTime } from '../../src/replay/time.ts';
import { DATA, withData } from '../replay/data.ts';
import { seen, suggestion } from '../suggestions/fakes.ts';

const made = suggestion('x', 1_717_377_997_000, {
  seen: [
    seen('The user opens a file.', 'E', 1_717_377_997_000),
    seen('A "b" \u2028 \ud800', 'E', 1_717_378_000_744),
  ],
});
const answer = (label: FeedbackLabel) => feedbackOf(made, label, { at: made.at + 1, via: 'card' });

describe("ProactiveBench's reward data", () => {
  it('has exactly its fields, with times as Unix seconds in a string', () => {
    expect(benchRow(answer('accepted'))).toEqual({
      obs: [
        { time: '1717377997.0', event: 'The user opens a file.' },
        { time: '1717378000.744', event: made.seen[1]!.event },
      ],
      pred_task: made.proposal.task,
      valid: true,
      help_needed: true,
      annotation: [true],
      category: 'Correct-Detection (CD)',
    });
  });

  it('times survive to the millisecond', () => {
    for (const at of [0, 1, 999, 1000, 1_717_378_000_744, 1_799_999_999_999]) {
      expect(parseTime(benchTime(at))).toBe(at);
    }
  });

  it('every row is valid, what nobody judged or whose need is unknown is none', () => {
    const found = FeedbackLabel.options.map((label) => {
      const row = benchRow(answer(label));
      return typeof row === 'string' ? row : ProactiveBenchRow.parse(row).category;
    });
    expect(Object.fromEntries(FeedbackLabel.options.map((label, at) => [label, found[at]]))).toEqual({
      accepted: 'Correct-Detection (CD)',
      edited: 'Correct-Detection (CD)',
      rejected: 'need-unknown',
      ignored: 'ignored',
      snoozed: 'snoozed',
      expired: 'expired',
      'missed-need': 'Missed-Need (MN)',
    });
    expect(benchRow(missedNeed({ seen: [], at: 1 }))).toBe('nothing-seen');
  });

  it('a false alarm may stand where help was needed, as in the released data', () => {
    const wrong = feedbackOf(made, 'rejected', { at: made.at + 1, via: 'card', reason: 'wrong' });
    expect(benchRow(wrong)).toMatchObject({ valid: false, help_needed: true, category: 'False-Alarm (FA)' });
  });

  it('the schema refuses what ProactiveBench would not hold', () => {
    const good = benchRow(answer('accepted')) as ProactiveBenchRow;
    expect(ProactiveBenchRow.safeParse(good).success).toBe(true);
    for (const bad of [
      { valid: false },
      { pred_task: null },
      { obs: [] },
      { annotation: [] },
      { category: 'CD' },
      { extra: 1 },
      { obs: [{ time: 1, event: 'x' }] },
    ]) {
      expect(ProactiveBenchRow.safeParse({ ...good, ...bad }).success, JSON.stringify(bad)).toBe(false);
    }
  });
});

withData('the real reward data', () => {
  it.each(['train_data.jsonl', 'test_data.jsonl'])('every row of %s passes the schema', (name) => {
    const lines = readFileSync(join(DATA, 'reward_data', name), 'utf8')
      .trim()
      .split('\n');
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines) {
      const row = JSON.parse(line) as unknown;
      expect(ProactiveBenchRow.parse(row)).toEqual(row);
    }
  });
});
