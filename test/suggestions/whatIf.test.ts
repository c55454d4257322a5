import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemoryLog } from '../../src/log/memory.ts';
import type { Moment } from '../../src/model/moment.ts';
import { Settings } from '../../src/model/settings.ts';
import { drawn } from '../../src/suggestions/audit.ts';
import { thresholdOf } from '../../src/suggestions/policy.ts';
import { expectations, interval, total } from '../../src/suggestions/whatIf/estimate.ts';
import { EPISODE, historyOf, type Ended } from '../../src/suggestions/whatIf/history.ts';
import { replay } from '../../src/suggestions/whatIf/replay.ts';
import { pointOf, seeded, whatIf } from '../../src/suggestions/whatIf/whatIf.ts';

const START = new Date(2026, 0, 12, 9).getTime();
const LOGGED = 0.4;
const FREE = { cooldownMs: 0, dailyCap: Infinity };

/** One possible offer of a world where everything is known. */
interface Possible {
  readonly at: number;
  readonly task: string;
  readonly score: number;
  readonly accepts: boolean;
}

/**
 * A world whose score is wrong on purpose: it says q where the truth is q², so that a sum of scores is far off. An offer
 * comes up several times, as a page stays in front.
 */
function worldOf(seed: number, days = 20, perDay = 40): Possible[] {
  const random = seeded(seed);
  const found: Possible[] = [];
  for (let day = 0; day < days; day++) {
    for (let n = 0; n < perDay; n++) {
      const score = 0.05 + 0.9 * random();
      const accepts = random() < score ** 2;
      const at = START + day * 86_400_000 + n * 600_000;
      for (let again = 0; again < 3; again++) {
        found.push({
          at: at + again * 60_000,
          task: `offer d${'a'.repeat(day)} n${'b'.repeat(n)}`,
          score,
          accepts,
        });
      }
    }
  }
  return found;
}

/** What the log has of a world that was lived at the logged dial: answers to what was shown and to what was drawn. */
function live(world: readonly Possible[], share: number, random: () => number, rules = FREE) {
  const moments: Moment[] = [];
  const ends: Ended[] = [];
  const shown = new Set<string>();
  let last = -Infinity;
  for (const { at, task, score, accepts } of world) {
    const base = { id: randomUUID(), at };
    const end = (suggestion: string, via: Ended['via']) =>
      ends.push({ suggestion, label: accepts ? 'accepted' : 'rejected', at, via });
    if (at - last < rules.cooldownMs) {
      moments.push({ ...base, outcome: 'rule' });
    } else if (score >= thresholdOf(LOGGED)) {
      if (shown.has(task)) {
        moments.push({ ...base, outcome: 'policy', task });
        continue;
      }
      const suggestion = randomUUID();
      shown.add(task);
      last = at;
      moments.push({ ...base, outcome: 'proposal', score, task, propensity: 1, suggestion });
      end(suggestion, 'card');
    } else {
      const audit = random() < share;
      const suggestion = randomUUID();
      moments.push({ ...base, outcome: 'judge', score, task, propensity: share, audit, suggestion });
      if (audit) end(suggestion, 'digest');
    }
  }
  return historyOf(moments, ends);
}

/** What really would have come of the world at a dial without cool-down: each offer once. */
function truth(world: readonly Possible[], eagerness: number) {
  const tasks = new Map(world.map((each) => [each.task, each]));
  const served = [...tasks.values()].filter((each) => each.score >= thresholdOf(eagerness));
  const accepted = served.filter((each) => each.accepts).length;
  const all = [...tasks.values()].filter((each) => each.accepts).length;
  return { shown: served.length, accepted, missed: all - accepted };
}

function spread(values: readonly number[]) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

