import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rule, type RuleContext } from '../../src/agent/rules.ts';

const open: RuleContext = {
  paused: false,
  afk: false,
  ownWindow: false,
  lastShownAt: null,
  cooldownMs: 180_000,
  shownToday: 0,
  dailyCap: 20,
  now: 1_000_000,
  observations: 5,
  leastObservations: 3,
  seen: 'b',
  lastSeen: 'a',
};

describe('rules', () => {
  it.each<[string, Partial<RuleContext>, RegExp]>([
    ['paused', { paused: true, afk: true }, /paused/],
    ['AFK', { afk: true }, /nobody/],
    ['too few observations', { observations: 2 }, /only 2 of 3/],
    ['nothing new', { lastSeen: 'b' }, /nothing new/],
    ['our own window', { ownWindow: true }, /Beforehand itself/],
    ['the daily cap', { shownToday: 20 }, /20 suggestions today/],
    ['the cool-down', { lastShownAt: 1_000_000 - 60_000 }, /120 s left/],
  ])('stop a turn for %s', (_, change, words) => {
    expect(rule({ ...open, ...change })).toMatch(words);
  });

  it('let a turn go on otherwise, after the cool-down and after the clock went back', () => {
    expect(rule(open)).toBeNull();
    expect(rule({ ...open, lastShownAt: open.now - 180_000 })).toBeNull();
    expect(rule({ ...open, lastShownAt: open.now + 3_600_000 })).toBeNull();
  });

  it('never let a paused or an absent one through', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.nat(), fc.nat(), (paused, afk, observations, shownToday) => {
        const said = rule({ ...open, paused, afk, observations, shownToday });
        if (paused || afk) expect(said).not.toBeNull();
      }),
    );
  });
});
