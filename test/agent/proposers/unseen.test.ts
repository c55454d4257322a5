import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../../src/agent/proposers/evidence.ts';
import { createPatterns } from '../../../src/agent/proposers/patterns/index.ts';
import type { Proposal } from '../../../src/model/proposal.ts';
import { sameTopic } from '../../../src/model/topic.ts';
import { demoDay } from '../../app/platform.ts';
import { ACCEPTANCE } from './acceptance.ts';
import { firedDuring, proposalsAt } from './firing.ts';
import { dullDay, SCENES, unseenDay } from './unseenDays.ts';

/** Which pattern is for which need of the written days. */
const FOR: Readonly<Record<string, string>> = {
  'an example for what is being written': 'example-for-work',
  'results that do not satisfy': 'back-to-results',
  'options side by side': 'compare-options',
  'many pages about one subject': 'pages-on-subject',
  'a concept that does not sink in': 'concept-again',
  'many questions on one subject': 'subject-searches',
  'amounts converted again and again': 'conversions',
  'an article read from the results': 'article-from-search',
  'steps of a tutorial': 'tutorial-steps',
  'what changed in the new version': 'version-changes',
  'a manual looked up over and over': 'manual-revisited',
  'an error that comes back': 'error-returns',
  'a merge that conflicts': 'merge-conflict',
  'tests that fail': 'failing-tests',
  'an installation that fails': 'install-failed',
  'going back and forth in one file': 'stuck-in-file',
  'something still to do in the file': 'todo-left',
  'the same lines put in again': 'same-text-again',
  'data on its way into code': 'data-into-code',
  'a new file that is empty': 'new-file',
  'a formula for the sheet': 'sheet-formula',
  'sources to cite': 'sources-to-cite',
  'a table that came as text': 'table-as-text',
  'a question that waits for an answer': 'open-question',
  'a mail that does not get finished': 'mail-draft',
  'notes of a meeting': 'meeting-notes',
  'a download nobody has looked into': 'download-unread',
  'back from a long break': 'back-from-break',
  'two sources weighed against each other': 'two-sources',
  "a long text of one's own": 'long-text',
};
const DAYS = 10;
const numbers = Array.from({ length: DAYS }, (_, at) => at + 1);

describe('patterns on days that were written before them', () => {
  const patterns = createPatterns();

  it.each(Object.entries(FOR))('see %s', async (need, pattern) => {
    let seen = 0;
    for (const seed of numbers) {
      const day = unseenDay(need, seed);
      const fired = await firedDuring(patterns, day.events, day.from, day.to + 600_000);
      if (fired.has(pattern)) seen += 1;
    }
    expect(seen).toBeGreaterThanOrEqual(DAYS * 0.8);
  });

  it('are silent on a thread that is read: people took one of six tasks there', async () => {
    expect(Object.keys(SCENES)).toContain('a thread that may hold the answer');
    for (const seed of numbers) {
      const day = unseenDay('a thread that may hold the answer', seed);
      expect([...(await firedDuring(patterns, day.events, day.from, day.to))]).toEqual([]);
    }
  });

  it('hardly ever speak on days without a need', async () => {
    let hours = 0;
    let spoken = 0;
    for (const seed of numbers) {
      const events = dullDay(seed);
      hours += (events.at(-1)!.at - events[0]!.at) / 3_600_000;
      spoken += (await firedDuring(patterns, events, 0, Infinity)).size;
    }
    expect(hours).toBeGreaterThan(5);
    expect(spoken / hours).toBeLessThan(0.5);
  });

  it('are quiet together on the recorded day: no more than two subjects an hour', async () => {
    const day = demoDay();
    const said: Proposal[] = [];
    for (const [at, { at: now }] of day.entries()) {
      const events = day.slice(Math.max(0, at - 199), at + 1);
      for (const each of await proposalsAt(patterns, { now, events, observations: [] }))
        if (!said.some(({ topic }) => sameTopic(topic, each.topic))) said.push(each);
    }
    expect(said.length).toBeGreaterThan(3);
    expect(said.length / ((day.at(-1)!.at - day[0]!.at) / 3_600_000)).toBeLessThan(2);
  });

  it('read the evidence of a turn once for all of them', () => {
    const { events, to } = unseenDay('sources to cite', 1);
    const turn = { now: to, events, observations: [] };
    expect(readEvidence({ ...turn })).toBe(readEvidence({ ...turn }));
    expect(readEvidence({ ...turn, now: to + 1 })).not.toBe(readEvidence({ ...turn }));
    expect(readEvidence({ ...turn, events: [...events] })).not.toBe(readEvidence({ ...turn }));
  });

  it('have distinct names, and a prior between 0 and 1 that follows what was measured', () => {
    const names = patterns.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(25);
    for (const [name, { n, accepted }] of Object.entries(ACCEPTANCE)) {
      expect(names).toContain(name);
      expect(accepted * 2).toBeGreaterThanOrEqual(n);
    }
  });
});
