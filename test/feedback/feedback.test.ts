import { describe, expect, it } from 'vitest';
import { labelOf } from '../../src/feedback/category.ts';
import { feedbackOf, missedNeed } from '../../src/feedback/feedback.ts';
import { Feedback, FeedbackLabel } from '../../src/model/feedback.ts';
import { seen, suggestion } from '../suggestions/fakes.ts';

const shown = suggestion('map undefined', 1000, {
  state: 'shown',
  history: [
    { state: 'held', at: 1000 },
    { state: 'shown', at: 2000 },
    { state: 'snoozed', at: 3000 },
    { state: 'held', at: 9000 },
    { state: 'shown', at: 10_000 },
  ],
});

describe('feedback', () => {
  it('keeps exactly what the model saw, and counts from when it was last shown', () => {
    const row = Feedback.parse(feedbackOf(shown, 'rejected', { at: 12_500, via: 'hotkey', reason: 'wrong' }));
    expect(row).toMatchObject({
      suggestion: shown.id,
      seen: shown.seen,
      proposal: shown.proposal,
      latency: 2500,
      reason: 'wrong',
      policy: shown.policy,
      promptVersion: 'v1',
    });
  });

  it('latency is never below zero, even when the clock goes back', () => {
    expect(feedbackOf(shown, 'accepted', { at: 9000, via: 'card' }).latency).toBe(0);
  });

  it('a missed need has what was seen and no proposal', () => {
    const window = [seen(), seen()];
    const policy = { threshold: 0.5, propensity: 1, eagerness: 0.4 };
    const row = Feedback.parse(missedNeed({ seen: window, at: 5, policy }));
    expect(row).toMatchObject({ label: 'missed-need', seen: window, via: 'hotkey', policy });
    expect(row.proposal).toBeUndefined();
  });
});

describe("ProactiveBench's labels", () => {
  const expected: Record<FeedbackLabel, unknown> = {
    accepted: { valid: true, help_needed: true, category: 'Correct-Detection (CD)' },
    edited: { valid: true, help_needed: true, category: 'Correct-Detection (CD)' },
    rejected: { valid: false, help_needed: null, category: 'False-Alarm (FA)' },
    'missed-need': { pred_task: null, valid: false, help_needed: true, category: 'Missed-Need (MN)' },
    ignored: 'ignored',
    snoozed: 'snoozed',
    expired: 'expired',
  };
  it.each(FeedbackLabel.options)('%s', (label) => {
    const found = labelOf(feedbackOf(shown, label, { at: 12_000, via: 'card' }));
    if (typeof expected[label] === 'string') expect(found).toBe(expected[label]);
    else expect(found).toMatchObject({ pred_task: shown.proposal.task, ...(expected[label] as object) });
  });

  it.each([
    ['not-needed', false],
    ['wrong', true],
    ['too-late', null],
    ['never-here', null],
  ] as const)('dismissed as %s: the need is %s', (reason, help_needed) => {
    const row = feedbackOf(shown, 'rejected', { at: 12_000, via: 'card', reason });
    expect(labelOf(row)).toMatchObject({ valid: false, help_needed, category: 'False-Alarm (FA)' });
  });

  it('what the person says of the need itself wins over the reason, and a row without it is read as before', () => {
    const row = feedbackOf(shown, 'rejected', { at: 12_000, via: 'card', reason: 'not-needed' });
    expect(labelOf(Feedback.parse({ ...row, needed: true }))).toMatchObject({ help_needed: true });
    expect(Feedback.parse(row)).toEqual(row);
    const accepted = feedbackOf(shown, 'accepted', { at: 12_000, via: 'card' });
    expect(labelOf({ ...accepted, needed: false })).toMatchObject({
      valid: true,
      help_needed: false,
      category: 'Correct-Detection (CD)',
    });
    // A silence that was right.
    expect(labelOf({ ...missedNeed({ seen: [seen()], at: 1 }), needed: false })).toEqual({
      pred_task: null,
      valid: true,
      help_needed: false,
      category: 'Correct-Rejection (CR)',
    });
  });

  it('a row without what was seen, or without a task, has none', () => {
    expect(labelOf(missedNeed({ seen: [], at: 1 }))).toBe('nothing-seen');
    const { proposal: _, ...bare } = feedbackOf(shown, 'accepted', { at: 1, via: 'card' });
    expect(labelOf(bare)).toBe('no-task');
  });
});
