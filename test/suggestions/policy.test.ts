import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedbackOf } from '../../src/model/answered.ts';
import type { FeedbackLabel, RejectReason } from '../../src/model/feedback.ts';
import { topicOf } from '../../src/model/topic.ts';
import { createPolicy, REST, thresholdOf } from '../../src/suggestions/policy.ts';
import { createTestLog } from './fakeLog.ts';
import { fakeTime, seen, settingsWith, suggestion } from './fakes.ts';

const topic = topicOf('pandas merge two frames on index');
const reworded = topicOf('merging two pandas frames by their index');

function setup(settings = settingsWith()) {
  const time = fakeTime();
  const { log } = createTestLog();
  const make = () => createPolicy({ clock: time.clock, settings: () => settings, log });
  const answer = (label: FeedbackLabel, reason?: RejectReason, about = topic) => {
    const now = time.clock.now();
    const shown = suggestion(about, now - 5000, {
      seen: [seen('The user opens a page.', 'Firefox')],
      history: [
        { state: 'held', at: now - 5000 },
        { state: 'shown', at: now - 4000 },
      ],
    });
    return feedbackOf(shown, label, { at: now, via: 'card', ...(reason ? { reason } : {}) });
  };
  return { time, log, make, answer };
}

describe('the threshold', () => {
  it('is 0.85 at 0, 0.5 at 0.4 and 0.2 at 1', () => {
    expect(thresholdOf(0)).toBeCloseTo(0.85, 2);
    expect(thresholdOf(0.4)).toBeCloseTo(0.5, 2);
    expect(thresholdOf(1)).toBeCloseTo(0.2, 2);
  });

  it('falls with eagerness all the way and stays a probability', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          const [less, more] = a < b ? [a, b] : [b, a];
          // Neighbouring numbers may round against each other in the last place.
          expect(thresholdOf(more)).toBeLessThanOrEqual(thresholdOf(less) + 1e-12);
          expect(thresholdOf(a)).toBeGreaterThan(0);
          expect(thresholdOf(a)).toBeLessThan(1);
        },
      ),
    );
  });

  it('is what the snapshot says, with the dial of the moment', () => {
    const { make } = setup(settingsWith({ eagerness: 1 }));
    expect(make().snapshot()).toEqual({ threshold: thresholdOf(1), propensity: 1, eagerness: 1 });
  });
});

describe('a no', () => {
  it('is a no to the same topic in other words, and to no other', () => {
    const { make, answer } = setup();
    const policy = make();
    expect(policy.suppressed(topic)).toBe(false);
    policy.learn(answer('rejected'));
    expect(policy.suppressed(topic)).toBe(true);
    expect(policy.suppressed(reworded)).toBe(true);
    expect(policy.suppressed(topicOf('rust borrow checker lifetime error'))).toBe(false);
  });

  it('stands a year later, and after a restart', async () => {
    const { make, answer, time, log } = setup();
    await log.feedback(answer('rejected'));
    time.jump(365 * 86_400_000);
    const policy = make();
    expect(policy.suppressed(topic)).toBe(false);
    await policy.load();
    expect(policy.suppressed(topic)).toBe(true);
  });

  it('is found behind thousands of later answers', async () => {
    const { make, answer, log } = setup();
    await log.feedback(answer('rejected'));
    for (let each = 0; each < 2500; each++) await log.feedback(answer('expired', undefined, `other ${each}`));
    const policy = make();
    await policy.load();
    expect(policy.suppressed(topic)).toBe(true);
  });

  it('with never-here mutes the app for every topic', () => {
    const { make, answer } = setup();
    const policy = make();
    policy.learn(answer('rejected', 'never-here'));
    expect(policy.muted('firefox')).toBe(true);
    expect(policy.suppressed('something else entirely', 'Firefox')).toBe(true);
    expect(policy.why('something else entirely', 'Firefox')).toMatch(/never/);
    expect(policy.suppressed('something else entirely', 'Editor')).toBe(false);
  });

  it('is lifted by a later yes to the same', () => {
    const { make, answer, time } = setup();
    const policy = make();
    policy.learn(answer('rejected'));
    policy.learn(answer('accepted'));
    time.jump(REST);
    expect(policy.suppressed(topic)).toBe(false);
  });
});

describe('rest', () => {
  it('an ignored topic rests for half an hour', () => {
    const { make, answer, time } = setup();
    const policy = make();
    policy.learn(answer('ignored'));
    time.jump(REST - 1);
    expect(policy.suppressed(reworded)).toBe(true);
    time.jump(1);
    expect(policy.suppressed(reworded)).toBe(false);
  });

  it('a snoozed topic rests until it comes back', () => {
    const { make, answer, time } = setup(settingsWith({ snoozeMinutes: 5 }));
    const policy = make();
    policy.learn(answer('snoozed'));
    expect(policy.suppressed(topic)).toBe(true);
    time.jump(5 * 60_000);
    expect(policy.suppressed(topic)).toBe(false);
  });

  it('an expired one, which nobody saw, does not rest', () => {
    const { make, answer } = setup();
    const policy = make();
    policy.learn(answer('expired'));
    expect(policy.suppressed(topic)).toBe(false);
  });
});

describe('cool-down and cap', () => {
  it('cools down from when it was shown, counted in seconds', () => {
    const { make, answer, time } = setup(settingsWith({ cooldownSeconds: 60 }));
    const policy = make();
    expect(policy.cooldown(time.clock.now())).toBeNull();
    policy.learn(answer('ignored'));
    expect(policy.cooldown(time.clock.now())).toMatch(/another 56 s/);
    time.jump(56_000);
    expect(policy.cooldown(time.clock.now())).toBeNull();
  });

  it('counts one showing once, whether noted, learnt or loaded', async () => {
    const { make, time, log } = setup(settingsWith({ dailyCap: 2 }));
    const now = time.clock.now();
    const shown = suggestion(topic, now, { history: [{ state: 'shown', at: now }], state: 'shown' });
    const policy = make();
    policy.note(shown);
    policy.learn(feedbackOf(shown, 'rejected', { at: now + 100, via: 'card' }));
    await log.suggest(shown);
    await policy.load();
    expect(policy.dailyCap(now + 200)).toBeNull();
  });

  it('stops at the cap and starts again the next day', () => {
    const { make, answer, time } = setup(settingsWith({ dailyCap: 2 }));
    const policy = make();
    policy.learn(answer('rejected'));
    expect(policy.dailyCap(time.clock.now())).toBeNull();
    policy.learn(answer('ignored'));
    expect(policy.dailyCap(time.clock.now())).toMatch(/daily cap is 2/);
    time.jump(86_400_000);
    expect(policy.dailyCap(time.clock.now())).toBeNull();
  });

  it('does not count what was never on screen', () => {
    const { make, time } = setup(settingsWith({ dailyCap: 1 }));
    const policy = make();
    const held = suggestion(topic, time.clock.now());
    policy.learn(feedbackOf(held, 'expired', { at: time.clock.now(), via: 'timeout' }));
    policy.learn(feedbackOf(held, 'accepted', { at: time.clock.now(), via: 'inbox' }));
    expect(policy.dailyCap(time.clock.now())).toBeNull();
  });
});