describe('what-if against a world where the truth is known', () => {
  const RUNS = 200;
  const SHARE = 0.02;

  it.each([0.1, 0.4, 0.7, 1])('accepted and missed are unbiased at eagerness %s', async (eagerness) => {
    const errors: { accepted: number; missed: number; naive: number; covered: boolean }[] = [];
    for (let seed = 1; seed <= RUNS; seed++) {
      const world = worldOf(seed, 10, 20);
      const history = await live(world, SHARE, seeded(seed + 10_000));
      const expected = expectations(history);
      const { served } = replay(history, { threshold: thresholdOf(eagerness), ...FREE }, seeded());
      const rest = Array.from({ length: history.episodes }, (_, at) => at).filter((at) => !served.has(at));
      const real = truth(world, eagerness);
      expect(served.size).toBe(real.shown);
      const scores = new Map(history.candidates.map((each) => [each.episode, each.score]));
      const naive = [...served].reduce((sum, episode) => sum + scores.get(episode)!, 0);
      const [low, , high] = interval([...served], expected);
      errors.push({
        accepted: total(served, expected) - real.accepted,
        missed: total(rest, expected) - real.missed,
        naive: naive - real.accepted,
        covered: low <= real.accepted && real.accepted <= high,
      });
    }
    for (const what of ['accepted', 'missed'] as const) {
      const { mean, error } = spread(errors.map((each) => each[what]));
      expect(Math.abs(mean)).toBeLessThanOrEqual(3 * error + 1e-9);
    }
    // The sum of the scores, which is what one would say without any audit, is off by many standard errors.
    const naive = spread(errors.map((each) => each.naive));
    expect(Math.abs(naive.mean)).toBeGreaterThan(10 * naive.error);
    expect(errors.filter((each) => each.covered).length / RUNS).toBeGreaterThanOrEqual(0.85);
  });

  it('an audit that is skipped half of the time biases nothing', async () => {
    const errors: number[] = [];
    for (let seed = 0; seed < RUNS; seed++) {
      const world = worldOf(seed + 1, 20, 20);
      const random = seeded(seed + 20_000);
      const moments: Moment[] = [];
      const ends: Ended[] = [];
      for (const { at, task, score, accepts } of world) {
        const audit = random() < 0.1;
        const suggestion = randomUUID();
        moments.push({
          id: randomUUID(),
          at,
          outcome: 'judge',
          score,
          task,
          propensity: 0.1,
          audit,
          suggestion,
        });
        if (audit && random() < 0.5)
          ends.push({ suggestion, label: accepts ? 'accepted' : 'rejected', at, via: 'digest' });
      }
      const history = await historyOf(moments, ends);
      const { served } = replay(history, { threshold: 0.2, ...FREE }, seeded());
      const real = [...new Map(world.map((each) => [each.task, each])).values()].filter(
        (each) => each.score >= 0.2 && each.accepts,
      ).length;
      errors.push(total(served, expectations(history)) - real);
    }
    const { mean, error } = spread(errors);
    expect(Math.abs(mean)).toBeLessThanOrEqual(3 * error);
  });

  it('with a cool-down, the dial that was in force gives what was shown, and a stricter one is close to the truth', async () => {
    const rules = { cooldownMs: 1_500_000, dailyCap: Infinity };
    const strict = 0.15;
    const ratios: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const world = worldOf(seed + 1, 10, 40);
      const history = await live(world, SHARE, seeded(seed), rules);
      const offers = history.candidates.filter((each) => each.offered !== 'no');
      const same = replay(history, { threshold: thresholdOf(LOGGED), ...rules }, seeded());
      expect(same.times).toEqual(offers.map((each) => each.at));
      // The world lived at the stricter dial: nothing is drawn, everything is known.
      let last = -Infinity;
      let real = 0;
      const done = new Set<string>();
      for (const each of world) {
        if (each.at - last < rules.cooldownMs || each.score < thresholdOf(strict) || done.has(each.task))
          continue;
        done.add(each.task);
        last = each.at;
        real += 1;
      }
      ratios.push(
        replay(history, { threshold: thresholdOf(strict), ...rules }, seeded()).times.length / real,
      );
    }
    const { mean } = spread(ratios);
    expect(mean).toBeGreaterThan(0.9);
    expect(mean).toBeLessThan(1.1);
  });
});

