import { expect, it } from 'vitest';
import type { Paused } from '../../src/app/pauses.ts';
import { createStatus } from '../../src/app/status.ts';
import { createToday } from '../../src/app/today.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { Language } from '../../src/model/language.ts';
import { captureLine } from '../../src/model/captureLine.ts';
import { feedbackOf } from '../../src/model/answered.ts';
import { newId } from '../../src/model/id.ts';
import type { Hold } from '../../src/model/hold.ts';
import type { Health } from '../../src/model/monitor.ts';
import { suggestion } from '../suggestions/fakes.ts';

const noon = new Date(2026, 2, 10, 12).getTime();
const DAY = 86_400_000;
const decision = (at: number, outcome: Decision['outcome'] = 'silence'): Decision => ({
  id: newId(at),
  at,
  outcome,
  reason: '',
  receipts: [],
  ms: 0,
});
const shown = (at: number) => suggestion('merge', at, { state: 'shown', history: [{ state: 'shown', at }] });

it('counts along, begins again at midnight, and knows the same after a restart', async () => {
  let now = noon;
  const clock = { now: () => now };
  const log = createMemoryLog(clock);
  const today = await createToday(log, clock);
  for (let n = 0; n < 1500; n++) {
    const each = decision(now - n);
    today.decided(each);
    await log.decide(each);
  }
  today.decided(decision(now, 'rule'));
  const one = shown(now);
  await log.suggest(one);
  today.changed(one);
  today.changed(one);
  const answer = feedbackOf(one, 'accepted', { at: now, via: 'card' });
  await log.feedback(answer);
  today.answered(answer);
  const counts = { shown: 1, accepted: 1, rejected: 0, ignored: 0, silent: 1500, modelCalls: 0, tokens: 0 };
  expect([today.counts(), today.lastShownAt()]).toEqual([counts, now]);
  expect((await createToday(log, clock)).counts()).toEqual(counts);

  now += DAY;
  expect(today.counts()).toMatchObject({ shown: 0, accepted: 0, silent: 0 });
  // Shown yesterday, answered today: an answer of today, not a showing.
  today.changed({ ...one, state: 'accepted' });
  today.answered(answer);
  expect(today.counts()).toMatchObject({ shown: 0, accepted: 1 });

  await log.forget({ everything: true });
  await today.reload();
  expect([today.counts().accepted, today.lastShownAt()]).toEqual([0, null]);
});

const well: Health = { name: 'window', state: 'healthy', events: 1, restarts: 0 };
async function capture(more: {
  trouble?: string;
  health?: readonly Health[];
  paused?: Paused;
  quietUntil?: number;
  holds?: readonly Hold[];
}) {
  const clock = { now: () => noon };
  const log = createMemoryLog(clock);
  const read = createStatus({
    version: '1',
    host: 'headless',
    demo: false,
    clock,
    wall: clock,
    log,
    keeper: { trouble: () => more.trouble, lost: () => 3 } as never,
    models: { state: () => ({ alias: 'none', state: 'off', shows: false, leaves: false }) } as never,
    today: await createToday(log, clock),
    lifecycle: { current: () => null, waiting: () => 0 } as never,
    counts: () => ({ kept: 1, redacted: 0, dropped: 2, reasons: {}, sources: {} }),
    paused: () => more.paused ?? null,
    quietUntil: () => more.quietUntil ?? null,
    holds: () => more.holds ?? [],
    afk: () => false,
    study: () => null,
    language: () => 'en',
    health: () => more.health ?? [well],
  });
  return read();
}

it('tells three states apart, and wrong names the source', async () => {
  expect(await capture({})).toMatchObject({ capture: 'watching', pausedUntil: null, counts: { dropped: 5 } });
  const missing: Health = { ...well, name: 'keyboard', state: 'missing', reason: 'there is no display' };
  expect(await capture({ health: [well, missing, { ...missing, name: 'clipboard' }] })).toMatchObject({
    capture: 'wrong',
    reason: 'keyboard: there is no display (and 1 more)',
  });
  expect(await capture({ trouble: 'the disk is full', health: [missing] })).toMatchObject({
    capture: 'wrong',
    reason: 'the disk is full',
  });
});

it('says the same in words on every surface', async () => {
  const line = async (more: Parameters<typeof capture>[0], language: Language = 'en') =>
    captureLine(await capture(more), language, noon);
  const evening = new Date(noon).setHours(18, 30, 0, 0);
  const sick: Health = { ...well, state: 'unhealthy', reason: '[monitor:window] it does not answer' };
  expect(await line({})).toBe('watching, 1 of 1 source');
  expect(await line({ quietUntil: evening })).toBe('watching, 1 of 1 source, quiet until 18:30');
  expect((await capture({ quietUntil: evening })).says).toBe('1 of 1 source, quiet until 18:30');
  const film: Hold = { kind: 'fullScreen', why: 'a window fills the screen' };
  const call: Hold = { kind: 'meetings', why: 'a meeting (Zoom)', app: 'Zoom' };
  expect(await line({ holds: [call] }, 'de')).toBe(
    'beobachtet, 1 von 1 Quelle, zurückgehalten: eine Besprechung (Zoom)',
  );
  expect(await line({ paused: { by: 'hours', until: evening } }, 'de')).toBe(
    'pausiert, außerhalb Ihrer Zeiten bis 18:30',
  );
  // What is wrong is a sentence of the part that failed, in English.
  expect(await line({ health: [sick] }, 'de')).toBe('etwas stimmt nicht: window: it does not answer');
  const battery: Hold = { kind: 'battery', why: 'on battery the model rests; patterns alone propose' };
  expect(await line({ holds: [film, battery] })).toBe(
    'watching, 1 of 1 source, held back: a window fills the screen',
  );
  expect(await capture({ holds: [film] })).toMatchObject({ held: film.why });
  const rests = await capture({ holds: [battery] });
  expect([rests.held, rests.resting, captureLine(rests, 'en', noon)]).toEqual([
    undefined,
    battery.why,
    'watching, 1 of 1 source',
  ]);
  expect(await capture({ holds: [film], paused: { by: 'you', until: 0 } })).not.toHaveProperty('held');
  expect(await line({ health: [{ ...well, state: 'off' }] })).toBe('watching, no source is on');
  expect(await line({ paused: { by: 'you', until: 0 } })).toBe('paused until you resume');
  expect(await line({ paused: { by: 'you', until: evening } })).toBe('paused until 18:30');
  expect(await line({ paused: { by: 'hours', until: evening } })).toBe(
    'paused, outside your hours until 18:30',
  );
  expect(await line({ paused: { by: 'welcome', until: 0 } })).toBe('paused until you start it');
  expect(await line({ health: [sick] })).toBe('something is wrong: window: it does not answer');
  expect(await capture({ paused: { by: 'you', until: 0 }, health: [sick] })).toMatchObject({
    capture: 'paused',
    pausedUntil: 0,
    pausedBy: 'you',
  });
  expect(await capture({ paused: { by: 'welcome', until: 0 } })).toMatchObject({ pausedUntil: null });
});
