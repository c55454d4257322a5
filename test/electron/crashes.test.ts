import { EventEmitter } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import type Electron from 'electron';
import type { Context } from '../../electron/context.ts';
import { watchWindow } from '../../electron/modules/crashes.ts';
import { until } from '../until.ts';
import { startFake, type Started } from './startFake.ts';

/** A window, time that is turned by hand, and what was done. */
function stage() {
  const did: string[] = [];
  let now = 0;
  let jobs: { at: number; job: () => void }[] = [];
  const timers = {
    now: () => now,
    after(ms: number, job: () => void) {
      const entry = { at: now + ms, job };
      jobs.push(entry);
      return () => void (jobs = jobs.filter((each) => each !== entry));
    },
  };
  const contents = Object.assign(new EventEmitter(), {
    reload: () => did.push(`reload at ${now}`),
    forcefullyCrashRenderer: () => did.push('ended'),
  });
  const window = Object.assign(new EventEmitter(), { webContents: contents, isDestroyed: () => false });
  let quitting = false;
  const context = {
    quitting: () => quitting,
    mishap: (part: string) => did.push(`says ${part}`),
    core: () => ({ note: (line: string) => did.push(line) }),
  } as unknown as Context;
  watchWindow(context, window as unknown as Electron.BrowserWindow, timers);
  return {
    did,
    window,
    gone: (reason = 'crashed') => contents.emit('render-process-gone', {}, { reason, exitCode: 5 }),
    quit: () => (quitting = true),
    pass(ms: number) {
      now += ms;
      const due = jobs.filter((each) => each.at <= now);
      jobs = jobs.filter((each) => each.at > now);
      for (const { job } of due) job();
    },
  };
}

it('makes a crashed page again with back-off, says so and notes it, and forgets after a steady run', () => {
  const { did, gone, pass } = stage();
  for (const wait of [500, 1000, 2000]) {
    gone();
    pass(wait - 1);
    pass(1);
  }
  expect(did.filter((each) => each.startsWith('reload'))).toEqual([
    'reload at 500',
    'reload at 1500',
    'reload at 3500',
  ]);
  expect(did.filter((each) => each === 'says window')).toHaveLength(3);
  expect(did[0]).toBe('[window] its process ended (crashed, code 5), 1 in a row');
  pass(60_000);
  gone('oom');
  pass(500);
  expect(did.at(-1)).toBe('reload at 64000');
});

it('leaves alone what ended in order, or with the program', () => {
  const { did, gone, pass, quit } = stage();
  gone('clean-exit');
  quit();
  gone();
  pass(60_000);
  expect(did).toEqual([]);
});

it('makes a page again that does not answer for ten seconds more, and no other', () => {
  const { did, window, gone, pass } = stage();
  window.emit('unresponsive');
  pass(9_000);
  window.emit('responsive');
  pass(60_000);
  expect(did).toEqual([]);
  window.emit('unresponsive');
  window.emit('unresponsive');
  pass(10_000);
  gone('crashed');
  pass(500);
  expect(did.filter((each) => /^(ended|says|reload)/.test(each))).toEqual([
    'ended',
    'says hung',
    'reload at 79500',
  ]);
});

let started: Started | undefined;
afterEach(() => started?.fake.stop());

it('tells the new page, once it listens, and only it', async () => {
  started = await startFake();
  const { fake } = started;
  const contents = fake.windows[0]?.webContents;
  contents?.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  await until('the page to be made again', () => fake.log.includes('reload'));
  const told = () => contents?.sent.filter((each) => JSON.stringify(each).includes('mishap')) ?? [];
  contents?.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  expect(told()).toEqual([]);
  const event = { sender: contents, senderFrame: contents?.mainFrame };
  for (const id of [1, 2]) contents?.ipc.emit('beforehand', event, { id, channel: 'need.record', input: {} });
  expect(told()).toEqual([['beforehand', { event: 'mishap', payload: { part: 'window' }, n: 1 }]]);
});

it('says at once that the graphics part ended, and only notes the rest', async () => {
  started = await startFake();
  const { fake } = started;
  const contents = fake.windows[0]?.webContents;
  for (const [type, reason] of [
    ['Utility', 'crashed'],
    ['GPU', 'killed'],
    ['GPU', 'crashed'],
  ]) {
    fake.app.emit('child-process-gone', {}, { type, reason, exitCode: 1 });
  }
  expect(contents?.sent).toEqual([['beforehand', { event: 'mishap', payload: { part: 'graphics' }, n: 1 }]]);
});
