import fc from 'fast-check';
import { expect, it } from 'vitest';
import { feedbackOf } from '../../src/model/answered.ts';
import type { RejectReason } from '../../src/model/feedback.ts';
import { topicOf } from '../../src/model/topic.ts';
import { createPolicy } from '../../src/suggestions/policy.ts';
import { createTestLog } from './fakeLog.ts';
import { fakeTime, seen, settingsWith, suggestion } from './fakes.ts';

function setup() {
  const time = fakeTime();
  const { log, fail } = createTestLog();
  const restart = async () => {
    const policy = createPolicy({ clock: time.clock, settings: () => settingsWith(), log });
    await policy.load();
    return policy;
  };
  const made = (words: string, app = 'Firefox', proposer = 'pattern:long-document') => {
    const base = suggestion(topicOf(words), time.clock.now(), { seen: [seen('The user reads.', app)] });
    return { ...base, proposal: { ...base.proposal, proposer } };
  };
  const reject = async (words: string, reason?: RejectReason) => {
    const now = time.clock.now();
    const shown = { ...made(words), history: [{ state: 'shown' as const, at: now }] };
    const given = feedbackOf(shown, 'rejected', { at: now, via: 'card', ...(reason && { reason }) });
    await log.feedback(given);
    return given;
  };
  return { time, log, fail, restart, made, reject };
}

const why = 'you muted this topic';

it('a muted topic stays muted over restarts and past retention, in other words and for other files', async () => {
  const { log, restart, made, time } = setup();
  const policy = await restart();
  await policy.mute(made('Summarise report-a.pdf'), 'topic');
  expect(policy.why(topicOf('Summarise report-b.pdf'))).toBe(why);
  const all = time.clock.now() + 90 * 86_400_000;
  const from = { window: all, clipboard: all, keyboard: all, files: all, idle: all, web: all, editor: all };
  while ((await log.retain({ ...from, suggestions: all }, 100)) > 0);
  const again = await restart();
  expect(again.why(topicOf('summarising report-c.pdf in short'))).toBe(why);
  expect(again.why(topicOf('Summarise invoice.pdf'))).toBeNull();
  expect(again.mutes()).toEqual([
    {
      what: 'topic',
      name: topicOf('Summarise report-a.pdf'),
      at: time.clock.now(),
      task: expect.any(String),
    },
  ]);
});

it('mutes a kind of proposal and an app, and takes each back', async () => {
  const { restart, made } = setup();
  const policy = await restart();
  await policy.mute(made('read the paper'), 'kind');
  await policy.mute(made('read the paper', 'Firefox'), 'app');
  await policy.mute(made('read the paper', 'firefox'), 'app');
  expect(
    policy
      .mutes()
      .map(({ what, name }) => `${what} ${name}`)
      .toSorted(),
  ).toEqual(['app Firefox', 'kind pattern:long-document']);
  const again = await restart();
  expect(again.why('else', 'Editor', 'pattern:long-document')).toBe('you muted this kind of suggestion');
  expect(again.why('else', 'FIREFOX', 'pattern:error')).toBe(
    'you asked never to be offered help in this app',
  );
  await again.unmute('kind', 'pattern:long-document');
  await again.unmute('app', 'firefox');
  const last = await restart();
  expect([last.mutes(), last.suppressed('else', 'Firefox', 'pattern:long-document')]).toEqual([[], false]);
  await expect(last.unmute('app', 'Firefox')).rejects.toMatchObject({ code: 'not-found' });
});

it('an app nobody knows cannot be muted, and says so', async () => {
  const { restart, made } = setup();
  const policy = await restart();
  const nowhere = { ...made('read the paper'), seen: [] };
  await expect(policy.mute(nowhere, 'app')).rejects.toMatchObject({ code: 'bad-input' });
});

