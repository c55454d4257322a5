import { expect, it } from 'vitest';
import type { EventLog } from '../../src/model/log.ts';
import type { Operation } from '../../src/model/proposal.ts';
import { operationText } from '../../src/model/operationText.ts';
import { createReminders, type Due } from '../../src/operations/remind.ts';
import { createTestLog } from '../suggestions/fakeLog.ts';
import { fakeTime, proposal, suggestion } from '../suggestions/fakes.ts';
import { createTestOperations } from './means.ts';

const MINUTE = 60_000;
const remind = (minutes = 30): Extract<Operation, { kind: 'remind' }> => ({
  kind: 'remind',
  text: 'Send the minutes to Ada',
  minutes,
});

/** One run of the program over a log and a clock that outlive it. */
function start(log: EventLog, time: ReturnType<typeof fakeTime>, say?: (due: Due) => Promise<void>) {
  const said: Due[] = [];
  const timer = (call: () => void, ms: number) => {
    const id = time.timers.set(call, ms);
    return { stop: () => time.timers.clear(id) };
  };
  const all = createTestOperations({
    log,
    clock: time.clock,
    timer,
    onDue: async (due) => {
      await say?.(due);
      said.push(due);
    },
  });
  const accept = async (operation = remind()) => {
    const at = time.clock.now();
    const it = suggestion('remind', at, {
      state: 'accepted',
      history: [{ state: 'accepted', at }],
      proposal: proposal('remind', { operation }),
    });
    await log.suggest(it);
    await all.operations.run(it);
    return it;
  };
  return { ...all, said, accept };
}

it('says it again when its time has come, once, and tells what became of it', async () => {
  const time = fakeTime();
  const { log } = createTestLog();
  const { accept, said, operations } = start(log, time);
  const it = await accept();
  expect(await log.answerOf(it.id)).toMatchObject({ state: 'done', undoable: true });
  expect((await log.audits()).rows).toMatchObject([
    { operation: 'remind', result: 'done', arguments: operationText(remind()), undoable: true },
  ]);
  await time.pass(30 * MINUTE - 1000);
  expect(said).toEqual([]);
  await time.pass(2000);
  expect(said).toMatchObject([{ text: 'Send the minutes to Ada', suggestion: { id: it.id } }]);
  expect(said[0]!.why).toMatch(/^You asked at \d\d:\d\d to be reminded$/);
  await time.pass(600 * MINUTE);
  expect(said).toHaveLength(1);
  expect(await log.answerOf(it.id)).toMatchObject({ text: expect.stringContaining('Said again') });
  await expect(operations.undo(it.id)).rejects.toMatchObject({ code: 'refused' });
});

it('can be taken back until then', async () => {
  const time = fakeTime();
  const { log } = createTestLog();
  const { accept, said, operations } = start(log, time);
  const it = await accept();
  expect(await operations.undo(it.id)).toMatchObject({ operation: 'undo', result: 'done' });
  await time.pass(60 * MINUTE);
  expect(said).toEqual([]);
  expect(await log.answerOf(it.id)).not.toHaveProperty('undoable');
});

it('waits on over a restart, and is told at the next start when it fell due meanwhile', async () => {
  const time = fakeTime();
  const { log } = createTestLog();
  const first = start(log, time);
  await first.accept(remind(30));
  await first.accept(remind(300));
  await first.operations.close();
  time.jump(120 * MINUTE);
  const second = start(log, time);
  await second.operations.resume();
  expect(second.said).toHaveLength(1);
  expect(second.said[0]!.why).toMatch(/^You asked at \d\d:\d\d to be reminded at \d\d:\d\d$/);
  await second.operations.close();
  const third = start(log, time);
  await third.operations.resume();
  expect(third.said).toEqual([]);
  await time.pass(200 * MINUTE);
  expect(third.said).toHaveLength(1);
});

it('is not lost by a kill between the accept and the first step', async () => {
  const time = fakeTime();
  const { log } = createTestLog();
  const at = time.clock.now();
  await log.suggest(
    suggestion('remind', at, {
      state: 'accepted',
      history: [{ state: 'accepted', at }],
      proposal: proposal('remind', { operation: remind() }),
    }),
  );
  const { operations, said } = start(log, time);
  await operations.resume();
  await time.pass(31 * MINUTE);
  expect(said).toHaveLength(1);
});

it('is said once the disk has room again, and after a sleep that no timer saw', async () => {
  const time = fakeTime();
  const { log } = createTestLog();
  let full = true;
  const { accept, said } = start(log, time, async () => {
    if (full) throw new Error('disk full');
  });
  await accept();
  time.jump(45 * MINUTE);
  await time.pass(MINUTE);
  expect(said).toEqual([]);
  full = false;
  await time.pass(MINUTE);
  expect(said).toHaveLength(1);
});

it('goes with the suggestion that it came from', async () => {
  const time = fakeTime();
  const { log } = createTestLog();
  const { accept, said, operations } = start(log, time);
  const it = await accept();
  await log.forget({ suggestion: it.id });
  await operations.forgotten();
  await time.pass(60 * MINUTE);
  expect(said).toEqual([]);
});

it('is refused where suggestions are not kept for so long', async () => {
  const time = fakeTime();
  const { log } = createTestLog();
  const reminders = createReminders({
    clock: time.clock,
    log,
    say: async () => {},
    onAnswer: () => {},
    keepMs: () => 86_400_000,
  });
  const came = await reminders.start(suggestion('remind', 1), remind(1440));
  expect(came).toMatchObject({ ended: { result: 'failed' }, undoable: false });
  await reminders.close();
});