describe('the replay', () => {
  const moment = (at: number, score: number, more: Partial<Moment> = {}): Moment => ({
    id: randomUUID(),
    at: START + at,
    outcome: 'judge',
    score,
    task: `offer ${'x'.repeat(Math.floor(at / 1000) % 97)} of ${at > 86_400_000 ? 'later' : 'now'}`,
    propensity: 0.015,
    ...more,
  });

  it('keeps the cool-down and the cap of a local day', async () => {
    const day = 86_400_000;
    const moments = [0, 30_000, 61_000, 130_000, 200_000, day, day + 61_000].map((at) => moment(at, 0.9));
    const history = await historyOf(moments, []);
    const times = (cooldownMs: number, dailyCap: number) =>
      replay(history, { threshold: 0.5, cooldownMs, dailyCap }, seeded()).times.map((at) => at - START);
    expect(times(60_000, 100)).toEqual([0, 61_000, 130_000, 200_000, day, day + 61_000]);
    expect(times(60_000, 2)).toEqual([0, 61_000, day, day + 61_000]);
    expect(times(0, 0)).toEqual([]);
  });

  it('offers the same task once in half an hour, numbers aside', async () => {
    const task = (n: number) => ({ task: `Look up KeyError, seen ${n} times` });
    const moments = [0, 60_000, 120_000, 120_000 + EPISODE].map((at, n) => moment(at, 0.9, task(n)));
    const { times } = replay(await historyOf(moments, []), { threshold: 0.5, ...FREE }, seeded());
    expect(times.map((at) => at - START)).toEqual([0, 120_000 + EPISODE]);
  });

  it('shows no offer that no good moment came for', async () => {
    const [seen, unseen] = [randomUUID(), randomUUID()];
    const moments = [
      moment(0, 0.9, { outcome: 'proposal', suggestion: seen }),
      moment(600_000, 0.9, { outcome: 'proposal', suggestion: unseen }),
    ];
    const ends: Ended[] = [
      { suggestion: seen, label: 'accepted', at: START, via: 'card' },
      { suggestion: unseen, label: 'expired', at: START, via: 'timeout' },
    ];
    const history = await historyOf(moments, ends);
    expect(history.delivered).toBe(0.5);
    const point = pointOf(history, expectations(history), LOGGED, FREE);
    expect(point.shown).toBe(1);
    expect(point.accepted).toEqual([1, 1, 1]);
  });

  it('a day in shadow mode counts as if its offers had been shown', async () => {
    const suggestion = randomUUID();
    const moments = [moment(0, 0.9, { outcome: 'proposal', suggestion })];
    const expired: Ended = { suggestion, label: 'expired', at: START, via: 'timeout' };
    const point = async (ends: readonly Ended[]) => {
      const history = await historyOf(moments, ends);
      return pointOf(history, expectations(history), LOGGED, FREE);
    };
    expect(await point([expired])).toMatchObject({ shown: 1, accepted: [0, 0.9, 1] });
    expect((await point([expired, { ...expired, label: 'rejected', via: 'digest' }])).accepted).toEqual([
      0, 0, 0,
    ]);
  });

  it('without any audit, what lies beyond the dial is open from none to all', async () => {
    const history = await historyOf([moment(0, 0.3), moment(600_000, 0.3)], []);
    const at = (eagerness: number) => pointOf(history, expectations(history), eagerness, FREE);
    expect(at(1)).toMatchObject({ shown: 2, accepted: [0, 0.6, 2], missed: [0, 0, 0] });
    expect(at(0)).toMatchObject({ shown: 0, accepted: [0, 0, 0], missed: [0, 0.6, 2] });
  });

  it('a press of “I needed help here” is missed unless something was shown just before it', async () => {
    const press = (at: number): Ended => ({ label: 'missed-need', at: START + at, via: 'hotkey' });
    const history = await historyOf([moment(0, 0.3)], [press(60_000), press(3_600_000)]);
    const missed = (eagerness: number) => pointOf(history, expectations(history), eagerness, FREE).missed;
    expect(missed(1)).toEqual([1, 1, 1]);
    expect(missed(0)).toEqual([2, 2.3, 3]);
  });
});

describe('the draw of audits', () => {
  it('is as frequent as its share says, and can be made again from the log', () => {
    const ids = Array.from({ length: 20_000 }, () => randomUUID());
    const hit = ids.filter((id) => drawn(id, 0.015));
    // Three standard deviations of a binomial around 300.
    expect(Math.abs(hit.length - 300)).toBeLessThan(52);
    expect(ids.filter((id) => drawn(id, 0.015))).toEqual(hit);
    expect(hit.every((id) => drawn(id, 0.05))).toBe(true);
    expect(ids.some((id) => drawn(id, 0))).toBe(false);
  });
});

it('reads the days asked for from the log, and says what the figures rest on', async () => {
  const now = START + 5 * 86_400_000;
  const clock = { now: () => now };
  const log = createMemoryLog(clock);
  const policy = { threshold: 0.5, propensity: 0.015, eagerness: 0.4 };
  for (let day = 0; day < 5; day++) {
    for (let n = 0; n < 30; n++) {
      const at = START + (day + 1) * 86_400_000 - n * 900_000;
      const receipts: [] = [];
      const base = { id: randomUUID(), at, reason: '', ms: 1, receipts, policy };
      await log.decide({
        ...base,
        outcome: 'judge',
        score: n / 30,
        task: `task ${'q'.repeat(n)} ${'z'.repeat(day)}`,
      });
    }
  }
  const settings = { ...Settings.parse({}), cooldownSeconds: 0 };
  const found = await whatIf({ log, clock, settings, eagerness: 1, days: 3 });
  expect([found.days, found.moments, found.answered]).toEqual([3, 90, 0]);
  expect(found.now.eagerness).toBe(0.4);
  expect(found.curve).toHaveLength(11);
  for (const [at, point] of found.curve.entries()) {
    if (at > 0) expect(point.shown).toBeGreaterThanOrEqual(found.curve[at - 1]!.shown);
  }
  expect(found.basis).toMatch(/^90 moments with an offer on 3 days, 0 answers; nobody was asked yet/);
  expect(await whatIf({ log, clock, settings, eagerness: 1, days: 3 })).toEqual(found);
  const none = await whatIf({ log: createMemoryLog(clock), clock, settings, eagerness: 0.5 });
  expect(none).toMatchObject({ days: 0, moments: 0, now: { shown: 0, missed: [0, 0, 0] } });
});