it('“never here” mutes the app for good, until it is taken back', async () => {
  const { restart, reject, log, time } = setup();
  await reject('read the paper', 'never-here');
  expect((await restart()).muted('Firefox')).toBe(true);
  expect((await log.mutes()).map(({ what, name }) => [what, name])).toEqual([['app', 'Firefox']]);
  await time.pass(1000);
  const policy = await restart();
  await policy.unmute('app', 'Firefox');
  // The answer is still in the log: the newer word wins.
  expect((await restart()).muted('Firefox')).toBe(false);
  await time.pass(1000);
  await reject('read another paper', 'never-here');
  expect((await restart()).muted('Firefox')).toBe(true);
});

it('a topic that is taken back may come again although it was rejected before, and a later no counts', async () => {
  const { restart, reject, made, time } = setup();
  await reject('Summarise report-a.pdf');
  const policy = await restart();
  await policy.mute(made('Summarise report-a.pdf'), 'topic');
  await time.pass(1000);
  await policy.unmute('topic', topicOf('Summarise report-a.pdf'));
  expect(policy.suppressed(topicOf('Summarise report-b.pdf'))).toBe(false);
  expect((await restart()).suppressed(topicOf('Summarise report-b.pdf'))).toBe(false);
  await time.pass(1000);
  await reject('Summarise report-a.pdf');
  expect((await restart()).why(topicOf('Summarise report-b.pdf'))).toBe('you said no to this before');
});

it('two noes to different files are a no to that kind of file, from that proposer, until one is accepted', async () => {
  const { restart, reject, made, time, log } = setup();
  const by = 'pattern:long-document';
  await reject('Summarise thesis.pdf');
  expect((await restart()).suppressed(topicOf('Summarise invoice.pdf'), 'Evince', by)).toBe(false);
  await time.pass(1000);
  await reject('Summarise contract.pdf');
  const policy = await restart();
  expect(policy.why(topicOf('Summarise invoice.pdf'), 'Evince', by)).toBe(
    'you said no to this for other files',
  );
  expect(policy.suppressed(topicOf('Summarise invoice.pdf'), 'Evince', 'model')).toBe(false);
  expect(policy.suppressed(topicOf('Summarise letter.docx'), 'Evince', by)).toBe(false);
  expect(policy.suppressed(topicOf('Rename invoice.pdf'), 'Evince', by)).toBe(false);
  await time.pass(1000);
  const accepted = feedbackOf(made('Summarise offer.pdf'), 'accepted', {
    at: time.clock.now(),
    via: 'inbox',
  });
  await log.feedback(accepted);
  const after = await restart();
  expect(after.suppressed(topicOf('Summarise invoice.pdf'), 'Evince', by)).toBe(false);
  expect(after.why(topicOf('Summarise thesis.pdf'), 'Evince', by)).toBe('you said no to this before');
});

it('whatever is muted and taken back in whatever order, a restart knows the same', async () => {
  const words = ['Summarise report-1.pdf', 'merge pandas frames', 'hotel in Porto', 'Fix parser.ts'];
  const kinds = ['pattern:error', 'pattern:long-document', 'model'];
  const apps = ['Firefox', 'Editor', 'Mail'];
  const step = fc.record({
    word: fc.constantFrom(...words),
    kind: fc.constantFrom(...kinds),
    app: fc.constantFrom(...apps),
    what: fc.constantFrom('topic' as const, 'kind' as const, 'app' as const),
    undo: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { restart, made, time } = setup();
      const policy = await restart();
      for (const { word, kind, app, what, undo } of steps) {
        const name = what === 'topic' ? topicOf(word) : what === 'kind' ? kind : app;
        if (undo) await policy.unmute(what, name).catch(() => {});
        else await policy.mute(made(word, app, kind), what);
        await time.pass(10);
      }
      const again = await restart();
      const state = (of: typeof policy) =>
        words.flatMap((word) => kinds.flatMap((kind) => apps.map((app) => of.why(topicOf(word), app, kind))));
      expect(state(again)).toEqual(state(policy));
      expect(again.mutes()).toEqual(policy.mutes());
    }),
    { numRuns: 50 },
  );
});
